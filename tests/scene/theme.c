/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/theme.h"

#include "support.h"

#define SERIES_TO_TELL_APART 12

/* Text of any palette entry can be read on any canvas (WCAG 2.1, level AA: 4.5), lines can be seen. */
static void
test_contrast (void)
{
  for (guint kind = XPS_THEME_PRINT; kind <= XPS_THEME_DARK; kind++) {
    const XpsTheme *theme = xps_theme_get ((XpsThemeKind)kind);
    const XpsColour canvas = xps_theme_colour (theme, xps_ink (XPS_INK_CANVAS), XPS_USE_FILL);
    for (guint i = 0; i < 30; i++) {
      const XpsColour text = xps_theme_colour (theme, xps_ink_series (i), XPS_USE_TEXT);
      const XpsColour line = xps_theme_colour (theme, xps_ink_series (i), XPS_USE_STROKE);
      g_assert_cmpfloat (xps_colour_contrast (text, canvas), >=, 4.5);
      g_assert_cmpfloat (xps_colour_contrast (line, canvas), >=, 1.7);
    }
    for (guint role = XPS_INK_FOREGROUND; role < XPS_INK_SERIES; role++) {
      const XpsColour text = xps_theme_colour (theme, xps_ink ((XpsInkRole)role), XPS_USE_TEXT);
      g_assert_cmpfloat (xps_colour_contrast (text, canvas), >=, 4.5);
    }
  }
}

/* In grey two series may look alike, but then their dashes differ; in colour no two are the same. */
static void
test_series_differ (void)
{
  const XpsTheme *theme = xps_theme_get (XPS_THEME_PRINT);
  for (guint a = 0; a < SERIES_TO_TELL_APART; a++)
    for (guint b = 0; b < a; b++) {
      const XpsColour x = xps_theme_colour (theme, xps_ink_series (a), XPS_USE_FILL);
      const XpsColour y = xps_theme_colour (theme, xps_ink_series (b), XPS_USE_FILL);
      const double apart = fabs (x.red - y.red) + fabs (x.green - y.green) + fabs (x.blue - y.blue);
      g_assert_cmpfloat (apart, >, 0.1);
      if (a % XPS_N_DASHES == b % XPS_N_DASHES)
        g_assert_cmpfloat (xps_colour_contrast (x, y), >, 1.3);
    }
}

static void
test_tint_and_opacity (void)
{
  const XpsTheme *theme = xps_theme_get (XPS_THEME_PRINT);
  const XpsColour canvas = xps_theme_colour (theme, xps_ink (XPS_INK_CANVAS), XPS_USE_FILL);
  const XpsInk blue = xps_ink_series (0);
  const XpsColour light = xps_theme_colour (theme, xps_ink_tint (blue, 0.45), XPS_USE_STROKE);
  const XpsColour plain = xps_theme_colour (theme, blue, XPS_USE_STROKE);
  const XpsColour dark = xps_theme_colour (theme, xps_ink_tint (blue, -0.3), XPS_USE_STROKE);
  g_assert_cmpfloat (xps_colour_contrast (light, canvas), <, xps_colour_contrast (plain, canvas));
  g_assert_cmpfloat (xps_colour_contrast (dark, canvas), >, xps_colour_contrast (plain, canvas));
  g_assert_cmpfloat (xps_theme_colour (theme, xps_ink_fade (blue, 0.25), XPS_USE_FILL).alpha, ==, 0.25);
  const XpsColour custom = xps_theme_colour (
      theme, (XpsInk){.role = XPS_INK_CUSTOM, .rgb = 0x336699, .opacity = 1.0}, XPS_USE_FILL);
  test_assert_close (custom.red, 0x33 / 255.0, 1e-12);
  test_assert_close (custom.blue, 0x99 / 255.0, 1e-12);
  test_assert_close (xps_colour_contrast ((XpsColour){0, 0, 0, 1}, (XpsColour){1, 1, 1, 1}), 21.0, 1e-12);
}

/* Perceptually even tables rise in lightness without a step back, so they are read in grey as well. */
static void
test_colour_tables (void)
{
  const XpsColour black = {0.0, 0.0, 0.0, 1.0};
  for (guint table = XPS_COLOUR_TABLE_VIRIDIS; table <= XPS_COLOUR_TABLE_GREY; table++) {
    double before = 0.0;
    for (guint i = 0; i <= 100; i++) {
      const XpsColour colour = xps_colour_table_lookup ((XpsColourTable)table, i / 100.0);
      const double contrast = xps_colour_contrast (colour, black);
      g_assert_cmpfloat (contrast, >, before);
      before = contrast;
    }
  }
  g_assert_cmpfloat (xps_colour_table_lookup (XPS_COLOUR_TABLE_VIRIDIS, NAN).alpha, ==, 0.0);
  const XpsColour over = xps_colour_table_lookup (XPS_COLOUR_TABLE_VIRIDIS, 7.0);
  test_assert_close (over.red, 0xfd / 255.0, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/theme/contrast", test_contrast);
  g_test_add_func ("/scene/theme/series-differ", test_series_differ);
  g_test_add_func ("/scene/theme/tint-and-opacity", test_tint_and_opacity);
  g_test_add_func ("/scene/theme/colour-tables", test_colour_tables);
  return g_test_run ();
}
