/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/reference-detail.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/page-number.h"

struct _XpsReferenceDetail {
  AdwBin parent_instance;
  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (XpsReferenceDetail, xps_reference_detail, ADW_TYPE_BIN)

/* ---- sources ---- */

static void
append (GString *text, const char *before, const char *part)
{
  if (part != NULL && part[0] != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? before : "", part);
}

char *
xps_reference_dup_citation (const XpsReferenceSource *source)
{
  GString *text = g_string_new (NULL);
  append (text, "", source->authors);
  append (text, ": ", source->title);
  append (text, ". ", source->journal);
  append (text, " ", source->volume);
  if (source->year > 0)
    g_string_append_printf (text, " (%d)", source->year);
  append (text, " ", source->pages);
  if (text->len == 0)
    g_string_append (text, source->key);
  return g_string_free (text, FALSE);
}

static GtkWidget *
text_new (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static void
add_source (GtkBox *box, const XpsReferenceSource *source)
{
  g_autofree char *citation = xps_reference_dup_citation (source);
  gtk_box_append (box, text_new (citation, "caption"));
  if (source->doi == NULL || source->doi[0] == '\0')
    return;
  g_autofree char *uri = g_strconcat ("https://doi.org/", source->doi, NULL);
  GtkWidget *link = gtk_link_button_new_with_label (uri, source->doi);
  /* Translators: accessible name of a link to a paper. */
  g_autofree char *name = g_strdup_printf (_ ("Open the paper, DOI %s"), source->doi);
  gtk_accessible_update_property (GTK_ACCESSIBLE (link), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_halign (link, GTK_ALIGN_START);
  gtk_widget_add_css_class (link, "caption");
  gtk_box_append (box, link);
}

GtkWidget *
xps_reference_citation_new (XpsReference *reference, const char *key)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (GPtrArray) sources = key != NULL ? xps_reference_get_sources (reference, key, NULL) : NULL;
  for (guint i = 0; sources != NULL && i < sources->len; i++)
    add_source (GTK_BOX (box), g_ptr_array_index (sources, i));
  if (key != NULL && (sources == NULL || sources->len == 0))
    gtk_box_append (GTK_BOX (box), text_new (key, "caption"));
  return box;
}

/* ---- controversies ---- */

static GtkWidget *
warning_new (const char *sentence)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Disputed"), -1);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, "warning");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), text_new (sentence, NULL));
  return box;
}

static void
add_controversies (XpsReferenceDetail *self, XpsReference *reference, const XpsReferenceSpread *spread)
{
  g_autoptr (GPtrArray) found = xps_reference_list_controversies (reference, spread->species, spread->level);
  for (guint i = 0; found != NULL && i < found->len; i++) {
    const XpsReferenceControversy *controversy = g_ptr_array_index (found, i);
    gtk_box_append (GTK_BOX (self->box), warning_new (controversy->statement));
    gtk_box_append (GTK_BOX (self->box), xps_reference_citation_new (reference, controversy->source));
  }
}

/* ---- what is selected ---- */

static void
add_text (XpsReferenceDetail *self, const char *text, const char *class)
{
  if (text != NULL && text[0] != '\0')
    gtk_box_append (GTK_BOX (self->box), text_new (text, class));
}

static void
show_entry (XpsReferenceDetail *self, XpsReference *reference, XpsReferenceItem *item)
{
  const XpsCatalogueEntry *entry = xps_reference_item_get_entry (item);
  const XpsReferenceSpread *spread = entry->spread;
  const XpsReferenceLine *first = entry->lines->len > 0 ? g_ptr_array_index (entry->lines, 0) : NULL;
  g_autofree char *title = g_strdup_printf ("%s, %s", spread->species, spread->level);
  g_autofree char *values = xps_reference_dup_values_words (spread);
  g_autofree char *low = xps_page_dup_number (spread->low, 2);
  g_autofree char *high = xps_page_dup_number (spread->high, 2);
  g_autofree char *median = xps_page_dup_number (spread->median, 2);
  g_autofree char *range =
      spread->n > 1 ? g_strdup_printf (_ ("%s to %s eV, median %s eV; %s."), low, high, median, values)
                    : g_strdup_printf (_ ("%s eV; %s."), median, values);
  add_text (self, title, "heading");
  if (first != NULL && g_strcmp0 (first->species_name, spread->species) != 0)
    add_text (self, first->species_name, "dim-label");
  add_text (self, range, "numeric");
  g_autofree char *signs = xps_reference_item_dup_sign_words (item);
  if (!spread->disputed)
    add_text (self, signs, NULL);
  add_controversies (self, reference, spread);
}

static void
show_line (XpsReferenceDetail *self, XpsReference *reference, XpsReferenceItem *item)
{
  const XpsReferenceLine *line = xps_reference_item_get_line (item);
  g_autofree char *number = xps_reference_item_dup_text (item, XPS_REFERENCE_COLUMN_ENERGY);
  g_autofree char *title = g_strdup_printf (_ ("%s, %s: %s eV"), line->species, line->level, number);
  add_text (self, title, "heading");
  g_autofree char *scale =
      g_strdup_printf (_ ("Charge reference: %s."),
                       line->charge_reference != NULL ? line->charge_reference : _ ("not recorded"));
  g_autofree char *verified =
      g_strdup_printf (_ ("How it was verified: %s."), xps_verified_to_words (line->verified));
  add_text (self, scale, NULL);
  add_text (self, verified, NULL);
  if (isfinite (line->fwhm)) {
    g_autofree char *number_width = xps_page_dup_number (line->fwhm, 2);
    g_autofree char *width = g_strdup_printf (_ ("Full width at half maximum: %s eV."), number_width);
    add_text (self, width, NULL);
  }
  if (line->analogue)
    add_text (self, _ ("A compound that stands in for the lithium one."), NULL);
  if (line->replaced)
    add_text (self, _ ("An entry of your own corrects this value: it is shown, and counted nowhere."), NULL);
  add_text (self, line->note, NULL);
  gtk_box_append (GTK_BOX (self->box), xps_reference_citation_new (reference, line->source));
  add_controversies (self, reference, xps_reference_item_get_entry (item)->spread);
}

void
xps_reference_detail_show (XpsReferenceDetail *self, XpsReference *reference, XpsReferenceItem *item)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  if (item == NULL)
    add_text (self, _ ("Select a line to see where it comes from."), "dim-label");
  else if (xps_reference_item_get_line (item) != NULL)
    show_line (self, reference, item);
  else
    show_entry (self, reference, item);
}

