/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/series.h"

/* Which spectra make one step, where a step has several core levels. */

typedef enum {
  XPS_GROUP_GUESSED,   /* the first of the following that tells the spectra of every core level apart */
  XPS_GROUP_BY_FILE,   /* spectra of one file */
  XPS_GROUP_BY_SAMPLE, /* of one sample of a file */
  XPS_GROUP_BY_NAME,   /* of one name: columns "V1.750" of a table for each core level */
  XPS_GROUP_BY_ORDER,  /* where levels take turns, a step ends when one of them comes again; else the i-th of
                        * each */
  XPS_GROUP_GIVEN,     /* by hand */
  XPS_N_GROUP_RULES,
} XpsGroupRule;

const char *xps_group_rule_to_text (XpsGroupRule rule); /* "file", "sample", ... stable */
gboolean xps_group_rule_from_text (const char *text, XpsGroupRule *rule);

typedef struct {
  XpsGroupRule rule; /* that was used; never GUESSED */
  gsize n_steps, n_parts;
  int *inputs; /* [n_steps * n_parts] number of the input, -1: not measured */
} XpsSeriesGroups;

XpsSeriesGroups *xps_series_groups_new (gsize n_steps, gsize n_parts); /* all -1, by hand */
void xps_series_groups_free (XpsSeriesGroups *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsSeriesGroups, xps_series_groups_free)

/* members[n_parts]: arrays of gsize, numbers of the inputs of each core level in their order. `samples`
 * [n_inputs]: ids of their samples, 0 none; NULL: the names in the spectra. A rule that was asked for and
 * puts two spectra of one level into one step fails. */
XpsSeriesGroups *xps_series_group (const XpsSeriesInput *inputs, gsize n_inputs, GArray *const *members,
                                   gsize n_parts, const guint *samples, XpsGroupRule rule, GError **error);
/* What spectra of one step have in common by a rule (file, sample or name), "" for nothing; `samples` as
 * there. New string. */
char *xps_series_group_dup_key (const XpsSeriesInput *inputs, const guint *samples, gsize i,
                                XpsGroupRule rule);
/* Inputs of each window, as xps_series_assemble() finds them: array of n_windows arrays for
 * xps_series_group(). Fails where a window has none. */
GPtrArray *xps_series_find_members (const XpsSeriesInput *inputs, gsize n_inputs,
                                    const XpsSeriesWindow *windows, gsize n_windows, double photon_energy,
                                    GPtrArray *notes, GError **error);
/* Takes out of members (gsize, numbers of the inputs) the sums and means of other members of the same file,
 * known by their numbers: they are no steps. `notes` (may be NULL): a sentence for each.
 * xps_series_find_members() does it. */
void xps_series_drop_sums (const XpsSeriesInput *inputs, GArray *members, GPtrArray *notes);
/* xps_series_assemble() with steps that are given. A step's name and metadata are those of its first level
 * that was measured. */
XpsSeries *xps_series_assemble_groups (const XpsSeriesInput *inputs, gsize n_inputs,
                                       const XpsSeriesWindow *windows, const XpsSeriesGroups *groups,
                                       const char *pattern, double photon_energy, GPtrArray *notes,
                                       GError **error);
