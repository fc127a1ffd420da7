/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/stored.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "fit/record.h"

typedef struct {
  const XpsSpectrum *spectrum;
  const XpsStoredFit *fit;
  XpsModel *model;
  double photon_energy; /* eV, less the work function where kinetic energies need it */
  double live_time;     /* areas are counts/s eV; ours are in the unit of the data */
  guint region;         /* being added */
  gboolean *taken;      /* [components] expressed by a shape of ours */
} Import;

G_GNUC_PRINTF (2, 3)
static void
note (Import *import, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_ptr_array_add (import->model->not_supported, xps_text_vprintf (format, arguments));
  va_end (arguments);
}

/* ---- shapes ---- */

/* "GL(30)", "LA(1.2,2,50)": name and up to five numbers; -1 when it is not of that form. */
static int
split_shape (const char *text, char name[8], double numbers[5])
{
  const char *open = strchr (text, '('), *close = strchr (text, ')');
  if (open == NULL || close == NULL || close < open || open - text >= 8)
    return -1;
  memcpy (name, text, (gsize)(open - text));
  name[open - text] = '\0';
  g_autofree char *inside = g_strndup (open + 1, (gsize)(close - open - 1));
  g_auto (GStrv) parts = g_strsplit (inside, ",", 6);
  int n = 0;
  for (; parts[n] != NULL && n < 5; n++)
    if (!xps_number_parse (parts[n], &numbers[n]))
      return -1;
  return parts[n] == NULL ? n : -1;
}

static void
set_constant (Import *import, XpsComponent *component, const char *role, double value)
{
  g_autofree char *name = xps_text_printf ("%s %s", component->name, role);
  XpsParameter *parameter = xps_model_add_parameter (import->model, name, value, -INFINITY, INFINITY);
  parameter->kind = XPS_PARAMETER_FIXED;
  xps_component_set_role (component, role, name);
}

/* The index m (0 to 499) of CasaXPS's Gaussian has no published relation to electronvolts. A curve exported
 * with its parameters (LF with m = 100, two components) shows a Gaussian of 0.755 of the width parameter, and
 * lines fitted with m = 70 and 243 one of 0.8 and 0.4: enough for a start, not for a constant. */
static double
guess_gaussian (double m, double width)
{
  return width * pow (1 - fmin (fmax (m, 0), 499) / 499, 1.25);
}

/* So the width is fitted: one for all components of a region that share an index. */
static void
set_gaussian_index (Import *import, XpsComponent *component, const XpsStoredParameter *width, double m)
{
  g_autofree char *name = xps_text_printf ("gauss(%g) of region %u", m, import->region);
  if (xps_model_get_parameter (import->model, name) == NULL) {
    xps_model_add_parameter (import->model, name, guess_gaussian (m, width->value), 0, 5 * width->value);
    note (import,
          "%s: the Gaussian index %g of its line shape has no published width; one width is fitted for all "
          "components of the region with this index",
          component->name, m);
  }
  xps_component_set_role (component, "fwhm_g", name);
}

static const char *
our_shape (const char *name, int n, const double *numbers)
{
  if (strcmp (name, "GL") == 0 && n == 1 && numbers[0] >= 0 && numbers[0] <= 100)
    return "gl";
  if (strcmp (name, "SGL") == 0 && n == 1 && numbers[0] >= 0 && numbers[0] <= 100)
    return "sgl";
  if (strcmp (name, "LA") == 0 && (n == 2 || n == 3))
    return "la";
  if (strcmp (name, "LF") == 0 && (n == 4 || n == 5))
    return "la";
  return NULL;
}

static void
set_form (Import *import, XpsComponent *component, const XpsStoredParameter *width, const char *name, int n,
          const double *numbers)
{
  if (strcmp (component->shape->id, "la") != 0) {
    set_constant (import, component, "mix", numbers[0]);
    return;
  }
  const gboolean symmetric = n == 2;
  set_constant (import, component, "alpha", numbers[0]);
  set_constant (import, component, "beta", symmetric ? numbers[0] : numbers[1]);
  set_gaussian_index (import, component, width, strcmp (name, "LF") == 0 ? numbers[3] : numbers[n - 1]);
  if (strcmp (name, "LF") == 0)
    note (import,
          "%s: the damping of LF(...) is not published; its LA part is used, areas and widths differ from "
          "CasaXPS",
          component->name);
}

