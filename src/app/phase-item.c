/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/phase-item.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/page-number.h"

/* ---- a phase ---- */

struct _XpsPhaseItem {
  GObject parent_instance;
  XpsReferencePhase *phase;
  gboolean replaced;
};

G_DEFINE_FINAL_TYPE (XpsPhaseItem, xps_phase_item, G_TYPE_OBJECT)

XpsPhaseItem *
xps_phase_item_new (XpsPhaseBook *book, const XpsReferencePhase *phase)
{
  XpsPhaseItem *self = g_object_new (XPS_TYPE_PHASE_ITEM, NULL);
  self->phase = xps_reference_phase_copy (phase);
  self->replaced = xps_phase_book_is_replaced (book, phase);
  return self;
}

const char *
xps_phase_item_get_name (XpsPhaseItem *self)
{
  return self->phase->name;
}

const char *
xps_phase_item_get_formula (XpsPhaseItem *self)
{
  return self->phase->formula != NULL ? self->phase->formula : "";
}

gboolean
xps_phase_item_is_own (XpsPhaseItem *self)
{
  return self->phase->own;
}

gboolean
xps_phase_item_is_replaced (XpsPhaseItem *self)
{
  return self->replaced;
}

const char *
xps_phase_item_get_mark (XpsPhaseItem *self)
{
  if (self->phase->own)
    return _ ("your own");
  return self->replaced ? _ ("replaced") : "";
}

char *
xps_phase_item_dup_description (XpsPhaseItem *self)
{
  const char *kind = self->phase->own ? _ ("A phase of your own.")
                     : self->replaced ? _ ("Came with the program; a phase of your own stands in its place.")
                                      : _ ("Came with the program. Duplicate it to edit.");
  return self->phase->full_name != NULL ? g_strdup_printf ("%s\n%s", self->phase->full_name, kind)
                                        : g_strdup (kind);
}

static void
xps_phase_item_finalize (GObject *object)
{
  xps_reference_phase_free (XPS_PHASE_ITEM (object)->phase);
  G_OBJECT_CLASS (xps_phase_item_parent_class)->finalize (object);
}

static void
xps_phase_item_class_init (XpsPhaseItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xps_phase_item_finalize;
}

static void
xps_phase_item_init (XpsPhaseItem *self)
{
}

/* ---- columns ---- */

const char *
xps_phase_column_get_title (XpsPhaseColumn column)
{
  static const char *const titles[XPS_N_PHASE_COLUMNS] = {
      [XPS_PHASE_COLUMN_LEVEL] = N_ ("Level"),    [XPS_PHASE_COLUMN_ATOMS] = N_ ("Atoms"),
      [XPS_PHASE_COLUMN_LABEL] = N_ ("Shown As"), [XPS_PHASE_COLUMN_SPECIES] = N_ ("Energies Of"),
      [XPS_PHASE_COLUMN_ENERGY] = N_ ("E (eV)"),  [XPS_PHASE_COLUMN_RANGE] = N_ ("Range"),
      [XPS_PHASE_COLUMN_SIGNS] = N_ ("To Know"),  [XPS_PHASE_COLUMN_SOURCE] = N_ ("Source"),
  };
  return _ (titles[column]);
}

gboolean
xps_phase_column_is_number (XpsPhaseColumn column)
{
  return column == XPS_PHASE_COLUMN_ATOMS || column == XPS_PHASE_COLUMN_ENERGY;
}

gboolean
xps_phase_column_get_member (XpsPhaseColumn column, XpsPhaseMember *member)
{
  switch (column) {
  case XPS_PHASE_COLUMN_LEVEL:
    *member = XPS_PHASE_LEVEL;
    return TRUE;
  case XPS_PHASE_COLUMN_ATOMS:
    *member = XPS_PHASE_ATOMS;
    return TRUE;
  case XPS_PHASE_COLUMN_LABEL:
    *member = XPS_PHASE_LABEL;
    return TRUE;
  case XPS_PHASE_COLUMN_SPECIES:
    *member = XPS_PHASE_SPECIES;
    return TRUE;
  default:
    return FALSE;
  }
}

/* ---- a line ---- */

struct _XpsPhaseLineItem {
  GObject parent_instance;
  guint index;
  gboolean own;
  XpsReferenceItem *values;
  char *texts[XPS_N_PHASE_COLUMNS];
  char *remarks[XPS_N_PHASE_COLUMNS];
};

G_DEFINE_FINAL_TYPE (XpsPhaseLineItem, xps_phase_line_item, G_TYPE_OBJECT)

static guint changed_signal;

XpsPhaseLineItem *
xps_phase_line_item_new (void)
{
  return g_object_new (XPS_TYPE_PHASE_LINE_ITEM, NULL);
}

static void
clear (XpsPhaseLineItem *self)
{
  g_clear_object (&self->values);
  for (int i = 0; i < XPS_N_PHASE_COLUMNS; i++) {
    g_clear_pointer (&self->texts[i], g_free);
    g_clear_pointer (&self->remarks[i], g_free);
  }
}

/* Who says so, each once. */
static char *
dup_sources (XpsReferenceItem *values)
{
  g_autoptr (GListModel) records = values != NULL ? xps_reference_item_new_children (values) : NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; records != NULL && i < g_list_model_get_n_items (records); i++) {
    g_autoptr (XpsReferenceItem) record = g_list_model_get_item (records, i);
    char *citation = xps_reference_item_dup_text (record, XPS_REFERENCE_COLUMN_NAME);
    if (g_hash_table_contains (seen, citation)) {
      g_free (citation);
      continue;
    }
    g_hash_table_add (seen, citation);
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", citation);
  }
  return g_strdup (text->str);
}

