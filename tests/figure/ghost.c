/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shown.h"

#include <math.h>
#include <string.h>

/* Lines of the literature behind a plot. */

#define SULPHIDE                                                                                             \
  (XpsFigureGhost)                                                                                           \
  {                                                                                                          \
    .label = "Li2S", .low = 159.8, .centre = 160.6, .high = 162.1, .weight = 2.0, .firm = TRUE,              \
    .colour = XPS_FIGURE_COLOUR_AUTO                                                                         \
  }
#define SULPHATE                                                                                             \
  (XpsFigureGhost)                                                                                           \
  {                                                                                                          \
    .label = "Li2SO4", .low = 168.0, .centre = 168.5, .high = 169.7, .weight = 1.0, .firm = FALSE,           \
    .colour = XPS_FIGURE_COLOUR_AUTO                                                                         \
  }

static XpsPlotView
view_of (const XpsFigureGhost *ghosts, gsize n)
{
  XpsPlotView view;
  xps_plot_view_init (&view);
  view.ghosts = ghosts;
  view.n_ghosts = n;
  return view;
}

static const XpsItem *
find_band (const XpsScene *scene, const XpsPlotLayout *layout, double low, double high)
{
  gsize n = 0;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  const double a = xps_axis_map (&layout->main.x, low), b = xps_axis_map (&layout->main.x, high);
  for (gsize i = 0; i < n; i++)
    if (items[i]->kind == XPS_ITEM_RECTANGLE && items[i]->fill.role == XPS_INK_MUTED &&
        fabs (items[i]->rect.x - fmin (a, b)) < 1e-6 && fabs (items[i]->rect.width - fabs (b - a)) < 1e-6)
      return items[i];
  return NULL;
}

/* The vertical line at an energy that begins at the panel's bottom: its height; NaN: none. */
static double
stick_height (const XpsScene *scene, const XpsPlotLayout *layout, double energy)
{
  gsize n = 0;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  const double x = xps_axis_map (&layout->main.x, energy);
  const double bottom = layout->main.rect.y + layout->main.rect.height;
  for (gsize i = 0; i < n; i++)
    if (items[i]->kind == XPS_ITEM_SEGMENTS && items[i]->n == 2 && items[i]->points[0].x == x &&
        items[i]->points[0].y == bottom)
      return bottom - items[i]->points[1].y;
  return NAN;
}

/* As wide as the spread, over the whole height; sticks by weight; names in a strip of their own. */
static void
test_bands (void)
{
  const XpsFigureGhost ghosts[] = {SULPHIDE, SULPHATE};
  g_autoptr (XpsPreview) preview = shown_preview ();
  const XpsPlotView without = view_of (NULL, 0), view = view_of (ghosts, 2);
  XpsPlotLayout bare, layout;
  g_autoptr (XpsScene) plain = shown_scene (preview, &without, &bare);
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  const XpsItem *band = find_band (scene, &layout, 159.8, 162.1);
  g_assert_nonnull (band);
  test_assert_close (band->rect.y, layout.main.rect.y, 1e-9);
  test_assert_close (band->rect.height, layout.main.rect.height, 1e-9);
  g_assert_nonnull (find_band (scene, &layout, 168.0, 169.7));
  g_assert_null (find_band (plain, &bare, 159.8, 162.1));
  const double sulphide = stick_height (scene, &layout, 160.6);
  g_assert_cmpfloat (sulphide, >, 0.1 * layout.main.rect.height);
  test_assert_close (stick_height (scene, &layout, 168.5), 0.5 * sulphide, 1e-9);
  const XpsText *name = shown_text (scene, "Li<sub>2</sub>S");
  if (name == NULL)
    g_error ("no name");
  g_assert_cmpfloat (name->at.y, <, layout.main.rect.y);
  g_assert_cmpfloat (layout.main.rect.y, >, bare.main.rect.y + 50.0);
}

