/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/cross-section.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "reference/query.h"

#define NEAR 1.2 /* times the threshold */

static gboolean
refuse (const char *level, char *take_what, const char *remedy, GError **error)
{
  g_autofree char *what = take_what;
  return xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_QUESTION, NULL, level, what, remedy);
}

gboolean
xps_level_parse (const char *level, char **element, char **orbital)
{
  const char *blank = strchr (level, ' ');
  if (blank == NULL || blank - level < 1 || blank - level > 3 || !g_ascii_isupper (level[0]) ||
      !g_ascii_isdigit (blank[1]) || !g_ascii_islower (blank[2]))
    return FALSE;
  *element = g_strndup (level, (gsize)(blank - level));
  *orbital = g_strdup (blank + 1);
  return TRUE;
}

/* ---- thresholds ---- */

/* Highest threshold of the subshells that `orbital` stands for: above it all of them take part. */
static gboolean
get_threshold (XpsReference *self, const char *element, const char *orbital, double *threshold)
{
  XpsQuery query;
  if (!xps_query_init (
          &query, self,
          "SELECT max (threshold_free_atom_eV) FROM subshell WHERE element = ?1 AND (orbital = ?2 OR "
          "substr (orbital, 1, 2) = ?2)",
          NULL))
    return FALSE;
  xps_query_bind_text (&query, element);
  xps_query_bind_text (&query, orbital);
  *threshold = xps_query_next (&query, NULL) ? xps_query_get_number (&query, 0) : NAN;
  xps_query_clear (&query);
  return isfinite (*threshold);
}

typedef struct {
  char *element, *orbital;
  double energy, threshold;
} Place;

static void
place_clear (Place *place)
{
  g_free (place->element);
  g_free (place->orbital);
}

static gboolean
find_place (XpsReference *self, const char *level, double energy, Place *place, GError **error)
{
  *place = (Place){.energy = energy, .threshold = NAN};
  if (!xps_level_parse (level, &place->element, &place->orbital))
    return refuse (level, g_strdup ("is not a core level"), N_ ("write it as \"S 2p3/2\" or \"Li 1s\""),
                   error);
  if (!get_threshold (self, place->element, place->orbital, &place->threshold))
    return refuse (level, g_strdup ("is not in the tables"),
                   N_ ("elements up to bismuth have their occupied levels"), error);
  if (!(energy >= XPS_CROSS_SECTION_LOWEST && energy <= XPS_CROSS_SECTION_HIGHEST))
    return refuse (level, xps_text_printf (_ ("photon energy %g eV is outside the tables"), energy),
                   N_ ("they hold 100 eV to 20 keV and nothing is extrapolated"), error);
  if (energy <= place->threshold)
    return refuse (
        level,
        xps_text_printf (_ ("photon energy %g eV does not reach the threshold of the free atom, %g eV"),
                         energy, place->threshold),
        NULL, error);
  return TRUE;
}

/* ---- cross sections ---- */

typedef struct {
  double x, y; /* ln eV, ln barn */
  gboolean patched;
} Node;

static GArray *
load_nodes (XpsReference *self, const Place *place, const char *sql)
{
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  XpsQuery query;
  if (!xps_query_init (&query, self, sql, NULL))
    return nodes;
  xps_query_bind_text (&query, place->element);
  xps_query_bind_text (&query, place->orbital);
  while (xps_query_next (&query, NULL)) {
    const Node node = {log (xps_query_get_number (&query, 0)), log (xps_query_get_number (&query, 1)),
                       xps_query_get_integer (&query, 2) != 0};
    if (isfinite (node.x) && isfinite (node.y))
      g_array_append_val (nodes, node);
  }
  xps_query_clear (&query);
  return nodes;
}

/* Index of the node at or below x; the last but one at most. */
static guint
find_below (const GArray *nodes, double x)
{
  guint i = 0;
  while (i + 2 < nodes->len && g_array_index (nodes, Node, i + 1).x <= x)
    i++;
  return i;
}

/* Lagrange through four nodes (the nearest), fewer where there are fewer. */
static double
interpolate_smooth (const GArray *nodes, double x, gboolean *patched)
{
  const guint n = MIN (nodes->len, 4), below = find_below (nodes, x);
  const guint first = MIN (below > 0 ? below - 1 : 0, nodes->len - n);
  double sum = 0;
  for (guint i = first; i < first + n; i++) {
    const Node *node = &g_array_index (nodes, Node, i);
    double weight = 1;
    for (guint k = first; k < first + n; k++)
      if (k != i)
        weight *= (x - g_array_index (nodes, Node, k).x) / (node->x - g_array_index (nodes, Node, k).x);
    sum += weight * node->y;
    *patched |= node->patched;
  }
  return sum;
}

