/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/frames.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "series/frames-private.h"
#include "series/robust.h"

#define LOST   0.5  /* share of the neighbours' counts below which a frame lost the beam */
#define LOW    0.75 /* below which it is worth a look */
#define SHARP  8.0  /* standard deviations of a point that is a spike, */
#define NARROW 3    /* and how many of them may stand together */

const char *
xps_mark_kind_to_text (XpsMarkKind kind)
{
  static const char *const texts[XPS_N_MARK_KINDS] = {
      "beam-dump", "spike",   "shift",      "charging-jump", "photon-energy",
      "grid",      "quality", "not-fitted", "cut-short",     "few-counts"};
  return texts[kind];
}

static void
mark_free (XpsFrameMark *mark)
{
  g_free (mark->message);
  g_free (mark);
}

/* ---- the frames of one part ---- */

typedef struct {
  GPtrArray *marks;
  const XpsSeries *series;
  gsize part, n, m; /* frames, points */
  gsize *step;      /* [n] */
  double *energy;   /* [m] lent */
  double *counts;   /* [n * m] */
  double *total;    /* [n] */
  double *time;     /* [n] that was counted: frames put together have that of all, others fewer scans */
  gboolean *dumped; /* [n] */
} Stack;

void
xps_frames_add_mark (GPtrArray *marks, XpsMarkKind kind, gsize step, gsize part, double score, double size,
                     gboolean bad, char *take)
{
  XpsFrameMark *mark = g_new0 (XpsFrameMark, 1);
  *mark = (XpsFrameMark){kind, step, part, score, size, bad, take};
  g_ptr_array_add (marks, mark);
}

static const XpsFitData *
data_of (const XpsSeries *series, gsize step, gsize part)
{
  return g_ptr_array_index (xps_series_get_step (series, step)->data, (guint)part);
}

static gboolean
same_grid (const XpsFitData *a, const XpsFitData *b)
{
  if (a == NULL || b == NULL)
    return FALSE;
  const double step = a->n > 1 ? (a->energy[a->n - 1] - a->energy[0]) / (double)(a->n - 1) : 1;
  return a->n == b->n && fabs (a->energy[0] - b->energy[0]) < 0.1 * step &&
         fabs (a->energy[a->n - 1] - b->energy[b->n - 1]) < 0.1 * step;
}

/* The grid of most frames is the one that counts. */
static const XpsFitData *
find_common (const XpsSeries *series, gsize part)
{
  const XpsFitData *best = NULL;
  gsize most = 0;
  for (gsize i = 0; i < xps_series_get_n (series) && i < 16; i++) {
    const XpsFitData *candidate = data_of (series, i, part);
    gsize votes = 0;
    if (candidate == NULL)
      continue;
    for (gsize k = 0; k < xps_series_get_n (series); k++)
      votes += data_of (series, k, part) != NULL && same_grid (candidate, data_of (series, k, part)) ? 1 : 0;
    if (votes > most) {
      most = votes;
      best = candidate;
    }
  }
  return best;
}

static void
stack_init (Stack *stack, GPtrArray *marks, const XpsSeries *series, gsize part)
{
  const gsize n_steps = xps_series_get_n (series);
  const XpsFitData *common = find_common (series, part);
  *stack =
      (Stack){marks, series, part, 0, common != NULL ? common->n : 0, NULL, NULL, NULL, NULL, NULL, NULL};
  stack->step = g_new (gsize, n_steps + 1);
  stack->counts = g_new (double, n_steps * stack->m + 1);
  stack->total = g_new0 (double, n_steps + 1);
  stack->time = g_new0 (double, n_steps + 1);
  stack->dumped = g_new0 (gboolean, n_steps + 1);
  stack->energy = common != NULL ? common->energy : NULL;
  for (gsize i = 0; i < n_steps; i++) {
    const XpsFitData *data = data_of (series, i, part);
    if (common == NULL || data == NULL || xps_series_get_step (series, i)->exclusion != NULL)
      continue;
    if (!same_grid (common, data)) {
      xps_frames_add_mark (marks, XPS_MARK_GRID, i, part, NAN, NAN, FALSE,
                           xps_text_printf (_ ("%zu points from %g to %g eV, others have %zu from %g to %g"),
                                            data->n, data->energy[0], data->energy[data->n - 1], common->n,
                                            common->energy[0], common->energy[common->n - 1]));
      continue;
    }
    const double time = isfinite (data->live_time) && data->live_time > 0 ? data->live_time : 1;
    double *row = stack->counts + stack->n * stack->m;
    for (gsize k = 0; k < stack->m; k++) {
      row[k] = data->intensity[k] * time;
      stack->total[stack->n] += row[k];
    }
    stack->time[stack->n] = time;
    stack->step[stack->n++] = i;
  }
}

