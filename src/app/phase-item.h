/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/phase-book.h"

/* The room's own: rows of the editor of phases. */

/* A phase of the list; it can be dragged onto the plot, a region or a sample. */
#define XPS_TYPE_PHASE_ITEM (xps_phase_item_get_type ())
G_DECLARE_FINAL_TYPE (XpsPhaseItem, xps_phase_item, XPS, PHASE_ITEM, GObject)

XpsPhaseItem *xps_phase_item_new (XpsPhaseBook *book, const XpsReferencePhase *phase);
const char *xps_phase_item_get_name (XpsPhaseItem *self);
const char *xps_phase_item_get_formula (XpsPhaseItem *self); /* "" none */
gboolean xps_phase_item_is_own (XpsPhaseItem *self);
/* A shipped one in whose place an own one stands. */
gboolean xps_phase_item_is_replaced (XpsPhaseItem *self);
/* "your own", "replaced", "": what must not be overlooked. Static. */
const char *xps_phase_item_get_mark (XpsPhaseItem *self);
/* All of it in words. New string. */
char *xps_phase_item_dup_description (XpsPhaseItem *self);

typedef enum {
  XPS_PHASE_COLUMN_LEVEL, /* what can be edited comes first */
  XPS_PHASE_COLUMN_ATOMS,
  XPS_PHASE_COLUMN_LABEL,
  XPS_PHASE_COLUMN_SPECIES,
  XPS_PHASE_COLUMN_ENERGY,
  XPS_PHASE_COLUMN_SIGNS, /* seen in a narrow window as well */
  XPS_PHASE_COLUMN_RANGE,
  XPS_PHASE_COLUMN_SOURCE,
  XPS_N_PHASE_COLUMNS,
} XpsPhaseColumn;

/* As a header says it; translated. */
const char *xps_phase_column_get_title (XpsPhaseColumn column);
gboolean xps_phase_column_is_number (XpsPhaseColumn column);
/* What of a line an edit of the column changes; FALSE: nothing. */
gboolean xps_phase_column_get_member (XpsPhaseColumn column, XpsPhaseMember *member);

/* A line of a phase. Signal "changed". */
#define XPS_TYPE_PHASE_LINE_ITEM (xps_phase_line_item_get_type ())
G_DECLARE_FINAL_TYPE (XpsPhaseLineItem, xps_phase_line_item, XPS, PHASE_LINE_ITEM, GObject)

XpsPhaseLineItem *xps_phase_line_item_new (void);
/* `remarks`: XpsPhaseRemark of the phase. */
void xps_phase_line_item_update (XpsPhaseLineItem *self, XpsPhaseBook *book, const XpsReferencePhase *phase,
                                 guint line, const GPtrArray *remarks);
guint xps_phase_line_item_get_index (XpsPhaseLineItem *self);
gboolean xps_phase_line_item_is_own (XpsPhaseLineItem *self);
const char *xps_phase_line_item_get_level (XpsPhaseLineItem *self);
const char *xps_phase_line_item_get_species (XpsPhaseLineItem *self);
/* What is known of its position, or NULL. */
XpsReferenceItem *xps_phase_line_item_get_values (XpsPhaseLineItem *self);
/* As a cell shows it; as an entry starts with it. */
const char *xps_phase_line_item_get_text (XpsPhaseLineItem *self, XpsPhaseColumn column);
/* What is wrong with this cell in words, or NULL. */
const char *xps_phase_line_item_get_remark (XpsPhaseLineItem *self, XpsPhaseColumn column);
/* The cell in words, for a tooltip and a screen reader. New string. */
char *xps_phase_line_item_dup_tip (XpsPhaseLineItem *self, XpsPhaseColumn column);
