/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "context.h"
#include "draw-cairo/draw-cairo.h"
#include "draw-gl/draw-gl.h"
#include "scenes.h"

/* Milliseconds that the two painters take for scenes of the plot at 644 x 522 pixels times the scale:
 * uploading a new scene with its first frame, each further frame until it is finished, and the same by Cairo.
 * The best of many, as
 * other work on the machine only ever adds. */

#define SECONDS_MAX 2.0 /* a cell of the table */
#define RUNS_MAX    41
#define RUNS_MIN    3

typedef struct {
  TestContext *test;
  XpsGlPainter *gl;
  XpsCairoPainter *cairo;
  cairo_t *context;
  XpsScene *scene;
  int scale;
} Bench;

typedef void (*Run) (Bench *bench);

typedef struct {
  double wall, cpu; /* milliseconds; the processor's of all threads */
} Times;

static double
cpu_ms (void)
{
  struct timespec time;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return 1e3 * (double)time.tv_sec + 1e-6 * (double)time.tv_nsec;
}

static Times
best_times (Bench *bench, Run run)
{
  Times best = {INFINITY, INFINITY};
  double sum = 0.0;
  for (guint n = 0; n < RUNS_MAX && (n < RUNS_MIN || sum < 1e3 * SECONDS_MAX); n++) {
    const gint64 start = g_get_monotonic_time ();
    const double cpu_start = cpu_ms ();
    run (bench);
    const double wall = 1e-3 * (double)(g_get_monotonic_time () - start);
    best.wall = fmin (best.wall, wall);
    best.cpu = fmin (best.cpu, cpu_ms () - cpu_start);
    sum += wall;
  }
  return best;
}

static void
paint_gl (Bench *bench)
{
  xps_gl_painter_paint (bench->gl, bench->test->width, bench->test->height, xps_theme_get (XPS_THEME_LIGHT),
                        TRUE);
  glFinish ();
}

static void
upload_gl (Bench *bench)
{
  xps_gl_painter_set_scene (bench->gl, NULL);
  xps_gl_painter_set_scene (bench->gl, bench->scene);
  paint_gl (bench);
}

static void
paint_cairo (Bench *bench)
{
  xps_cairo_painter_paint (bench->cairo, bench->context, bench->scene, xps_theme_get (XPS_THEME_LIGHT), TRUE);
}

static void
print_row (Bench *bench, const char *name, XpsScene *scene)
{
  bench->scene = scene;
  upload_gl (bench); /* compiles the driver's variants of the shaders */
  const Times upload = best_times (bench, upload_gl), frame = best_times (bench, paint_gl);
  const Times cairo = best_times (bench, paint_cairo);
  printf ("| %-34s | %d | %8.1f | %8.1f | %8.1f | %8.1f | %8.1f |\n", name, bench->scale, upload.wall,
          frame.wall, frame.cpu, cairo.wall, cairo.cpu);
  fflush (stdout);
  xps_gl_painter_set_scene (bench->gl, NULL);
  xps_scene_unref (scene);
}

static void
print_scale (Bench *bench, int scale)
{
  const int width = (int)BENCH_WIDTH * scale, height = (int)BENCH_HEIGHT * scale;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  bench->scale = scale;
  bench->context = cairo_create (surface);
  cairo_scale (bench->context, scale, scale);
  test_context_set_size (bench->test, width, height);
  print_row (bench, "fit, 6 x 1000 and 3 fills, raw", bench_scene_fit (1000, FALSE));
  print_row (bench, "fit, 6 x 1000 and 3 fills, thinned", bench_scene_fit (1000, TRUE));
  print_row (bench, "stack 100 x 1000, raw", bench_scene_stack (100, 1000, FALSE));
  print_row (bench, "stack 100 x 1000, thinned", bench_scene_stack (100, 1000, TRUE));
  print_row (bench, "stack 1000 x 1000, raw", bench_scene_stack (1000, 1000, FALSE));
  print_row (bench, "stack 1000 x 1000, thinned", bench_scene_stack (1000, 1000, TRUE));
  print_row (bench, "heat map 1000 x 1000", bench_scene_heat (1000, 1000));
  cairo_destroy (bench->context);
  cairo_surface_destroy (surface);
}

int
main (void)
{
  TestContext test;
  g_autoptr (GError) error = NULL;
  if (!test_context_open (&test)) {
    fprintf (stderr, "benchmark-painter: there is no OpenGL without a display here\n");
    return EXIT_FAILURE;
  }
  Bench bench = {.test = &test, .gl = xps_gl_painter_new (&error), .cairo = xps_cairo_painter_new (NULL)};
  if (bench.gl == NULL) {
    fprintf (stderr, "benchmark-painter: %s\n", error->message);
    return EXIT_FAILURE;
  }
  printf ("%s, %s\n\n", (const char *)glGetString (GL_RENDERER), (const char *)glGetString (GL_VERSION));
  printf ("| scene | scale | GL upload and frame, ms | GL frame, ms | of processor | Cairo, ms | of "
          "processor |\n");
  printf ("| --- | --- | --- | --- | --- | --- | --- |\n");
  print_scale (&bench, 1);
  print_scale (&bench, 2);
  xps_gl_painter_free (bench.gl);
  xps_cairo_painter_free (bench.cairo);
  test_context_close (&test);
  return EXIT_SUCCESS;
}
