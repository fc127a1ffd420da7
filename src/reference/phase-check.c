/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/phase-check.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "reference/element.h"
#include "reference/formula.h"
#include "reference/own-private.h"

#define AL_K_ALPHA 1486.6 /* eV */
#define ROUNDING   1e-6   /* relative: 0.1 + 0.2 atoms are 0.3 */

static void
remark_free (gpointer data)
{
  XpsPhaseRemark *remark = data;
  g_free (remark->sentence);
  g_free (remark);
}

static void
add_remark (GPtrArray *remarks, int line, XpsPhaseMember member, char *take_sentence)
{
  XpsPhaseRemark *remark = g_new0 (XpsPhaseRemark, 1);
  *remark = (XpsPhaseRemark){.line = line, .member = member, .sentence = take_sentence};
  g_ptr_array_add (remarks, remark);
}

char *
xps_level_dup_whole (const char *level)
{
  const char *blank = strrchr (level, ' ');
  const gsize head = blank != NULL ? (gsize)(blank - level) + 3 : strlen (level);
  return g_strndup (level, MIN (head, strlen (level)));
}

static const XpsPhaseLine *
get_line (const XpsReferencePhase *phase, guint i)
{
  return g_ptr_array_index (phase->lines, i);
}

/* ---- the formula and the counts ---- */

static double
sum_atoms (const XpsReferencePhase *phase, const char *whole)
{
  double sum = 0.0;
  for (guint i = 0; i < phase->lines->len; i++) {
    g_autofree char *other = xps_level_dup_whole (get_line (phase, i)->level);
    sum += strcmp (other, whole) == 0 ? get_line (phase, i)->atoms : 0.0;
  }
  return sum;
}

static void
compare_counts (GPtrArray *remarks, const XpsReferencePhase *phase, const GArray *formula, int i)
{
  const XpsPhaseLine *line = get_line (phase, (guint)i);
  const double n = xps_formula_get (formula, line->element);
  g_autofree char *whole = xps_level_dup_whole (line->level);
  const double sum = sum_atoms (phase, whole);
  if (!(n > 0.0)) {
    add_remark (remarks, i, XPS_PHASE_LEVEL,
                xps_text_printf (_ ("There is no %s in the formula %s."), line->element, phase->formula));
    return;
  }
  if (sum > n * (1.0 + ROUNDING))
    add_remark (
        remarks, i, XPS_PHASE_ATOMS,
        /* Translators: "The lines of S 2p stand for 6 atoms, the formula Li6PS5Cl has 5 of S." */
        xps_text_printf (_ ("The lines of %s stand for %.6g atoms, the formula %s has only %.6g of %s."),
                         whole, sum, phase->formula, n, line->element));
  else if (sum < n * (1.0 - ROUNDING))
    add_remark (remarks, i, XPS_PHASE_ATOMS,
                xps_text_printf (_ ("The lines of %s stand for %.6g atoms of the %.6g of %s in the formula "
                                    "%s: the others would show no line."),
                                 whole, sum, n, line->element, phase->formula));
}

GPtrArray *
xps_phase_list_remarks (const XpsReferencePhase *phase)
{
  GPtrArray *remarks = g_ptr_array_new_with_free_func (remark_free);
  g_autoptr (GArray) formula = xps_formula_read (phase->formula);
  if (formula == NULL) {
    add_remark (
        remarks, -1, XPS_PHASE_FORMULA,
        phase->formula != NULL
            ? xps_text_printf (_ ("The formula %s cannot be read, so the numbers of atoms are not "
                                  "compared with it. Write it as Li6PS5Br or LiN(SO2CF3)2."),
                               phase->formula)
            : g_strdup (_ ("Without a formula the numbers of atoms are not compared with anything.")));
    return remarks;
  }
  for (guint i = 0; i < phase->lines->len; i++)
    compare_counts (remarks, phase, formula, (int)i);
  return remarks;
}

/* ---- lines to start from ---- */

static char *
dup_strongest_level (XpsReference *self, const char *element)
{
  g_autoptr (GPtrArray) lines = xps_reference_list_element_lines (self, element, AL_K_ALPHA, NULL);
  const XpsElementLine *first = lines != NULL && lines->len > 0 ? g_ptr_array_index (lines, 0) : NULL;
  return first != NULL && !first->auger ? g_strdup (first->name) : NULL;
}

