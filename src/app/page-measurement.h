/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/page-base.h"

/* Rows of key and value: what the file says of itself and of the measurement. Nothing that it does not say.
 */
void xps_measurement_add_source (AdwPreferencesGroup *group, const XpsRegion *region);
void xps_measurement_add_acquisition (AdwPreferencesGroup *group, const XpsRegion *region);
/* Every further key of the file. */
void xps_measurement_add_keys (AdwPreferencesGroup *group, const XpsRegion *region);
