/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/ratio.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"

#define STANDS_OUT 3.0 /* standard errors: a quotient by less has no useful error of its own */

static const XpsAtomLine *
get_line (const XpsAtoms *atoms, gsize k)
{
  return g_ptr_array_index (atoms->lines, (guint)k);
}

double
xps_atom_line_get_uncertainty (const XpsAtomLine *self)
{
  return hypot (self->sensitivity.spread, XPS_ATOMS_UNCERTAINTY);
}

/* ---- names ---- */

typedef gboolean (*IsCalled) (const XpsAtomLine *line, const XpsAtoms *atoms, const char *name);

static gboolean
is_line (const XpsAtomLine *line, const XpsAtoms *atoms, const char *name)
{
  return g_strcmp0 (line->name, name) == 0;
}

static gboolean
is_species (const XpsAtomLine *line, const XpsAtoms *atoms, const char *name)
{
  return g_strcmp0 (line->species, name) == 0;
}

static gboolean
is_level (const XpsAtomLine *line, const XpsAtoms *atoms, const char *name)
{
  return g_strcmp0 (line->level, name) == 0;
}

static gboolean
is_element (const XpsAtomLine *line, const XpsAtoms *atoms, const char *name)
{
  return g_strcmp0 (line->element, name) == 0;
}

static gboolean
refuse (GError **error, const char *name, const char *what, const char *remedy)
{
  return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_PLAN, name, NULL, what, remedy);
}

static gboolean
check_lines (const XpsAtoms *atoms, const GArray *found, const char *name, GError **error)
{
  const char *level = NULL;
  for (guint k = 0; k < found->len; k++) {
    const XpsAtomLine *line = get_line (atoms, g_array_index (found, gsize, k));
    if (!isfinite (line->sensitivity.product))
      return refuse (error, name, N_ ("has no sensitivity that is known"),
                     line->missing != NULL ? line->missing : NULL);
    if (level != NULL && strcmp (level, line->level) != 0)
      return refuse (error, name, N_ ("was measured in several core levels and would count twice"),
                     N_ ("name one of them, as in \"S 2p\" or \"S 2p Li2S\""));
    level = line->level;
  }
  return TRUE;
}

GArray *
xps_atoms_find (const XpsAtoms *self, const char *name, GError **error)
{
  static const IsCalled ways[] = {is_line, is_species, is_level, is_element};
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (gsize way = 0; way < G_N_ELEMENTS (ways) && found->len == 0; way++)
    for (gsize k = 0; k < self->lines->len; k++)
      if (ways[way](get_line (self, k), self, name))
        g_array_append_val (found, k);
  if (found->len == 0)
    refuse (error, name, N_ ("no species, core level or element is called so"),
            N_ ("see the names in the model"));
  if (found->len == 0 || !check_lines (self, found, name, error))
    return NULL;
  return g_steal_pointer (&found);
}

