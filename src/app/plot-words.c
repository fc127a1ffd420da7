/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/number.h"
#include "base/text.h"

/* ---- names ---- */

const char *
xps_plot_words_component (const XpsPreview *preview, int component)
{
  if (preview == NULL || preview->model == NULL || component < 0)
    return NULL;
  const XpsModelPart *part = g_ptr_array_index (preview->model->parts, preview->part);
  if ((guint)component >= part->components->len)
    return NULL;
  const XpsComponent *found = g_ptr_array_index (part->components, component);
  return found->label != NULL && *found->label != '\0' ? found->label : found->name;
}

static char *
dup_title (const XpsState *state, guint id)
{
  const XpsRegion *region = xps_state_find_region (state, id);
  if (region == NULL)
    return g_strdup ("");
  const XpsSample *sample = xps_state_find_sample (state, region->sample);
  if (sample == NULL || sample->name == NULL || *sample->name == '\0')
    return g_strdup (region->name);
  /* Translators: sample, name of a measured region */
  return g_strdup_printf (C_ ("sample, region", "%s, %s"), sample->name, region->name);
}

/* A name that is the same for all of them tells nothing, and would cost the room of the one that differs. */
static gboolean
share_sample (const XpsState *state, const GArray *ids)
{
  guint sample = 0;
  for (guint i = 0; ids != NULL && i < ids->len; i++) {
    const XpsRegion *region = xps_state_find_region (state, g_array_index (ids, guint, i));
    if (region == NULL || (sample != 0 && region->sample != sample))
      return FALSE;
    sample = region->sample;
  }
  return TRUE;
}

static char *
dup_short_title (const XpsState *state, guint id)
{
  const XpsRegion *region = xps_state_find_region (state, id);
  return g_strdup (region != NULL ? region->name : "");
}

GStrv
xps_plot_words_dup_titles (XpsSession *session, guint n)
{
  if (n < 2)
    return NULL;
  const XpsState *state = xps_project_get_state (xps_session_get_project (session));
  const GArray *ids = xps_session_get_selected_regions (session);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  const gboolean one_sample = share_sample (state, ids);
  for (guint i = 0; ids != NULL && i < ids->len && titles->len < n; i++) {
    const guint id = g_array_index (ids, guint, i);
    g_ptr_array_add (titles, one_sample ? dup_short_title (state, id) : dup_title (state, id));
  }
  while (titles->len < n)
    g_ptr_array_add (titles, g_strdup (""));
  g_ptr_array_add (titles, NULL);
  return (GStrv)g_ptr_array_free (g_steal_pointer (&titles), FALSE);
}

/* ---- numbers ---- */

int
xps_plot_words_decimals (double ev_per_pixel)
{
  if (!(ev_per_pixel > 0.0))
    return 2;
  return CLAMP ((int)ceil (-log10 (ev_per_pixel) - 1e-9), 2, 4);
}

char *
xps_plot_words_dup_energy (double energy, int decimals)
{
  g_autofree char *number = xps_number_dup_with_error (energy, NAN, decimals);
  return g_strdup_printf (_ ("%s eV"), number);
}

static const char *
unit_of (const XpsPreview *preview)
{
  switch (xps_spectrum_get_unit (preview->spectrum)) {
  case XPS_INTENSITY_COUNTS:
    return C_ ("unit", "counts");
  case XPS_INTENSITY_COUNTS_PER_SECOND:
    return C_ ("unit", "counts/s");
  case XPS_INTENSITY_UNKNOWN:
    break;
  }
  return "";
}

int
xps_plot_words_figures (double value)
{
  const double size = fabs (value);
  return size >= 1000.0 ? 0 : size >= 100.0 ? 1 : size >= 1.0 ? 2 : 4;
}

/* Counts are whole. */
static int
usual_figures (double value)
{
  return value == floor (value) ? 0 : xps_plot_words_figures (value);
}

char *
xps_plot_words_dup_intensity (const XpsPlotArea *self, double measured, int figures)
{
  const XpsPreview *preview = xps_session_get_preview (self->session);
  if (preview == NULL || !isfinite (measured))
    return g_strdup ("");
  const XpsPlotLayout *layout = &self->layout;
  /* Normalised or lifted curves have numbers of their own: say the measured one all the same, but in the
   * unit that the axis has. */
  const gboolean as_shown = layout->per_second && self->view.normalise == XPS_NORMALISE_NONE;
  const double value = as_shown ? layout->intensity_factor * measured - layout->intensity_offset : measured;
  g_autofree char *number =
      xps_number_dup_with_error (value, NAN, figures >= 0 ? figures : usual_figures (value));
  const char *unit = as_shown ? C_ ("unit", "counts/s") : unit_of (preview);
  return *unit != '\0' ? g_strdup_printf (C_ ("number, unit", "%s %s"), number, unit)
                       : g_steal_pointer (&number);
}

