/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/edit-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"

/* A background chosen by name: usual settings, and parameters started so that the first picture already runs
 * through both ends of the window (docs/METHODS.md). */

static XpsModelBackground *
background_at (const XpsModel *model, gsize part, gsize background)
{
  const GPtrArray *list = xps_edit_part (model, part)->backgrounds;
  return background < list->len ? g_ptr_array_index (list, background) : NULL;
}

/* ---- settings ---- */

/* x_ref in the middle of the window (an exponential's at its low end), knots spread over it, anchors beside
 * its ends, where there should be no peak. */
static void
start_settings (XpsModelBackground *background, const XpsEditEnds *ends)
{
  static const double knots[] = {0, 1.0 / 3, 2.0 / 3, 1}, anchors[] = {0, 0.1, 0.9, 1};
  const XpsBackground *type = background->type;
  const double span = ends->x_high - ends->x_low;
  const int x_ref = xps_background_find_setting (type, "x_ref"),
            average = xps_background_find_setting (type, "average");
  if (x_ref >= 0)
    background->settings.number[x_ref] =
        strcmp (type->id, "exponential") == 0 ? ends->x_low : ends->x_low + span / 2;
  if (average >= 0)
    background->settings.number[average] = (double)CLAMP (ends->n / 40, 1, 9);
  for (gsize k = 0; k < type->n_settings; k++) {
    if (type->settings[k].kind != XPS_SETTING_LIST)
      continue;
    const double *shares = strcmp (type->settings[k].id, "anchors") == 0 ? anchors : knots;
    double places[4];
    for (gsize i = 0; i < 4; i++)
      places[i] = ends->x_low + shares[i] * span;
    places[3] = ends->x_high;
    xps_model_background_set_list (background, (int)k, places, 4);
  }
}

/* ---- parameters ---- */

static void
add_parameter (XpsModel *model, const XpsModelPart *part, XpsModelBackground *background, gsize role, guint i)
{
  const XpsBackgroundRole *row = &background->type->roles[role];
  const gboolean poly = strcmp (row->id, "coeffs") == 0;
  g_autofree char *own =
      background->type->per_component && i < part->components->len
          ? g_strdup_printf ("%s.%s", ((const XpsComponent *)g_ptr_array_index (part->components, i))->name,
                             row->id)
      : row->list ? g_strdup_printf ("background.%s%u", poly ? "b" : row->id, i)
                  : g_strdup_printf ("background.%s", row->id);
  g_autofree char *base = part->id != NULL ? g_strdup_printf ("%s.%s", part->id, own) : g_strdup (own);
  g_autofree char *name = xps_edit_dup_free_name (model, base);
  xps_model_add_parameter (model, name, fmax (0, row->min), row->min, row->max);
  xps_model_background_add_parameter (background, row->id, name);
}

/* A list has as many entries as its setting, as the part has components, or `n`. */
static void
add_parameters (XpsModel *model, const XpsModelPart *part, XpsModelBackground *background, guint n)
{
  const XpsBackground *type = background->type;
  for (gsize k = 0; k < type->n_roles; k++) {
    const int knots = xps_background_find_setting (type, "knots");
    const guint wanted = type->per_component    ? part->components->len
                         : !type->roles[k].list ? 1
                         : knots >= 0           ? (guint)background->settings.list_length[knots]
                                                : n;
    for (guint i = 0; i < wanted; i++)
      add_parameter (model, part, background, k, i);
  }
}

/* ---- the background in place ---- */

static XpsModelBackground *
append (XpsModel *model, XpsModelPart *part, const XpsBackground *type, const XpsEditEnds *ends, guint n)
{
  XpsModelBackground *background = xps_model_part_add_background (part, type);
  start_settings (background, ends);
  add_parameters (model, part, background, n);
  return background;
}

static void
remove_backgrounds (XpsModel *model, XpsModelPart *part)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (guint b = 0; b < part->backgrounds->len; b++)
    xps_edit_list_background (g_ptr_array_index (part->backgrounds, b), names);
  g_ptr_array_set_size (part->backgrounds, 0);
  xps_edit_remove_unused (model, names);
}