static void
stack_clear (Stack *stack)
{
  g_free (stack->step);
  g_free (stack->counts);
  g_free (stack->total);
  g_free (stack->time);
  g_free (stack->dumped);
}

/* Neighbours of frame i that have a beam, itself left out. */
static gsize
find_neighbours (const Stack *stack, gsize i, gsize reach, gsize *out)
{
  gsize n = 0;
  for (gsize side = 0; side < 2; side++)
    for (gsize k = 1, found = 0; found < reach && (side == 0 ? k <= i : i + k < stack->n); k++) {
      const gsize at = side == 0 ? i - k : i + k;
      if (stack->dumped[at])
        continue;
      out[n++] = at;
      found++;
    }
  return n;
}

/* ---- beam ---- */

static void
find_cuts (Stack *stack)
{
  for (gsize i = 0; i < stack->n; i++) {
    const double *rows[2 * XPS_FRAMES_REACH];
    gsize near[2 * XPS_FRAMES_REACH], last;
    double share;
    const gsize n = find_neighbours (stack, i, XPS_FRAMES_REACH, near);
    for (gsize k = 0; k < n; k++)
      rows[k] = stack->counts + near[k] * stack->m;
    if (!xps_frames_find_cut (stack->counts + i * stack->m, stack->m, rows, n, &last, &share))
      continue;
    xps_frames_add_mark (
        stack->marks, XPS_MARK_CUT, stack->step[i], stack->part, NAN, share, TRUE,
        xps_text_printf (_ ("its counts end at %.6g eV, it has %.2g %% of its neighbours': the "
                            "measurement was cut short"),
                         stack->energy[last], 100 * share));
    stack->dumped[i] = TRUE;
  }
}

/* Against the largest half of all frames, so that a long loss does not make itself the rule, and against the
 * neighbours. */
static void
find_dumps (Stack *stack)
{
  g_autofree double *work = g_new (double, MAX (stack->n, 1));
  for (gsize i = 0; i < stack->n; i++)
    work[i] = stack->total[i] / stack->time[i];
  xps_median (work, stack->n);
  const double usual = stack->n > 0 ? work[(3 * stack->n) / 4] : 0;
  g_autofree gboolean *cut = g_memdup2 (stack->dumped, (stack->n + 1) * sizeof (gboolean));
  for (gsize i = 0; i < stack->n; i++)
    stack->dumped[i] |= !(stack->total[i] > 0.1 * usual * stack->time[i]);
  for (gsize i = 0; i < stack->n; i++) {
    gsize near[2 * XPS_FRAMES_REACH];
    double totals[2 * XPS_FRAMES_REACH], spread[2 * XPS_FRAMES_REACH];
    const gsize n = find_neighbours (stack, i, XPS_FRAMES_REACH, near);
    for (gsize k = 0; k < n; k++)
      totals[k] = spread[k] = stack->total[near[k]] * stack->time[i] / stack->time[near[k]];
    const double middle = n > 0 ? xps_median (totals, n) : usual * stack->time[i];
    const double noise = fmax (xps_robust_sigma (spread, n), sqrt (fmax (middle, 1)));
    const double share = middle > 0 ? stack->total[i] / middle : 1,
                 score = (middle - stack->total[i]) / noise;
    const gboolean lost = n >= 2 && share < LOST && score > XPS_FRAMES_CLEAR;
    if (cut[i])
      continue;
    if (!lost && !stack->dumped[i]) {
      if (n >= 3 && share < LOW && score > XPS_FRAMES_CLEAR)
        xps_frames_add_mark (stack->marks, XPS_MARK_LOW, stack->step[i], stack->part, score, share, FALSE,
                             xps_text_printf (_ ("only %.2g %% of its neighbours' counts"), 100 * share));
      continue;
    }
    xps_frames_add_mark (
        stack->marks, XPS_MARK_DUMP, stack->step[i], stack->part, score, share, TRUE,
        xps_text_printf (_ ("only %.2g %% of its neighbours' counts: the beam was lost or blocked"),
                         100 * share));
    stack->dumped[i] = TRUE;
  }
}