/* ---- beside the pointer ---- */

static char *
dup_apex (const XpsPreview *preview, const XpsGrip *grip, int decimals, int figures)
{
  double maximum = NAN, area = NAN;
  xps_preview_get_component (preview, grip->index, &maximum, NULL, NULL, &area);
  g_autofree char *energy = xps_plot_words_dup_energy (maximum, decimals);
  if (!isfinite (area))
    return g_steal_pointer (&energy);
  g_autofree char *number = xps_number_dup_with_error (area, NAN, figures);
  return g_strdup_printf (_ ("%s\narea %s"), energy, number);
}

char *
xps_plot_words_dup_drag (XpsPlotArea *self, const XpsGrip *grip, int decimals, int figures)
{
  const XpsPreview *preview = xps_session_get_preview (self->session);
  double fwhm = NAN;
  g_autofree char *number = NULL;
  switch (grip->kind) {
  case XPS_GRIP_APEX:
    return dup_apex (preview, grip, decimals, figures);
  case XPS_GRIP_FLANK_LOW:
  case XPS_GRIP_FLANK_HIGH:
    xps_preview_get_component (preview, grip->index, NULL, NULL, &fwhm, NULL);
    number = xps_number_dup_with_error (fwhm, NAN, MAX (decimals, 3));
    return g_strdup_printf (_ ("FWHM %s eV"), number);
  case XPS_GRIP_BACKGROUND_LOW:
  case XPS_GRIP_BACKGROUND_HIGH:
    return xps_plot_words_dup_intensity (self, grip->value, figures);
  case XPS_GRIP_WINDOW_LOW:
  case XPS_GRIP_WINDOW_HIGH:
  case XPS_GRIP_ANCHOR:
    return xps_plot_words_dup_energy (grip->energy, decimals);
  case XPS_GRIP_NONE:
    break;
  }
  return g_strdup ("");
}

static void
add_line (GString *text, const char *name, const char *value)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_printf (text, "%s\t%s", name, value);
}

static void
add_energies (XpsPlotArea *self, GString *text, double x)
{
  const XpsPlotLayout *layout = &self->layout;
  const XpsPreview *preview = xps_session_get_preview (self->session);
  const double shown = xps_plot_area_get_energy (self, x);
  const double pixel = (layout->main.x.high - layout->main.x.low) / fmax (layout->main.rect.width, 1.0);
  const int decimals = xps_plot_words_decimals (pixel);
  if (!preview->has_binding) {
    g_autofree char *energy = xps_plot_words_dup_energy (shown, decimals);
    add_line (text, _ ("Energy"), energy);
    return;
  }
  const double binding = xps_plot_layout_to_binding (layout, shown);
  g_autofree char *energy = xps_plot_words_dup_energy (binding, decimals);
  add_line (text, _ ("Binding"), energy);
  if (!isfinite (layout->energy_sum))
    return;
  g_autofree char *kinetic = xps_plot_words_dup_energy (layout->energy_sum - binding, decimals);
  add_line (text, _ ("Kinetic"), kinetic);
}

/* Of a colour map: the row is a spectrum. */
static void
add_spectrum (XpsPlotArea *self, GString *text, double y)
{
  const GArray *ids = xps_session_get_selected_regions (self->session);
  const double row = round (xps_axis_unmap (&self->layout.main.y, y));
  if (ids == NULL || !(row >= 1.0) || !(row <= ids->len))
    return;
  const XpsState *state = xps_project_get_state (xps_session_get_project (self->session));
  g_autofree char *title = dup_title (state, g_array_index (ids, guint, (guint)row - 1));
  add_line (text, _ ("Spectrum"), title);
}

static void
add_intensities (XpsPlotArea *self, const XpsPreview *preview, GString *text, double x, double y)
{
  g_autofree char *level = xps_plot_words_dup_intensity (self, xps_plot_area_get_intensity (self, y), -1);
  add_line (text, _ ("Pointer"), level);
  const gssize nearest = xps_preview_find_nearest (preview, xps_plot_area_get_binding (self, x));
  if (nearest < 0)
    return;
  g_autofree char *data = xps_plot_words_dup_intensity (self, preview->intensity[nearest], -1);
  add_line (text, _ ("Data"), data);
}

