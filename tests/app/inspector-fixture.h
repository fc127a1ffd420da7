/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/session.h"
#include "fit/edit.h"
#include "support.h"

/* A session on one made-up S 2p region, and ways to find widgets of the panels that show it. Header only. */

typedef struct {
  XpsProject *project;
  XpsSession *session;
  GtkWidget *window, *panel;
} Fixture;

/* No leak of the drivers is ours: keep their code, so that the suppression list can name it. */
int dlclose (void *handle);
int
dlclose (void *handle)
{
  return 0;
}

static inline double
fixture_voigt (double energy, double center, double area)
{
  const double p[4] = {center, area, 0.6, 0.2};
  double value;
  xps_shape_find ("voigt")->evaluate (p, 1, &energy, XPS_PRECISION_FULL, &value, NULL);
  return value;
}

/* Counts of a doublet at 161.65 and 162.83 eV on a level, with the noise of a fixed seed. */
static inline XpsSpectrum *
fixture_spectrum_new (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  XpsSpectrumDraft draft = {
      .name = g_strdup ("S 2p"), .sample = g_strdup ("Sample"), .axis = XPS_AXIS_BINDING};
  draft.n = 201;
  draft.energy = g_new (double, draft.n);
  draft.intensity = g_new (double, draft.n);
  draft.unit = XPS_INTENSITY_COUNTS;
  draft.acquisition = xps_acquisition_new ();
  draft.acquisition->photon_energy = 1486.6;
  draft.acquisition->dwell = 0.1;
  draft.acquisition->scans = 1;
  xps_acquisition_add_key (draft.acquisition, "Lens mode", "Hybrid");
  for (gsize i = 0; i < draft.n; i++) {
    const double energy = 157.0 + 0.05 * (double)i;
    const double mean =
        400.0 + fixture_voigt (energy, 161.65, 4000.0) + fixture_voigt (energy, 162.83, 2000.0);
    double noise = -6.0;
    for (guint k = 0; k < 12; k++)
      noise += g_rand_double (random);
    draft.energy[i] = energy;
    draft.intensity[i] = floor (mean + sqrt (mean) * noise + 0.5);
  }
  return xps_spectrum_new (&draft);
}

static inline void
fixture_init (Fixture *self)
{
  guint sample, id;
  g_autoptr (XpsSpectrum) spectrum = fixture_spectrum_new ();
  g_autoptr (XpsRegion) region = xps_region_new (spectrum, NULL);
  g_autoptr (XpsState) empty = xps_state_new ();
  g_autoptr (XpsState) with_sample = xps_state_add_sample (empty, "Sample", &sample);
  self->project = xps_project_new ();
  xps_project_edit (self->project, "set up", xps_state_add_region (with_sample, sample, region, &id));
  self->session = xps_session_new (self->project);
  xps_session_show_region (self->session, id);
}

/* A constant background and two Voigts, A and B, at their true places. */
static inline void
fixture_add_components (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  XpsModel *model = xps_session_dup_model (self->session);
  g_assert_true (xps_edit_set_background (model, 0, xps_background_find ("poly"),
                                          xps_session_get_preview (self->session), &error));
  xps_edit_add_component (model, 0, "PS4 2p3/2", xps_shape_find ("voigt"),
                          &(XpsPeakGuess){161.6, 4500.0, 0.7});
  xps_edit_add_component (model, 0, "PS4 2p1/2", xps_shape_find ("voigt"),
                          &(XpsPeakGuess){162.9, 2300.0, 0.7});
  xps_session_edit_model (self->session, "two lines", model);
}

GResource *xps_get_resource (void); /* generated from ui/ */

/* The style and icons that the application would bring along. */
static inline void
fixture_use_resources (void)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_resources_register (xps_get_resource ());
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/org/corelevel/Corelevel/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    "/org/corelevel/Corelevel/icons");
}

static inline void
fixture_show (Fixture *self, GtkWidget *panel, int width, int height)
{
  self->panel = panel;
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  adw_window_set_content (ADW_WINDOW (self->window), panel);
  gtk_window_present (GTK_WINDOW (self->window));
}

static inline void
fixture_clear (Fixture *self)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->session);
  g_assert_finalize_object (self->project);
}

/* Lets everything happen that waits to: allocation, frames, idle work. */
static inline void
fixture_settle (guint ms)
{
  const gint64 end = g_get_monotonic_time () + 1000 * (gint64)ms;
  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static inline void
fixture_fit (Fixture *self)
{
  xps_session_fit (self->session);
  while (xps_session_get_fitting (self->session))
    g_main_context_iteration (NULL, TRUE);
}

static inline const XpsModel *
fixture_model (Fixture *self)
{
  return xps_session_get_region (self->session)->model;
}

typedef gboolean (*FixtureMatch) (GtkWidget *widget, gconstpointer data);

/* Depth first, hidden ones as well. */
static inline GtkWidget *
fixture_find (GtkWidget *root, FixtureMatch match, gconstpointer data)
{
  if (match (root, data))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = fixture_find (child, match, data);
    if (found != NULL)
      return found;
  }
  return NULL;
}

/* With XPS_SHOTS set: the widget as it is drawn, into that folder. */
static inline void
fixture_shoot (GtkWidget *window, const char *name)
{
  const char *folder = g_getenv ("XPS_SHOTS");
  if (folder == NULL)
    return;
  fixture_settle (300);
  g_autofree char *file = g_strdup_printf ("%s/%s.png", folder, name);
  GdkPaintable *paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  const int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  g_autoptr (GdkTexture) texture =
      gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                   &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  g_assert_true (gdk_texture_save_to_png (texture, file));
  g_object_unref (paintable);
}
