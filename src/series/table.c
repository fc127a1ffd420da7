/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "series/arrive.h"
#include "series/report.h"

/* Everything along the steps as a table for other programs. */

static void
put_text (GString *out, const char *text)
{
  if (text == NULL)
    return;
  if (strpbrk (text, ",\"\n\r") == NULL) {
    g_string_append (out, text);
    return;
  }
  g_string_append_c (out, '"');
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *c);
  }
  g_string_append_c (out, '"');
}

static void
put_number (GString *out, double value)
{
  char buffer[XPS_NUMBER_LENGTH];
  g_string_append_c (out, ',');
  if (isfinite (value))
    g_string_append (out, xps_number_format (value, buffer));
}

static void
put_name (GString *out, const char *name, const char *unit)
{
  g_autofree char *cell =
      unit != NULL && unit[0] != '\0' ? g_strdup_printf ("%s (%s)", name, unit) : g_strdup (name);
  g_string_append_c (out, ',');
  put_text (out, cell);
}

static const char *
status_of (const XpsSeriesReport *self, gsize i)
{
  const XpsStepResult *step = xps_series_run_get_step (self->run, i);
  if (xps_series_get_step (self->series, i)->exclusion != NULL)
    return "excluded";
  if (!step->fitted)
    return step->failure != NULL ? "failed" : "not reached";
  if (!step->converged)
    return "not converged";
  return self->use[i] ? "fitted" : "suspect";
}

static void
add_words (GString *cell, const char *words)
{
  g_string_append (cell, cell->len > 0 ? "; " : "");
  g_string_append (cell, words);
}

/* Components that are not there: their positions and widths are held at what the steps around say. */
static void
put_frozen (const XpsSeriesReport *self, gsize i, GString *out)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  for (guint k = 0; k < self->trends->len; k++) {
    const XpsTrend *trend = g_ptr_array_index (self->trends, k);
    const char *colon = strchr (trend->id, ':');
    if (trend->kind == XPS_TREND_POSITION && trend->frozen[i] && colon != NULL)
      add_words (cell, colon + 1);
  }
  g_string_append_c (out, ',');
  put_text (out, cell->str);
}

/* Why a step was left out, why its fit failed, and what is to be known of the frame. */
static void
put_remark (const XpsSeriesReport *self, gsize i, GString *out)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  const char *exclusion = xps_series_get_step (self->series, i)->exclusion;
  const char *failure = xps_series_run_get_step (self->run, i)->failure;
  g_autofree char *lacking = xps_series_dup_lacking (self->series, self->run->model, i);
  if (exclusion != NULL)
    add_words (cell, exclusion);
  if (lacking != NULL) {
    g_autofree char *words = g_strconcat ("without ", lacking, NULL);
    add_words (cell, words);
  }
  if (failure != NULL)
    add_words (cell, failure);
  for (guint k = 0; k < self->marks->len; k++) {
    const XpsFrameMark *mark = g_ptr_array_index (self->marks, k);
    if (mark->step == i && mark->message != NULL)
      add_words (cell, mark->message);
  }
  g_string_append_c (out, ',');
  put_text (out, cell->str);
}

static void
put_header (const XpsSeriesReport *self, GString *out)
{
  g_string_append (out, "step,status,frozen,remark");
  for (guint k = 0; k < self->series->clocks->len; k++) {
    const XpsClock *clock = g_ptr_array_index (self->series->clocks, k);
    put_name (out, clock->name, clock->unit);
  }
  for (guint k = 0; k < self->trends->len; k++) {
    const XpsTrend *trend = g_ptr_array_index (self->trends, k);
    g_autofree char *error = g_strconcat (trend->id, " stderr", NULL);
    put_name (out, trend->id, trend->unit);
    if (trend->kind != XPS_TREND_QUALITY)
      put_name (out, error, NULL);
  }
  g_string_append_c (out, '\n');
}

char *
xps_series_report_dup_table (const XpsSeriesReport *self)
{
  GString *out = g_string_new (NULL);
  put_header (self, out);
  for (gsize i = 0; i < xps_series_get_n (self->series); i++) {
    put_text (out, xps_series_get_step (self->series, i)->name);
    g_string_append_printf (out, ",%s", status_of (self, i));
    put_frozen (self, i, out);
    put_remark (self, i, out);
    for (guint k = 0; k < self->series->clocks->len; k++)
      put_number (out, ((XpsClock *)g_ptr_array_index (self->series->clocks, k))->values[i]);
    for (guint k = 0; k < self->trends->len; k++) {
      const XpsTrend *trend = g_ptr_array_index (self->trends, k);
      put_number (out, trend->values[i]);
      if (trend->kind != XPS_TREND_QUALITY)
        put_number (out, trend->errors[i]);
    }
    g_string_append_c (out, '\n');
  }
  return g_string_free (out, FALSE);
}
