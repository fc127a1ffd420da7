/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/plan.h"

#include <string.h>

static const char *const modes[] = {"independent", "warm", "global"};
static const char *const ways[] = {"free", "shared", "linear", "logistic", "spline", "widening"};
static const char *const shifts[] = {"free", "linear", "fixed"};

static gboolean
find_text (const char *const *texts, guint n, const char *text, int *out)
{
  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (texts[i], text) == 0) {
      *out = (int)i;
      return TRUE;
    }
  return FALSE;
}

const char *
xps_series_mode_to_text (XpsSeriesMode mode)
{
  return modes[mode];
}

gboolean
xps_series_mode_from_text (const char *text, XpsSeriesMode *mode)
{
  int i;
  const gboolean found = find_text (modes, G_N_ELEMENTS (modes), text, &i);
  if (found)
    *mode = (XpsSeriesMode)i;
  return found;
}

const char *
xps_across_to_text (XpsAcross across)
{
  return ways[across];
}

gboolean
xps_across_from_text (const char *text, XpsAcross *across)
{
  int i;
  const gboolean found = find_text (ways, G_N_ELEMENTS (ways), text, &i);
  if (found)
    *across = (XpsAcross)i;
  return found;
}

const char *
xps_frame_shift_to_text (XpsFrameShift shift)
{
  return shifts[shift];
}

gboolean
xps_frame_shift_from_text (const char *text, XpsFrameShift *shift)
{
  int i;
  const gboolean found = find_text (shifts, G_N_ELEMENTS (shifts), text, &i);
  if (found)
    *shift = (XpsFrameShift)i;
  return found;
}

static void
rule_free (XpsSeriesRule *rule)
{
  g_free (rule->parameter);
  g_free (rule);
}

static void
frame_free (XpsEnergyFrame *frame)
{
  g_free (frame->name);
  g_ptr_array_unref (frame->components);
  g_free (frame);
}

XpsSeriesPlan *
xps_series_plan_new (void)
{
  XpsSeriesPlan *self = g_new0 (XpsSeriesPlan, 1);
  self->mode = XPS_SERIES_WARM;
  self->weights = XPS_WEIGHTS_COUNTS;
  self->freeze = 3;
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify)rule_free);
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify)frame_free);
  return self;
}

void
xps_series_plan_free (XpsSeriesPlan *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->frames);
  g_free (self);
}

static XpsSeriesRule *
find_rule (const XpsSeriesPlan *self, const char *parameter, guint *place)
{
  for (guint i = 0; i < self->rules->len; i++) {
    XpsSeriesRule *rule = g_ptr_array_index (self->rules, i);
    if (strcmp (rule->parameter, parameter) == 0) {
      *place = i;
      return rule;
    }
  }
  return NULL;
}

void
xps_series_plan_set_rule (XpsSeriesPlan *self, const char *parameter, XpsAcross across, guint knots)
{
  guint place;
  XpsSeriesRule *rule = find_rule (self, parameter, &place);
  if (across == XPS_ACROSS_FREE) {
    if (rule != NULL)
      g_ptr_array_remove_index (self->rules, place);
    return;
  }
  if (rule == NULL) {
    rule = g_new0 (XpsSeriesRule, 1);
    rule->parameter = g_strdup (parameter);
    g_ptr_array_add (self->rules, rule);
  }
  rule->across = across;
  rule->knots = across != XPS_ACROSS_SPLINE ? 0 : knots == 0 ? 5 : knots;
}

XpsAcross
xps_series_plan_get_rule (const XpsSeriesPlan *self, const char *parameter, guint *knots)
{
  guint place;
  const XpsSeriesRule *rule = find_rule (self, parameter, &place);
  if (knots != NULL)
    *knots = rule != NULL ? rule->knots : 0;
  return rule != NULL ? rule->across : XPS_ACROSS_FREE;
}

XpsEnergyFrame *
xps_series_plan_add_frame (XpsSeriesPlan *self, const char *name, XpsFrameShift shift, double slope)
{
  for (guint i = 0; i < self->frames->len; i++) {
    XpsEnergyFrame *frame = g_ptr_array_index (self->frames, i);
    if (strcmp (frame->name, name) == 0)
      return frame;
  }
  XpsEnergyFrame *frame = g_new0 (XpsEnergyFrame, 1);
  frame->name = g_strdup (name);
  frame->shift = shift;
  frame->slope = slope;
  frame->components = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->frames, frame);
  return frame;
}

XpsSeriesPlan *
xps_series_plan_copy (const XpsSeriesPlan *self)
{
  XpsSeriesPlan *copy = xps_series_plan_new ();
  copy->mode = self->mode;
  copy->weights = self->weights;
  copy->max_evaluations = self->max_evaluations;
  copy->freeze = self->freeze;
  copy->n_threads = self->n_threads;
  for (guint i = 0; i < self->rules->len; i++) {
    const XpsSeriesRule *rule = g_ptr_array_index (self->rules, i);
    xps_series_plan_set_rule (copy, rule->parameter, rule->across, rule->knots);
  }
  for (guint i = 0; i < self->frames->len; i++) {
    const XpsEnergyFrame *frame = g_ptr_array_index (self->frames, i);
    XpsEnergyFrame *made = xps_series_plan_add_frame (copy, frame->name, frame->shift, frame->slope);
    for (guint k = 0; k < frame->components->len; k++)
      g_ptr_array_add (made->components, g_strdup (g_ptr_array_index (frame->components, k)));
  }
  return copy;
}
