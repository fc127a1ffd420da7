/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/markup.h"

#include <string.h>

enum {
  STYLE_SUB = 1 << 0,
  STYLE_SUP = 1 << 1,
  STYLE_ITALIC = 1 << 2,
  STYLE_BOLD = 1 << 3,
};

static const struct {
  const char *name;
  guint style;
} tags[] = {
    {"sub", STYLE_SUB},
    {"sup", STYLE_SUP},
    {"i", STYLE_ITALIC},
    {"b", STYLE_BOLD},
};

static const struct {
  const char *name;
  char character;
} entities[] = {
    {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}, {"&apos;", '\''},
};

/* Advance widths of DejaVu Sans 2.37, thousandths of the size, U+0020 to U+007E. */
static const guint16 ascii_widths[] = {
    317, 400, 459, 837, 636, 950, 779, 274, 390, 390, 500, 837, 317, 360,  317, 336, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 336, 336, 837, 837, 837, 530, 1000, 684, 686, 698, 770, 631,
    575, 774, 751, 294, 294, 655, 557, 862, 748, 787, 603, 787, 694, 634,  610, 731, 684, 988, 685,
    610, 685, 390, 336, 390, 837, 500, 500, 612, 634, 549, 634, 615, 352,  634, 633, 277, 277, 579,
    277, 974, 633, 611, 634, 634, 411, 520, 392, 633, 591, 817, 591, 591,  524, 636, 336, 636, 837,
};

/* The text as characters with a style each; everything below works on this. */
typedef struct {
  gunichar character;
  guint style;
} Glyph;

char *
xps_markup_escape (const char *plain)
{
  g_return_val_if_fail (plain != NULL, NULL);
  g_autofree char *valid = g_utf8_make_valid (plain, -1);
  GString *markup = g_string_new (NULL);
  for (const char *at = valid; *at != '\0'; at++) {
    if (*at == '&')
      g_string_append (markup, "&amp;");
    else if (*at == '<')
      g_string_append (markup, "&lt;");
    else if (*at == '>')
      g_string_append (markup, "&gt;");
    else if (g_ascii_iscntrl (*at))
      g_string_append_c (markup, ' ');
    else
      g_string_append_c (markup, *at);
  }
  return g_string_free (markup, FALSE);
}

/* Style of "<tag>" or "</tag>" at `at`, its length put into `length`; 0 when it is neither. */
static guint
read_tag (const char *at, gboolean *closing, gsize *length)
{
  const char *name = at + 1;
  *closing = *name == '/';
  if (*closing)
    name++;
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++) {
    const gsize n = strlen (tags[i].name);
    if (strncmp (name, tags[i].name, n) == 0 && name[n] == '>') {
      *length = (gsize)(name - at) + n + 1;
      return tags[i].style;
    }
  }
  return 0;
}

static char
read_entity (const char *at, gsize *length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
    if (g_str_has_prefix (at, entities[i].name)) {
      *length = strlen (entities[i].name);
      return entities[i].character;
    }
  return '\0';
}

/* NULL when the markup is not valid. The stack of open tags is short: none may be open twice. */
static GArray *
parse (const char *markup)
{
  g_autoptr (GArray) glyphs = g_array_new (FALSE, FALSE, sizeof (Glyph));
  guint open[G_N_ELEMENTS (tags)];
  gsize depth = 0, length = 0;
  guint style = 0;
  if (!g_utf8_validate (markup, -1, NULL))
    return NULL;
  for (const char *at = markup; *at != '\0';) {
    Glyph glyph = {g_utf8_get_char (at), style};
    gboolean closing = FALSE;
    if (*at == '<') {
      const guint tag = read_tag (at, &closing, &length);
      if (tag == 0 || (closing && (depth == 0 || open[depth - 1] != tag)) || (!closing && (style & tag) != 0))
        return NULL;
      if (closing)
        depth--;
      else
        open[depth++] = tag;
      style ^= tag;
      at += length;
      continue;
    }
    if (*at == '&' && (glyph.character = (gunichar)read_entity (at, &length)) == 0)
      return NULL;
    at = *at == '&' ? at + length : g_utf8_next_char (at);
    g_array_append_val (glyphs, glyph);
  }
  return depth == 0 ? g_steal_pointer (&glyphs) : NULL;
}

