/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/phase-head.h"

#include <glib/gi18n.h>

#include "app/reference-shell.h"

#define N_MEMBERS 4

struct _XpsPhaseHead {
  AdwBin parent_instance;
  XpsPhaseBook *book;
  char *phase; /* name of the own one, NULL: nothing to edit */
  XpsPageEntry *entries[N_MEMBERS];
  GtkWidget *labels[N_MEMBERS];
  GtkLabel *kind, *remark;
  GtkWidget *copy, *warning;
};

G_DEFINE_FINAL_TYPE (XpsPhaseHead, xps_phase_head, ADW_TYPE_BIN)

static guint renaming_signal;

XpsPageEntry *
xps_phase_head_get_entry (XpsPhaseHead *self, XpsPhaseMember member)
{
  return self->entries[member];
}

void
xps_phase_head_set_phase (XpsPhaseHead *self, const XpsReferencePhase *phase, gboolean replaced,
                          const char *remark)
{
  const gboolean own = phase != NULL && phase->own;
  const char *const texts[N_MEMBERS] = {
      phase != NULL ? phase->name : NULL, phase != NULL ? phase->full_name : NULL,
      phase != NULL ? phase->formula : NULL, phase != NULL ? phase->note : NULL};
  g_free (self->phase);
  self->phase = own ? g_strdup (phase->name) : NULL;
  for (guint i = 0; i < N_MEMBERS; i++) {
    xps_page_entry_set_text (self->entries[i], texts[i] != NULL ? texts[i] : "");
    gtk_editable_set_editable (xps_page_entry_get_editable (self->entries[i]), own);
  }
  gtk_label_set_label (self->kind,
                       own ? _ ("A phase of your own: marked wherever it is offered, kept with every edit.")
                       : replaced ? _ ("Came with the program. A phase of your own stands in its place.")
                                  : _ ("Came with the program and is only read."));
  gtk_button_set_label (GTK_BUTTON (self->copy), own ? _ ("_Duplicate") : _ ("_Duplicate to Edit"));
  gtk_label_set_label (self->remark, remark != NULL ? remark : "");
  gtk_widget_set_visible (self->warning, remark != NULL);
}

/* ---- edits ---- */

static gboolean
take (XpsPhaseHead *self, XpsPhaseMember member, const char *text, GError **error)
{
  if (self->phase == NULL)
    return FALSE;
  g_autofree char *phase = g_strdup (self->phase);
  if (member == XPS_PHASE_NAME)
    g_signal_emit (self, renaming_signal, 0, text);
  const gboolean done = xps_phase_book_set (self->book, phase, -1, member, text, error);
  if (!done && member == XPS_PHASE_NAME)
    g_signal_emit (self, renaming_signal, 0, phase);
  return done;
}

static gboolean
take_name (const char *text, gpointer data, GError **error)
{
  return take (data, XPS_PHASE_NAME, text, error);
}

static gboolean
take_full_name (const char *text, gpointer data, GError **error)
{
  return take (data, XPS_PHASE_FULL_NAME, text, error);
}

static gboolean
take_formula (const char *text, gpointer data, GError **error)
{
  return take (data, XPS_PHASE_FORMULA, text, error);
}

static gboolean
take_note (const char *text, gpointer data, GError **error)
{
  return take (data, XPS_PHASE_NOTE, text, error);
}

/* ---- the widget ---- */

static void
xps_phase_head_finalize (GObject *object)
{
  XpsPhaseHead *self = XPS_PHASE_HEAD (object);
  g_free (self->phase);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (xps_phase_head_parent_class)->finalize (object);
}

static void
xps_phase_head_class_init (XpsPhaseHeadClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xps_phase_head_finalize;
  renaming_signal = g_signal_new ("renaming", XPS_TYPE_PHASE_HEAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
add_entry (XpsPhaseHead *self, GtkGrid *grid, XpsPhaseMember member, const char *name, XpsPageCommit commit)
{
  XpsPageEntry *entry = xps_page_entry_new (FALSE);
  GtkWidget *label = gtk_label_new (name);
  const int row = (int)member / 2, column = 2 * ((int)member % 2);
  xps_page_entry_set_commit (entry, commit, self);
  xps_page_entry_set_name (entry, name);
  g_object_set (xps_page_entry_get_editable (entry), "width-chars", 10, NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (entry), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 1.0f);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_grid_attach (grid, label, column, row, 1, 1);
  gtk_grid_attach (grid, GTK_WIDGET (entry), column + 1, row, 1, 1);
  self->entries[member] = entry;
  self->labels[member] = label;
}

static GtkWidget *
kind_new (XpsPhaseHead *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->kind = GTK_LABEL (xps_shell_text_new ("", "caption"));
  self->copy = gtk_button_new_with_mnemonic (_ ("_Duplicate to Edit"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->copy), "phases.duplicate");
  gtk_widget_set_valign (self->copy, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (GTK_WIDGET (self->kind), TRUE);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->kind));
  gtk_box_append (GTK_BOX (line), self->copy);
  return line;
}

static GtkWidget *
warning_new (XpsPhaseHead *self)
{
  self->warning = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  self->remark = GTK_LABEL (xps_shell_text_new ("", "caption"));
  gtk_widget_add_css_class (icon, "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("To be checked"),
                                  -1);
  gtk_box_append (GTK_BOX (self->warning), icon);
  gtk_box_append (GTK_BOX (self->warning), GTK_WIDGET (self->remark));
  return self->warning;
}

static void
xps_phase_head_init (XpsPhaseHead *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  add_entry (self, GTK_GRID (grid), XPS_PHASE_NAME, _ ("Name"), take_name);
  add_entry (self, GTK_GRID (grid), XPS_PHASE_FULL_NAME, _ ("Full name"), take_full_name);
  add_entry (self, GTK_GRID (grid), XPS_PHASE_FORMULA, _ ("Formula"), take_formula);
  add_entry (self, GTK_GRID (grid), XPS_PHASE_NOTE, _ ("Note"), take_note);
  gtk_box_append (GTK_BOX (box), kind_new (self));
  gtk_box_append (GTK_BOX (box), grid);
  gtk_box_append (GTK_BOX (box), warning_new (self));
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  adw_bin_set_child (ADW_BIN (self), box);
}

XpsPhaseHead *
xps_phase_head_new (XpsPhaseBook *book)
{
  XpsPhaseHead *self = g_object_new (XPS_TYPE_PHASE_HEAD, NULL);
  self->book = g_object_ref (book);
  return self;
}
