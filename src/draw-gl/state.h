/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <epoxy/gl.h>

#include "draw-gl/program.h"

/* What of OpenGL's state the painter changes, to give it back as it was. */
typedef struct {
  GLint program, vertex_array, array_buffer, texture_buffer, unpack_buffer;
  GLint active_texture;
  GLint buffers[XPS_GL_N_UNITS], textures[XPS_GL_N_UNITS];
  GLint row_length, alignment;
  GLint framebuffer; /* the one drawn to */
  GLint viewport[4], scissor[4];
  GLint factors[4], equations[2];
  GLfloat clear[4];
  GLboolean mask[4];
  GLboolean on[6]; /* in the order of `switches` in state.c */
} XpsGlState;

/* Saves, and sets what all painting here needs: blending of premultiplied colours, no depth, stencil, face
 * culling nor conversion to sRGB, all channels written. */
void xps_gl_state_save (XpsGlState *state);
void xps_gl_state_restore (const XpsGlState *state);
