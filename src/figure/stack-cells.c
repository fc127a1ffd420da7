/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "figure/column.h"
#include "figure/stack-private.h"

/* Colours of a map: curves put on one grid of energies, steps on one grid of places. */

#define QUANTILE 0.998 /* of residuals and data that colours reach to: a spike must not take them all */
#define SIGMAS   3.0   /* that the colours of residuals reach at least */

/* The grid of the first row, evenly spread, but no more columns than can be seen. */
static void
choose_columns (XpsStackCells *cells, const XpsStack *stack, gsize most)
{
  double low, high;
  gsize n = 0;
  if (!xps_stack_find_energies (stack, &low, &high))
    low = 0.0, high = 1.0;
  for (gsize i = 0; i < stack->n; i++)
    n = stack->rows[i].data != NULL ? MAX (n, stack->rows[i].data->n) : n;
  cells->columns = CLAMP (n, 2, MAX (most, 2));
  const double half = n <= most ? 0.5 * (high - low) / (double)(cells->columns - 1)
                                : 0.0; /* many: side by side from end to end */
  cells->left = high + half;
  cells->right = low - half;
}

/* One curve on the columns, [columns] from the left: falling energies. */
static void
fill_columns (const XpsStackCells *cells, const XpsFitData *data, const double *curve, double *out)
{
  const double width = (cells->left - cells->right) / (double)cells->columns;
  gsize at = 0;
  for (gsize c = cells->columns; c-- > 0;)
    out[c] = xps_column_value (data->n, data->energy, curve, cells->left - ((double)c + 0.5) * width,
                               0.5 * width, &at);
}

/* All rows' columns, [n][columns]; NaN where there is nothing. */
static double *
dup_columns (const XpsStackCells *cells, const XpsStack *stack, const XpsStackView *view)
{
  double *out = g_new (double, MAX (stack->n, 1) * cells->columns);
  for (gsize i = 0; i < stack->n; i++) {
    double *row = out + i * cells->columns;
    g_autofree double *curve = xps_stack_dup_curve (stack, view->kind, i);
    for (gsize c = 0; c < cells->columns; c++)
      row[c] = NAN;
    if (curve != NULL)
      fill_columns (cells, stack->rows[i].data, curve, row);
  }
  const int first =
      view->first >= 0 && (gsize)view->first < stack->n ? view->first : xps_stack_find_first (stack);
  if (view->kind != XPS_STACK_DIFFERENCE || first < 0)
    return out;
  g_autofree double *taken =
      g_memdup2 (out + (gsize)first * cells->columns, cells->columns * sizeof (double));
  for (gsize i = 0; i < stack->n * cells->columns; i++)
    out[i] -= taken[i % cells->columns];
  return out;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Values of the steps that are in and not suspect; those of all where there are none. */
static GArray *
list_values (const XpsStackCells *cells, const XpsStack *stack, const double *columns)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (double));
  for (int round = 0; round < 2 && values->len == 0; round++)
    for (gsize i = 0; i < stack->n; i++) {
      const gboolean use = !stack->rows[i].excluded && !stack->rows[i].suspect;
      for (gsize c = 0; (use || round == 1) && c < cells->columns; c++)
        if (isfinite (columns[i * cells->columns + c]))
          g_array_append_val (values, columns[i * cells->columns + c]);
    }
  g_array_sort (values, compare_doubles);
  return values;
}

static double
quantile (const GArray *sorted, double part)
{
  return g_array_index (sorted, double, (guint)(part * (sorted->len - 1)));
}

static void
choose_colours (XpsStackCells *cells, const XpsStack *stack, const XpsStackView *view, const double *columns)
{
  g_autoptr (GArray) values = list_values (cells, stack, columns);
  cells->low = 0.0;
  cells->high = 1.0;
  if (values->len == 0)
    return;
  const double least = quantile (values, 0.0), largest = quantile (values, 1.0);
  cells->low = quantile (values, 1.0 - QUANTILE);
  cells->high = quantile (values, QUANTILE);
  if (view->kind == XPS_STACK_RESIDUAL || view->kind == XPS_STACK_DIFFERENCE) {
    cells->high = fmax (fabs (cells->low), fabs (cells->high));
    if (view->kind == XPS_STACK_RESIDUAL)
      cells->high = fmax (cells->high, SIGMAS);
    cells->low = -cells->high;
  }
  if (!(cells->high > cells->low)) {
    cells->low -= 0.5;
    cells->high += 0.5;
  }
  const double slack = 0.02 * (cells->high - cells->low);
  cells->below = least < cells->low - slack;
  cells->above = largest > cells->high + slack;
}

/* Rows of equal height: one for each step where they are, else as many as can be told apart, each the mean of
 * the steps in it by their share. */
static void
fill_cells (XpsStackCells *cells, const XpsStackRows *rows, const double *columns)
{
  g_autofree double *sums = g_new (double, cells->columns), *weights = g_new (double, cells->columns);
  const double height = (rows->top - rows->bottom) / (double)cells->rows;
  gsize from = 0;
  cells->values = g_new (float, cells->rows * cells->columns);
  for (gsize r = 0; r < cells->rows; r++) { /* from the bottom */
    const double low = rows->bottom + height * (double)r, high = low + height;
    memset (sums, 0, cells->columns * sizeof *sums);
    memset (weights, 0, cells->columns * sizeof *weights);
    while (from < rows->n && rows->high[from] <= low)
      from++;
    for (gsize k = from; k < rows->n && rows->low[k] < high; k++) {
      const double share = fmin (high, rows->high[k]) - fmax (low, rows->low[k]);
      const double *row = columns + rows->step[k] * cells->columns;
      for (gsize c = 0; share > 1e-6 * height && c < cells->columns; c++)
        if (isfinite (row[c])) {
          sums[c] += share * row[c];
          weights[c] += share;
        }
    }
    float *out = cells->values + (cells->rows - 1 - r) * cells->columns;
    for (gsize c = 0; c < cells->columns; c++)
      out[c] = weights[c] > 0.0 ? (float)(sums[c] / weights[c]) : (float)NAN;
  }
}

static gboolean
is_even (const XpsStackRows *rows)
{
  const double height = rows->n > 0 ? (rows->top - rows->bottom) / (double)rows->n : 0.0;
  for (gsize k = 0; k < rows->n; k++)
    if (fabs (rows->high[k] - rows->low[k] - height) > 0.01 * height)
      return FALSE;
  return rows->n > 0;
}

void
xps_stack_cells_init (XpsStackCells *cells, const XpsStack *stack, const XpsStackView *view,
                      const XpsStackRows *rows, gsize most_columns, gsize most_rows)
{
  *cells = (XpsStackCells){0};
  choose_columns (cells, stack, most_columns);
  g_autofree double *columns = dup_columns (cells, stack, view);
  choose_colours (cells, stack, view, columns);
  cells->rows = is_even (rows) && rows->n <= most_rows ? rows->n : MAX (most_rows, 2);
  fill_cells (cells, rows, columns);
}

void
xps_stack_cells_clear (XpsStackCells *cells)
{
  g_clear_pointer (&cells->values, g_free);
}
