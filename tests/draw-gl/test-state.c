/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-gl/draw-gl.h"

#include "context.h"
#include "draw-gl/ahead.h"
#include "draw-gl/list.h"
#include "support.h"

/* The painter as a guest: it leaves OpenGL as it found it, stays inside its viewport, frees what it made, and
 * takes whatever a scene may hold. */

static TestContext context;

#define POINTS 40

/* Up to POINTS points: near, far beyond any page, missing, twice the same. */
static gsize
random_points (GRand *random, XpsPoint *points, double *base)
{
  const gsize n = (gsize)g_rand_int_range (random, 0, POINTS);
  const double reach = g_rand_boolean (random) ? 1e9 : 100.0;
  for (gsize i = 0; i < n; i++) {
    points[i] =
        (XpsPoint){g_rand_double_range (random, -reach, reach), g_rand_double_range (random, -reach, reach)};
    base[i] = g_rand_double_range (random, -reach, reach);
    if (g_rand_int_range (random, 0, 10) == 0)
      points[i].y = g_rand_boolean (random) ? (double)NAN : (double)INFINITY;
    if (i > 0 && g_rand_int_range (random, 0, 10) == 0)
      points[i] = points[i - 1];
  }
  return n;
}

static void
add_any_item (XpsSceneBuilder *builder, GRand *random)
{
  static const float cells[] = {0.0f, 1.0f, NAN, 3.0f};
  XpsPoint points[POINTS];
  double base[POINTS];
  const gsize n = random_points (random, points, base);
  const XpsInk ink = xps_ink_fade (xps_ink_series (3), g_rand_double (random));
  const XpsStroke stroke = {.ink = g_rand_boolean (random) ? ink : xps_ink_series (2),
                            .width = g_rand_double_range (random, 0.0, 5.0),
                            .dash = (XpsDash)g_rand_int_range (random, 0, XPS_N_DASHES)};
  const XpsInk fill = g_rand_boolean (random) ? ink : XPS_INK_NONE;
  const XpsRect rect = {n > 0 ? points[0].x : 0.0, 0.0, g_rand_double_range (random, -50.0, 50.0), 20.0};
  const int kind = g_rand_int_range (random, 0, 6);
  if (kind == 0)
    xps_scene_add_polyline (builder, n, points, stroke);
  else if (kind == 1)
    xps_scene_add_area (builder, n, points, base, ink);
  else if (kind == 2)
    xps_scene_add_segments (builder, n, points, stroke);
  else if (kind == 3)
    xps_scene_add_markers (builder, n, points, (XpsMarker)g_rand_int_range (random, 0, XPS_N_MARKERS),
                           g_rand_double_range (random, 0.0, 9.0), stroke, fill);
  else if (kind == 4)
    xps_scene_add_rectangle (builder, rect, stroke, fill);
  else
    xps_scene_add_image (
        builder,
        &(XpsImage){
            .rect = rect, .columns = 2, .rows = 2, .values = cells, .high = g_rand_int_range (random, 0, 4)});
}

static XpsScene *
make_scene (guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  XpsSceneBuilder *builder = xps_scene_builder_new (60.0, 40.0);
  guint open = 0;
  for (guint i = 0; i < 60; i++) {
    const int clip = g_rand_int_range (random, 0, 8);
    add_any_item (builder, random);
    if (clip == 0) {
      xps_scene_push_clip (builder, (XpsRect){g_rand_double_range (random, -10.0, 60.0), 0.0, 30.0, 50.0});
      open++;
    } else if (clip == 1 && open > 0) {
      xps_scene_pop_clip (builder);
      open--;
    }
  }
  return xps_scene_builder_end (builder);
}

static void
test_any_scene (void)
{
  g_autoptr (GError) error = NULL;
  XpsGlPainter *painter = xps_gl_painter_new (&error);
  g_assert_no_error (error);
  test_context_set_size (&context, 90, 60);
  for (guint32 seed = 0; seed < 60; seed++) {
    g_autoptr (XpsScene) scene = make_scene (seed);
    xps_gl_painter_set_scene (painter, scene);
    xps_gl_painter_paint (painter, 90, 60, xps_theme_get (XPS_THEME_LIGHT), TRUE);
    xps_gl_painter_paint (painter, 90, 60, xps_theme_get (XPS_THEME_DARK), FALSE);
    g_assert_cmpint (glGetError (), ==, GL_NO_ERROR);
  }
  xps_gl_painter_free (painter);
}

