/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-gl/draw-gl.h"

#include <epoxy/gl.h>
#include <math.h>

#include "draw-gl/list.h"
#include "draw-gl/program.h"
#include "draw-gl/state.h"
#include "draw-gl/textures.h"

#define VERSION_MIN 32    /* as epoxy counts */
#define QUADS       16383 /* in a part of the index buffer: 16-bit indices without the one that restarts */
#define RECORDS_MIN (1 << 24) /* in a buffer texture; the 2^16 that OpenGL promises are no long series */
#define ERRORS_MAX  8         /* told of at once; a lost context has no end of them */

G_DEFINE_QUARK (xps - draw - gl - error - quark, xps_draw_gl_error)

/* One program a kind of batch, and one for the ink of layers. */
enum { PROGRAM_LAYER = XPS_GL_N_KINDS, N_PROGRAMS };

static const struct {
  const char *name, *define;
  guint quads;       /* an element */
  guint stride;      /* records an element */
  gboolean triangle; /* of each quad one triangle is drawn, twice as large */
} programs[N_PROGRAMS] = {[XPS_GL_LINES] = {"line", NULL, 1, 1, TRUE},
                          [XPS_GL_DASHES] = {"line", "DASHED", 1, 1, TRUE},
                          [XPS_GL_STRIPS] = {"strip", NULL, 1, 1, FALSE},
                          [XPS_GL_AREAS] = {"area", NULL, 1, 1, FALSE},
                          [XPS_GL_MARKERS] = {"marker", NULL, 1, 1, FALSE},
                          [XPS_GL_RECTANGLES] = {"rectangle", NULL, 1, 2, FALSE},
                          [XPS_GL_FRAMES] = {"rectangle", "FRAME", 4, 2, FALSE},
                          [XPS_GL_IMAGE] = {"image", NULL, 1, 1, FALSE},
                          [PROGRAM_LAYER] = {"layer", NULL, 1, 1, FALSE}};

struct _XpsGlPainter {
  XpsGlProgram programs[N_PROGRAMS];
  GLuint vertex_array, indices;
  GLuint buffers[2], textures[2]; /* records and styles */
  GLuint colours;
  XpsGlLayer layer;
  GLint side_max, records_max;
  XpsScene *scene;
  XpsGlList *list;
  GArray *images;        /* GLuint, one a batch; 0 where it is no image */
  const XpsTheme *theme; /* of the uploaded styles */
};

/* Where a frame is painted. */
typedef struct {
  XpsGlPainter *painter;
  int width, height;
  float scale_x, scale_y;
  GLint corner[2]; /* of the viewport */
  GLint framebuffer;
} Frame;

/* A pixel box, right and bottom past the last, y downwards. */
typedef struct {
  int left, top, right, bottom;
} Box;

static void
check_errors (const char *where)
{
#ifndef NDEBUG
  for (guint i = 0; i < ERRORS_MAX; i++) {
    const GLenum code = glGetError ();
    if (code == GL_NO_ERROR)
      return;
    g_warning ("OpenGL error 0x%04x while %s", code, where);
  }
#endif
}

static gboolean
check_version (XpsGlPainter *painter, GError **error)
{
  const int version = epoxy_gl_version ();
  if (!epoxy_is_desktop_gl () || version < VERSION_MIN) {
    g_set_error (error, XPS_DRAW_GL_ERROR, XPS_DRAW_GL_ERROR_VERSION,
                 "OpenGL%s %d.%d is too old for the plot: it needs OpenGL 3.2",
                 epoxy_is_desktop_gl () ? "" : " ES", version / 10, version % 10);
    return FALSE;
  }
  glGetIntegerv (GL_MAX_TEXTURE_SIZE, &painter->side_max);
  glGetIntegerv (GL_MAX_TEXTURE_BUFFER_SIZE, &painter->records_max);
  if (painter->records_max >= RECORDS_MIN)
    return TRUE;
  g_set_error (error, XPS_DRAW_GL_ERROR, XPS_DRAW_GL_ERROR_VERSION,
               "OpenGL's buffer textures hold %d points here: the plot needs %d", painter->records_max,
               RECORDS_MIN);
  return FALSE;
}

