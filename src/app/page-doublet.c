/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-doublet.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/form.h"
#include "app/page-model.h"
#include "app/page-number.h"

/* Ratios of the areas, (2j+1) of the two lines of a level. */
static const double ratios[] = {1.0 / 2.0, 2.0 / 3.0, 3.0 / 4.0};

typedef struct {
  XpsSession *session;
  int weak, strong;
  AdwComboRow *level;
  AdwEntryRow *splitting;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;
  g_object_unref (asked->session);
  g_free (asked);
}

static gboolean
accept (XpsForm *form, gpointer data)
{
  const Asked *asked = data;
  g_autoptr (GError) error = NULL;
  double splitting;
  const guint level = MIN (adw_combo_row_get_selected (asked->level), (guint)G_N_ELEMENTS (ratios) - 1);
  const guint n = xps_page_get_n_components (asked->session);
  if ((guint)asked->weak >= n || (guint)asked->strong >= n)
    return TRUE;
  if (xps_page_parse_number (gtk_editable_get_text (GTK_EDITABLE (asked->splitting)), FALSE, &splitting,
                             &error) &&
      xps_page_make_doublet (asked->session, (gsize)asked->weak, (gsize)asked->strong, splitting,
                             ratios[level], &error))
    return TRUE;
  xps_form_say (form, error->message);
  return FALSE;
}

static double
get_position (XpsSession *session, int component)
{
  const XpsShape *shape = xps_page_get_component (session, (gsize)component)->shape;
  const int k = xps_shape_find_kind (shape, XPS_ROLE_POSITION);
  return xps_page_get_value (session, (gsize)component, shape->roles[k].id);
}

/* The ratio nearest to the present one. */
static guint
guess_level (XpsSession *session, int weak, int strong)
{
  double small, large;
  guint best = 0;
  xps_preview_get_component (xps_session_get_preview (session), (gsize)weak, NULL, NULL, NULL, &small);
  xps_preview_get_component (xps_session_get_preview (session), (gsize)strong, NULL, NULL, NULL, &large);
  for (guint i = 1; large > 0.0 && i < G_N_ELEMENTS (ratios); i++)
    if (fabs (small / large - ratios[i]) < fabs (small / large - ratios[best]))
      best = i;
  return best;
}

void
xps_page_doublet_present (GtkWidget *widget, XpsSession *session, int weak, int strong)
{
  const char *const levels[] = {_ ("p: areas 1 : 2"), _ ("d: areas 2 : 3"), _ ("f: areas 3 : 4"), NULL};
  Asked *asked = g_new0 (Asked, 1);
  *asked = (Asked){.session = g_object_ref (session), .weak = weak, .strong = strong};
  XpsForm *form = xps_form_new (widget, _ ("Make Doublet"), _ ("_Link"), accept, asked, asked_free);
  g_autofree char *text =
      g_strdup_printf (_ ("%s becomes the weaker line of %s: its position and area are linked, its widths "
                          "are the same. The splitting is as the two lie now; change it to the known one."),
                       xps_page_get_component (session, (gsize)weak)->name,
                       xps_page_get_component (session, (gsize)strong)->name);
  xps_form_set_description (form, text);
  const double distance = get_position (session, weak) - get_position (session, strong);
  g_autofree char *number = xps_page_dup_entry_number (round (distance * 1000.0) / 1000.0);
  asked->splitting = xps_form_add_entry (form, _ ("Splitting in eV"), number);
  asked->level = xps_form_add_choice (form, _ ("Level"), levels, guess_level (session, weak, strong));
  xps_form_present (form);
  gtk_widget_grab_focus (GTK_WIDGET (asked->splitting));
}