gboolean
xps_ratio_parse (const XpsAtoms *atoms, const char *text, GArray **above, GArray **below, GError **error)
{
  g_autoptr (GError) first = NULL;
  if (strchr (text, '/') == NULL)
    return refuse (error, text, N_ ("is no ratio"), N_ ("write it as A/B"));
  for (const char *slash = strchr (text, '/'); slash != NULL; slash = strchr (slash + 1, '/')) {
    g_autoptr (GError) local = NULL;
    g_autofree char *a = g_strndup (text, (gsize)(slash - text)), *b = g_strdup (slash + 1);
    *above = xps_atoms_find (atoms, g_strstrip (a), &local);
    *below = *above != NULL ? xps_atoms_find (atoms, g_strstrip (b), &local) : NULL;
    if (*above != NULL && *below != NULL)
      return TRUE;
    g_clear_pointer (above, g_array_unref);
    if (first == NULL)
      first = g_steal_pointer (&local);
  }
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

/* ---- one step ---- */

/* Atoms of each line, and what their covariances come from. */
typedef struct {
  gsize n;
  double *atoms;  /* [n] */
  double *scales; /* [n] atoms for a unit of its leader's sum of areas */
  double *errors; /* [n] without covariances */
  const double *covariances;
  const gsize *places;
  gboolean *in_sum, *of_all; /* [n] above and below */
  double above, below;
  gboolean net; /* areas without their limit at zero */
} Step;

/* Net areas scatter about zero where nothing is, and have errors there. One that is negative by more than
 * that is a sign of another fault of the model: then areas with their limit. */
static gboolean
is_negative (const XpsStepResult *step, gsize n_components)
{
  for (gsize c = 0; c < n_components; c++)
    if (step->components[c].net.value < -STANDS_OUT * step->components[c].net.error)
      return TRUE;
  return FALSE;
}

static gboolean
has_net (const XpsStepResult *step, gsize n_components)
{
  for (gsize c = 0; c < n_components; c++)
    if (isnan (step->components[c].net.value) && isfinite (step->components[c].area.value))
      return FALSE;
  return !is_negative (step, n_components);
}

static double
get_area (const Step *step, const XpsStepResult *result, gsize c, double *error)
{
  const XpsQuantity *quantity = step->net ? &result->components[c].net : &result->components[c].area;
  *error = quantity->error;
  return quantity->value;
}

/* What hangs on one unknown in another level (areas tied within one window) is in the leader's sum, too. */
static void
count_atoms (const XpsAtoms *atoms, const XpsStepResult *result, gsize i, gsize k, Step *step)
{
  const XpsAtomLine *line = get_line (atoms, k);
  double sum = 0, error = 0, whole = 0;
  for (gsize m = 0; m < atoms->lines->len; m++) {
    const XpsAtomLine *other = get_line (atoms, m);
    for (guint c = 0; other->leader == line->leader && c < other->components->len; c++) {
      double one;
      const double area = get_area (step, result, g_array_index (other->components, gsize, c), &one);
      whole += area;
      sum += m == k ? area : 0;
      error += m == k ? one : 0;
    }
  }
  const double factor = i < atoms->n_steps ? line->factors[i] : (double)NAN;
  step->atoms[k] = sum / factor;
  step->errors[k] = error / factor;
  step->scales[k] = (whole != 0 ? sum / whole : 1) / factor;
}

static double
get_covariance (const Step *step, gsize a, gsize b)
{
  const gsize row = MAX (step->places[a], step->places[b]), column = MIN (step->places[a], step->places[b]);
  if (step->covariances == NULL)
    return a == b ? step->errors[a] * step->errors[a] : 0;
  const double covariance = step->covariances[row * (row + 1) / 2 + column];
  const gboolean at_limit = !step->net && (step->atoms[a] == 0 || step->atoms[b] == 0);
  return at_limit && isnan (covariance) ? 0 : step->scales[a] * step->scales[b] * covariance;
}

/* Variance of a sum of atoms with these weights. */
static double
get_variance (const Step *step, const double *weights)
{
  double variance = 0;
  for (gsize a = 0; a < step->n; a++)
    for (gsize b = 0; b < step->n && weights[a] != 0; b++)
      if (weights[b] != 0)
        variance += weights[a] * weights[b] * get_covariance (step, a, b);
  return variance;
}

static XpsQuantity
divide (Step *step, double *weights)
{
  const XpsQuantity none = {NAN, NAN};
  step->above = step->below = 0;
  for (gsize k = 0; k < step->n; k++) {
    step->above += step->in_sum[k] ? step->atoms[k] : 0;
    step->below += step->of_all[k] ? step->atoms[k] : 0;
    weights[k] = step->of_all[k] ? 1 : 0;
  }
  const double noise = sqrt (get_variance (step, weights));
  if (!isfinite (step->above) || !(step->below > 0) || !(step->below > STANDS_OUT * noise))
    return none;
  const double ratio = step->above / step->below;
  for (gsize k = 0; k < step->n; k++)
    weights[k] = ((step->in_sum[k] ? 1 : 0) - (step->of_all[k] ? ratio : 0)) / step->below;
  const double variance = get_variance (step, weights);
  return (XpsQuantity){ratio, variance >= 0 && step->above != 0 ? sqrt (variance) : (double)NAN};
}

/* Relative: what the uncertainty of each level's factor does to the quotient; a level on both sides cancels.
 */
static double
find_systematic (const XpsAtoms *atoms, const Step *step)
{
  double sum = 0;
  for (gsize k = 0; k < step->n; k++) {
    const XpsAtomLine *line = get_line (atoms, k);
    double weight = 0;
    gboolean before = FALSE;
    for (gsize m = 0; m < step->n; m++) {
      if (g_strcmp0 (get_line (atoms, m)->level, line->level) != 0)
        continue;
      before |= m < k;
      weight += step->of_all[m] ? step->atoms[m] / step->below : 0;
      weight -= step->in_sum[m] ? step->atoms[m] / step->above : 0;
    }
    if (before || !(fabs (weight) > 1e-9))
      continue;
    sum += pow (weight * xps_atom_line_get_uncertainty (line), 2);
  }
  return sqrt (sum);
}

static gboolean *
dup_flags (gsize n, const GArray *list)
{
  gboolean *flags = g_new0 (gboolean, n + 1);
  for (guint k = 0; list != NULL && k < list->len; k++)
    flags[g_array_index (list, gsize, k)] = TRUE;
  return flags;
}

gboolean
xps_ratio_evaluate (const XpsAtoms *atoms, const XpsSeriesRun *run, const GArray *above, const GArray *below,
                    XpsQuantity *out, double *systematic)
{
  const gsize n = atoms->lines->len;
  g_autofree double *counts = g_new (double, n + 1), *scales = g_new (double, n + 1);
  g_autofree double *errors = g_new (double, n + 1), *weights = g_new (double, n + 1);
  g_autofree gsize *places = g_new (gsize, n + 1);
  g_autofree gboolean *in_sum = dup_flags (n, above), *of_all = dup_flags (n, below);
  double most = 0;
  gboolean kept = TRUE;
  for (gsize k = 0; k < n; k++)
    places[k] = get_line (atoms, k)->place;
  for (guint i = 0; i < run->steps->len; i++) {
    const XpsStepResult *result = xps_series_run_get_step (run, i);
    Step step = {.n = n,
                 .atoms = counts,
                 .scales = scales,
                 .errors = errors,
                 .net = has_net (result, run->n_components),
                 .places = places,
                 .in_sum = in_sum,
                 .of_all = of_all};
    step.covariances =
        step.net && result->net_covariances != NULL ? result->net_covariances : result->covariances;
    out[i] = (XpsQuantity){NAN, NAN};
    if (!result->fitted)
      continue;
    for (gsize k = 0; k < n; k++)
      count_atoms (atoms, result, i, k, &step);
    out[i] = divide (&step, weights);
    kept &= result->covariances != NULL;
    const double common = out[i].value > 0 ? find_systematic (atoms, &step) : 0;
    most = fmax (most, common);
  }
  if (systematic != NULL)
    *systematic = most;
  return kept;
}

/* ---- trends ---- */

typedef struct {
  XpsSeriesReport *report;
  const XpsAtoms *atoms;
  gboolean kept; /* covariances */
} Adding;

static void
add_trend (Adding *self, XpsTrend *trend, const GArray *above, const GArray *below, double factor)
{
  g_autofree XpsQuantity *values = g_new0 (XpsQuantity, self->report->run->steps->len + 1);
  self->kept &= xps_ratio_evaluate (self->atoms, self->report->run, above, below, values, &trend->systematic);
  for (gsize i = 0; i < trend->n; i++) {
    trend->values[i] = factor * values[i].value;
    trend->errors[i] = factor * values[i].error;
  }
  g_ptr_array_add (self->report->trends, trend);
}

static void
add_ratio (Adding *self, const char *text, const char *to, const char *species, const GArray *above,
           const GArray *below)
{
  XpsTrend *trend = xps_trend_new (XPS_TREND_RATIO, text, text, species, self->report->run->steps->len);
  trend->to = g_strdup (to);
  add_trend (self, trend, above, below, 1);
}

/* Lines that count: known, and of each element those of one core level, the first of the model. */
static GArray *
list_counted (const XpsAtoms *atoms, GPtrArray *notes)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (gsize));
  for (gsize k = 0; k < atoms->lines->len; k++) {
    const XpsAtomLine *line = get_line (atoms, k), *first = line;
    if (!isfinite (line->sensitivity.product))
      continue;
    for (gsize m = k; m-- > 0;)
      if (isfinite (get_line (atoms, m)->sensitivity.product) &&
          g_strcmp0 (get_line (atoms, m)->element, line->element) == 0)
        first = get_line (atoms, m);
    if (strcmp (first->level, line->level) == 0)
      g_array_append_val (list, k);
    else if (notes != NULL)
      g_ptr_array_add (notes, xps_text_printf (_ ("%s is counted by %s, not by %s, in atomic percentages."),
                                               line->element, first->level, line->level));
  }
  return list;
}

