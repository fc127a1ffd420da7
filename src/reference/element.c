/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/element.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "reference/cross-section.h"
#include "reference/element-private.h"

#define SHALLOWEST 5.0 /* eV: below it lies the valence band */
#define RESOLVED   3.0 /* eV: doublets closer than this are one line of a survey */
#define ENOUGH     3   /* first-hand values of compounds */
#define GAS        5.0 /* eV: no compound of a solid element is that far off on average */

static const char *const symbols[XPS_ELEMENT_LAST] = {
    "H",  "He", "Li", "Be", "B",  "C",  "N",  "O",  "F",  "Ne", "Na", "Mg", "Al", "Si", "P",  "S",  "Cl",
    "Ar", "K",  "Ca", "Sc", "Ti", "V",  "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "Ga", "Ge", "As", "Se",
    "Br", "Kr", "Rb", "Sr", "Y",  "Zr", "Nb", "Mo", "Tc", "Ru", "Rh", "Pd", "Ag", "Cd", "In", "Sn", "Sb",
    "Te", "I",  "Xe", "Cs", "Ba", "La", "Ce", "Pr", "Nd", "Pm", "Sm", "Eu", "Gd", "Tb", "Dy", "Ho", "Er",
    "Tm", "Yb", "Lu", "Hf", "Ta", "W",  "Re", "Os", "Ir", "Pt", "Au", "Hg", "Tl", "Pb", "Bi"};

const char *
xps_element_get_symbol (int z)
{
  return z >= 1 && z <= XPS_ELEMENT_LAST ? symbols[z - 1] : NULL;
}

int
xps_element_get_z (const char *symbol)
{
  for (int z = 1; symbol != NULL && z <= XPS_ELEMENT_LAST; z++)
    if (strcmp (symbols[z - 1], symbol) == 0)
      return z;
  return 0;
}

void
xps_element_line_free (XpsElementLine *line)
{
  if (line == NULL)
    return;
  g_free (line->element);
  g_free (line->name);
  g_free (line->source);
  g_free (line);
}

double
xps_element_get_level (XpsReference *self, int z, const char *orbital)
{
  XpsQuery query;
  double energy = NAN;
  const char *element = xps_element_get_symbol (z);
  if (element == NULL || !xps_query_init (&query, self,
                                          "SELECT binding_energy_eV FROM element_level WHERE element = ? AND "
                                          "orbital = ?",
                                          NULL))
    return NAN;
  xps_query_bind_text (&query, element);
  xps_query_bind_text (&query, orbital);
  if (xps_query_next (&query, NULL))
    energy = xps_query_get_number (&query, 0);
  xps_query_clear (&query);
  return energy;
}

/* ---- photoelectron lines ---- */

typedef struct {
  char orbital[6]; /* "2p3/2" */
  double energy;
  char *source;
} Level;

static void
clear_level (gpointer level)
{
  g_free (((Level *)level)->source);
}

static GArray *
load_levels (XpsReference *self, const char *element, GError **error)
{
  XpsQuery query;
  GError *local = NULL;
  g_autoptr (GArray) levels = g_array_new (FALSE, TRUE, sizeof (Level));
  g_array_set_clear_func (levels, clear_level);
  if (!xps_query_init (&query, self,
                       "SELECT orbital, binding_energy_eV, source_key FROM element_level WHERE element = ? "
                       "ORDER BY orbital",
                       error))
    return NULL;
  xps_query_bind_text (&query, element);
  while (xps_query_next (&query, &local)) {
    g_autofree char *orbital = xps_query_dup_text (&query, 0);
    Level level = {.energy = xps_query_get_number (&query, 1), .source = xps_query_dup_text (&query, 2)};
    g_strlcpy (level.orbital, orbital, sizeof level.orbital);
    g_array_append_val (levels, level);
  }
  xps_query_clear (&query);
  if (local == NULL)
    return g_steal_pointer (&levels);
  g_propagate_error (error, local);
  return NULL;
}

/* The element's value is that of its gas for nitrogen, oxygen and fluorine: there the compounds say where a
 * level is found. Else the element lies below its compounds, but nearer to what a survey shows than their
 * mean: adventitious carbon, chlorides, sulfides. */
