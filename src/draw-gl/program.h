/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <epoxy/gl.h>
#include <glib.h>

/* The room's programs, compiled from ui/shaders. */

typedef enum {
  XPS_GL_UNIFORM_VIEW,
  XPS_GL_UNIFORM_CORNER,
  XPS_GL_UNIFORM_CLIP,
  XPS_GL_UNIFORM_BASE,
  XPS_GL_UNIFORM_PLAIN,
  XPS_GL_UNIFORM_FRAME,
  XPS_GL_UNIFORM_TABLE,
  XPS_GL_UNIFORM_INK,
  XPS_GL_N_UNIFORMS,
} XpsGlUniform;

/* Texture units of the samplers. */
enum { XPS_GL_UNIT_RECORDS, XPS_GL_UNIT_STYLES, XPS_GL_UNIT_CELLS, XPS_GL_UNIT_COLOURS, XPS_GL_N_UNITS };

typedef struct {
  GLuint id;
  GLint uniforms[XPS_GL_N_UNIFORMS]; /* -1 where the program has no such */
} XpsGlProgram;

/* From `name`.vert and `name`.frag with the common parts before them; `define`: a macro that is set, or NULL.
 * The program is in use afterwards. Error XPS_DRAW_GL_ERROR_SHADER with the driver's log. */
gboolean xps_gl_program_init (XpsGlProgram *program, const char *name, const char *define, GError **error);
void xps_gl_program_clear (XpsGlProgram *program);
