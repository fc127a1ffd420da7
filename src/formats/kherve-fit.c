/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/kherve.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

#define MOST_LETTERS 26

static void
peak_free (gpointer data)
{
  XpsKhervePeak *peak = data;

  g_free (peak->name);
  g_free (peak->model);
  for (guint k = 0; k < XPS_KHERVE_N_NUMBERS; k++)
    g_free (peak->constraint[k]);
  g_free (peak);
}

XpsKherveFit *
xps_kherve_fit_new (void)
{
  XpsKherveFit *fit = g_new0 (XpsKherveFit, 1);

  fit->peaks = g_ptr_array_new_with_free_func (peak_free);
  fit->low = fit->high = (double)NAN;
  return fit;
}

void
xps_kherve_fit_free (XpsKherveFit *fit)
{
  g_ptr_array_unref (fit->peaks);
  g_free (fit->background);
  g_free (fit);
}

XpsKhervePeak *
xps_kherve_fit_add (XpsKherveFit *fit, const char *name)
{
  XpsKhervePeak *peak = g_new0 (XpsKhervePeak, 1);

  peak->name = xps_text_dup_printable (name, -1);
  for (guint k = 0; k < XPS_KHERVE_N_NUMBERS; k++)
    peak->value[k] = (double)NAN;
  g_ptr_array_add (fit->peaks, peak);
  return peak;
}

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = xps_text_dup_printable (value, -1);
}

static void
set_number (double *number, const char *text)
{
  double value = 0;

  if (xps_number_parse (text, &value) && isfinite (value))
    *number = value;
}

void
xps_kherve_fit_set (XpsKherveFit *fit, XpsKhervePeak *peak, const char *label, const char *text,
                    const char *constraint)
{
  /* The workbook writes the unit behind, and several names in front of L/G. */
  static const char *const labels[] = {"Position", "FWHM", "Area", "L/G"};

  if (g_str_has_prefix (label, "Fitting Model"))
    set_text (&peak->model, text);
  if (g_str_has_prefix (label, "Bkg Type"))
    set_text (&fit->background, text);
  if (g_str_has_prefix (label, "Bkg Low"))
    set_number (&fit->low, text);
  if (g_str_has_prefix (label, "Bkg High"))
    set_number (&fit->high, text);
  for (guint k = 0; k < G_N_ELEMENTS (labels); k++) {
    const gboolean found =
        k == XPS_KHERVE_MIX ? strstr (label, labels[k]) != NULL : g_str_has_prefix (label, labels[k]);
    if (!found)
      continue;
    set_number (&peak->value[k], text);
    if (constraint != NULL && constraint[0] != '\0')
      set_text (&peak->constraint[k], constraint);
    return;
  }
}

/* "GL (Area)" with L/G 30 is GL(30), and SGL likewise; any other model keeps its name, which says what it is.
 */
static char *
dup_shape (const XpsKhervePeak *peak)
{
  static const char *const known[] = {"GL", "SGL"};
  const char *model = peak->model != NULL ? peak->model : "";
  char mix[XPS_NUMBER_LENGTH];

  for (guint k = 0; k < G_N_ELEMENTS (known); k++) {
    const gsize n = strlen (known[k]);
    if (strncmp (model, known[k], n) == 0 && model[n] == ' ' && isfinite (peak->value[XPS_KHERVE_MIX]))
      return g_strdup_printf ("%s(%s)", known[k], xps_number_format (peak->value[XPS_KHERVE_MIX], mix));
  }
  return g_strdup (model);
}

/* What a constraint says. */
typedef struct {
  double low, high;
  int link; /* -1: none */
  gboolean additive, loose, fixed, known;
  double factor, tolerance;
} Constraint;

/* "0.3:3.5" and "279.08,325.08" */
static gboolean
parse_range (const char *text, Constraint *c)
{
  const gsize n = strcspn (text, ":,");

  if (text[n] == '\0')
    return FALSE;
  return xps_number_parse_span (text, n, &c->low) && xps_number_parse (text + n + 1, &c->high) &&
         isfinite (c->low) && isfinite (c->high);
}

/* "A*0.667#0.05", "A+1.7#0.2", "A-1": another peak, times or plus a number, within a tolerance. */
static gboolean
parse_link (const char *text, guint n_peaks, Constraint *c)
{
  const int peak = text[0] - 'A';

  if (peak < 0 || peak >= MOST_LETTERS || (guint)peak >= n_peaks || text[1] == '\0')
    return FALSE;
  const gsize n = strcspn (text, "#");
  c->loose = text[n] == '#';
  c->additive = text[1] != '*';
  if (strchr ("*+-", text[1]) == NULL || !xps_number_parse_span (text + 2, n - 2, &c->factor) ||
      !isfinite (c->factor))
    return FALSE;
  if (c->loose && (!xps_number_parse (text + n + 1, &c->tolerance) || !isfinite (c->tolerance)))
    return FALSE;
  if (text[1] == '-')
    c->factor = -c->factor;
  c->link = peak;
  return TRUE;
}

static Constraint
parse_constraint (const char *text, guint n_peaks)
{
  Constraint c = {.link = -1, .known = TRUE};

  if (text == NULL || text[0] == '\0' || strcmp (text, "0") == 0 || parse_range (text, &c))
    return c;
  c = (Constraint){.link = -1, .known = TRUE};
  c.fixed = g_ascii_strncasecmp (text, "fix", 3) == 0;
  if (c.fixed || parse_link (text, n_peaks, &c))
    return c;
  return (Constraint){.link = -1};
}

