/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/reference-catalogue.h"

/* The room's own: a line of the reference browser: a species and level, or one record of it. */

#define XPS_TYPE_REFERENCE_ITEM (xps_reference_item_get_type ())
G_DECLARE_FINAL_TYPE (XpsReferenceItem, xps_reference_item, XPS, REFERENCE_ITEM, GObject)

/* `line` NULL: the entry as a whole. Keeps the catalogue. */
XpsReferenceItem *xps_reference_item_new (XpsCatalogue *catalogue, const XpsCatalogueEntry *entry,
                                          const XpsReferenceLine *line);
const XpsCatalogueEntry *xps_reference_item_get_entry (XpsReferenceItem *self);
const XpsReferenceLine *xps_reference_item_get_line (XpsReferenceItem *self); /* or NULL */
/* The records of an entry: XpsReferenceItem; NULL for a record. New. */
GListModel *xps_reference_item_new_children (XpsReferenceItem *self);

typedef enum {
  XPS_REFERENCE_COLUMN_NAME, /* species; of a record who says so */
  XPS_REFERENCE_COLUMN_LEVEL,
  XPS_REFERENCE_COLUMN_ENERGY, /* median; of a record its value */
  XPS_REFERENCE_COLUMN_RANGE,  /* low to high; of a record its charge reference */
  XPS_REFERENCE_COLUMN_VALUES, /* how many, how many of them verified; of a record how it was verified */
  XPS_N_REFERENCE_COLUMNS,
} XpsReferenceColumn;

/* As a cell shows it. New string. */
char *xps_reference_item_dup_text (XpsReferenceItem *self, XpsReferenceColumn column);
/* Signs of what must not be overlooked, "" none, and the same in words. New strings. */
char *xps_reference_item_dup_signs (XpsReferenceItem *self);
char *xps_reference_item_dup_sign_words (XpsReferenceItem *self);
/* All of it in words, for a tooltip and a screen reader. New string. */
char *xps_reference_item_dup_description (XpsReferenceItem *self);

/* "first hand", "second hand", "from memory", "your own": one or two words for a column. */
const char *xps_reference_verified_title (XpsVerified verified);
/* "7 values, 5 of them verified at first hand" and the like. New string. */
char *xps_reference_dup_values_words (const XpsReferenceSpread *spread);
