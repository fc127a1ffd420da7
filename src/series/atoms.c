/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/atoms.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "series/atoms-private.h"

void
xps_atoms_options_init (XpsAtomsOptions *options)
{
  *options = (XpsAtomsOptions){.levels = NULL};
  xps_sensitivity_options_init (&options->sensitivity);
}

static void
line_free (gpointer data)
{
  XpsAtomLine *line = data;
  g_array_unref (line->components);
  g_free (line->name);
  g_free (line->species);
  g_free (line->level);
  g_free (line->element);
  g_free (line->factors);
  g_free (line->missing);
  g_free (line);
}

void
xps_atoms_free (XpsAtoms *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

/* ---- which level ---- */

static const XpsModelPart *
get_part (const XpsAtomsMaking *self, gsize part)
{
  return g_ptr_array_index (self->run->model->parts, (guint)part);
}

static const XpsSpectrum *
find_spectrum (const XpsAtomsMaking *self, gsize part)
{
  for (gsize i = 0; i < xps_series_get_n (self->series); i++) {
    const XpsFitData *data = xps_atoms_get_data (self, i, part);
    if (data != NULL && data->spectrum != NULL)
      return data->spectrum;
  }
  return NULL;
}

/* Where it lay at the middle of the steps that had it. */
static double
find_energy (const XpsAtomsMaking *self, gsize c)
{
  const int position = self->map->components[c].position;
  double sum = 0;
  guint n = 0;
  for (guint i = 0; i < self->run->steps->len; i++) {
    const double center = xps_series_run_get_step (self->run, i)->components[c].center.value;
    sum += isfinite (center) ? center : 0;
    n += isfinite (center) ? 1 : 0;
  }
  if (n > 0)
    return sum / n;
  return position >= 0 ? ((XpsParameter *)g_ptr_array_index (self->run->model->parameters, position))->value
                       : (double)NAN;
}

/* The level that was given for the component itself, else for its species, else for its core level. */
/* How well the i-th of the given levels is meant for a component: 1 by its own name, 2 by its species, then
 * by its core level; 0: not at all. */
static gsize
is_meant (const XpsAtomsMaking *self, gsize c, gsize i)
{
  const XpsComponent *component = self->map->components[c].component;
  const XpsModelPart *part = get_part (self, self->map->components[c].part);
  const char *const names[] = {component->name, component->phase, part->id, part->region};
  for (gsize k = 0; k < G_N_ELEMENTS (names); k++)
    if (names[k] != NULL && g_str_has_prefix (self->options->levels[i], names[k]) &&
        self->options->levels[i][strlen (names[k])] == '=')
      return k + 1;
  return strchr (self->options->levels[i], '=') == NULL ? G_N_ELEMENTS (names) + 1 : 0;
}

static gsize
count_given (const XpsAtomsMaking *self)
{
  return self->options->levels != NULL ? g_strv_length ((GStrv)self->options->levels) : 0;
}

static const char *
find_given (const XpsAtomsMaking *self, gsize c)
{
  const char *best = NULL;
  gsize least = G_MAXSIZE;
  for (gsize i = 0; i < count_given (self); i++) {
    const gsize rank = is_meant (self, c, i);
    if (rank == 0 || rank >= least)
      continue;
    least = rank;
    const char *equals = strrchr (self->options->levels[i], '=');
    best = equals != NULL ? equals + 1 : self->options->levels[i];
  }
  return best;
}

static gboolean
find_level (XpsAtomsMaking *self, gsize c, GError **error)
{
  const XpsMapComponent *at = &self->map->components[c];
  const XpsModelPart *part = get_part (self, at->part);
  const XpsSpectrum *spectrum = find_spectrum (self, at->part);
  const XpsAcquisition *record = spectrum != NULL ? xps_spectrum_get_acquisition (spectrum) : NULL;
  const char *given = find_given (self, c);
  self->energies[c] = find_energy (self, c);
  self->left_out[c] = given != NULL && strcmp (given, "none") == 0;
  if (self->left_out[c])
    return TRUE;
  if (given != NULL && !xps_line_level_parse (self->reference, given, &self->levels[c]))
    return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_PLAN, at->component->name, given,
                          N_ ("is no core level"), N_ ("write it as in \"S 2p\""));
  if (given != NULL)
    return TRUE;
  g_autofree char *said = record != NULL && record->species != NULL && record->transition != NULL
                              ? g_strdup_printf ("%s %s", record->species, record->transition)
                              : NULL;
  const char *const all[] = {at->component->name,
                             at->component->label,
                             part->region,
                             part->id,
                             said,
                             spectrum != NULL ? xps_spectrum_get_name (spectrum) : NULL};
  const char *texts[G_N_ELEMENTS (all) + 1] = {NULL};
  gsize n = 0;
  for (gsize k = 0; k < G_N_ELEMENTS (all); k++)
    if (all[k] != NULL)
      texts[n++] = all[k];
  if (isfinite (self->energies[c]))
    xps_line_level_find (self->reference, texts, self->energies[c], FALSE, &self->levels[c]);
  return TRUE;
}

