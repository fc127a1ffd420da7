/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-gl/state.h"

#include <glib.h>

static const GLenum switches[] = {GL_BLEND,        GL_SCISSOR_TEST, GL_DEPTH_TEST,
                                  GL_STENCIL_TEST, GL_CULL_FACE,    GL_FRAMEBUFFER_SRGB};

static void
set_switch (GLenum name, gboolean on)
{
  if (on)
    glEnable (name);
  else
    glDisable (name);
}

static void
save_bindings (XpsGlState *state)
{
  glGetIntegerv (GL_CURRENT_PROGRAM, &state->program);
  glGetIntegerv (GL_VERTEX_ARRAY_BINDING, &state->vertex_array);
  glGetIntegerv (GL_ARRAY_BUFFER_BINDING, &state->array_buffer);
  glGetIntegerv (GL_TEXTURE_BUFFER, &state->texture_buffer);
  glGetIntegerv (GL_PIXEL_UNPACK_BUFFER_BINDING, &state->unpack_buffer);
  glGetIntegerv (GL_DRAW_FRAMEBUFFER_BINDING, &state->framebuffer);
  glGetIntegerv (GL_ACTIVE_TEXTURE, &state->active_texture);
  for (guint i = 0; i < XPS_GL_N_UNITS; i++) {
    glActiveTexture (GL_TEXTURE0 + i);
    glGetIntegerv (GL_TEXTURE_BINDING_BUFFER, &state->buffers[i]);
    glGetIntegerv (GL_TEXTURE_BINDING_2D, &state->textures[i]);
  }
}

void
xps_gl_state_save (XpsGlState *state)
{
  static const GLenum factors[] = {GL_BLEND_SRC_RGB, GL_BLEND_DST_RGB, GL_BLEND_SRC_ALPHA,
                                   GL_BLEND_DST_ALPHA};
  save_bindings (state);
  glGetIntegerv (GL_UNPACK_ROW_LENGTH, &state->row_length);
  glGetIntegerv (GL_UNPACK_ALIGNMENT, &state->alignment);
  glGetIntegerv (GL_VIEWPORT, state->viewport);
  glGetIntegerv (GL_SCISSOR_BOX, state->scissor);
  for (gsize i = 0; i < G_N_ELEMENTS (factors); i++)
    glGetIntegerv (factors[i], &state->factors[i]);
  glGetIntegerv (GL_BLEND_EQUATION_RGB, &state->equations[0]);
  glGetIntegerv (GL_BLEND_EQUATION_ALPHA, &state->equations[1]);
  glGetFloatv (GL_COLOR_CLEAR_VALUE, state->clear);
  glGetBooleanv (GL_COLOR_WRITEMASK, state->mask);
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++) {
    state->on[i] = glIsEnabled (switches[i]);
    set_switch (switches[i], i < 2);
  }
  glBlendFunc (GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glBlendEquation (GL_FUNC_ADD);
  glColorMask (GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  glBindBuffer (GL_PIXEL_UNPACK_BUFFER, 0);
  glPixelStorei (GL_UNPACK_ROW_LENGTH, 0);
  glPixelStorei (GL_UNPACK_ALIGNMENT, 4);
}

void
xps_gl_state_restore (const XpsGlState *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    set_switch (switches[i], state->on[i]);
  glBlendFuncSeparate ((GLenum)state->factors[0], (GLenum)state->factors[1], (GLenum)state->factors[2],
                       (GLenum)state->factors[3]);
  glBlendEquationSeparate ((GLenum)state->equations[0], (GLenum)state->equations[1]);
  glClearColor (state->clear[0], state->clear[1], state->clear[2], state->clear[3]);
  glColorMask (state->mask[0], state->mask[1], state->mask[2], state->mask[3]);
  glPixelStorei (GL_UNPACK_ROW_LENGTH, state->row_length);
  glPixelStorei (GL_UNPACK_ALIGNMENT, state->alignment);
  glBindBuffer (GL_PIXEL_UNPACK_BUFFER, (GLuint)state->unpack_buffer);
  glBindBuffer (GL_TEXTURE_BUFFER, (GLuint)state->texture_buffer);
  glBindBuffer (GL_ARRAY_BUFFER, (GLuint)state->array_buffer);
  for (guint i = 0; i < XPS_GL_N_UNITS; i++) {
    glActiveTexture (GL_TEXTURE0 + i);
    glBindTexture (GL_TEXTURE_BUFFER, (GLuint)state->buffers[i]);
    glBindTexture (GL_TEXTURE_2D, (GLuint)state->textures[i]);
  }
  glActiveTexture ((GLenum)state->active_texture);
  glBindVertexArray ((GLuint)state->vertex_array);
  glUseProgram ((GLuint)state->program);
  glBindFramebuffer (GL_DRAW_FRAMEBUFFER, (GLuint)state->framebuffer);
  glViewport (state->viewport[0], state->viewport[1], state->viewport[2], state->viewport[3]);
  glScissor (state->scissor[0], state->scissor[1], state->scissor[2], state->scissor[3]);
}