static guint32
checksum (const guint8 *pixels, gsize n)
{
  guint32 sum = 1;
  for (gsize i = 0; i < n; i++)
    sum = sum * 16777619u ^ pixels[i];
  return sum;
}

/* The same scene gives the same pixels again, after another size, another theme, another scene between. */
static void
test_repeatable (void)
{
  XpsGlPainter *painter = xps_gl_painter_new (NULL);
  g_autoptr (XpsScene) one = make_scene (5), two = make_scene (6);
  guint32 sums[2];
  for (guint i = 0; i < 2; i++) {
    test_context_set_size (&context, 120, 80);
    xps_gl_painter_set_scene (painter, one);
    xps_gl_painter_set_scene (painter, one);
    xps_gl_painter_paint (painter, 120, 80, xps_theme_get (XPS_THEME_LIGHT), TRUE);
    g_autofree guint8 *pixels = test_context_dup_pixels (&context);
    sums[i] = checksum (pixels, 4 * 120 * 80);
    xps_gl_painter_paint (painter, 120, 80, xps_theme_get (XPS_THEME_DARK), TRUE);
    xps_gl_painter_set_scene (painter, two);
    test_context_set_size (&context, 400, 300);
    xps_gl_painter_paint (painter, 400, 300, xps_theme_get (XPS_THEME_DARK), TRUE);
  }
  g_assert_cmpuint (sums[0], ==, sums[1]);
  xps_gl_painter_free (painter);
}

/* OpenGL set up for something quite different. */
static void
set_strange_state (GLuint texture, GLuint buffer)
{
  glActiveTexture (GL_TEXTURE2);
  glBindTexture (GL_TEXTURE_2D, texture);
  glBindBuffer (GL_ARRAY_BUFFER, buffer);
  glClearColor (0.25f, 0.5f, 0.75f, 1.0f);
  glViewport (50, 30, 90, 60);
  glScissor (1, 2, 3, 4);
  glEnable (GL_SCISSOR_TEST);
  glEnable (GL_DEPTH_TEST);
  glEnable (GL_CULL_FACE);
  glDisable (GL_BLEND);
  glBlendFunc (GL_ZERO, GL_SRC_COLOR);
  glBlendEquation (GL_FUNC_SUBTRACT);
  glPixelStorei (GL_UNPACK_ROW_LENGTH, 77);
}

static void
assert_strange_state (GLuint texture, GLuint buffer)
{
  const struct {
    GLenum name;
    GLint value;
  } kept[] = {{GL_BLEND_DST_RGB, GL_SRC_COLOR},
              {GL_BLEND_EQUATION_ALPHA, GL_FUNC_SUBTRACT},
              {GL_ACTIVE_TEXTURE, GL_TEXTURE2},
              {GL_TEXTURE_BINDING_2D, (GLint)texture},
              {GL_ARRAY_BUFFER_BINDING, (GLint)buffer},
              {GL_DRAW_FRAMEBUFFER_BINDING, (GLint)context.framebuffer},
              {GL_CURRENT_PROGRAM, 0},
              {GL_VERTEX_ARRAY_BINDING, 0},
              {GL_UNPACK_ROW_LENGTH, 77}};
  GLint viewport[4], scissor[4], value = 0;
  glGetIntegerv (GL_VIEWPORT, viewport);
  glGetIntegerv (GL_SCISSOR_BOX, scissor);
  g_assert_cmpint (viewport[0], ==, 50);
  g_assert_cmpint (viewport[2], ==, 90);
  g_assert_cmpint (scissor[3], ==, 4);
  g_assert_true (glIsEnabled (GL_SCISSOR_TEST) && glIsEnabled (GL_DEPTH_TEST) && glIsEnabled (GL_CULL_FACE));
  g_assert_false (glIsEnabled (GL_BLEND));
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++) {
    glGetIntegerv (kept[i].name, &value);
    g_assert_cmpint (value, ==, kept[i].value);
  }
}

