/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/group.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"

static const char *const rules[XPS_N_GROUP_RULES] = {"guessed", "file", "sample", "name", "order", "given"};

const char *
xps_group_rule_to_text (XpsGroupRule rule)
{
  return rules[rule];
}

gboolean
xps_group_rule_from_text (const char *text, XpsGroupRule *rule)
{
  for (int i = 0; i < XPS_N_GROUP_RULES; i++)
    if (g_ascii_strcasecmp (rules[i], text) == 0) {
      *rule = (XpsGroupRule)i;
      return TRUE;
    }
  return FALSE;
}

XpsSeriesGroups *
xps_series_groups_new (gsize n_steps, gsize n_parts)
{
  XpsSeriesGroups *self = g_new0 (XpsSeriesGroups, 1);
  self->rule = XPS_GROUP_GIVEN;
  self->n_steps = n_steps;
  self->n_parts = n_parts;
  self->inputs = g_new (int, n_steps *n_parts + 1);
  memset (self->inputs, 0xFF, (n_steps * n_parts + 1) * sizeof (int)); /* -1 */
  return self;
}

void
xps_series_groups_free (XpsSeriesGroups *self)
{
  if (self == NULL)
    return;
  g_free (self->inputs);
  g_free (self);
}

typedef struct {
  const XpsSeriesInput *inputs;
  gsize n_inputs;
  GArray *const *members;
  gsize n_parts;
  const guint *samples;
} Task;

char *
xps_series_group_dup_key (const XpsSeriesInput *inputs, const guint *samples, gsize i, XpsGroupRule rule)
{
  const XpsSeriesInput *input = &inputs[i];
  const char *file = input->file != NULL ? input->file : "";
  const char *sample = xps_spectrum_get_sample (input->spectrum);
  const char *name = xps_spectrum_get_name (input->spectrum);
  if (rule == XPS_GROUP_BY_FILE)
    return g_strdup (file);
  if (rule == XPS_GROUP_BY_NAME)
    return g_strdup (name != NULL ? name : "");
  if (samples != NULL)
    return samples[i] != 0 ? g_strdup_printf ("%u", samples[i]) : g_strdup ("");
  return sample != NULL && sample[0] != '\0' ? g_strdup_printf ("%s\n%s", file, sample) : g_strdup ("");
}

/* ---- by something in common ---- */

/* The step of a key, a new one where it has none. */
static gsize
find_step (GHashTable *steps, char *take_key)
{
  gpointer known;
  if (g_hash_table_lookup_extended (steps, take_key, NULL, &known)) {
    g_free (take_key);
    return GPOINTER_TO_SIZE (known);
  }
  const gsize step = g_hash_table_size (steps);
  g_hash_table_insert (steps, take_key, GSIZE_TO_POINTER (step));
  return step;
}

static gboolean
put (XpsSeriesGroups *self, gsize step, gsize part, gsize input)
{
  int *place = &self->inputs[step * self->n_parts + part];
  if (*place >= 0)
    return FALSE;
  *place = (int)input;
  return TRUE;
}

/* Of all levels together, in the order of the inputs: [n_inputs] lists of parts as bits would do, but an
 * input may lie in several windows. */
static GArray *
list_uses (const Task *self)
{
  GArray *uses = g_array_new (FALSE, FALSE, 2 * sizeof (gsize));
  g_autofree guint *next = g_new0 (guint, self->n_parts + 1);
  for (gsize i = 0; i < self->n_inputs; i++)
    for (gsize k = 0; k < self->n_parts; k++)
      if (next[k] < self->members[k]->len && g_array_index (self->members[k], gsize, next[k]) == i) {
        const gsize use[2] = {i, k};
        g_array_append_val (uses, use);
        next[k]++;
      }
  return uses;
}

