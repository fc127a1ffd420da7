/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"
#include "support.h"

/* What tests of the room share: samples, and waiting for what happens on other threads. */

static inline GFile *
app_sample (const char *name)
{
  return g_file_new_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "samples", name, NULL);
}

/* A model beside the samples. */
static inline XpsModel *
app_sample_model (const char *name)
{
  g_autoptr (GFile) file = app_sample (name);
  g_autoptr (GError) error = NULL;
  XpsModel *model = xps_model_read (g_file_peek_path (file), &error);
  g_assert_no_error (error);
  return model;
}

/* What a session said, in its order. */
typedef struct {
  GPtrArray *texts;
  guint severe;
} AppMessages;

static inline void
app_on_message (XpsSession *session, const char *text, gboolean severe, AppMessages *messages)
{
  g_ptr_array_add (messages->texts, g_strdup (text));
  messages->severe += severe;
}

static inline void
app_messages_init (AppMessages *messages, XpsSession *session)
{
  messages->texts = g_ptr_array_new_with_free_func (g_free);
  messages->severe = 0;
  g_signal_connect (session, "message", G_CALLBACK (app_on_message), messages);
}

static inline gboolean
app_on_late (gpointer late)
{
  *(gboolean *)late = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until CONDITION holds; a minute is more than anything here takes under sanitizers. */
#define APP_WAIT(condition)                                                                                  \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    gboolean app_late = FALSE;                                                                               \
    const guint app_source = g_timeout_add_seconds (60, app_on_late, &app_late);                             \
    while (!(condition) && !app_late)                                                                        \
      g_main_context_iteration (NULL, TRUE);                                                                 \
    g_assert_false (app_late);                                                                               \
    g_source_remove (app_source);                                                                            \
  }                                                                                                          \
  G_STMT_END

/* Lets pass what is already due, and `ms` more. */
static inline void
app_settle (guint ms)
{
  gboolean over = FALSE;
  g_timeout_add (ms, app_on_late, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}