/* In a part of a window that is green elsewhere. */
static void
test_guest (void)
{
  XpsGlPainter *painter = xps_gl_painter_new (NULL);
  g_autoptr (XpsScene) scene = make_scene (7);
  GLuint texture = 0, buffer = 0;
  gboolean painted = FALSE;
  test_context_set_size (&context, 200, 150);
  glClearColor (0.0f, 1.0f, 0.0f, 1.0f);
  glClear (GL_COLOR_BUFFER_BIT);
  glGenTextures (1, &texture);
  glGenBuffers (1, &buffer);
  set_strange_state (texture, buffer);
  xps_gl_painter_set_scene (painter, scene);
  xps_gl_painter_paint (painter, 90, 60, xps_theme_get (XPS_THEME_LIGHT), TRUE);
  assert_strange_state (texture, buffer);
  glPixelStorei (GL_UNPACK_ROW_LENGTH, 0);
  glDisable (GL_SCISSOR_TEST);
  glDisable (GL_DEPTH_TEST);
  glDisable (GL_CULL_FACE);
  g_autofree guint8 *pixels = test_context_dup_pixels (&context);
  for (int y = 0; y < 150; y++)
    for (int x = 0; x < 200; x++) {
      const guint8 *at = pixels + 4 * (y * 200 + x);
      const gboolean green = at[0] == 0 && at[1] == 255 && at[2] == 0;
      const gboolean inside = x >= 50 && x < 140 && y >= 150 - 90 && y < 150 - 30;
      g_assert_true (inside || green);
      painted |= inside && !green;
    }
  g_assert_true (painted);
  glDeleteTextures (1, &texture);
  glDeleteBuffers (1, &buffer);
  xps_gl_painter_free (painter);
}

/* The picture in a corner of a window is the one in a window of its own. */
static void
test_viewport (void)
{
  XpsGlPainter *painter = xps_gl_painter_new (NULL);
  g_autoptr (XpsScene) scene = make_scene (8);
  xps_gl_painter_set_scene (painter, scene);
  test_context_set_size (&context, 90, 60);
  xps_gl_painter_paint (painter, 90, 60, xps_theme_get (XPS_THEME_LIGHT), TRUE);
  g_autofree guint8 *alone = test_context_dup_pixels (&context);
  test_context_set_size (&context, 200, 150);
  glViewport (37, 11, 90, 60);
  xps_gl_painter_paint (painter, 90, 60, xps_theme_get (XPS_THEME_LIGHT), TRUE);
  g_autofree guint8 *within = test_context_dup_pixels (&context);
  for (int y = 0; y < 60; y++)
    for (int i = 0; i < 4 * 90; i++) {
      const int a = alone[4 * 90 * y + i], b = within[4 * 200 * (150 - 11 - 60 + y) + 4 * 37 + i];
      g_assert_cmpint (abs (a - b), <=, 1); /* other rounding of the corner */
    }
  xps_gl_painter_free (painter);
}

static guint
count_objects (void)
{
  guint n = 0;
  for (GLuint name = 1; name < 500; name++)
    n += glIsBuffer (name) + glIsTexture (name) + glIsProgram (name) + glIsShader (name) +
         glIsVertexArray (name) + glIsFramebuffer (name);
  return n;
}

static void
test_freed (void)
{
  test_context_set_size (&context, 90, 60);
  const guint before = count_objects ();
  for (guint i = 0; i < 3; i++) {
    XpsGlPainter *painter = xps_gl_painter_new (NULL);
    for (guint32 seed = 0; seed < 10; seed++) {
      g_autoptr (XpsScene) scene = make_scene (seed);
      xps_gl_painter_set_scene (painter, scene);
      xps_gl_painter_paint (painter, 90, 60, xps_theme_get (XPS_THEME_LIGHT), TRUE);
    }
    g_assert_cmpuint (count_objects (), >, before);
    if (i == 1)
      xps_gl_painter_set_scene (painter, NULL);
    xps_gl_painter_free (painter);
    g_assert_cmpuint (count_objects (), ==, before);
  }
}

