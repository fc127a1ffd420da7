/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/labels.h"

#include <string.h>

#define MAX_WORDS 12

/* The words of a label: runs of letters, lower case; points are dropped before ("B.E." is "be"). Runs of
 * digits count as words, so that "PE: 20 eV" is not taken for "PE/eV". */
typedef struct {
  char *lower;               /* whole label, lower case */
  char *words[MAX_WORDS];    /* lower case */
  gboolean upper[MAX_WORDS]; /* written in capitals only */
  guint n;
} Words;

static void
words_clear (Words *self)
{
  g_free (self->lower);
  for (guint i = 0; i < self->n; i++)
    g_free (self->words[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static void
add_word (Words *self, const char *start, const char *end)
{
  if (self->n == MAX_WORDS || end == start)
    return;
  gboolean upper = TRUE;
  for (const char *p = start; p < end; p++)
    upper &= !g_ascii_islower (*p);
  g_autofree char *word = g_strndup (start, (gsize)(end - start));
  self->words[self->n] = g_utf8_strdown (word, -1);
  self->upper[self->n++] = upper;
}

static gboolean
is_letter (char c)
{
  return g_ascii_isalpha (c) || (guchar)c >= 0x80;
}

static void
words_init (Words *self, const char *label)
{
  *self = (Words){.lower = g_utf8_strdown (label, -1)};
  g_autoptr (GString) plain = g_string_new (NULL);
  for (const char *p = label; *p != '\0'; p++)
    if (*p != '.')
      g_string_append_c (plain, *p);

  const char *p = plain->str;
  while (*p != '\0') {
    const char *start = p;
    while (is_letter (*p))
      p++;
    add_word (self, start, p);
    start = p;
    while (g_ascii_isdigit (*p))
      p++;
    add_word (self, start, p);
    if (!is_letter (*p) && !g_ascii_isdigit (*p) && *p != '\0')
      p++;
  }
}

static gboolean
contains_any (const Words *self, const char *const *parts)
{
  for (; *parts != NULL; parts++)
    if (strstr (self->lower, *parts) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
has_word (const Words *self, const char *const *words)
{
  for (; *words != NULL; words++)
    for (guint i = 0; i < self->n; i++)
      if (strcmp (self->words[i], *words) == 0)
        return TRUE;
  return FALSE;
}

/* Only this word and the unit eV: "be", "BE/eV", "KE (eV)". */
static gboolean
is_only (const Words *self, const char *word)
{
  gboolean found = FALSE;

  for (guint i = 0; i < self->n; i++) {
    const gboolean hit = strcmp (self->words[i], word) == 0;
    if (!hit && strcmp (self->words[i], "ev") != 0)
      return FALSE;
    found |= hit;
  }
  return found;
}

/* "BE" amid other words only in capitals: "Be 1s" is beryllium. */
static gboolean
has_symbol (const Words *self, const char *word)
{
  for (guint i = 0; i < self->n; i++)
    if (self->upper[i] && strcmp (self->words[i], word) == 0)
      return TRUE;
  return is_only (self, word);
}

/* "E_b", "E kin": an E and its index. */
static gboolean
has_index (const Words *self, const char *index)
{
  for (guint i = 1; i < self->n; i++)
    if (strcmp (self->words[i - 1], "e") == 0 && strcmp (self->words[i], index) == 0)
      return TRUE;
  return FALSE;
}

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

static XpsLabel
classify_energy (const Words *w)
{
  if (contains_any (w, LIST ("binding", "bindungs")) || has_symbol (w, "be") ||
      has_word (w, LIST ("ebin", "eb")) || has_index (w, "bin") || has_index (w, "b"))
    return XPS_LABEL_BINDING;
  if (contains_any (w, LIST ("kinet")) || has_symbol (w, "ke") || has_word (w, LIST ("ekin", "ek")) ||
      has_index (w, "kin") || has_index (w, "k"))
    return XPS_LABEL_KINETIC;
  if (contains_any (w, LIST ("photon", "excitation", "anregungs", "hν")) || is_only (w, "pe") ||
      is_only (w, "hv"))
    return XPS_LABEL_PHOTON;
  if (contains_any (w, LIST ("wavelength", "wellenl")) || is_only (w, "nm") || is_only (w, "lambda"))
    return XPS_LABEL_WAVELENGTH;
  if (contains_any (w, LIST ("energ")) || is_only (w, "e") || is_only (w, "ev"))
    return XPS_LABEL_ENERGY;
  return XPS_LABEL_NONE;
}

static XpsLabel
classify_extra (const Words *w)
{
  if (contains_any (w, LIST ("sigma", "std", "standard dev", "error", "uncert", "standardabw")) ||
      has_word (w, LIST ("err", "esd", "dy")))
    return XPS_LABEL_SIGMA;
  if (contains_any (w, LIST ("background", "backgnd", "untergrund")) ||
      has_word (w, LIST ("bg", "bkg", "bgd")))
    return XPS_LABEL_BACKGROUND;
  if (contains_any (w, LIST ("envelope", "peak sum", "best fit")))
    return XPS_LABEL_ENVELOPE;
  if (contains_any (w, LIST ("residu", "difference")))
    return XPS_LABEL_RESIDUAL;
  if (contains_any (w, LIST ("transmission")))
    return XPS_LABEL_TRANSMISSION;
  return XPS_LABEL_NONE;
}

static XpsLabel
classify_intensity (const Words *w)
{
  if (has_word (w, LIST ("cps")) ||
      contains_any (w, LIST ("counts/s", "counts / s", "c/s", "cts/s", "count/s", "1/s", "s^-1", "per sec",
                             "count rate", "countrate", "zählrate")))
    return XPS_LABEL_RATE;
  if (has_word (w, LIST ("counts", "count", "cts")))
    return XPS_LABEL_COUNTS;
  if (has_word (w, LIST ("sum")))
    return XPS_LABEL_SUM;
  if (contains_any (w, LIST ("intens")) || has_word (w, LIST ("int", "signal", "yield", "y")))
    return XPS_LABEL_INTENSITY;
  return XPS_LABEL_NONE;
}

XpsLabel
xps_label_classify (const char *label)
{
  g_auto (Words) words = {0};

  if (label == NULL)
    return XPS_LABEL_NONE;
  words_init (&words, label);
  /* "Background CPS" is a background, "Energy (counts)" no intensity: the narrower meaning first. */
  XpsLabel found = classify_extra (&words);
  if (found == XPS_LABEL_NONE)
    found = classify_energy (&words);
  return found != XPS_LABEL_NONE ? found : classify_intensity (&words);
}

XpsAxisKind
xps_label_axis (const char *label)
{
  switch (xps_label_classify (label)) {
  case XPS_LABEL_BINDING:
    return XPS_AXIS_BINDING;
  case XPS_LABEL_KINETIC:
    return XPS_AXIS_KINETIC;
  case XPS_LABEL_PHOTON:
    return XPS_AXIS_PHOTON;
  default:
    return XPS_AXIS_OTHER;
  }
}

XpsIntensityUnit
xps_label_unit (const char *label)
{
  switch (xps_label_classify (label)) {
  case XPS_LABEL_COUNTS:
    return XPS_INTENSITY_COUNTS;
  case XPS_LABEL_RATE:
    return XPS_INTENSITY_COUNTS_PER_SECOND;
  default:
    return XPS_INTENSITY_UNKNOWN;
  }
}

XpsColumnRole
xps_label_column_role (const char *label)
{
  switch (xps_label_classify (label)) {
  case XPS_LABEL_SIGMA:
    return XPS_COLUMN_SIGMA;
  case XPS_LABEL_BACKGROUND:
    return XPS_COLUMN_BACKGROUND;
  case XPS_LABEL_ENVELOPE:
    return XPS_COLUMN_ENVELOPE;
  case XPS_LABEL_TRANSMISSION:
    return XPS_COLUMN_TRANSMISSION;
  default:
    return XPS_COLUMN_OTHER;
  }
}
