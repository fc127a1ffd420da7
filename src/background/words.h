/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The room's own: marks a sentence for translators. It stays as it is here; whoever shows it to a person asks
 * for its translation. */
#define N_(text) text
