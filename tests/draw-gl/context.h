/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <epoxy/egl.h>
#include <epoxy/gl.h>
#include <glib.h>
#include <string.h>

/* An OpenGL context without a display, by Mesa's surfaceless platform, and a picture to paint into. For tests
 * and benchmarks; header only. */

#ifdef __SANITIZE_ADDRESS__
/* The driver stays loaded, so that the leak sanitizer can name what it keeps (tests/lsan.supp). */
int dlclose (void *handle);
int
dlclose (void *handle)
{
  return 0;
}
#endif

typedef struct {
  EGLDisplay display;
  EGLContext context;
  GLuint framebuffer, renderbuffer;
  int width, height;
} TestContext;

static inline gboolean
test_context_start (TestContext *test, EGLenum api, const EGLint *attributes)
{
  const EGLint config_attributes[] = {EGL_SURFACE_TYPE, EGL_DONT_CARE, EGL_RENDERABLE_TYPE,
                                      api == EGL_OPENGL_API ? EGL_OPENGL_BIT : EGL_OPENGL_ES3_BIT, EGL_NONE};
  EGLConfig config = NULL;
  EGLint n = 0;
  *test = (TestContext){0};
  if (!epoxy_has_egl_extension (EGL_NO_DISPLAY, "EGL_EXT_platform_base") ||
      !epoxy_has_egl_extension (EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless"))
    return FALSE;
  test->display = eglGetPlatformDisplayEXT (EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
  if (test->display == EGL_NO_DISPLAY || !eglInitialize (test->display, NULL, NULL))
    return FALSE;
  eglBindAPI (api);
  eglChooseConfig (test->display, config_attributes, &config, 1, &n);
  test->context = eglCreateContext (test->display, n > 0 ? config : NULL, EGL_NO_CONTEXT, attributes);
  return test->context != EGL_NO_CONTEXT &&
         eglMakeCurrent (test->display, EGL_NO_SURFACE, EGL_NO_SURFACE, test->context);
}

/* FALSE where there is no such thing. */
static inline gboolean
test_context_open (TestContext *test)
{
  const EGLint attributes[] = {EGL_CONTEXT_MAJOR_VERSION,
                               3,
                               EGL_CONTEXT_MINOR_VERSION,
                               2,
                               EGL_CONTEXT_OPENGL_PROFILE_MASK,
                               EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                               EGL_NONE};
  return test_context_start (test, EGL_OPENGL_API, attributes);
}

static inline void
test_context_drop_picture (TestContext *test)
{
  glDeleteFramebuffers (1, &test->framebuffer);
  glDeleteRenderbuffers (1, &test->renderbuffer);
  test->framebuffer = test->renderbuffer = 0;
}

/* A picture of this size is bound and is the viewport. */
static inline void
test_context_set_size (TestContext *test, int width, int height)
{
  test_context_drop_picture (test);
  test->width = width;
  test->height = height;
  glGenFramebuffers (1, &test->framebuffer);
  glBindFramebuffer (GL_FRAMEBUFFER, test->framebuffer);
  glGenRenderbuffers (1, &test->renderbuffer);
  glBindRenderbuffer (GL_RENDERBUFFER, test->renderbuffer);
  glRenderbufferStorage (GL_RENDERBUFFER, GL_RGBA8, width, height);
  glFramebufferRenderbuffer (GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, test->renderbuffer);
  glViewport (0, 0, width, height);
}

/* Premultiplied red, green, blue, alpha of all pixels, the upper row first. New array. */
static inline guint8 *
test_context_dup_pixels (TestContext *test)
{
  const gsize stride = 4 * (gsize)test->width;
  g_autofree guint8 *upside_down = g_malloc (stride * (gsize)test->height);
  guint8 *pixels = g_malloc (stride * (gsize)test->height);
  glReadPixels (0, 0, test->width, test->height, GL_RGBA, GL_UNSIGNED_BYTE, upside_down);
  for (int y = 0; y < test->height; y++)
    memcpy (pixels + (gsize)y * stride, upside_down + (gsize)(test->height - 1 - y) * stride, stride);
  return pixels;
}

static inline void
test_context_close (TestContext *test)
{
  if (test->context != EGL_NO_CONTEXT) {
    test_context_drop_picture (test);
    eglMakeCurrent (test->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroyContext (test->display, test->context);
  }
  if (test->display != EGL_NO_DISPLAY)
    eglTerminate (test->display);
  *test = (TestContext){0};
}
