/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "quantify/identify.h"
#include "quantify/sensitivity.h"

static void
clear_observed (gpointer pointer)
{
  XpsObserved *observed = pointer;
  g_free (observed->name);
  g_free (observed->level);
}

GArray *
xps_observed_array_new (void)
{
  GArray *array = g_array_new (FALSE, TRUE, sizeof (XpsObserved));
  g_array_set_clear_func (array, clear_observed);
  return array;
}

/* ---- which level ---- */

/* "2p3/2", "2p", "1s" somewhere in a text, with an element before it or not. */
static gboolean
find_orbital (const char *text, char **element, char **orbital)
{
  g_autoptr (GRegex) regex = g_regex_new (
      "(?:(?<![A-Za-z0-9])([A-Z][a-z]?)[ _-]*)?(?<![0-9])([1-6][spdf])[ _]?([1357]/2)?", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  if (text == NULL || !g_regex_match (regex, text, 0, &match))
    return FALSE;
  g_autofree char *name = g_match_info_fetch (match, 1), *shell = g_match_info_fetch (match, 2),
                  *j = g_match_info_fetch (match, 3);
  *element = name != NULL && name[0] != '\0' ? g_steal_pointer (&name) : NULL;
  *orbital = g_strconcat (shell, j != NULL ? j : "", NULL);
  return TRUE;
}

static gboolean
is_minor (const char *orbital)
{
  const gsize n = strlen (orbital);
  static const char *const minor[] = {"p1/2", "d3/2", "f5/2"};
  for (gsize i = 0; i < G_N_ELEMENTS (minor); i++)
    if (n > 4 && strcmp (orbital + n - 4, minor[i]) == 0)
      return TRUE;
  return FALSE;
}

/* The level with values nearest to `energy` among those whose orbital begins with `orbital` (NULL: any). */
static char *
find_level_by_energy (XpsReference *reference, const char *orbital, double energy)
{
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  query.secondary = query.recalled = TRUE;
  query.near = energy;
  query.within = 6;
  g_autoptr (GPtrArray) lines = xps_reference_search (reference, &query, NULL);
  const XpsReferenceLine *best = NULL;
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const XpsReferenceLine *line = g_ptr_array_index (lines, i);
    const char *own = strchr (line->level, ' ');
    if (own == NULL || (orbital != NULL && strncmp (own + 1, orbital, strlen (orbital)) != 0))
      continue;
    if (best == NULL || fabs (line->energy - energy) < fabs (best->energy - energy))
      best = line;
  }
  return best != NULL ? g_strdup (best->level) : NULL;
}

/* "S 2p" stands for its stronger line. */
static char *
dup_main_line (const char *element, const char *orbital)
{
  static const char *const ends[] = {"p", "3/2", "d", "5/2", "f", "7/2"};
  const gsize n = strlen (orbital);
  for (gsize i = 0; n == 2 && i < G_N_ELEMENTS (ends); i += 2)
    if (orbital[1] == ends[i][0])
      return g_strdup_printf ("%s %s%s", element, orbital, ends[i + 1]);
  return g_strdup_printf ("%s %s", element, orbital);
}

/* Whether anything is known of a level anywhere near: "P-S-P 2p3/2" at 163 eV is not P 2p. */
static gboolean
is_plausible (XpsReference *reference, const char *level, double energy)
{
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  query.secondary = query.recalled = query.tabulated = TRUE;
  query.level = level;
  query.near = energy;
  query.within = 15;
  g_autoptr (GPtrArray) lines = xps_reference_search (reference, &query, NULL);
  return lines != NULL && lines->len > 0;
}

static void
find_level (XpsReference *reference, XpsObserved *observed, const char *const *texts)
{
  g_autofree char *element = NULL, *orbital = NULL;
  for (gsize i = 0; texts[i] != NULL && element == NULL; i++) {
    g_autofree char *found_element = NULL, *found_orbital = NULL;
    if (!find_orbital (texts[i], &found_element, &found_orbital))
      continue;
    if (orbital == NULL)
      orbital = g_steal_pointer (&found_orbital);
    if (found_element != NULL && strncmp (orbital, found_orbital != NULL ? found_orbital : orbital, 2) == 0)
      element = g_steal_pointer (&found_element);
  }
  observed->minor = orbital != NULL && is_minor (orbital);
  if (observed->minor)
    return;
  g_autofree char *named = element != NULL ? dup_main_line (element, orbital) : NULL;
  observed->level = named != NULL && is_plausible (reference, named, observed->energy)
                        ? g_steal_pointer (&named)
                        : find_level_by_energy (reference, orbital, observed->energy);
}

/* ---- from a result ---- */

/* Cross section times length: direction and transmission are not in a result. */
static double
get_sensitivity (XpsReference *reference, const char *level, double energy, double photon_energy)
{
  XpsSensitivity sensitivity;
  XpsSensitivityOptions options;
  xps_sensitivity_options_init (&options);
  options.photon_energy = photon_energy;
  g_autofree char *whole = g_strdup (level);
  char *slash = strchr (whole, '/');
  if (slash != NULL && slash - whole > 1)
    slash[-1] = '\0';
  return isfinite (photon_energy) &&
                 xps_sensitivity (reference, whole, energy, NAN, &options, &sensitivity, NULL)
             ? sensitivity.product
             : NAN;
}

/* The area of the weaker line belongs to the whole: that of the component right behind in the same phase. */
static double
partner_area (const XpsFitRecord *record, guint i)
{
  const XpsRecordComponent *a = g_ptr_array_index (record->components, i);
  if (i + 1 >= record->components->len)
    return 0;
  const XpsRecordComponent *b = g_ptr_array_index (record->components, i + 1);
  g_autofree char *element = NULL, *orbital = NULL;
  if (b->spectrum != a->spectrum || g_strcmp0 (a->phase, b->phase) != 0 ||
      !find_orbital (b->label != NULL ? b->label : b->name, &element, &orbital) || !is_minor (orbital))
    return 0;
  return isfinite (b->area.value) ? b->area.value : 0;
}

void
xps_observed_add_record (GArray *array, const XpsFitRecord *record, XpsReference *reference,
                         const XpsIdentifyOptions *options)
{
  for (guint i = 0; i < record->components->len; i++) {
    const XpsRecordComponent *component = g_ptr_array_index (record->components, i);
    const XpsModelPart *part = component->spectrum < record->model->parts->len
                                   ? g_ptr_array_index (record->model->parts, component->spectrum)
                                   : NULL;
    const gboolean has_maximum = isfinite (component->maximum.value);
    XpsObserved observed = {
        .name = g_strdup (component->name),
        .energy = has_maximum ? component->maximum.value : component->center.value,
        .error = has_maximum ? component->maximum.error : component->center.error,
        .width = component->fwhm.value,
        .area = component->area.value + partner_area (record, i),
        .sensitivity = NAN,
    };
    /* Its own name first, then what the whole spectrum is called. */
    const char *texts[5] = {component->name};
    gsize n = 1;
    if (component->label != NULL)
      texts[n++] = component->label;
    if (part != NULL && part->region != NULL)
      texts[n++] = part->region;
    if (part != NULL && part->id != NULL)
      texts[n++] = part->id;
    if (isfinite (observed.energy))
      find_level (reference, &observed, texts);
    if (observed.level != NULL)
      observed.sensitivity =
          get_sensitivity (reference, observed.level, observed.energy, options->photon_energy);
    g_array_append_val (array, observed);
  }
}
