/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/component-view-item.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/page-model.h"
#include "app/page-number.h"

#define FIRST_NUMBER XPS_COMPONENT_COLUMN_POSITION
#define N_NUMBERS    (XPS_N_COMPONENT_COLUMNS - FIRST_NUMBER)

struct _XpsComponentViewItem {
  GObject parent_instance;
  guint index;
  char *letter, *name, *phase, *label;
  const XpsShape *shape;
  XpsInk ink;
  XpsComponentValue values[N_NUMBERS];
};

G_DEFINE_FINAL_TYPE (XpsComponentViewItem, xps_component_view_item, G_TYPE_OBJECT)

static guint changed_signal;

/* ---- columns ---- */

gboolean
xps_component_column_is_number (XpsComponentColumn column)
{
  return column >= FIRST_NUMBER;
}

static const XpsShapeRole *
find_role (const XpsShape *shape, const char *id)
{
  const int k = xps_shape_find_role (shape, id);
  return k >= 0 ? &shape->roles[k] : NULL;
}

static const XpsShapeRole *
find_kind (const XpsShape *shape, XpsRoleKind kind)
{
  const int k = xps_shape_find_kind (shape, kind);
  return k >= 0 ? &shape->roles[k] : NULL;
}

/* Whose "fwhm" is that of a pure Lorentzian; LA's width parameter is the one of its Lorentzian. */
static gboolean
is_lorentzian (const XpsShape *shape)
{
  return strcmp (shape->id, "lorentz") == 0 || strcmp (shape->id, "la") == 0;
}

const XpsShapeRole *
xps_component_column_get_role (XpsComponentColumn column, const XpsShape *shape)
{
  const gboolean gaussian = strcmp (shape->id, "gauss") == 0;
  switch (column) {
  case XPS_COMPONENT_COLUMN_POSITION:
    return find_kind (shape, XPS_ROLE_POSITION);
  case XPS_COMPONENT_COLUMN_AREA:
    return find_kind (shape, XPS_ROLE_INTENSITY);
  case XPS_COMPONENT_COLUMN_GAUSS:
    return find_role (shape, gaussian ? "fwhm" : "fwhm_g");
  case XPS_COMPONENT_COLUMN_LORENTZ:
    return find_role (shape, is_lorentzian (shape) ? "fwhm" : "fwhm_l");
  case XPS_COMPONENT_COLUMN_FWHM:
    if (gaussian || is_lorentzian (shape))
      return NULL;
    return find_role (shape, "fwhm") != NULL ? find_role (shape, "fwhm") : find_role (shape, "width");
  default:
    return NULL;
  }
}

const char *
xps_component_column_get_title (XpsComponentColumn column)
{
  switch (column) {
  case XPS_COMPONENT_COLUMN_LETTER:
    return "";
  case XPS_COMPONENT_COLUMN_NAME:
    return _ ("Name");
  case XPS_COMPONENT_COLUMN_SPECIES:
    return _ ("Species");
  case XPS_COMPONENT_COLUMN_LEVEL:
    return _ ("Core level");
  case XPS_COMPONENT_COLUMN_SHAPE:
    return _ ("Shape");
  case XPS_COMPONENT_COLUMN_POSITION:
    return _ ("Position (eV)");
  case XPS_COMPONENT_COLUMN_GAUSS:
    return _ ("G FWHM (eV)");
  case XPS_COMPONENT_COLUMN_LORENTZ:
    return _ ("L FWHM (eV)");
  case XPS_COMPONENT_COLUMN_FWHM:
    return _ ("FWHM (eV)");
  case XPS_COMPONENT_COLUMN_AREA:
    return _ ("Area");
  case XPS_COMPONENT_COLUMN_SHARE:
    return _ ("Area %");
  case XPS_N_COMPONENT_COLUMNS:
  default:
    g_return_val_if_reached ("");
  }
}

