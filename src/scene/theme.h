/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Colours by what they are for. A scene names roles; a theme, chosen when it is painted, says which colour a
 * role has, so that one scene serves the light window, the dark window and paper. */

typedef struct {
  double red, green, blue, alpha; /* 0 to 1, sRGB, not premultiplied */
} XpsColour;

typedef enum {
  XPS_INK_CANVAS,
  XPS_INK_FOREGROUND, /* strongest: text, measured points */
  XPS_INK_MUTED,      /* notes, reference curves */
  XPS_INK_AXIS,       /* frames, ticks */
  XPS_INK_ACCENT,     /* the one curve that matters most */
  XPS_INK_WARNING,    /* what must not be overlooked */
  XPS_INK_SERIES,     /* palette entry number `series` */
  XPS_INK_CUSTOM,     /* `rgb` as given */
  XPS_N_INKS,
} XpsInkRole;

typedef struct {
  XpsInkRole role;
  guint series;   /* with XPS_INK_SERIES: any number, the palette goes on by lightness */
  guint32 rgb;    /* with XPS_INK_CUSTOM: 0xRRGGBB */
  double tint;    /* 0: the colour itself; up to 1: towards the canvas; down to -1: towards the ink */
  double opacity; /* 0 (nothing is painted) to 1 */
} XpsInk;

#define XPS_INK_NONE ((XpsInk){.role = XPS_INK_CANVAS})

/* Full-strength ink of a role; of a palette entry; the same at another opacity. */
XpsInk xps_ink (XpsInkRole role);
XpsInk xps_ink_series (guint series);
XpsInk xps_ink_fade (XpsInk ink, double opacity);
XpsInk xps_ink_tint (XpsInk ink, double tint);

/* What the ink is used for decides how much it must stand out from the canvas (WCAG 2.1 contrast ratio). */
typedef enum {
  XPS_USE_FILL,   /* as it is */
  XPS_USE_STROKE, /* at least 1.7 for an untinted line */
  XPS_USE_TEXT,   /* at least 4.5 */
} XpsUse;

typedef struct _XpsTheme XpsTheme;

typedef enum {
  XPS_THEME_PRINT, /* black on white */
  XPS_THEME_LIGHT, /* the light window */
  XPS_THEME_DARK,  /* the dark window */
} XpsThemeKind;

/* Constant; never freed. Palettes: Okabe and Ito, "Color Universal Design" (2008), without black and
 * vermilion, which serve as ink and accent; every further round of six is a shade darker or lighter. */
const XpsTheme *xps_theme_get (XpsThemeKind kind);

/* The colour to paint with; alpha is the ink's opacity. */
XpsColour xps_theme_colour (const XpsTheme *theme, XpsInk ink, XpsUse use);

/* Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.1, relative luminance). */
double xps_colour_contrast (XpsColour a, XpsColour b);

/* Line patterns in multiples of the line width; so that curves can be told apart without colour. */
typedef enum {
  XPS_DASH_SOLID,
  XPS_DASH_DASHED,
  XPS_DASH_DOTTED,
  XPS_DASH_DASH_DOT,
  XPS_DASH_LONG,
  XPS_DASH_DASH_DOT_DOT,
  XPS_N_DASHES,
} XpsDash;

/* On and off lengths, `n` of them (0 for a solid line). Constant. */
const double *xps_dash_pattern (XpsDash dash, gsize *n);

/* Colour tables of images: perceptually even and readable in grey. */
typedef enum {
  XPS_COLOUR_TABLE_VIRIDIS,
  XPS_COLOUR_TABLE_GREY,
  XPS_COLOUR_TABLE_DIVERGING, /* blue, white, orange */
  XPS_N_COLOUR_TABLES,
} XpsColourTable;

/* Colour at `position` 0 to 1 (clamped; NaN gives alpha 0). Viridis: S. van der Walt, N. Smith (2015), CC0,
 * 16 of its entries evenly spaced, linear between them. */
XpsColour xps_colour_table_lookup (XpsColourTable table, double position);
