/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/text-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "formats/csv-keys.h"

/* Lines above a table among which the labels of its columns are looked for. */
#define NEAREST     8
#define LONGEST_KEY 48
#define MOST_KEYS   200

typedef struct {
  XpsSpan lines[NEAREST]; /* nearest last */
  guint n;
  gboolean last_is_comment;
} Nearest;

/* Tabs at the beginning stay: they keep labels and columns in step. */
static XpsSpan
strip_blanks (XpsSpan line)
{
  while (line.length > 0 && g_ascii_isspace (line.text[line.length - 1]))
    line.length--;
  while (line.length > 0 && line.text[0] == ' ')
    line = xps_span_slice (line, 1, line.length);
  return line;
}

static XpsSpan
strip_comment_mark (XpsSpan line, gboolean *commented)
{
  line = strip_blanks (line);
  *commented = line.length > 0 && strchr ("#%*!/", line.text[0]) != NULL;
  while (line.length > 0 && line.text[0] != '\0' && strchr ("#%*!/", line.text[0]) != NULL)
    line = strip_blanks (xps_span_slice (line, 1, line.length));
  if (xps_span_has_prefix (line, "ColumnLabels:")) /* SPECS */
    line = strip_blanks (xps_span_slice (line, 13, line.length));
  return line;
}

static void
nearest_push (Nearest *self, XpsSpan line)
{
  if (self->n == NEAREST) {
    memmove (self->lines, self->lines + 1, (NEAREST - 1) * sizeof *self->lines);
    self->n--;
  }
  self->lines[self->n++] = line;
}

/* The number behind a phrase, over blanks, separators and a unit: "Fix Photon Energy: 600.0 eV", "hv=180eV",
 * "Characteristic Energy eV,1486.6". NaN where none follows. All in lower case. */
static double
number_after (const char *lower, const char *phrase)
{
  const char *p = strstr (lower, phrase);
  double value = (double)NAN;

  if (p == NULL || (p > lower && g_ascii_isalpha (p[-1])))
    return (double)NAN;
  p += strlen (phrase);
  p += strspn (p, " \t:=,;()[]");
  if (g_str_has_prefix (p, "ev") || g_str_has_prefix (p, "s\t") || g_str_has_prefix (p, "s,"))
    p += *p == 'e' ? 2 : 1;
  p += strspn (p, " \t:=,;()[]");
  gsize length = strspn (p, "0123456789.");
  if (length > 0 && p[length] == 'e' && strspn (p + length + 1, "+-0123456789") > 0)
    length += 1 + strspn (p + length + 1, "+-0123456789");
  if (!xps_span_parse_number ((XpsSpan){.text = p, .length = length}, &value))
    return (double)NAN;
  p += length;
  p += strspn (p, " ");
  return g_str_has_prefix (p, "kev") ? value * 1000 : value;
}

static void
read_photon_energy (XpsTextReader *self, guint line, const char *lower)
{
  static const char *const phrases[] = {"photon energy", "excitation energy", "characteristic energy", "hv",
                                        "h\u03BD"};

  char text[XPS_NUMBER_LENGTH];

  for (guint i = 0; i < G_N_ELEMENTS (phrases) && isnan (self->acquisition->photon_energy); i++) {
    const double value = number_after (lower, phrases[i]);
    if (!(value > 0 && value < 1e6))
      continue;
    self->acquisition->photon_energy = value;
    g_ptr_array_add (self->file->notes,
                     xps_line_dup_message (line, _ ("photon energy %s eV"), xps_number_format (value, text)));
  }
}

/* CasaXPS tables give the counting time of a point over all scans. */
static void
read_live_time (XpsTextReader *self, const char *lower)
{
  const double value = number_after (lower, "acquisition time");

  if (isnan (self->acquisition->live_time) && value > 0 && value < 1e9)
    self->acquisition->live_time = value;
}

static gboolean
set_own_key (XpsTextReader *self, const char *key, const char *value)
{
  gsize n = 0;
  const XpsCsvKey *keys = xps_csv_get_keys (&n);
  char **place = strcmp (key, "region") == 0   ? &self->name
                 : strcmp (key, "sample") == 0 ? &self->sample
                 : strcmp (key, "group") == 0  ? &self->group
                                               : NULL;

  for (gsize i = 0; i < n && place == NULL; i++) {
    void *member = (char *)self->acquisition + keys[i].offset;
    if (strcmp (key, keys[i].key) != 0)
      continue;
    if (keys[i].kind == XPS_CSV_NUMBER)
      return xps_span_parse_number ((XpsSpan){.text = value, .length = strlen (value)}, member);
    if (keys[i].kind == XPS_CSV_FLAG)
      return *(gboolean *)member = strcmp (value, "yes") == 0;
    place = member;
  }
  if (place == NULL)
    return FALSE;
  g_free (*place);
  *place = g_strdup (value);
  return TRUE;
}

