/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/label.h"

#include <glib.h>
#include <string.h>

#include "scene/markup.h"

#define MINUS "\xe2\x88\x92"

static const char elements[] = " H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni "
                               "Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr "
                               "Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy "
                               "Ho Er Tm Yb Lu Hf Ta W Re Os Ir "
                               "Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr "
                               "Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl "
                               "Mc Lv Ts Og ";

/* Molecules of one element that cannot be mistaken for "the second O component". */
static const char *const molecules[] = {"S8", "P4", "C60"};

/* Length of the element symbol at `at`, the longer reading first; 0 for none. */
static gsize
element_length (const char *at)
{
  if (!g_ascii_isupper (at[0]))
    return 0;
  for (gsize n = g_ascii_islower (at[1]) ? 2 : 1; n > 0; n--) {
    char wanted[5] = {' ', at[0], n == 2 ? at[1] : ' ', n == 2 ? ' ' : '\0', '\0'};
    if (strstr (elements, wanted) != NULL)
      return n;
  }
  return 0;
}

/* Digits, with a decimal part when digits follow the point: Li5.5PS4.5Cl1.5. */
static gsize
number_length (const char *at)
{
  gsize n = strspn (at, "0123456789");
  if (n > 0 && at[n] == '.' && g_ascii_isdigit (at[n + 1]))
    n += 1 + strspn (at + n + 1, "0123456789");
  return n;
}

typedef struct {
  gsize length;
  guint elements, numbers, open;
  gboolean ends_in_number;
} Formula;

/* The longest run of symbols, numbers and brackets at `at`. */
static Formula
read_formula (const char *at)
{
  Formula formula = {0};
  while (at[formula.length] != '\0') {
    const char *here = at + formula.length;
    const gsize symbol = element_length (here), number = number_length (here);
    if (symbol > 0) {
      formula.ends_in_number = FALSE;
      formula.elements++;
      formula.length += symbol;
    } else if (number > 0 && formula.elements > 0) {
      formula.numbers++;
      formula.ends_in_number = TRUE;
      formula.length += number;
    } else if (*here == '(' && element_length (here + 1) > 0) {
      formula.ends_in_number = FALSE;
      formula.open++;
      formula.length++;
    } else if (*here == ')' && formula.open > 0) {
      formula.ends_in_number = FALSE;
      formula.open--;
      formula.length++;
    } else
      break;
  }
  return formula;
}

static gboolean
is_boundary (char character)
{
  return !g_ascii_isalnum (character) && (guchar)character < 0x80;
}

/* Length of a charge ("3-", "+", " 2+", "^2-") at `at`, 0 for none. After a blank or with the number in
 * between, it must have a number; a sign before a letter is a bond or a dash. */
static gsize
charge_length (const char *at)
{
  const gsize lead = *at == ' ' || *at == '^' ? 1 : 0;
  const gsize digits = strspn (at + lead, "0123456789");
  const char sign = at[lead + digits];
  if (digits > 1 || (sign != '+' && sign != '-') || !is_boundary (at[lead + digits + 1]))
    return 0;
  return lead == 1 && *at == ' ' && digits == 0 ? 0 : lead + digits + 1;
}

static void
append_escaped (GString *out, const char *text, gsize n)
{
  g_autofree char *part = g_strndup (text, n);
  g_autofree char *escaped = xps_markup_escape (part);
  g_string_append (out, escaped);
}

static void
append_charge (GString *out, const char *at, gsize length)
{
  const char *digits = at + strspn (at, " ^");
  const gsize n = length - (gsize)(digits - at) - 1;
  g_string_append (out, "<sup>");
  g_string_append_len (out, digits, (gssize)n);
  g_string_append (out, digits[n] == '-' ? MINUS : "+");
  g_string_append (out, "</sup>");
}

static void
append_formula (GString *out, const char *at, gsize length)
{
  for (gsize i = 0; i < length;) {
    const gsize number = number_length (at + i);
    if (number > 0) {
      g_string_append (out, "<sub>");
      append_escaped (out, at + i, MIN (number, length - i));
      g_string_append (out, "</sub>");
    } else
      append_escaped (out, at + i, 1);
    i += MAX (number, 1);
  }
}

static gboolean
is_molecule (const char *at, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (molecules); i++)
    if (strlen (molecules[i]) == length && strncmp (at, molecules[i], length) == 0)
      return TRUE;
  return FALSE;
}

/* Element or formula with its charge; returns what was eaten, 0 when there is nothing of the kind. */
static gsize
put_formula (GString *out, const char *at)
{
  Formula formula = read_formula (at);
  if (formula.elements == 0 || formula.open > 0)
    return 0;
  /* "Ni2+", "O2-": with a single element the number is the charge's. */
  if (formula.elements == 1 && formula.numbers == 1 && formula.ends_in_number) {
    const gsize symbol = element_length (at);
    const gsize charge = symbol > 0 ? charge_length (at + symbol) : 0;
    if (charge > 0)
      formula = (Formula){.length = symbol, .elements = 1};
  }
  const gsize charge = charge_length (at + formula.length);
  const gboolean is_formula =
      (formula.elements >= 2 && formula.numbers > 0) || is_molecule (at, formula.length);
  if ((!is_formula && (charge == 0 || formula.elements != 1)) ||
      (charge == 0 && !is_boundary (at[formula.length])))
    return 0;
  if (is_formula || formula.numbers > 0)
    append_formula (out, at, formula.length);
  else
    append_escaped (out, at, formula.length);
  if (charge > 0)
    append_charge (out, at + formula.length, charge);
  return formula.length + charge;
}

/* "2p3/2": shell, letter, j. */
static gsize
put_level (GString *out, const char *at)
{
  if (!(at[0] >= '1' && at[0] <= '7') || at[1] == '\0' || strchr ("spdf", at[1]) == NULL)
    return 0;
  if (at[2] == '\0' || strchr ("1357", at[2]) == NULL || at[3] != '/' || at[4] != '2' ||
      g_ascii_isalnum (at[5]))
    return 0;
  g_string_append_printf (out, "%.2s<sub>%.3s</sub>", at, at + 2);
  return 5;
}

char *
xps_figure_label_markup (const char *plain)
{
  g_return_val_if_fail (plain != NULL, NULL);
  if (strstr (plain, "</") != NULL && xps_markup_is_valid (plain))
    return g_strdup (plain);
  g_autofree char *valid = g_utf8_make_valid (plain, -1);
  GString *out = g_string_new (NULL);
  gboolean at_start = TRUE;
  for (const char *at = valid; *at != '\0';) {
    gsize eaten = 0;
    if (at_start)
      eaten = put_level (out, at);
    if (at_start && eaten == 0)
      eaten = put_formula (out, at);
    if (eaten == 0) {
      eaten = (gsize)(g_utf8_next_char (at) - at);
      append_escaped (out, at, eaten);
    }
    at_start = is_boundary (at[eaten - 1]) && at[eaten - 1] != '_';
    at += eaten;
  }
  return g_string_free (out, FALSE);
}