gboolean
xps_markup_is_valid (const char *markup)
{
  g_return_val_if_fail (markup != NULL, FALSE);
  g_autoptr (GArray) glyphs = parse (markup);
  return glyphs != NULL;
}

/* What does not parse is taken as plain text. */
static GArray *
parse_or_plain (const char *markup)
{
  GArray *glyphs = parse (markup);
  if (glyphs != NULL)
    return glyphs;
  g_autofree char *escaped = xps_markup_escape (markup);
  return parse (escaped);
}

static double
character_width (gunichar character)
{
  if (character >= 0x20 && character <= 0x7e)
    return ascii_widths[character - 0x20] / 1000.0;
  if (g_unichar_iszerowidth (character))
    return 0.0;
  if (character == 0x2212 || character == 0x00b1) /* minus, plus-minus */
    return 0.837;
  if ((character >= 0x2070 && character <= 0x209c) || character == 0x00b2 || character == 0x00b3 ||
      character == 0x00b9)
    return 0.42;
  if (character == 0x2026 || g_unichar_iswide (character)) /* ellipsis; East Asian */
    return 1.0;
  if (character == 0x00b7) /* middle dot */
    return 0.317;
  return g_unichar_isupper (character) ? 0.75 : 0.635;
}

static double
glyph_width (Glyph glyph, double size, gboolean bold)
{
  double width = size * character_width (glyph.character);
  if ((glyph.style & (STYLE_SUB | STYLE_SUP)) != 0)
    width *= XPS_MARKUP_SMALL;
  return bold || (glyph.style & STYLE_BOLD) != 0 ? 1.11 * width : width; /* the bold face is a ninth wider */
}

static double
span_width (const GArray *glyphs, guint from, guint to, double size, gboolean bold)
{
  double width = 0.0;
  for (guint i = from; i < to; i++)
    width += glyph_width (g_array_index (glyphs, Glyph, i), size, bold);
  return width;
}

static void
append_tags (GString *markup, guint style, gboolean closing)
{
  for (gsize k = 0; k < G_N_ELEMENTS (tags); k++) {
    const gsize i = closing ? G_N_ELEMENTS (tags) - 1 - k : k;
    if ((style & tags[i].style) != 0)
      g_string_append_printf (markup, closing ? "</%s>" : "<%s>", tags[i].name);
  }
}

static char *
print_span (const GArray *glyphs, guint from, guint to, gboolean ellipsis)
{
  GString *markup = g_string_new (NULL);
  guint style = 0;
  for (guint i = from; i < to; i++) {
    const Glyph glyph = g_array_index (glyphs, Glyph, i);
    if (glyph.style != style) {
      append_tags (markup, style, TRUE);
      append_tags (markup, glyph.style, FALSE);
      style = glyph.style;
    }
    if (glyph.character == '&')
      g_string_append (markup, "&amp;");
    else if (glyph.character == '<')
      g_string_append (markup, "&lt;");
    else if (glyph.character == '>')
      g_string_append (markup, "&gt;");
    else
      g_string_append_unichar (markup, glyph.character);
  }
  append_tags (markup, style, TRUE);
  if (ellipsis)
    g_string_append (markup, "\xe2\x80\xa6");
  return g_string_free (markup, FALSE);
}

char *
xps_markup_dup_plain (const char *markup)
{
  g_return_val_if_fail (markup != NULL, NULL);
  g_autoptr (GArray) glyphs = parse_or_plain (markup);
  GString *plain = g_string_new (NULL);
  for (guint i = 0; i < glyphs->len; i++)
    g_string_append_unichar (plain, g_array_index (glyphs, Glyph, i).character);
  return g_string_free (plain, FALSE);
}

