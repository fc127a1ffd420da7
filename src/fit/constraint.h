/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/edit-private.h"

/* A constraint as people type it, taken apart. Grammar: docs/CONSTRAINTS.md. */

typedef enum {
  XPS_CONSTRAINT_FREE,  /* no bounds but the shape's */
  XPS_CONSTRAINT_FIX,   /* at `value`, NaN: where it is */
  XPS_CONSTRAINT_RANGE, /* low to high, infinite where open */
  XPS_CONSTRAINT_VALUE, /* `value`, as free as before */
  XPS_CONSTRAINT_LINK,  /* constant + sum of terms, within low to high */
} XpsConstraintKind;

typedef struct {
  XpsConstraintKind kind;
  double value, low, high, constant;
  GArray *coefs;    /* double */
  GPtrArray *names; /* char *: parameters */
} XpsConstraint;

/* The place a constraint is typed at. */
typedef struct {
  XpsModel *model; /* components that are pointed at may be given a parameter of their own */
  gsize part, component;
  gsize role;
} XpsConstraintPlace;

gboolean xps_constraint_parse (XpsConstraint *self, const XpsConstraintPlace *place, const char *text,
                               GError **error);
void xps_constraint_clear (XpsConstraint *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (XpsConstraint, xps_constraint_clear)

/* The first role of the whole model that uses a parameter owns it: there its own constraint is shown, at
 * every other one "the same as". FALSE: no role uses it. */
gboolean xps_constraint_find_owner (const XpsModel *model, const char *name, gsize *part, gsize *component,
                                    gsize *role);
/* The same within one part. */
gboolean xps_constraint_find_user (const XpsModel *model, gsize part, const char *name, gsize *component,
                                   gsize *role);