void
xps_reference_detail_add_records (XpsReferenceDetail *self, XpsReference *reference, XpsReferenceItem *entry)
{
  g_autoptr (GListModel) records = xps_reference_item_new_children (entry);
  for (guint i = 0; records != NULL && i < g_list_model_get_n_items (records); i++) {
    g_autoptr (XpsReferenceItem) record = g_list_model_get_item (records, i);
    const XpsReferenceLine *line = xps_reference_item_get_line (record);
    g_autofree char *number = xps_reference_item_dup_text (record, XPS_REFERENCE_COLUMN_ENERGY);
    g_autofree char *scale = xps_reference_item_dup_text (record, XPS_REFERENCE_COLUMN_RANGE);
    /* Translators: a value, its energy scale, how it was verified: "161.50 eV (C 1s 284.8), second hand". */
    g_autofree char *text =
        g_strdup_printf (_ ("%s eV (%s), %s"), number, scale, xps_reference_verified_title (line->verified));
    add_text (self, text, "numeric");
    gtk_box_append (GTK_BOX (self->box), xps_reference_citation_new (reference, line->source));
  }
}

/* ---- the widget ---- */

static void
xps_reference_detail_class_init (XpsReferenceDetailClass *class)
{
}

static void
xps_reference_detail_init (XpsReferenceDetail *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_start (self->box, 12);
  gtk_widget_set_margin_end (self->box, 12);
  gtk_widget_set_margin_top (self->box, 12);
  gtk_widget_set_margin_bottom (self->box, 12);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->box);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}