/* "variable: Potential | V | 1.75" */
static gboolean
add_own_variable (XpsTextReader *self, const char *key, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, " | ", 3);

  if (strcmp (key, "variable") != 0 || g_strv_length (parts) != 3)
    return FALSE;
  xps_acquisition_add_variable (self->acquisition, parts[0], parts[1], parts[2]);
  return TRUE;
}

static void
take_key (XpsTextReader *self, XpsSpan key_span, XpsSpan value_span)
{
  g_autofree char *key = xps_span_dup (xps_span_trim (key_span));
  g_autofree char *value = xps_span_dup (xps_span_trim (value_span));

  if (self->own && (set_own_key (self, key, value) || add_own_variable (self, key, value)))
    return;
  if (value[0] != '\0' && self->acquisition->keys->len < MOST_KEYS)
    xps_acquisition_add_key (self->acquisition, key, value);
}

static void
read_key (XpsTextReader *self, XpsSpan line)
{
  static const char *const marks[] = {": ", " = ", ":\t"};

  if (self->own && line.text[line.length - 1] == ':') { /* an empty text, its blank trimmed off */
    take_key (self, xps_span_slice (line, 0, line.length - 1),
              xps_span_slice (line, line.length, line.length));
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    const gssize at = xps_span_find (line, 0, marks[i]);
    if (at <= 0 || at > LONGEST_KEY)
      continue;
    take_key (self, xps_span_slice (line, 0, (gsize)at),
              xps_span_slice (line, (gsize)at + strlen (marks[i]), line.length));
    return;
  }
}

/* Which energies the free text above the table speaks of: 1 binding, 2 kinetic. */
static guint
find_axis_words (const char *lower)
{
  static const char *const words[2][4] = {{"binding", "bindungs", "e_bin", NULL},
                                          {"kinet", "e_kin", "ekin", NULL}};
  guint found = 0;

  for (guint kind = 0; kind < 2; kind++)
    for (guint i = 0; words[kind][i] != NULL; i++)
      if (strstr (lower, words[kind][i]) != NULL)
        found |= 1u << kind;
  return found;
}

/* Splits at `mark`, or at runs of two or more blanks ("  "); NULL unless there are `low` or `high` cells. */
static GStrv
split_labels (XpsSpan line, const char *mark, gsize low, gsize high)
{
  g_autofree char *text = xps_span_dup (line);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  const gsize step = strlen (mark);

  for (char *p = text; p != NULL;) {
    char *next = strstr (p, mark);
    char *after = next != NULL ? next + step : NULL;
    while (after != NULL && mark[0] == ' ' && *after == ' ')
      after++;
    if (next != NULL)
      *next = '\0';
    g_strstrip (p);
    if (strlen (p) >= 2 && p[0] == '"' && p[strlen (p) - 1] == '"') {
      p[strlen (p) - 1] = '\0';
      p++;
    }
    g_ptr_array_add (cells, g_strdup (p));
    p = after;
    if (cells->len > high + 1)
      return NULL;
  }
  while (cells->len > low && ((char *)g_ptr_array_index (cells, cells->len - 1))[0] == '\0')
    g_ptr_array_set_size (cells, (int)cells->len - 1);
  if (cells->len != low && cells->len != high)
    return NULL;
  g_ptr_array_add (cells, NULL);
  return (GStrv)g_ptr_array_steal (cells, NULL);
}

/* Labels between blanks only where the line has no other separator, else words of a sentence become labels.
 */
static GStrv
dup_labels (const XpsTextReader *self, XpsSpan line, gboolean single_blanks)
{
  static const char *const marks[] = {"\t", ";", ",", "  "};

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    GStrv labels = split_labels (line, marks[i], self->table.min_cells, self->table.max_cells);
    if (labels != NULL)
      return labels;
    if (i < 3 && memchr (line.text, marks[i][0], line.length) != NULL)
      single_blanks = FALSE;
  }
  return single_blanks ? split_labels (line, " ", self->table.min_cells, self->table.max_cells) : NULL;
}

