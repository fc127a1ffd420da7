/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "scene/scene.h"

/* Paints a scene with OpenGL (core profile 3.2 or newer) through libepoxy into whatever framebuffer is bound.
 * Knows no toolkit: whoever calls has made a context current. Polylines, areas, segments, markers,
 * rectangles, images and clips are painted here; texts are left to the caller, who has a toolkit for fonts
 * (they are listed by xps_scene_get_items(); on screen they lie on top). The picture is that of the Cairo
 * painter but for shades of edges (tests/app/test-painters.c), round instead of sharp corners of dashed
 * rectangles, and, with tens of thousands of segments, sharp turns of lines, which are simplified. */

#define XPS_DRAW_GL_ERROR (xps_draw_gl_error_quark ())

typedef enum {
  XPS_DRAW_GL_ERROR_VERSION, /* the context is older than 3.2 core, or OpenGL ES */
  XPS_DRAW_GL_ERROR_SHADER,  /* a program did not compile or link; the message holds the log */
} XpsDrawGlError;

GQuark xps_draw_gl_error_quark (void);

typedef struct _XpsGlPainter XpsGlPainter;

/* Makes its programs and buffers in the current context; NULL with error when that cannot be. */
XpsGlPainter *xps_gl_painter_new (GError **error);
/* The context it was made in must be current. */
void xps_gl_painter_free (XpsGlPainter *painter);

/* Drivers put off the last part of compiling until a program is first used, which may then take several frames.
 * Uses one way of painting after the other on a small picture of its own: call it with `step` 0, 1, ... at idle
 * moments until it returns FALSE. Forgets the scene, which the next xps_gl_painter_set_scene() brings back. */
gboolean xps_gl_painter_prepare (XpsGlPainter *painter, guint step);

/* Uploads a scene, and keeps a reference to it; what was uploaded before for the same scene (by address) is
 * kept, so that repainting costs no upload. NULL forgets. A scene of more points than the driver's buffer
 * textures hold (at least 16 million, else there is no painter) is not painted, with a warning. */
void xps_gl_painter_set_scene (XpsGlPainter *painter, XpsScene *scene);

/* Paints the uploaded scene: `width` x `height` pixels from the corner of the current viewport on for the
 * scene's page in points, so a scale factor of 2 is width = 2 * page width. Colours by `theme`; output is
 * premultiplied; `canvas`: the area is cleared to the canvas colour first, else to transparent. Leaves GL
 * state as found where it matters to GTK (program, vertex array, blend, scissor, active texture, bindings).
 */
void xps_gl_painter_paint (XpsGlPainter *painter, int width, int height, const XpsTheme *theme,
                           gboolean canvas);
