/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-gl/textures.h"

#include <math.h>

/* Stops of the tables are 15, 1 and 2 steps apart (scene/theme.c): each a multiple of so many entries. */
#define COLOURS 241

static GLuint
texture_new (GLint format, gsize width, gsize height, GLenum layout, GLenum type, const void *data)
{
  GLuint texture = 0;
  glGenTextures (1, &texture);
  glBindTexture (GL_TEXTURE_2D, texture);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
  glTexImage2D (GL_TEXTURE_2D, 0, format, (GLsizei)width, (GLsizei)height, 0, layout, type, data);
  return texture;
}

/* In double precision here: a shader's floats would lose small differences of large values. */
static float
cell_place (const XpsImage *image, double value)
{
  const double place = (value - image->low) / (image->high - image->low);
  return isnan (place) ? -1.0f : (float)CLAMP (place, 0.0, 1.0);
}

GLuint
xps_gl_image_texture_new (const XpsImage *image, GLint side_max)
{
  const gsize most = (gsize)MAX (side_max, 1);
  const gsize step = MAX ((image->columns + most - 1) / most, (image->rows + most - 1) / most);
  const gsize columns = (image->columns + step - 1) / step, rows = (image->rows + step - 1) / step;
  g_autofree float *cells = g_new (float, columns *rows);
  for (gsize row = 0; row < rows; row++)
    for (gsize column = 0; column < columns; column++)
      cells[row * columns + column] =
          cell_place (image, (double)image->values[row * step * image->columns + column * step]);
  return texture_new (GL_R32F, columns, rows, GL_RED, GL_FLOAT, cells);
}

GLuint
xps_gl_colours_texture_new (void)
{
  guint8 bytes[XPS_N_COLOUR_TABLES][COLOURS][4];
  for (guint table = 0; table < XPS_N_COLOUR_TABLES; table++)
    for (guint i = 0; i < COLOURS; i++) {
      const XpsColour colour =
          xps_colour_table_lookup ((XpsColourTable)table, (double)i / (double)(COLOURS - 1));
      bytes[table][i][0] = (guint8)lround (colour.red * 255.0);
      bytes[table][i][1] = (guint8)lround (colour.green * 255.0);
      bytes[table][i][2] = (guint8)lround (colour.blue * 255.0);
      bytes[table][i][3] = 255;
    }
  return texture_new (GL_RGBA8, COLOURS, XPS_N_COLOUR_TABLES, GL_RGBA, GL_UNSIGNED_BYTE, bytes);
}

gboolean
xps_gl_layer_bind (XpsGlLayer *layer, int width, int height)
{
  if (layer->framebuffer == 0 || layer->width < width || layer->height < height) {
    xps_gl_layer_clear (layer);
    layer->width = width;
    layer->height = height;
    layer->texture = texture_new (GL_R8, (gsize)width, (gsize)height, GL_RED, GL_UNSIGNED_BYTE, NULL);
    glGenFramebuffers (1, &layer->framebuffer);
    glBindFramebuffer (GL_DRAW_FRAMEBUFFER, layer->framebuffer);
    glFramebufferTexture2D (GL_DRAW_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, layer->texture, 0);
  }
  glBindFramebuffer (GL_DRAW_FRAMEBUFFER, layer->framebuffer);
  return glCheckFramebufferStatus (GL_DRAW_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
}

void
xps_gl_layer_clear (XpsGlLayer *layer)
{
  glDeleteFramebuffers (1, &layer->framebuffer);
  glDeleteTextures (1, &layer->texture);
  *layer = (XpsGlLayer){0};
}
