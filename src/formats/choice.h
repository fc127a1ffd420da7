/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "formats/formats.h"

/* What a person can choose from where a file does not say what is to be plotted: its data sets of numbers. */

#define XPS_CHOICE_RANK 6

typedef struct {
  char *path; /* for XpsReadOptions.dataset and .energy_dataset */
  char *unit; /* as in the file, or NULL */
  guint rank;
  gsize shape[XPS_CHOICE_RANK]; /* slow to fast */
} XpsChoice;

void xps_choice_free (XpsChoice *choice);
/* "/entry/data/counts (3 x 801, counts)"; new string. */
char *xps_choice_dup_text (const XpsChoice *choice);
/* A longest dimension of two points or more: intensities or energies, not a setting of the instrument. */
gboolean xps_choice_is_curve (const XpsChoice *choice);

/* Data sets of an HDF5 file, in its order, whether it has a default or not. NULL with a message for a file of
 * another format, or one that can not be opened. XpsChoice; the caller's. */
GPtrArray *xps_choices_list (GBytes *bytes, const char *name, GError **error);
GPtrArray *xps_choices_list_file (const char *path, GError **error);

/* Columns of the widest sheet of a workbook, for XpsReadOptions.energy_column and .intensity_column; 0 for a
 * file of another kind, or one that can not be read. */
guint xps_choices_count_columns (GBytes *bytes);