static gboolean
check_given (const XpsAtomsMaking *self, GError **error)
{
  for (gsize i = 0; i < count_given (self); i++) {
    gboolean used = FALSE;
    for (gsize c = 0; c < self->map->n_components; c++)
      used |= is_meant (self, c, i) > 0;
    if (!used)
      return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_PLAN, self->options->levels[i], NULL,
                            N_ ("no component, species or core level is called so"),
                            N_ ("see the names in the model; as in \"PS4=S 2p\""));
  }
  return TRUE;
}

/* ---- lines ---- */

static const char *
species_of (const XpsComponent *component)
{
  return component->phase != NULL ? component->phase : component->name;
}

static gsize
count_leaders (const XpsAtomsMaking *self, gsize before)
{
  gsize n = 0;
  for (gsize c = 0; c < before; c++)
    n += self->map->components[c].leader == c ? 1 : 0;
  return n;
}

/* Components of one unknown area and one level are one line. */
static XpsAtomLine *
find_line (const XpsAtomsMaking *self, gsize c)
{
  for (guint k = 0; k < self->atoms->lines->len; k++) {
    XpsAtomLine *line = g_ptr_array_index (self->atoms->lines, k);
    if (line->leader == self->map->components[c].leader &&
        g_strcmp0 (line->level, self->levels[c].whole) == 0)
      return line;
  }
  return NULL;
}

static void
add_component (XpsAtomsMaking *self, gsize c)
{
  const XpsMapComponent *at = &self->map->components[c];
  XpsAtomLine *line = find_line (self, c);
  if (self->left_out[c])
    return;
  if (line == NULL) {
    line = g_new0 (XpsAtomLine, 1);
    line->part = at->part;
    line->leader = at->leader;
    line->place = count_leaders (self, at->leader);
    line->components = g_array_new (FALSE, FALSE, sizeof (gsize));
    line->name = g_strdup (at->component->name);
    line->species = g_strdup (species_of (at->component));
    line->level = g_strdup (self->levels[c].whole);
    line->element = g_strdup (self->levels[c].element);
    line->share = 1;
    line->photon_energy = line->seconds = line->sensitivity.product = NAN;
    line->factors = g_new (double, MAX (self->atoms->n_steps, 1));
    for (gsize i = 0; i < self->atoms->n_steps; i++)
      line->factors[i] = NAN;
    g_ptr_array_add (self->atoms->lines, line);
  }
  g_array_append_val (line->components, c);
}

/* The other line of its doublet is in the model: of the same species, or hanging on the same area. */
static gboolean
has_partner (const XpsAtomsMaking *self, const XpsAtomLine *line, gsize c)
{
  const XpsMapComponent *at = &self->map->components[c];
  for (gsize k = 0; k < self->map->n_components; k++) {
    const XpsMapComponent *other = &self->map->components[k];
    if (k != c && other->part == at->part && g_strcmp0 (self->levels[k].whole, line->level) == 0 &&
        (other->leader == at->leader || self->levels[k].minor != self->levels[c].minor) &&
        (other->leader == at->leader ||
         g_strcmp0 (species_of (other->component), species_of (at->component)) == 0))
      return TRUE;
  }
  return FALSE;
}

/* One line of a doublet alone: names say so, or the other one lies outside of what was measured. */
static void
find_share (const XpsAtomsMaking *self, XpsAtomLine *line)
{
  const gsize c = g_array_index (line->components, gsize, 0);
  const XpsLineLevel *level = &self->levels[c];
  double high = -INFINITY;
  if (line->components->len != 1 || !(level->ratio > 0) || has_partner (self, line, c))
    return;
  for (gsize i = 0; i < self->atoms->n_steps; i++) {
    const XpsFitData *data = xps_atoms_get_data (self, i, line->part);
    high = data != NULL ? fmax (high, data->energy[data->n - 1]) : high;
  }
  const gboolean outside = level->splitting > 0 && self->energies[c] + level->splitting > high;
  if (level->minor)
    line->share = level->ratio / (1 + level->ratio);
  else if (level->single || outside)
    line->share = 1 / (1 + level->ratio);
}