char *
xps_component_column_dup_name (XpsComponentColumn column, const char *component)
{
  switch (column) {
  case XPS_COMPONENT_COLUMN_NAME:
    return g_strdup_printf (_ ("name of %s"), component);
  case XPS_COMPONENT_COLUMN_SPECIES:
    return g_strdup_printf (_ ("species of %s"), component);
  case XPS_COMPONENT_COLUMN_LEVEL:
    return g_strdup_printf (_ ("core level of %s"), component);
  case XPS_COMPONENT_COLUMN_SHAPE:
    return g_strdup_printf (_ ("shape of %s"), component);
  case XPS_COMPONENT_COLUMN_POSITION:
    return g_strdup_printf (_ ("position of %s"), component);
  case XPS_COMPONENT_COLUMN_GAUSS:
    return g_strdup_printf (_ ("Gaussian FWHM of %s"), component);
  case XPS_COMPONENT_COLUMN_LORENTZ:
    return g_strdup_printf (_ ("Lorentzian FWHM of %s"), component);
  case XPS_COMPONENT_COLUMN_FWHM:
    return g_strdup_printf (_ ("total FWHM of %s"), component);
  case XPS_COMPONENT_COLUMN_AREA:
    return g_strdup_printf (_ ("area of %s"), component);
  case XPS_COMPONENT_COLUMN_SHARE:
    return g_strdup_printf (_ ("share of the area of %s"), component);
  case XPS_COMPONENT_COLUMN_LETTER:
  case XPS_N_COMPONENT_COLUMNS:
  default:
    return g_strdup (component);
  }
}

const char *
xps_status_get_sign (XpsStatus status)
{
  switch (status) {
  case XPS_STATUS_FIXED:
    return "#";
  case XPS_STATUS_LINKED:
    return "=";
  case XPS_STATUS_AT_MIN:
    return "[";
  case XPS_STATUS_AT_MAX:
    return "]";
  case XPS_STATUS_FREE:
  default:
    return "";
  }
}

/* ---- numbers ---- */

/* Everything the numbers of one row are made from. */
typedef struct {
  XpsSession *session;
  const XpsPreview *preview;
  const XpsFitRecord *record; /* current, or NULL */
  const XpsFitRecord *last;   /* of the region, maybe stale, or NULL */
  const XpsComponent *component;
  guint index;
  XpsValueOrigin origin;
} Row;

static void
row_init (Row *row, XpsSession *session, guint index)
{
  const XpsRegion *region = xps_session_get_region (session);
  row->session = session;
  row->preview = xps_session_get_preview (session);
  row->record = xps_session_get_current_record (session);
  row->last = region != NULL ? region->record : NULL;
  row->component = xps_page_get_component (session, index);
  row->index = index;
  row->origin = row->record != NULL ? XPS_VALUE_FITTED
                : row->last != NULL ? XPS_VALUE_STALE
                                    : XPS_VALUE_UNFITTED;
}

static XpsStatus
status_of (const XpsParameter *parameter, double value)
{
  if (parameter == NULL || parameter->kind == XPS_PARAMETER_FIXED)
    return XPS_STATUS_FIXED;
  if (parameter->kind == XPS_PARAMETER_LINKED)
    return XPS_STATUS_LINKED;
  return value <= parameter->min   ? XPS_STATUS_AT_MIN
         : value >= parameter->max ? XPS_STATUS_AT_MAX
                                   : XPS_STATUS_FREE;
}

/* Decimals of a quantity with this error; -1 where the error tells none. */
static int
decimals_of (XpsQuantity quantity)
{
  if (!(quantity.error > 0.0) || !isfinite (quantity.error) || !isfinite (quantity.value))
    return -1;
  g_autofree char *text = xps_page_dup_bare_quantity (quantity, 0);
  const char *open = strchr (text, '(');
  if (open == NULL)
    return -1;
  const char *last = open;
  while (last > text && g_ascii_isdigit (last[-1]))
    last--;
  /* Digits before the last run of digits: between them is the decimal point, of any locale. */
  for (const char *p = text; p < last; p++)
    if (g_ascii_isdigit (*p))
      return (int)(open - last);
  return 0;
}

/* Without an error to go by. The decimals of areas come from the data, so that they stay while an area is
 * dragged: four significant digits of the highest point. */
static int
usual_decimals (const Row *row, XpsComponentColumn column)
{
  if (column == XPS_COMPONENT_COLUMN_SHARE)
    return 1;
  if (column != XPS_COMPONENT_COLUMN_AREA)
    return 2;
  double highest = 0.0;
  for (gsize i = 0; i < row->preview->n; i++)
    highest = fmax (highest, fabs (row->preview->intensity[i]));
  return highest > 0.0 && isfinite (highest) ? CLAMP (3 - (int)floor (log10 (highest)), 0, 9) : 0;
}

