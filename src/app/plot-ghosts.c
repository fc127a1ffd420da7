/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-ghosts.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/reference-catalogue.h"
#include "base/number.h"
#include "project/region.h"
#include "reference/cross-section.h"
#include "reference/element.h"

/* A stretch in which the species of one level can be told apart; in a wider one a level is one band. */
#define SPECIES_SPAN 80.0 /* eV */
#define BESIDE       1.0  /* of the shown stretch, at each side: is asked for with it, and then at hand */
#define RANK_ELEMENT 2000 /* ranks of another element ... */
#define RANK_LOOSE   1000 /* ... and of second-hand values come behind */
#define RANK_VALUES  500  /* most values that count */

typedef struct {
  char *species; /* NULL: all of them */
  char *level;
  guint n;
  gboolean disputed;
} Item;

typedef struct {
  char *level, *species, *element;
} Wish;

struct _XpsPlotGhosts {
  XpsReference *reference; /* or NULL: there is none */
  gboolean opened;
  GArray *wishes; /* Wish */
  gboolean second_hand;

  /* What is at hand, and what for. */
  GArray *items;  /* Item ... */
  GArray *ghosts; /* ... and XpsFigureGhost, in the same order */
  const XpsSpectrum *spectrum;
  double photon_energy, low, high;
  gboolean by_level, asked;
};

static void
clear_item (gpointer pointer)
{
  Item *item = pointer;
  g_free (item->species);
  g_free (item->level);
}

static void
clear_wish (gpointer pointer)
{
  Wish *wish = pointer;
  g_free (wish->level);
  g_free (wish->species);
  g_free (wish->element);
}

XpsPlotGhosts *
xps_plot_ghosts_new (void)
{
  XpsPlotGhosts *self = g_new0 (XpsPlotGhosts, 1);
  self->wishes = g_array_new (FALSE, FALSE, sizeof (Wish));
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  self->ghosts = g_array_new (FALSE, FALSE, sizeof (XpsFigureGhost));
  g_array_set_clear_func (self->wishes, clear_wish);
  g_array_set_clear_func (self->items, clear_item);
  return self;
}

void
xps_plot_ghosts_free (XpsPlotGhosts *self)
{
  g_array_unref (self->wishes);
  g_array_unref (self->items);
  g_array_unref (self->ghosts);
  g_clear_pointer (&self->reference, xps_reference_free);
  g_free (self);
}

void
xps_plot_ghosts_set_wishes (XpsPlotGhosts *self, const XpsPlotGhostWish *wishes, gsize n)
{
  g_array_set_size (self->wishes, 0);
  for (gsize i = 0; i < n; i++) {
    const Wish wish = {g_strdup (wishes[i].level), g_strdup (wishes[i].species),
                       g_strdup (wishes[i].element)};
    g_array_append_val (self->wishes, wish);
  }
  self->asked = FALSE;
}

void
xps_plot_ghosts_set_second_hand (XpsPlotGhosts *self, gboolean second_hand)
{
  self->second_hand = second_hand;
  self->asked = FALSE;
}

/* ---- asking ---- */

static XpsReference *
get_reference (XpsPlotGhosts *self)
{
  if (!self->opened)
    self->reference = xps_catalogue_open_reference (NULL);
  self->opened = TRUE;
  return self->reference;
}

static void
init_query (const XpsPlotGhosts *self, XpsReferenceQuery *query)
{
  xps_reference_query_init (query);
  query->secondary = query->recalled = self->second_hand || self->wishes->len > 0;
}

static double
get_weight (const XpsPlotGhosts *self, const char *level)
{
  XpsCrossSection section;
  if (!isfinite (self->photon_energy) ||
      !xps_reference_get_cross_section (self->reference, level, self->photon_energy, &section, NULL))
    return NAN;
  return section.barn;
}

static gboolean
is_of_element (const char *level, const char *element)
{
  const gsize n = element != NULL ? strlen (element) : 0;
  return n > 0 && strncmp (level, element, n) == 0 && level[n] == ' ';
}

static guint
get_rank (const char *level, const char *element, guint n, gboolean firm)
{
  return (is_of_element (level, element) ? 0 : RANK_ELEMENT) + (firm ? 0 : RANK_LOOSE) + RANK_VALUES -
         MIN (n, RANK_VALUES);
}

/* Takes the texts of the item. */
static void
take_ghost (XpsPlotGhosts *self, Item item, XpsFigureGhost ghost)
{
  ghost.label = item.species != NULL ? item.species : item.level;
  ghost.weight = get_weight (self, item.level);
  ghost.colour = XPS_FIGURE_COLOUR_AUTO;
  g_array_append_val (self->items, item);
  g_array_append_val (self->ghosts, ghost);
}

