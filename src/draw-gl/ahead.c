/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-gl/ahead.h"

#include <epoxy/egl.h>
#include <epoxy/gl.h>

#include "draw-gl/draw-gl.h"

struct _XpsGlAhead {
  GThread *thread;
  gint stop, over; /* atomic */
};

static void
prepare_all (XpsGlAhead *self)
{
  XpsGlPainter *painter = xps_gl_painter_new (NULL);
  if (painter == NULL)
    return;
  guint step = 0;
  while (!g_atomic_int_get (&self->stop) && xps_gl_painter_prepare (painter, step))
    step++;
  xps_gl_painter_free (painter);
}

static void
use_context (XpsGlAhead *self, EGLDisplay display)
{
  static const EGLint wanted[] = {EGL_CONTEXT_MAJOR_VERSION,
                                  3,
                                  EGL_CONTEXT_MINOR_VERSION,
                                  2,
                                  EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                  EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                  EGL_NONE};
  if (!epoxy_has_egl_extension (display, "EGL_KHR_surfaceless_context") ||
      !epoxy_has_egl_extension (display, "EGL_KHR_no_config_context") || !eglBindAPI (EGL_OPENGL_API))
    return;
  const EGLContext context = eglCreateContext (display, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, wanted);
  if (context == EGL_NO_CONTEXT)
    return;
  if (eglMakeCurrent (display, EGL_NO_SURFACE, EGL_NO_SURFACE, context)) {
    prepare_all (self);
    eglMakeCurrent (display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  }
  eglDestroyContext (display, context);
}

static gpointer
run (gpointer data)
{
  XpsGlAhead *self = data;
  if (epoxy_has_egl_extension (EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless")) {
    const EGLDisplay display =
        eglGetPlatformDisplayEXT (EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
    if (display != EGL_NO_DISPLAY && eglInitialize (display, NULL, NULL)) {
      use_context (self, display);
      eglTerminate (display); /* what it compiled is on the disk then */
    }
    eglReleaseThread ();
  }
  g_atomic_int_set (&self->over, 1);
  return NULL;
}

XpsGlAhead *
xps_gl_ahead_start (void)
{
  XpsGlAhead *self = g_new0 (XpsGlAhead, 1);
  self->thread = g_thread_try_new ("compile-ahead", run, self, NULL);
  if (self->thread == NULL)
    self->over = 1;
  return self;
}

gboolean
xps_gl_ahead_is_over (const XpsGlAhead *self)
{
  return g_atomic_int_get (&self->over) != 0;
}

void
xps_gl_ahead_stop (XpsGlAhead *self)
{
  g_atomic_int_set (&self->stop, 1);
  if (self->thread != NULL)
    g_thread_join (self->thread);
  g_free (self);
}