/* Two triangles a quad; behind them one triangle a quad, of its first three corners. */
static void
make_indices (XpsGlPainter *painter)
{
  static const guint16 pattern[6] = {0, 1, 2, 2, 1, 3};
  g_autofree guint16 *indices = g_new (guint16, QUADS * (6 + 3));
  for (guint i = 0; i < QUADS * 6; i++)
    indices[i] = (guint16)(4 * (i / 6) + pattern[i % 6]);
  for (guint i = 0; i < QUADS * 3; i++)
    indices[QUADS * 6 + i] = (guint16)(4 * (i / 3) + i % 3);
  glGenVertexArrays (1, &painter->vertex_array);
  glGenBuffers (1, &painter->indices);
  glBindVertexArray (painter->vertex_array);
  glBindBuffer (GL_ELEMENT_ARRAY_BUFFER, painter->indices);
  glBufferData (GL_ELEMENT_ARRAY_BUFFER, QUADS * (6 + 3) * sizeof (guint16), indices, GL_STATIC_DRAW);
}

XpsGlPainter *
xps_gl_painter_new (GError **error)
{
  XpsGlPainter *painter = g_new0 (XpsGlPainter, 1);
  if (!check_version (painter, error)) {
    g_free (painter);
    return NULL;
  }
  XpsGlState state;
  gboolean ok = TRUE;
  xps_gl_state_save (&state);
  for (guint i = 0; ok && i < N_PROGRAMS; i++)
    ok = xps_gl_program_init (&painter->programs[i], programs[i].name, programs[i].define, error);
  painter->images = g_array_new (FALSE, FALSE, sizeof (GLuint));
  make_indices (painter);
  glGenBuffers (2, painter->buffers);
  glGenTextures (2, painter->textures);
  painter->colours = xps_gl_colours_texture_new ();
  xps_gl_state_restore (&state);
  check_errors ("making the painter");
  if (!ok)
    g_clear_pointer (&painter, xps_gl_painter_free);
  return painter;
}

static void
forget_scene (XpsGlPainter *painter)
{
  glDeleteTextures ((GLsizei)painter->images->len, (const GLuint *)(const void *)painter->images->data);
  g_array_set_size (painter->images, 0);
  g_clear_pointer (&painter->list, xps_gl_list_free);
  g_clear_pointer (&painter->scene, xps_scene_unref);
  painter->theme = NULL;
}

void
xps_gl_painter_free (XpsGlPainter *painter)
{
  g_return_if_fail (painter != NULL);
  forget_scene (painter);
  for (guint i = 0; i < N_PROGRAMS; i++)
    xps_gl_program_clear (&painter->programs[i]);
  glDeleteVertexArrays (1, &painter->vertex_array);
  glDeleteBuffers (1, &painter->indices);
  glDeleteBuffers (2, painter->buffers);
  glDeleteTextures (2, painter->textures);
  glDeleteTextures (1, &painter->colours);
  xps_gl_layer_clear (&painter->layer);
  g_array_unref (painter->images);
  g_free (painter);
}

/* Into buffer texture `which`; memory of the one before is left to what is still being painted from it. */
static void
upload_buffer (XpsGlPainter *painter, guint which, gsize size, const void *data)
{
  glBindBuffer (GL_TEXTURE_BUFFER, painter->buffers[which]);
  glBufferData (GL_TEXTURE_BUFFER, (GLsizeiptr)size, data, GL_STATIC_DRAW);
  glBindTexture (GL_TEXTURE_BUFFER, painter->textures[which]);
  glTexBuffer (GL_TEXTURE_BUFFER, GL_RGBA32F, painter->buffers[which]);
}

static void
upload_images (XpsGlPainter *painter)
{
  const GArray *batches = painter->list->batches;
  for (guint i = 0; i < batches->len; i++) {
    const XpsGlBatch *batch = &g_array_index (batches, XpsGlBatch, i);
    const GLuint texture =
        batch->kind == XPS_GL_IMAGE ? xps_gl_image_texture_new (&batch->item->image, painter->side_max) : 0;
    g_array_append_val (painter->images, texture);
  }
}

