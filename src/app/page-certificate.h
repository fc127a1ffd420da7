/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/page-base.h"

/* What the solved backgrounds of the shown region can show for themselves, in words and numbers: rows of
 * `group`, which hides where there is nothing to say. A refusal, and any other reason why there are no
 * curves, stands first. */
void xps_page_certificate_show (AdwPreferencesGroup *group, XpsSession *session);
