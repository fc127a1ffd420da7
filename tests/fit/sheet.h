/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/edit.h"
#include "fit/made.h"

/* Spectra to build models on, and the models that people build there. */

/* A doublet on a slope, as it is read from a file. */
#define SHEET_S2P                                                                                            \
  "{'parameters':[{'name':'c','value':161.65,'min':160.5,'max':162.5},{'name':'a','value':12000,'min':0},"   \
  "{'name':'g','value':0.6,'min':0.1,'max':3},{'name':'l','value':0.2,'min':0,'max':2},"                     \
  "{'name':'c2','of':'c','coef':1,'const':1.18},{'name':'a2','of':'a','coef':0.5,'const':0},"                \
  "{'name':'b0','value':800},{'name':'b1','value':5}],"                                                      \
  "'components':[{'name':'S 2p3/2','type':'voigt','params':{'center':'c','area':'a','fwhm_g':'g',"           \
  "'fwhm_l':'l'}},{'name':'S 2p1/2','type':'voigt','params':{'center':'c2','area':'a2','fwhm_g':'g',"        \
  "'fwhm_l':'l'}}],'background':[{'type':'poly','coeffs':['b0','b1'],'x_ref':160}]}"

static inline XpsSpectrum *
sheet_spectrum (const XpsFitData *data, XpsAxisKind axis)
{
  XpsSpectrumDraft draft = {
      .name = g_strdup ("S 2p"), .axis = axis, .n = data->n, .unit = XPS_INTENSITY_COUNTS};
  draft.energy = g_memdup2 (data->energy, data->n * sizeof (double));
  draft.intensity = g_memdup2 (data->intensity, data->n * sizeof (double));
  draft.acquisition = xps_acquisition_new ();
  draft.acquisition->summed = TRUE;
  if (data->sigma != NULL) {
    draft.columns = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_column_free);
    g_ptr_array_add (draft.columns, xps_column_new (XPS_COLUMN_SIGMA, "sigma", NULL,
                                                    g_memdup2 (data->sigma, data->n * sizeof (double))));
  }
  return xps_spectrum_new (&draft);
}

/* Counts of the model, Poisson unless seed is 0. */
static inline XpsSpectrum *
sheet_of (const char *text, double low, double step, gsize n, guint64 seed)
{
  g_autoptr (XpsModel) model = made_model (text);
  g_autoptr (XpsFitData) grid = made_grid (low, step, n);
  g_autoptr (XpsFitData) data = made_data (model, 0, &grid, seed);
  return sheet_spectrum (data, XPS_AXIS_BINDING);
}

static inline XpsSpectrum *
sheet_s2p (void)
{
  return sheet_of (SHEET_S2P, 155, 0.05, 281, 11);
}

static inline XpsPreview *
sheet_preview (const XpsSpectrum *spectrum, const XpsModel *model)
{
  const XpsEnergyScale scale = {NAN, 0, 0};
  return xps_preview_new (spectrum, &scale, model, 0, XPS_WEIGHTS_COUNTS);
}

static inline double
sheet_value (const XpsModel *model, const char *name)
{
  const XpsParameter *p = xps_model_get_parameter (model, name);
  if (p == NULL)
    g_error ("no parameter %s", name);
  return p->value;
}

/* The model must be sound: what every edit leaves behind. */
static inline void
sheet_assert_sound (const XpsModel *model)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModelIndex) index = xps_model_check (model, &error);
  g_assert_no_error (error);
}

/* The doublet fitted with this background (NULL: its line), with labels. */
static inline XpsResult *
sheet_fit_s2p (const char *background)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  g_autoptr (XpsModel) model = made_model (SHEET_S2P);
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
  if (background != NULL)
    xps_edit_set_background (model, 0, xps_background_find (background), preview, &error);
  g_assert_no_error (error);
  xps_edit_set_label (model, 0, 0, "2p₃⸝₂", "PS₄³⁻");
  g_autoptr (XpsFitData) data = xps_fit_data_new (spectrum, &preview->scale, NAN, NAN, &error);
  g_assert_no_error (error);
  return made_fit (model, data, XPS_WEIGHTS_COUNTS);
}
