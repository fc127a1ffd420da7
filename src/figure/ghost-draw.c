/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/ghost-draw.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "figure/label.h"
#include "figure/words.h"
#include "scene/markup.h"

#define BAND_OPACITY  0.14
#define BAND_MOST     8 /* bands from which on they are fainter, so that many do not become a wall */
#define LINE_WIDTH    0.8
#define LINE_OPACITY  0.55
#define STICK_WIDTH   1.8
#define STICK_HEIGHT  0.2 /* of the panel, of the heaviest */
#define STICK_OPACITY 0.7
#define NAMES_HEIGHT  7.0  /* of the text size */
#define LEADER_HEIGHT 0.9  /* of the text size: between names and panel */
#define NAME_ROW      1.12 /* of the text size: between names side by side */
#define AWAY_MOST     4.0  /* rows that a name may stand beside its line */

XpsCellGhost *
xps_ghosts_new (const XpsPlot *plot, gsize *n)
{
  const XpsPlotView *view = plot->view;
  const XpsPlotSpectrum *spectrum = plot->n > 0 ? &plot->spectra[plot->current] : NULL;
  *n = 0;
  if (view->ghosts == NULL || spectrum == NULL || !spectrum->preview->has_binding)
    return NULL;
  const gboolean kinetic = spectrum->axis == XPS_FIGURE_KINETIC;
  XpsCellGhost *ghosts = g_new (XpsCellGhost, view->n_ghosts);
  for (gsize i = 0; i < view->n_ghosts; i++) {
    const XpsFigureGhost *ghost = &view->ghosts[i];
    const double low = kinetic ? spectrum->energy_sum - ghost->high : ghost->low;
    const double high = kinetic ? spectrum->energy_sum - ghost->low : ghost->high;
    const double centre = kinetic ? spectrum->energy_sum - ghost->centre : ghost->centre;
    if (high >= plot->shown.x_low && low <= plot->shown.x_high)
      ghosts[(*n)++] = (XpsCellGhost){.ghost = ghost, .low = low, .centre = centre, .high = high};
  }
  return ghosts;
}

/* On screen always the same, so that the panel stays while a person moves about; on paper what they need. */
double
xps_ghosts_names_height (const XpsPlot *plot, double text_size)
{
  double longest = plot->view->paper ? 0.0 : NAMES_HEIGHT * text_size;
  if (plot->view->n_ghosts == 0)
    return 0.0;
  for (gsize i = 0; plot->view->paper && i < plot->shown.n_ghosts; i++) {
    g_autofree char *markup = xps_figure_label_markup (plot->shown.ghosts[i].ghost->label);
    longest = fmax (longest, xps_markup_width (markup, text_size, FALSE));
  }
  return fmin (longest, NAMES_HEIGHT * text_size) + LEADER_HEIGHT * text_size;
}

static XpsInk
ink_of (const XpsFigureGhost *ghost)
{
  return ghost->colour != XPS_FIGURE_COLOUR_AUTO ? xps_ink_series (ghost->colour) : xps_ink (XPS_INK_MUTED);
}

static double
heaviest (const XpsCellView *view)
{
  double most = 0.0;
  for (gsize i = 0; i < view->n_ghosts; i++)
    most = fmax (most, view->ghosts[i].ghost->weight); /* fmax passes over NaN */
  return most;
}

static void
draw_band (const XpsCell *cell, XpsSceneBuilder *builder, const XpsCellGhost *ghost, double opacity)
{
  const XpsRect rect = cell->main.rect;
  const double a = xps_axis_map (&cell->main.x, ghost->low), b = xps_axis_map (&cell->main.x, ghost->high);
  const XpsRect band = {fmin (a, b), rect.y, fabs (b - a), rect.height};
  if (band.width > cell->style->line_unit)
    xps_scene_add_rectangle (builder, band, (XpsStroke){.width = 0.0},
                             xps_ink_fade (ink_of (ghost->ghost), opacity));
  const XpsPoint line[] = {{xps_axis_map (&cell->main.x, ghost->centre), rect.y},
                           {xps_axis_map (&cell->main.x, ghost->centre), rect.y + rect.height}};
  xps_scene_add_segments (builder, 2, line,
                          (XpsStroke){.ink = xps_ink_fade (ink_of (ghost->ghost), LINE_OPACITY),
                                      .width = LINE_WIDTH * cell->style->line_unit,
                                      .dash = ghost->ghost->firm ? XPS_DASH_SOLID : XPS_DASH_DASHED});
}

