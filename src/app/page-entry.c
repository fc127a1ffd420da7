/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-entry.h"

#include <string.h>

struct _XpsPageEntry {
  AdwBin parent_instance;
  gboolean compact, taking;
  gboolean told; /* a command waited for it because of this error */
  GtkWidget *entry;
  GtkWidget *popover;
  char *shown; /* what stands there when nobody types */
  char *message;
  XpsPageCommit commit;
  gpointer data;
};

G_DEFINE_FINAL_TYPE (XpsPageEntry, xps_page_entry, ADW_TYPE_BIN)

static guint done_signal, tab_signal;

static gboolean
is_changed (XpsPageEntry *self)
{
  return strcmp (xps_page_entry_get_text (self), self->shown) != 0;
}

/* ---- the sentence below ---- */

static void
hide_error (XpsPageEntry *self)
{
  if (self->message == NULL)
    return;
  g_clear_pointer (&self->message, g_free);
  self->told = FALSE;
  gtk_widget_remove_css_class (self->entry, "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID);
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
make_popover (XpsPageEntry *self)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), label);
  /* The entry keeps the focus, or the error would end the typing it speaks of. */
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_can_focus (self->popover, FALSE);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
}

static void
show_error (XpsPageEntry *self, const char *message)
{
  hide_error (self);
  self->message = g_strdup (message);
  gtk_widget_add_css_class (self->entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message,
                                  -1);
  if (self->popover == NULL)
    make_popover (self);
  gtk_label_set_label (GTK_LABEL (gtk_popover_get_child (GTK_POPOVER (self->popover))), message);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_popover_popup (GTK_POPOVER (self->popover));
}

/* ---- taking ---- */

static void
put_back (XpsPageEntry *self)
{
  hide_error (self);
  if (is_changed (self))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), self->shown);
}

gboolean
xps_page_entry_take (XpsPageEntry *self)
{
  g_autoptr (GError) error = NULL;
  if (self->taking)
    return TRUE;
  if (!is_changed (self) || self->commit == NULL) {
    hide_error (self);
    g_signal_emit (self, done_signal, 0, FALSE);
    return TRUE;
  }
  g_object_ref (self); /* what is done with the text may rebuild the page around it */
  g_autofree char *text = g_strstrip (g_strdup (xps_page_entry_get_text (self)));
  g_autofree char *before = g_strdup (self->shown);
  self->taking = TRUE;
  const gboolean taken = self->commit (text, self->data, &error);
  self->taking = FALSE;
  if (!taken) {
    show_error (self, error != NULL ? error->message : "");
  } else {
    /* Where the model answered with a text of its own it is in `shown` by now; an edit that came to nothing
     * leaves what was there. */
    put_back (self);
    g_signal_emit (self, done_signal, 0, TRUE);
  }
  g_object_unref (self);
  return taken;
}

void
xps_page_entry_revert (XpsPageEntry *self)
{
  put_back (self);
  g_signal_emit (self, done_signal, 0, FALSE);
}

static void
collect (GtkWidget *widget, GPtrArray *entries)
{
  if (XPS_IS_PAGE_ENTRY (widget)) {
    if (is_changed (XPS_PAGE_ENTRY (widget)))
      g_ptr_array_add (entries, g_object_ref (widget));
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, entries);
}

gboolean
xps_page_entry_take_all (GtkWidget *top)
{
  gboolean good = TRUE;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  collect (top, entries);
  for (guint i = 0; i < entries->len; i++) {
    XpsPageEntry *self = g_ptr_array_index (entries, i);
    /* One that was taken may have rebuilt the rows of the next. */
    if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL || self->told || xps_page_entry_take (self))
      continue;
    self->told = TRUE;
    gtk_widget_grab_focus (GTK_WIDGET (self));
    good = FALSE;
  }
  return good;
}

static void
on_activate (GtkWidget *entry, XpsPageEntry *self)
{
  xps_page_entry_take (self);
}

static void
on_changed (GtkEditable *entry, XpsPageEntry *self)
{
  hide_error (self);
}