gboolean
xps_edit_set_background (XpsModel *model, gsize part, const XpsBackground *type, const XpsPreview *preview,
                         GError **error)
{
  XpsModelPart *own = xps_edit_part (model, part);
  XpsEditEnds ends = {0};
  if (type != NULL && !xps_edit_ends_init (&ends, preview, own))
    return xps_edit_refuse (error, _ ("The window holds too few points for a background: widen it."));
  if (!xps_edit_resolve (model, error)) {
    xps_edit_ends_clear (&ends);
    return FALSE;
  }
  remove_backgrounds (model, own);
  if (type == NULL)
    return TRUE;
  append (model, own, type, &ends, 2);
  if (type->kind == XPS_BACKGROUND_ACTIVE) /* it is zero at the low end: what is there needs a level */
    append (model, own, xps_background_find ("poly"), &ends, 1);
  xps_edit_start_backgrounds (model, own, &ends);
  xps_edit_ends_clear (&ends);
  return TRUE;
}

/* ---- settings by hand ---- */

static gboolean
refuse_setting (const XpsModelBackground *background, const char *setting, GError **error)
{
  return background == NULL ? xps_edit_refuse (error, _ ("There is no such background."))
                            : xps_edit_refuse (error, _ ("The background “%s” has no “%s”."),
                                               background->type->title, setting);
}

/* Straight between the places of the old list, level beyond them. */
static double
interpolate (const double *x, const double *y, gsize n, double at)
{
  gsize i = 1;
  if (n < 2 || at <= x[0])
    return n > 0 ? y[0] : 0;
  while (i + 1 < n && x[i] < at)
    i++;
  const double span = x[i] - x[i - 1];
  return span > 0 ? y[i - 1] + (y[i] - y[i - 1]) * fmin ((at - x[i - 1]) / span, 1) : y[i];
}

static double
value_of (const XpsModel *model, const GPtrArray *names, guint i)
{
  const XpsParameter *p = xps_model_get_parameter (model, g_ptr_array_index (names, i));
  return p != NULL && isfinite (p->value) ? p->value : 0;
}

/* A list of another length over the same range; fitted values at its places are read off the old ones. */
static void
respace (XpsModel *model, const XpsModelPart *part, XpsModelBackground *background, int setting, gsize n)
{
  const gsize old = background->settings.list_length[setting];
  g_autofree double *x = g_memdup2 (background->settings.list[setting], old * sizeof (double));
  g_autofree double *y = g_new0 (double, old + 1), *places = g_new0 (double, n);
  GPtrArray *names = background->type->n_roles > 0 ? background->roles[0] : NULL;
  for (guint i = 0; names != NULL && i < old && i < names->len; i++)
    y[i] = value_of (model, names, i);
  for (gsize i = 0; i < n; i++)
    places[i] = i + 1 == n ? x[old - 1] : x[0] + (x[old - 1] - x[0]) * (double)i / (double)(n - 1);
  xps_model_background_set_list (background, setting, places, n);
  if (names == NULL)
    return;
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  xps_edit_list_background (background, gone);
  g_ptr_array_set_size (names, 0);
  xps_edit_remove_unused (model, gone);
  add_parameters (model, part, background, 0);
  for (guint i = 0; i < names->len; i++)
    xps_model_get_parameter (model, g_ptr_array_index (names, i))->value = interpolate (x, y, old, places[i]);
}

/* Of a polynomial: coefficients are added at zero or taken away from the end. */
static void
set_order (XpsModel *model, const XpsModelPart *part, XpsModelBackground *background, guint order)
{
  GPtrArray *names = background->roles[0];
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  while (names->len <= order)
    add_parameter (model, part, background, 0, names->len);
  while (names->len > order + 1) {
    g_ptr_array_add (gone, g_strdup (g_ptr_array_index (names, names->len - 1)));
    g_ptr_array_set_size (names, (int)names->len - 1);
  }
  xps_edit_remove_unused (model, gone);
}

