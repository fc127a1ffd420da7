/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/theme.h"

/* What a painter meets: nine kinds of item, in the order they are painted. Lengths are points (1/72 inch),
 * the origin is the top left corner, y grows downwards. Coordinates are finite or NaN; a NaN is a gap. */

typedef struct {
  double x, y;
} XpsPoint;

typedef struct {
  double x, y, width, height;
} XpsRect;

typedef struct {
  XpsInk ink;
  double width;
  XpsDash dash;
} XpsStroke;

typedef enum {
  XPS_ITEM_POLYLINE,  /* points joined by `stroke`, round joins, butt caps */
  XPS_ITEM_AREA,      /* filled between (x, y) and (x, base) of each point with `fill` */
  XPS_ITEM_SEGMENTS,  /* points[0]-points[1], points[2]-points[3], ... */
  XPS_ITEM_MARKERS,   /* a symbol at each point */
  XPS_ITEM_RECTANGLE, /* `rect` filled, then stroked when the stroke has a width */
  XPS_ITEM_TEXT,
  XPS_ITEM_IMAGE,
  XPS_ITEM_CLIP,   /* paint only inside `rect` (and inside the clips before it) until the matching ... */
  XPS_ITEM_UNCLIP, /* ... end */
  XPS_N_ITEM_KINDS,
} XpsItemKind;

typedef enum {
  XPS_MARKER_CIRCLE,
  XPS_MARKER_SQUARE,
  XPS_MARKER_DIAMOND,
  XPS_MARKER_UP,   /* triangle pointing up */
  XPS_MARKER_DOWN, /* triangle pointing down */
  XPS_MARKER_CROSS,
  XPS_N_MARKERS,
} XpsMarker;

/* One line of text. `markup` is UTF-8 with the tags of scene/markup.h. `at` is the point of the baseline at
 * `anchor` of the text's width (0: its start, 0.5: its middle, 1: its end); `rotation` in degrees turns the
 * text counter-clockwise around `at`. */
typedef struct {
  const char *markup;
  XpsPoint at;
  double anchor;
  double size; /* points */
  double rotation;
  gboolean bold;
  XpsInk ink;
} XpsText;

/* `columns` by `rows` cells, row 0 at the top, filling `rect`; a value is coloured by its place between `low`
 * and `high`; NaN cells stay empty. */
typedef struct {
  XpsRect rect;
  gsize columns, rows;
  const float *values; /* [rows * columns], row by row */
  double low, high;
  XpsColourTable table;
} XpsImage;

typedef struct {
  XpsItemKind kind;
  XpsStroke stroke;       /* polyline, segments, markers, rectangle */
  XpsInk fill;            /* area, markers, rectangle */
  gsize n;                /* points below */
  const XpsPoint *points; /* polyline, area, segments, markers */
  const double *base;     /* area: y of the other edge, one a point */
  XpsMarker marker;       /* markers */
  double size;            /* markers: width of the symbol */
  XpsRect rect;           /* rectangle, clip */
  XpsText text;           /* text */
  XpsImage image;         /* image */
} XpsItem;
