/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/model-index.h"
#include "series/plan.h"

/* The room's own: a model of one step as a series sees it. What hangs on what, components in one row. */

typedef struct {
  guint parameter; /* free, of the model */
  double factor;
} XpsMapRoot;

typedef struct {
  const XpsComponent *component;
  gsize part;
  int area, position; /* parameters, -1: none */
  gsize leader;       /* first component whose area hangs on the same one unknown; itself */
  int frame;          /* of the plan, -1: none */
} XpsMapComponent;

typedef struct {
  const XpsModel *model;
  XpsModelIndex *index;
  gsize n_parameters, n_components;
  GArray **roots;    /* [parameters] XpsMapRoot */
  double *constants; /* [parameters] what a parameter is where all its roots are 0 */
  XpsMapComponent *components;
  gboolean *carrier; /* [parameters * components] parameter is a root of a position, width or form of it */
} XpsSeriesMap;

XpsSeriesMap *xps_series_map_new (const XpsModel *model, const XpsSeriesPlan *plan, GError **error);
void xps_series_map_free (XpsSeriesMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsSeriesMap, xps_series_map_free)

/* Whether a free parameter is a root of this component in any role but the intensity. */
static inline gboolean
xps_series_map_carries (const XpsSeriesMap *self, gsize parameter, gsize component)
{
  return self->carrier[parameter * self->n_components + component];
}