static void
read_values (XpsPhaseLineItem *self)
{
  static const struct {
    XpsPhaseColumn column;
    XpsReferenceColumn from;
  } copied[] = {{XPS_PHASE_COLUMN_ENERGY, XPS_REFERENCE_COLUMN_ENERGY},
                {XPS_PHASE_COLUMN_RANGE, XPS_REFERENCE_COLUMN_RANGE}};
  for (gsize i = 0; i < G_N_ELEMENTS (copied); i++)
    self->texts[copied[i].column] =
        self->values != NULL ? xps_reference_item_dup_text (self->values, copied[i].from) : g_strdup ("");
  self->texts[XPS_PHASE_COLUMN_SIGNS] =
      self->values != NULL ? xps_reference_item_dup_signs (self->values) : g_strdup (_ ("no value"));
  self->texts[XPS_PHASE_COLUMN_SOURCE] = dup_sources (self->values);
}

static void
take_remark (XpsPhaseLineItem *self, const XpsPhaseRemark *remark)
{
  for (int i = 0; i < XPS_N_PHASE_COLUMNS; i++) {
    XpsPhaseMember member;
    if (xps_phase_column_get_member ((XpsPhaseColumn)i, &member) && member == remark->member) {
      g_free (self->remarks[i]);
      self->remarks[i] = g_strdup (remark->sentence);
    }
  }
}

void
xps_phase_line_item_update (XpsPhaseLineItem *self, XpsPhaseBook *book, const XpsReferencePhase *phase,
                            guint line, const GPtrArray *remarks)
{
  const XpsPhaseLine *it = g_ptr_array_index (phase->lines, line);
  clear (self);
  self->index = line;
  self->own = phase->own;
  self->values = xps_phase_book_dup_values (book, it->species, it->level);
  self->texts[XPS_PHASE_COLUMN_LEVEL] = g_strdup (it->level);
  self->texts[XPS_PHASE_COLUMN_ATOMS] = xps_page_dup_entry_number (it->atoms);
  self->texts[XPS_PHASE_COLUMN_LABEL] = g_strdup (it->label != NULL ? it->label : "");
  self->texts[XPS_PHASE_COLUMN_SPECIES] = g_strdup (it->species);
  read_values (self);
  for (guint i = 0; i < remarks->len; i++) {
    const XpsPhaseRemark *remark = g_ptr_array_index (remarks, i);
    if (remark->line == (int)line)
      take_remark (self, remark);
  }
  g_signal_emit (self, changed_signal, 0);
}

guint
xps_phase_line_item_get_index (XpsPhaseLineItem *self)
{
  return self->index;
}

gboolean
xps_phase_line_item_is_own (XpsPhaseLineItem *self)
{
  return self->own;
}

const char *
xps_phase_line_item_get_level (XpsPhaseLineItem *self)
{
  return self->texts[XPS_PHASE_COLUMN_LEVEL];
}

const char *
xps_phase_line_item_get_species (XpsPhaseLineItem *self)
{
  return self->texts[XPS_PHASE_COLUMN_SPECIES];
}

XpsReferenceItem *
xps_phase_line_item_get_values (XpsPhaseLineItem *self)
{
  return self->values;
}

const char *
xps_phase_line_item_get_text (XpsPhaseLineItem *self, XpsPhaseColumn column)
{
  return self->texts[column] != NULL ? self->texts[column] : "";
}

const char *
xps_phase_line_item_get_remark (XpsPhaseLineItem *self, XpsPhaseColumn column)
{
  return self->remarks[column];
}

char *
xps_phase_line_item_dup_tip (XpsPhaseLineItem *self, XpsPhaseColumn column)
{
  if (self->remarks[column] != NULL)
    return g_strdup (self->remarks[column]);
  switch (column) {
  case XPS_PHASE_COLUMN_LEVEL:
    return g_strdup (_ ("Element and core level, such as S 2p3/2"));
  case XPS_PHASE_COLUMN_ATOMS:
    return g_strdup (_ ("Atoms of the element in one formula unit that stand behind this line"));
  case XPS_PHASE_COLUMN_LABEL:
    return g_strdup (_ ("What the component is called by; empty: by its species"));
  case XPS_PHASE_COLUMN_SPECIES:
    return g_strdup (_ ("The species whose binding energies the line starts from"));
  case XPS_PHASE_COLUMN_SIGNS:
    if (self->values != NULL)
      return xps_reference_item_dup_sign_words (self->values);
    G_GNUC_FALLTHROUGH;
  default:
    return self->values != NULL
               ? xps_reference_item_dup_description (self->values)
               : g_strdup_printf (_ ("No binding energy of %s in %s is known. Enter adds one of your own."),
                                  xps_phase_line_item_get_species (self),
                                  xps_phase_line_item_get_level (self));
  }
}

static void
xps_phase_line_item_finalize (GObject *object)
{
  clear (XPS_PHASE_LINE_ITEM (object));
  G_OBJECT_CLASS (xps_phase_line_item_parent_class)->finalize (object);
}

static void
xps_phase_line_item_class_init (XpsPhaseLineItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xps_phase_line_item_finalize;
  changed_signal = g_signal_new ("changed", XPS_TYPE_PHASE_LINE_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
xps_phase_line_item_init (XpsPhaseLineItem *self)
{
}