static void
add_spread (XpsPlotGhosts *self, const XpsReferenceSpread *spread, const char *element)
{
  const gboolean firm = spread->n_firm > 0;
  const Item item = {g_strdup (spread->species), g_strdup (spread->level), spread->n, spread->disputed};
  take_ghost (self, item,
              (XpsFigureGhost){.low = spread->low,
                               .centre = spread->median,
                               .high = spread->high,
                               .rank = get_rank (spread->level, element, spread->n, firm),
                               .firm = firm});
}

/* "S 2p" beside "S 2p3/2" of the same species is the same line, measured without telling the two apart. */
static gboolean
is_unresolved_twin (const GPtrArray *spreads, const XpsReferenceSpread *spread)
{
  const gsize n = strlen (spread->level);
  for (guint i = 0; i < spreads->len; i++) {
    const XpsReferenceSpread *other = g_ptr_array_index (spreads, i);
    if (strcmp (other->species, spread->species) == 0 && strncmp (other->level, spread->level, n) == 0 &&
        other->level[n] != '\0')
      return TRUE;
  }
  return FALSE;
}

static void
add_query (XpsPlotGhosts *self, const XpsReferenceQuery *query, const char *element)
{
  g_autoptr (GPtrArray) spreads = xps_reference_search_spreads (self->reference, query, NULL);
  for (guint i = 0; spreads != NULL && i < spreads->len; i++)
    if (!is_unresolved_twin (spreads, g_ptr_array_index (spreads, i)))
      add_spread (self, g_ptr_array_index (spreads, i), element);
}

/* Where an element shows itself, whatever it is bound in; strongest first. */
static void
add_element (XpsPlotGhosts *self, const char *element)
{
  g_autoptr (GPtrArray) lines =
      xps_reference_list_element_lines (self->reference, element, self->photon_energy, NULL);
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const XpsElementLine *line = g_ptr_array_index (lines, i);
    const Item item = {NULL, g_strdup (line->name), 1, FALSE};
    take_ghost (self, item,
                (XpsFigureGhost){.low = line->energy - line->tolerance,
                                 .centre = line->energy,
                                 .high = line->energy + line->tolerance,
                                 .rank = i + (line->auger ? RANK_LOOSE : 0),
                                 .firm = !line->computed});
  }
}

static void
add_wishes (XpsPlotGhosts *self)
{
  XpsReferenceQuery query;
  init_query (self, &query);
  for (guint i = 0; i < self->wishes->len; i++) {
    const Wish *wish = &g_array_index (self->wishes, Wish, i);
    if (wish->element != NULL) {
      add_element (self, wish->element);
      continue;
    }
    query.level = wish->level;
    query.species = wish->species;
    add_query (self, &query, NULL);
  }
}

/* "S 2p3/2" -> "S 2p". */
static gsize
base_length (const char *level)
{
  const char *blank = strrchr (level, ' ');
  return blank != NULL ? (gsize)(blank - level) + MIN (strlen (blank), 3) : strlen (level);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const XpsReferenceLine *x = *(XpsReferenceLine *const *)a, *y = *(XpsReferenceLine *const *)b;
  const gsize n = base_length (x->level), m = base_length (y->level);
  const int level = strncmp (x->level, y->level, MAX (n, m));
  if (n != m || (level != 0 && strncmp (x->level, y->level, n) != 0))
    return level != 0 ? level : (n > m) - (n < m);
  return (x->energy > y->energy) - (x->energy < y->energy);
}

/* Lines of one level, by energy. */
static void
add_level (XpsPlotGhosts *self, XpsReferenceLine *const *lines, guint n, const char *element)
{
  const char *level = lines[0]->level;
  gboolean firm = FALSE;
  for (guint i = 0; i < n; i++)
    firm = firm || xps_verified_is_firm (lines[i]->verified);
  const Item item = {NULL, g_strndup (level, base_length (level)), n, FALSE};
  take_ghost (self, item,
              (XpsFigureGhost){.low = lines[0]->energy,
                               .centre = 0.5 * (lines[(n - 1) / 2]->energy + lines[n / 2]->energy),
                               .high = lines[n - 1]->energy,
                               .rank = get_rank (level, element, n, firm),
                               .firm = firm});
}

static void
add_levels (XpsPlotGhosts *self, const XpsReferenceQuery *query, const char *element)
{
  g_autoptr (GPtrArray) lines = xps_reference_search (self->reference, query, NULL);
  if (lines == NULL)
    return;
  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0, n; i < lines->len; i += n) {
    const XpsReferenceLine *first = g_ptr_array_index (lines, i);
    const gsize length = base_length (first->level);
    for (n = 1; i + n < lines->len; n++) {
      const XpsReferenceLine *line = g_ptr_array_index (lines, i + n);
      if (base_length (line->level) != length || strncmp (line->level, first->level, length) != 0)
        break;
    }
    add_level (self, (XpsReferenceLine *const *)lines->pdata + i, n, element);
  }
}

