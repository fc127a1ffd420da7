/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "formats/nexus-private.h"
#include "formats/vamas-private.h"

/* A fit as NXfit: what was fitted, peaks and backgrounds with their functions and parameters, their curves
 * where they are known. Bounds are attributes, errors a data set "<name>_errors", as NeXus has it. */

#define MOST_NAME 32

static void
put_parameters (XpsNexusWriter *w, hid_t function, const XpsNexusPart *part)
{
  const hid_t group = xps_nexus_begin_group (w, function, "fit_parameters", "NXparameters");

  for (gsize i = 0; i < part->n_parameters; i++) {
    const XpsNexusParameter *p = &part->parameters[i];
    g_autofree char *name = xps_nexus_dup_name (p->name, "parameter");
    g_autofree char *errors = g_strconcat (name, "_errors", NULL);
    if (!isfinite (p->value))
      continue;
    xps_nexus_put_number (w, group, name, p->value, p->unit);
    xps_nexus_put_attribute_number (w, group, name, "min_value", p->low);
    xps_nexus_put_attribute_number (w, group, name, "max_value", p->high);
    xps_nexus_put_number (w, group, errors, p->error, p->unit);
  }
  xps_nexus_end_group (group);
}

static void
put_part (XpsNexusWriter *w, hid_t parent, const char *name, const XpsNexusPart *part, const XpsNexusFit *fit,
          const char *unit)
{
  static const char *const axes[] = {"position"};
  const hid_t group = xps_nexus_begin_group (w, parent, name, "NXpeak");

  xps_nexus_put_text (w, group, "label", part->label, NULL);
  if (part->curve != NULL) {
    const hid_t data = xps_nexus_begin_group (w, group, "data", "NXdata");
    xps_nexus_put_attribute (w, data, "signal", "intensity");
    xps_nexus_put_attribute_list (w, data, "axes", axes, 1);
    xps_nexus_put_array (w, data, "intensity", part->curve, fit->n, unit);
    xps_nexus_put_array (w, data, "position", fit->energy, fit->n, "eV");
    xps_nexus_put_attribute_of (w, data, "position", "type", xps_nexus_axis_type (fit->axis));
    xps_nexus_end_group (data);
  }
  const hid_t function = xps_nexus_begin_group (w, group, "function", "NXfit_function");
  xps_nexus_put_text (w, function, "function_type", part->type, NULL);
  xps_nexus_put_text (w, function, "description", part->description, NULL);
  put_parameters (w, function, part);
  xps_nexus_end_group (function);
  xps_nexus_put_number (w, group, "total_area", part->area, NULL);
  xps_nexus_put_number (w, group, "relative_sensitivity_factor", part->sensitivity, NULL);
  xps_nexus_end_group (group);
}

/* Names count peaks and backgrounds apart: peak0, background0, peak1, ... */
static void
put_parts (XpsNexusWriter *w, hid_t group, const XpsNexusFit *fit, const char *unit)
{
  guint counts[2] = {0};

  for (gsize i = 0; i < fit->n_parts; i++) {
    const gboolean is_background = fit->parts[i].is_background;
    char name[MOST_NAME];
    g_snprintf (name, sizeof name, "%s%u", is_background ? "background" : "peak", counts[is_background]++);
    put_part (w, group, name, &fit->parts[i], fit, unit);
  }
}

