/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/model.h"
#include "spectrum/energy.h"
#include "spectrum/spectrum.h"

/* A fit that came with a spectrum's file as a model of ours. One that this program wrote (NeXus) is that
 * model. One that CasaXPS left in a VAMAS file: regions become windows with their backgrounds, components
 * keep links, bounds and fixed values. What no shape or background of ours expresses is left out and named in
 * the model's not_supported, as is every reading that CasaXPS does not publish. Positions come out on the
 * calibrated binding-energy axis. scale->photon_energy: eV to use instead of the file's, or NaN; *scale
 * receives the file's scale with that photon energy and the calibration as its shift. Several regions with
 * components become a joint model whose parts are windows of the same spectrum. NULL with error when there is
 * nothing to fit. */
XpsModel *xps_model_from_stored_fit (const XpsSpectrum *spectrum, XpsEnergyScale *scale, GError **error);