static int
choose_decimals (const Row *row, XpsComponentColumn column, const char *parameter)
{
  XpsQuantity known = {NAN, NAN};
  const XpsRecordComponent *component =
      row->last != NULL ? xps_fit_record_find_component (row->last, 0, row->component->name) : NULL;
  const XpsRecordParameter *record =
      row->last != NULL && parameter != NULL ? xps_fit_record_find_parameter (row->last, parameter) : NULL;
  if (record != NULL)
    known = record->quantity;
  else if (component != NULL && column == XPS_COMPONENT_COLUMN_FWHM)
    known = component->fwhm;
  else if (component != NULL && column == XPS_COMPONENT_COLUMN_SHARE)
    known = (XpsQuantity){100.0 * component->fraction.value, 100.0 * component->fraction.error};
  const int decimals = decimals_of (known);
  return decimals >= 0 ? decimals : usual_decimals (row, column);
}

/* Splits 161.65(1) into what is aligned to the right and what stands behind it. */
static void
set_fitted (XpsComponentValue *value, XpsQuantity quantity, int decimals)
{
  g_autofree char *text = xps_page_dup_bare_quantity (quantity, decimals);
  char *open = strchr (text, '(');
  value->error = g_strdup (open != NULL ? open : "");
  value->number = open != NULL ? g_strndup (text, (gsize)(open - text)) : g_strdup (text);
}

static void
fill_role (const Row *row, XpsComponentColumn column, const XpsShapeRole *role, XpsComponentValue *value)
{
  const XpsParameter *parameter = xps_page_get_parameter (row->session, row->index, role->id);
  const char *name = parameter != NULL ? parameter->name : NULL;
  const double now = xps_page_get_value (row->session, row->index, role->id);
  const int decimals = choose_decimals (row, column, name);
  const XpsRecordParameter *fitted =
      row->record != NULL && name != NULL ? xps_fit_record_find_parameter (row->record, name) : NULL;
  const XpsStatus status = fitted != NULL ? fitted->status : status_of (parameter, now);
  value->role = role->id;
  value->status = xps_page_is_shared (row->session, row->index, role->id) ? XPS_STATUS_LINKED : status;
  if (fitted != NULL && status != XPS_STATUS_FIXED) {
    set_fitted (value, fitted->quantity, decimals);
    return;
  }
  value->number = xps_page_dup_number (now, decimals);
  value->error = g_strdup ("");
}

static double
derived_now (const Row *row, XpsComponentColumn column)
{
  double fwhm, area, sum = 0.0;
  xps_preview_get_component (row->preview, row->index, NULL, NULL, &fwhm, &area);
  if (column == XPS_COMPONENT_COLUMN_FWHM)
    return fwhm;
  for (gsize k = 0; k < row->preview->n_components; k++) {
    double other;
    xps_preview_get_component (row->preview, k, NULL, NULL, NULL, &other);
    sum += other;
  }
  return sum > 0.0 ? 100.0 * area / sum : NAN;
}

static void
fill_derived (const Row *row, XpsComponentColumn column, XpsComponentValue *value)
{
  const int decimals = choose_decimals (row, column, NULL);
  const XpsRecordComponent *fitted =
      row->record != NULL ? xps_fit_record_find_component (row->record, 0, row->component->name) : NULL;
  if (fitted == NULL) {
    const double now = derived_now (row, column);
    value->number = xps_page_dup_number (now, decimals);
    value->error = g_strdup ("");
    return;
  }
  XpsQuantity quantity = fitted->fwhm;
  if (column == XPS_COMPONENT_COLUMN_SHARE)
    quantity = (XpsQuantity){100.0 * fitted->fraction.value, 100.0 * fitted->fraction.error};
  set_fitted (value, quantity, decimals);
}

static XpsComponentValue
make_value (const Row *row, XpsComponentColumn column)
{
  XpsComponentValue value = {.status = XPS_STATUS_FREE, .origin = row->origin};
  const XpsShapeRole *role = xps_component_column_get_role (column, row->component->shape);
  if (role != NULL)
    fill_role (row, column, role, &value);
  else if (column == XPS_COMPONENT_COLUMN_FWHM || column == XPS_COMPONENT_COLUMN_SHARE)
    fill_derived (row, column, &value);
  if (value.number == NULL) {
    value.number = g_strdup ("");
    value.error = g_strdup ("");
  }
  return value;
}

