/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quantify/depth.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"

G_DEFINE_QUARK (xps - quantify - error - quark, xps_quantify_error)

#define AVOGADRO 6.02214076e23
#define PLASMON                                                                                              \
  28.816 /* eV: plasmon energy of one electron in a volume of 1 cm3/mol; printed as 28.8 in 1994 */

static const struct {
  const char *id, *source;
  double lowest, highest; /* eV */
} methods[] = {
    [XPS_IMFP_TPP2M] =
        {"tpp2m",
         "TPP-2M, relativistic: Tanuma, Powell, Penn, Surf. Interface Anal. 21 (1994) 165; Shinotsuka et "
         "al., ibid. 47 (2015) 871",
         50, 200000},
    [XPS_IMFP_JTP] =
        {"jtp",
         "JTP: Jablonski, Tanuma, Powell, Surf. Interface Anal. (2023), doi 10.1002/sia.7217; seen second "
         "hand only",
         50, 200000},
    [XPS_IMFP_S1] = {"s1", "S1: Seah, Surf. Interface Anal. 44 (2012) 497", 100, 30000},
};

const char *
xps_imfp_method_to_text (XpsImfpMethod method)
{
  return methods[method].id;
}

const char *
xps_imfp_method_get_source (XpsImfpMethod method)
{
  return methods[method].source;
}

gboolean
xps_imfp_method_from_text (const char *text, XpsImfpMethod *method)
{
  for (int i = 0; i < XPS_N_IMFP; i++)
    if (strcmp (text, methods[i].id) == 0) {
      *method = (XpsImfpMethod)i;
      return TRUE;
    }
  return FALSE;
}

static gboolean
refuse (const XpsMaterial *material, char *take_what, const char *remedy, GError **error)
{
  g_autofree char *what = take_what;
  return xps_error_set (error, XPS_QUANTIFY_ERROR, XPS_QUANTIFY_ERROR_RANGE, NULL, material->name, what,
                        remedy);
}

/* ---- formulas ---- */

typedef struct {
  double beta, gamma, c, d; /* eV^-1 nm^-1, eV^-1, nm^-1, eV nm^-1 */
} Bethe;

/* lambda = alpha E / (Ep^2 (beta ln (gamma alpha E) - C/E + D/E^2)), nm; NaN where it has no meaning. */
static double
bethe (const Bethe *p, double plasmon2, double energy)
{
  const double rest = 1 + energy / 510998.9, alpha = (1 + energy / 1021999.8) / (rest * rest);
  const double argument = p->gamma * alpha * energy;
  const double bracket = p->beta * log (argument) - p->c / energy + p->d / (energy * energy);
  return argument > 1 && bracket > 0 ? alpha * energy / (plasmon2 * bracket) : NAN;
}

static double
tpp2m (const XpsMaterial *m, double energy)
{
  const double u = m->valence_electrons * m->density / m->molar_mass, plasmon2 = PLASMON * PLASMON * u;
  const Bethe p = {-1.0 + 9.44 / sqrt (plasmon2 + m->gap * m->gap) + 0.69 * pow (m->density, 0.1),
                   0.191 / sqrt (m->density), 19.7 - 9.1 * u, 534 - 208 * u};
  return bethe (&p, plasmon2, energy);
}

static double
jtp (const XpsMaterial *m, double energy)
{
  const double u = m->valence_electrons * m->density / m->molar_mass, plasmon2 = PLASMON * PLASMON * u;
  const Bethe p = {0.0539 + 17 / pow (plasmon2 + m->gap * m->gap, 0.639) - 0.252 * pow (m->density, -0.463),
                   0.115 * pow (m->density, -0.253), 9.76 + 2.09 * u, 97.5 + 223 * u};
  return bethe (&p, plasmon2, energy);
}

double
xps_imfp_tpp2m_1994 (const XpsMaterial *m, double energy)
{
  const double u = m->valence_electrons * m->density / m->molar_mass, plasmon2 = PLASMON * PLASMON * u;
  const double beta = -0.10 + 0.944 / sqrt (plasmon2 + m->gap * m->gap) + 0.069 * pow (m->density, 0.1);
  const double gamma = 0.191 / sqrt (m->density), c = 1.97 - 0.91 * u, d = 53.4 - 20.8 * u;
  return 0.1 * energy / (plasmon2 * (beta * log (gamma * energy) - c / energy + d / (energy * energy)));
}