/* What was fitted and what came out, to be plotted together. */
static void
put_curves (XpsNexusWriter *w, hid_t group, const XpsNexusFit *fit, const char *unit)
{
  static const char *const axes[] = {"input_independent"}, *const sums[] = {"fit_sum",
                                                                            "background_intensity"};
  const hid_t data = xps_nexus_begin_group (w, group, "data", "NXdata");

  xps_nexus_put_attribute (w, data, "signal", "input_dependent");
  xps_nexus_put_attribute_list (w, data, "axes", axes, 1);
  xps_nexus_put_array (w, data, "input_dependent", fit->intensity, fit->n, unit);
  xps_nexus_put_array (w, data, "input_independent", fit->energy, fit->n, "eV");
  xps_nexus_put_attribute_of (w, data, "input_independent", "type", xps_nexus_axis_type (fit->axis));
  if (fit->sum != NULL) {
    g_autofree double *residual = g_new (double, fit->n);
    for (gsize i = 0; i < fit->n; i++)
      residual[i] = fit->intensity[i] - fit->sum[i];
    xps_nexus_put_attribute_list (w, data, "auxiliary_signals", sums, fit->background != NULL ? 2 : 1);
    xps_nexus_put_array (w, data, "fit_sum", fit->sum, fit->n, unit);
    xps_nexus_put_array (w, data, "residual", residual, fit->n, unit);
    if (fit->background != NULL)
      xps_nexus_put_array (w, data, "background_intensity", fit->background, fit->n, unit);
  }
  xps_nexus_end_group (data);
}

/* What NXfit has no words for, as the program that made it has it: a note of NXprocess. */
static void
put_note (XpsNexusWriter *w, hid_t group, const char *name, const char *type, const char *text)
{
  if (text == NULL || strlen (text) > XPS_NEXUS_LONGEST_NOTE)
    return;
  const hid_t note = xps_nexus_begin_group (w, group, name, "NXnote");
  xps_nexus_put_text (w, note, "type", type, NULL);
  xps_nexus_put_text (w, note, "data", text, NULL);
  xps_nexus_end_group (note);
}

static hid_t
begin_fit (XpsNexusWriter *self, hid_t entry, const XpsSpectrum *spectrum, const XpsNexusFit *fit)
{
  const hid_t group = xps_nexus_begin_group (self, entry, "fit", "NXfit");
  const char *unit = xps_nexus_unit (spectrum);

  xps_nexus_put_attribute (self, group, "default", "data");
  xps_nexus_put_text (self, group, "label", fit->label, NULL);
  put_curves (self, group, fit, unit);
  put_parts (self, group, fit, unit);
  return group;
}

void
xps_nexus_put_fit (XpsNexusWriter *self, hid_t entry, const XpsSpectrum *spectrum, const XpsNexusFit *fit)
{
  const hid_t group = begin_fit (self, entry, spectrum, fit);

  if (isfinite (fit->reduced_chi2)) {
    xps_nexus_put_number (self, group, "figure_of_merit", fit->reduced_chi2, NULL);
    xps_nexus_put_attribute_of (self, group, "figure_of_merit", "metric", "reduced chi squared");
  }
  if (fit->result != NULL)
    xps_nexus_put_text (self, group, "program", "Corelevel", NULL);
  put_note (self, group, "result", "application/json", fit->result);
  xps_nexus_end_group (group);
}

/* ---- a fit that came with the file ---- */

/* Positions as they are written: on an axis of binding energies those of kinetic ones are turned, and with
 * them their bounds. */
static XpsNexusParameter
make_position (const XpsStoredComponent *component, const XpsSpectrum *spectrum)
{
  const XpsStoredParameter *position = &component->position;
  const double photon_energy = xps_spectrum_get_acquisition (spectrum)->photon_energy;
  XpsNexusParameter out = {"position",    position->value, component->position_error,
                           position->low, position->high,  "eV"};

  if (xps_spectrum_get_axis (spectrum) != XPS_AXIS_BINDING || xps_spectrum_get_stored_fit (spectrum)->binding)
    return out;
  out.value = photon_energy - position->value;
  out.low = photon_energy - position->high;
  out.high = photon_energy - position->low;
  return out;
}

/* The name that NXxps gives to a shape of CasaXPS; others keep their own. */
static const char *
find_type (const char *shape)
{
  static const struct {
    const char *prefix, *type;
  } types[] = {
      {"GL(0)", "Gaussian"},
      {"GL(", "Gaussian-Lorentzian Product"},
      {"SGL(", "Gaussian-Lorentzian Sum"},
      {"LA(", "Asymmetric Lorentzian"},
      {"LF(", "Asymmetric Finite"},
      {"DS(", "Doniach-Sunjic"},
      {"Voigt", "Voigt"},
  };

  for (guint i = 0; shape != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_str_has_prefix (shape, types[i].prefix))
      return types[i].type;
  return shape;
}