/* Ties with a tolerance become limits around what they say: the record ties exactly or not at all. */
static void
loosen (const XpsKherveFit *fit, XpsKherveNumber k, Constraint *c)
{
  const double other = ((const XpsKhervePeak *)g_ptr_array_index (fit->peaks, (guint)c->link))->value[k];
  const double low = c->factor - c->tolerance, high = c->factor + c->tolerance;

  c->low = c->additive ? other + low : other * low;
  c->high = c->additive ? other + high : other * high;
  c->link = -1;
}

static XpsStoredParameter
make_parameter (const XpsKherveFit *fit, guint i, XpsKherveNumber k, guint *n_loose, guint *n_unknown)
{
  const XpsKhervePeak *peak = g_ptr_array_index (fit->peaks, i);
  const double value = peak->value[k];
  Constraint c = parse_constraint (peak->constraint[k], fit->peaks->len);
  XpsStoredParameter stored = {.value = value, .low = 0, .high = 0, .link = -1, .factor = 1};

  *n_unknown += !c.known;
  if (c.fixed || (c.link >= 0 && (guint)c.link == i))
    c.link = -1;
  if (c.link >= 0 && c.loose) {
    loosen (fit, k, &c);
    ++*n_loose;
  }
  if (c.link >= 0) {
    stored.link = c.link;
    stored.factor = c.factor;
  }
  stored.low = c.low;
  stored.high = c.high;
  if (c.fixed)
    stored.low = stored.high = value;
  else if (stored.link < 0 && !(c.low < c.high)) {
    /* no limits said: wide ones, since equal ones mean fixed */
    stored.low = k == XPS_KHERVE_POSITION ? value - 5 : 0;
    stored.high = k == XPS_KHERVE_POSITION ? value + 5 : 100 * fabs (value);
  }
  return stored;
}

static void
add_component (const XpsKherveFit *fit, guint i, XpsStoredFit *stored, guint *n_loose, guint *n_unknown)
{
  const XpsKhervePeak *peak = g_ptr_array_index (fit->peaks, i);
  XpsStoredComponent *component = xps_stored_fit_add_component (stored);

  component->name = g_strdup (peak->name);
  component->shape = dup_shape (peak);
  component->tag = g_strdup ("");
  component->constraint = g_strdup ("");
  component->index = -1;
  component->area = make_parameter (fit, i, XPS_KHERVE_AREA, n_loose, n_unknown);
  component->fwhm = make_parameter (fit, i, XPS_KHERVE_FWHM, n_loose, n_unknown);
  component->position = make_parameter (fit, i, XPS_KHERVE_POSITION, n_loose, n_unknown);
  component->sensitivity = component->uncorrected_sensitivity = component->mass = (double)NAN;
}

static void
add_region (const XpsKherveFit *fit, const char *name, XpsStoredFit *stored)
{
  XpsStoredRegion *region = xps_stored_fit_add_region (stored);

  region->name = g_strdup (name);
  region->background = g_strdup (fit->background != NULL ? fit->background : "");
  region->start = fit->low;
  region->end = fit->high;
  region->average_width = 1;
  region->sensitivity = region->uncorrected_sensitivity = region->mass = (double)NAN;
  region->tag = g_strdup ("");
}

static gboolean
is_complete (const XpsKherveFit *fit)
{
  for (guint i = 0; i < fit->peaks->len; i++) {
    const XpsKhervePeak *peak = g_ptr_array_index (fit->peaks, i);
    if (!isfinite (peak->value[XPS_KHERVE_POSITION]) || !isfinite (peak->value[XPS_KHERVE_FWHM]) ||
        !isfinite (peak->value[XPS_KHERVE_AREA]))
      return FALSE;
  }
  return isfinite (fit->low) && isfinite (fit->high) && fit->low < fit->high;
}

XpsStoredFit *
xps_kherve_fit_make_stored (const XpsKherveFit *fit, const char *region, XpsFile *file)
{
  guint n_loose = 0, n_unknown = 0;

  if (fit->peaks->len == 0)
    return NULL;
  if (!is_complete (fit)) {
    g_ptr_array_add (
        file->notes,
        xps_text_printf (
            _ ("region \"%s\": its fit is not complete: it is kept as curves and keys, not as a model"),
            region));
    return NULL;
  }
  XpsStoredFit *stored = xps_stored_fit_new ();
  stored->program = g_strdup ("KherveFitting");
  stored->binding = TRUE;
  for (guint i = 0; i < fit->peaks->len; i++)
    add_component (fit, i, stored, &n_loose, &n_unknown);
  add_region (fit, region, stored);
  if (n_loose > 0)
    g_ptr_array_add (
        file->notes,
        xps_text_printf (
            _ ("region \"%s\": %u ties with a tolerance are limits in the model, around what they mean now"),
            region, n_loose));
  if (n_unknown > 0)
    g_ptr_array_add (file->notes,
                     xps_text_printf (_ ("region \"%s\": %u constraints are not understood and not taken"),
                                      region, n_unknown));
  return stored;
}