/* Nothing is painted rather than something wrong. */
static void
drop_too_large (XpsGlPainter *painter)
{
  XpsGlList *list = painter->list;
  const gsize texels = MAX ((gsize)list->records->len, (gsize)list->styles->len * XPS_GL_STYLE_TEXELS);
  if (texels <= (gsize)painter->records_max)
    return;
  g_warning ("a plot of %" G_GSIZE_FORMAT " points is too large for this OpenGL, which takes %d", texels,
             painter->records_max);
  g_array_set_size (list->batches, 0);
  g_array_set_size (list->styles, 0);
  g_array_set_size (list->records, 1);
}

void
xps_gl_painter_set_scene (XpsGlPainter *painter, XpsScene *scene)
{
  g_return_if_fail (painter != NULL);
  if (scene == painter->scene)
    return;
  forget_scene (painter);
  if (scene == NULL)
    return;
  XpsGlState state;
  painter->scene = xps_scene_ref (scene);
  painter->list = xps_gl_list_new (scene);
  drop_too_large (painter);
  xps_gl_state_save (&state);
  upload_buffer (painter, 0, painter->list->records->len * sizeof (XpsGlRecord),
                 painter->list->records->data);
  upload_images (painter);
  xps_gl_state_restore (&state);
  check_errors ("uploading a scene");
}

static void
upload_styles (XpsGlPainter *painter, const XpsTheme *theme)
{
  g_autofree float *styles = xps_gl_list_dup_styles (painter->list, theme);
  const gsize n = MAX (painter->list->styles->len, 1);
  upload_buffer (painter, 1, n * XPS_GL_STYLE_TEXELS * 4 * sizeof (float), styles);
  painter->theme = theme;
}

static const XpsGlProgram *
use_program (const Frame *frame, guint id, XpsRect clip)
{
  const XpsGlProgram *program = &frame->painter->programs[id];
  glUseProgram (program->id);
  glUniform4f (program->uniforms[XPS_GL_UNIFORM_VIEW], frame->scale_x, frame->scale_y, (float)frame->width,
               (float)frame->height);
  glUniform2f (program->uniforms[XPS_GL_UNIFORM_CORNER], (float)frame->corner[0], (float)frame->corner[1]);
  glUniform4f (program->uniforms[XPS_GL_UNIFORM_CLIP], (float)(clip.x * frame->scale_x),
               (float)(clip.y * frame->scale_y), (float)((clip.x + clip.width) * frame->scale_x),
               (float)((clip.y + clip.height) * frame->scale_y));
  glUniform1f (program->uniforms[XPS_GL_UNIFORM_PLAIN], 0.0f);
  return program;
}

/* All pixels that the rectangle touches. */
static Box
box_around (const Frame *frame, XpsRect rect)
{
  const double left = floor (rect.x * frame->scale_x), top = floor (rect.y * frame->scale_y);
  const double right = ceil ((rect.x + rect.width) * frame->scale_x);
  const double bottom = ceil ((rect.y + rect.height) * frame->scale_y);
  return (Box){(int)CLAMP (left, 0, frame->width), (int)CLAMP (top, 0, frame->height),
               (int)CLAMP (right, 0, frame->width), (int)CLAMP (bottom, 0, frame->height)};
}

static void
set_scissor (const Frame *frame, Box box)
{
  glScissor (frame->corner[0] + box.left, frame->corner[1] + frame->height - box.bottom,
             MAX (box.right - box.left, 0), MAX (box.bottom - box.top, 0));
}

/* `n` elements of the program `id`, which is in use, from record `first` on. */
static void
draw_quads (const Frame *frame, guint id, guint first, guint n)
{
  const GLint base = frame->painter->programs[id].uniforms[XPS_GL_UNIFORM_BASE];
  const guint most = QUADS / programs[id].quads;
  for (guint from = 0; from < n; from += most) {
    const guint part = MIN (n - from, most) * programs[id].quads;
    glUniform1i (base, (GLint)(first + from * programs[id].stride));
    const gsize offset = programs[id].triangle ? QUADS * 6 * sizeof (guint16) : 0;
    glDrawElements (GL_TRIANGLES, (GLsizei)(part * (programs[id].triangle ? 3 : 6)), GL_UNSIGNED_SHORT,
                    (const void *)offset);
  }
}

