/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <epoxy/gl.h>

#include "draw-gl/draw-gl.h"
#include "draw-gl/list.h"
#include "draw-gl/state.h"

/* Drivers compile a program for their processor only when something is painted with it, and again for each
 * way of blending and each kind of target. So each is used once, on a picture that nobody sees, of the kind
 * that toolkits hand out: a byte a channel, red or blue first. Its sides, and those of images, are no powers
 * of two, which have programs of their own. */

#define SIDE 17

/* Items of a picture: with few, buffer textures are so small that llvmpipe compiles for them anew (it reads a
 * byte of their size, the one above the lowest, as a number of mipmap levels). */
#define ITEMS 8

static const XpsPoint corners[] = {{2.0, 12.0}, {8.0, 3.0}, {13.0, 13.0}};
#define N_CORNERS G_N_ELEMENTS (corners)

static XpsStroke
stroke_of (XpsDash dash, double opacity)
{
  return (XpsStroke){xps_ink_fade (xps_ink (XPS_INK_FOREGROUND), opacity), 1.0, dash};
}

static void
add_lines (XpsSceneBuilder *builder, double opacity)
{
  xps_scene_add_polyline (builder, N_CORNERS, corners, stroke_of (XPS_DASH_SOLID, opacity));
}

static void
add_dashes (XpsSceneBuilder *builder, double opacity)
{
  xps_scene_add_polyline (builder, N_CORNERS, corners, stroke_of (XPS_DASH_DASHED, opacity));
}

/* As many segments as it takes to become strips. */
static void
add_strips (XpsSceneBuilder *builder, double opacity)
{
  const gsize n = XPS_GL_DENSE_SEGMENTS / ITEMS + 2;
  g_autofree XpsPoint *points = g_new (XpsPoint, n);
  for (gsize i = 0; i < n; i++)
    points[i] = (XpsPoint){1.0 + 14.0 * (double)i / (double)n, i % 2 == 0 ? 7.0 : 9.0};
  xps_scene_add_polyline (builder, n, points, stroke_of (XPS_DASH_SOLID, opacity));
}

static void
add_area (XpsSceneBuilder *builder, double opacity)
{
  static const double base[N_CORNERS] = {14.0, 14.0, 14.0};
  xps_scene_add_area (builder, N_CORNERS, corners, base, xps_ink_fade (xps_ink_series (0), opacity));
}

static void
add_markers (XpsSceneBuilder *builder, double opacity)
{
  xps_scene_add_markers (builder, N_CORNERS, corners, XPS_MARKER_CIRCLE, 3.0,
                         stroke_of (XPS_DASH_SOLID, opacity), XPS_INK_NONE);
}

static void
add_rectangle (XpsSceneBuilder *builder, double opacity)
{
  const XpsStroke none = stroke_of (XPS_DASH_SOLID, 0.0);
  xps_scene_add_rectangle (builder, (XpsRect){2.0, 2.0, 9.0, 9.0}, none,
                           xps_ink_fade (xps_ink_series (0), opacity));
}

static void
add_frame (XpsSceneBuilder *builder, double opacity)
{
  xps_scene_add_rectangle (builder, (XpsRect){2.0, 2.0, 9.0, 9.0}, stroke_of (XPS_DASH_SOLID, opacity),
                           XPS_INK_NONE);
}

static void
add_image (XpsSceneBuilder *builder, double opacity)
{
  static const float values[] = {0.0f, 0.5f, 0.7f, 1.0f, 0.1f, 0.2f, 0.3f, 0.4f, 0.9f};
  const XpsImage image = {
      .rect = {2.0, 2.0, 9.0, 9.0}, .columns = 3, .rows = 3, .values = values, .low = 0.0, .high = 1.0};
  xps_scene_add_image (builder, &image);
}

/* The half transparent ones cross themselves, so they are gathered in a layer first. What a long series is
 * drawn with comes first. */
static const struct {
  void (*add) (XpsSceneBuilder *builder, double opacity);
  double opacity;
} steps[] = {{add_strips, 1.0}, {add_lines, 1.0},  {add_image, 1.0},     {add_frame, 1.0},
             {add_lines, 0.5},  {add_strips, 0.5}, {add_rectangle, 0.5}, {add_area, 0.5},
             {add_dashes, 1.0}, {add_markers, 0.5}};

static XpsScene *
scene_of (guint step)
{
  XpsSceneBuilder *builder = xps_scene_builder_new (SIDE, SIDE);
  for (guint i = 0; i < ITEMS; i++)
    steps[step].add (builder, steps[step].opacity);
  return xps_scene_builder_end (builder);
}

/* On a picture of the bytes in this order. */
static void
paint_unseen (XpsGlPainter *painter, XpsScene *scene, GLenum order)
{
  GLuint texture = 0, framebuffer = 0;
  glGenTextures (1, &texture);
  glActiveTexture (GL_TEXTURE0 + XPS_GL_UNIT_CELLS);
  glBindTexture (GL_TEXTURE_2D, texture);
  glTexImage2D (GL_TEXTURE_2D, 0, GL_RGBA8, SIDE, SIDE, 0, order, GL_UNSIGNED_BYTE, NULL);
  glGenFramebuffers (1, &framebuffer);
  glBindFramebuffer (GL_DRAW_FRAMEBUFFER, framebuffer);
  glFramebufferTexture2D (GL_DRAW_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
  if (glCheckFramebufferStatus (GL_DRAW_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE) {
    glViewport (0, 0, SIDE, SIDE);
    xps_gl_painter_set_scene (painter, scene);
    xps_gl_painter_paint (painter, SIDE, SIDE, xps_theme_get (XPS_THEME_LIGHT), TRUE);
  }
  glDeleteFramebuffers (1, &framebuffer);
  glDeleteTextures (1, &texture);
}

gboolean
xps_gl_painter_prepare (XpsGlPainter *painter, guint step)
{
  g_return_val_if_fail (painter != NULL, FALSE);
  if (step >= G_N_ELEMENTS (steps))
    return FALSE;
  g_autoptr (XpsScene) scene = scene_of (step);
  XpsGlState state;
  xps_gl_state_save (&state);
  paint_unseen (painter, scene, GL_RGBA);
  paint_unseen (painter, scene, GL_BGRA);
  xps_gl_painter_set_scene (painter, NULL);
  xps_gl_state_restore (&state);
  return step + 1 < G_N_ELEMENTS (steps);
}
