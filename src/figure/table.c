/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/figure.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "figure/csv.h"

static void
put_cell (GString *out, const double *values, gsize i)
{
  g_string_append_c (out, ',');
  xps_csv_put_number (out, values != NULL ? values[i] : (double)NAN);
}

static double
residual (const XpsFigureCurves *curves, gsize i)
{
  if (curves->envelope == NULL || curves->sigma == NULL || !(curves->sigma[i] > 0.0))
    return NAN;
  return (curves->intensity[i] - curves->envelope[i]) / curves->sigma[i];
}

static const char *
component_title (const XpsFigureComponent *component)
{
  if (component->name != NULL)
    return component->name;
  return component->label != NULL ? component->label : "";
}

/* The names of all components of all spectra, each once, in order of appearance. */
static GPtrArray *
list_components (const XpsFigure *figure)
{
  GPtrArray *names = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize s = 0; s < xps_figure_get_n_spectra (figure); s++) {
    const XpsFigureCurves *curves = xps_figure_get_spectrum (figure, s);
    for (gsize i = 0; i < curves->n_components; i++) {
      char *name = (char *)component_title (&curves->components[i]);
      if (g_hash_table_add (seen, name))
        g_ptr_array_add (names, name);
    }
  }
  return names;
}

static const double *
find_component (const XpsFigureCurves *curves, const char *name)
{
  for (gsize i = 0; i < curves->n_components; i++)
    if (strcmp (component_title (&curves->components[i]), name) == 0)
      return curves->components[i].values;
  return NULL;
}

static gboolean
all_of_kind (const XpsFigure *figure, XpsFigureAxis axis)
{
  for (gsize s = 0; s < xps_figure_get_n_spectra (figure); s++)
    if (xps_figure_get_spectrum (figure, s)->axis != axis)
      return FALSE;
  return TRUE;
}

static const char *
energy_title (const XpsFigure *figure)
{
  static const char *const titles[] = {[XPS_FIGURE_BINDING] = "binding_energy_eV",
                                       [XPS_FIGURE_KINETIC] = "kinetic_energy_eV",
                                       [XPS_FIGURE_PHOTON] = "photon_energy_eV"};
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (all_of_kind (figure, (XpsFigureAxis)i))
      return titles[i];
  return "abscissa";
}

static void
put_spectrum (GString *out, const XpsFigure *figure, gsize s, const GPtrArray *names)
{
  const XpsFigureCurves *curves = xps_figure_get_spectrum (figure, s);
  for (gsize i = 0; i < curves->n; i++) {
    if (xps_figure_get_n_spectra (figure) > 1) {
      xps_csv_put_text (out, curves->id != NULL ? curves->id : "", ',');
      g_string_append_c (out, ',');
    }
    xps_csv_put_number (out, curves->energy[i]);
    put_cell (out, curves->intensity, i);
    put_cell (out, curves->sigma, i);
    put_cell (out, curves->background, i);
    put_cell (out, curves->envelope, i);
    g_string_append_c (out, ',');
    xps_csv_put_number (out, residual (curves, i));
    for (guint k = 0; k < names->len; k++)
      put_cell (out, find_component (curves, g_ptr_array_index (names, k)), i);
    g_string_append (out, "\n");
  }
}

char *
xps_figure_dup_table (const XpsFigure *figure)
{
  g_return_val_if_fail (figure != NULL, NULL);
  g_autoptr (GPtrArray) names = list_components (figure);
  GString *out = g_string_new (xps_figure_get_n_spectra (figure) > 1 ? "spectrum," : "");
  g_string_append_printf (out, "%s,intensity,sigma,background,envelope,residual_sigma",
                          energy_title (figure));
  for (guint k = 0; k < names->len; k++) {
    g_string_append_c (out, ',');
    xps_csv_put_text (out, g_ptr_array_index (names, k), ',');
  }
  g_string_append (out, "\n");
  for (gsize s = 0; s < xps_figure_get_n_spectra (figure); s++)
    put_spectrum (out, figure, s, names);
  return g_string_free (out, FALSE);
}

gboolean
xps_figure_write_table (const XpsFigure *figure, const char *path, GError **error)
{
  g_return_val_if_fail (figure != NULL && path != NULL, FALSE);
  g_autofree char *text = xps_figure_dup_table (figure);
  return xps_file_write (path, text, strlen (text), error);
}