static void
draw_strips (const Frame *frame, const XpsGlProgram *program, const XpsGlBatch *batch, guint *stretch)
{
  const XpsGlList *list = frame->painter->list;
  const guint *starts = (const guint *)(const void *)list->starts->data;
  const guint *counts = (const guint *)(const void *)list->counts->data;
  const guint from = *stretch;
  g_autoptr (GArray) firsts = g_array_new (FALSE, FALSE, sizeof (GLint));
  g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (GLsizei));
  for (; *stretch < list->starts->len && starts[*stretch] < batch->first + batch->n; (*stretch)++) {
    const GLint first = (GLint)(2 * (starts[*stretch] - batch->first));
    const GLsizei length = (GLsizei)(2 * counts[*stretch]);
    g_array_append_val (firsts, first);
    g_array_append_val (lengths, length);
  }
  glUniform1i (program->uniforms[XPS_GL_UNIFORM_BASE], (GLint)batch->first);
  glMultiDrawArrays (GL_TRIANGLE_STRIP, (const GLint *)(const void *)firsts->data,
                     (const GLsizei *)(const void *)lengths->data, (GLsizei)(*stretch - from));
}

static void
draw_image (const Frame *frame, const XpsGlBatch *batch, GLuint texture)
{
  const XpsGlProgram *program = use_program (frame, XPS_GL_IMAGE, batch->clip);
  const XpsRect rect = batch->item->image.rect;
  glActiveTexture (GL_TEXTURE0 + XPS_GL_UNIT_CELLS);
  glBindTexture (GL_TEXTURE_2D, texture);
  glUniform4f (program->uniforms[XPS_GL_UNIFORM_FRAME], (float)rect.x, (float)rect.y,
               (float)(rect.x + rect.width), (float)(rect.y + rect.height));
  glUniform1i (program->uniforms[XPS_GL_UNIFORM_TABLE], (GLint)batch->item->image.table);
  draw_quads (frame, XPS_GL_IMAGE, 0, 1);
}

static Box
intersection (Box a, Box b)
{
  return (Box){MAX (a.left, b.left), MAX (a.top, b.top), MIN (a.right, b.right), MIN (a.bottom, b.bottom)};
}

/* What of each pixel the item covers, into the layer. Shares of its parts are put together as if they lay
 * anywhere in the pixel, a + b - ab: never more than all of it, however often the item crosses itself. */
