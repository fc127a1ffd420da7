/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-live-words.h"

#include <glib/gi18n.h>

static char *
dup_watched (const XpsLiveWords *words)
{
  g_autofree char *name = g_path_get_basename (words->folder);
  if (words->last == NULL)
    return g_strdup_printf (_ ("Watching %s"), name);
  return g_strdup_printf (_ ("Watching %s; last frame: %s"), name, words->last);
}

/* A level that is missing, and for how long already. */
static char *
dup_awaited (const XpsLiveWords *words, guint i)
{
  const XpsAwaited *awaited = &g_array_index (words->awaited, XpsAwaited, i);
  if (words->folder == NULL)
    return g_strdup_printf (
        _ ("Step %u lacks %s and is not taken in: watching the folder again goes on with it"), awaited->step,
        awaited->levels);
  /* Translators: number of the step, its missing core levels, seconds since a spectrum came. */
  return g_strdup_printf (i + 1 < words->awaited->len
                              ? _ ("Step %u lacks %s and the next one has begun: %u s")
                              : _ ("Step %u waits for %s: %u s"),
                          awaited->step, awaited->levels, words->seconds);
}

char *
xps_live_dup_status (const XpsLiveWords *words)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  if (words->folder != NULL)
    g_ptr_array_add (lines, dup_watched (words));
  for (guint i = 0; i < words->awaited->len; i++)
    g_ptr_array_add (lines, dup_awaited (words, i));
  if (words->folder != NULL && words->trouble != NULL)
    g_ptr_array_add (lines, g_strdup (words->trouble));
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

char *
xps_live_dup_last (const XpsSeries *series)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%X");
  const XpsStep *step = xps_series_get_step (series, xps_series_get_n (series) - 1);
  /* Translators: name of a frame, and the time of day when it came. */
  return g_strdup_printf (_ ("%s at %s"), step->name, time);
}
