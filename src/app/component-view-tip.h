/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/component-view-item.h"

/* What a cell of the component table says in words. */

/* Why a number is grey, or NULL when it is the fit's. */
const char *xps_component_origin_words (XpsSession *session, XpsValueOrigin origin);
/* Name and value, constraint as a sentence, what is undefined, why it is grey; of a text all of it; NULL for
 * an empty cell. New string. */
char *xps_component_dup_tooltip (XpsSession *session, XpsComponentViewItem *item, XpsComponentColumn column);
/* "161.65(1) fixed ...": description for a screen reader. New string. */
char *xps_component_dup_description (XpsSession *session, XpsComponentViewItem *item,
                                     XpsComponentColumn column);
