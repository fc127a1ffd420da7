/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

/* The first text item that reads so; NULL for none. */
static const XpsText *
find_text (const XpsScene *scene, const char *markup)
{
  gsize n = 0;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  for (gsize i = 0; i < n; i++)
    if (items[i]->kind == XPS_ITEM_TEXT && strcmp (items[i]->text.markup, markup) == 0)
      return &items[i]->text;
  return NULL;
}

static guint
count_items (const XpsScene *scene, XpsItemKind kind, XpsInkRole stroke)
{
  gsize n = 0;
  guint count = 0;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  for (gsize i = 0; i < n; i++)
    count += items[i]->kind == kind && items[i]->stroke.ink.role == stroke && items[i]->stroke.width > 0.0;
  return count;
}

/* Binding energy rises to the left, kinetic to the right. */
static void
test_direction (void)
{
  for (guint axis = XPS_FIGURE_BINDING; axis <= XPS_FIGURE_KINETIC; axis++) {
    Sample sample;
    sample_init (&sample);
    sample.curves.axis = (XpsFigureAxis)axis;
    g_autoptr (XpsScene) scene = sample_scene (&sample);
    const XpsText *low = find_text (scene, "158"), *high = find_text (scene, "164");
    g_assert_true (low != NULL && high != NULL);
    g_assert_true (axis == XPS_FIGURE_BINDING ? low->at.x > high->at.x : low->at.x < high->at.x);
    g_assert_nonnull (
        find_text (scene, axis == XPS_FIGURE_BINDING ? "Binding energy (eV)" : "Kinetic energy (eV)"));
  }
}

/* Everything a journal asks for is there, and nothing else: the list of what is painted, without the numbers.
 */
static void
test_parts (void)
{
  Sample sample;
  sample_init (&sample);
  g_autoptr (XpsScene) scene = sample_scene (&sample);
  const char *texts[] = {"Li<sub>6</sub>PS<sub>5</sub>Cl, S 2p",
                         "data",
                         "fit",
                         "background",
                         "<i>\xcf\x87</i><sup>2</sup>/dof = 1.04",
                         "PS<sub>4</sub><sup>3\xe2\x88\x92</sup>",
                         "Li<sub>2</sub>S",
                         "Intensity (counts)",
                         "Binding energy (eV)",
                         "(<i>y</i> \xe2\x88\x92 <i>f</i>\xe2\x80\x89)/<i>\xcf\x83</i>"};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_nonnull (find_text (scene, texts[i]));
  g_assert_cmpuint (count_items (scene, XPS_ITEM_POLYLINE, XPS_INK_ACCENT), ==, 2); /* key and curve */
  g_assert_cmpuint (count_items (scene, XPS_ITEM_POLYLINE, XPS_INK_MUTED), ==, 2);
  g_assert_cmpuint (count_items (scene, XPS_ITEM_POLYLINE, XPS_INK_SERIES), ==, SAMPLE_COMPONENTS);
  g_assert_cmpuint (count_items (scene, XPS_ITEM_MARKERS, XPS_INK_FOREGROUND), ==,
                    3); /* key, data, residuals */
  g_assert_cmpuint (count_items (scene, XPS_ITEM_RECTANGLE, XPS_INK_AXIS), ==, 2);
  g_assert_cmpstr (xps_scene_get_title (scene), ==, "Li6PS5Cl, S 2p");
  g_assert_null (find_text (scene, "not converged"));
}

/* No text smaller than a journal takes. */
static void
test_text_sizes (void)
{
  Sample sample;
  sample_init (&sample);
  g_autoptr (XpsScene) scene = sample_scene (&sample);
  gsize n = 0;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  for (gsize i = 0; i < n; i++)
    if (items[i]->kind == XPS_ITEM_TEXT)
      g_assert_cmpfloat (items[i]->text.size, >=, 7.0);
}

