/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "project/state.h"

/* Lines of one phase in several regions of a document whose areas keep the ratio of their atoms and
 * sensitivities, exactly or within a tolerance. Part of a document's version like its regions: an edit of one
 * area moves the others, a fit of one region fits all that hang together. */

typedef struct {
  guint region;
  char *component; /* its name in the region's model: the stronger line of a doublet */
  char *level;     /* "S 2p", to show, or NULL */
  double factor;   /* areas are expected in this ratio, in the units of the regions; positive */
} XpsLinkedArea;

typedef struct {
  char *phase;
  double tolerance; /* 0 exact; 0.1: within 10 % of the first area's expectation */
  char *note;       /* what the factors were made of; "" none */
  gboolean fitted;  /* the present numbers of its regions come from one fit with it */
  GPtrArray *areas; /* XpsLinkedArea */
} XpsPhaseLink;

XpsPhaseLink *xps_phase_link_new (const char *phase, double tolerance, const char *note);
/* While it is being made. */
void xps_phase_link_add (XpsPhaseLink *self, guint region, const char *component, const char *level,
                         double factor);
XpsPhaseLink *xps_phase_link_ref (const XpsPhaseLink *self);
void xps_phase_link_unref (XpsPhaseLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsPhaseLink, xps_phase_link_unref)

guint xps_state_get_n_links (const XpsState *self);
const XpsPhaseLink *xps_state_get_link (const XpsState *self, guint i);

/* Keeps a link from now on; the other areas are set to what the first one asks for. NULL with error when an
 * area is not there, is not free, or belongs to another link. */
XpsState *xps_state_add_link (const XpsState *self, const XpsPhaseLink *link, GError **error);
XpsState *xps_state_remove_link (const XpsState *self, guint i); /* values stay */

/* Regions replaced as by xps_state_with_regions(), and what is linked to them follows: areas, names of
 * renamed components; links to components that are gone end. Results of linked regions are stale from then on.
 */
XpsState *xps_state_edit_regions (const XpsState *self, const XpsRegion *const *regions, guint n);

/* Regions (guint ids, `region` first) that can only be fitted together, in order of the document. */
GArray *xps_state_list_linked (const XpsState *self, guint region);

/* All regions of xps_state_list_linked() fitted together: XpsRegion in that order, each with a record of its
 * own. Blocking, any thread. NULL with error. */
GPtrArray *xps_state_fit_linked (const XpsState *self, guint region, const XpsFitOptions *options,
                                 GError **error);
/* Results of such fits taken in: links all of whose regions are among them count as fitted. */
XpsState *xps_state_take_fits (const XpsState *self, const XpsRegion *const *regions, guint n);

/* JSON of one link, and back; the error says what is wrong. */
char *xps_phase_link_dup_text (const XpsPhaseLink *self);
XpsPhaseLink *xps_phase_link_from_text (const char *text, GError **error);
