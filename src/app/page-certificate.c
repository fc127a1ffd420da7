/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-certificate.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/page-model.h"
#include "app/page-number.h"
#include "app/page-words.h"

#define SHOWN_KEY "xps-shown"

/* Everything that the group shows, as lines: rows are made anew only when one of them changed. */
typedef struct {
  GPtrArray *severities; /* const char *; NULL: a key and its value */
  GPtrArray *texts;      /* char * */
  GPtrArray *values;     /* char * or NULL */
} Lines;

static void
add_line (Lines *lines, const char *severity, const char *text, char *take_value)
{
  g_ptr_array_add (lines->severities, (gpointer)severity);
  g_ptr_array_add (lines->texts, g_strdup (text));
  g_ptr_array_add (lines->values, take_value);
}

/* Yes-or-no keys are words, counts whole numbers. */
static char *
dup_item_value (const char *key, double value)
{
  if (strcmp (key, "unique") == 0)
    return g_strdup (value == 1.0 ? _ ("yes") : value == 0.0 ? _ ("no") : _ ("not known"));
  if (strcmp (key, "iterations") == 0 || strcmp (key, "solutions") == 0 || strcmp (key, "anchors") == 0)
    return xps_page_dup_number (value, 0);
  return xps_page_dup_significant (value, 4);
}

static void
add_certificate (Lines *lines, const XpsCertificate *certificate)
{
  add_line (lines, certificate->solved ? "info" : "error",
            certificate->statement[0] != '\0' ? _ (certificate->statement)
            : certificate->solved             ? _ ("Solved")
                                              : _ ("Refused"),
            NULL);
  for (size_t i = 0; i < certificate->n_warnings; i++) {
    const char *words = xps_certificate_explain (certificate->warnings[i]);
    add_line (lines, "warning", words != NULL ? _ (words) : certificate->warnings[i], NULL);
  }
  for (size_t i = 0; certificate->solved && i < certificate->n_items; i++) {
    const char *title = xps_page_certificate_key (certificate->items[i].key);
    if (title != NULL)
      add_line (lines, NULL, title, dup_item_value (certificate->items[i].key, certificate->items[i].value));
  }
}

static void
collect (Lines *lines, XpsSession *session)
{
  const XpsModelPart *part = xps_page_get_part (session);
  const XpsPreview *preview = xps_session_get_preview (session);
  if (part == NULL)
    return;
  if (preview->message != NULL)
    add_line (lines, "error", preview->message, NULL);
  for (guint i = 0; i < part->backgrounds->len; i++) {
    const XpsModelBackground *background = g_ptr_array_index (part->backgrounds, i);
    const XpsCertificate *certificate = xps_preview_get_certificate (preview, i);
    if (certificate != NULL)
      add_certificate (lines, certificate);
    else if (background->type->kind != XPS_BACKGROUND_STATIC && preview->message == NULL)
      add_line (lines, "info",
                _ ("Fitted together with the components: it carries no certificate of its own"), NULL);
  }
}

static void
add_row (AdwPreferencesGroup *group, const Lines *lines, guint i)
{
  const char *severity = g_ptr_array_index (lines->severities, i);
  const char *text = g_ptr_array_index (lines->texts, i);
  GtkLabel *label;
  if (severity != NULL) {
    xps_page_group_add (group, xps_page_note_row_new (severity, text));
    return;
  }
  xps_page_group_add (group, xps_page_text_row_new (text, &label));
  gtk_label_set_label (label, g_ptr_array_index (lines->values, i));
}

static char *
dup_all (const Lines *lines)
{
  GString *all = g_string_new (NULL);
  for (guint i = 0; i < lines->texts->len; i++) {
    const char *severity = g_ptr_array_index (lines->severities, i);
    const char *value = g_ptr_array_index (lines->values, i);
    g_string_append_printf (all, "%s\t%s\t%s\n", severity != NULL ? severity : "",
                            (char *)g_ptr_array_index (lines->texts, i), value != NULL ? value : "");
  }
  return g_string_free (all, FALSE);
}

void
xps_page_certificate_show (AdwPreferencesGroup *group, XpsSession *session)
{
  g_autoptr (GPtrArray) severities = g_ptr_array_new ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  Lines lines = {severities, texts, values};
  collect (&lines, session);
  g_autofree char *all = dup_all (&lines);
  if (g_strcmp0 (all, g_object_get_data (G_OBJECT (group), SHOWN_KEY)) == 0)
    return;
  xps_page_group_clear (group);
  for (guint i = 0; i < texts->len; i++)
    add_row (group, &lines, i);
  gtk_widget_set_visible (GTK_WIDGET (group), texts->len > 0);
  g_object_set_data_full (G_OBJECT (group), SHOWN_KEY, g_steal_pointer (&all), g_free);
}