static XpsNexusPart
make_background (const XpsStoredRegion *region)
{
  const char *name = region->background != NULL ? region->background : "";

  return (XpsNexusPart){
      .is_background = TRUE,
      .label = region->name,
      .type = strstr (name, "Tougaard") != NULL  ? "Tougaard"
              : strstr (name, "Shirley") != NULL ? "Shirley"
              : strstr (name, "Linear") != NULL  ? "Linear"
                                                 : name,
      .description = region->background,
      .area = (double)NAN,
      .sensitivity = (double)NAN,
  };
}

static XpsNexusPart
make_peak (const XpsStoredComponent *component, const XpsSpectrum *spectrum, XpsNexusParameter *room)
{
  const XpsStoredParameter *area = &component->area, *width = &component->fwhm;

  room[0] = (XpsNexusParameter){"area", area->value, component->area_error, area->low, area->high, NULL};
  room[1] = (XpsNexusParameter){"width", width->value, component->fwhm_error, width->low, width->high, "eV"};
  room[2] = make_position (component, spectrum);
  return (XpsNexusPart){
      .label = component->name,
      .type = find_type (component->shape),
      .description = component->shape,
      .area = area->value,
      .sensitivity = component->sensitivity,
      .parameters = room,
      .n_parameters = 3,
  };
}

/* The record itself, in the words of CasaXPS, so that it reads back whole: ties, kinds of background, charge
 * references. */
static void
put_record (XpsNexusWriter *self, hid_t group, const XpsStoredFit *stored)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  xps_casa_write (stored, lines);
  g_ptr_array_add (lines, NULL);
  g_autofree char *text = g_strjoinv ("\n", (GStrv)lines->pdata);
  put_note (self, group, stored->binding ? "record_binding" : "record", "text/plain", text);
  xps_nexus_put_text (self, group, "areas", stored->in_data_unit ? "in the unit of the data" : NULL, NULL);
}

static void
put_parts_of_record (XpsNexusWriter *self, hid_t entry, const XpsSpectrum *spectrum)
{
  const XpsStoredFit *stored = xps_spectrum_get_stored_fit (spectrum);
  const gsize n = stored->regions->len + stored->components->len;
  XpsNexusPart *parts = g_new0 (XpsNexusPart, n);
  XpsNexusParameter *parameters = g_new0 (XpsNexusParameter, 3 * (gsize)stored->components->len + 1);
  const XpsNexusFit fit = {
      .n = xps_spectrum_get_n (spectrum),
      .axis = xps_spectrum_get_axis (spectrum),
      .energy = xps_spectrum_get_energy (spectrum),
      .intensity = xps_spectrum_get_intensity (spectrum),
      .reduced_chi2 = (double)NAN,
      .parts = parts,
      .n_parts = n,
  };

  for (guint i = 0; i < stored->regions->len; i++)
    parts[i] = make_background (g_ptr_array_index (stored->regions, i));
  for (guint i = 0; i < stored->components->len; i++)
    parts[stored->regions->len + i] =
        make_peak (g_ptr_array_index (stored->components, i), spectrum, parameters + 3 * i);
  const hid_t group = begin_fit (self, entry, spectrum, &fit);
  xps_nexus_put_text (self, group, "program", stored->program, NULL);
  put_record (self, group, stored);
  put_note (self, group, "result", "application/json", stored->result);
  xps_nexus_end_group (group);
  g_free (parts);
  g_free (parameters);
}

void
xps_nexus_put_stored_fit (XpsNexusWriter *self, hid_t entry, const XpsSpectrum *spectrum)
{
  const XpsStoredFit *stored = xps_spectrum_get_stored_fit (spectrum);

  if (stored != NULL && stored->regions->len + stored->components->len > 0)
    put_parts_of_record (self, entry, spectrum);
}