static void
ask (XpsPlotGhosts *self, const XpsPreview *preview)
{
  g_autofree char *level = xps_region_dup_level (preview->spectrum);
  g_autofree char *element = NULL;
  XpsReferenceQuery query;
  g_array_set_size (self->items, 0);
  g_array_set_size (self->ghosts, 0);
  if (get_reference (self) == NULL)
    return;
  if (level != NULL && strchr (level, ' ') != NULL)
    element = g_strndup (level, (gsize)(strchr (level, ' ') - level));
  init_query (self, &query);
  query.near = 0.5 * (self->low + self->high);
  query.within = 0.5 * (self->high - self->low);
  if (self->wishes->len > 0)
    add_wishes (self);
  else if (self->by_level)
    add_levels (self, &query, element);
  else
    add_query (self, &query, element);
}

static gboolean
is_at_hand (const XpsPlotGhosts *self, const XpsPreview *preview, double low, double high)
{
  const gboolean same = self->asked && self->spectrum == preview->spectrum &&
                        (self->photon_energy == preview->scale.photon_energy ||
                         isnan (self->photon_energy) == isnan (preview->scale.photon_energy));
  if (!same || self->wishes->len > 0)
    return same;
  return self->by_level == (high - low > SPECIES_SPAN) && low >= self->low && high <= self->high;
}

const XpsFigureGhost *
xps_plot_ghosts_find (XpsPlotGhosts *self, const XpsPreview *preview, double low, double high,
                      const XpsSpeciesColours *colours, gsize *n)
{
  *n = 0;
  if (!preview->has_binding || preview->spectrum == NULL || !(low < high))
    return NULL;
  if (!is_at_hand (self, preview, low, high)) {
    self->asked = TRUE;
    self->spectrum = preview->spectrum;
    self->photon_energy = preview->scale.photon_energy;
    self->by_level = high - low > SPECIES_SPAN;
    self->low = low - BESIDE * (high - low);
    self->high = high + BESIDE * (high - low);
    ask (self, preview);
  }
  for (guint i = 0; i < self->ghosts->len; i++)
    g_array_index (self->ghosts, XpsFigureGhost, i).colour =
        xps_species_colours_of_name (colours, g_array_index (self->items, Item, i).species);
  *n = self->ghosts->len;
  return (const XpsFigureGhost *)(gpointer)self->ghosts->data;
}

/* ---- near the pointer ---- */

static int
compare_distance (gconstpointer a, gconstpointer b, gpointer data)
{
  const XpsPlotGhosts *self = ((gpointer *)data)[0];
  const double energy = *(const double *)((gpointer *)data)[1];
  const XpsFigureGhost *x = &g_array_index (self->ghosts, XpsFigureGhost, *(const guint *)a),
                       *y = &g_array_index (self->ghosts, XpsFigureGhost, *(const guint *)b);
  const double dx = fabs (x->centre - energy), dy = fabs (y->centre - energy);
  return (dx > dy) - (dx < dy);
}

GArray *
xps_plot_ghosts_list_near (const XpsPlotGhosts *self, double energy, double reach, guint most)
{
  GArray *near = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->ghosts->len; i++) {
    const XpsFigureGhost *ghost = &g_array_index (self->ghosts, XpsFigureGhost, i);
    if (energy >= ghost->low - reach && energy <= ghost->high + reach)
      g_array_append_val (near, i);
  }
  gpointer data[] = {(gpointer)self, &energy};
  g_array_sort_with_data (near, compare_distance, data);
  if (near->len > most)
    g_array_set_size (near, most);
  return near;
}

const XpsFigureGhost *
xps_plot_ghosts_get (const XpsPlotGhosts *self, gsize ghost)
{
  return &g_array_index (self->ghosts, XpsFigureGhost, ghost);
}

char *
xps_plot_ghosts_dup_words (const XpsPlotGhosts *self, gsize ghost)
{
  const Item *item = &g_array_index (self->items, Item, ghost);
  const XpsFigureGhost *at = &g_array_index (self->ghosts, XpsFigureGhost, ghost);
  g_autofree char *low = xps_number_dup_with_error (at->low, NAN, 1);
  g_autofree char *high = xps_number_dup_with_error (at->high, NAN, 1);
  g_autofree char *range =
      at->low < at->high ? g_strdup_printf ("%s–%s eV", low, high) : g_strdup_printf ("%s eV", low);
  g_autofree char *values =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u value", "%u values", item->n), item->n);
  GString *text = g_string_new (NULL);
  if (item->species != NULL)
    g_string_append_printf (text, "%s  ", item->species);
  g_string_append_printf (text, "%s  %s  (%s", item->level, range, values);
  if (item->disputed)
    g_string_append_printf (text, ", %s", _ ("disputed"));
  if (!at->firm)
    g_string_append_printf (text, ", %s", _ ("second-hand"));
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}
