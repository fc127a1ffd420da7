/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "background/background.h"
#include "fit/result.h"
#include "lineshape/shape.h"

/* Names of the tables' entries as the window shows them, short and in the user's language. The core keeps its
 * own, which files hold; an entry that this table does not know yet is shown by the core's name. */

const char *xps_page_background_title (const XpsBackground *background);
const char *xps_page_setting_title (const XpsBackgroundSetting *setting);
const char *xps_page_setting_word (const char *word);
const char *xps_page_background_role_title (const XpsBackgroundRole *role);
/* "position", "Gaussian FWHM", ... as the subject of a row. */
const char *xps_page_role_title (const XpsShapeRole *role);
const char *xps_page_shape_title (const XpsShape *shape);
const char *xps_page_weights_title (XpsWeights weights);
const char *xps_page_status_words (XpsStatus status);
/* Key of a certificate's item; NULL: nothing that a person needs to see. */
const char *xps_page_certificate_key (const char *key);
/* "area of PS4 2p3/2": the label of an edit behind Undo, and what a screen reader says. New string. */
char *xps_page_dup_role_of (const XpsShapeRole *role, const char *component);
