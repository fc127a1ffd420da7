/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "cli/series.h"
#include "config.h"
#include "draw-cairo/draw-cairo.h"
#include "figure/stack-plot.h"
#include "figure/trend.h"

/* The picture of the command series. */

gboolean
xps_cli_series_check_figure (const XpsCliSeriesOptions *o)
{
  XpsStackKind kind;
  if (o->figure_kind != NULL && o->figure == NULL) {
    xps_cli_usage ("series", "--figure-kind needs --figure");
    return FALSE;
  }
  if (o->figure_kind != NULL && g_strcmp0 (o->figure_kind, "trends") != 0 &&
      !xps_stack_kind_from_text (o->figure_kind, &kind) && g_strcmp0 (o->figure_kind, "map") != 0) {
    xps_cli_usage ("series", "--figure-kind is trends, map, model, residual, difference or waterfall");
    return FALSE;
  }
  if (o->figure_step < 0 || o->figure_part < 1) {
    xps_cli_usage ("series", "--figure-step and --figure-part count from 1");
    return FALSE;
  }
  return TRUE;
}

static XpsScene *
build_stack (const XpsCliSeriesOptions *o, const XpsSeriesReport *report)
{
  g_autoptr (XpsStack) stack =
      xps_stack_new (report->series, report->run, report->marks, (gsize)o->figure_part - 1);
  XpsStackView view;
  XpsFigureStyle style;
  xps_stack_view_init (&view);
  xps_stack_style_init (&style);
  view.by_number = o->figure_by_number;
  view.own_scale = o->figure_own_scale;
  view.first = o->figure_step - 1;
  if (g_strcmp0 (o->figure_kind, "map") != 0)
    xps_stack_kind_from_text (o->figure_kind, &view.kind);
  return xps_stack_plot_build (stack, &view, &style, NULL);
}

static gboolean
check_against (const XpsCliSeriesOptions *o, const XpsSeriesReport *report, GError **error)
{
  const gsize n = xps_series_get_n (report->series);
  if ((gsize)o->figure_part <= report->series->n_parts && (gsize)o->figure_step <= n)
    return TRUE;
  g_autofree char *text = g_strdup_printf ("the series has %u steps and %u core levels", (guint)n,
                                           (guint)report->series->n_parts);
  xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA, o->figure, "--figure-step, --figure-part", text,
                 "both count from 1");
  return FALSE;
}

gboolean
xps_cli_series_write_figure (const XpsCliSeriesOptions *o, const XpsSeriesReport *report, GError **error)
{
  XpsPictureOptions picture = {.program = "Corelevel " XPS_VERSION};
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *created = g_date_time_format_iso8601 (now);
  const gboolean trends = o->figure_kind == NULL || g_strcmp0 (o->figure_kind, "trends") == 0;
  picture.created = created;
  if (!xps_picture_format_from_name (o->figure, &picture.format, error) || !check_against (o, report, error))
    return FALSE;
  g_autoptr (XpsScene) scene = trends ? xps_trend_figure_build (report, NULL) : build_stack (o, report);
  g_autoptr (XpsCairoPainter) painter = xps_cairo_painter_new (NULL);
  return xps_cairo_painter_write (painter, scene, xps_theme_get (XPS_THEME_PRINT), &picture, o->figure,
                                  error);
}
