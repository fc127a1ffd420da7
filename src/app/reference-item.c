/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/reference-item.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/page-number.h"

struct _XpsReferenceItem {
  GObject parent_instance;
  XpsCatalogue *catalogue;
  const XpsCatalogueEntry *entry;
  const XpsReferenceLine *line; /* or NULL */
};

G_DEFINE_FINAL_TYPE (XpsReferenceItem, xps_reference_item, G_TYPE_OBJECT)

XpsReferenceItem *
xps_reference_item_new (XpsCatalogue *catalogue, const XpsCatalogueEntry *entry, const XpsReferenceLine *line)
{
  XpsReferenceItem *self = g_object_new (XPS_TYPE_REFERENCE_ITEM, NULL);
  self->catalogue = xps_catalogue_ref (catalogue);
  self->entry = entry;
  self->line = line;
  return self;
}

const XpsCatalogueEntry *
xps_reference_item_get_entry (XpsReferenceItem *self)
{
  return self->entry;
}

const XpsReferenceLine *
xps_reference_item_get_line (XpsReferenceItem *self)
{
  return self->line;
}

GListModel *
xps_reference_item_new_children (XpsReferenceItem *self)
{
  if (self->line != NULL)
    return NULL;
  GListStore *children = g_list_store_new (XPS_TYPE_REFERENCE_ITEM);
  for (guint i = 0; i < self->entry->lines->len; i++) {
    g_autoptr (XpsReferenceItem) child =
        xps_reference_item_new (self->catalogue, self->entry, g_ptr_array_index (self->entry->lines, i));
    g_list_store_append (children, child);
  }
  return G_LIST_MODEL (children);
}

/* ---- words ---- */

const char *
xps_reference_verified_title (XpsVerified verified)
{
  switch (verified) {
  case XPS_VERIFIED_NIST:
    return _ ("NIST collection");
  case XPS_VERIFIED_SEEN:
    return _ ("read in the source");
  case XPS_VERIFIED_SECONDARY:
    return _ ("second hand");
  case XPS_VERIFIED_RECALLED:
    return _ ("from memory");
  case XPS_VERIFIED_USER:
  default:
    return _ ("your own");
  }
}

static char *
dup_firm_words (const XpsReferenceSpread *spread)
{
  if (spread->n_firm == spread->n)
    return g_strdup_printf (
        ngettext ("%u value, verified at first hand", "%u values, all verified at first hand", spread->n),
        spread->n);
  if (spread->n_firm == 0)
    return g_strdup_printf (ngettext ("%u value, not verified at first hand",
                                      "%u values, none verified at first hand", spread->n),
                            spread->n);
  return g_strdup_printf (ngettext ("%u value, %u of them verified at first hand",
                                    "%u values, %u of them verified at first hand", spread->n),
                          spread->n, spread->n_firm);
}

char *
xps_reference_dup_values_words (const XpsReferenceSpread *spread)
{
  g_autofree char *words = dup_firm_words (spread);
  if (spread->n_own == 0)
    return g_steal_pointer (&words);
  /* Translators: behind "7 values, 5 of them verified at first hand". */
  g_autofree char *own =
      g_strdup_printf (ngettext ("%u of them your own", "%u of them your own", spread->n_own), spread->n_own);
  /* Translators: "7 values, 5 of them verified at first hand; 2 of them your own". */
  return g_strdup_printf (_ ("%s; %s"), words, own);
}

static char *
dup_range (const XpsReferenceSpread *spread)
{
  if (!(spread->high > spread->low))
    return g_strdup ("");
  return xps_page_dup_range (spread->low, spread->high, 2);
}

static char *
dup_entry_text (const XpsCatalogueEntry *entry, XpsReferenceColumn column)
{
  const XpsReferenceSpread *spread = entry->spread;
  switch (column) {
  case XPS_REFERENCE_COLUMN_NAME:
    return g_strdup (spread->species);
  case XPS_REFERENCE_COLUMN_LEVEL:
    return g_strdup (spread->level);
  case XPS_REFERENCE_COLUMN_ENERGY:
    return xps_page_dup_number (spread->median, 2);
  case XPS_REFERENCE_COLUMN_RANGE:
    return dup_range (spread);
  case XPS_REFERENCE_COLUMN_VALUES:
    /* Translators: how many values, and how many of them are verified at first hand. */
    return g_strdup_printf (_ ("%u (%u verified)"), spread->n, spread->n_firm);
  case XPS_N_REFERENCE_COLUMNS:
  default:
    return g_strdup ("");
  }
}

