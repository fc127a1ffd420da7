/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json-stream.h"
#include "series/atoms.h"

/* Member "atomic" of a series' result: every factor of every line, and what is missing. */
void xps_atoms_write (const XpsAtoms *self, XpsJsonStream *json);