static void
draw_stick (const XpsCell *cell, XpsSceneBuilder *builder, const XpsCellGhost *ghost, double most)
{
  const XpsRect rect = cell->main.rect;
  const double share = ghost->ghost->weight / most, x = xps_axis_map (&cell->main.x, ghost->centre);
  if (!(share > 0.0))
    return;
  const XpsPoint stick[] = {{x, rect.y + rect.height},
                            {x, rect.y + rect.height * (1.0 - STICK_HEIGHT * fmin (share, 1.0))}};
  xps_scene_add_segments (builder, 2, stick,
                          (XpsStroke){.ink = xps_ink_fade (ink_of (ghost->ghost), STICK_OPACITY),
                                      .width = STICK_WIDTH * cell->style->line_unit});
}

void
xps_ghosts_draw (const XpsCell *cell, XpsSceneBuilder *builder)
{
  const XpsCellView *view = cell->view;
  const double most = heaviest (view);
  const double opacity =
      BAND_OPACITY * fmin (1.0, sqrt ((double)BAND_MOST / (double)MAX (view->n_ghosts, 1)));
  for (gsize i = 0; i < view->n_ghosts; i++)
    draw_band (cell, builder, &view->ghosts[i], opacity);
  for (gsize i = 0; i < view->n_ghosts; i++)
    draw_stick (cell, builder, &view->ghosts[i], most);
}

/* ---- names ---- */

typedef struct {
  const XpsCellGhost *ghost;
  double wanted, x; /* of the line, and of the name */
} Name;

static int
compare_rank (gconstpointer a, gconstpointer b)
{
  const XpsCellGhost *x = ((const Name *)a)->ghost, *y = ((const Name *)b)->ghost;
  if (x->ghost->rank != y->ghost->rank)
    return x->ghost->rank < y->ghost->rank ? -1 : 1;
  return (x->centre > y->centre) - (x->centre < y->centre);
}

/* Names in a row, `row` apart, each as near to its line as the sum of squares allows: pools of neighbours
 * that touch, each about the mean of what its members want. */
static void
spread (Name *const *names, gsize n, double row, double low, double high)
{
  double *mean = g_new (double, n);
  gsize *count = g_new (gsize, n);
  gsize pools = 0, k = 0;
  for (gsize i = 0; i < n; i++) {
    mean[pools] = names[i]->wanted - (double)i * row;
    count[pools++] = 1;
    while (pools > 1 && mean[pools - 1] < mean[pools - 2]) {
      const double a = (double)count[pools - 2], b = (double)count[pools - 1];
      mean[pools - 2] = (a * mean[pools - 2] + b * mean[pools - 1]) / (a + b);
      count[pools - 2] += count[pools - 1];
      pools--;
    }
  }
  for (gsize p = 0; p < pools; p++)
    for (gsize i = 0; i < count[p]; i++, k++)
      names[k]->x = CLAMP (mean[p], low, high - (double)(n - 1) * row) + (double)k * row;
  g_free (mean);
  g_free (count);
}

static gboolean
near_enough (Name *const *names, gsize n, double most)
{
  for (gsize i = 0; i < n; i++)
    if (fabs (names[i]->x - names[i]->wanted) > most)
      return FALSE;
  return TRUE;
}

/* Puts `name` among the chosen ones, by place; FALSE and out again when one of them had to go too far. */
static gboolean
try_name (Name **chosen, gsize n, Name *name, double row, const XpsRect *rect)
{
  const double low = rect->x + 0.5 * row, high = rect->x + rect->width - 0.5 * row;
  gsize place = n;
  if ((double)n * row > high - low)
    return FALSE;
  for (; place > 0 && chosen[place - 1]->wanted > name->wanted; place--)
    chosen[place] = chosen[place - 1];
  chosen[place] = name;
  spread (chosen, n + 1, row, low, high);
  if (near_enough (chosen, n + 1, AWAY_MOST * row))
    return TRUE;
  memmove (chosen + place, chosen + place + 1, (n - place) * sizeof *chosen);
  spread (chosen, n, row, low, high);
  return FALSE;
}