static double
interpolate_straight (const GArray *nodes, double x)
{
  const guint i = find_below (nodes, x);
  const Node *a = &g_array_index (nodes, Node, i), *b = &g_array_index (nodes, Node, i + 1);
  return b->x > a->x ? a->y + (b->y - a->y) * (x - a->x) / (b->x - a->x) : b->y;
}

static gboolean
covers (const GArray *nodes, double x)
{
  return nodes->len >= 2 && x >= g_array_index (nodes, Node, 0).x - 1e-12 &&
         x <= g_array_index (nodes, Node, nodes->len - 1).x + 1e-12;
}

/* Close to the threshold: straight lines between the raw nodes of each subshell, added up. NaN: not covered.
 */
static double
sum_raw_nodes (XpsReference *self, const Place *place)
{
  static const char *const ends[] = {"", "1/2", "3/2", "5/2", "7/2"};
  double sum = 0;
  for (gsize k = 0; k < G_N_ELEMENTS (ends); k++) {
    g_autofree char *orbital = g_strconcat (place->orbital, ends[k], NULL);
    const Place one = {place->element, orbital, place->energy, place->threshold};
    g_autoptr (GArray) nodes =
        load_nodes (self, &one,
                    "SELECT photon_energy_eV, cross_section_barn, 0 FROM cross_section_node "
                    "WHERE element = ? AND orbital = ? ORDER BY photon_energy_eV");
    if (nodes->len == 0)
      continue;
    if (!covers (nodes, log (place->energy)))
      return NAN;
    sum += exp (interpolate_straight (nodes, log (place->energy)));
  }
  return sum > 0 ? sum : NAN;
}

/* By the second calculation, which has both lines of a doublet: added up for the whole level. NaN: not
 * covered. */
static double
get_second (XpsReference *self, const Place *place)
{
  static const char *const ends[] = {"", "1/2", "3/2", "5/2", "7/2"};
  double sum = 0;
  guint n = 0;
  for (gsize k = 0; k < G_N_ELEMENTS (ends); k++) {
    g_autofree char *orbital = g_strconcat (place->orbital, ends[k], NULL);
    const Place one = {place->element, orbital, place->energy, place->threshold};
    g_autoptr (GArray) nodes =
        load_nodes (self, &one,
                    "SELECT photon_energy_eV, sigma_DHS_barn, 0 FROM asymmetry WHERE element = "
                    "? AND orbital = ? AND flag = 'ok' ORDER BY photon_energy_eV");
    gboolean patched = FALSE;
    if (nodes->len == 0)
      continue;
    if (!covers (nodes, log (place->energy)))
      return NAN;
    sum += exp (interpolate_smooth (nodes, log (place->energy), &patched));
    n++;
  }
  const gboolean both =
      n == 2 || g_str_has_suffix (place->orbital, "s") || strchr (place->orbital, '/') != NULL;
  return n > 0 && both ? sum : (double)NAN;
}

static gboolean
evaluate (XpsReference *self, const Place *place, XpsCrossSection *out)
{
  g_autoptr (GArray) nodes =
      load_nodes (self, place,
                  "SELECT photon_energy_eV, cross_section_barn, flag LIKE '%patched' FROM "
                  "cross_section WHERE element = ? AND orbital = ? AND flag NOT LIKE "
                  "'%near%' ORDER BY photon_energy_eV");
  const double x = log (place->energy);
  *out = (XpsCrossSection){.barn = NAN,
                           .threshold = place->threshold,
                           .near = place->energy < NEAR * place->threshold,
                           .second = get_second (self, place)};
  if (!out->near && covers (nodes, x))
    out->barn = exp (interpolate_smooth (nodes, x, &out->patched));
  else
    out->barn = sum_raw_nodes (self, place);
  return isfinite (out->barn);
}

gboolean
xps_reference_get_cross_section (XpsReference *self, const char *level, double photon_energy_ev,
                                 XpsCrossSection *out, GError **error)
{
  Place place;
  gboolean done = find_place (self, level, photon_energy_ev, &place, error);
  if (done && !evaluate (self, &place, out))
    done = refuse (
        level,
        xps_text_printf (_ ("the tables do not cover %g eV so close to the threshold"), photon_energy_ev),
        N_ ("take a higher photon energy"), error);
  place_clear (&place);
  return done;
}

/* ---- angular distribution ---- */

#define N_PARAMETERS 12 /* beta, gamma, delta, B1 to B5, C2 to C5 */

typedef struct {
  double energy, sigma, values[N_PARAMETERS];
  gboolean near;
} AngularRow;