/* ---- the item ---- */

static gboolean
take_text (char **place, char *text)
{
  const gboolean changed = g_strcmp0 (*place, text) != 0;
  g_free (*place);
  *place = text;
  return changed;
}

static gboolean
take_value (XpsComponentValue *place, XpsComponentValue value)
{
  const gboolean changed = g_strcmp0 (place->number, value.number) != 0 ||
                           g_strcmp0 (place->error, value.error) != 0 || place->role != value.role ||
                           place->status != value.status || place->origin != value.origin;
  g_free (place->number);
  g_free (place->error);
  *place = value;
  return changed;
}

void
xps_component_view_item_update (XpsComponentViewItem *self, XpsSession *session, guint index)
{
  Row row;
  row_init (&row, session, index);
  g_return_if_fail (row.component != NULL);
  gboolean changed = self->index != index || self->shape != row.component->shape;
  self->index = index;
  self->shape = row.component->shape;
  changed |= take_text (&self->letter, xps_edit_dup_letter (index));
  changed |= take_text (&self->name, g_strdup (row.component->name));
  changed |= take_text (&self->phase, g_strdup (row.component->phase));
  changed |= take_text (&self->label, g_strdup (row.component->label));
  for (guint i = 0; i < N_NUMBERS; i++)
    changed |= take_value (&self->values[i], make_value (&row, (XpsComponentColumn)(FIRST_NUMBER + i)));
  if (changed)
    g_signal_emit (self, changed_signal, 0);
}

void
xps_component_view_item_set_ink (XpsComponentViewItem *self, XpsInk ink)
{
  if (self->ink.role == ink.role && self->ink.series == ink.series && self->ink.tint == ink.tint)
    return;
  self->ink = ink;
  g_signal_emit (self, changed_signal, 0);
}

guint
xps_component_view_item_get_index (XpsComponentViewItem *self)
{
  return self->index;
}

const char *
xps_component_view_item_get_name (XpsComponentViewItem *self)
{
  return self->name;
}

const XpsShape *
xps_component_view_item_get_shape (XpsComponentViewItem *self)
{
  return self->shape;
}

XpsInk
xps_component_view_item_get_ink (XpsComponentViewItem *self)
{
  return self->ink;
}

const char *
xps_component_view_item_get_text (XpsComponentViewItem *self, XpsComponentColumn column)
{
  const char *text = column == XPS_COMPONENT_COLUMN_LETTER    ? self->letter
                     : column == XPS_COMPONENT_COLUMN_NAME    ? self->name
                     : column == XPS_COMPONENT_COLUMN_SPECIES ? self->phase
                     : column == XPS_COMPONENT_COLUMN_LEVEL   ? self->label
                                                              : NULL;
  return text != NULL ? text : "";
}

const XpsComponentValue *
xps_component_view_item_get_value (XpsComponentViewItem *self, XpsComponentColumn column)
{
  g_return_val_if_fail (xps_component_column_is_number (column) && column < XPS_N_COMPONENT_COLUMNS, NULL);
  return &self->values[column - FIRST_NUMBER];
}

static void
xps_component_view_item_finalize (GObject *object)
{
  XpsComponentViewItem *self = XPS_COMPONENT_VIEW_ITEM (object);
  for (guint i = 0; i < N_NUMBERS; i++) {
    g_free (self->values[i].number);
    g_free (self->values[i].error);
  }
  g_free (self->letter);
  g_free (self->name);
  g_free (self->phase);
  g_free (self->label);
  G_OBJECT_CLASS (xps_component_view_item_parent_class)->finalize (object);
}

static void
xps_component_view_item_class_init (XpsComponentViewItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xps_component_view_item_finalize;
  changed_signal = g_signal_new ("changed", XPS_TYPE_COMPONENT_VIEW_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
xps_component_view_item_init (XpsComponentViewItem *self)
{
  self->ink = xps_ink_series (0);
}

XpsComponentViewItem *
xps_component_view_item_new (void)
{
  return g_object_new (XPS_TYPE_COMPONENT_VIEW_ITEM, NULL);
}
