/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/result.h"

/* Steps of xps_result_new(), which adds the fitted model and the warnings; `problem` becomes the result's. */
XpsResult *xps_result_new_empty (void);
void xps_result_take_end (XpsResult *self, XpsProblem *problem, const XpsEngine *engine,
                          const XpsOutcome *outcome);
void xps_result_derive_components (XpsResult *self);
void xps_result_diagnose (XpsResult *self);

/* Members of RESULT.json, of all spectra (-1) or one. */
void xps_result_write_components (const XpsResult *self, int spectrum, JsonBuilder *builder);
void xps_result_write_backgrounds (const XpsResult *self, gsize s, JsonBuilder *builder);
void xps_result_write_unit (const XpsResult *self, gsize s, JsonBuilder *builder);
/* `n` spectra from `first`, and the model they were fitted with. */
void xps_result_write_provenance (const XpsResult *self, gsize first, gsize n, const XpsModel *model,
                                  JsonBuilder *builder);
