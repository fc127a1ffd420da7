/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/session.h"

#include "app/session-private.h"
#include "base/text.h"

/* The session itself: its document, what of it is shown, and the edits. Fits, previews and imports have files
 * of their own. */

G_DEFINE_FINAL_TYPE (XpsSession, xps_session, G_TYPE_OBJECT)

enum { PROP_PROJECT = 1, PROP_LIVE_FIT, PROP_FITTING, PROP_IMPORT_PROGRESS, N_PROPS };
enum {
  DOCUMENT_CHANGED,
  REGION_CHANGED,
  MODEL_CHANGED,
  SELECTION_CHANGED,
  FIT_CHANGED,
  MESSAGE,
  QUESTION,
  IMPORTED,
  SETTLE,
  OVERLAYS_READY,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

void
xps_session_tell (XpsSession *self, XpsNews news)
{
  g_object_ref (self);
  for (guint i = DOCUMENT_CHANGED; i <= FIT_CHANGED; i++)
    if (news & (1u << i))
      g_signal_emit (self, signals[i], 0);
  if (news & XPS_NEWS_FIT)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FITTING]);
  g_object_unref (self);
}

void
xps_session_say (XpsSession *self, gboolean severe, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = xps_text_vprintf (format, arguments);
  va_end (arguments);
  g_signal_emit (self, signals[MESSAGE], 0, text, severe);
}

void
xps_session_tell_overlays (XpsSession *self)
{
  g_signal_emit (self, signals[OVERLAYS_READY], 0);
}

void
xps_session_settle (XpsSession *self)
{
  g_signal_emit (self, signals[SETTLE], 0);
}

const XpsState *
xps_session_get_state (XpsSession *self)
{
  return xps_project_get_state (self->project);
}

/* ---- following the document ---- */

static guint
find_index (const XpsState *state, guint id)
{
  for (guint i = 0; i < xps_state_get_n_regions (state); i++)
    if (xps_state_get_region (state, i)->id == id)
      return i;
  return 0;
}

/* Anything a list of samples and regions shows, other than the fit of region `but` that still has its name.
 */
static gboolean
list_differs (const XpsState *a, const XpsState *b, guint but)
{
  if (xps_state_get_n_regions (a) != xps_state_get_n_regions (b) ||
      xps_state_get_n_samples (a) != xps_state_get_n_samples (b))
    return TRUE;
  for (guint i = 0; i < xps_state_get_n_samples (a); i++) {
    const XpsSample *x = xps_state_get_sample (a, i), *y = xps_state_get_sample (b, i);
    if (x != y && (x->id != y->id || g_strcmp0 (x->name, y->name) != 0))
      return TRUE;
  }
  for (guint i = 0; i < xps_state_get_n_regions (a); i++) {
    const XpsRegion *x = xps_state_get_region (a, i), *y = xps_state_get_region (b, i);
    if (x == y)
      continue;
    if (x->id != y->id || x->id != but || x->sample != y->sample || x->kind != y->kind ||
        g_strcmp0 (x->name, y->name) != 0)
      return TRUE;
  }
  return FALSE;
}

/* Takes out of the selection what is gone, and puts the shown region in. */
static gboolean
mend_selection (XpsSession *self, const XpsState *state)
{
  gboolean changed = FALSE, shown = FALSE;
  for (guint i = self->selected->len; i-- > 0;) {
    const guint id = g_array_index (self->selected, guint, i);
    shown = shown || id == self->region_id;
    if (xps_state_find_region (state, id) != NULL)
      continue;
    g_array_remove_index (self->selected, i);
    changed = TRUE;
  }
  if (shown || self->region_id == 0)
    return changed;
  g_array_set_size (self->selected, 0);
  g_array_append_val (self->selected, self->region_id);
  return TRUE;
}

static int
count_components (const XpsRegion *region)
{
  if (region == NULL || region->model->parts->len == 0)
    return 0;
  const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  return (int)part->components->len;
}

static void
set_region (XpsSession *self, const XpsRegion *region)
{
  XpsRegion *old = self->region;
  self->region = region != NULL ? xps_region_ref (region) : NULL;
  self->region_id = region != NULL ? region->id : 0;
  self->last_id = region != NULL ? region->id : self->last_id;
  g_clear_pointer (&self->drag, xps_region_unref);
  g_clear_pointer (&old, xps_region_unref);
}

/* The region that takes the place of one that is gone: the next one, else the last one. Where none was shown,
 * the one that undo took away and redo brings back, else the first one. */
