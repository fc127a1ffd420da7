/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/arrive.h"

#include <string.h>

typedef struct {
  const XpsSeriesInput *inputs;
  gsize n_inputs, n_parts;
  const int *levels;
  const guint *samples;
  const XpsSeriesGroups *placed;
  gboolean *is_placed; /* [n_inputs] */
  char **keys;         /* [n_inputs] "": none; NULL: steps are told apart by order */
  gboolean counts;     /* keys are numbers that grow in the order in which spectra came */
  XpsSeriesArrivals *out;
} Task;

/* ---- what spectra of one step have in common ---- */

/* Numbers in the name of a file, without leading zeros. */
static GStrv
dup_numbers (const char *file)
{
  g_autofree char *name = g_path_get_basename (file != NULL ? file : "");
  GPtrArray *numbers = g_ptr_array_new ();
  for (const char *c = name; *c != '\0';) {
    const gsize n = strspn (c, "0123456789");
    const gsize zeros = n > 0 ? MIN (strspn (c, "0"), n - 1) : 0;
    if (n > 0)
      g_ptr_array_add (numbers, g_strndup (c + zeros, n - zeros));
    c += n > 0 ? n : 1;
  }
  g_ptr_array_add (numbers, NULL);
  return (GStrv)g_ptr_array_free (numbers, FALSE);
}

/* "2" of "S2p" is in every file of S 2p: of the numbers those count that differ among files of the level. */
static void
find_number_keys (const Task *self, int level, GStrv *numbers, char **keys)
{
  guint n = 0;
  gboolean alike = TRUE;
  const GStrv *first = NULL;
  for (gsize i = 0; i < self->n_inputs; i++)
    if (self->levels[i] == level) {
      first = first != NULL ? first : &numbers[i];
      n = g_strv_length (*first);
      alike &= g_strv_length (numbers[i]) == n;
    }
  g_autofree gboolean *differs = g_new0 (gboolean, n + 1);
  for (gsize i = 0; alike && i < self->n_inputs; i++)
    for (guint k = 0; self->levels[i] == level && k < n; k++)
      differs[k] |= strcmp (numbers[i][k], (*first)[k]) != 0;
  for (gsize i = 0; i < self->n_inputs; i++) {
    GString *key = g_string_new (NULL);
    for (guint k = 0; alike && self->levels[i] == level && k < n; k++)
      if (differs[k])
        g_string_append_printf (key, "%s ", numbers[i][k]);
    if (self->levels[i] == level)
      keys[i] = g_string_free (key, FALSE);
    else
      g_string_free (key, TRUE);
  }
}

static char **
dup_keys (const Task *self, XpsGroupRule rule)
{
  char **keys = g_new0 (char *, self->n_inputs + 1);
  g_autofree GStrv *numbers = g_new0 (GStrv, self->n_inputs + 1);
  for (gsize i = 0; i < self->n_inputs; i++)
    numbers[i] = dup_numbers (self->inputs[i].file);
  for (gsize k = 0; rule == XPS_GROUP_BY_ORDER && k < self->n_parts; k++)
    find_number_keys (self, (int)k, numbers, keys);
  for (gsize i = 0; i < self->n_inputs; i++) {
    if (rule != XPS_GROUP_BY_ORDER)
      keys[i] = xps_series_group_dup_key (self->inputs, self->samples, i, rule);
    else if (keys[i] == NULL)
      keys[i] = g_strdup ("");
    g_strfreev (numbers[i]);
  }
  return keys;
}

static void
free_keys (const Task *self, char **keys)
{
  for (gsize i = 0; keys != NULL && i < self->n_inputs; i++)
    g_free (keys[i]);
  g_free (keys);
}

/* The key of a placed step, NULL: its spectra have several, or one has none. */
static const char *
get_step_key (const Task *self, char *const *keys, gsize step)
{
  const char *key = NULL;
  for (gsize k = 0; k < self->n_parts; k++) {
    const int at = self->placed->inputs[step * self->n_parts + k];
    if (at < 0)
      continue;
    if (keys[at][0] == '\0' || (key != NULL && strcmp (key, keys[at]) != 0))
      return NULL;
    key = keys[at];
  }
  return key;
}

/* A rule that was asked for may repeat a key (a file that was written anew), one that is guessed may not. */
static gboolean
tells_placed (const Task *self, char *const *keys, gboolean guessed)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; i < self->placed->n_steps; i++) {
    const char *key = get_step_key (self, keys, i);
    if (key == NULL || (!g_hash_table_add (seen, (gpointer)key) && guessed))
      return FALSE;
  }
  return TRUE;
}

/* Keys of numbers, one after the other: the shorter number is the smaller one. */
static int
compare_keys (const char *a, const char *b)
{
  while (*a != '\0' && *b != '\0') {
    const gsize n = strcspn (a, " "), m = strcspn (b, " ");
    const int order = n != m ? (n > m) - (n < m) : strncmp (a, b, n);
    if (order != 0)
      return order;
    a += n + 1;
    b += m + 1;
  }
  return (*a != '\0') - (*b != '\0');
}

