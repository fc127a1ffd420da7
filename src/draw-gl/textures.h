/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <epoxy/gl.h>

#include "scene/item.h"

/* Textures of the room; each is left bound to the active unit's GL_TEXTURE_2D. */

/* Values of an image as places in its colour table, 0 to 1, and -1 for NaN: one float a cell. Larger images
 * than `side_max` a side show every second, third, ... cell. */
GLuint xps_gl_image_texture_new (const XpsImage *image, GLint side_max);

/* All colour tables, a row each, so finely that linear interpolation between two entries is exact. */
GLuint xps_gl_colours_texture_new (void);

/* Where the coverage of one item is gathered: one byte a pixel. */
typedef struct {
  GLuint framebuffer, texture;
  int width, height;
} XpsGlLayer;

/* Made anew when it is smaller. Leaves its framebuffer bound for drawing; FALSE when the driver cannot. */
gboolean xps_gl_layer_bind (XpsGlLayer *layer, int width, int height);
void xps_gl_layer_clear (XpsGlLayer *layer);
