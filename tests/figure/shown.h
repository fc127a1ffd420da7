/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plot.h"

#include "support.h"

/* A measured doublet and a single line on a sloping background, with a model that is not far from them, and
 * its plot. */

#define SHOWN_POINTS 201
#define SHOWN_FIRST  156.0
#define SHOWN_STEP   0.07
#define SHOWN_LOW    158.0
#define SHOWN_HIGH   168.0
#define SHOWN_PHOTON 1486.6
#define SHOWN_DWELL  0.5
#define SHOWN_SCANS  4.0

static inline double
shown_counts (double energy)
{
  return 500.0 + 20.0 * (energy - SHOWN_FIRST) + 9000.0 * exp (-pow ((energy - 161.65) / 0.4, 2.0)) +
         4500.0 * exp (-pow ((energy - 162.83) / 0.4, 2.0)) + 30.0 * sin (17.0 * energy);
}

/* Intensity scaled by `size`; `shift` moves the grid, eV. */
static inline XpsSpectrum *
shown_spectrum (XpsAxisKind axis, XpsIntensityUnit unit, double size, double shift)
{
  XpsSpectrumDraft draft = {.name = g_strdup ("S 2p"),
                            .axis = axis,
                            .n = SHOWN_POINTS,
                            .energy = g_new (double, SHOWN_POINTS),
                            .intensity = g_new (double, SHOWN_POINTS),
                            .unit = unit,
                            .acquisition = xps_acquisition_new ()};
  draft.acquisition->photon_energy = SHOWN_PHOTON;
  draft.acquisition->dwell = SHOWN_DWELL;
  draft.acquisition->scans = SHOWN_SCANS;
  for (gsize i = 0; i < SHOWN_POINTS; i++) {
    const double energy = SHOWN_FIRST + shift + SHOWN_STEP * (double)i;
    draft.energy[i] = axis == XPS_AXIS_KINETIC ? SHOWN_PHOTON - energy : energy;
    draft.intensity[i] = size * shown_counts (energy);
  }
  return xps_spectrum_new (&draft);
}

static inline void
shown_add_voigt (XpsModel *model, const char *name)
{
  static const char *const roles[] = {"center", "area", "fwhm_g", "fwhm_l"};
  XpsComponent *component =
      xps_model_part_add_component (g_ptr_array_index (model->parts, 0), name, xps_shape_find ("voigt"));
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++) {
    g_autofree char *parameter = g_strdup_printf ("%s.%s", name, roles[i]);
    g_assert_true (xps_component_set_role (component, roles[i], parameter));
  }
}

static inline XpsModelPart *
shown_part (XpsModel *model)
{
  return g_ptr_array_index (model->parts, 0);
}

/* "main" and "side" are a doublet, "other" a line of its own. */
static inline XpsModel *
shown_model (gboolean components)
{
  XpsModel *model = xps_model_new ();
  XpsModelPart *part = shown_part (model);
  part->low = SHOWN_LOW;
  part->high = SHOWN_HIGH;
  xps_model_add_parameter (model, "c0", 500.0, -INFINITY, INFINITY);
  XpsModelBackground *background = xps_model_part_add_background (part, xps_background_find ("poly"));
  g_assert_true (xps_model_background_add_parameter (background, "coeffs", "c0"));
  background->settings.number[xps_background_find_setting (background->type, "x_ref")] = SHOWN_LOW;
  if (!components)
    return model;
  xps_model_add_parameter (model, "main.center", 161.6, 160.0, 163.0);
  xps_model_add_parameter (model, "main.area", 6000.0, 0.0, INFINITY);
  xps_model_add_parameter (model, "main.fwhm_g", 0.6, 0.2, 2.0);
  xps_model_add_parameter (model, "main.fwhm_l", 0.1, 0.0, 2.0);
  xps_model_add_link (model, "side.center", "main.center", 1.0, 1.18);
  xps_model_add_link (model, "side.area", "main.area", 0.5, 0.0);
  xps_model_add_link (model, "side.fwhm_g", "main.fwhm_g", 1.0, 0.0);
  xps_model_add_link (model, "side.fwhm_l", "main.fwhm_l", 1.0, 0.0);
  xps_model_add_parameter (model, "other.center", 164.5, 163.0, 166.0);
  xps_model_add_parameter (model, "other.area", 800.0, 0.0, INFINITY);
  xps_model_add_parameter (model, "other.fwhm_g", 0.9, 0.2, 2.0);
  xps_model_add_parameter (model, "other.fwhm_l", 0.2, 0.0, 2.0);
  shown_add_voigt (model, "main");
  shown_add_voigt (model, "side");
  shown_add_voigt (model, "other");
  return model;
}

