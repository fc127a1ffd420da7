/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/component-view-tip.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/charge-energies.h"
#include "app/page-model.h"
#include "app/page-number.h"
#include "app/page-words.h"

const char *
xps_component_origin_words (XpsSession *session, XpsValueOrigin origin)
{
  switch (origin) {
  case XPS_VALUE_STALE:
    return xps_session_get_fitting (session)
               ? _ ("The fit is running: this is not its result yet.")
               : _ ("Out of date: the model or the data changed since the last fit. Fit again.");
  case XPS_VALUE_UNFITTED:
    return _ ("A start value: nothing was fitted yet.");
  case XPS_VALUE_FITTED:
  default:
    return NULL;
  }
}

/* What is undefined about the error, or NULL. */
static const char *
error_words (const XpsComponentValue *value)
{
  if (value->origin != XPS_VALUE_FITTED || strcmp (value->error, "(?)") != 0)
    return NULL;
  return value->status == XPS_STATUS_AT_MIN || value->status == XPS_STATUS_AT_MAX
             ? _ ("At its bound: no standard error can be given there.")
             : _ ("Its standard error is undefined: the data do not determine it.");
}

static void
append_line (GString *text, const char *line)
{
  if (line == NULL || line[0] == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

/* The width parameter of a product shape is not its width at half maximum: the tip says both. */
static void
append_true_width (GString *text, XpsSession *session, guint index, const XpsComponentValue *value)
{
  double fwhm;
  xps_preview_get_component (xps_session_get_preview (session), index, NULL, NULL, &fwhm, NULL);
  g_autofree char *number = xps_page_dup_number (fwhm, 2);
  if (strcmp (number, value->number) == 0)
    return;
  g_autofree char *line =
      g_strdup_printf (_ ("Full width at half maximum of the whole shape: %s eV"), number);
  append_line (text, line);
}

/* A position is known as well as the counts and the charge reference allow: the tip says both. */
static void
append_reference (GString *text, XpsSession *session, guint index)
{
  const XpsFitRecord *record = xps_session_get_current_record (session);
  const XpsRecordComponent *component =
      record != NULL
          ? xps_fit_record_find_component (record, 0, xps_page_get_component (session, index)->name)
          : NULL;
  if (component == NULL)
    return;
  g_autofree char *line = xps_charge_dup_energy_words (xps_fit_record_get_energy (record, component));
  append_line (text, line);
}

char *
xps_component_dup_tooltip (XpsSession *session, XpsComponentViewItem *item, XpsComponentColumn column)
{
  if (!xps_component_column_is_number (column)) { /* what the column has no room for */
    const char *shown = xps_component_view_item_get_text (item, column);
    return shown[0] != '\0' ? g_strdup (shown) : NULL;
  }
  const XpsComponentValue *value = xps_component_view_item_get_value (item, column);
  if (value->number[0] == '\0')
    return NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = xps_component_column_dup_name (column, xps_component_view_item_get_name (item));
  /* Translators: "position of PS4: 161.65(1)". */
  g_autofree char *title = g_strdup_printf (_ ("%s: %s%s"), name, value->number, value->error);
  append_line (text, title);
  const guint index = xps_component_view_item_get_index (item);
  if (value->role == NULL) {
    append_line (text, _ ("Follows from the other values."));
  } else {
    g_autofree char *sentence = xps_edit_dup_sentence (xps_page_get_model (session), 0, index, value->role);
    g_autofree char *shown = sentence != NULL ? xps_page_dup_localised (sentence) : NULL;
    append_line (text, shown);
    if (sentence == NULL || value->status == XPS_STATUS_AT_MIN || value->status == XPS_STATUS_AT_MAX)
      append_line (text, xps_page_status_words (value->status));
  }
  if (column == XPS_COMPONENT_COLUMN_FWHM && value->role != NULL)
    append_true_width (text, session, index, value);
  if (column == XPS_COMPONENT_COLUMN_POSITION && value->origin == XPS_VALUE_FITTED)
    append_reference (text, session, index);
  append_line (text, error_words (value));
  append_line (text, xps_component_origin_words (session, value->origin));
  return g_strdup (text->str);
}

char *
xps_component_dup_description (XpsSession *session, XpsComponentViewItem *item, XpsComponentColumn column)
{
  if (!xps_component_column_is_number (column))
    return g_strdup (xps_component_view_item_get_text (item, column));
  const XpsComponentValue *value = xps_component_view_item_get_value (item, column);
  g_autofree char *text = g_strconcat (value->number, value->error, NULL);
  const char *status = value->role != NULL ? xps_page_status_words (value->status) : "";
  /* A list for a screen reader, not a sentence. */
  return g_strjoin (" ", text, status, xps_component_origin_words (session, value->origin), NULL);
}
