/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quantify/line-level.h"

#include <math.h>
#include <string.h>

#include "reference/phase-check.h"

/* "2p3/2", "2p", "1s" somewhere in a text, with an element before it or not; "3d5" as PHI writes the stronger
 * line.
 */
static gboolean
find_orbital (const char *text, char **element, char **orbital)
{
  g_autoptr (GRegex) regex = g_regex_new ("(?:(?<![A-Za-z0-9])([A-Z][a-z]?)[ _-]*)?(?<![0-9])([1-6][spdf])"
                                          "(?:[ _]?([1357]/2)|((?<=p)3|(?<=d)5|(?<=f)7)(?![0-9A-Za-z/]))?",
                                          0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  if (text == NULL || !g_regex_match (regex, text, 0, &match))
    return FALSE;
  g_autofree char *name = g_match_info_fetch (match, 1), *shell = g_match_info_fetch (match, 2),
                  *j = g_match_info_fetch (match, 3), *short_j = g_match_info_fetch (match, 4);
  *element = name != NULL && name[0] != '\0' ? g_steal_pointer (&name) : NULL;
  *orbital = g_strconcat (shell, j != NULL ? j : "", short_j != NULL ? short_j : "",
                          short_j != NULL && short_j[0] != '\0' ? "/2" : "", NULL);
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

/* "S 2p" stands for its stronger line, and so does the weaker one. */
static char *
dup_main_line (const char *element, const char *orbital)
{
  static const char *const ends[] = {"p", "3/2", "d", "5/2", "f", "7/2"};
  const gsize n = strlen (orbital);
  for (gsize i = 0; (n == 2 || is_minor (orbital)) && i < G_N_ELEMENTS (ends); i += 2)
    if (orbital[1] == ends[i][0])
      return g_strdup_printf ("%s %.2s%s", element, orbital, ends[i + 1]);
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

void
xps_line_level_clear (XpsLineLevel *self)
{
  g_clear_pointer (&self->level, g_free);
  g_clear_pointer (&self->whole, g_free);
  g_clear_pointer (&self->element, g_free);
}

static void
complete (XpsReference *reference, XpsLineLevel *self)
{
  XpsReferenceDoublet doublet;
  if (self->level == NULL)
    return;
  self->whole = xps_level_dup_whole (self->level);
  self->element = g_strndup (self->level, strcspn (self->level, " "));
  if (!xps_reference_get_doublet (reference, self->whole, &doublet))
    return;
  self->ratio = isfinite (doublet.ratio) && doublet.ratio > 0 ? doublet.ratio : (double)NAN;
  self->splitting = doublet.splitting;
  xps_reference_doublet_clear (&doublet);
}

gboolean
xps_line_level_is_minor (const char *text)
{
  g_autofree char *element = NULL, *orbital = NULL;
  return find_orbital (text, &element, &orbital) && is_minor (orbital);
}

void
xps_line_level_find (XpsReference *reference, const char *const *texts, double energy, gboolean by_energy,
                     XpsLineLevel *out)
{
  g_autofree char *orbital = NULL;
  *out = (XpsLineLevel){.ratio = NAN, .splitting = NAN};
  for (gsize i = 0; texts[i] != NULL && out->level == NULL; i++) {
    g_autofree char *element = NULL, *found = NULL;
    if (!find_orbital (texts[i], &element, &found))
      continue;
    const gboolean same = orbital == NULL || strncmp (orbital, found, 2) == 0; /* as was named first */
    if (orbital == NULL)
      orbital = g_strdup (found);
    g_autofree char *named = element != NULL && same ? dup_main_line (element, orbital) : NULL;
    if (named != NULL && is_plausible (reference, named, energy))
      out->level = g_steal_pointer (&named);
  }
  out->minor = orbital != NULL && is_minor (orbital);
  out->single = orbital != NULL && strlen (orbital) > 2;
  if (out->level == NULL && by_energy && !out->minor)
    out->level = find_level_by_energy (reference, orbital, energy);
  complete (reference, out);
}

gboolean
xps_line_level_parse (XpsReference *reference, const char *text, XpsLineLevel *out)
{
  g_autofree char *element = NULL, *orbital = NULL;
  *out = (XpsLineLevel){.ratio = NAN, .splitting = NAN};
  if (!find_orbital (text, &element, &orbital) || element == NULL)
    return FALSE;
  out->minor = is_minor (orbital);
  out->single = strlen (orbital) > 2;
  out->level = dup_main_line (element, orbital);
  complete (reference, out);
  return TRUE;
}