/* A counter in the names, known by its growing within each level. */
static gboolean
do_count (const Task *self, char *const *keys)
{
  g_autofree const char **last = g_new0 (const char *, self->n_parts + 1);
  for (gsize i = 0; i < self->n_inputs; i++) {
    const int level = self->levels[i];
    if (level < 0)
      continue;
    if (last[level] != NULL && compare_keys (last[level], keys[i]) > 0)
      return FALSE;
    last[level] = keys[i];
  }
  return TRUE;
}

/* Of new spectra nobody can say yet whether their keys are right: most levels must have met by them. */
static gboolean
brings_together (const Task *self, char *const *keys)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gsize n = 0;
  for (gsize i = 0; i < self->n_inputs; i++) {
    if (self->levels[i] < 0)
      continue;
    if (keys[i][0] == '\0')
      return FALSE;
    g_hash_table_add (seen, keys[i]);
    n++;
  }
  return 2 * n >= 3 * g_hash_table_size (seen);
}

static void
choose_keys (Task *self, XpsGroupRule rule)
{
  const gboolean given = rule >= XPS_GROUP_BY_FILE && rule <= XPS_GROUP_BY_NAME;
  const gboolean any = rule == XPS_GROUP_GUESSED || rule == XPS_GROUP_GIVEN;
  for (XpsGroupRule r = XPS_GROUP_BY_FILE; r <= XPS_GROUP_BY_ORDER && self->keys == NULL; r++) {
    if (r != XPS_GROUP_BY_ORDER && r != rule && !any)
      continue;
    char **keys = dup_keys (self, r);
    const gboolean known = self->placed->n_steps > ((given && r == rule) ? 0 : 1);
    if (known ? tells_placed (self, keys, r != rule || !given) : brings_together (self, keys))
      self->keys = keys;
    else
      free_keys (self, keys);
    self->counts = self->keys != NULL && r == XPS_GROUP_BY_ORDER && do_count (self, keys);
  }
}

/* ---- rows ---- */

static int *
get_row (const Task *self, gsize row)
{
  return &self->out->groups->inputs[row * self->n_parts];
}

static gboolean
is_whole (const Task *self, gsize row)
{
  for (gsize k = 0; k < self->n_parts; k++)
    if (get_row (self, row)[k] < 0)
      return FALSE;
  return TRUE;
}

static const char *
get_row_key (const Task *self, gsize row)
{
  gsize k = 0;
  while (k + 1 < self->n_parts && get_row (self, row)[k] < 0)
    k++;
  return self->keys[get_row (self, row)[k]];
}

/* At the end; counted ones where their number says. */
static void
begin_row (const Task *self, gsize i)
{
  const gsize size = self->n_parts * sizeof (int);
  gsize at = self->out->groups->n_steps++;
  while (self->keys != NULL && self->counts && at > 0 &&
         compare_keys (get_row_key (self, at - 1), self->keys[i]) > 0) {
    memcpy (get_row (self, at), get_row (self, at - 1), size);
    at--;
  }
  for (gsize k = 0; k < self->n_parts; k++)
    get_row (self, at)[k] = (gsize)self->levels[i] == k ? (int)i : -1;
}

/* The newest placed step of the key lacks the level. */
static gboolean
is_late (const Task *self, gsize i)
{
  for (gsize s = self->placed->n_steps; s-- > 0;)
    if (g_strcmp0 (get_step_key (self, self->keys, s), self->keys[i]) == 0)
      return self->placed->inputs[s * self->n_parts + (gsize)self->levels[i]] < 0;
  return FALSE;
}

static void
put_by_key (const Task *self, gsize i)
{
  for (gsize r = self->out->groups->n_steps; r-- > 0;) {
    int *row = get_row (self, r);
    gboolean same = row[self->levels[i]] < 0;
    for (gsize k = 0; same && k < self->n_parts; k++)
      same = row[k] < 0 || (self->keys[i][0] != '\0' && strcmp (self->keys[row[k]], self->keys[i]) == 0);
    if (!same)
      continue;
    row[self->levels[i]] = (int)i;
    return;
  }
  if (self->keys[i][0] != '\0' && is_late (self, i))
    self->out->late[i] = TRUE;
  else
    begin_row (self, i);
}

/* Level a comes before level b in the last two placed steps, which themselves came one after the other. */
static gboolean
comes_before (const Task *self, gsize a, gsize b)
{
  const gsize n = self->placed->n_steps, p = self->n_parts;
  if (n < 2)
    return FALSE;
  const int *last = &self->placed->inputs[(n - 1) * p], *before = last - p;
  for (gsize k = 0; k < p; k++)
    for (gsize j = 0; j < p; j++)
      if (last[k] < 0 || before[j] < 0 || before[j] >= last[k])
        return FALSE;
  return last[a] < last[b] && before[a] < before[b];
}

