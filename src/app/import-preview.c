/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/import-preview.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "figure/figure.h"

#define WIDTH     400
#define HEIGHT    200
#define TEXT_SIZE 10.0
#define SCENE_KEY "xps-preview-scene"

XpsPlotCanvas *
xps_import_preview_new (void)
{
  XpsPlotCanvas *canvas = xps_plot_canvas_new ();
  gtk_widget_set_size_request (GTK_WIDGET (canvas), WIDTH, HEIGHT);
  gtk_widget_set_halign (GTK_WIDGET (canvas), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (canvas), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Preview"), -1);
  return canvas;
}

/* A figure needs energies that run one way. */
static gboolean
runs_one_way (const double *energy, gsize n)
{
  const double direction = n > 1 ? energy[n - 1] - energy[0] : 0.0;
  for (gsize i = 1; i < n; i++)
    if (!((energy[i] - energy[i - 1]) * direction > 0.0))
      return FALSE;
  return n > 1;
}

static XpsScene *
build_scene (const XpsSpectrum *spectrum)
{
  static const XpsFigureAxis axes[] = {XPS_FIGURE_BINDING, XPS_FIGURE_KINETIC, XPS_FIGURE_PHOTON,
                                       XPS_FIGURE_OTHER}; /* in the order of XpsAxisKind */
  static const char *const units[] = {"counts", "counts/s", NULL};
  const char *label = xps_spectrum_get_axis_label (spectrum);
  const XpsFigureCurves curves = {
      .id = "preview",
      .title = xps_spectrum_get_name (spectrum),
      .axis = axes[xps_spectrum_get_axis (spectrum)],
      .axis_title = label != NULL && label[0] != '\0' ? label : _ ("Axis"),
      .intensity_unit = units[xps_spectrum_get_unit (spectrum)],
      .n = xps_spectrum_get_n (spectrum),
      .energy = xps_spectrum_get_energy (spectrum),
      .intensity = xps_spectrum_get_intensity (spectrum),
      .low = NAN,
      .high = NAN,
  };
  const XpsFigureCurves *const shown[] = {&curves};
  g_autoptr (XpsFigure) figure = xps_figure_new (shown, 1, NULL);
  XpsFigureStyle style;
  xps_figure_style_init (&style, XPS_FIGURE_SINGLE);
  style.width = WIDTH;
  style.height = HEIGHT;
  style.text_size = TEXT_SIZE;
  style.titles = style.key = style.residuals = style.labels = FALSE;
  return xps_figure_build (figure, &style);
}

void
xps_import_preview_show (XpsPlotCanvas *canvas, const XpsSpectrum *spectrum)
{
  const gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  const gboolean shown =
      spectrum != NULL && runs_one_way (xps_spectrum_get_energy (spectrum), xps_spectrum_get_n (spectrum));
  g_autoptr (XpsScene) scene = shown ? build_scene (spectrum) : NULL;
  xps_plot_canvas_set_theme (canvas, xps_theme_get (dark ? XPS_THEME_DARK : XPS_THEME_LIGHT));
  xps_plot_canvas_set_scene (canvas, scene);
  g_object_set_data_full (G_OBJECT (canvas), SCENE_KEY, g_steal_pointer (&scene),
                          (GDestroyNotify)xps_scene_unref);
}

XpsScene *
xps_import_preview_get_scene (XpsPlotCanvas *canvas)
{
  return g_object_get_data (G_OBJECT (canvas), SCENE_KEY);
}
