/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project/project.h"

G_DEFINE_QUARK (xps - project - error - quark, xps_project_error)