char *
xps_reference_dup_usual_level (XpsReference *self, const char *element)
{
  XpsReferenceQuery query;
  if (xps_element_get_z (element) < 3) /* hydrogen and helium have no core level */
    return NULL;
  xps_reference_query_init (&query);
  query.element = element;
  query.secondary = TRUE;
  query.near = query.within = 0.5 * AL_K_ALPHA; /* what a laboratory reaches */
  g_autoptr (GPtrArray) lines = xps_reference_search (self, &query, NULL);
  const XpsReferenceLine *best = NULL;
  guint most = 0, n = 0;
  for (guint i = 0; lines != NULL && i < lines->len; i++) { /* by level */
    const XpsReferenceLine *line = g_ptr_array_index (lines, i);
    const XpsReferenceLine *before = i > 0 ? g_ptr_array_index (lines, i - 1) : NULL;
    n = before != NULL && strcmp (before->level, line->level) == 0 ? n + 1 : 1;
    if (best == NULL || n > most || (n == most && line->energy < best->energy)) {
      most = n;
      best = line;
    }
  }
  return best != NULL ? g_strdup (best->level) : dup_strongest_level (self, element);
}

XpsReferencePhase *
xps_phase_new_from_formula (XpsReference *self, const char *name, const char *formula, GError **error)
{
  g_autoptr (GArray) elements = xps_formula_read (formula);
  g_autoptr (XpsReferencePhase) phase = xps_reference_phase_new (name);
  phase->formula = g_strdup (formula);
  for (guint i = 0; elements != NULL && i < elements->len; i++) {
    const XpsFormulaElement *it = &g_array_index (elements, XpsFormulaElement, i);
    g_autofree char *level = xps_reference_dup_usual_level (self, it->symbol);
    if (level != NULL)
      xps_reference_phase_add_line (phase, level, name, it->n);
  }
  if (elements == NULL)
    xps_own_refuse (error, formula, N_ ("the formula cannot be read"),
                    N_ ("write it as Li6PS5Br or LiN(SO2CF3)2"));
  else if (phase->lines->len == 0)
    xps_own_refuse (error, formula, N_ ("none of its elements has a line"), NULL);
  return phase->lines->len > 0 ? g_steal_pointer (&phase) : NULL;
}

static gboolean
has_line (const XpsReferencePhase *phase, const char *element, const char *level, const char *species)
{
  for (guint i = 0; i < phase->lines->len; i++) {
    const XpsPhaseLine *line = get_line (phase, i);
    if ((element == NULL || strcmp (line->element, element) == 0) &&
        (level == NULL || strcmp (line->level, level) == 0) &&
        (species == NULL || strcmp (line->species, species) == 0))
      return TRUE;
  }
  return FALSE;
}

static XpsPhaseLine *
add_once_more (XpsReferencePhase *phase, int near)
{
  const guint at = near >= 0 && (guint)near < phase->lines->len ? (guint)near : 0;
  g_autofree char *level =
      phase->lines->len > 0 ? g_strdup (get_line (phase, at)->level) : g_strdup ("Li 1s");
  g_autofree char *species = g_strdup (phase->name);
  for (guint n = 2; has_line (phase, NULL, level, species); n++) {
    g_free (species);
    species = xps_text_printf ("%s %u", phase->name, n);
  }
  return xps_reference_phase_add_line (phase, level, species, 1.0);
}

XpsPhaseLine *
xps_phase_add_next_line (XpsReference *self, XpsReferencePhase *phase, int near)
{
  g_autoptr (GArray) elements = xps_formula_read (phase->formula);
  for (guint i = 0; elements != NULL && i < elements->len; i++) {
    const XpsFormulaElement *it = &g_array_index (elements, XpsFormulaElement, i);
    g_autofree char *level =
        has_line (phase, it->symbol, NULL, NULL) ? NULL : xps_reference_dup_usual_level (self, it->symbol);
    if (level != NULL)
      return xps_reference_phase_add_line (phase, level, phase->name, it->n);
  }
  return add_once_more (phase, near);
}
