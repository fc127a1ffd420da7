/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/result.h"

/* Steps of xps_result_new(). */
void xps_result_derive_components (XpsResult *self);
void xps_result_diagnose (XpsResult *self);
