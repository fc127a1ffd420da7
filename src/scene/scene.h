/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/item.h"

/* What a plot is: a list of things to paint, and of places that can be pointed at. It knows nothing of what
 * the curves mean. Made with a builder, immutable and shared by atomic reference count afterwards, so it can
 * be painted in any thread. */

typedef struct _XpsScene XpsScene;
typedef struct _XpsSceneBuilder XpsSceneBuilder;

/* Size of the page in points; both finite and within 1 to 14400 (the limit of PDF), clamped to that. */
XpsSceneBuilder *xps_scene_builder_new (double width, double height);
void xps_scene_builder_free (XpsSceneBuilder *builder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsSceneBuilder, xps_scene_builder_free)

/* Plain text for metadata and screen readers: one line, and a longer description; either may be NULL. */
void xps_scene_builder_set_title (XpsSceneBuilder *builder, const char *title, const char *description);

/* All adders copy what they are given. Infinite coordinates become gaps, and finite ones are held within 1e5
 * points, where no canvas reaches and no painter overflows. Empty items (no points, nothing to see) are left
 * out. */
void xps_scene_add_polyline (XpsSceneBuilder *builder, gsize n, const XpsPoint *points, XpsStroke stroke);
void xps_scene_add_area (XpsSceneBuilder *builder, gsize n, const XpsPoint *points, const double *base,
                         XpsInk fill);
/* `n` points, two a segment; an odd last one is ignored. */
void xps_scene_add_segments (XpsSceneBuilder *builder, gsize n, const XpsPoint *points, XpsStroke stroke);
void xps_scene_add_markers (XpsSceneBuilder *builder, gsize n, const XpsPoint *points, XpsMarker marker,
                            double size, XpsStroke stroke, XpsInk fill);
void xps_scene_add_rectangle (XpsSceneBuilder *builder, XpsRect rect, XpsStroke stroke, XpsInk fill);
/* Text whose markup does not parse is shown as it stands. Empty text is left out. */
void xps_scene_add_text (XpsSceneBuilder *builder, const XpsText *text);
void xps_scene_add_image (XpsSceneBuilder *builder, const XpsImage *image);
void xps_scene_push_clip (XpsSceneBuilder *builder, XpsRect rect);
void xps_scene_pop_clip (XpsSceneBuilder *builder);

/* A place that answers to the pointer, named by `id`; later ones lie above earlier ones. Everything inside a
 * rectangle, or between (x, y) and (x, base) of each point with x running one way, or what is near a line. */
void xps_scene_add_hit_rect (XpsSceneBuilder *builder, const char *id, XpsRect rect);
void xps_scene_add_hit_area (XpsSceneBuilder *builder, const char *id, gsize n, const XpsPoint *points,
                             const double *base);
void xps_scene_add_hit_line (XpsSceneBuilder *builder, const char *id, gsize n, const XpsPoint *points);

/* Takes the builder; open clips are closed. */
XpsScene *xps_scene_builder_end (XpsSceneBuilder *builder);

XpsScene *xps_scene_ref (XpsScene *scene);
void xps_scene_unref (XpsScene *scene);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsScene, xps_scene_unref)

double xps_scene_get_width (const XpsScene *scene);
double xps_scene_get_height (const XpsScene *scene);
const char *xps_scene_get_title (const XpsScene *scene);       /* or NULL */
const char *xps_scene_get_description (const XpsScene *scene); /* or NULL */

/* The items in painting order; they live as long as the scene. */
const XpsItem *const *xps_scene_get_items (const XpsScene *scene, gsize *n);

/* Id of the topmost place within `tolerance` points of (x, y), lines before areas before rectangles; NULL for
 * none. */
const char *xps_scene_find_hit (const XpsScene *scene, double x, double y, double tolerance);
/* Of the places whose id begins with `prefix`: the nearest line within `tolerance`, else the topmost area or
 * rectangle that holds the point; NULL for none. */
const char *xps_scene_find_nearest (const XpsScene *scene, const char *prefix, double x, double y,
                                    double tolerance);
/* Smallest rectangle around the place named `id`; FALSE when there is none. */
gboolean xps_scene_get_hit_bounds (const XpsScene *scene, const char *id, XpsRect *bounds);

/* The scene as text, one item a line, lengths with two decimals, long point lists by count, first, last and
 * extremes: for tests and for reading. New string. */
char *xps_scene_dup_dump (const XpsScene *scene);
