/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/identify-run.h"

/* The room's own: rows of the identification, one group for a component. */

typedef void (*XpsIdentifyAssign) (guint component, const XpsCandidate *candidate, gpointer data);

/* `assign` is called when the user decides; with NULL to take an assignment away. The answer must outlive
 * the group. */
GtkWidget *xps_identify_group_new (XpsSession *session, XpsReference *reference,
                                   const XpsIdentifyAnswer *answer, guint component, XpsIdentifyAssign assign,
                                   gpointer data);
/* Marks what is assigned now. */
void xps_identify_group_refresh (GtkWidget *group, XpsSession *session, const XpsIdentifyAnswer *answer);
