/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "formats/lines.h"

/* 1E37 stands for "not given"; programs write it with different last digits. */
#define XPS_VAMAS_NOT_GIVEN 1e36

/* A block of a VAMAS file as it is written, without copies: spans and cursors into the file. */

/* Lines that are kept where they are: the cursor before the first one, and how many. */
typedef struct {
  XpsLines at;
  gsize n;
} XpsVamasList;

/* One block as the file writes it: numbers that are not given are NaN, texts that are not given have line 0.
 */
typedef struct {
  XpsSpan block_id, sample_id;
  double date[7]; /* year month day hour minute second, hours ahead of GMT */
  XpsVamasList comment;
  XpsSpan technique;
  double map_position[2];
  XpsVamasList variables; /* a value for each experimental variable */
  XpsSpan source;
  double ion[3];
  double source_energy, source_strength;
  double beam_width[2], field_of_view[2], line_scan[6], source_angle[2];
  XpsSpan analyser_mode;
  double pass_energy, differential_width, magnification, work_function, bias;
  double analysis_width[2], take_off[2];
  XpsSpan species, transition;
  double charge;
  XpsSpan abscissa_label, abscissa_unit;
  double start, increment;
  XpsVamasList ordinates; /* label and unit of each corresponding variable: two lines */
  XpsSpan signal_mode;
  double dwell, scans, time_correction;
  double sputter[6];
  XpsSpan sputter_mode;
  double tilt[2], rotation;
  XpsVamasList extra; /* label, unit and value of each additional parameter: three lines */
  XpsVamasList future;
  gsize n_values; /* of all corresponding variables together */
  guint line;     /* of the block identifier */
} XpsVamasBlock;
