/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/record.h"

XpsFitRecord *xps_fit_record_new_empty (void);
