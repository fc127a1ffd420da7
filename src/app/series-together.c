/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-together.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/form.h"
#include "app/page-number.h"

#define LEAST_STEPS 3
#define MOST        100000

typedef struct {
  XpsSeriesDesk *desk;
  AdwEntryRow *frames, *energies;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;
  g_object_unref (asked->desk);
  g_free (asked);
}

static gboolean
read_count (AdwEntryRow *row, guint *count)
{
  double value;
  if (!xps_page_parse_number (gtk_editable_get_text (GTK_EDITABLE (row)), TRUE, &value, NULL))
    return FALSE;
  value = isnan (value) ? 1 : value;
  *count = value >= 1 && value <= MOST ? (guint)value : 0;
  return *count > 0 && *count == value;
}

/* What would come of it: refused before the document changes. */
static gboolean
is_possible (const Asked *asked, const XpsSeriesSetup *setup, GError **error)
{
  g_autoptr (XpsSeries) series =
      xps_series_setup_reduce (setup, xps_series_desk_get_frames (asked->desk), NULL, error);
  if (series == NULL)
    return FALSE;
  if (xps_series_get_n (series) >= LEAST_STEPS)
    return TRUE;
  g_set_error_literal (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS,
                       _ ("That leaves fewer than three steps"));
  return FALSE;
}

static gboolean
on_accept (XpsForm *form, gpointer data)
{
  const Asked *asked = data;
  const XpsSeriesSetup *before = xps_series_desk_get_setup (asked->desk);
  g_autoptr (GError) error = NULL;
  if (before == NULL || xps_series_desk_get_frames (asked->desk) == NULL)
    return TRUE;
  g_autoptr (XpsSeriesSetup) setup = xps_series_setup_copy (before);
  if (!read_count (asked->frames, &setup->average) || !read_count (asked->energies, &setup->bins)) {
    xps_form_say (form, _ ("Write whole numbers, 1 for none put together"));
    return FALSE;
  }
  if (!is_possible (asked, setup, &error)) {
    xps_form_say (form, error->message);
    return FALSE;
  }
  xps_series_desk_edit (asked->desk, _ ("frames put together"), g_steal_pointer (&setup));
  return TRUE;
}

static AdwEntryRow *
add_count (XpsForm *form, const char *title, guint count)
{
  g_autofree char *text = xps_page_dup_entry_number (MAX (count, 1));
  return xps_form_add_entry (form, title, text);
}

GtkWindow *
xps_series_together_ask (GtkWindow *parent, XpsSeriesDesk *desk)
{
  const XpsSeriesSetup *setup = xps_series_desk_get_setup (desk);
  if (setup == NULL)
    return NULL;
  Asked *asked = g_new0 (Asked, 1);
  asked->desk = g_object_ref (desk);
  XpsForm *form = xps_form_new (GTK_WIDGET (parent), _ ("Put Frames Together"), _ ("_Apply"), on_accept,
                                asked, asked_free);
  xps_form_set_description (
      form, _ ("Means with the statistics of all their counts. What was measured stays as it is; frames "
               "that are left out are in no mean."));
  asked->frames = add_count (form, _ ("Neighbouring frames in a step"), setup->average);
  asked->energies = add_count (form, _ ("Neighbouring energies in a point"), setup->bins);
  xps_form_present (form);
  return xps_form_get_window (form);
}