static char *
dup_line_text (XpsReferenceItem *self, XpsReferenceColumn column)
{
  const XpsReferenceLine *line = self->line;
  switch (column) {
  case XPS_REFERENCE_COLUMN_NAME:
    return g_strdup (xps_catalogue_get_citation (self->catalogue, line->source));
  case XPS_REFERENCE_COLUMN_LEVEL:
    return g_strdup (line->level);
  case XPS_REFERENCE_COLUMN_ENERGY:
    return isfinite (line->uncertainty)
               ? xps_page_dup_quantity ((XpsQuantity){line->energy, line->uncertainty}, 2)
               : xps_page_dup_number (line->energy, 2);
  case XPS_REFERENCE_COLUMN_RANGE:
    return g_strdup (line->charge_reference != NULL ? line->charge_reference : _ ("scale not recorded"));
  case XPS_REFERENCE_COLUMN_VALUES:
    return g_strdup (xps_reference_verified_title (line->verified));
  case XPS_N_REFERENCE_COLUMNS:
  default:
    return g_strdup ("");
  }
}

char *
xps_reference_item_dup_text (XpsReferenceItem *self, XpsReferenceColumn column)
{
  return self->line != NULL ? dup_line_text (self, column) : dup_entry_text (self->entry, column);
}

/* ---- signs ---- */

typedef struct {
  gboolean disputed, unsure, second_hand, own, analogue;
} Signs;

static Signs
find_signs (XpsReferenceItem *self)
{
  if (self->line == NULL)
    return (Signs){.disputed = self->entry->spread->disputed,
                   .unsure = self->entry->recalled,
                   .second_hand = self->entry->secondary,
                   .own = self->entry->own,
                   .analogue = self->entry->spread->analogue};
  return (Signs){.unsure = self->line->verified == XPS_VERIFIED_RECALLED,
                 .second_hand = self->line->verified == XPS_VERIFIED_SECONDARY,
                 .own = self->line->verified == XPS_VERIFIED_USER,
                 .analogue = self->line->analogue};
}

static void
add_word (GPtrArray *words, gboolean there, const char *word)
{
  if (there)
    g_ptr_array_add (words, (gpointer)word);
}

char *
xps_reference_item_dup_signs (XpsReferenceItem *self)
{
  const Signs signs = find_signs (self);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  add_word (words, signs.disputed, _ ("disputed"));
  add_word (words, signs.own, _ ("your own"));
  if (self->line == NULL) { /* a record says it in the column before */
    add_word (words, signs.second_hand, _ ("2nd hand"));
    add_word (words, signs.unsure, _ ("memory"));
  }
  add_word (words, signs.analogue, _ ("analogue"));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **)words->pdata);
}

char *
xps_reference_item_dup_sign_words (XpsReferenceItem *self)
{
  const Signs signs = find_signs (self);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  add_word (words, signs.disputed, _ ("The literature disagrees, or binding energy cannot decide."));
  add_word (words, signs.own, _ ("Has an entry of your own."));
  add_word (words, signs.second_hand,
            _ ("Has a value at second hand: read where somebody quotes it, not where it was measured."));
  add_word (words, signs.unsure, _ ("Has a value from memory, not checked against any source."));
  add_word (words, signs.analogue, _ ("A compound that stands in for the lithium one."));
  g_ptr_array_add (words, NULL);
  return g_strjoinv ("\n", (char **)words->pdata);
}

char *
xps_reference_item_dup_description (XpsReferenceItem *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (int column = 0; column < XPS_N_REFERENCE_COLUMNS; column++) {
    g_autofree char *cell = xps_reference_item_dup_text (self, (XpsReferenceColumn)column);
    if (cell[0] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", cell);
  }
  g_autofree char *signs = xps_reference_item_dup_sign_words (self);
  if (signs[0] != '\0')
    g_string_append_printf (text, "\n%s", signs);
  return g_strdup (text->str);
}

/* ---- the object ---- */

static void
xps_reference_item_finalize (GObject *object)
{
  XpsReferenceItem *self = XPS_REFERENCE_ITEM (object);
  g_clear_pointer (&self->catalogue, xps_catalogue_unref);
  G_OBJECT_CLASS (xps_reference_item_parent_class)->finalize (object);
}

static void
xps_reference_item_class_init (XpsReferenceItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xps_reference_item_finalize;
}

static void
xps_reference_item_init (XpsReferenceItem *self)
{
}