static inline XpsPreview *
shown_preview_of (const XpsSpectrum *spectrum, const XpsModel *model)
{
  const XpsEnergyScale scale = xps_energy_scale_from_spectrum (spectrum);
  return xps_preview_new (spectrum, &scale, model, 0, XPS_WEIGHTS_COUNTS);
}

static inline XpsPreview *
shown_preview (void)
{
  g_autoptr (XpsSpectrum) spectrum = shown_spectrum (XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS, 1.0, 0.0);
  g_autoptr (XpsModel) model = shown_model (TRUE);
  XpsPreview *preview = shown_preview_of (spectrum, model);
  g_assert_cmpstr (preview->message, ==, NULL);
  g_assert_cmpuint (preview->n_components, ==, 3);
  return preview;
}

/* Spectra alone, brighter and shifted from one to the next. */
static inline GPtrArray *
shown_series (gsize n, double shift)
{
  GPtrArray *series = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_preview_free);
  g_autoptr (XpsModel) model = xps_model_new ();
  for (gsize i = 0; i < n; i++) {
    g_autoptr (XpsSpectrum) spectrum =
        shown_spectrum (XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS, 1.0 + (double)i, shift * (double)i);
    g_ptr_array_add (series, shown_preview_of (spectrum, model));
  }
  return series;
}

static inline XpsScene *
shown_scene_sized (const GPtrArray *previews, const XpsPlotView *view, XpsPlotLayout *layout, double width,
                   double height)
{
  XpsFigureStyle style;
  xps_plot_style_init (&style, width, height, 13.0);
  return xps_plot_build ((const XpsPreview *const *)previews->pdata, NULL, previews->len, &style, view,
                         layout);
}

static inline XpsScene *
shown_scene (const XpsPreview *preview, const XpsPlotView *view, XpsPlotLayout *layout)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_ptr_array_add (one, (void *)preview);
  return shown_scene_sized (one, view, layout, 860.0, 560.0);
}

/* The n-th item of a kind whose stroke has this role (any kind of ink for XPS_N_INKS), or NULL. */
static inline const XpsItem *
shown_find_item (const XpsScene *scene, XpsItemKind kind, XpsInkRole role, guint n)
{
  gsize items = 0;
  const XpsItem *const *item = xps_scene_get_items (scene, &items);
  for (gsize i = 0; i < items; i++)
    if (item[i]->kind == kind && (role == XPS_N_INKS || item[i]->stroke.ink.role == role) && n-- == 0)
      return item[i];
  return NULL;
}

/* The same where it must be there. */
static inline const XpsItem *
shown_item (const XpsScene *scene, XpsItemKind kind, XpsInkRole role, guint n)
{
  const XpsItem *item = shown_find_item (scene, kind, role, n);
  if (item == NULL)
    g_error ("no item %u of kind %d", n, (int)kind);
  return item;
}

static inline const XpsText *
shown_text (const XpsScene *scene, const char *markup)
{
  gsize items = 0;
  const XpsItem *const *item = xps_scene_get_items (scene, &items);
  for (gsize i = 0; i < items; i++)
    if (item[i]->kind == XPS_ITEM_TEXT && strcmp (item[i]->text.markup, markup) == 0)
      return &item[i]->text;
  return NULL;
}
