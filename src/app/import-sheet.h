/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"

/* The room's own: asks what a file does not say. HDF5 files without a default: which data sets hold
 * intensities and energies; columns of text: which is which, and whether energies are binding or kinetic. A
 * preview follows every choice. All `files` (GFile) are read by the same answers, those that can not be are
 * named; what is read becomes one step of undo. */
void xps_import_sheet_ask (XpsWindow *window, GListModel *files);
