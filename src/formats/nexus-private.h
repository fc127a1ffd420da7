/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "formats/hdf5-library.h"
#include "formats/nexus-write.h"

/* What the files of the writer share. Every function does nothing once something has failed: the file is
 * looked at once, at the end. */

typedef struct {
  hid_t file, text; /* type of a text of any length, UTF-8 */
  gboolean failed;
} XpsNexusWriter;

/* nexus-put.c */
/* The group is closed with xps_nexus_end_group(); its parts keep the order in which they are made. */
hid_t xps_nexus_begin_group (XpsNexusWriter *self, hid_t parent, const char *name, const char *nx_class);
void xps_nexus_end_group (hid_t group);
/* Nothing is written for NULL, empty text and NaN. `unit` may be NULL. */
void xps_nexus_put_text (XpsNexusWriter *self, hid_t group, const char *name, const char *text,
                         const char *unit);
void xps_nexus_put_number (XpsNexusWriter *self, hid_t group, const char *name, double value,
                           const char *unit);
void xps_nexus_put_array (XpsNexusWriter *self, hid_t group, const char *name, const double *values, gsize n,
                          const char *unit);
void xps_nexus_put_attribute (XpsNexusWriter *self, hid_t object, const char *name, const char *text);
/* Of a data set in the group. */
void xps_nexus_put_attribute_of (XpsNexusWriter *self, hid_t group, const char *dataset, const char *name,
                                 const char *text);
void xps_nexus_put_attribute_number (XpsNexusWriter *self, hid_t group, const char *dataset, const char *name,
                                     double value);
void xps_nexus_put_attribute_list (XpsNexusWriter *self, hid_t object, const char *name,
                                   const char *const *words, gsize n);
/* A second name for what is there already. */
void xps_nexus_link (XpsNexusWriter *self, hid_t from, const char *name, hid_t to, const char *new_name);
/* Letters, digits and underscores, as NeXus wants names to be; not empty. New string. */
char *xps_nexus_dup_name (const char *text, const char *fallback);

/* Bytes of a note that a reader takes whole (hdf5-read.c). */
#define XPS_NEXUS_LONGEST_NOTE ((1u << 20) - 1)

/* nexus-fit.c */
void xps_nexus_put_fit (XpsNexusWriter *self, hid_t entry, const XpsSpectrum *spectrum,
                        const XpsNexusFit *fit);
void xps_nexus_put_stored_fit (XpsNexusWriter *self, hid_t entry, const XpsSpectrum *spectrum);
/* "binding", "kinetic", or NULL. */
const char *xps_nexus_axis_type (XpsAxisKind axis);
/* "counts", "counts_per_second", as in the file, or NULL. */
const char *xps_nexus_unit (const XpsSpectrum *spectrum);
