/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-species.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/page-model.h"
#include "app/page-number.h"
#include "app/reference-catalogue.h"

#define PART 0

static char *
dup_level (XpsSession *session)
{
  const XpsRegion *region = xps_session_get_region (session);
  return region != NULL ? xps_region_dup_level (region->spectrum) : NULL;
}

GPtrArray *
xps_page_list_species (XpsSession *session)
{
  g_autofree char *level = dup_level (session);
  g_autoptr (XpsReference) reference = level != NULL ? xps_catalogue_open_reference (NULL) : NULL;
  GPtrArray *species = NULL;
  XpsReferenceQuery query;
  if (reference != NULL) {
    xps_reference_query_init (&query);
    query.level = level;
    species = xps_reference_list_species (reference, &query, NULL);
  }
  return species != NULL ? species : g_ptr_array_new_with_free_func (g_free);
}

/* The median of what is known of a species' line, where the data reach there; else NaN: the residual decides.
 * Of a doublet it is the stronger line's. */
static double
find_position (XpsReference *reference, XpsSession *session, const char *species, const char *level)
{
  XpsReferenceQuery query;
  double position = NAN;
  const XpsPreview *preview = xps_session_get_preview (session);
  xps_reference_query_init (&query);
  query.level = level;
  query.species = species;
  query.secondary = TRUE; /* for a place to start from more values beat a few that contradict each other */
  g_autoptr (GPtrArray) spreads = xps_reference_search_spreads (reference, &query, NULL);
  for (guint i = 0; spreads != NULL && i < spreads->len; i++) {
    const XpsReferenceSpread *spread = g_ptr_array_index (spreads, i);
    if (g_ascii_strcasecmp (spread->species, species) != 0)
      continue;
    if (isnan (position) || spread->median < position) /* the stronger line lies at the lower energy */
      position = spread->median;
  }
  return preview->n > 0 && position >= preview->energy[0] && position <= preview->energy[preview->n - 1]
             ? position
             : (double)NAN;
}

/* "S 2p" -> "2p". */
static const char *
orbital_of (const char *level)
{
  const char *blank = strrchr (level, ' ');
  return blank != NULL ? blank + 1 : level;
}

/* The two lines of a doublet, called after species and level. */
static gsize
add_lines (XpsModel *model, const char *species, const char *level, const XpsShape *shape,
           const XpsPeakGuess *guess, const XpsReferenceDoublet *doublet)
{
  const char *orbital = orbital_of (level);
  const gsize strong =
      xps_edit_add_doublet (model, PART, species, orbital, shape, guess, doublet->splitting, doublet->ratio);
  const XpsModelPart *part = g_ptr_array_index (model->parts, PART);
  static const char letters[] = "spdf";
  const char *letter = strchr (letters, orbital[1]);
  const guint momentum = letter != NULL ? (guint)(letter - letters) : 0;
  g_autofree char *high = g_strdup_printf ("%s%u/2", level, 2 * momentum + 1);
  g_autofree char *low = g_strdup_printf ("%s%u/2", level, 2 * momentum - 1);
  xps_edit_set_label (model, PART, strong, high, species);
  if (strong + 1 < part->components->len)
    xps_edit_set_label (model, PART, strong + 1, low, species);
  return strong;
}

static gsize
add_to_model (XpsModel *model, XpsReference *reference, const char *species, const char *level,
              const XpsShape *shape, const XpsPeakGuess *guess)
{
  XpsReferenceDoublet doublet;
  const char *orbital = level != NULL ? orbital_of (level) : NULL;
  if (reference != NULL && orbital != NULL && strlen (orbital) == 2 && orbital[1] != 's' &&
      xps_reference_get_doublet (reference, level, &doublet)) {
    const gboolean two = isfinite (doublet.splitting) && isfinite (doublet.ratio) && doublet.splitting > 0.0;
    const gsize index = two ? add_lines (model, species, level, shape, guess, &doublet) : 0;
    xps_reference_doublet_clear (&doublet);
    if (two)
      return index;
  }
  const gsize index = xps_edit_add_component (model, PART, species, shape, guess);
  xps_edit_set_label (model, PART, index, level, species);
  return index;
}

/* As the last component, so that one model does not mix shapes by accident. */
static const XpsShape *
get_usual_shape (XpsSession *session)
{
  const guint n = xps_page_get_n_components (session);
  return n > 0 ? xps_page_get_component (session, n - 1)->shape : xps_shape_find ("voigt");
}

/* One more component, or the two lines of a doublet, at a place (NaN: where the residual is largest). */
static gboolean
add_at (XpsSession *session, XpsReference *reference, const char *species, const char *level, double position,
        GError **error)
{
  XpsPeakGuess guess;
  if (!xps_edit_guess_peak (xps_session_get_preview (session), position, &guess, error))
    return FALSE;
  XpsModel *model = xps_session_dup_model (session);
  const gsize index = add_to_model (model, reference, species, level, get_usual_shape (session), &guess);
  /* Translators: %s is a species, "Li2S". */
  g_autofree char *label = g_strdup_printf (_ ("new component %s"), species);
  xps_session_edit_model (session, label, model);
  xps_session_select_component (session, (int)index);
  return TRUE;
}

gboolean
xps_page_add_species (XpsSession *session, const char *species, GError **error)
{
  g_autofree char *level = dup_level (session);
  g_autoptr (XpsReference) reference = xps_catalogue_open_reference (NULL);
  const double position =
      reference != NULL && level != NULL ? find_position (reference, session, species, level) : NAN;
  return add_at (session, reference, species, level, position, error);
}

/* "S 2p3/2" -> "S 2p": both lines of a doublet belong to it. *weaker: it was the line of lower j. */
static char *
dup_whole_level (const char *level, gboolean *weaker)
{
  const char *orbital = orbital_of (level);
  static const char letters[] = "spdf";
  const char *letter = orbital[0] != '\0' && orbital[1] != '\0' ? strchr (letters, orbital[1]) : NULL;
  *weaker = FALSE;
  if (letter == NULL || !g_ascii_isdigit (orbital[2]))
    return g_strdup (level);
  *weaker = orbital[2] - '0' == 2 * (int)(letter - letters) - 1;
  return g_strndup (level, (gsize)(orbital + 2 - level));
}

/* Of the weaker line's place the stronger one's. */
static double
move_to_stronger (XpsReference *reference, const char *level, double position)
{
  XpsReferenceDoublet doublet;
  if (reference == NULL || !xps_reference_get_doublet (reference, level, &doublet))
    return position;
  const double splitting = isfinite (doublet.splitting) ? doublet.splitting : 0.0;
  xps_reference_doublet_clear (&doublet);
  return position - splitting;
}

gboolean
xps_page_add_line (XpsSession *session, const char *species, const char *level, double position,
                   GError **error)
{
  gboolean weaker;
  const XpsPreview *preview = xps_session_get_preview (session);
  g_autofree char *whole = dup_whole_level (level, &weaker);
  g_autoptr (XpsReference) reference = xps_catalogue_open_reference (NULL);
  if (weaker)
    position = move_to_stronger (reference, whole, position);
  if (preview == NULL || preview->n == 0 ||
      !(position >= preview->energy[0] && position <= preview->energy[preview->n - 1])) {
    g_autofree char *number = xps_page_dup_number (position, 1);
    g_set_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA,
                 _ ("%s at %s eV lies outside this region: show a region that reaches there"), level, number);
    return FALSE;
  }
  return add_at (session, reference, species, whole, position, error);
}
