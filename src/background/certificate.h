/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "background/background.h"

/* Inside the room only: how static rows fill their certificates (begin with xps_certificate_init). */

void xps_certificate_state (XpsCertificate *certificate, const char *statement);
void xps_certificate_warn (XpsCertificate *certificate, const char *code);

/* Says no, and leaves a curve of zeros so that nobody draws rubbish. */
void xps_certificate_refuse (XpsCertificate *certificate, const char *statement, size_t n, double *curve);

/* The common end: refuses counts or a curve that are not finite, else states, and warns where the curve runs
 * above the counts by more than their noise. */
void xps_certificate_finish (XpsCertificate *certificate, const char *statement, size_t n,
                             const double *energy_ev, const double *counts, double *curve);
