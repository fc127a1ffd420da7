/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The room's own: plain names as the field prints them. */

/* Markup (scene/markup.h) for a plain text: digits of chemical formulas go down (Li6PS5Cl, of at least two
 * elements), charges behind an element or a formula go up ("PS4 3-", "Ni2+", "Li+"), and so do the j of level
 * names go down ("2p3/2"). Text that already is markup with tags stays. New string. */
char *xps_figure_label_markup (const char *plain);