double
xps_markup_width (const char *markup, double size, gboolean bold)
{
  g_return_val_if_fail (markup != NULL, 0.0);
  g_autoptr (GArray) glyphs = parse_or_plain (markup);
  return span_width (glyphs, 0, glyphs->len, size, bold);
}

/* glyphs[from..to) cut so that it fits with an ellipsis. */
static char *
cut_span (const GArray *glyphs, guint from, guint to, double size, gboolean bold, double width)
{
  const double room = width - size * character_width (0x2026);
  while (to > from && span_width (glyphs, from, to, size, bold) > room)
    to--;
  while (to > from && g_array_index (glyphs, Glyph, to - 1).character == ' ')
    to--;
  return print_span (glyphs, from, to, TRUE);
}

char *
xps_markup_dup_fitted (const char *markup, double size, gboolean bold, double width)
{
  g_return_val_if_fail (markup != NULL, NULL);
  g_autoptr (GArray) glyphs = parse_or_plain (markup);
  if (span_width (glyphs, 0, glyphs->len, size, bold) <= width)
    return print_span (glyphs, 0, glyphs->len, FALSE);
  return cut_span (glyphs, 0, glyphs->len, size, bold, width);
}

/* End of the line that begins at `from`: as many words as fit, at least one. */
static guint
line_end (const GArray *glyphs, guint from, double size, gboolean bold, double width)
{
  guint end = from;
  for (guint i = from; i < glyphs->len; i++) {
    const gboolean word_ends = i + 1 == glyphs->len || g_array_index (glyphs, Glyph, i + 1).character == ' ';
    if (!word_ends)
      continue;
    if (end > from && span_width (glyphs, from, i + 1, size, bold) > width)
      break;
    end = i + 1;
  }
  return end;
}

char **
xps_markup_wrap (const char *markup, double size, gboolean bold, double width, guint max_lines)
{
  g_return_val_if_fail (markup != NULL, NULL);
  g_autoptr (GArray) glyphs = parse_or_plain (markup);
  GPtrArray *lines = g_ptr_array_new ();
  guint from = 0;
  while (lines->len == 0 || from < glyphs->len) {
    guint end = line_end (glyphs, from, size, bold, width);
    const gboolean last = lines->len + 1 >= max_lines;
    if (last)
      end = glyphs->len;
    const gboolean fits = span_width (glyphs, from, end, size, bold) <= width;
    g_ptr_array_add (lines, fits ? print_span (glyphs, from, end, FALSE)
                                 : cut_span (glyphs, from, end, size, bold, width));
    for (from = end; from < glyphs->len && g_array_index (glyphs, Glyph, from).character == ' ';)
      from++;
    if (last)
      break;
  }
  g_ptr_array_add (lines, NULL);
  return (char **)g_ptr_array_free (lines, FALSE);
}

static void
run_free (void *data)
{
  XpsMarkupRun *run = data;
  g_free (run->text);
  g_free (run);
}

static int
style_level (guint style)
{
  if ((style & STYLE_SUP) != 0)
    return 1;
  return (style & STYLE_SUB) != 0 ? -1 : 0;
}

GPtrArray *
xps_markup_dup_runs (const char *markup)
{
  g_return_val_if_fail (markup != NULL, NULL);
  g_autoptr (GArray) glyphs = parse_or_plain (markup);
  GPtrArray *runs = g_ptr_array_new_with_free_func (run_free);
  for (guint from = 0, to; from < glyphs->len; from = to) {
    const guint style = g_array_index (glyphs, Glyph, from).style;
    GString *text = g_string_new (NULL);
    for (to = from; to < glyphs->len && g_array_index (glyphs, Glyph, to).style == style; to++)
      g_string_append_unichar (text, g_array_index (glyphs, Glyph, to).character);
    XpsMarkupRun *run = g_new0 (XpsMarkupRun, 1);
    *run = (XpsMarkupRun){g_string_free (text, FALSE), style_level (style), (style & STYLE_ITALIC) != 0,
                          (style & STYLE_BOLD) != 0};
    g_ptr_array_add (runs, run);
  }
  return runs;
}
