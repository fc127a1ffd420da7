/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* What a person decided a component is, with the evidence of that moment: kept with the component in the
 * model, and so in the result and the report. Plain texts, all of them owned, any of them NULL; the fit does
 * not depend on it. The program never makes one by itself. */

typedef struct {
  char *species;   /* "Li6PS5Cl free S2-" */
  char *level;     /* "S 2p3/2" */
  char *source;    /* who says where the line of the species lies: one or more sources, in words */
  char *verified;  /* how the best of its values was verified: "nist-record", "seen", "secondary", "recalled",
                    * "user" */
  char *reference; /* the charge reference that the comparison was made with */
  GPtrArray *in_favour, *against, *alike; /* char *: sentences; species not told apart from it */
} XpsAssignment;

XpsAssignment *xps_assignment_new (const char *species, const char *level);
XpsAssignment *xps_assignment_copy (const XpsAssignment *self); /* NULL of NULL */
void xps_assignment_free (XpsAssignment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsAssignment, xps_assignment_free)
gboolean xps_assignment_equal (const XpsAssignment *a, const XpsAssignment *b); /* either may be NULL */

/* The member "assignment" of an object being built; nothing for NULL. */
void xps_assignment_to_json (const XpsAssignment *self, JsonBuilder *builder);
/* *out: new, or NULL where the object has no such member. FALSE with error when it has the wrong form. */
gboolean xps_assignment_from_json (JsonObject *component, XpsAssignment **out, GError **error);