char *
xps_plot_words_dup_readout (XpsPlotArea *self, double x, double y)
{
  const XpsPreview *preview = xps_session_get_preview (self->session);
  g_autoptr (GString) text = g_string_new (NULL);
  if (preview == NULL)
    return g_strdup ("");
  add_energies (self, text, x);
  if (self->view.mode == XPS_PLOT_HEAT)
    add_spectrum (self, text, y);
  else
    add_intensities (self, preview, text, x, y);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
xps_plot_words_dup_tip (const XpsGrip *grip)
{
  const XpsGripKind kind = grip != NULL ? grip->kind : XPS_GRIP_NONE;
  const char *what = NULL;
  switch (kind) {
  case XPS_GRIP_APEX:
    return g_strdup (
        _ ("Drag to set position and area.\nShift: ten times slower, Ctrl: to the maximum of the "
           "data, Escape: take it back"));
  case XPS_GRIP_FLANK_LOW:
  case XPS_GRIP_FLANK_HIGH:
    what = _ ("Drag to set the width.");
    break;
  case XPS_GRIP_WINDOW_LOW:
  case XPS_GRIP_WINDOW_HIGH:
    what = _ ("Drag to set the end of the fit window.");
    break;
  case XPS_GRIP_BACKGROUND_LOW:
  case XPS_GRIP_BACKGROUND_HIGH:
    what = _ ("Drag to set the level of the background at this end.");
    break;
  case XPS_GRIP_ANCHOR:
    what = _ ("Drag to move this anchor of the background.");
    break;
  case XPS_GRIP_NONE:
    return g_strdup (
        _ ("Scroll to zoom energies, with Shift intensities. Drag to move, with Shift to zoom into "
           "a box. Double-click to show everything."));
  }
  return g_strdup_printf ("%s\n%s", what, _ ("Shift: ten times slower, Escape: take it back"));
}

char *
xps_plot_words_dup_step (XpsPlotArea *self, const XpsGrip *grip, gboolean along)
{
  const XpsPreview *preview = xps_session_get_preview (self->session);
  const XpsRegion *region = xps_session_get_region (self->session);
  const char *component = xps_plot_words_component (preview, (int)grip->index);
  const char *name = region != NULL && region->name != NULL ? region->name : "";
  component = component != NULL ? component : name;
  switch (grip->kind) {
  case XPS_GRIP_APEX:
    /* Translators: steps of undo, shown behind "Undo"; %s is a component or a region */
    return along ? g_strdup_printf (_ ("move of %s"), component)
                 : g_strdup_printf (_ ("area of %s"), component);
  case XPS_GRIP_FLANK_LOW:
  case XPS_GRIP_FLANK_HIGH:
    return g_strdup_printf (_ ("width of %s"), component);
  case XPS_GRIP_WINDOW_LOW:
  case XPS_GRIP_WINDOW_HIGH:
    return g_strdup_printf (_ ("window of %s"), name);
  default:
    return g_strdup_printf (_ ("background of %s"), name);
  }
}

/* ---- for screen readers ---- */

static char *
dup_description (const XpsPreview *preview, const XpsRegion *region, int selected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const guint n = (guint)preview->n_components;
  g_autofree char *count = n == 0 ? g_strdup (_ ("no components"))
                                  : g_strdup_printf (ngettext ("%u component", "%u components", n), n);
  /* Translators: name of a measured region, number of components */
  g_string_append_printf (text, _ ("%s, %s."), region->name, count);
  const char *name = xps_plot_words_component (preview, selected);
  if (name == NULL || (gsize)selected >= preview->n_components)
    return g_string_free (g_steal_pointer (&text), FALSE);
  double maximum = NAN, fwhm = NAN;
  xps_preview_get_component (preview, (gsize)selected, &maximum, NULL, &fwhm, NULL);
  g_autofree char *energy = xps_plot_words_dup_energy (maximum, 2);
  g_autofree char *width = xps_plot_words_dup_energy (fwhm, 2);
  g_string_append_c (text, ' ');
  /* Translators: component, energy of its maximum, its full width at half maximum */
  g_string_append_printf (text, _ ("Selected: %s at %s, width %s."), name, energy, width);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
xps_plot_words_describe (XpsPlotArea *self)
{
  const XpsPreview *preview = self->session != NULL ? xps_session_get_preview (self->session) : NULL;
  const XpsRegion *region = self->session != NULL ? xps_session_get_region (self->session) : NULL;
  /* A sentence at every frame of a drag would drown everything else; its end says the outcome. */
  if (self->session != NULL && xps_session_is_dragging (self->session))
    return;
  g_autofree char *text = preview != NULL && region != NULL
                              ? dup_description (preview, region, xps_session_get_component (self->session))
                              : g_strdup (_ ("No spectrum is shown."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Plot"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}
