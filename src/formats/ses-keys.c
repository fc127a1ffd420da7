/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/ses-keys.h"

#include <string.h>

#include "formats/fields.h"
#include "formats/labels.h"

/* "Time per Spectrum Channel" (s) is taken for what each point was counted in all. In the corpus's 27 regions
 * of six analysers it is a whole multiple of the step time (ms) times the sweeps: 1 in the one fixed region;
 * in the swept ones the number of energy steps that the detector's window spans, a window of about the same
 * share of the pass energy in all regions of one analyser (6 to 12 %). That each point is counted once a step
 * of the window follows from it; no manual at hand says so. Nor do the files say whether the numbers are the
 * sum or the mean over the sweeps. */
static const XpsField fields[] = {
    {"Excitation Energy", G_STRUCT_OFFSET (XpsAcquisition, photon_energy), FALSE},
    {"Pass Energy", G_STRUCT_OFFSET (XpsAcquisition, pass_energy), FALSE},
    {"Number of Sweeps", G_STRUCT_OFFSET (XpsAcquisition, scans), FALSE},
    {"Time per Spectrum Channel", G_STRUCT_OFFSET (XpsAcquisition, live_time), FALSE},
    {"Acquisition Mode", G_STRUCT_OFFSET (XpsAcquisition, analyser_mode), TRUE},
    {"Instrument", G_STRUCT_OFFSET (XpsAcquisition, instrument), TRUE},
    {"User", G_STRUCT_OFFSET (XpsAcquisition, operator_), TRUE},
    {"Comments", G_STRUCT_OFFSET (XpsAcquisition, comment), TRUE},
    {"Date", G_STRUCT_OFFSET (XpsAcquisition, date), TRUE},
};

void
xps_ses_add_key (XpsImage *image, const char *key, const char *value)
{
  xps_fields_add (image->record, fields, G_N_ELEMENTS (fields), key, value);
  char **text = strcmp (key, "Region Name") == 0 ? &image->name
                : strcmp (key, "Sample") == 0    ? &image->sample
                                                 : NULL;
  if (text == NULL || value[0] == '\0')
    return;
  g_free (*text);
  *text = g_strdup (value);
}

XpsAxisKind
xps_ses_find_axis (const char *label)
{
  g_autofree char *name = NULL, *unit = NULL;

  xps_ses_split_label (label, &name, &unit);
  return xps_label_axis (name);
}

void
xps_ses_split_label (const char *text, char **label, char **unit)
{
  const char *open = strrchr (text, '['), *close = open != NULL ? strchr (open, ']') : NULL;

  *label = g_strstrip (g_strndup (text, close != NULL ? (gsize)(open - text) : strlen (text)));
  *unit = close != NULL ? g_strstrip (g_strndup (open + 1, (gsize)(close - open - 1))) : NULL;
}

static gboolean
is_shaped (const char *text, const char *shape)
{
  if (text == NULL || strlen (text) != strlen (shape))
    return FALSE;
  for (gsize i = 0; shape[i] != '\0'; i++)
    if (shape[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != shape[i])
      return FALSE;
  return TRUE;
}

void
xps_ses_finish (XpsImage *image)
{
  XpsAcquisition *record = image->record;
  const char *time = xps_acquisition_find_key (record, "Time");

  /* Other spellings of a date stay as a key. */
  if (!is_shaped (record->date, "0000-00-00")) {
    g_clear_pointer (&record->date, g_free);
    return;
  }
  if (!is_shaped (time, "00:00:00"))
    return;
  char *joined = g_strdup_printf ("%sT%s", record->date, time);
  g_free (record->date);
  record->date = joined;
}

void
xps_ses_read_note (const char *note, XpsImage *image)
{
  const gboolean ses = g_str_has_prefix (note, "[SES]");
  g_auto (GStrv) lines = g_strsplit_set (note, ses ? "\r\n" : "\r\n;", -1);
  const char *section = "";

  if (!ses && note[0] != '\0')
    image->record->comment = g_strdup (note);
  for (guint i = 0; lines[i] != NULL; i++) {
    char *line = g_strstrip (lines[i]), *equals = strchr (line, '=');
    if (line[0] == '[')
      section = strcmp (line, "[SES]") == 0 ? "" : line;
    if (equals == NULL || equals == line || line[0] == '[')
      continue;
    *equals = '\0';
    const char *value = g_strstrip (equals + 1);
    g_strchomp (line);
    g_autofree char *long_name = g_strdup_printf ("%s %s", section, line);
    if (section[0] == '\0')
      xps_ses_add_key (image, line, value);
    else
      xps_acquisition_add_key (image->record, long_name, value);
  }
}