/* All ways of painting, unseen: the state and the target stay, and what is painted afterwards is the same. */
static void
test_prepared (void)
{
  XpsGlPainter *painter = xps_gl_painter_new (NULL);
  g_autoptr (XpsScene) scene = make_scene (5);
  guint32 sums[2];
  GLuint texture = 0, buffer = 0;
  guint step = 0;
  for (guint i = 0; i < 2; i++) {
    test_context_set_size (&context, 200, 150);
    glGenTextures (1, &texture);
    glGenBuffers (1, &buffer);
    glClear (GL_COLOR_BUFFER_BIT);
    set_strange_state (texture, buffer);
    while (i == 1 && xps_gl_painter_prepare (painter, step))
      step++;
    xps_gl_painter_set_scene (painter, scene);
    xps_gl_painter_paint (painter, 90, 60, xps_theme_get (XPS_THEME_LIGHT), TRUE);
    assert_strange_state (texture, buffer);
    glPixelStorei (GL_UNPACK_ROW_LENGTH, 0);
    glDisable (GL_SCISSOR_TEST);
    glDisable (GL_DEPTH_TEST);
    glDisable (GL_CULL_FACE);
    g_autofree guint8 *pixels = test_context_dup_pixels (&context);
    sums[i] = checksum (pixels, (gsize)4 * 200 * 150);
    glDeleteTextures (1, &texture);
    glDeleteBuffers (1, &buffer);
  }
  g_assert_cmpuint (step, >=, XPS_GL_N_KINDS); /* each at least once, and layers */
  g_assert_false (xps_gl_painter_prepare (painter, step + 1));
  g_assert_cmpuint (sums[0], ==, sums[1]);
  g_assert_cmpint ((int)glGetError (), ==, GL_NO_ERROR);
  xps_gl_painter_free (painter);
}

/* On a thread, while this one's context stays current; and stopped at once. */
static void
test_ahead (void)
{
  XpsGlAhead *ahead = xps_gl_ahead_start ();
  while (!xps_gl_ahead_is_over (ahead))
    g_usleep (1000);
  xps_gl_ahead_stop (ahead);
  xps_gl_ahead_stop (xps_gl_ahead_start ());
  g_assert_true (eglGetCurrentContext () == context.context);
}

/* Nothing to paint is no error. */
static void
test_empty (void)
{
  XpsGlPainter *painter = xps_gl_painter_new (NULL);
  g_autoptr (XpsScene) scene = xps_scene_builder_end (xps_scene_builder_new (10.0, 10.0));
  test_context_set_size (&context, 10, 10);
  xps_gl_painter_paint (painter, 10, 10, xps_theme_get (XPS_THEME_LIGHT), TRUE);
  xps_gl_painter_paint (painter, 0, 10, xps_theme_get (XPS_THEME_LIGHT), TRUE);
  xps_gl_painter_set_scene (painter, scene);
  xps_gl_painter_paint (painter, 10, 10, xps_theme_get (XPS_THEME_LIGHT), TRUE);
  g_assert_cmpint (glGetError (), ==, GL_NO_ERROR);
  xps_gl_painter_free (painter);
}

/* OpenGL ES is refused in words. */
static void
test_refused (void)
{
  const EGLint attributes[] = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_NONE};
  TestContext es;
  if (test_context_start (&es, EGL_OPENGL_ES_API, attributes)) {
    g_autoptr (GError) error = NULL;
    g_assert_null (xps_gl_painter_new (&error));
    g_assert_error (error, XPS_DRAW_GL_ERROR, XPS_DRAW_GL_ERROR_VERSION);
    g_assert_nonnull (strstr (error->message, "3.2"));
  } else
    g_test_skip ("no OpenGL ES");
  if (es.context != EGL_NO_CONTEXT) {
    eglMakeCurrent (es.display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroyContext (es.display, es.context);
  }
  /* The display is the same one: it stays for the others. */
  eglBindAPI (EGL_OPENGL_API);
  eglMakeCurrent (context.display, EGL_NO_SURFACE, EGL_NO_SURFACE, context.context);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!test_context_open (&context)) {
    g_print ("1..0 # SKIP no OpenGL without a display\n");
    return 0;
  }
  g_test_add_func ("/draw-gl/state/any-scene", test_any_scene);
  g_test_add_func ("/draw-gl/state/repeatable", test_repeatable);
  g_test_add_func ("/draw-gl/state/guest", test_guest);
  g_test_add_func ("/draw-gl/state/viewport", test_viewport);
  g_test_add_func ("/draw-gl/state/freed", test_freed);
  g_test_add_func ("/draw-gl/state/prepared", test_prepared);
  g_test_add_func ("/draw-gl/state/empty", test_empty);
  g_test_add_func ("/draw-gl/state/refused", test_refused);
  g_test_add_func ("/draw-gl/state/ahead", test_ahead); /* ends the display that all share here */
  const int result = g_test_run ();
  test_context_close (&context);
  return result;
}