/* 5 to 8 labels on the intensity axis and, here, on the energy axis. */
static void
test_tick_numbers (void)
{
  Sample sample;
  sample_init (&sample);
  g_autoptr (XpsScene) scene = sample_scene (&sample);
  gsize n = 0;
  guint left = 0, below = 0;
  const XpsText *title = find_text (scene, "Binding energy (eV)");
  const XpsText *zero = find_text (scene, "0");
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  g_assert_true (title != NULL && zero != NULL);
  for (gsize i = 0; i < n; i++) {
    const XpsText *text = &items[i]->text;
    if (items[i]->kind != XPS_ITEM_TEXT || !g_ascii_isdigit (text->markup[0]))
      continue;
    left += text->anchor == 1.0 && text->at.y <= zero->at.y;
    below += text->anchor == 0.5 && text->at.y > zero->at.y + 20.0;
  }
  g_assert_cmpuint (left, >=, 5);
  g_assert_cmpuint (left, <=, 8);
  g_assert_cmpuint (below, >=, 5);
  g_assert_cmpuint (below, <=, 8);
}

static void
test_failed_fit (void)
{
  Sample sample;
  sample_init (&sample);
  sample.curves.failed = TRUE;
  sample.curves.failure = "the limit of 200 steps was reached";
  g_autoptr (XpsScene) scene = sample_scene (&sample);
  const XpsText *mark = find_text (scene, "not converged");
  g_assert_nonnull (mark);
  g_assert_cmpfloat (mark->size, >, 15.0);
  const XpsText *words = find_text (scene, "Not converged: the limit of 200 steps was reached");
  g_assert_true (words != NULL && words->bold && words->ink.role == XPS_INK_WARNING);
  g_assert_nonnull (strstr (xps_scene_get_title (scene), "not converged"));
}

/* Partners share the hue, the weaker line lighter; a species keeps its colour in all panels; chosen colours
 * stay. */
static void
test_colours (void)
{
  Sample a, b;
  sample_init (&a);
  sample_init (&b);
  b.curves.id = "two";
  b.components[0].label = "Li2S";
  b.components[2].label = "new";
  b.components[2].colour = 2;
  const XpsFigureCurves *const both[] = {&a.curves, &b.curves};
  g_autoptr (XpsFigure) figure = xps_figure_new (both, 2, NULL);
  g_assert_cmpuint (xps_figure_get_colour (figure, 0, 0), ==, 0);
  g_assert_cmpuint (xps_figure_get_colour (figure, 0, 1), ==, 0);
  g_assert_cmpuint (xps_figure_get_colour (figure, 0, 2), ==, 1);
  g_assert_cmpuint (xps_figure_get_colour (figure, 1, 0), ==, 1);
  g_assert_cmpuint (xps_figure_get_colour (figure, 1, 2), ==, 2);
  g_assert_cmpuint (xps_figure_get_colour (figure, 1, 3), ==, 2);
  g_assert_false (xps_figure_is_partner (figure, 0, 0));
  g_assert_true (xps_figure_is_partner (figure, 0, 1));
  /* Further components of one species: the same hue in another shade and dash. */
  b.components[0].phase = b.components[2].phase = "sulfide";
  b.components[2].colour = XPS_FIGURE_COLOUR_AUTO;
  g_autoptr (XpsFigure) shades = sample_figure (&b);
  const XpsStroke first = xps_figure_get_stroke (shades, 0, 0, 1.0),
                  second = xps_figure_get_stroke (shades, 0, 2, 1.0);
  const XpsStroke partner = xps_figure_get_stroke (shades, 0, 1, 1.0);
  g_assert_cmpuint (first.ink.series, ==, second.ink.series);
  g_assert_cmpfloat (second.ink.tint, <, first.ink.tint);
  g_assert_cmpfloat (partner.ink.tint, >, first.ink.tint);
  g_assert_cmpint (first.dash, !=, second.dash);
  b.components[0].phase = b.components[2].phase = NULL;
  b.components[0].label = NULL;
  b.components[0].partner_of = 1; /* each the other's partner: neither */
  g_autoptr (XpsFigure) circle = sample_figure (&b);
  g_assert_false (xps_figure_is_partner (circle, 0, 0));
  b.components[0].partner_of = XPS_FIGURE_NO_PARTNER;
  g_autoptr (XpsFigure) unnamed = sample_figure (&b);
  g_autofree char *label = xps_figure_dup_label (unnamed, 0, 0);
  g_assert_cmpstr (label, ==, "ps4"); /* what the names of the doublet have in common */
}