/* ---- parameters ---- */

static char *
parameter_name (const XpsStoredFit *fit, guint i, const char *what)
{
  return xps_text_printf ("c%u %s", i, what);
}

/* Component that a parameter is tied to, or -1 where it stands alone or the file points nowhere. */
static int
partner (const Import *import, const XpsStoredParameter *stored, guint i)
{
  const int link = stored->link;
  const gboolean there = link >= 0 && (guint)link < import->fit->components->len && (guint)link != i;
  return there && import->taken[link] ? link : -1;
}

/* Value, bounds and link of a stored parameter as one of ours; x -> scale * x + offset turns CasaXPS's number
 * into ours (a negative scale swaps the bounds). */
static void
add_stored (Import *import, guint i, const char *what, const XpsStoredParameter *stored, double scale,
            double offset, gboolean additive)
{
  g_autofree char *name = parameter_name (import->fit, i, what);
  const double value = scale * stored->value + offset;
  const double a = scale * stored->low + offset, b = scale * stored->high + offset;
  const int other = partner (import, stored, i);
  if (other >= 0) {
    g_autofree char *of = parameter_name (import->fit, (guint)other, what);
    xps_model_add_link (import->model, name, of, additive ? 1 : stored->factor,
                        additive ? scale * stored->factor : 0);
    return;
  }
  XpsParameter *parameter = xps_model_add_parameter (import->model, name, value, fmin (a, b), fmax (a, b));
  if (stored->link >= 0)
    note (import, "component %u: its %s is tied to component %d, which is not there: fixed at %g", i, what,
          stored->link, value);
  if (stored->link >= 0 || stored->low == stored->high) {
    parameter->kind = XPS_PARAMETER_FIXED;
    parameter->min = -INFINITY;
    parameter->max = INFINITY;
    return;
  }
  /* CasaXPS lets a value stand outside the limits beside it until the next fit. */
  parameter->min = fmin (parameter->min, value);
  parameter->max = fmax (parameter->max, value);
  if (scale > 0 && stored->low <= 1e-19 && stored->low >= 0)
    parameter->min = 0; /* 1e-20 is its way to say positive */
}

static char *
unique_name (const Import *import, const XpsStoredComponent *stored, guint i)
{
  for (guint j = 0; j < import->fit->components->len; j++) {
    const XpsStoredComponent *other = g_ptr_array_index (import->fit->components, j);
    if (j != i && g_strcmp0 (other->name, stored->name) == 0)
      return xps_text_printf ("%s #%u", stored->name, i);
  }
  return stored->name != NULL && stored->name[0] != '\0' ? g_strdup (stored->name)
                                                         : xps_text_printf ("#%u", i);
}

static void
add_component (Import *import, XpsModelPart *part, guint i)
{
  const XpsStoredComponent *stored = g_ptr_array_index (import->fit->components, i);
  char shape_name[8];
  double numbers[5];
  const int n = split_shape (stored->shape, shape_name, numbers);
  g_autofree char *name = unique_name (import, stored, i);
  XpsComponent *component =
      xps_model_part_add_component (part, name, xps_shape_find (our_shape (shape_name, n, numbers)));
  component->label = g_strdup (stored->name);
  set_form (import, component, &stored->fwhm, shape_name, n, numbers);
  add_stored (import, i, "area", &stored->area, import->live_time, 0, FALSE);
  add_stored (import, i, "fwhm", &stored->fwhm, 1, 0, FALSE);
  if (import->fit->binding)
    add_stored (import, i, "position", &stored->position, 1, 0, TRUE);
  else
    add_stored (import, i, "position", &stored->position, -1, import->photon_energy, TRUE);
  g_autofree char *area = parameter_name (import->fit, i, "area");
  g_autofree char *fwhm = parameter_name (import->fit, i, "fwhm");
  g_autofree char *position = parameter_name (import->fit, i, "position");
  xps_component_set_role (component, "area", area);
  xps_component_set_role (component, "fwhm", fwhm);
  xps_component_set_role (component, "center", position);
}