/* ---- what the neighbours look like ---- */

/* Median of the neighbours, each scaled to the total of frame i. */
static gsize
make_reference (const Stack *stack, gsize i, const gsize *near, gsize n, double *reference)
{
  double values[2 * XPS_FRAMES_REACH];
  for (gsize j = 0; j < stack->m; j++) {
    for (gsize k = 0; k < n; k++)
      values[k] = stack->counts[near[k] * stack->m + j] * stack->total[i] / stack->total[near[k]];
    reference[j] = xps_median (values, n);
  }
  return n;
}

/* ---- shifts ---- */

/* y = a m + b m' + c by weighted least squares: the shift of y against m is -b/a to first order. */
static double
find_shift (const Stack *stack, const double *m, const double *y, double *error, double *factors)
{
  double g[3][3] = {{0}}, r[3] = {0};
  for (gsize j = 1; j + 1 < stack->m; j++) {
    const double slope = (m[j + 1] - m[j - 1]) / (stack->energy[j + 1] - stack->energy[j - 1]);
    const double f[3] = {m[j], slope, 1}, w = 1 / fmax (m[j], 1);
    for (int a = 0; a < 3; a++) {
      r[a] += w * f[a] * y[j];
      for (int b = 0; b < 3; b++)
        g[a][b] += w * f[a] * f[b];
    }
  }
  double inverse[3][3];
  const double c0 = g[1][1] * g[2][2] - g[1][2] * g[1][2], c1 = g[0][2] * g[1][2] - g[0][1] * g[2][2],
               c2 = g[0][1] * g[1][2] - g[0][2] * g[1][1];
  const double det = g[0][0] * c0 + g[0][1] * c1 + g[0][2] * c2;
  if (!(fabs (det) > 1e-12 * fabs (g[0][0] * g[1][1] * g[2][2])))
    return NAN;
  inverse[0][0] = c0 / det;
  inverse[0][1] = c1 / det;
  inverse[0][2] = c2 / det;
  inverse[1][1] = (g[0][0] * g[2][2] - g[0][2] * g[0][2]) / det;
  inverse[1][2] = (g[0][1] * g[0][2] - g[0][0] * g[1][2]) / det;
  const double a = inverse[0][0] * r[0] + inverse[0][1] * r[1] + inverse[0][2] * r[2];
  const double b = inverse[0][1] * r[0] + inverse[1][1] * r[1] + inverse[1][2] * r[2];
  *error = sqrt (inverse[1][1]) / fabs (a);
  if (factors != NULL) {
    factors[0] = a;
    factors[1] = b;
    factors[2] =
        inverse[0][2] * r[0] + inverse[1][2] * r[1] + (g[0][0] * g[1][1] - g[0][1] * g[0][1]) / det * r[2];
  }
  return a > 0 ? -b / a : (double)NAN;
}

/* The reference moved and scaled to the frame: lines that drift are no spikes. */
static void
follow (const Stack *stack, const double *m, const double *y, double *out)
{
  double error, a[3] = {0};
  const gboolean fitted = isfinite (find_shift (stack, m, y, &error, a));
  for (gsize j = 0; j < stack->m; j++) {
    const gsize low = j > 0 ? j - 1 : j, high = j + 1 < stack->m ? j + 1 : j;
    const double slope = (m[high] - m[low]) / (stack->energy[high] - stack->energy[low]);
    out[j] = fitted ? a[0] * m[j] + a[1] * slope + a[2] : m[j];
  }
}

/* Highest of the points from `from` to before `to`. What a line that grows or widens leaves over does not
 * fall off at once on both sides: 0 for that. */
static double
judge_run (const double *z, gsize m, gsize from, gsize to, gsize *at)
{
  const double before = from > 0 ? z[from - 1] : 0, after = to < m ? z[to] : 0;
  double worst = 0;
  for (gsize j = from; j < to; j++)
    if (z[j] > worst) {
      worst = z[j];
      *at = j;
    }
  return to - from <= NARROW && fmax (before, after) < worst / 3 ? worst : 0;
}