static gboolean
read_rows (XpsReference *self, const Place *place, AngularRow *low, AngularRow *high)
{
  gboolean found_low = FALSE, found_high = FALSE;
  XpsQuery query;
  if (!xps_query_init (
          &query, self,
          "SELECT photon_energy_eV, sigma_DHS_barn, flag = 'near', beta, gamma, delta, B1, B2, B3, B4, "
          "B5, C2, C3, C4, C5 FROM asymmetry WHERE element = ? AND orbital = ? ORDER BY "
          "photon_energy_eV",
          NULL))
    return FALSE;
  xps_query_bind_text (&query, place->element);
  xps_query_bind_text (&query, place->orbital);
  while (!found_high && xps_query_next (&query, NULL)) {
    AngularRow row = {xps_query_get_number (&query, 0),
                      xps_query_get_number (&query, 1),
                      {0},
                      xps_query_get_integer (&query, 2) != 0};
    for (int k = 0; k < N_PARAMETERS; k++)
      row.values[k] = xps_query_get_number (&query, 3 + k);
    found_high = row.energy >= place->energy;
    if (found_high)
      *high = row;
    if (row.energy <= place->energy) {
      *low = row;
      found_low = TRUE;
    }
  }
  xps_query_clear (&query);
  return found_low && found_high;
}

/* Linear in ln hv; sums over j weighted with the cross sections. FALSE: no row on both sides. */
static gboolean
add_subshell (XpsReference *self, const Place *place, double sums[N_PARAMETERS], double *weight,
              gboolean *near)
{
  AngularRow low, high;
  if (!read_rows (self, place, &low, &high))
    return FALSE;
  const double t =
      high.energy > low.energy ? log (place->energy / low.energy) / log (high.energy / low.energy) : 0;
  const double sigma = low.sigma > 0 && high.sigma > 0 ? low.sigma * pow (high.sigma / low.sigma, t) : 0;
  for (int k = 0; k < N_PARAMETERS; k++)
    sums[k] += sigma * (low.values[k] + t * (high.values[k] - low.values[k]));
  *weight += sigma;
  *near |= low.near || high.near;
  return TRUE;
}

gboolean
xps_reference_get_angular (XpsReference *self, const char *level, double photon_energy_ev, XpsAngular *out,
                           GError **error)
{
  static const char *const ends[] = {"", "1/2", "3/2", "5/2", "7/2"};
  double sums[N_PARAMETERS] = {0}, weight = 0;
  gboolean near = FALSE;
  Place place;
  gboolean done = find_place (self, level, photon_energy_ev, &place, error);
  for (gsize k = 0; done && k < G_N_ELEMENTS (ends); k++) {
    g_autofree char *orbital = g_strconcat (place.orbital, ends[k], NULL);
    const Place one = {place.element, orbital, place.energy, place.threshold};
    add_subshell (self, &one, sums, &weight, &near);
  }
  if (done && !(weight > 0))
    done =
        refuse (level, xps_text_printf (_ ("no angular parameters on both sides of %g eV"), photon_energy_ev),
                N_ ("take a photon energy further above the threshold"), error);
  place_clear (&place);
  if (!done)
    return FALSE;
  *out = (XpsAngular){
      .beta = sums[0] / weight, .gamma = sums[1] / weight, .delta = sums[2] / weight, .near = near};
  for (int n = 1; n < XPS_MULTIPOLES; n++)
    out->b[n] = sums[2 + n] / weight;
  for (int n = 2; n < XPS_MULTIPOLES; n++)
    out->c[n] = sums[6 + n] / weight;
  return TRUE;
}

double
xps_angular_factor (const XpsAngular *angular, double angle_deg, double polarisation, double azimuth_deg)
{
  const double radian = G_PI / 180, x = cos (angle_deg * radian), s2 = 1 - x * x;
  const double p[XPS_MULTIPOLES] = {1,
                                    x,
                                    (3 * x * x - 1) / 2,
                                    (5 * x * x - 3) * x / 2,
                                    ((35 * x * x - 30) * x * x + 3) / 8,
                                    ((63 * x * x - 70) * x * x + 15) * x / 8};
  const double p2[XPS_MULTIPOLES] = {
      0, 0, 3 * s2, 15 * x * s2, 7.5 * (7 * x * x - 1) * s2, 52.5 * (3 * x * x - 1) * x * s2};
  double w = 1;
  for (int n = 1; n < XPS_MULTIPOLES; n++)
    w += angular->b[n] * p[n];
  for (int n = 2; n < XPS_MULTIPOLES; n++)
    w += polarisation * cos (2 * azimuth_deg * radian) * angular->c[n] * p2[n];
  return w;
}

/* Linear light of degree P is a mixture of light along the electric vector (P) and unpolarised light (1 - P);
 * theta between electron and electric vector: cos theta = sin omega cos phi. */
double
xps_angular_factor_dipole (const XpsAngular *angular, double angle_deg, double polarisation,
                           double azimuth_deg)
{
  const double radian = G_PI / 180, x = cos (angle_deg * radian), c = cos (azimuth_deg * radian);
  const double cos2 = (1 - x * x) * c * c;
  const double plain = 1 - angular->beta / 4 * (3 * x * x - 1),
               linear = 1 + angular->beta / 2 * (3 * cos2 - 1);
  return (1 - polarisation) * plain + polarisation * linear;
}