/* Without room at the peaks the names go into the key, in full. */
static void
test_long_names (void)
{
  static const char name[] = "Verunreinigungsschicht aus Lithiumcarbonat";
  Sample sample;
  sample_init (&sample);
  sample.components[0].label = name;
  sample.components[2].label = "Oberfl\xc3\xa4"
                               "chenhydroxid und adsorbiertes Wasser";
  g_autoptr (XpsScene) scene = sample_scene (&sample);
  const XpsText *text = find_text (scene, name);
  g_assert_nonnull (text);
  g_assert_cmpfloat (text->anchor, ==, 0.0);
  gsize n = 0;
  guint swatches = 0;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  for (gsize i = 0; i < n; i++)
    swatches += items[i]->kind == XPS_ITEM_RECTANGLE && items[i]->fill.role == XPS_INK_SERIES;
  g_assert_cmpuint (swatches, ==, 2);
}

/* A point far out is shown as such, and the other residuals stay readable. */
static void
test_outlier (void)
{
  Sample sample;
  sample_init (&sample);
  sample.intensity[30] -= 60.0 * sample.sigma[30];
  g_autoptr (XpsScene) scene = sample_scene (&sample);
  gsize n = 0;
  guint triangles = 0;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  for (gsize i = 0; i < n; i++)
    triangles += items[i]->kind == XPS_ITEM_MARKERS && items[i]->marker == XPS_MARKER_DOWN;
  g_assert_cmpuint (triangles, ==, 1);
  g_assert_nonnull (find_text (scene, "1 residual off scale"));
}

/* Every item stays on the page, whatever the data. */
static void
check_on_page (const XpsScene *scene)
{
  gsize n = 0;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  const double width = xps_scene_get_width (scene), height = xps_scene_get_height (scene);
  g_assert_cmpuint (n, >, 4);
  for (gsize i = 0; i < n; i++) {
    if (items[i]->kind == XPS_ITEM_TEXT) {
      g_assert_true (items[i]->text.at.x >= 0.0 && items[i]->text.at.x <= width);
      g_assert_true (items[i]->text.at.y >= 0.0 && items[i]->text.at.y <= height);
    }
    if (items[i]->kind == XPS_ITEM_CLIP) {
      g_assert_true (items[i]->rect.x >= 0.0 && items[i]->rect.x + items[i]->rect.width <= width);
      g_assert_true (items[i]->rect.y >= 0.0 && items[i]->rect.y + items[i]->rect.height <= height);
    }
  }
}

static void
test_hard_data (void)
{
  for (guint round = 0; round < 12; round++) {
    Sample sample;
    sample_init (&sample);
    for (gsize i = 0; i < SAMPLE_POINTS; i++) {
      double *y = &sample.intensity[i];
      const double values[] = {*y, NAN, 0.0, *y * 1e6, -*y, INFINITY, 1e300, *y, *y, *y, *y, *y};
      *y = values[round];
      if (round == 7)
        sample.energy[i] = 161.65 + 1e-9 * (double)i;
      if (round == 8)
        sample.sigma[i] = 0.0;
    }
    sample.curves.n = round == 9 ? 0 : (round == 10 ? 1 : SAMPLE_POINTS);
    if (round == 11) {
      sample.curves.n_components = 0;
      sample.curves.background = sample.curves.envelope = sample.curves.sigma = NULL;
    }
    g_autoptr (XpsScene) scene = sample_scene (&sample);
    check_on_page (scene);
  }
}

