/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session-private.h"

/* The session's own: what came of an import. */

typedef struct {
  GPtrArray *files;   /* XpsFile */
  GPtrArray *errors;  /* char *: of files that a person named */
  GPtrArray *foreign; /* char *: why, of files in folders that are no spectra */
  XpsWeights weights;
  gboolean models;
  XpsState *base, *state; /* before and after */
  GArray *ids;            /* guint: of the new regions */
  guint best;             /* the one to show */
  GListStore *asked;      /* GFile: that do not say enough */
  GListStore *taken;      /* GFile: files and folders that gave something */
} XpsHarvest;

/* session-tell.c */
/* The message about it: one line, below it everything that was refused, warned about and guessed. */
void xps_session_tell_harvest (XpsSession *self, const XpsHarvest *harvest, const XpsRegion *shown, guint n);
/* The same for good, file by file, in the next version of the document: xps_session_dup_import_log(). */
void xps_session_log_harvest (XpsSession *self, XpsHarvest *harvest);