/* NULL: two spectra of a level would share a step, or one has no key. */
static XpsSeriesGroups *
group_by_key (const Task *self, const GArray *uses, XpsGroupRule rule)
{
  g_autoptr (GHashTable) steps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (XpsSeriesGroups) groups = xps_series_groups_new (uses->len, self->n_parts);
  for (guint u = 0; u < uses->len; u++) {
    const gsize *use = (const gsize *)(void *)uses->data + 2 * (gsize)u;
    char *key = xps_series_group_dup_key (self->inputs, self->samples, use[0], rule);
    const gboolean known = key[0] != '\0';
    if (!put (groups, find_step (steps, key), use[1], use[0]) || !known)
      return NULL;
  }
  groups->rule = rule;
  groups->n_steps = g_hash_table_size (steps);
  return g_steal_pointer (&groups);
}

/* A guess must bring levels together: names that differ in everything tell nothing. */
static gboolean
is_telling (const XpsSeriesGroups *groups)
{
  gsize together = 0;
  for (gsize i = 0; i < groups->n_steps; i++) {
    gsize n = 0;
    for (gsize k = 0; k < groups->n_parts; k++)
      n += groups->inputs[i * groups->n_parts + k] >= 0 ? 1 : 0;
    together += n > 1 ? 1 : 0;
  }
  return 2 * together >= groups->n_steps;
}

/* ---- by order ---- */

static gsize
count_longest (const Task *self)
{
  gsize longest = 0;
  for (gsize k = 0; k < self->n_parts; k++)
    longest = MAX (longest, self->members[k]->len);
  return longest;
}

/* NULL: the levels do not take turns. */
static XpsSeriesGroups *
group_by_turns (const Task *self, const GArray *uses)
{
  g_autoptr (XpsSeriesGroups) groups = xps_series_groups_new (uses->len, self->n_parts);
  gsize step = 0;
  for (guint u = 0; u < uses->len; u++) {
    const gsize *use = (const gsize *)(void *)uses->data + 2 * (gsize)u;
    if (!put (groups, step, use[1], use[0]))
      put (groups, ++step, use[1], use[0]);
  }
  groups->n_steps = uses->len > 0 ? step + 1 : 0;
  groups->rule = XPS_GROUP_BY_ORDER;
  return 2 * groups->n_steps <= 3 * count_longest (self) ? g_steal_pointer (&groups) : NULL;
}

static XpsSeriesGroups *
group_by_order (const Task *self, const GArray *uses)
{
  const gsize n = count_longest (self);
  gboolean equal = TRUE;
  for (gsize k = 0; k < self->n_parts; k++)
    equal &= self->members[k]->len == n;
  XpsSeriesGroups *groups = equal ? NULL : group_by_turns (self, uses);
  if (groups != NULL)
    return groups;
  groups = xps_series_groups_new (n, self->n_parts);
  groups->rule = XPS_GROUP_BY_ORDER;
  for (gsize k = 0; k < self->n_parts; k++)
    for (guint i = 0; i < self->members[k]->len; i++)
      put (groups, i, k, g_array_index (self->members[k], gsize, i));
  return groups;
}

XpsSeriesGroups *
xps_series_group (const XpsSeriesInput *inputs, gsize n_inputs, GArray *const *members, gsize n_parts,
                  const guint *samples, XpsGroupRule rule, GError **error)
{
  const Task self = {inputs, n_inputs, members, n_parts, samples};
  g_autoptr (GArray) uses = list_uses (&self);
  const gboolean guess = rule == XPS_GROUP_GUESSED || rule == XPS_GROUP_GIVEN;
  if (rule == XPS_GROUP_BY_ORDER || n_parts == 1)
    return group_by_order (&self, uses);
  for (XpsGroupRule r = XPS_GROUP_BY_FILE; r <= XPS_GROUP_BY_NAME; r++) {
    g_autoptr (XpsSeriesGroups) groups = guess || r == rule ? group_by_key (&self, uses, r) : NULL;
    if (groups != NULL && (!guess || is_telling (groups)))
      return g_steal_pointer (&groups);
  }
  if (guess)
    return group_by_order (&self, uses);
  g_autofree char *what = g_strdup_printf (_ ("the steps cannot be told apart by their %s"), rules[rule]);
  xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS, NULL, NULL, what,
                 N_ ("a step has each core level once: group the spectra in another way"));
  return NULL;
}
