/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/problem-private.h"

#include <math.h>

/* Which unknowns a spectrum depends on and in which column of its Jacobian each stands: linear, local,
 * shared. */

/* eV, or the pure number that a form parameter is: farther than this nothing of one core level is found. */
#define WIDE 10

typedef struct {
  int spectrum;    /* the only one that uses it, -1 none yet, -2 several */
  gboolean linear; /* in all its uses */
} Use;

static void
note_use (const XpsProblem *self, Use *use, int parameter, int spectrum, gboolean linear)
{
  gsize n;
  const XpsRoot *roots = xps_problem_get_roots (self, parameter, &n);
  for (gsize r = 0; r < n; r++) {
    Use *u = &use[roots[r].free];
    u->linear &= linear;
    if (u->spectrum == -1)
      u->spectrum = spectrum;
    else if (u->spectrum != spectrum)
      u->spectrum = -2;
  }
}

static gboolean
background_role_is_linear (const XpsTermBackground *term, gsize parameter,
                           const XpsModelBackground *background)
{
  gsize j = 0;
  for (gsize k = 0; k < term->type->n_roles; k++)
    for (guint i = 0; i < background->roles[k]->len; i++, j++)
      if (j == parameter)
        return term->type->roles[k].linear && term->type->kind == XPS_BACKGROUND_ANALYTIC;
  return FALSE;
}

static void
note_uses (const XpsProblem *self, Use *use)
{
  for (gsize s = 0; s < self->n_spectra; s++) {
    const XpsProblemSpectrum *spectrum = &self->spectra[s];
    const XpsModelPart *part = g_ptr_array_index (self->model->parts, s);
    for (gsize c = 0; c < spectrum->n_terms; c++)
      for (gsize k = 0; k < spectrum->terms[c].shape->n_roles; k++)
        note_use (self, use, spectrum->terms[c].parameter[k], (int)s, (int)k == spectrum->terms[c].intensity);
    for (gsize b = 0; b < spectrum->n_backgrounds; b++)
      for (gsize j = 0; j < spectrum->backgrounds[b].n_parameters; j++)
        note_use (self, use, spectrum->backgrounds[b].parameter[j], (int)s,
                  background_role_is_linear (&spectrum->backgrounds[b], j,
                                             g_ptr_array_index (part->backgrounds, b)));
  }
}

static int
column_class (const XpsProblem *self, const Use *use)
{
  if (use->spectrum == -2)
    return 2;
  return use->linear && self->weights != XPS_WEIGHTS_POISSON ? 0 : 1;
}

static XpsSlots
make_slots (const XpsProblem *self, GHashTable *columns, int parameter)
{
  XpsSlots slots = {0, NULL};
  const XpsRoot *roots = xps_problem_get_roots (self, parameter, &slots.n);
  if (slots.n == 0)
    return slots;
  slots.slot = g_new (struct XpsSlot, slots.n);
  for (gsize r = 0; r < slots.n; r++) {
    slots.slot[r].column = GPOINTER_TO_UINT (g_hash_table_lookup (columns, GUINT_TO_POINTER (roots[r].free)));
    slots.slot[r].factor = roots[r].factor;
  }
  return slots;
}

/* Notes a parameter and all it is linked to. Not by recursion: a chain may be as long as the model. */
static void
note_links (const XpsProblem *self, int parameter, GHashTable *seen, GArray *way, GArray *list)
{
  const XpsModelIndex *index = self->index;
  if (parameter < 0)
    return;
  g_array_append_val (way, parameter);
  while (way->len > 0) {
    const int i = g_array_index (way, int, way->len - 1);
    g_array_set_size (way, way->len - 1);
    if (index->term_start[i] == index->term_start[i + 1] || !g_hash_table_add (seen, GINT_TO_POINTER (i)))
      continue;
    g_array_append_val (list, i);
    g_array_append_vals (way, index->term_of + index->term_start[i],
                         index->term_start[i + 1] - index->term_start[i]);
  }
}

static int
compare_ranks (gconstpointer a, gconstpointer b, gpointer ranks)
{
  const guint *rank = ranks;
  return (int)rank[*(const guint *)a] - (int)rank[*(const guint *)b];
}

