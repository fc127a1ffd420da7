/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

/* What table and pages ask of the session in one call: a copy of the shown model, one change of fit/edit.h,
 * one step of undo under a label in the user's language. `component` is an index into the shown part. A call
 * that returns FALSE has changed nothing. */

/* The shown part with every link's value filled in, or NULL without region. Borrowed until the next change.
 */
const XpsModel *xps_page_get_model (XpsSession *session);
const XpsModelPart *xps_page_get_part (XpsSession *session);
const XpsComponent *xps_page_get_component (XpsSession *session, gsize component); /* or NULL */
guint xps_page_get_n_components (XpsSession *session);
/* What to call it: its label, else its name. */
const char *xps_page_component_name (const XpsComponent *component);

/* The parameter behind a role, or NULL: not in the model, the role stands at its usual value. Borrowed. */
const XpsParameter *xps_page_get_parameter (XpsSession *session, gsize component, const char *role);
/* Whether a component before this one uses the same parameter: then it is that one's, as a link would be. */
gboolean xps_page_is_shared (XpsSession *session, gsize component, const char *role);
/* NaN where the shape has no such role. */
double xps_page_get_value (XpsSession *session, gsize component, const char *role);

gboolean xps_page_set_constraint (XpsSession *session, gsize component, const char *role, const char *text,
                                  GError **error);
void xps_page_set_fixed (XpsSession *session, gsize component, const char *role, gboolean fixed);
/* Bounds, infinite where there is none; the value is moved between them. FALSE when low > high. */
gboolean xps_page_set_bounds (XpsSession *session, gsize component, const char *role, double low, double high,
                              GError **error);
gboolean xps_page_rename (XpsSession *session, gsize component, const char *name, GError **error);
void xps_page_set_label (XpsSession *session, gsize component, const char *label);
void xps_page_set_phase (XpsSession *session, gsize component, const char *phase);
gboolean xps_page_set_shape (XpsSession *session, gsize component, const XpsShape *shape, GError **error);
void xps_page_remove (XpsSession *session, gsize component);
void xps_page_duplicate (XpsSession *session, gsize component);

/* The roles of this kind of `component` linked to the same role of `other`, as they are now: areas keep
 * their ratio, widths become equal. FALSE with a sentence where the shapes have nothing in common. */
gboolean xps_page_link_areas (XpsSession *session, gsize component, gsize other, GError **error);
gboolean xps_page_link_widths (XpsSession *session, gsize component, gsize other, GError **error);
/* `component` becomes the weaker line of `strong`: position at +splitting, area times ratio, same widths. */
gboolean xps_page_make_doublet (XpsSession *session, gsize component, gsize strong, double splitting,
                                double ratio, GError **error);
