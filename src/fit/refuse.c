/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/refuse.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/text.h"

gboolean
xps_fit_refuse (GError **error, XpsFitError code, const char *file, const char *place, const char *remedy,
                const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = xps_text_vprintf (g_dgettext (GETTEXT_PACKAGE, format), arguments);
  va_end (arguments);
  return xps_error_set (error, XPS_FIT_ERROR, (int)code, file, place, what, remedy);
}
