/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/scene.h"

/* A scene as arrays that OpenGL draws: no call of OpenGL here. Records of all items lie in one array;
 * neighbours of one kind under one clip become one batch, so that a thousand curves are one draw call. */

typedef struct {
  float x, y, z, w;
} XpsGlRecord;

/* What a record is, by the kind of its batch:
 * LINES, DASHES, STRIPS  (x, y, phase in the dash pattern in points, style; -1 where no segment starts)
 * AREAS          (x, y, y of the other edge, style; -1 where no piece starts)
 * MARKERS        (x, y, 0, style)
 * RECTANGLES     two: (left, top, right, bottom) and (style, 0, 0, 0)
 * FRAMES         the same, without a fill
 * IMAGE          none
 * A style is the number in `styles`. Before and behind all records lies an empty one. */
typedef enum {
  XPS_GL_LINES,
  XPS_GL_DASHES, /* lines with a pattern */
  XPS_GL_STRIPS,
  XPS_GL_AREAS,
  XPS_GL_MARKERS,
  XPS_GL_RECTANGLES,
  XPS_GL_FRAMES,
  XPS_GL_IMAGE,
  XPS_GL_N_KINDS,
} XpsGlKind;

typedef struct {
  XpsGlKind kind;
  XpsRect clip;        /* of all open clips, points */
  guint first, n;      /* records */
  const XpsItem *item; /* the image, or the only item of a layer; else NULL */
  gboolean layer;      /* translucent and overlapping itself: its coverage is gathered first, then painted */
  XpsRect bounds;      /* of a layer */
  guint first_box,
      n_boxes; /* of a layer: records (left, top, right, bottom), without overlap, over all of it */
} XpsGlBatch;

typedef struct {
  const XpsItem *item; /* owned by the scene */
  gboolean fill_only;
} XpsGlStyle;

typedef struct {
  GArray *records; /* XpsGlRecord */
  GArray *batches; /* XpsGlBatch, in painting order */
  GArray *styles;  /* XpsGlStyle */
  GArray *starts;  /* guint: first record of each stretch of all STRIPS, in order */
  GArray *counts;  /* guint: its records */
} XpsGlList;

/* From so many segments on, solid lines are strips, whose joins are less exact: a single segment costs a
 * software driver twice as much. */
#define XPS_GL_DENSE_SEGMENTS 12000

XpsGlList *xps_gl_list_new (const XpsScene *scene);
void xps_gl_list_free (XpsGlList *list);

/* Five texels a style: stroke and fill, premultiplied; (stroke width, size, marker, number of dash lengths);
 * ends of the dashes and gaps by arc length, the last one repeated, then the period. Points. New array of
 * 20 * styles->len floats. */
float *xps_gl_list_dup_styles (const XpsGlList *list, const XpsTheme *theme);
#define XPS_GL_STYLE_TEXELS 5
