/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/problem-private.h"

/* Which unknowns a spectrum depends on and in which column of its Jacobian each stands: linear, local,
 * shared. */

typedef struct {
  int spectrum;    /* the only one that uses it, -1 none yet, -2 several */
  gboolean linear; /* in all its uses */
} Use;

static void
note_use (const XpsProblem *self, Use *use, int parameter, int spectrum, gboolean linear)
{
  const int f = parameter < 0 ? -1 : self->root_free[parameter];
  if (f < 0)
    return;
  use[f].linear &= linear;
  if (use[f].spectrum == -1)
    use[f].spectrum = spectrum;
  else if (use[f].spectrum != spectrum)
    use[f].spectrum = -2;
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

static XpsSlot
make_slot (const XpsProblem *self, const XpsProblemSpectrum *spectrum, GHashTable *columns, int parameter)
{
  const int f = parameter < 0 ? -1 : self->root_free[parameter];
  if (f < 0)
    return (XpsSlot){-1, 0};
  gpointer column = g_hash_table_lookup (columns, GINT_TO_POINTER (f));
  return (XpsSlot){GPOINTER_TO_INT (column), self->root_factor[parameter]};
}

/* The parameters a spectrum depends on, links after what they point at. */
static void
list_order (const XpsProblem *self, XpsProblemSpectrum *spectrum)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *rank = g_new (guint, self->n_parameters + 1);
  for (gsize c = 0; c < spectrum->n_terms; c++)
    for (gsize k = 0; k < spectrum->terms[c].shape->n_roles; k++)
      for (int i = spectrum->terms[c].parameter[k]; i >= 0; i = self->index->of[i])
        g_hash_table_add (wanted, GINT_TO_POINTER (i));
  for (gsize b = 0; b < spectrum->n_backgrounds; b++)
    for (gsize j = 0; j < spectrum->backgrounds[b].n_parameters; j++)
      for (int i = spectrum->backgrounds[b].parameter[j]; i >= 0; i = self->index->of[i])
        g_hash_table_add (wanted, GINT_TO_POINTER (i));
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    const guint i = (guint)GPOINTER_TO_INT (key);
    if (self->index->of[i] >= 0)
      g_array_append_val (list, i);
  }
  for (guint i = 0; i < list->len; i++) { /* depth of the link: chains are short */
    guint depth = 0;
    for (int j = (int)g_array_index (list, guint, i); j >= 0; j = self->index->of[j])
      depth++;
    rank[i] = depth;
  }
  spectrum->n_order = list->len;
  spectrum->order = g_new (guint, list->len + 1);
  guint n = 0;
  for (guint depth = 1; n < list->len; depth++)
    for (guint i = 0; i < list->len; i++)
      if (rank[i] == depth)
        spectrum->order[n++] = g_array_index (list, guint, i);
}

static void
lay_out_columns (XpsProblem *self, gsize s, const Use *use, const GArray *locals)
{
  XpsProblemSpectrum *spectrum = &self->spectra[s];
  g_autoptr (GHashTable) columns = g_hash_table_new (NULL, NULL);
  spectrum->column_free = g_new0 (guint, locals->len + 1);
  for (int class = 0; class < 3; class ++)
    for (guint i = 0; i < locals->len; i++) {
      const guint f = g_array_index (locals, guint, i);
      if (column_class (self, &use[f]) != class)
        continue;
      g_hash_table_insert (columns, GINT_TO_POINTER ((int)f), GINT_TO_POINTER ((int)spectrum->n_columns));
      spectrum->column_free[spectrum->n_columns++] = f;
      spectrum->n_linear += class == 0;
      spectrum->n_local += class == 1;
      spectrum->n_shared += class == 2;
    }
  for (gsize c = 0; c < spectrum->n_terms; c++)
    for (gsize k = 0; k < spectrum->terms[c].shape->n_roles; k++)
      spectrum->terms[c].slot[k] = make_slot (self, spectrum, columns, spectrum->terms[c].parameter[k]);
  for (gsize b = 0; b < spectrum->n_backgrounds; b++)
    for (gsize j = 0; j < spectrum->backgrounds[b].n_parameters; j++)
      spectrum->backgrounds[b].slot[j] =
          make_slot (self, spectrum, columns, spectrum->backgrounds[b].parameter[j]);
  self->max_columns = MAX (self->max_columns, spectrum->n_columns);
  list_order (self, spectrum);
}

static void
collect_free (const XpsProblem *self, const XpsProblemSpectrum *spectrum, GArray *list)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_array_set_size (list, 0);
#define COLLECT(p)                                                                                           \
  do {                                                                                                       \
    const int parameter_ = (p);                                                                              \
    const int f_ = parameter_ < 0 ? -1 : self->root_free[parameter_];                                        \
    if (f_ >= 0 && g_hash_table_add (seen, GINT_TO_POINTER (f_)))                                            \
      g_array_append_val (list, f_);                                                                         \
  } while (0)
  for (gsize c = 0; c < spectrum->n_terms; c++)
    for (gsize k = 0; k < spectrum->terms[c].shape->n_roles; k++)
      COLLECT (spectrum->terms[c].parameter[k]);
  for (gsize b = 0; b < spectrum->n_backgrounds; b++)
    for (gsize j = 0; j < spectrum->backgrounds[b].n_parameters; j++)
      COLLECT (spectrum->backgrounds[b].parameter[j]);
#undef COLLECT
}

void
xps_problem_lay_out_columns (XpsProblem *self)
{
  g_autofree Use *use = g_new (Use, self->n_free + 1);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (guint));
  for (gsize f = 0; f < self->n_free; f++)
    use[f] = (Use){-1, TRUE};
  note_uses (self, use);
  for (gsize f = 0; f < self->n_free; f++)
    self->border[f] = use[f].spectrum == -2 ? (int)self->n_shared++ : -1;
  for (gsize s = 0; s < self->n_spectra; s++) {
    collect_free (self, &self->spectra[s], list);
    lay_out_columns (self, s, use, list);
  }
}