static const XpsRegion *
choose_neighbour (XpsSession *self, const XpsState *state)
{
  const guint n = xps_state_get_n_regions (state);
  const XpsRegion *again = xps_state_find_region (state, self->last_id);
  if (n == 0 || (self->region_id == 0 && again != NULL))
    return again;
  const guint place = self->region_id != 0 ? find_index (self->seen, self->region_id) : 0;
  return xps_state_get_region (state, MIN (place, n - 1));
}

static XpsNews
follow_region (XpsSession *self, const XpsState *state)
{
  const XpsRegion *now = self->region_id != 0 ? xps_state_find_region (state, self->region_id) : NULL;
  if (now != NULL && now == self->region && self->drag == NULL)
    return 0;
  if (now == NULL && self->region_id == 0 && xps_state_get_n_regions (state) == 0)
    return 0;
  XpsNews news = XPS_NEWS_MODEL;
  if (now == NULL) {
    now = choose_neighbour (self, state);
    news |= XPS_NEWS_REGION | XPS_NEWS_SELECTION;
    self->component = -1;
    xps_session_clear_previews (self);
  }
  set_region (self, now);
  if (self->component >= count_components (self->region)) {
    self->component = -1;
    news |= XPS_NEWS_SELECTION;
  }
  return news;
}

static void
on_project_changed (XpsSession *self)
{
  const XpsState *state = xps_session_get_state (self);
  XpsNews news = 0;
  if (list_differs (self->seen, state, self->region_id)) {
    news |= XPS_NEWS_DOCUMENT;
    xps_session_drop_overlays (self);
  }
  news |= follow_region (self, state);
  if (mend_selection (self, state))
    news |= XPS_NEWS_SELECTION;
  XpsState *old = self->seen;
  self->seen = xps_state_ref (state);
  xps_state_unref (old);
  xps_session_tell (self, news);
}

XpsProject *
xps_session_get_project (XpsSession *self)
{
  return self->project;
}

static void
forget_project (XpsSession *self)
{
  xps_session_drop_run (self);
  g_clear_handle_id (&self->live_source, g_source_remove);
  g_clear_signal_handler (&self->changed_handler, self->project);
  g_clear_object (&self->project);
  g_clear_pointer (&self->seen, xps_state_unref);
  set_region (self, NULL);
  xps_session_clear_previews (self);
  g_array_set_size (self->selected, 0);
  g_hash_table_remove_all (self->words);
  g_string_truncate (self->unsaved_log, 0);
  g_clear_pointer (&self->colours, xps_species_colours_free);
  g_clear_pointer (&self->coloured, xps_state_unref);
  self->component = -1;
  self->last_id = 0;
}

static void
adopt_project (XpsSession *self, XpsProject *project)
{
  self->project = g_object_ref (project);
  self->changed_handler =
      g_signal_connect_swapped (project, "changed", G_CALLBACK (on_project_changed), self);
  const XpsState *state = xps_project_get_state (project);
  self->seen = xps_state_ref (state);
  if (xps_state_get_n_regions (state) > 0)
    set_region (self, xps_state_get_region (state, 0));
  mend_selection (self, state);
}

void
xps_session_set_project (XpsSession *self, XpsProject *project)
{
  if (project == self->project)
    return;
  xps_session_settle (self);
  g_object_ref (project);
  forget_project (self);
  adopt_project (self, project);
  g_object_unref (project);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROJECT]);
  xps_session_tell (self,
                    XPS_NEWS_DOCUMENT | XPS_NEWS_REGION | XPS_NEWS_MODEL | XPS_NEWS_SELECTION | XPS_NEWS_FIT);
}

/* ---- what is shown ---- */

guint
xps_session_get_region_id (XpsSession *self)
{
  return self->region_id;
}

void
xps_session_show_region (XpsSession *self, guint id)
{
  const XpsRegion *region = xps_state_find_region (self->seen, id);
  if (region == NULL || id == self->region_id)
    return;
  xps_session_select_regions (self, &id, 1);
}

const XpsRegion *
xps_session_get_region (XpsSession *self)
{
  return self->drag != NULL ? self->drag : self->region;
}

const GArray *
xps_session_get_selected_regions (XpsSession *self)
{
  return self->selected;
}

static gboolean
is_selected (XpsSession *self, const guint *ids, guint n)
{
  if (n != self->selected->len)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (g_array_index (self->selected, guint, i) != ids[i])
      return FALSE;
  return TRUE;
}