static void
adjust (XpsReference *self, XpsElementLine *line, const char *level)
{
  XpsReferenceQuery query;
  double sum = 0, low = INFINITY, high = -INFINITY;
  xps_reference_query_init (&query);
  query.level = level;
  g_autoptr (GPtrArray) values = xps_reference_search (self, &query, NULL);
  for (guint i = 0; values != NULL && i < values->len; i++) {
    const double energy = ((XpsReferenceLine *)g_ptr_array_index (values, i))->energy;
    sum += energy;
    low = fmin (low, energy);
    high = fmax (high, energy);
  }
  if (values == NULL || values->len < ENOUGH || fabs (sum / values->len - line->energy) < GAS)
    return;
  line->energy = sum / values->len;
  line->tolerance = fmin (fmax (1.5, 1 + (high - low) / sqrt (12)), 3);
  g_free (line->source);
  line->source = xps_text_printf ("bindings:%s", level);
}

static gboolean
is_partner (const char *a, const char *b)
{
  return strncmp (a, b, 2) == 0 && strlen (a) > 2 && strlen (b) > 2;
}

/* Levels come in the order of their names: the weaker line of a doublet ("2p1/2") right before the other. */
static void
add_line (XpsReference *self, int z, const GArray *levels, guint i, double photon_energy, GPtrArray *lines)
{
  const Level *level = &g_array_index (levels, Level, i), *next = i + 1 < levels->len ? level + 1 : NULL,
              *before = i > 0 ? level - 1 : NULL;
  const char *element = xps_element_get_symbol (z);
  XpsCrossSection section;
  if (level->energy < SHALLOWEST || level->energy >= photon_energy)
    return;
  if (next != NULL && is_partner (level->orbital, next->orbital) && level->energy - next->energy < RESOLVED)
    return; /* stands in the line of the other */
  const gboolean both = before != NULL && is_partner (level->orbital, before->orbital) &&
                        before->energy - level->energy < RESOLVED;
  g_autofree char *full = xps_text_printf ("%s %s", element, level->orbital);
  XpsElementLine *line = g_new0 (XpsElementLine, 1);
  line->element = g_strdup (element);
  line->z = z;
  line->name = both ? xps_text_printf ("%s %.2s", element, level->orbital) : g_strdup (full);
  line->energy = level->energy;
  line->tolerance = 2.0 + 1e-3 * level->energy;
  line->sigma = xps_reference_get_cross_section (self, line->name, photon_energy, &section, NULL)
                    ? section.barn
                    : (double)NAN;
  line->source = g_strdup (level->source);
  line->verified = XPS_VERIFIED_SEEN;
  adjust (self, line, full);
  g_ptr_array_add (lines, line);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const XpsElementLine *x = *(XpsElementLine *const *)a, *y = *(XpsElementLine *const *)b;
  const double sx = isfinite (x->sigma) ? x->sigma : 0, sy = isfinite (y->sigma) ? y->sigma : 0;
  if (x->z != y->z)
    return x->z - y->z;
  if (x->auger != y->auger)
    return x->auger - y->auger;
  return sx != sy ? (sx < sy) - (sx > sy) : (x->energy > y->energy) - (x->energy < y->energy);
}

static gboolean
add_element (XpsReference *self, int z, double photon_energy, GPtrArray *lines, GError **error)
{
  g_autoptr (GArray) levels = load_levels (self, xps_element_get_symbol (z), error);
  for (guint i = 0; levels != NULL && i < levels->len; i++)
    add_line (self, z, levels, i, photon_energy, lines);
  if (levels != NULL)
    xps_element_add_auger_lines (self, z, photon_energy, lines);
  return levels != NULL;
}

GPtrArray *
xps_reference_list_element_lines (XpsReference *self, const char *element, double photon_energy_ev,
                                  GError **error)
{
  const int z = xps_element_get_z (element);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_element_line_free);
  g_autofree char *given = xps_text_printf ("%g eV", photon_energy_ev);
  if (element != NULL && z == 0) {
    xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_QUESTION, NULL, element,
                   N_ ("is no element up to bismuth"), N_ ("write its symbol, such as \"Li\""));
    return NULL;
  }
  if (!(photon_energy_ev >= XPS_CROSS_SECTION_LOWEST && photon_energy_ev <= XPS_CROSS_SECTION_HIGHEST)) {
    xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_QUESTION, NULL, given,
                   N_ ("is no photon energy of the tables"), N_ ("they hold 100 eV to 20 keV"));
    return NULL;
  }
  for (int k = z > 0 ? z : 1; k <= (z > 0 ? z : XPS_ELEMENT_LAST); k++)
    if (!add_element (self, k, photon_energy_ev, lines, error))
      return NULL;
  g_ptr_array_sort (lines, compare_lines);
  return g_steal_pointer (&lines);
}