/* Species, where only one line has it; else with its level; else the component. */
static void
name_lines (XpsAtoms *atoms)
{
  for (guint k = 0; k < atoms->lines->len; k++) {
    XpsAtomLine *line = g_ptr_array_index (atoms->lines, k);
    guint same = 0, alike = 0;
    for (guint m = 0; m < atoms->lines->len; m++) {
      const XpsAtomLine *other = g_ptr_array_index (atoms->lines, m);
      same += g_strcmp0 (other->species, line->species) == 0 ? 1 : 0;
      alike += g_strcmp0 (other->species, line->species) == 0 && g_strcmp0 (other->level, line->level) == 0
                   ? 1
                   : 0;
    }
    if (alike > 1 || (same > 1 && line->level == NULL))
      continue;
    g_free (line->name);
    line->name = same > 1 ? g_strdup_printf ("%s %s", line->level, line->species) : g_strdup (line->species);
  }
}

/* ---- notes ---- */

static gboolean
are_of_one_level (const XpsAtoms *atoms)
{
  const char *first = NULL;
  for (guint k = 0; k < atoms->lines->len; k++) {
    const XpsAtomLine *line = g_ptr_array_index (atoms->lines, k);
    if (line->level == NULL)
      continue;
    if (first != NULL && strcmp (first, line->level) != 0)
      return FALSE;
    first = line->level;
  }
  return TRUE;
}

static void
note (XpsAtoms *atoms, char *take)
{
  for (guint k = 0; k < atoms->notes->len; k++)
    if (strcmp (g_ptr_array_index (atoms->notes, k), take) == 0) {
      g_free (take);
      return;
    }
  g_ptr_array_add (atoms->notes, take);
}

/* Within one level what is left out cancels. */
static void
take_notes (XpsAtomsMaking *self)
{
  XpsAtoms *atoms = self->atoms;
  for (guint k = 0; k < atoms->lines->len; k++) {
    const XpsAtomLine *line = g_ptr_array_index (atoms->lines, k);
    if (line->missing != NULL)
      note (atoms, g_strdup (line->missing));
  }
  if (are_of_one_level (atoms) || !xps_atoms_are_known (atoms))
    return;
  g_autofree char *gaps = xps_sensitivity_dup_gaps (self->gaps);
  if (gaps[0] != '\0')
    note (atoms, g_steal_pointer (&gaps));
  if (self->no_time)
    note (atoms,
          g_strdup (_ ("How long a point was counted is not known: it is taken to be the same for all core "
                       "levels.")));
}

/* ---- the whole ---- */

static void
make_lines (XpsAtomsMaking *self)
{
  for (gsize c = 0; c < self->map->n_components; c++)
    add_component (self, c);
  for (guint k = 0; k < self->atoms->lines->len; k++) {
    XpsAtomLine *line = g_ptr_array_index (self->atoms->lines, k);
    if (line->level != NULL)
      find_share (self, line);
  }
  name_lines (self->atoms);
  for (guint k = 0; k < self->atoms->lines->len; k++) {
    XpsAtomLine *line = g_ptr_array_index (self->atoms->lines, k);
    if (line->level == NULL)
      xps_atom_line_miss (
          line, xps_text_printf (_ ("The core level of %s is not known: it is left out."), line->name));
  }
}

XpsAtoms *
xps_atoms_new (const XpsSeries *series, const XpsSeriesRun *run, XpsReference *reference,
               const XpsAtomsOptions *options, GError **error)
{
  XpsAtomsOptions usual;
  xps_atoms_options_init (&usual);
  g_autoptr (XpsSeriesMap) map = xps_series_map_new (run->model, run->plan, error);
  if (map == NULL)
    return NULL;
  g_autoptr (XpsAtoms) atoms = g_new0 (XpsAtoms, 1);
  atoms->n_steps = MIN (run->steps->len, xps_series_get_n (series));
  atoms->lines = g_ptr_array_new_with_free_func (line_free);
  atoms->notes = g_ptr_array_new_with_free_func (g_free);
  XpsAtomsMaking self = {.series = series,
                         .run = run,
                         .map = map,
                         .reference = reference,
                         .options = options != NULL ? options : &usual,
                         .atoms = atoms,
                         .levels = g_new0 (XpsLineLevel, map->n_components + 1),
                         .energies = g_new0 (double, map->n_components + 1),
                         .left_out = g_new0 (gboolean, map->n_components + 1)};
  gboolean sound = check_given (&self, error);
  for (gsize c = 0; sound && c < map->n_components; c++)
    sound = find_level (&self, c, error);
  if (sound) {
    make_lines (&self);
    xps_atoms_find_factors (&self);
    take_notes (&self);
  }
  for (gsize c = 0; c < map->n_components; c++)
    xps_line_level_clear (&self.levels[c]);
  g_free (self.levels);
  g_free (self.energies);
  g_free (self.left_out);
  return sound ? g_steal_pointer (&atoms) : NULL;
}

gboolean
xps_atoms_are_known (const XpsAtoms *self)
{
  for (guint k = 0; k < self->lines->len; k++)
    if (isfinite (((XpsAtomLine *)g_ptr_array_index (self->lines, k))->sensitivity.product))
      return TRUE;
  return FALSE;
}