static void
add_percentages (Adding *self)
{
  g_autoptr (GArray) all = list_counted (self->atoms, self->report->atoms->notes);
  for (guint k = 0; k < all->len && all->len > 1; k++) {
    const XpsAtomLine *line = get_line (self->atoms, g_array_index (all, gsize, k));
    g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (gsize));
    const XpsComponent *component = xps_series_run_get_component (self->report->run, line->leader, NULL);
    g_array_append_val (one, g_array_index (all, gsize, k));
    add_trend (self,
               xps_trend_new (XPS_TREND_ATOMIC, component->name, line->name, line->species,
                              self->report->run->steps->len),
               one, all, 100);
  }
}

static gboolean
add_to_one (Adding *self, const char *to, GError **error)
{
  g_autoptr (GArray) below = xps_atoms_find (self->atoms, to, error);
  for (gsize k = 0; below != NULL && k < self->atoms->lines->len; k++) {
    const XpsAtomLine *line = get_line (self->atoms, k);
    g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (gsize));
    g_autofree char *text = g_strdup_printf ("%s/%s", line->name, to);
    const gboolean itself = below->len == 1 && g_array_index (below, gsize, 0) == k;
    g_array_append_val (one, k);
    if (!itself && isfinite (line->sensitivity.product))
      add_ratio (self, text, to, line->species, one, below);
  }
  return below != NULL;
}