#define MAX_ORDER 8
#define MAX_KNOTS 50

static gboolean
check_range (const char *setting, double value, double min, double max, GError **error)
{
  char low[XPS_NUMBER_LENGTH], high[XPS_NUMBER_LENGTH];
  if (value >= min && value <= max)
    return TRUE;
  return xps_edit_refuse (error, _ ("“%s” lies between %s and %s."), setting, xps_number_format (min, low),
                          xps_number_format (max, high));
}

gboolean
xps_edit_set_background_number (XpsModel *model, gsize part, gsize background, const char *setting,
                                double value, GError **error)
{
  XpsModelBackground *own = background_at (model, part, background);
  const int k = own != NULL ? xps_background_find_setting (own->type, setting) : -1;
  if (own != NULL && strcmp (setting, "order") == 0 && strcmp (own->type->id, "poly") == 0) {
    if (!check_range (setting, value, 0, MAX_ORDER, error))
      return FALSE;
    set_order (model, xps_edit_part (model, part), own, (guint)floor (value + 0.5));
    return TRUE;
  }
  if (k < 0 || own->type->settings[k].kind == XPS_SETTING_WORD)
    return refuse_setting (own, setting, error);
  const XpsBackgroundSetting *row = &own->type->settings[k];
  const gboolean list = row->kind == XPS_SETTING_LIST;
  if (!check_range (setting, value, list ? 2 : row->min, list ? MAX_KNOTS : row->max, error))
    return FALSE;
  if (!list)
    own->settings.number[k] = value;
  else if (own->settings.list_length[k] < 2)
    return refuse_setting (own, setting, error);
  else
    respace (model, xps_edit_part (model, part), own, k, (gsize)floor (value + 0.5));
  return TRUE;
}

gboolean
xps_edit_set_background_word (XpsModel *model, gsize part, gsize background, const char *setting,
                              const char *word, GError **error)
{
  XpsModelBackground *own = background_at (model, part, background);
  const int k = own != NULL ? xps_background_find_setting (own->type, setting) : -1;
  if (k < 0 || own->type->settings[k].kind != XPS_SETTING_WORD)
    return refuse_setting (own, setting, error);
  const char *const *words = own->type->settings[k].words;
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0) {
      own->settings.word[k] = i;
      return TRUE;
    }
  g_autofree char *known = g_strjoinv (", ", (char **)words);
  return xps_edit_refuse (error, _ ("“%s” can be: %s."), setting, known);
}

/* ---- window ---- */

/* Anchors of a static spline must lie inside: those outside come to the ends. */
static void
clip_anchors (XpsModelBackground *background, double low, double high)
{
  const int k = xps_background_find_setting (background->type, "anchors");
  const gsize n = k >= 0 ? background->settings.list_length[k] : 0;
  g_autofree double *places = g_new0 (double, n + 1);
  gsize kept = 0;
  for (gsize i = 0; i < n; i++) {
    const double place = fmin (fmax (background->settings.list[k][i], low), high); /* NaN: no limit */
    if (kept == 0 || place > places[kept - 1])
      places[kept++] = place;
  }
  if (kept >= 2)
    xps_model_background_set_list (background, k, places, kept);
}

void
xps_edit_set_background_column (XpsModel *model, gsize part, gboolean subtract)
{
  xps_edit_part (model, part)->ignores_column = !subtract;
}

void
xps_edit_set_window (XpsModel *model, gsize part, double low, double high)
{
  XpsModelPart *own = xps_edit_part (model, part);
  const gboolean turned = low > high;
  own->low = isinf (turned ? high : low) ? (double)NAN : turned ? high : low;
  own->high = isinf (turned ? low : high) ? (double)NAN : turned ? low : high;
  for (guint b = 0; b < own->backgrounds->len; b++)
    clip_anchors (g_ptr_array_index (own->backgrounds, b), own->low, own->high);
}