/* Which components a shape of ours expresses; the others are named. */
static void
choose_components (Import *import)
{
  for (guint i = 0; i < import->fit->components->len; i++) {
    const XpsStoredComponent *stored = g_ptr_array_index (import->fit->components, i);
    char name[8];
    double numbers[5];
    const int n = stored->shape != NULL ? split_shape (stored->shape, name, numbers) : -1;
    const gboolean la =
        n >= 2 && our_shape (name, n, numbers) != NULL && strcmp (our_shape (name, n, numbers), "la") == 0;
    import->taken[i] = n >= 0 && our_shape (name, n, numbers) != NULL;
    if (la && (numbers[0] < 0.51 || (n > 2 && numbers[1] < 0.51)))
      import->taken[i] = FALSE;
    if (!import->taken[i])
      note (import, "component %s: line shape %s is not supported; left out of the model", stored->name,
            stored->shape);
  }
}

/* ---- regions ---- */

static void
set_number (XpsModelBackground *background, const char *setting, double value)
{
  const int k = xps_background_find_setting (background->type, setting);
  if (k >= 0)
    background->settings.number[k] = value;
}

static void
set_word (XpsModelBackground *background, const char *setting, const char *word)
{
  const int k = xps_background_find_setting (background->type, setting);
  for (int i = 0; k >= 0 && background->type->settings[k].words[i] != NULL; i++)
    if (strcmp (background->type->settings[k].words[i], word) == 0)
      background->settings.word[k] = i;
}

static void
add_tougaard (XpsModelPart *part, const XpsStoredRegion *region)
{
  XpsModelBackground *background = xps_model_part_add_background (part, xps_background_find ("tougaard"));
  set_word (background, "cross_section", "custom");
  set_word (background, "amplitude", "anchored");
  /* U 2 carries C with a minus sign: its denominator reads (C - T^2)^2. */
  set_number (background, "C", fabs (region->cross_section[1]));
  if (strstr (region->background, "2") == NULL) {
    set_number (background, "D", region->cross_section[2]);
    set_number (background, "T0", strstr (region->background, "4") != NULL ? region->cross_section[3] : 0);
  }
}

static void
add_background (Import *import, XpsModelPart *part, const XpsStoredRegion *region)
{
  const char *name = region->background != NULL ? region->background : "";
  const char *type = strcmp (name, "Shirley") == 0  ? "shirley"
                     : strcmp (name, "Linear") == 0 ? "linear_static"
                                                    : NULL;
  if (strstr (name, "Tougaard") != NULL && strncmp (name, "U ", 2) == 0 && g_ascii_isdigit (name[2]))
    add_tougaard (part, region);
  else {
    XpsModelBackground *background =
        xps_model_part_add_background (part, xps_background_find (type != NULL ? type : "linear_static"));
    set_number (background, "average", fmax (1, floor (region->average_width)));
    if (type == NULL)
      note (import, "region %s: background %s is not supported; a straight line stands in its place",
            region->name, name);
  }
  if (region->offset_start != 0 || region->offset_end != 0)
    note (import,
          "region %s: the offsets of its background's ends (%g, %g) have no published unit and are left out",
          region->name, region->offset_start, region->offset_end);
}

/* Regions may share a name; parts of a model may not. */
static char *
unique_id (const Import *import, const char *name)
{
  for (guint r = 0; r < import->region; r++)
    if (g_strcmp0 (((const XpsStoredRegion *)g_ptr_array_index (import->fit->regions, r))->name, name) == 0)
      return xps_text_printf ("%s #%u", name, import->region);
  return g_strdup (name);
}

static XpsModelPart *
add_region (Import *import, const XpsStoredRegion *region, gboolean first)
{
  XpsModelPart *part =
      first ? g_ptr_array_index (import->model->parts, 0) : xps_model_add_part (import->model, NULL);
  const gboolean binding = import->fit->binding;
  const double a = binding ? region->start : import->photon_energy - region->start;
  const double b = binding ? region->end : import->photon_energy - region->end;
  part->id = unique_id (import, region->name);
  part->low = fmin (a, b);
  part->high = fmax (a, b);
  add_background (import, part, region);
  return part;
}

static gboolean
inside (const Import *import, const XpsStoredRegion *region, guint i)
{
  const XpsStoredComponent *stored = g_ptr_array_index (import->fit->components, i);
  const double low = fmin (region->start, region->end), high = fmax (region->start, region->end);
  return stored->position.value >= low && stored->position.value <= high;
}

