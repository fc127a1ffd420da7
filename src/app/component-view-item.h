/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"
#include "scene/theme.h"

/* One row of the component table: the texts of its cells as they are shown. It is updated in place and says
 * so once ("changed", no arguments), so that a drag moves no row, closes no entry and loses no selection. */

typedef enum {
  XPS_COMPONENT_COLUMN_LETTER,
  XPS_COMPONENT_COLUMN_NAME,
  XPS_COMPONENT_COLUMN_SPECIES,
  XPS_COMPONENT_COLUMN_LEVEL,
  XPS_COMPONENT_COLUMN_SHAPE,
  XPS_COMPONENT_COLUMN_POSITION,
  XPS_COMPONENT_COLUMN_GAUSS,
  XPS_COMPONENT_COLUMN_LORENTZ,
  XPS_COMPONENT_COLUMN_FWHM,
  XPS_COMPONENT_COLUMN_AREA,
  XPS_COMPONENT_COLUMN_SHARE,
  XPS_N_COMPONENT_COLUMNS,
} XpsComponentColumn;

/* Where the shown number comes from. */
typedef enum {
  XPS_VALUE_FITTED,   /* from the record of just this model */
  XPS_VALUE_STALE,    /* something changed since the fit */
  XPS_VALUE_UNFITTED, /* a start value */
} XpsValueOrigin;

typedef struct {
  char *number;     /* localised; "" where the shape has no such thing */
  char *error;      /* "(1)", "(?)", or "" */
  const char *role; /* of the shape's table; NULL: follows from others, cannot be edited */
  XpsStatus status;
  XpsValueOrigin origin;
} XpsComponentValue;

#define XPS_TYPE_COMPONENT_VIEW_ITEM (xps_component_view_item_get_type ())
G_DECLARE_FINAL_TYPE (XpsComponentViewItem, xps_component_view_item, XPS, COMPONENT_VIEW_ITEM, GObject)

XpsComponentViewItem *xps_component_view_item_new (void);
/* Takes over what the session shows of component `index`; emits "changed" when that is something else. */
void xps_component_view_item_update (XpsComponentViewItem *self, XpsSession *session, guint index);
void xps_component_view_item_set_ink (XpsComponentViewItem *self, XpsInk ink);

guint xps_component_view_item_get_index (XpsComponentViewItem *self);
const char *xps_component_view_item_get_name (XpsComponentViewItem *self);
const XpsShape *xps_component_view_item_get_shape (XpsComponentViewItem *self);
XpsInk xps_component_view_item_get_ink (XpsComponentViewItem *self);
/* Letter, name, species, level; "" where there is none. */
const char *xps_component_view_item_get_text (XpsComponentViewItem *self, XpsComponentColumn column);
/* Of a column of numbers. */
const XpsComponentValue *xps_component_view_item_get_value (XpsComponentViewItem *self,
                                                            XpsComponentColumn column);

gboolean xps_component_column_is_number (XpsComponentColumn column);
/* The role that a column shows of a shape, or NULL. */
const XpsShapeRole *xps_component_column_get_role (XpsComponentColumn column, const XpsShape *shape);
const char *xps_component_column_get_title (XpsComponentColumn column);
/* "position of PS4", "total FWHM of PS4": what a screen reader says for a cell. New string. */
char *xps_component_column_dup_name (XpsComponentColumn column, const char *component);
/* "=", "#", "[", "]" or "". */
const char *xps_status_get_sign (XpsStatus status);
