/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "project/region.h"

/* What a region is, out of what people and instruments write into names, and of its range. */

#define SURVEY_WIDTH 200.0 /* eV */
#define LEVELS_WIDTH                                                                                         \
  400.0                    /* named after levels, yet wider than any group of lines that is fitted together  \
                            */
#define VALENCE_LIMIT 35.0 /* eV */

static const char *const kind_texts[] = {"survey", "core-level", "valence", "auger", "other"};

const char *
xps_region_kind_to_text (XpsRegionKind kind)
{
  g_return_val_if_fail ((guint)kind < G_N_ELEMENTS (kind_texts), "other");
  return kind_texts[kind];
}

gboolean
xps_region_kind_from_text (const char *text, XpsRegionKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_texts); i++)
    if (strcmp (text, kind_texts[i]) == 0) {
      *kind = (XpsRegionKind)i;
      return TRUE;
    }
  return FALSE;
}

/* ---- levels in names ---- */

static const char elements[][3] = {
    "H",  "He", "Li", "Be", "B",  "C",  "N",  "O",  "F",  "Ne", "Na", "Mg", "Al", "Si", "P",  "S",
    "Cl", "Ar", "K",  "Ca", "Sc", "Ti", "V",  "Cr", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "Ga", "Ge",
    "As", "Se", "Br", "Kr", "Rb", "Sr", "Y",  "Zr", "Nb", "Mo", "Tc", "Ru", "Rh", "Pd", "Ag", "Cd",
    "In", "Sn", "Sb", "Te", "I",  "Xe", "Cs", "Ba", "La", "Ce", "Pr", "Nd", "Pm", "Sm", "Eu", "Gd",
    "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu", "Hf", "Ta", "W",  "Re", "Os", "Ir", "Pt", "Au", "Hg",
    "Tl", "Pb", "Bi", "Po", "At", "Rn", "Fr", "Ra", "Ac", "Th", "Pa", "U",  "Np", "Pu", "Am", "Cm"};

/* The element at the beginning of `text`, two letters before one: "Si2p" is no sulfur. Capitals may be
 * missing or too many ("c1s", "AG3d"). */
static const char *
find_element (const char *text, gsize length)
{
  if (!g_ascii_isalpha (text[0]) || (length == 2 && !g_ascii_isalpha (text[1])))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    if (strlen (elements[i]) == length && g_ascii_strncasecmp (elements[i], text, length) == 0)
      return elements[i];
  return NULL;
}

static const char *
skip_separators (const char *text)
{
  return text + strspn (text, " _-");
}

/* "2p", "2p3/2", "3d5": length of the subshell, 0 for none. `j` receives twice the total angular momentum,
 * 0 where it is not given or does not belong to the shell (the 1 of "As3d1" numbers a scan). */
static gsize
match_subshell (const char *text, int *j)
{
  static const char letters[] = "spdf";
  *j = 0;
  if (text[0] < '1' || text[0] > '7')
    return 0;
  const char *letter = text[1] != '\0' ? strchr (letters, g_ascii_tolower (text[1])) : NULL;
  if (letter == NULL)
    return 0;
  const int l = (int)(letter - letters), shell = text[0] - '0', digit = text[2] - '0';
  if (l >= shell)
    return 0;
  if (l > 0 && (digit == 2 * l - 1 || digit == 2 * l + 1) && !g_ascii_isdigit (text[3]))
    *j = digit;
  return 2;
}

/* Whether an atom of this element has electrons in the subshell ("2p"): of the samples of Li6PS5Cl, none has
 * a line Li 6p. First elements of each subshell: aufbau with its exceptions, as NIST's table of ground states
 * has it. */
static gboolean
has_subshell (const char *element, const char *subshell)
{
  static const struct {
    char name[3];
    guint8 first;
  } subshells[] = {
      {"1s", 1},  {"2s", 3},  {"2p", 5},  {"3s", 11}, {"3p", 13}, {"3d", 21},
      {"4s", 19}, {"4p", 31}, {"4d", 39}, {"4f", 58}, {"5s", 37}, {"5p", 49},
      {"5d", 57}, {"5f", 91}, {"6s", 55}, {"6p", 81}, {"6d", 89}, {"7s", 87},
  };
  guint number = 0;
  while (strcmp (elements[number], element) != 0)
    number++;
  for (guint i = 0; i < G_N_ELEMENTS (subshells); i++)
    if (g_ascii_strncasecmp (subshells[i].name, subshell, 2) == 0)
      return number + 1 >= subshells[i].first;
  return FALSE;
}

/* "KLL", "L3VV", "KL23L23", and "LLM", as some write it: shells in three capitals. Its length, 0 for none. */
static gsize
match_transition (const char *text)
{
  guint letters = 0;
  gsize i = 0;
  for (; text[i] != '\0'; i++) {
    if (strchr (letters == 0 ? "KLMNO" : "KLMNOV", text[i]) != NULL)
      letters++;
    else if (letters == 0 || !g_ascii_isdigit (text[i]))
      break;
  }
  return letters == 3 && !g_ascii_isalpha (text[i]) ? i : 0;
}

typedef enum { LEVEL_NONE, LEVEL_CORE, LEVEL_AUGER } LevelKind;

