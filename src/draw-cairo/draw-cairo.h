/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

#include "scene/scene.h"

/* Paints a scene with Cairo and Pango: on any Cairo context (the screen without OpenGL), and to PDF, SVG and
 * PNG. No global state of its own: a painter holds the fonts and may be kept as long as wanted by one thread.
 */

#define XPS_DRAW_CAIRO_ERROR (xps_draw_cairo_error_quark ())

typedef enum {
  XPS_DRAW_CAIRO_ERROR_FORMAT, /* no such kind of picture, or a resolution it cannot have */
  XPS_DRAW_CAIRO_ERROR_CAIRO,  /* the library could not draw it */
} XpsDrawCairoError;

GQuark xps_draw_cairo_error_quark (void);

typedef struct _XpsCairoPainter XpsCairoPainter;

/* `families`: comma-separated font families, the first one present is used; NULL for the usual sans serifs of
 * scientific print. Costs the machine's font list once (a few milliseconds in a process). */
XpsCairoPainter *xps_cairo_painter_new (const char *families);
void xps_cairo_painter_free (XpsCairoPainter *painter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsCairoPainter, xps_cairo_painter_free)

/* Paints into `context`, whose user space is points with the page's top left corner at the origin; its state
 * is left as found. `canvas`: the page is filled first. */
void xps_cairo_painter_paint (XpsCairoPainter *painter, cairo_t *context, const XpsScene *scene,
                              const XpsTheme *theme, gboolean canvas);
/* The same without texts: for a screen whose toolkit sets them itself, in the user's font. */
void xps_cairo_painter_paint_shapes (XpsCairoPainter *painter, cairo_t *context, const XpsScene *scene,
                                     const XpsTheme *theme, gboolean canvas);

typedef enum {
  XPS_PICTURE_PDF, /* text is text in an embedded subset of the font */
  XPS_PICTURE_SVG, /* glyphs are outlines; <title> and <desc> hold the scene's texts */
  XPS_PICTURE_PNG, /* 8-bit RGBA, its resolution written into it */
} XpsPictureFormat;

#define XPS_PICTURE_DPI_MIN     36.0
#define XPS_PICTURE_DPI_MAX     2400.0
#define XPS_PICTURE_DPI_DEFAULT 300.0

typedef struct {
  XpsPictureFormat format;
  double dpi;          /* PNG; 0 for the default */
  gboolean no_canvas;  /* leave the page transparent where nothing is drawn */
  const char *program; /* "name version", for the metadata; NULL leaves it out */
  const char *created; /* PDF creation date, ISO 8601 "2026-11-22T10:00:00Z"; NULL: 1970-01-01, so that equal
                        * scenes give equal bytes */
} XpsPictureOptions;

/* The format by the file name's ending (.pdf, .svg, .png, any case); error XPS_DRAW_CAIRO_ERROR_FORMAT. */
gboolean xps_picture_format_from_name (const char *name, XpsPictureFormat *format, GError **error);

/* The picture as bytes; NULL with `error`. The same scene, theme, options and fonts give the same bytes. */
GBytes *xps_cairo_painter_render (XpsCairoPainter *painter, const XpsScene *scene, const XpsTheme *theme,
                                  const XpsPictureOptions *options, GError **error);

/* The same into a file, all or nothing (base/file.h). */
gboolean xps_cairo_painter_write (XpsCairoPainter *painter, const XpsScene *scene, const XpsTheme *theme,
                                  const XpsPictureOptions *options, const char *path, GError **error);
