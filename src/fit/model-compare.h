/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/model.h"

/* Two models member by member, without writing them out: for questions that are asked at every movement of a
 * pointer. Values of links are not compared: they follow from the others. */

typedef enum {
  XPS_COMPARE_ALL = 0,        /* as xps_model_equal(): to the last bit, signs of zeros included */
  XPS_COMPARE_BUT_VALUES = 1, /* values of free and fixed parameters may differ */
  XPS_COMPARE_BUT_LABELS = 2, /* labels, species, sources and notes: nothing a fit depends on */
} XpsCompare;

gboolean xps_model_same (const XpsModel *a, const XpsModel *b, XpsCompare but);