/* A level that begins with the element just here. */
static LevelKind
match_level (const char *text, char **level)
{
  for (gsize length = 2; length >= 1; length--) {
    const char *element = find_element (text, length);
    if (element == NULL)
      continue;
    const char *rest = skip_separators (text + length);
    int j = 0;
    const gsize subshell = match_subshell (rest, &j), transition = match_transition (rest);
    if (subshell > 0 && has_subshell (element, rest)) {
      *level = j > 0 ? g_strdup_printf ("%s %c%c%d/2", element, rest[0], g_ascii_tolower (rest[1]), j)
                     : g_strdup_printf ("%s %c%c", element, rest[0], g_ascii_tolower (rest[1]));
      return LEVEL_CORE;
    }
    if (transition > 0) {
      *level = g_strdup_printf ("%s %.*s", element, (int)transition, rest);
      return LEVEL_AUGER;
    }
  }
  return LEVEL_NONE;
}

/* The first level of a text. It begins a word, or stands right behind another level ("Cu3pRu4s"), which the
 * first one has answered by then. */
static LevelKind
find_level (const char *text, char **level)
{
  LevelKind kind = LEVEL_NONE;
  for (const char *c = text; c != NULL && *c != '\0' && kind == LEVEL_NONE; c++)
    if (c == text || !g_ascii_isalpha (c[-1]))
      kind = match_level (c, level);
  return kind;
}

char *
xps_region_dup_level_in_text (const char *text)
{
  char *level = NULL;
  find_level (text, &level);
  return level;
}

static LevelKind
find_level_of (const XpsSpectrum *spectrum, char **level)
{
  const XpsAcquisition *acquisition = xps_spectrum_get_acquisition (spectrum);
  const char *species = acquisition->species != NULL ? acquisition->species : "";
  const char *transition = acquisition->transition != NULL ? acquisition->transition : "";
  g_autofree char *record = g_strconcat (species, " ", transition, NULL);
  const LevelKind kind = find_level (record, level);
  return kind != LEVEL_NONE ? kind : find_level (xps_spectrum_get_name (spectrum), level);
}

char *
xps_region_dup_level (const XpsSpectrum *spectrum)
{
  char *level = NULL;
  find_level_of (spectrum, &level);
  return level;
}

/* ---- kinds ---- */

/* One of the words begins a word of the text, or stands behind a lower-case letter ("finesurvey" too). */
static gboolean
has_word (const char *text, const char *const *words)
{
  if (text == NULL)
    return FALSE;
  g_autofree char *folded = g_ascii_strdown (text, -1);
  for (; *words != NULL; words++)
    for (const char *at = strstr (folded, *words); at != NULL; at = strstr (at + 1, *words))
      if (strlen (*words) > 4 ||
          ((at == folded || !g_ascii_isalpha (at[-1])) && !g_ascii_isalpha (at[strlen (*words)])))
        return TRUE;
  return FALSE;
}

static gboolean
is_called (const XpsSpectrum *spectrum, const char *const *words)
{
  return has_word (xps_spectrum_get_name (spectrum), words) ||
         has_word (xps_spectrum_get_acquisition (spectrum)->species, words);
}

/* Lowest and highest binding energy, as far as they are known. */
static gboolean
get_range (const XpsSpectrum *spectrum, double *low, double *high)
{
  const gsize n = xps_spectrum_get_n (spectrum);
  const XpsEnergyScale scale = xps_energy_scale_from_spectrum (spectrum);
  g_autofree double *energy = g_new (double, n);
  const gboolean known = xps_energy_to_binding (spectrum, &scale, energy, NULL);
  const double *values = known ? energy : xps_spectrum_get_energy (spectrum);
  *low = *high = values[0];
  for (gsize i = 1; i < n; i++) {
    *low = fmin (*low, values[i]);
    *high = fmax (*high, values[i]);
  }
  return known;
}

/* Techniques whose curves are not electrons over their energy. */
static gboolean
is_foreign (const XpsSpectrum *spectrum)
{
  static const char *const techniques[] = {"iss", "sims", "edx", "sem", "tpd", "nexafs", "xas", NULL};
  const XpsAxisKind axis = xps_spectrum_get_axis (spectrum);
  return axis == XPS_AXIS_PHOTON || axis == XPS_AXIS_OTHER ||
         has_word (xps_spectrum_get_acquisition (spectrum)->technique, techniques);
}

XpsRegionKind
xps_region_kind_guess (const XpsSpectrum *spectrum)
{
  static const char *const surveys[] = {"survey", "wide", "su1s", "sur", "xps survey", "overview", NULL};
  static const char *const valences[] = {"vb", "valence", "fermi", "ups", NULL};
  static const char *const augers[] = {"aes", "aes diff", "aes dir", "auger", NULL};
  double low, high;
  if (is_foreign (spectrum))
    return XPS_REGION_OTHER;
  g_autofree char *level = NULL;
  const LevelKind kind = find_level_of (spectrum, &level);
  const gboolean known = get_range (spectrum, &low, &high);
  const double width = high - low;
  if (width > LEVELS_WIDTH || (width > SURVEY_WIDTH && kind == LEVEL_NONE) ||
      (width > SURVEY_WIDTH / 2 && is_called (spectrum, surveys)))
    return XPS_REGION_SURVEY;
  const char *technique = xps_spectrum_get_acquisition (spectrum)->technique;
  if (kind == LEVEL_AUGER || is_called (spectrum, augers) || has_word (technique, augers))
    return XPS_REGION_AUGER;
  if (is_called (spectrum, valences) || has_word (technique, valences))
    return XPS_REGION_VALENCE;
  return kind == LEVEL_NONE && known && high <= VALENCE_LIMIT ? XPS_REGION_VALENCE : XPS_REGION_CORE_LEVEL;
}
