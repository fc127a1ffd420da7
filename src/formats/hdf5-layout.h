/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "formats/hdf5-file.h"
#include "formats/image.h"

/* Who writes HDF5 files, each in a way of its own: a table in hdf5.c, one row a source file. */

typedef struct {
  XpsHdf5 *h;
  XpsFile *file;
  const XpsReadOptions *options;
  XpsMemoryBudget *budget;
  GPtrArray *images; /* XpsImage: what was found */
} XpsHdf5Reader;

typedef struct {
  const char *id;
  gboolean (*matches) (XpsHdf5Reader *self);
  /* Adds images; none where there is nothing to plot. FALSE with a message where it can not be read. */
  gboolean (*read) (XpsHdf5Reader *self, GError **error);
} XpsHdf5Layout;

extern const XpsHdf5Layout xps_hdf5_nexus, xps_hdf5_pearl, xps_hdf5_igor;

/* hdf5-chosen.c: the data sets that the options name. */
gboolean xps_hdf5_read_chosen (XpsHdf5Reader *self, GError **error);

/* ---- hdf5-array.c ---- */

/* An array of up to four dimensions (those of one element do not count) with the energy along one of them. */
typedef struct {
  const XpsHdf5Node *values;
  guint energy_dimension;
  double *energy;                         /* eV, [shape[energy_dimension]]; taken */
  const XpsHdf5Node *axes[XPS_HDF5_RANK]; /* of the other dimensions; NULL: counted */
} XpsHdf5Array;

/* The image, without its name and record; NULL with a message. Empties `array`. */
XpsImage *xps_hdf5_make_image (XpsHdf5Reader *self, XpsHdf5Array *array, GError **error);
/* An axis of `n` points in eV: also from n + 1 edges, from meV and keV, from an array of 1 x n. */
double *xps_hdf5_dup_energies (XpsHdf5Reader *self, const XpsHdf5Node *axis, gsize n, GError **error);
/* BE or KE from what the file says of the axis, unless the options say it. */
XpsAxisKind xps_hdf5_find_axis_kind (XpsHdf5Reader *self, const XpsHdf5Node *axis);
/* Unit from its attribute, unless the options say it. */
void xps_hdf5_set_unit (XpsHdf5Reader *self, const XpsHdf5Node *values, XpsImage *image);
gboolean xps_hdf5_is_energy (XpsHdf5Reader *self, const XpsHdf5Node *axis);

/* ---- hdf5-record.c ---- */

/* Every single value below a group as a key of the record: "instrument/source/name". */
void xps_hdf5_add_keys (XpsHdf5Reader *self, const XpsHdf5Node *group, XpsAcquisition *record);
/* The first child (or its child, ...) of that class; NULL: none. */
const XpsHdf5Node *xps_hdf5_find_class (XpsHdf5Reader *self, const XpsHdf5Node *group, const char *name);
/* What an NXentry says of an experiment: NXmpes, NXxps and what else has instrument, sample, user. */
void xps_hdf5_fill_entry (XpsHdf5Reader *self, const XpsHdf5Node *entry, XpsImage *image);

/* The file was written by this program. */
gboolean xps_hdf5_is_own (XpsHdf5Reader *self);

/* ---- hdf5-nxdata.c ---- */

/* An image of what an NXdata group shows; NULL with a message, or without one where it shows no spectrum.
 * `any`: also where no axis is said to be an energy. */
XpsImage *xps_hdf5_read_nxdata (XpsHdf5Reader *self, const XpsHdf5Node *data, gboolean any, GError **error);

/* ---- hdf5-nxfit.c ---- */

/* The fit that an entry holds beside its data (NXfit), or NULL. `image`: the data, with their axis. */
XpsStoredFit *xps_hdf5_read_nxfit (XpsHdf5Reader *reader, const XpsHdf5Node *entry, const XpsImage *image);

/* ---- hdf5-gda.c ---- */

/* The regions of an entry that Diamond's GDA wrote; TRUE where there are some. */
gboolean xps_hdf5_read_gda (XpsHdf5Reader *self, const XpsHdf5Node *entry);