static void
find_spikes (const Stack *stack, gsize i, const double *median, gsize n_near)
{
  g_autofree double *z = g_new (double, stack->m), *reference = g_new (double, stack->m);
  gsize points = 0, top = 0;
  double worst = 0;
  follow (stack, median, stack->counts + i * stack->m, reference);
  for (gsize j = 0; j < stack->m; j++)
    z[j] = (stack->counts[i * stack->m + j] - reference[j]) /
           sqrt (fmax (reference[j], 1) * (1 + G_PI_2 / (double)n_near));
  const double limit = SHARP * fmax (xps_robust_sigma (z, stack->m), 1);
  for (gsize from = 0, to; from < stack->m; from = to + 1) {
    gsize at = from;
    for (to = from; to < stack->m && z[to] > limit; to++)
      ;
    const double height = to > from ? judge_run (z, stack->m, from, to, &at) : 0;
    points += height > 0 ? to - from : 0;
    top = height > worst ? at : top;
    worst = fmax (worst, height);
  }
  if (points == 0 || points > 3 + stack->m / 20)
    return;
  xps_frames_add_mark (
      stack->marks, XPS_MARK_SPIKE, stack->step[i], stack->part, worst * SHARP / limit, (double)points, TRUE,
      xps_text_printf (g_dngettext (GETTEXT_PACKAGE, "%zu point far above its neighbours, at %.6g eV",
                                    "%zu points far above its neighbours, the highest at %.6g eV",
                                    (gulong)points),
                       points, stack->energy[top]));
}

static void
make_mean (const Stack *stack, gsize i, const gsize *near, gsize n, double *mean)
{
  for (gsize j = 0; j < stack->m; j++)
    mean[j] = 0;
  for (gsize k = 0; k < n; k++)
    for (gsize j = 0; j < stack->m; j++)
      mean[j] += stack->counts[near[k] * stack->m + j] * stack->total[i] / stack->total[near[k]] / (double)n;
}

/* Shift across the border before frame i: the mean of up to 3 frames from it on against that of up to 3
 * before it. */
static double
shift_across (const Stack *stack, gsize i, double *work, double *error)
{
  gsize before[3], after[3], n_before = 0, n_after = 0;
  for (gsize k = i; k-- > 0 && n_before < 3;)
    if (!stack->dumped[k])
      before[n_before++] = k;
  for (gsize k = i; k < stack->n && n_after < 3; k++)
    if (!stack->dumped[k])
      after[n_after++] = k;
  if (n_before < 2 || n_after < 2)
    return NAN;
  make_mean (stack, i, before, n_before, work);
  make_mean (stack, i, after, n_after, work + stack->m);
  const double shift = find_shift (stack, work, work + stack->m, error, NULL);
  *error *= sqrt (1.0 / (double)n_before + 1.0 / (double)n_after);
  return shift;
}

static double
clear_shift (const Stack *stack, const double *shifts, gsize n)
{
  const double step =
      stack->m > 1 ? fabs (stack->energy[stack->m - 1] - stack->energy[0]) / (double)(stack->m - 1) : 1;
  g_autofree double *known = g_new (double, n + 1);
  gsize count = 0;
  for (gsize i = 0; i < n; i++)
    if (isfinite (shifts[i]))
      known[count++] = shifts[i];
  return fmax (XPS_FRAMES_CLEAR * xps_robust_sigma (known, count), 0.5 * step);
}

/* A jump moves all frames after it; at its neighbours it shows as well, smaller: the largest of a run
 * counts. */
static void
find_jumps (const Stack *stack, gboolean *near_jump)
{
  g_autofree double *shift = g_new (double, stack->n + 1), *error = g_new0 (double, stack->n + 1);
  g_autofree double *work = g_new (double, 2 * stack->m + 1);
  for (gsize i = 0; i < stack->n; i++)
    shift[i] = stack->dumped[i] ? NAN : shift_across (stack, i, work, &error[i]);
  const double clear = clear_shift (stack, shift, stack->n);
  for (gsize i = 0; i < stack->n; i++) {
    gboolean top = fabs (shift[i]) > fmax (clear, XPS_FRAMES_CLEAR * error[i]);
    for (gsize k = i >= 3 ? i - 3 : 0; top && k < stack->n && k <= i + 3; k++)
      top &= !(fabs (shift[k]) > fabs (shift[i]));
    gsize own[1] = {i};
    if (!top)
      continue;
    /* A single frame elsewhere is no jump: the frame after it must be there too. */
    gsize next = i + 1, before = i;
    double e;
    while (next < stack->n && stack->dumped[next])
      next++;
    while (before > 0 && stack->dumped[before - 1])
      before--;
    if (next >= stack->n || before == 0)
      continue;
    make_mean (stack, i, own, 1, work);
    const double first = find_shift (stack, stack->counts + (before - 1) * stack->m, work, &e, NULL);
    const double second = find_shift (stack, stack->counts + (before - 1) * stack->m,
                                      stack->counts + next * stack->m, &e, NULL);
    if (!(first * second > 0) || fabs (second) < 0.5 * fabs (first) || fabs (first) < 0.5 * clear)
      continue;
    for (gsize k = i >= 2 ? i - 2 : 0; k < stack->n && k <= i + 1; k++)
      near_jump[k] = TRUE;
    xps_frames_add_mark (
        stack->marks, XPS_MARK_JUMP, stack->step[i], stack->part,
        fabs (shift[i]) / (clear / XPS_FRAMES_CLEAR), shift[i], FALSE,
        xps_text_printf (_ ("from this frame on everything lies %.3g eV elsewhere"), shift[i]));
  }
}