static void
put_by_turn (const Task *self, gsize i)
{
  const gsize n = self->out->groups->n_steps, level = (gsize)self->levels[i];
  const int *row = n > 0 ? get_row (self, n - 1) : NULL;
  gboolean fits = row != NULL && row[level] < 0;
  for (gsize k = 0; fits && k < self->n_parts; k++)
    fits = row[k] < 0 || !comes_before (self, level, k);
  if (fits)
    get_row (self, n - 1)[level] = (int)i;
  else
    begin_row (self, i);
}

/* The first steps of all, which nothing is known of: as in a folder that is opened. FALSE: names tell more.
 */
static gboolean
put_first (Task *self, XpsGroupRule rule)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  for (gsize k = 0; k < self->n_parts; k++)
    g_ptr_array_add (members, g_array_new (FALSE, FALSE, sizeof (gsize)));
  for (gsize i = 0; i < self->n_inputs; i++)
    if (self->levels[i] >= 0)
      g_array_append_val ((GArray *)g_ptr_array_index (members, (guint)self->levels[i]), i);
  XpsSeriesGroups *groups =
      xps_series_group (self->inputs, self->n_inputs, (GArray *const *)(void *)members->pdata, self->n_parts,
                        self->samples, rule, NULL);
  if (groups == NULL || groups->rule == XPS_GROUP_BY_ORDER) {
    choose_keys (self, XPS_GROUP_BY_ORDER);
    if (groups == NULL || self->keys != NULL) {
      xps_series_groups_free (groups);
      return FALSE;
    }
  }
  xps_series_groups_free (self->out->groups);
  self->out->groups = groups;
  return TRUE;
}

static void
put_all (Task *self, XpsGroupRule rule)
{
  if (self->placed->n_steps == 0 && put_first (self, rule))
    return;
  if (self->keys == NULL)
    choose_keys (self, rule);
  for (gsize i = 0; i < self->n_inputs; i++) {
    if (self->levels[i] < 0 || self->is_placed[i])
      continue;
    if (self->keys != NULL)
      put_by_key (self, i);
    else
      put_by_turn (self, i);
  }
  self->out->groups->rule = rule == XPS_GROUP_GUESSED ? XPS_GROUP_BY_ORDER : rule;
}

static gsize
count_ready (const Task *self, XpsArrivalHaste haste)
{
  const gsize n = self->out->groups->n_steps;
  gsize ready = 0;
  if (haste != XPS_ARRIVAL_PATIENT && n > 0)
    ready = haste == XPS_ARRIVAL_LAST ? n : n - 1;
  for (gsize r = ready; r < n; r++)
    ready = is_whole (self, r) ? r + 1 : ready;
  return ready;
}

XpsSeriesArrivals *
xps_series_arrive (const XpsSeriesInput *inputs, gsize n_inputs, const int *levels, const guint *samples,
                   const XpsSeriesGroups *placed, XpsGroupRule rule, XpsArrivalHaste haste)
{
  XpsSeriesArrivals *out = g_new0 (XpsSeriesArrivals, 1);
  g_autofree gboolean *is_placed = g_new0 (gboolean, n_inputs + 1);
  Task self = {inputs, n_inputs, placed->n_parts, levels, samples, placed, is_placed, NULL, FALSE, out};
  for (gsize k = 0; k < placed->n_steps * placed->n_parts; k++)
    if (placed->inputs[k] >= 0)
      is_placed[placed->inputs[k]] = TRUE;
  out->late = g_new0 (gboolean, n_inputs + 1);
  out->groups = xps_series_groups_new (n_inputs, placed->n_parts);
  out->groups->n_steps = 0;
  put_all (&self, rule);
  out->n_ready = count_ready (&self, haste);
  free_keys (&self, self.keys);
  return out;
}

void
xps_series_arrivals_free (XpsSeriesArrivals *self)
{
  if (self == NULL)
    return;
  xps_series_groups_free (self->groups);
  g_free (self->late);
  g_free (self);
}

char *
xps_series_arrivals_dup_lacking (const XpsSeriesArrivals *self, gsize row, const char *const *names)
{
  GString *text = g_string_new (NULL);
  for (gsize k = 0; k < self->groups->n_parts; k++)
    if (self->groups->inputs[row * self->groups->n_parts + k] < 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", names[k] != NULL ? names[k] : "?");
  return g_string_free (text, FALSE);
}

char *
xps_series_dup_lacking (const XpsSeries *series, const XpsModel *model, gsize i)
{
  const GPtrArray *data = xps_series_get_step (series, i)->data;
  GString *text = g_string_new (NULL);
  for (guint k = 0; k < data->len && k < model->parts->len; k++) {
    const XpsModelPart *part = g_ptr_array_index (model->parts, k);
    if (g_ptr_array_index (data, k) == NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", part->id != NULL ? part->id : "?");
  }
  return g_string_free (text, text->len == 0);
}
