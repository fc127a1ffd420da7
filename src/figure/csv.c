/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/csv.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

void
xps_csv_put_number (GString *out, double value)
{
  char buffer[XPS_NUMBER_LENGTH];
  if (isfinite (value))
    g_string_append (out, xps_number_format (value, buffer));
}

void
xps_csv_put_text (GString *out, const char *text, char separator)
{
  if (text == NULL)
    return;
  if (strpbrk (text, "\"\r\n") == NULL && strchr (text, separator) == NULL) {
    g_string_append (out, text);
    return;
  }
  g_string_append_c (out, '"');
  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *at);
  }
  g_string_append_c (out, '"');
}