/* New array of the names that have room, from left to right. */
static Name **
choose_names (const XpsCell *cell, Name *names, gsize n, gsize *n_chosen)
{
  Name **chosen = g_new (Name *, n + 1);
  *n_chosen = 0;
  if (n > 1)
    qsort (names, n, sizeof *names, compare_rank);
  for (gsize i = 0; i < n; i++)
    if (try_name (chosen, *n_chosen, &names[i], NAME_ROW * cell->small, &cell->main.rect))
      (*n_chosen)++;
  return chosen;
}

static void
draw_name (const XpsCell *cell, XpsSceneBuilder *builder, const Name *name)
{
  const XpsFigureGhost *ghost = name->ghost->ghost;
  const double top = cell->main.rect.y, leader = LEADER_HEIGHT * cell->small;
  g_autofree char *plain = xps_figure_label_markup (ghost->label);
  g_autofree char *marked = ghost->firm ? g_strdup (plain) : g_strconcat ("<i>", plain, "</i>", NULL);
  const char *full = xps_markup_is_valid (marked) ? marked : plain;
  g_autofree char *text = xps_markup_dup_fitted (full, cell->small, FALSE, NAMES_HEIGHT * cell->small);
  const XpsPoint line[] = {{name->x, top - leader}, {name->wanted, top}};
  xps_scene_add_segments (builder, 2, line,
                          (XpsStroke){.ink = xps_ink_fade (ink_of (ghost), LINE_OPACITY),
                                      .width = LINE_WIDTH * cell->style->line_unit});
  xps_scene_add_text (builder, &(XpsText){.markup = text,
                                          .at = {name->x + 0.5 * (XPS_MARKUP_CAP_HEIGHT - 0.1) * cell->small,
                                                 top - leader - 0.15 * cell->small},
                                          .size = cell->small,
                                          .rotation = 90.0,
                                          .ink = ink_of (ghost)});
}

void
xps_ghosts_draw_names (const XpsCell *cell, XpsSceneBuilder *builder)
{
  const XpsCellView *view = cell->view;
  const XpsRect rect = cell->main.rect;
  g_autofree Name *names = g_new (Name, view->n_ghosts);
  gsize n = 0, n_chosen = 0;
  for (gsize i = 0; i < view->n_ghosts; i++) {
    const double x = xps_axis_map (&cell->main.x, view->ghosts[i].centre);
    if (x >= rect.x && x <= rect.x + rect.width)
      names[n++] = (Name){.ghost = &view->ghosts[i], .wanted = x, .x = x};
  }
  Name **chosen = choose_names (cell, names, n, &n_chosen);
  for (gsize i = 0; i < n_chosen; i++)
    draw_name (cell, builder, chosen[i]);
  g_free (chosen);
}

void
xps_ghosts_add_key (const XpsCell *cell, XpsFigureKey *key)
{
  const XpsCellView *view = cell->view;
  gboolean loose = FALSE;
  for (gsize i = 0; i < view->n_ghosts; i++)
    loose = loose || !view->ghosts[i].ghost->firm;
  if (view->n_ghosts == 0)
    return;
  XpsStroke stroke = {.ink = xps_ink_fade (xps_ink (XPS_INK_MUTED), LINE_OPACITY),
                      .width = LINE_WIDTH * cell->style->line_unit};
  /* Translators: published line positions, drawn as bands behind a spectrum. */
  xps_key_add (key, XPS_KEY_FILL, xps_figure_word (TRUE, N_ ("literature")), stroke,
               xps_ink_fade (xps_ink (XPS_INK_MUTED), BAND_OPACITY));
  stroke.dash = XPS_DASH_DASHED;
  /* Translators: published line positions that were read where somebody quotes them, or come from memory. */
  if (loose)
    xps_key_add (key, XPS_KEY_LINE, xps_figure_word (TRUE, N_ ("second-hand")), stroke, XPS_INK_NONE);
}
