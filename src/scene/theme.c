/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/theme.h"

#include <math.h>

#define SERIES_COLOURS 6

struct _XpsTheme {
  guint32 roles[XPS_N_INKS];
  guint32 series[SERIES_COLOURS];
};

static const XpsTheme themes[] = {
    [XPS_THEME_PRINT] =
        {
            .roles = {[XPS_INK_CANVAS] = 0xffffff,
                      [XPS_INK_FOREGROUND] = 0x000000,
                      [XPS_INK_MUTED] = 0x6a6a6a,
                      [XPS_INK_AXIS] = 0x000000,
                      [XPS_INK_ACCENT] = 0xd55e00,
                      [XPS_INK_WARNING] = 0xc01c28},
            .series = {0x0072b2, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0xf0e442},
        },
    [XPS_THEME_LIGHT] =
        {
            .roles = {[XPS_INK_CANVAS] = 0xffffff,
                      [XPS_INK_FOREGROUND] = 0x1e1e1e,
                      [XPS_INK_MUTED] = 0x6f6f6f,
                      [XPS_INK_AXIS] = 0x3d3d3d,
                      [XPS_INK_ACCENT] = 0xd55e00,
                      [XPS_INK_WARNING] = 0xc01c28},
            .series = {0x0072b2, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0xf0e442},
        },
    [XPS_THEME_DARK] =
        {
            .roles = {[XPS_INK_CANVAS] = 0x1e1e1e,
                      [XPS_INK_FOREGROUND] = 0xf2f2f2,
                      [XPS_INK_MUTED] = 0xa0a0a0,
                      [XPS_INK_AXIS] = 0xc0c0c0,
                      [XPS_INK_ACCENT] = 0xff8534,
                      [XPS_INK_WARNING] = 0xff7b63},
            .series = {0x3d9bdc, 0x1fb98d, 0xdc92ba, 0xe69f00, 0x7cc8f4, 0xf0e442},
        },
};

static const guint32 viridis[] = {0x440154, 0x481a6c, 0x472f7d, 0x414487, 0x39568c, 0x31688e,
                                  0x2a788e, 0x23888e, 0x1f988b, 0x22a884, 0x35b779, 0x54c568,
                                  0x7ad151, 0xa5db36, 0xd2e21b, 0xfde725};
static const guint32 grey[] = {0x000000, 0xffffff};
static const guint32 diverging[] = {0x0072b2, 0xffffff, 0xd55e00};

static const double dashed[] = {4.0, 2.2};
static const double dotted[] = {1.2, 1.8};
static const double dash_dot[] = {5.0, 1.8, 1.2, 1.8};
static const double long_dash[] = {8.0, 2.5};
static const double dash_dot_dot[] = {5.0, 1.6, 1.2, 1.6, 1.2, 1.6};

XpsInk
xps_ink (XpsInkRole role)
{
  return (XpsInk){.role = role, .opacity = 1.0};
}

XpsInk
xps_ink_series (guint series)
{
  return (XpsInk){.role = XPS_INK_SERIES, .series = series, .opacity = 1.0};
}

XpsInk
xps_ink_fade (XpsInk ink, double opacity)
{
  ink.opacity = opacity;
  return ink;
}

XpsInk
xps_ink_tint (XpsInk ink, double tint)
{
  ink.tint = tint;
  return ink;
}

const XpsTheme *
xps_theme_get (XpsThemeKind kind)
{
  g_return_val_if_fail ((guint)kind < G_N_ELEMENTS (themes), &themes[XPS_THEME_PRINT]);
  return &themes[kind];
}

static XpsColour
colour_from_rgb (guint32 rgb)
{
  return (XpsColour){((rgb >> 16) & 0xff) / 255.0, ((rgb >> 8) & 0xff) / 255.0, (rgb & 0xff) / 255.0, 1.0};
}

static XpsColour
colour_mix (XpsColour a, XpsColour b, double part)
{
  return (XpsColour){a.red + part * (b.red - a.red), a.green + part * (b.green - a.green),
                     a.blue + part * (b.blue - a.blue), a.alpha + part * (b.alpha - a.alpha)};
}