/* What nobody looked up is dashed, in italics, and in the key. */
static void
test_second_hand (void)
{
  const XpsFigureGhost firm = SULPHIDE, loose = SULPHATE;
  g_autoptr (XpsPreview) preview = shown_preview ();
  const XpsPlotView of_firm = view_of (&firm, 1), of_loose = view_of (&loose, 1);
  XpsPlotLayout layout;
  g_autoptr (XpsScene) first = shown_scene (preview, &of_firm, &layout);
  g_autoptr (XpsScene) second = shown_scene (preview, &of_loose, &layout);
  g_autofree char *dump = xps_scene_dup_dump (second), *other = xps_scene_dup_dump (first);
  g_assert_nonnull (shown_text (first, "literature"));
  g_assert_null (shown_text (first, "second-hand"));
  g_assert_nonnull (shown_text (second, "second-hand"));
  g_assert_nonnull (strstr (dump, "<i>Li</i><sub><i>2</i></sub>"));
  g_assert_null (strstr (other, "<i>Li"));
}

/* Without a cross section there is a band and no stick; on the kinetic axis everything is mirrored. */
static void
test_kinetic (void)
{
  XpsFigureGhost ghost = SULPHIDE;
  ghost.weight = NAN;
  g_autoptr (XpsPreview) preview = shown_preview ();
  XpsPlotView view = view_of (&ghost, 1);
  XpsPlotLayout layout;
  view.kinetic = TRUE;
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  g_assert_true (layout.kinetic);
  g_assert_nonnull (find_band (scene, &layout, layout.energy_sum - 162.1, layout.energy_sum - 159.8));
  g_assert_true (isnan (stick_height (scene, &layout, layout.energy_sum - 160.6)));
}

/* Of fifty on a heap as many names as have room near their lines, those of small rank first, in order of
 * their energies and side by side; all fifty have their lines. */
static void
test_crowd (void)
{
  XpsFigureGhost ghosts[50];
  char labels[50][8];
  for (guint i = 0; i < 50; i++) {
    g_snprintf (labels[i], sizeof labels[i], "X%02u", i);
    const double at = 161.0 + 0.02 * (double)i;
    ghosts[i] = (XpsFigureGhost){.label = labels[i],
                                 .low = at,
                                 .centre = at,
                                 .high = at,
                                 .weight = NAN,
                                 .rank = 50 - i,
                                 .firm = TRUE,
                                 .colour = XPS_FIGURE_COLOUR_AUTO};
  }
  g_autoptr (XpsPreview) preview = shown_preview ();
  const XpsPlotView view = view_of (ghosts, 50);
  XpsPlotLayout layout;
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  double before = INFINITY;
  guint named = 0;
  for (guint i = 0; i < 50; i++) {
    const XpsText *name = shown_text (scene, labels[i]);
    if (name == NULL)
      continue;
    named++;
    g_assert_cmpfloat (before - name->at.x, >=, name->size);
    before = name->at.x;
  }
  g_assert_nonnull (shown_text (scene, "X49"));
  g_assert_null (shown_text (scene, "X00"));
  g_assert_cmpuint (named, >=, 5);
  g_assert_cmpuint (named, <, 50);
}

/* On paper as on the screen; outside the shown energies nothing. */
static void
test_export (void)
{
  const XpsFigureGhost ghosts[] = {SULPHIDE, SULPHATE};
  g_autoptr (XpsPreview) preview = shown_preview ();
  XpsPlotView view = view_of (ghosts, 2);
  XpsPlotLayout layout;
  view.paper = TRUE;
  view.x_low = 157.0;
  view.x_high = 166.0;
  g_autoptr (XpsScene) scene = shown_scene (preview, &view, &layout);
  g_assert_nonnull (find_band (scene, &layout, 159.8, 162.1));
  g_assert_null (find_band (scene, &layout, 168.0, 169.7));
  g_assert_null (shown_text (scene, "second-hand"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ghost/bands", test_bands);
  g_test_add_func ("/ghost/second-hand", test_second_hand);
  g_test_add_func ("/ghost/kinetic", test_kinetic);
  g_test_add_func ("/ghost/crowd", test_crowd);
  g_test_add_func ("/ghost/export", test_export);
  return g_test_run ();
}