static gboolean
has_meaning (GStrv labels)
{
  for (guint i = 0; labels[i] != NULL; i++)
    if (xps_label_classify (labels[i]) != XPS_LABEL_NONE)
      return TRUE;
  return FALSE;
}

/* A row of units below the row of names. */
static gboolean
is_unit_row (GStrv labels)
{
  static const char *const units[] = {"ev",  "cps", "counts", "c/s",   "counts/s",   "counts / s",
                                      "1/s", "cts", "a.u.",   "a. u.", "arb. units", "nm",
                                      "s",   "v",   "-",      "",      NULL};
  for (guint i = 0; labels[i] != NULL; i++) {
    g_autofree char *lower = g_ascii_strdown (labels[i], -1);
    if (!g_strv_contains (units, g_strstrip (lower)))
      return FALSE;
  }
  return TRUE;
}

static void
prepend_names (GStrv units, GStrv names)
{
  for (guint i = 0; units[i] != NULL && names[i] != NULL; i++) {
    char *joined =
        units[i][0] == '\0' ? g_strdup (names[i]) : g_strdup_printf ("%s (%s)", names[i], units[i]);
    g_free (units[i]);
    units[i] = joined;
  }
}

/* The nearest line whose cells are as many as the columns and mean something. */
static GStrv
find_labels (const XpsTextReader *self, const Nearest *nearest)
{
  for (guint i = nearest->n; i-- > 0;) {
    g_auto (GStrv) labels = dup_labels (self, nearest->lines[i], TRUE);
    if (labels == NULL || !has_meaning (labels))
      continue;
    g_auto (GStrv) names =
        i > 0 && is_unit_row (labels) ? dup_labels (self, nearest->lines[i - 1], TRUE) : NULL;
    if (names != NULL)
      prepend_names (labels, names);
    return g_steal_pointer (&labels);
  }
  return NULL;
}

/* Labels without a known word: those of the line just above, between separators that no sentence has; a
 * potential series may stand between blanks. */
static GStrv
find_plain_labels (const XpsTextReader *self, const Nearest *nearest)
{
  if (nearest->n == 0 || nearest->last_is_comment)
    return NULL;
  const XpsSpan line = nearest->lines[nearest->n - 1];
  const gssize series = xps_span_find (line, 0, " V");
  return dup_labels (self, line, series > 0 && g_ascii_isdigit (line.text[line.length - 1]));
}

/* Everything that a line above the table may say; returns find_axis_words(). */
static guint
read_line (XpsTextReader *self, XpsSpan line)
{
  g_autofree char *lower = xps_span_dup (line);

  for (char *p = lower; *p != '\0'; p++)
    *p = g_ascii_tolower (*p);
  if (!self->own) {
    read_photon_energy (self, line.line, lower);
    read_live_time (self, lower);
  }
  read_key (self, line);
  return find_axis_words (lower);
}

static void
take_labels (XpsTextReader *self, const Nearest *nearest)
{
  g_auto (GStrv) labels = find_labels (self, nearest);

  if (labels == NULL)
    labels = find_plain_labels (self, nearest);
  self->has_header = labels != NULL;
  for (gsize k = 0; labels != NULL && k < self->n_columns && labels[k] != NULL; k++) {
    self->columns[k].label = g_strdup (labels[k]);
    self->columns[k].meaning = xps_label_classify (labels[k]);
  }
}

void
xps_text_read_header (XpsTextReader *self)
{
  XpsLines at = self->table.header;
  Nearest nearest = {.n = 0};
  XpsSpan line = {0};
  guint axis_words = 0;

  self->acquisition = xps_acquisition_new ();
  while (xps_lines_next (&at, &line) && line.line < self->table.first_line) {
    gboolean commented = FALSE;
    line = strip_comment_mark (line, &commented);
    if (xps_span_trim (line).length == 0)
      continue;
    nearest_push (&nearest, line);
    nearest.last_is_comment = commented;
    axis_words |= read_line (self, line);
  }
  self->header_axis = axis_words == 1   ? XPS_AXIS_BINDING
                      : axis_words == 2 ? XPS_AXIS_KINETIC
                                        : XPS_AXIS_OTHER;
  take_labels (self, &nearest);
}

void
xps_text_clear_header (XpsTextReader *self)
{
  g_clear_pointer (&self->acquisition, xps_acquisition_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->sample, g_free);
  g_clear_pointer (&self->group, g_free);
  self->header_axis = XPS_AXIS_OTHER;
  self->has_header = FALSE;
}