static void
on_leave (GtkEventControllerFocus *focus, XpsPageEntry *self)
{
  if (self->message == NULL && !gtk_widget_in_destruction (GTK_WIDGET (self)))
    xps_page_entry_take (self);
}

static gboolean
on_key (GtkEventControllerKey *key, guint keyval, guint code, GdkModifierType state, XpsPageEntry *self)
{
  const gboolean backward = keyval == GDK_KEY_ISO_Left_Tab || (state & GDK_SHIFT_MASK) != 0;
  if (keyval == GDK_KEY_Escape) {
    const gboolean changed = is_changed (self) || self->message != NULL;
    if (!changed && !self->compact)
      return FALSE; /* somebody else's Escape */
    xps_page_entry_revert (self);
    return TRUE;
  }
  if (!self->compact || (keyval != GDK_KEY_Tab && keyval != GDK_KEY_ISO_Left_Tab))
    return FALSE;
  g_object_ref (self);
  if (xps_page_entry_take (self))
    g_signal_emit (self, tab_signal, 0, backward ? -1 : 1);
  g_object_unref (self);
  return TRUE;
}

/* ---- the widget ---- */

void
xps_page_entry_set_commit (XpsPageEntry *self, XpsPageCommit commit, gpointer data)
{
  self->commit = commit;
  self->data = data;
}

void
xps_page_entry_set_text (XpsPageEntry *self, const char *text)
{
  const gboolean typing = is_changed (self) && !self->taking;
  if (strcmp (self->shown, text) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (text);
  if (!typing)
    put_back (self);
}

void
xps_page_entry_type (XpsPageEntry *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

const char *
xps_page_entry_get_text (XpsPageEntry *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

GtkEditable *
xps_page_entry_get_editable (XpsPageEntry *self)
{
  return GTK_EDITABLE (self->entry);
}

void
xps_page_entry_set_name (XpsPageEntry *self, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

const char *
xps_page_entry_get_error (XpsPageEntry *self)
{
  return self->message;
}

static gboolean
xps_page_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (XPS_PAGE_ENTRY (widget)->entry);
}

static void
xps_page_entry_dispose (GObject *object)
{
  XpsPageEntry *self = XPS_PAGE_ENTRY (object);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  G_OBJECT_CLASS (xps_page_entry_parent_class)->dispose (object);
}

static void
xps_page_entry_finalize (GObject *object)
{
  XpsPageEntry *self = XPS_PAGE_ENTRY (object);
  g_free (self->shown);
  g_free (self->message);
  G_OBJECT_CLASS (xps_page_entry_parent_class)->finalize (object);
}

static void
xps_page_entry_class_init (XpsPageEntryClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_page_entry_dispose;
  G_OBJECT_CLASS (class)->finalize = xps_page_entry_finalize;
  GTK_WIDGET_CLASS (class)->grab_focus = xps_page_entry_grab_focus;
  done_signal = g_signal_new ("done", XPS_TYPE_PAGE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  tab_signal = g_signal_new ("tab", XPS_TYPE_PAGE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                             1, G_TYPE_INT);
}

static void
xps_page_entry_init (XpsPageEntry *self)
{
  self->shown = g_strdup ("");
}

XpsPageEntry *
xps_page_entry_new (gboolean compact)
{
  XpsPageEntry *self = g_object_new (XPS_TYPE_PAGE_ENTRY, NULL);
  self->compact = compact;
  self->entry = gtk_entry_new (); /* a bare GtkText would be nothing to a screen reader on newer GTK */
  if (compact)
    g_object_set (self->entry, "width-chars", 1, "max-width-chars", 1, NULL); /* the cell has the width */
  gtk_widget_set_hexpand (self->entry, TRUE);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_activate), self, 0);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_changed), self, 0);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_leave), self, 0);
  gtk_widget_add_controller (self->entry, focus);
  GtkEventController *key = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_object (key, "key-pressed", G_CALLBACK (on_key), self, 0);
  gtk_widget_add_controller (self->entry, key);
  adw_bin_set_child (ADW_BIN (self), self->entry);
  return self;
}
