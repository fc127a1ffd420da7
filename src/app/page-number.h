/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "fit/result.h"

/* Numbers between the core and a person: labels and entries show them in the user's locale, files never do.
 */

/* Value with `decimals` places in the notation of the user's locale: what a label shows. Beyond the range
 * where fixed notation tells anything it is written with a power of ten; NaN is "–". New string. */
char *xps_page_dup_number (double value, int decimals);
/* As above, with significant digits. */
char *xps_page_dup_significant (double value, int digits);
/* Number as it is put into an entry, in the user's locale: seven significant digits, finer than anything
 * measured here; an entry that is left as it was is no edit, so the rest is not lost. "" for NaN and
 * infinities. */
char *xps_page_dup_entry_number (double value);
/* The same with all digits: what a file says. */
char *xps_page_dup_full_number (double value);
/* 161.65(1) in the user's locale; an error that is not known is a question mark in the parentheses. */
char *xps_page_dup_quantity (XpsQuantity quantity, int decimals);
/* 54.60–55.35, the smaller one first also among words that run to the left. */
char *xps_page_dup_range (double low, double high, int decimals);
/* As xps_page_dup_quantity() to be taken apart, without the marks that keep it together among words that run
 * to the left. */
char *xps_page_dup_bare_quantity (XpsQuantity quantity, int decimals);
/* A number as typed: locale's or a decimal point, white space and a unit's absence tolerated. FALSE with a
 * sentence. Empty text is NaN when `empty` allows it. */
gboolean xps_page_parse_number (const char *text, gboolean empty, double *value, GError **error);
/* Decimal point of text[0..] in base/number.h notation to the user's; also the minus sign. Takes it. */
char *xps_page_localise (char *take_text);
/* A sentence of the core, whose numbers have a point, with those numbers in the user's locale. Names stay as
 * they are: "LiNi0.8Co0.2O2", "scan.1.vms", "10.1016/j", "1.2.3", "/run 1.5/a.vms: ". New string. */
char *xps_page_dup_localised (const char *sentence);
