/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/command.h"
#include "fit/result.h"

/* Parameters, components, quality and warnings as tables on standard output. */
void xps_cli_print_result (const XpsResult *result);