/* Edge of the cube that an atom has, nm. */
static double
atom_size (const XpsMaterial *m)
{
  return cbrt (1e21 * m->molar_mass / (m->density * AVOGADRO * m->n_atoms));
}

static double
seah_s1 (const XpsMaterial *m, double energy)
{
  const double z = m->z_mean;
  return (4 + 0.44 * sqrt (z) + 0.104 * pow (energy, 0.872)) * pow (atom_size (m), 1.7) /
         (pow (z, 0.3) * (1 - 0.02 * m->gap));
}

static double
seah_s3 (const XpsMaterial *m, double energy)
{
  const double z = m->z_mean;
  return (5.8 + 0.0041 * pow (z, 1.7) + 0.088 * pow (energy, 0.93)) * pow (atom_size (m), 1.82) /
         (pow (z, 0.38) * (1 - 0.02 * m->gap));
}

static double
evaluate (XpsImfpMethod method, const XpsMaterial *material, double energy)
{
  if (!(energy >= methods[method].lowest && energy <= methods[method].highest))
    return NAN;
  return method == XPS_IMFP_TPP2M ? tpp2m (material, energy)
         : method == XPS_IMFP_JTP ? jtp (material, energy)
                                  : seah_s1 (material, energy);
}

gboolean
xps_imfp (XpsImfpMethod method, const XpsMaterial *material, double energy_ev, double *nm, GError **error)
{
  *nm = evaluate (method, material, energy_ev);
  if (isfinite (*nm))
    return TRUE;
  g_autofree char *remedy = xps_text_printf (_ ("%s holds from %g to %g eV"), methods[method].id,
                                             methods[method].lowest, methods[method].highest);
  return refuse (material, xps_text_printf (_ ("no mean free path at %g eV"), energy_ev), remedy, error);
}

/* ---- depth ---- */

/* 1 / lambda_tr = sum N_i sigma_tr,i with N_i in atoms per cubic Angstrom. */
static gboolean
transport_path (XpsReference *reference, const XpsMaterial *m, double energy, double *nm, GError **error)
{
  double sum = 0; /* 1/Angstrom */
  for (gsize i = 0; i < m->n_elements; i++) {
    double sigma;
    if (!xps_reference_get_transport (reference, m->elements[i], energy, &sigma, error))
      return FALSE;
    sum += m->counts[i] * m->density * AVOGADRO * 1e-24 / m->molar_mass * sigma;
  }
  *nm = 0.1 / sum;
  return TRUE;
}

gboolean
xps_depth (XpsReference *reference, const XpsMaterial *material, double energy_ev, double alpha_deg,
           XpsImfpMethod method, XpsDepth *out, GError **error)
{
  *out = (XpsDepth){.lowest = NAN, .highest = NAN};
  if (!(alpha_deg >= 0 && alpha_deg <= 60))
    return refuse (material, xps_text_printf (_ ("emission angle %g degrees is outside 0 to 60"), alpha_deg),
                   N_ ("the formulas for elastic scattering end there"), error);
  if (!xps_imfp (method, material, energy_ev, &out->imfp, error) ||
      !transport_path (reference, material, energy_ev, &out->transport, error))
    return FALSE;
  for (int i = 0; i < XPS_N_IMFP; i++) {
    out->by_method[i] = evaluate ((XpsImfpMethod)i, material, energy_ev);
    out->lowest = fmin (out->lowest, out->by_method[i]);
    out->highest = fmax (out->highest, out->by_method[i]);
  }
  out->albedo = out->imfp / (out->imfp + out->transport);
  out->attenuation = out->imfp * (1 - 0.735 * out->albedo);
  out->seah = energy_ev >= methods[XPS_IMFP_S1].lowest && energy_ev <= methods[XPS_IMFP_S1].highest
                  ? seah_s3 (material, energy_ev)
                  : NAN;
  out->straight = out->imfp * cos (alpha_deg * G_PI / 180) * log (20);
  out->information = out->straight * (1 - 0.787 * out->albedo);
  return TRUE;
}
