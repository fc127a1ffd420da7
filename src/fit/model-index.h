/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/model.h"

/* Names turned into indices: what every evaluation of a model needs and only a sound model has. */
typedef struct {
  GHashTable *by_name; /* char * (borrowed from the model) -> index */
  guint *order;        /* [parameters]: every link after what it points at */
  guint *term_start; /* [parameters + 1]: a parameter's terms are entries term_start[i] .. term_start[i + 1] -
                        1 */
  guint *term_of;    /* index of what a term points at */
  double *term_coef;
} XpsModelIndex;

void xps_model_index_free (XpsModelIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsModelIndex, xps_model_index_free)

/* Names and links only: what a model that is being put together has already. NULL with a message when a name
 * is missing, twice or unknown, or links run in a circle. */
XpsModelIndex *xps_model_index_new (const XpsModel *self, GError **error);
/* Whole and free of contradictions: names unique and known, links without cycles (both names in the message),
 * bounds around the values, roles given. Returns the index, or NULL with a message that names the place in
 * the model. */
XpsModelIndex *xps_model_check (const XpsModel *self, GError **error);
int xps_model_index_find (const XpsModelIndex *index, const char *name);

/* Sets links in values[parameters] from the entries of free and fixed parameters, as constant + coef * other
 * in this order, so that they hold to the last bit. */
void xps_model_index_resolve (const XpsModel *self, const XpsModelIndex *index, guint i,
                              double *values); /* one link */
void xps_model_resolve_links (const XpsModel *self, const XpsModelIndex *index, double *values);