static double
linear_channel (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
colour_luminance (XpsColour colour)
{
  return 0.2126 * linear_channel (colour.red) + 0.7152 * linear_channel (colour.green) +
         0.0722 * linear_channel (colour.blue);
}

double
xps_colour_contrast (XpsColour a, XpsColour b)
{
  const double la = colour_luminance (a), lb = colour_luminance (b);
  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

/* Rounds of the palette: itself, darker, lighter, ... each further one closer to the end it goes to. */
static double
round_tint (guint series)
{
  const guint round = series / SERIES_COLOURS;
  if (round == 0)
    return 0.0;
  const guint pair = (round + 1) / 2;
  const double strength = 1.0 - pow (0.62, pair);
  return round % 2 == 1 ? -strength : strength;
}

static double
wanted_contrast (XpsInk ink, XpsUse use)
{
  if (ink.role == XPS_INK_CANVAS)
    return 1.0;
  if (use == XPS_USE_TEXT)
    return 4.5;
  return use == XPS_USE_STROKE && ink.tint <= 0.0 ? 1.7 : 1.0;
}

XpsColour
xps_theme_colour (const XpsTheme *theme, XpsInk ink, XpsUse use)
{
  g_return_val_if_fail (theme != NULL && ink.role < XPS_N_INKS, ((XpsColour){0}));
  const XpsColour canvas = colour_from_rgb (theme->roles[XPS_INK_CANVAS]);
  const XpsColour strongest = colour_from_rgb (theme->roles[XPS_INK_FOREGROUND]);
  guint32 rgb = theme->roles[ink.role];
  double tint = ink.tint;
  if (ink.role == XPS_INK_CUSTOM)
    rgb = ink.rgb;
  if (ink.role == XPS_INK_SERIES) {
    rgb = theme->series[ink.series % SERIES_COLOURS];
    tint += round_tint (ink.series);
  }
  tint = CLAMP (tint, -1.0, 1.0);
  const XpsColour plain = colour_from_rgb (rgb);
  XpsColour colour = tint >= 0.0 ? colour_mix (plain, canvas, tint) : colour_mix (plain, strongest, -tint);
  const double wanted = wanted_contrast (ink, use);
  for (int i = 0; i < 20 && xps_colour_contrast (colour, canvas) < wanted; i++)
    colour = colour_mix (colour, strongest, 0.1);
  colour.alpha = CLAMP (ink.opacity, 0.0, 1.0);
  return colour;
}

const double *
xps_dash_pattern (XpsDash dash, gsize *n)
{
  static const struct {
    const double *lengths;
    gsize n;
  } patterns[XPS_N_DASHES] = {
      [XPS_DASH_SOLID] = {NULL, 0},
      [XPS_DASH_DASHED] = {dashed, G_N_ELEMENTS (dashed)},
      [XPS_DASH_DOTTED] = {dotted, G_N_ELEMENTS (dotted)},
      [XPS_DASH_DASH_DOT] = {dash_dot, G_N_ELEMENTS (dash_dot)},
      [XPS_DASH_LONG] = {long_dash, G_N_ELEMENTS (long_dash)},
      [XPS_DASH_DASH_DOT_DOT] = {dash_dot_dot, G_N_ELEMENTS (dash_dot_dot)},
  };
  const guint row = (guint)dash < XPS_N_DASHES ? dash : XPS_DASH_SOLID;
  *n = patterns[row].n;
  return patterns[row].lengths;
}

XpsColour
xps_colour_table_lookup (XpsColourTable table, double position)
{
  static const struct {
    const guint32 *stops;
    gsize n;
  } tables[XPS_N_COLOUR_TABLES] = {
      [XPS_COLOUR_TABLE_VIRIDIS] = {viridis, G_N_ELEMENTS (viridis)},
      [XPS_COLOUR_TABLE_GREY] = {grey, G_N_ELEMENTS (grey)},
      [XPS_COLOUR_TABLE_DIVERGING] = {diverging, G_N_ELEMENTS (diverging)},
  };
  if (isnan (position) || (guint)table >= XPS_N_COLOUR_TABLES)
    return (XpsColour){0};
  const double place = CLAMP (position, 0.0, 1.0) * (tables[table].n - 1);
  const gsize below = MIN ((gsize)place, tables[table].n - 2);
  return colour_mix (colour_from_rgb (tables[table].stops[below]),
                     colour_from_rgb (tables[table].stops[below + 1]), place - below);
}
