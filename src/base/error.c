/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"

G_DEFINE_QUARK (xps - base - error - quark, xps_base_error)

/* The empty string would bring the catalogue's header. */
static const char *
translate (const char *text)
{
  return text == NULL || text[0] == '\0' ? text : g_dgettext (GETTEXT_PACKAGE, text);
}

gboolean
xps_error_set (GError **error, GQuark domain, int code, const char *file, const char *place, const char *what,
               const char *remedy)
{
  const char *parts[] = {file, place, translate (what), translate (remedy)};
  g_autoptr (GString) message = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (parts[i] == NULL || parts[i][0] == '\0')
      continue;
    if (message->len > 0)
      g_string_append (message, ": ");
    /* File names and words quoted from a file may hold anything, an escape sequence for the terminal too. */
    g_autofree char *printable = xps_text_dup_printable (parts[i], -1);
    g_string_append (message, printable);
  }
  g_set_error_literal (error, domain, code, message->str);
  return FALSE;
}