/* The shown region stays when it is still among the selected ones, else the first of them is shown. */
void
xps_session_select_regions (XpsSession *self, const guint *ids, guint n)
{
  if (n == 0 || is_selected (self, ids, n))
    return;
  gboolean stays = FALSE;
  g_autoptr (GArray) selected = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n; i++) {
    if (xps_state_find_region (self->seen, ids[i]) == NULL)
      continue;
    g_array_append_val (selected, ids[i]);
    stays = stays || ids[i] == self->region_id;
  }
  if (selected->len == 0)
    return;
  if (!stays)
    xps_session_settle (self);
  XpsNews news = XPS_NEWS_SELECTION;
  g_array_set_size (self->selected, 0);
  g_array_append_vals (self->selected, selected->data, selected->len);
  xps_session_drop_overlays (self);
  if (!stays) {
    set_region (self, xps_state_find_region (self->seen, g_array_index (selected, guint, 0)));
    self->component = -1;
    xps_session_clear_previews (self);
    g_clear_handle_id (&self->live_source, g_source_remove);
    news |= XPS_NEWS_REGION | XPS_NEWS_MODEL | XPS_NEWS_FIT;
  }
  xps_session_tell (self, news);
}

int
xps_session_get_component (XpsSession *self)
{
  return self->component;
}

void
xps_session_select_component (XpsSession *self, int component)
{
  if (component < 0 || component >= count_components (xps_session_get_region (self)))
    component = -1;
  if (component == self->component)
    return;
  self->component = component;
  xps_session_tell (self, XPS_NEWS_SELECTION);
}

/* ---- object ---- */

static void
xps_session_dispose (GObject *object)
{
  XpsSession *self = XPS_SESSION (object);
  if (self->project != NULL)
    forget_project (self);
  G_OBJECT_CLASS (xps_session_parent_class)->dispose (object);
}

static void
xps_session_finalize (GObject *object)
{
  XpsSession *self = XPS_SESSION (object);
  g_array_unref (self->selected);
  g_clear_object (&self->import);
  g_hash_table_unref (self->words);
  g_string_free (self->unsaved_log, TRUE);
  G_OBJECT_CLASS (xps_session_parent_class)->finalize (object);
}

static void
xps_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  XpsSession *self = XPS_SESSION (object);
  if (id == PROP_PROJECT)
    g_value_set_object (value, self->project);
  else if (id == PROP_LIVE_FIT)
    g_value_set_boolean (value, self->live_fit);
  else if (id == PROP_FITTING)
    g_value_set_boolean (value, self->run != NULL);
  else if (id == PROP_IMPORT_PROGRESS)
    g_value_set_double (value, xps_session_get_import_progress (self));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
xps_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  XpsSession *self = XPS_SESSION (object);
  if (id == PROP_PROJECT)
    xps_session_set_project (self, g_value_get_object (value));
  else if (id == PROP_LIVE_FIT)
    xps_session_set_live_fit (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
xps_session_class_init (XpsSessionClass *class)
{
  static const char *const names[] = {"document-changed", "region-changed", "model-changed",
                                      "selection-changed", "fit-changed"};
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  object_class->dispose = xps_session_dispose;
  object_class->finalize = xps_session_finalize;
  object_class->get_property = xps_session_get_property;
  object_class->set_property = xps_session_set_property;
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  properties[PROP_PROJECT] =
      g_param_spec_object ("project", NULL, NULL, XPS_TYPE_PROJECT, flags | G_PARAM_READWRITE);
  properties[PROP_LIVE_FIT] = g_param_spec_boolean ("live-fit", NULL, NULL, FALSE, flags | G_PARAM_READWRITE);
  properties[PROP_FITTING] = g_param_spec_boolean ("fitting", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  properties[PROP_IMPORT_PROGRESS] =
      g_param_spec_double ("import-progress", NULL, NULL, -1.0, 1.0, -1.0, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  for (guint i = DOCUMENT_CHANGED; i <= FIT_CHANGED; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  signals[MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[QUESTION] = g_signal_new ("question", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_LIST_MODEL);
  signals[IMPORTED] = g_signal_new ("imported", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_LIST_MODEL);
  signals[OVERLAYS_READY] = g_signal_new ("overlays-ready", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SETTLE] = g_signal_new ("settle", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
xps_session_init (XpsSession *self)
{
  self->selected = g_array_new (FALSE, FALSE, sizeof (guint));
  self->words = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->unsaved_log = g_string_new (NULL);
  self->component = -1;
}

XpsSession *
xps_session_new (XpsProject *project)
{
  XpsSession *self = g_object_new (XPS_TYPE_SESSION, NULL);
  adopt_project (self, project);
  return self;
}
