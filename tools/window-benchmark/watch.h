/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Stop-watches: frames of a widget, and how long the main loop is away from its poll. */

/* One step of what is measured, before each frame; `i` counts from 0. */
typedef void (*WatchStep) (guint i, gpointer data);

typedef struct {
  double seconds;   /* of all frames */
  double median_ms; /* between two frames */
  double worst_ms;
  double cpu_ms; /* of the processor for a frame, whatever else the machine did */
} WatchFrames;

/* `n` frames of the widget's window, a step before each. */
WatchFrames watch_frames (GtkWidget *widget, guint n, WatchStep step, gpointer data);

/* Runs the main loop until nothing is left to do for a while. */
void watch_settle (void);

/* The longest time that the main loop was away from its poll, and the most processor time that its thread
 * used up in one go: the former counts what else the machine did. */
typedef struct {
  double ms, cpu_ms;
} WatchBlock;

/* From now on; what was found, and start anew. */
void watch_blocks_start (void);
WatchBlock watch_blocks_take (void);

/* Of this process, in MB: what is resident now. */
double watch_memory (void);
