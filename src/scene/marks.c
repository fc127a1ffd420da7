/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/marks.h"

#include <math.h>

#include "scene/markup.h"

#define NARROW_DECADES 0.8 /* below: even steps */
#define MINOR_DECADES  30.0
#define EXPONENT_MAX   308
#define SHORT_TICK     0.55 /* of a tick */

static void
mark_clear (void *data)
{
  g_free (((XpsMark *)data)->label);
}

GArray *
xps_marks_new (void)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (XpsMark));
  g_array_set_clear_func (marks, mark_clear);
  return marks;
}

void
xps_marks_take (GArray *marks, double value, char *label)
{
  const XpsMark mark = {value, label};
  g_array_append_val (marks, mark);
}

static char *
power_markup (const char *factor, int exponent)
{
  return g_strdup_printf ("%s10<sup>%s%d</sup>", factor, exponent < 0 ? "\xe2\x88\x92" : "", ABS (exponent));
}

static gboolean
is_inside (const XpsAxis *axis, double value)
{
  const double slack = 1e-9 * (axis->high - axis->low);
  return value >= axis->low - slack && value <= axis->high + slack;
}

/* The values run over less than a decade: their own even steps. */
static GArray *
narrow_marks (const XpsAxis *axis, guint most)
{
  GArray *marks = xps_marks_new ();
  XpsAxis values;
  XpsTicks ticks;
  xps_axis_init (&values, pow (10.0, axis->low), pow (10.0, axis->high), FALSE, 0.0, 1.0);
  xps_axis_choose_ticks (&values, most, TRUE, &ticks);
  for (guint fewer = most; ticks.n > most && fewer > 2; fewer--)
    xps_axis_choose_ticks (&values, fewer - 1, TRUE, &ticks);
  for (guint i = 0; i < ticks.n; i++) {
    const double value = xps_ticks_value (&ticks, i);
    g_autofree char *label = xps_ticks_dup_label (&ticks, i);
    g_autofree char *factor = g_strconcat (label, "\xc2\xb7", NULL);
    if (value > 0.0 && is_inside (axis, log10 (value)))
      xps_marks_take (marks, log10 (value),
                      ticks.scale == 0 ? g_steal_pointer (&label) : power_markup (factor, ticks.scale));
  }
  return marks;
}

typedef struct {
  guint mantissas; /* how many of 1, 2, 5 have a label */
  int stride;      /* decades from label to label */
} Spacing;

static gboolean
is_labelled (const Spacing *spacing, int mantissa, int exponent)
{
  if (spacing->mantissas == 1)
    return mantissa == 1 && exponent % spacing->stride == 0;
  return mantissa == 1 || mantissa == 2 || mantissa == 5;
}

static guint
count_labels (const XpsAxis *axis, const Spacing *spacing)
{
  guint count = 0;
  for (int exponent = (int)floor (axis->low); exponent <= (int)ceil (axis->high); exponent++)
    for (int mantissa = 1; mantissa <= 9; mantissa++)
      count += is_labelled (spacing, mantissa, exponent) && is_inside (axis, exponent + log10 (mantissa));
  return count;
}

static char *
decade_label (int mantissa, int exponent, gboolean plain)
{
  static const char *const factors[] = {"", "", "2\xc2\xb7", "", "", "5\xc2\xb7"};
  if (!plain)
    return power_markup (factors[mantissa], exponent);
  const XpsTicks one = {
      .first = 1, .n = 1, .mantissa = mantissa, .exponent = exponent, .decimals = MAX (0, -exponent)};
  return xps_ticks_dup_label (&one, 0);
}

GArray *
xps_marks_new_log (const XpsAxis *axis, guint most)
{
  g_return_val_if_fail (axis != NULL, NULL);
  const XpsAxis held = {.low = CLAMP (axis->low, -EXPONENT_MAX, EXPONENT_MAX),
                        .high = CLAMP (axis->high, -EXPONENT_MAX, EXPONENT_MAX)};
  const double decades = held.high - held.low;
  if (decades < NARROW_DECADES)
    return narrow_marks (axis, most);
  Spacing spacing = {.mantissas = 3, .stride = 1};
  if (count_labels (&held, &spacing) > most)
    spacing.mantissas = 1;
  while (count_labels (&held, &spacing) > most)
    spacing.stride++;
  const gboolean plain = held.low >= -2.0 - 1e-9 && held.high < 5.0;
  GArray *marks = xps_marks_new ();
  for (int exponent = (int)floor (held.low); exponent <= (int)ceil (held.high); exponent++)
    for (int mantissa = 1; mantissa <= 9; mantissa++) {
      const double value = exponent + log10 (mantissa);
      if (!is_inside (&held, value))
        continue;
      if (is_labelled (&spacing, mantissa, exponent))
        xps_marks_take (marks, value, decade_label (mantissa, exponent, plain));
      else if (decades <= MINOR_DECADES && (mantissa == 1 || spacing.stride == 1))
        xps_marks_take (marks, value, NULL);
    }
  return marks;
}

double
xps_marks_width (const GArray *marks, double label_size)
{
  double widest = 0.0;
  for (guint i = 0; i < marks->len; i++) {
    const char *label = g_array_index (marks, XpsMark, i).label;
    if (label != NULL)
      widest = fmax (widest, xps_markup_width (label, label_size, FALSE));
  }
  return widest;
}

void
xps_panel_add_y_marks (XpsSceneBuilder *builder, const XpsPanel *panel, const GArray *marks,
                       const XpsAxisStyle *style)
{
  const double edge = panel->rect.x;
  for (guint i = 0; i < marks->len; i++) {
    const XpsMark *mark = &g_array_index (marks, XpsMark, i);
    const double y = xps_axis_map (&panel->y, mark->value);
    const double length = mark->label != NULL ? style->tick : SHORT_TICK * style->tick;
    const XpsPoint ends[] = {{edge - length, y}, {edge, y}};
    if (!is_inside (&panel->y, mark->value))
      continue;
    xps_scene_add_segments (builder, 2, ends,
                            (XpsStroke){.ink = xps_ink (XPS_INK_AXIS), .width = style->line});
    if (mark->label == NULL)
      continue;
    xps_scene_add_text (builder, &(XpsText){.markup = mark->label,
                                            .at = {edge - style->tick - style->gap,
                                                   y + 0.5 * XPS_MARKUP_CAP_HEIGHT * style->label_size},
                                            .anchor = 1.0,
                                            .size = style->label_size,
                                            .ink = xps_ink (XPS_INK_FOREGROUND)});
  }
}
