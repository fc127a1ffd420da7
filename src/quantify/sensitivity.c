/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quantify/sensitivity.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/error.h"
#include "base/text.h"

/* Between 500 eV and 10 keV lengths go with a power of 0.75 to 0.8 of the energy (Seah and Dench, Surf.
 * Interface Anal. 1 (1979) 2; Tanuma, Powell, Penn 1994): good for ratios to about 10 %. */
#define LENGTH_POWER 0.75

void
xps_sensitivity_options_init (XpsSensitivityOptions *options)
{
  *options = (XpsSensitivityOptions){.photon_energy = NAN, .angle_deg = NAN, .method = XPS_IMFP_TPP2M};
}

static gboolean
find_cross_section (XpsReference *reference, const char *level, const XpsSensitivityOptions *options,
                    XpsSensitivity *out, double *spread, GError **error)
{
  XpsCrossSection section;
  if (!xps_reference_get_cross_section (reference, level, options->photon_energy, &section, error))
    return FALSE;
  out->barn = section.barn;
  *spread = isfinite (section.second) ? fabs (section.second / section.barn - 1) : 0;
  out->gaps |= section.near ? XPS_SENSITIVITY_NEAR_THRESHOLD : 0;
  return TRUE;
}

static gboolean
find_direction (XpsReference *reference, const char *level, const XpsSensitivityOptions *options,
                XpsSensitivity *out, GError **error)
{
  out->angular = 1;
  if (isnan (options->angle_deg)) {
    out->gaps |= XPS_SENSITIVITY_NO_ANGLE;
    return TRUE;
  }
  XpsAngular angular;
  if (!xps_reference_get_angular (reference, level, options->photon_energy, &angular, error))
    return FALSE;
  out->angular =
      xps_angular_factor (&angular, options->angle_deg, options->polarisation, options->azimuth_deg);
  return TRUE;
}

/* The cosine of the emission angle is common to all levels. */
static gboolean
find_length (XpsReference *reference, const XpsSensitivityOptions *options, XpsSensitivity *out,
             double *spread, GError **error)
{
  *spread = 0;
  if (options->matrix == NULL) {
    out->length = pow (out->kinetic_energy, LENGTH_POWER);
    out->gaps |= XPS_SENSITIVITY_NO_MATRIX;
    return TRUE;
  }
  XpsDepth depth;
  if (!xps_depth (reference, options->matrix, out->kinetic_energy, options->emission_deg, options->method,
                  &depth, error))
    return FALSE;
  out->length = depth.attenuation;
  *spread = (depth.highest - depth.lowest) / (2 * depth.imfp);
  return TRUE;
}

gboolean
xps_sensitivity (XpsReference *reference, const char *level, double binding_energy, double transmission,
                 const XpsSensitivityOptions *options, XpsSensitivity *out, GError **error)
{
  double section_spread, length_spread;
  *out = (XpsSensitivity){.kinetic_energy = options->photon_energy - binding_energy};
  if (!(out->kinetic_energy > 0)) {
    g_autofree char *what = xps_text_printf (_ ("no electrons at a photon energy of %g eV from %g eV"),
                                             options->photon_energy, binding_energy);
    return xps_error_set (error, XPS_QUANTIFY_ERROR, XPS_QUANTIFY_ERROR_RANGE, NULL, level, what,
                          N_ ("give the photon energy"));
  }
  if (!find_cross_section (reference, level, options, out, &section_spread, error) ||
      !find_direction (reference, level, options, out, error) ||
      !find_length (reference, options, out, &length_spread, error))
    return FALSE;
  out->transmission = isfinite (transmission) ? transmission : 1;
  out->gaps |= isfinite (transmission) ? 0 : XPS_SENSITIVITY_NO_TRANSMISSION;
  out->product = out->barn * out->angular * out->length * out->transmission;
  out->spread = hypot (section_spread, length_spread);
  return TRUE;
}

double
xps_sensitivity_of_line (const XpsSensitivity *self, double atoms, double ratio, double seconds)
{
  return self->product * atoms * seconds / (1 + (isfinite (ratio) ? ratio : 0));
}

char *
xps_sensitivity_dup_gaps (guint gaps)
{
  static const struct {
    guint gap;
    const char *sentence;
  } sentences[] = {
      {XPS_SENSITIVITY_NO_ANGLE,
       N_ ("The angle between photons and electrons is not known: the direction is left out.")},
      {XPS_SENSITIVITY_NO_MATRIX, N_ ("The material is not known: attenuation lengths are taken to go with "
                                      "the energy to the power 0.75.")},
      {XPS_SENSITIVITY_NO_TRANSMISSION,
       N_ ("The transmission of the analyser is not known: it is taken to be the same for all levels.")},
      {XPS_SENSITIVITY_NEAR_THRESHOLD,
       N_ ("The photon energy is close to a threshold: its cross section is good to tens of percent only.")},
  };
  GString *text = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (gaps & sentences[i].gap) {
      g_string_append (text, text->len > 0 ? " " : "");
      g_string_append (text, _ (sentences[i].sentence));
    }
  return g_string_free (text, FALSE);
}
