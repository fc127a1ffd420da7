/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "formats/image.h"

/* Keys of Scienta's SES ("Pass Energy=50"), as they stand in its text files and in the notes of its Igor
 * waves. */

/* Keeps the pair; sets what it means of the image's record, name and sample. */
void xps_ses_add_key (XpsImage *image, const char *key, const char *value);

/* "Binding Energy [eV]": kind of the axis from its label; OTHER where it does not say. */
XpsAxisKind xps_ses_find_axis (const char *label);

/* "Y-Scale [mm]": label and unit apart; the unit is NULL where there are no brackets. New strings. */
void xps_ses_split_label (const char *text, char **label, char **unit);

/* A whole note ("[SES]", then lines of keys, further sections in brackets): lines end with CR, LF or both;
 * other programs put several pairs in a line, with semicolons between, and their whole note is the comment.
 */
void xps_ses_read_note (const char *note, XpsImage *image);

/* What joins several keys (date and time), once all are there. */
void xps_ses_finish (XpsImage *image);