static void
find_shifts (const Stack *stack, const gboolean *near_jump)
{
  g_autofree double *shift = g_new (double, stack->n + 1), *error = g_new0 (double, stack->n + 1);
  g_autofree double *work = g_new (double, stack->m + 1);
  gsize near[2 * XPS_FRAMES_REACH];
  for (gsize i = 0; i < stack->n; i++) {
    const gsize n = stack->dumped[i] ? 0 : find_neighbours (stack, i, 2, near);
    shift[i] = NAN;
    if (n < 3)
      continue;
    make_reference (stack, i, near, n, work);
    shift[i] = find_shift (stack, work, stack->counts + i * stack->m, &error[i], NULL);
  }
  const double clear = clear_shift (stack, shift, stack->n);
  for (gsize i = 0; i < stack->n; i++) {
    const double neighbours =
        fmax (i > 0 ? fabs (shift[i - 1]) : 0, i + 1 < stack->n ? fabs (shift[i + 1]) : 0);
    if (near_jump[i] || !(fabs (shift[i]) > fmax (clear, XPS_FRAMES_CLEAR * 1.5 * error[i])) ||
        neighbours > fabs (shift[i]))
      continue;
    xps_frames_add_mark (
        stack->marks, XPS_MARK_SHIFT, stack->step[i], stack->part,
        fabs (shift[i]) / (clear / XPS_FRAMES_CLEAR), shift[i], TRUE,
        xps_text_printf (_ ("its lines lie %.3g eV from those of its neighbours"), shift[i]));
  }
}

/* Neighbours from both sides of a jump are no reference for single points. */
static gboolean
reaches_jump (const Stack *stack, const gboolean *near_jump, gsize i)
{
  for (gsize k = i >= XPS_FRAMES_REACH ? i - XPS_FRAMES_REACH : 0; k < stack->n && k <= i + XPS_FRAMES_REACH;
       k++)
    if (near_jump[k])
      return TRUE;
  return FALSE;
}

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const XpsFrameMark *x = *(XpsFrameMark *const *)a, *y = *(XpsFrameMark *const *)b;
  return x->step != y->step ? (x->step < y->step ? -1 : 1) : (int)x->kind - (int)y->kind;
}

GPtrArray *
xps_frames_check (const XpsSeries *series, const XpsSeriesRun *run)
{
  GPtrArray *marks = g_ptr_array_new_with_free_func ((GDestroyNotify)mark_free);
  for (gsize part = 0; part < series->n_parts; part++) {
    Stack stack;
    gsize near[2 * XPS_FRAMES_REACH];
    stack_init (&stack, marks, series, part);
    g_autofree gboolean *near_jump = g_new0 (gboolean, stack.n + 1);
    g_autofree double *reference = g_new (double, stack.m + 1);
    find_cuts (&stack);
    find_dumps (&stack);
    if (stack.n >= 5 && stack.m >= 8) {
      find_jumps (&stack, near_jump);
      find_shifts (&stack, near_jump);
    }
    for (gsize i = 0; i < stack.n; i++) {
      const gsize n = stack.dumped[i] ? 0 : find_neighbours (&stack, i, XPS_FRAMES_REACH, near);
      if (n >= 3 && !reaches_jump (&stack, near_jump, i))
        find_spikes (&stack, i, reference, make_reference (&stack, i, near, n, reference));
    }
    xps_frames_check_photon_energies (marks, series, part);
    stack_clear (&stack);
  }
  if (run != NULL)
    xps_frames_check_fits (marks, run);
  g_ptr_array_sort (marks, compare_marks);
  return marks;
}
