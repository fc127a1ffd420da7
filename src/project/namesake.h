/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "project/region.h"

/* What tells regions of one name apart: for each of `regions` (XpsRegion, of one sample) "Cycle 12",
 * "660 s" of a sputter time, the time of the day, or its place among those of its name; NULL where no other
 * is called so. Array of char *, as long as `regions`. */
GPtrArray *xps_region_list_distinctions (const GPtrArray *regions);