static gboolean
add_given (Adding *self, const char *text, GError **error)
{
  GArray *above = NULL, *below = NULL;
  if (!xps_ratio_parse (self->atoms, text, &above, &below, error))
    return FALSE;
  add_ratio (self, text, NULL, text, above, below);
  g_array_unref (above);
  g_array_unref (below);
  return TRUE;
}

static void
note_negative (const XpsSeriesReport *report, GPtrArray *notes)
{
  guint n = 0;
  for (guint i = 0; i < report->run->steps->len; i++) {
    const XpsStepResult *step = xps_series_run_get_step (report->run, i);
    n += step->fitted && is_negative (step, report->run->n_components) ? 1 : 0;
  }
  if (n > 0)
    g_ptr_array_add (
        notes, xps_text_printf (ngettext ("At %u step a line would have a negative area: the model lacks "
                                          "something, ratios rest on areas not below zero there.",
                                          "At %u steps a line would have a negative area: the model lacks "
                                          "something, ratios rest on areas not below zero there.",
                                          n),
                                n));
}

static void
remove_trends (XpsSeriesReport *report)
{
  for (guint i = report->trends->len; i-- > 0;) {
    const XpsTrend *trend = g_ptr_array_index (report->trends, i);
    if (trend->kind == XPS_TREND_RATIO || trend->kind == XPS_TREND_ATOMIC)
      g_ptr_array_remove_index (report->trends, i);
  }
}

gboolean
xps_series_report_set_ratios (XpsSeriesReport *report, XpsAtoms *take_atoms, const XpsRatioChoice *choice,
                              GError **error)
{
  Adding self = {report, take_atoms, TRUE};
  gboolean sound = TRUE;
  remove_trends (report);
  g_clear_pointer (&report->atoms, xps_atoms_free);
  report->atoms = take_atoms;
  if (choice->percent)
    add_percentages (&self);
  for (gsize i = 0; sound && choice->ratios != NULL && choice->ratios[i] != NULL; i++)
    sound = add_given (&self, choice->ratios[i], error);
  if (sound && choice->to != NULL)
    sound = add_to_one (&self, choice->to, error);
  if (!sound)
    remove_trends (report);
  if (sound && report->trends->len > 0 && take_atoms != NULL)
    note_negative (report, take_atoms->notes);
  if (!self.kept && take_atoms != NULL)
    g_ptr_array_add (take_atoms->notes,
                     g_strdup (_ ("Covariances of the areas were not kept by this fit: errors of ratios are "
                                  "taken as independent.")));
  return sound;
}
