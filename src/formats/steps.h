/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/number.h"
#include "spectrum/spectrum.h"

/* Columns of a table that are named after the step each was measured at: "V1.750", "1.50 V", "Counts at
 * 300 K", "scan 3", or a number alone. */

typedef struct {
  const char *name;              /* of the variable: "Potential" */
  const char *unit;              /* "V", or NULL */
  char value[XPS_NUMBER_LENGTH]; /* as written, or in that unit */
  gsize prefix;                  /* bytes before the number */
  XpsIntensityUnit intensity;    /* as the words before the number say */
} XpsStepLabel;

gboolean xps_step_label_parse (const char *label, XpsStepLabel *step);
/* All of labels[n] say the same of steps that differ: two of them or more, or one
 * "V1.750". Fills steps[n]. */
gboolean xps_step_labels_parse (const char *const *labels, gsize n, XpsStepLabel *steps);
void xps_step_label_add_to (const XpsStepLabel *self, XpsAcquisition *acquisition);