static void
test_sizes (void)
{
  Sample sample;
  sample_init (&sample);
  g_autoptr (XpsFigure) figure = sample_figure (&sample);
  const double sizes[][2] = {{0.0, 0.0},     {100.0, 60.0}, {240.0, 120.0},
                             {800.0, 500.0}, {NAN, NAN},    {1e9, 1e9}};
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    XpsFigureStyle style;
    xps_figure_style_init (&style, XPS_FIGURE_DOUBLE);
    style.width = sizes[i][0];
    style.height = sizes[i][1];
    g_autoptr (XpsScene) scene = xps_figure_build (figure, &style);
    g_assert_cmpfloat (xps_scene_get_width (scene), >=, 100.0);
    if (i == 3)
      check_on_page (scene);
  }
}

static void
test_grid (void)
{
  enum { SPECTRA = 14 };
  Sample *samples = g_new0 (Sample, SPECTRA);
  char ids[SPECTRA][8];
  const XpsFigureCurves *curves[SPECTRA];
  XpsFigureStyle style;
  guint frames = 0;
  gsize n = 0;
  for (gsize s = 0; s < SPECTRA; s++) {
    sample_init (&samples[s]);
    g_snprintf (ids[s], sizeof ids[s], "s%u", (guint)s);
    samples[s].curves.id = ids[s];
    samples[s].curves.title = NULL;
    curves[s] = &samples[s].curves;
  }
  g_autoptr (XpsFigure) figure = xps_figure_new (curves, SPECTRA, NULL);
  xps_figure_style_init (&style, XPS_FIGURE_DOUBLE);
  g_autoptr (XpsScene) scene = xps_figure_build (figure, &style);
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  for (gsize i = 0; i < n; i++)
    frames += items[i]->kind == XPS_ITEM_RECTANGLE && items[i]->stroke.ink.role == XPS_INK_AXIS;
  g_assert_cmpuint (frames, ==, 2 * 12);
  g_assert_nonnull (find_text (scene, "first 12 of 14 spectra"));
  g_assert_nonnull (find_text (scene, "s11"));
  g_assert_null (find_text (scene, "s12"));
  check_on_page (scene);
  XpsRect bounds;
  g_assert_true (xps_scene_get_hit_bounds (scene, "s3/component:ps4_main", &bounds));
  g_free (samples);
}

static void
test_hits (void)
{
  Sample sample;
  XpsRect bounds;
  sample_init (&sample);
  g_autoptr (XpsScene) scene = sample_scene (&sample);
  g_assert_true (xps_scene_get_hit_bounds (scene, "component:ps4_main", &bounds));
  /* The top of the component lies inside the envelope, whose line is further away. */
  const double x = find_text (scene, "PS<sub>4</sub><sup>3\xe2\x88\x92</sup>")->at.x;
  g_assert_cmpfloat (x, >, bounds.x);
  g_assert_true (xps_scene_get_hit_bounds (scene, "envelope", &bounds));
  g_assert_true (xps_scene_get_hit_bounds (scene, "data", &bounds));
}

/* The same figure gives the same scene. */
static void
test_repeatable (void)
{
  Sample sample;
  sample_init (&sample);
  g_autoptr (XpsScene) one = sample_scene (&sample);
  g_autoptr (XpsScene) two = sample_scene (&sample);
  g_autofree char *a = xps_scene_dup_dump (one), *b = xps_scene_dup_dump (two);
  g_assert_cmpstr (a, ==, b);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/figure/direction", test_direction);
  g_test_add_func ("/figure/figure/parts", test_parts);
  g_test_add_func ("/figure/figure/text-sizes", test_text_sizes);
  g_test_add_func ("/figure/figure/tick-numbers", test_tick_numbers);
  g_test_add_func ("/figure/figure/failed-fit", test_failed_fit);
  g_test_add_func ("/figure/figure/colours", test_colours);
  g_test_add_func ("/figure/figure/long-names", test_long_names);
  g_test_add_func ("/figure/figure/outlier", test_outlier);
  g_test_add_func ("/figure/figure/hard-data", test_hard_data);
  g_test_add_func ("/figure/figure/sizes", test_sizes);
  g_test_add_func ("/figure/figure/grid", test_grid);
  g_test_add_func ("/figure/figure/hits", test_hits);
  g_test_add_func ("/figure/figure/repeatable", test_repeatable);
  return g_test_run ();
}
