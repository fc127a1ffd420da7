/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-gl/program.h"

#include <gio/gio.h>

#include "draw-gl/draw-gl.h"
#include "draw-gl/shaders.h"

#define FOLDER "/org/corelevel/Corelevel/shaders/"

static const char *
shader_text (const char *name)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (xps_draw_gl_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert (bytes != NULL);              /* built in */
  return g_bytes_get_data (bytes, NULL); /* part of the program, ends with a zero byte */
}

static gboolean
fail (GError **error, const char *name, char *log)
{
  g_set_error (error, XPS_DRAW_GL_ERROR, XPS_DRAW_GL_ERROR_SHADER, "the shader %s was refused: %s", name,
               log);
  g_free (log);
  return FALSE;
}

/* 0 with error. */
static GLuint
compile (GLenum stage, const char *common, const char *name, const char *define, GError **error)
{
  g_autofree char *line = define != NULL ? g_strdup_printf ("#define %s\n", define) : g_strdup ("");
  const char *parts[] = {shader_text ("common.glsl"), line, shader_text (common), shader_text (name)};
  const GLuint shader = glCreateShader (stage);
  GLint ok = GL_FALSE, length = 0;
  glShaderSource (shader, G_N_ELEMENTS (parts), parts, NULL);
  glCompileShader (shader);
  glGetShaderiv (shader, GL_COMPILE_STATUS, &ok);
  if (ok)
    return shader;
  glGetShaderiv (shader, GL_INFO_LOG_LENGTH, &length);
  char *log = g_malloc0 ((gsize)MAX (length, 0) + 1);
  glGetShaderInfoLog (shader, length, NULL, log);
  glDeleteShader (shader);
  fail (error, name, log);
  return 0;
}

static gboolean
link_program (GLuint program, const char *name, GError **error)
{
  GLint ok = GL_FALSE, length = 0;
  glBindFragDataLocation (program, 0, "result");
  glLinkProgram (program);
  glGetProgramiv (program, GL_LINK_STATUS, &ok);
  if (ok)
    return TRUE;
  glGetProgramiv (program, GL_INFO_LOG_LENGTH, &length);
  char *log = g_malloc0 ((gsize)MAX (length, 0) + 1);
  glGetProgramInfoLog (program, length, NULL, log);
  return fail (error, name, log);
}

static void
find_uniforms (XpsGlProgram *program)
{
  static const char *const names[XPS_GL_N_UNIFORMS] = {
      [XPS_GL_UNIFORM_VIEW] = "view",   [XPS_GL_UNIFORM_CORNER] = "corner", [XPS_GL_UNIFORM_CLIP] = "clip",
      [XPS_GL_UNIFORM_BASE] = "base",   [XPS_GL_UNIFORM_PLAIN] = "plain",   [XPS_GL_UNIFORM_FRAME] = "frame",
      [XPS_GL_UNIFORM_TABLE] = "table", [XPS_GL_UNIFORM_INK] = "ink"};
  static const struct {
    const char *name;
    GLint unit;
  } samplers[] = {{"records", XPS_GL_UNIT_RECORDS},
                  {"styles", XPS_GL_UNIT_STYLES},
                  {"cells", XPS_GL_UNIT_CELLS},
                  {"layer", XPS_GL_UNIT_CELLS},
                  {"colours", XPS_GL_UNIT_COLOURS}};
  for (guint i = 0; i < XPS_GL_N_UNIFORMS; i++)
    program->uniforms[i] = glGetUniformLocation (program->id, names[i]);
  glUseProgram (program->id);
  for (gsize i = 0; i < G_N_ELEMENTS (samplers); i++)
    glUniform1i (glGetUniformLocation (program->id, samplers[i].name), samplers[i].unit); /* -1 is ignored */
}

gboolean
xps_gl_program_init (XpsGlProgram *program, const char *name, const char *define, GError **error)
{
  g_autofree char *vertex_name = g_strconcat (name, ".vert", NULL);
  g_autofree char *fragment_name = g_strconcat (name, ".frag", NULL);
  const GLuint vertex = compile (GL_VERTEX_SHADER, "vertex.glsl", vertex_name, define, error);
  const GLuint fragment =
      vertex != 0 ? compile (GL_FRAGMENT_SHADER, "fragment.glsl", fragment_name, define, error) : 0;
  gboolean ok = FALSE;
  if (fragment != 0) {
    program->id = glCreateProgram ();
    glAttachShader (program->id, vertex);
    glAttachShader (program->id, fragment);
    ok = link_program (program->id, name, error);
  }
  glDeleteShader (vertex); /* 0 is ignored */
  glDeleteShader (fragment);
  if (ok)
    find_uniforms (program);
  else
    xps_gl_program_clear (program);
  return ok;
}

void
xps_gl_program_clear (XpsGlProgram *program)
{
  glDeleteProgram (program->id);
  program->id = 0;
}