/* Region of every component that is taken; one that lies in none is given up, so that nothing links to it. */
static guint *
assign_regions (Import *import)
{
  const GPtrArray *regions = import->fit->regions;
  guint *region_of = g_new0 (guint, import->fit->components->len + 1);
  for (guint i = 0; i < import->fit->components->len; i++) {
    guint r = 0;
    while (regions->len > 1 && r < regions->len && !inside (import, g_ptr_array_index (regions, r), i))
      r++;
    region_of[i] = r;
    if (!import->taken[i] || r < regions->len)
      continue;
    import->taken[i] = FALSE;
    note (import, "component %s lies in no region; left out of the model",
          ((const XpsStoredComponent *)g_ptr_array_index (import->fit->components, i))->name);
  }
  return region_of;
}

static void
add_regions (Import *import)
{
  g_autofree guint *region_of = assign_regions (import);
  gboolean first = TRUE;
  for (guint r = 0; r < import->fit->regions->len; r++) {
    const XpsStoredRegion *region = g_ptr_array_index (import->fit->regions, r);
    XpsModelPart *part = NULL;
    import->region = r;
    for (guint i = 0; i < import->fit->components->len; i++) {
      if (!import->taken[i] || region_of[i] != r)
        continue;
      if (part == NULL)
        part = add_region (import, region, first);
      first = FALSE;
      add_component (import, part, i);
    }
    if (part == NULL)
      note (import, "region %s: no component lies in it; left out", region->name);
  }
}

static gboolean
refuse (const XpsSpectrum *spectrum, const char *what, const char *remedy, GError **error)
{
  return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, NULL, xps_spectrum_get_name (spectrum),
                        what, remedy);
}

/* A fit of this program's own is a model already. */
static XpsModel *
take_result (const XpsSpectrum *spectrum, const XpsStoredFit *fit, XpsEnergyScale *scale, GError **error)
{
  g_autoptr (XpsFitRecord) record =
      xps_fit_record_from_text (fit->result, xps_spectrum_get_name (spectrum), error);

  if (record == NULL)
    return NULL;
  scale->shift = ((const XpsModelPart *)g_ptr_array_index (record->model->parts, 0))->energy_shift;
  return xps_model_copy (record->model);
}

XpsModel *
xps_model_from_stored_fit (const XpsSpectrum *spectrum, XpsEnergyScale *scale, GError **error)
{
  const XpsStoredFit *fit = xps_spectrum_get_stored_fit (spectrum);
  const double photon_energy = scale->photon_energy;
  *scale = xps_energy_scale_from_spectrum (spectrum);
  if (isfinite (photon_energy))
    scale->photon_energy = photon_energy;
  if (fit != NULL && fit->result != NULL)
    return take_result (spectrum, fit, scale, error);
  if (fit == NULL || fit->components->len == 0 || fit->regions->len == 0) {
    refuse (spectrum, N_ ("holds no fit with regions and components"), N_ ("give a model with --model"),
            error);
    return NULL;
  }
  if (!fit->binding && !isfinite (scale->photon_energy)) {
    refuse (spectrum, N_ ("the file does not give the photon energy that its fit needs"),
            N_ ("give --photon-energy"), error);
    return NULL;
  }
  scale->shift = xps_stored_fit_get_shift (fit);
  const double time = xps_acquisition_get_live_time (xps_spectrum_get_acquisition (spectrum));
  g_autoptr (XpsModel) model = xps_model_new ();
  g_autofree gboolean *taken = g_new0 (gboolean, fit->components->len);
  Import import = {spectrum, fit, model, scale->photon_energy - scale->work_function, 1, 0, taken};
  if (!fit->in_data_unit && xps_spectrum_get_unit (spectrum) == XPS_INTENSITY_COUNTS && isfinite (time))
    import.live_time = time;
  choose_components (&import);
  add_regions (&import);
  if (((const XpsModelPart *)g_ptr_array_index (model->parts, 0))->components->len == 0) {
    refuse (spectrum, N_ ("none of the stored components can be expressed"), N_ ("give a model with --model"),
            error);
    return NULL;
  }
  return g_steal_pointer (&model);
}
