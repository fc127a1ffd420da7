/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-notes.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/page-measurement.h"
#include "app/page-number.h"

struct _XpsPageNotes {
  XpsPage parent_instance;
  GtkTextBuffer *region_text, *sample_text;
  guint region, sample; /* whose notes stand in the buffers, 0 none */
  char *region_shown, *sample_shown;
  GtkWidget *energy_row;
  XpsPageEntry *energy, *reason;
  AdwPreferencesGroup *scale, *source, *acquisition, *keys;
  XpsSpectrum *listed; /* whose record the rows show, or NULL */
};

G_DEFINE_FINAL_TYPE (XpsPageNotes, xps_page_notes, XPS_TYPE_PAGE)

/* ---- texts ---- */

static char *
dup_buffer (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* By id: the session may show another region by the time the text is given up. */
static void
commit_region (XpsPageNotes *self, XpsProject *project)
{
  const XpsRegion *region = xps_state_find_region (xps_project_get_state (project), self->region);
  g_autofree char *text = dup_buffer (self->region_text);
  if (region == NULL || strcmp (text, self->region_shown) == 0)
    return;
  g_autoptr (XpsRegion) copy = xps_region_copy (region);
  g_free (copy->notes);
  copy->notes = g_strdup (text);
  g_free (self->region_shown);
  self->region_shown = g_steal_pointer (&text);
  xps_project_edit_region (project, _ ("notes of the region"), copy);
}

static void
commit_sample (XpsPageNotes *self, XpsProject *project)
{
  const XpsState *state = xps_project_get_state (project);
  g_autofree char *text = dup_buffer (self->sample_text);
  if (xps_state_find_sample (state, self->sample) == NULL || strcmp (text, self->sample_shown) == 0)
    return;
  g_free (self->sample_shown);
  self->sample_shown = g_strdup (text);
  xps_project_edit (project, _ ("notes of the sample"),
                    xps_state_set_sample_notes (state, self->sample, text));
}

void
xps_page_notes_commit (XpsPageNotes *self)
{
  XpsSession *session = xps_page_get_session (XPS_PAGE (self));
  if (session == NULL || self->region == 0)
    return;
  commit_region (self, xps_session_get_project (session));
  commit_sample (self, xps_session_get_project (session));
}

static void
on_leave (GtkEventControllerFocus *focus, XpsPageNotes *self)
{
  xps_page_notes_commit (self);
}

/* A text that is being typed is left alone. */
static void
show_text (GtkTextBuffer *buffer, char **shown, const char *text, gboolean other)
{
  g_autofree char *now = dup_buffer (buffer);
  const gboolean typing = strcmp (now, *shown) != 0;
  if (!other && (typing || strcmp (text, *shown) == 0))
    return;
  g_free (*shown);
  *shown = g_strdup (text);
  gtk_text_buffer_set_text (buffer, text, -1);
}

static void
show_texts (XpsPageNotes *self, XpsSession *session, const XpsRegion *region)
{
  const XpsState *state = xps_project_get_state (xps_session_get_project (session));
  const XpsSample *sample = region != NULL ? xps_state_find_sample (state, region->sample) : NULL;
  const guint region_id = region != NULL ? region->id : 0, sample_id = sample != NULL ? sample->id : 0;
  const gboolean other_region = region_id != self->region, other_sample = sample_id != self->sample;
  self->region = region_id;
  self->sample = sample_id;
  show_text (self->region_text, &self->region_shown,
             region != NULL && region->notes != NULL ? region->notes : "", other_region);
  show_text (self->sample_text, &self->sample_shown,
             sample != NULL && sample->notes != NULL ? sample->notes : "", other_sample);
}

/* ---- photon energy ---- */

static double
file_energy (const XpsRegion *region)
{
  return xps_spectrum_get_acquisition (region->spectrum)->photon_energy;
}

static gboolean
is_as_file (const XpsRegion *region, double energy)
{
  return energy == file_energy (region) || (isnan (energy) && isnan (file_energy (region)));
}

static GPtrArray *
copy_selected (XpsPageNotes *self)
{
  XpsSession *session = xps_page_get_session (XPS_PAGE (self));
  const XpsState *state = xps_project_get_state (xps_session_get_project (session));
  const GArray *ids = xps_session_get_selected_regions (session);
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  for (guint i = 0; i < ids->len; i++) {
    const XpsRegion *region = xps_state_find_region (state, g_array_index (ids, guint, i));
    if (region != NULL)
      g_ptr_array_add (copies, xps_region_copy (region));
  }
  return copies;
}

static void
edit (XpsPageNotes *self, const GPtrArray *regions)
{
  const guint n = regions->len;
  g_autofree char *label =
      n == 1 ? g_strdup (_ ("photon energy"))
             : g_strdup_printf (ngettext ("photon energy of %u region", "photon energy of %u regions", n), n);
  xps_session_edit_regions (xps_page_get_session (XPS_PAGE (self)), label, regions);
}

/* For every selected region: those of one file, or of one beam time, share it. */
static gboolean
take_energy (const char *text, gpointer data, GError **error)
{
  XpsPageNotes *self = data;
  double energy;
  if (!xps_page_parse_number (text, TRUE, &energy, error))
    return FALSE;
  if (!isnan (energy) && !(energy > 0.0)) {
    g_set_error_literal (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA, _ ("A photon energy is positive"));
    return FALSE;
  }
  g_autoptr (GPtrArray) regions = copy_selected (self);
  for (guint i = 0; i < regions->len; i++) {
    XpsRegion *region = g_ptr_array_index (regions, i);
    region->scale.photon_energy =
        isnan (energy) ? file_energy (region) : energy; /* empty: as the file says */
    if (is_as_file (region, region->scale.photon_energy))
      g_clear_pointer (&region->scale_note, g_free);
    else if (region->scale_note == NULL)
      region->scale_note = g_strdup (_ ("set by hand"));
  }
  edit (self, regions);
  return TRUE;
}

static gboolean
take_reason (const char *text, gpointer data, GError **error)
{
  XpsPageNotes *self = data;
  g_autoptr (GPtrArray) regions = copy_selected (self);
  for (guint i = 0; i < regions->len; i++) {
    XpsRegion *region = g_ptr_array_index (regions, i);
    g_free (region->scale_note);
    region->scale_note =
        text[0] != '\0' && !is_as_file (region, region->scale.photon_energy) ? g_strdup (text) : NULL;
  }
  edit (self, regions);
  return TRUE;
}

static void
show_energy (XpsPageNotes *self, const XpsRegion *region)
{
  const double file = file_energy (region);
  const gboolean as_file = is_as_file (region, region->scale.photon_energy);
  const guint n = xps_session_get_selected_regions (xps_page_get_session (XPS_PAGE (self)))->len;
  g_autofree char *for_all =
      n > 1 ? g_strdup_printf (ngettext ("Of the %u selected region", "Of the %u selected regions", n), n)
            : NULL;
  adw_preferences_group_set_description (self->scale, for_all);
  g_autofree char *energy = xps_page_dup_entry_number (region->scale.photon_energy);
  xps_page_entry_set_text (self->energy, energy);
  xps_page_entry_set_text (self->reason, region->scale_note != NULL ? region->scale_note : "");
  gtk_widget_set_visible (gtk_widget_get_ancestor (GTK_WIDGET (self->reason), ADW_TYPE_PREFERENCES_ROW),
                          !as_file);
  if (as_file) {
    xps_page_row_set_subtitle (self->energy_row,
                               isnan (file) ? _ ("The file does not say") : _ ("As the file says"));
    return;
  }
  g_autofree char *number = xps_page_dup_entry_number (file);
  g_autofree char *words =
      isnan (file) ? g_strdup (_ ("The file does not say; this stands beside the data"))
                   : g_strdup_printf (_ ("The file says %s eV; the data stay as they are"), number);
  xps_page_row_set_subtitle (self->energy_row, words);
}

/* ---- the page ---- */

static void
list_record (XpsPageNotes *self, const XpsRegion *region)
{
  const XpsSpectrum *spectrum = region != NULL ? region->spectrum : NULL;
  if (spectrum == self->listed)
    return;
  g_clear_pointer (&self->listed, xps_spectrum_unref);
  self->listed = spectrum != NULL ? xps_spectrum_ref (spectrum) : NULL;
  xps_page_group_clear (self->source);
  xps_page_group_clear (self->acquisition);
  xps_page_group_clear (self->keys);
  if (region == NULL)
    return;
  xps_measurement_add_source (self->source, region);
  xps_measurement_add_acquisition (self->acquisition, region);
  xps_measurement_add_keys (self->keys, region);
}

static void
xps_page_notes_refresh (XpsPage *page)
{
  XpsPageNotes *self = XPS_PAGE_NOTES (page);
  XpsSession *session = xps_page_get_session (page);
  const XpsRegion *region = xps_session_get_region (session);
  if ((region != NULL ? region->id : 0) != self->region)
    xps_page_notes_commit (self);
  region = xps_session_get_region (session);
  show_texts (self, session, region);
  if (region != NULL)
    show_energy (self, region);
  list_record (self, region);
  gtk_widget_set_sensitive (GTK_WIDGET (self), region != NULL);
}

/* Whoever comes while it is missing comes for it. */
static void
xps_page_notes_map (GtkWidget *widget)
{
  XpsPageNotes *self = XPS_PAGE_NOTES (widget);
  const XpsRegion *region = xps_session_get_region (xps_page_get_session (XPS_PAGE (self)));
  GTK_WIDGET_CLASS (xps_page_notes_parent_class)->map (widget);
  if (region != NULL && xps_region_lacks_photon_energy (region))
    gtk_widget_grab_focus (GTK_WIDGET (self->energy));
}

static void
xps_page_notes_unmap (GtkWidget *widget)
{
  xps_page_notes_commit (XPS_PAGE_NOTES (widget));
  GTK_WIDGET_CLASS (xps_page_notes_parent_class)->unmap (widget);
}

static void
xps_page_notes_finalize (GObject *object)
{
  XpsPageNotes *self = XPS_PAGE_NOTES (object);
  g_clear_pointer (&self->listed, xps_spectrum_unref);
  g_free (self->region_shown);
  g_free (self->sample_shown);
  G_OBJECT_CLASS (xps_page_notes_parent_class)->finalize (object);
}

static void
xps_page_notes_class_init (XpsPageNotesClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xps_page_notes_finalize;
  GTK_WIDGET_CLASS (class)->map = xps_page_notes_map;
  GTK_WIDGET_CLASS (class)->unmap = xps_page_notes_unmap;
  XPS_PAGE_CLASS (class)->refresh = xps_page_notes_refresh;
}

static GtkTextBuffer *
add_text (XpsPageNotes *self, const char *title)
{
  AdwPreferencesGroup *group = xps_page_add_group (XPS_PAGE (self), title);
  GtkWidget *view = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE); /* Tab goes on, as in the entries */
  gtk_widget_add_css_class (view, "notes");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_leave), self, 0);
  gtk_widget_add_controller (view, focus);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 84);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_add_css_class (scrolled, "card");
  adw_preferences_group_add (group, scrolled);
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
}

static void
xps_page_notes_init (XpsPageNotes *self)
{
  XpsPage *page = XPS_PAGE (self);
  self->region_shown = g_strdup ("");
  self->sample_shown = g_strdup ("");
  self->region_text = add_text (self, _ ("Notes on the Region"));
  self->sample_text = add_text (self, _ ("Notes on the Sample"));
  self->scale = xps_page_add_group (page, _ ("Photon Energy"));
  self->energy_row = xps_page_entry_row_new (_ ("Photon energy"), "eV", take_energy, self, &self->energy);
  adw_preferences_group_add (self->scale, self->energy_row);
  adw_preferences_group_add (self->scale,
                             xps_page_entry_row_new (_ ("Reason"), NULL, take_reason, self, &self->reason));
  self->acquisition = xps_page_add_group (page, _ ("Measurement"));
  self->source = xps_page_add_group (page, _ ("Source"));
  self->keys = xps_page_add_group (page, _ ("Further Keys of the File"));
}

XpsPage *
xps_page_notes_new (void)
{
  return g_object_new (XPS_TYPE_PAGE_NOTES, NULL);
}
