/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/series-grow.h"

/* The room's own: what a series window says of the folder that it watches. */

typedef struct {
  const char *folder; /* NULL: it is not watched any more */
  const char *last;   /* frame and when it came, or NULL */
  const char *trouble;
  const GArray *awaited; /* XpsAwaited */
  guint seconds;         /* since a spectrum came */
} XpsLiveWords;

/* A line for each thing to say; "": nothing. New string. */
char *xps_live_dup_status (const XpsLiveWords *words);
/* Name of the last frame, and the present time of day. New string. */
char *xps_live_dup_last (const XpsSeries *series);