/* The links a spectrum depends on, each after what it points at. */
static void
list_order (const XpsProblem *self, XpsProblemSpectrum *spectrum, guint *rank)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (guint));
  for (gsize c = 0; c < spectrum->n_terms; c++)
    for (gsize k = 0; k < spectrum->terms[c].shape->n_roles; k++)
      note_links (self, spectrum->terms[c].parameter[k], seen, way, list);
  for (gsize b = 0; b < spectrum->n_backgrounds; b++)
    for (gsize j = 0; j < spectrum->backgrounds[b].n_parameters; j++)
      note_links (self, spectrum->backgrounds[b].parameter[j], seen, way, list);
  g_array_sort_with_data (list, compare_ranks, rank);
  spectrum->n_order = list->len;
  spectrum->order = g_memdup2 (list->data, MAX (list->len, 1) * sizeof (guint));
}

static void
lay_out_columns (XpsProblem *self, gsize s, const Use *use, const GArray *locals, guint *rank)
{
  XpsProblemSpectrum *spectrum = &self->spectra[s];
  g_autoptr (GHashTable) columns = g_hash_table_new (NULL, NULL);
  spectrum->column_free = g_new0 (guint, locals->len + 1);
  for (int class = 0; class < 3; class ++)
    for (guint i = 0; i < locals->len; i++) {
      const guint f = g_array_index (locals, guint, i);
      if (column_class (self, &use[f]) != class)
        continue;
      g_hash_table_insert (columns, GUINT_TO_POINTER (f), GUINT_TO_POINTER ((guint)spectrum->n_columns));
      spectrum->column_free[spectrum->n_columns++] = f;
      spectrum->n_linear += class == 0;
      spectrum->n_local += class == 1;
      spectrum->n_shared += class == 2;
    }
  for (gsize c = 0; c < spectrum->n_terms; c++)
    for (gsize k = 0; k < spectrum->terms[c].shape->n_roles; k++)
      spectrum->terms[c].slots[k] = make_slots (self, columns, spectrum->terms[c].parameter[k]);
  for (gsize b = 0; b < spectrum->n_backgrounds; b++)
    for (gsize j = 0; j < spectrum->backgrounds[b].n_parameters; j++)
      spectrum->backgrounds[b].slots[j] = make_slots (self, columns, spectrum->backgrounds[b].parameter[j]);
  self->max_columns = MAX (self->max_columns, spectrum->n_columns);
  list_order (self, spectrum, rank);
}

static void
collect_roots (const XpsProblem *self, int parameter, GHashTable *seen, GArray *list)
{
  gsize n;
  const XpsRoot *roots = xps_problem_get_roots (self, parameter, &n);
  for (gsize r = 0; r < n; r++)
    if (g_hash_table_add (seen, GUINT_TO_POINTER (roots[r].free)))
      g_array_append_val (list, roots[r].free);
}

static void
collect_free (const XpsProblem *self, const XpsProblemSpectrum *spectrum, GArray *list)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_array_set_size (list, 0);
  for (gsize c = 0; c < spectrum->n_terms; c++)
    for (gsize k = 0; k < spectrum->terms[c].shape->n_roles; k++)
      collect_roots (self, spectrum->terms[c].parameter[k], seen, list);
  for (gsize b = 0; b < spectrum->n_backgrounds; b++)
    for (gsize j = 0; j < spectrum->backgrounds[b].n_parameters; j++)
      collect_roots (self, spectrum->backgrounds[b].parameter[j], seen, list);
}

void
xps_problem_find_spans (XpsProblem *self)
{
  for (gsize f = 0; f < self->n_free; f++)
    if (isfinite (self->span[f]))
      self->span[f] = fmin (self->high[f] - self->low[f], WIDE);
}

void
xps_problem_lay_out_columns (XpsProblem *self)
{
  g_autofree Use *use = g_new0 (Use, self->n_free + 1);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *rank = g_new (guint, self->n_parameters + 1); /* place in the order of all links */
  for (guint k = 0; k < self->n_parameters; k++)
    rank[self->index->order[k]] = k;
  for (gsize f = 0; f < self->n_free; f++)
    use[f] = (Use){-1, TRUE};
  note_uses (self, use);
  for (gsize f = 0; f < self->n_free; f++)
    self->span[f] = use[f].linear ? INFINITY : 0;
  xps_problem_find_spans (self);
  for (gsize f = 0; f < self->n_free; f++)
    self->border[f] = use[f].spectrum == -2 ? (int)self->n_shared++ : -1;
  for (gsize s = 0; s < self->n_spectra; s++) {
    collect_free (self, &self->spectra[s], list);
    lay_out_columns (self, s, use, list, rank);
  }
}