static gboolean
gather_layer (const Frame *frame, const XpsGlBatch *batch, Box box)
{
  Frame gathered = *frame;
  gathered.corner[0] = gathered.corner[1] = 0;
  if (!xps_gl_layer_bind (&frame->painter->layer, frame->width, frame->height))
    return FALSE;
  glViewport (0, 0, frame->width, frame->height);
  set_scissor (&gathered, box);
  glClearColor (0.0f, 0.0f, 0.0f, 0.0f);
  glClear (GL_COLOR_BUFFER_BIT);
  glBlendFunc (GL_ONE, GL_ONE_MINUS_SRC_COLOR);
  const XpsGlProgram *program = use_program (&gathered, batch->kind, batch->clip);
  glUniform1f (program->uniforms[XPS_GL_UNIFORM_PLAIN], 1.0f);
  draw_quads (&gathered, batch->kind, batch->first, batch->n);
  glBlendFunc (GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  return TRUE;
}

static void
draw_layer (const Frame *frame, const XpsGlBatch *batch)
{
  XpsGlPainter *painter = frame->painter;
  const XpsItem *item = batch->item;
  const gboolean area = item->kind == XPS_ITEM_AREA;
  const XpsColour colour = xps_theme_colour (painter->theme, area ? item->fill : item->stroke.ink,
                                             area ? XPS_USE_FILL : XPS_USE_STROKE);
  const Box box = intersection (box_around (frame, batch->clip), box_around (frame, batch->bounds));
  if (box.right <= box.left || box.bottom <= box.top)
    return;
  glActiveTexture (GL_TEXTURE0 + XPS_GL_UNIT_CELLS);
  const gboolean gathered = gather_layer (frame, batch, box);
  glBindFramebuffer (GL_DRAW_FRAMEBUFFER, (GLuint)frame->framebuffer);
  glViewport (frame->corner[0], frame->corner[1], frame->width, frame->height);
  if (!gathered)
    return;
  set_scissor (frame, box);
  const XpsGlProgram *program = use_program (frame, PROGRAM_LAYER, batch->clip);
  glBindTexture (GL_TEXTURE_2D, painter->layer.texture);
  glUniform4f (program->uniforms[XPS_GL_UNIFORM_INK], (float)(colour.red * colour.alpha),
               (float)(colour.green * colour.alpha), (float)(colour.blue * colour.alpha),
               (float)colour.alpha);
  draw_quads (frame, PROGRAM_LAYER, batch->first_box, batch->n_boxes);
}

static void
draw_batch (const Frame *frame, guint i, guint *stretch)
{
  const XpsGlBatch *batch = &g_array_index (frame->painter->list->batches, XpsGlBatch, i);
  if (batch->layer) {
    draw_layer (frame, batch);
    return;
  }
  set_scissor (frame, box_around (frame, batch->clip));
  if (batch->kind == XPS_GL_IMAGE) {
    draw_image (frame, batch, g_array_index (frame->painter->images, GLuint, i));
    return;
  }
  const XpsGlProgram *program = use_program (frame, batch->kind, batch->clip);
  if (batch->kind == XPS_GL_STRIPS)
    draw_strips (frame, program, batch, stretch);
  else
    draw_quads (frame, batch->kind, batch->first, batch->n / programs[batch->kind].stride);
}

static void
bind_all (const XpsGlPainter *painter)
{
  glBindVertexArray (painter->vertex_array);
  glActiveTexture (GL_TEXTURE0 + XPS_GL_UNIT_RECORDS);
  glBindTexture (GL_TEXTURE_BUFFER, painter->textures[0]);
  glActiveTexture (GL_TEXTURE0 + XPS_GL_UNIT_STYLES);
  glBindTexture (GL_TEXTURE_BUFFER, painter->textures[1]);
  glActiveTexture (GL_TEXTURE0 + XPS_GL_UNIT_COLOURS);
  glBindTexture (GL_TEXTURE_2D, painter->colours);
}

static void
clear (const Frame *frame, const XpsTheme *theme, gboolean canvas)
{
  const XpsColour colour = xps_theme_colour (theme, xps_ink (XPS_INK_CANVAS), XPS_USE_FILL);
  set_scissor (frame, (Box){0, 0, frame->width, frame->height});
  if (canvas)
    glClearColor ((float)colour.red, (float)colour.green, (float)colour.blue, 1.0f);
  else
    glClearColor (0.0f, 0.0f, 0.0f, 0.0f);
  glClear (GL_COLOR_BUFFER_BIT);
}

void
xps_gl_painter_paint (XpsGlPainter *painter, int width, int height, const XpsTheme *theme, gboolean canvas)
{
  g_return_if_fail (painter != NULL && theme != NULL);
  if (width <= 0 || height <= 0)
    return;
  XpsGlState state;
  xps_gl_state_save (&state);
  Frame frame = {.painter = painter,
                 .width = width,
                 .height = height,
                 .corner = {state.viewport[0], state.viewport[1]},
                 .framebuffer = state.framebuffer};
  glViewport (frame.corner[0], frame.corner[1], width, height);
  clear (&frame, theme, canvas);
  if (painter->scene != NULL) {
    frame.scale_x = (float)(width / xps_scene_get_width (painter->scene));
    frame.scale_y = (float)(height / xps_scene_get_height (painter->scene));
    if (theme != painter->theme)
      upload_styles (painter, theme);
    bind_all (painter);
    guint stretch = 0;
    for (guint i = 0; i < painter->list->batches->len; i++)
      draw_batch (&frame, i, &stretch);
  }
  xps_gl_state_restore (&state);
  check_errors ("painting a scene");
}
