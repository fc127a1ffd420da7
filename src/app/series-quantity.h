/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* What atomic ratios of a series rest on where neither files nor names say it, and which of them are asked
 * for: kept with its setup, but no part of what is fitted. In the terms of the command line. */

typedef struct {
  GPtrArray *levels;    /* char *: "NAME=LEVEL" of components, LEVEL "none": left out */
  GPtrArray *ratios;    /* char *: "A/B" */
  char *to;             /* ratios of every species to this one; NULL: none */
  char *matrix;         /* material that the electrons go through; NULL: not known */
  double photon_energy; /* eV, for spectra that say none; NaN: not known */
  double angle;         /* degrees between photons and electrons; NaN: not known */
  double emission;      /* degrees from the surface normal */
} XpsSeriesQuantity;

XpsSeriesQuantity *xps_series_quantity_new (void);
XpsSeriesQuantity *xps_series_quantity_copy (const XpsSeriesQuantity *self);
void xps_series_quantity_free (XpsSeriesQuantity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsSeriesQuantity, xps_series_quantity_free)

/* Level given for a component, borrowed; NULL: names are to say it. */
const char *xps_series_quantity_get_level (const XpsSeriesQuantity *self, const char *component);
/* `level` NULL or "": none given any more. */
void xps_series_quantity_set_level (XpsSeriesQuantity *self, const char *component, const char *level);
/* "A/B; C/D" to ratios and back; what is between the semicolons is not looked at. New string. */
void xps_series_quantity_set_ratios (XpsSeriesQuantity *self, const char *text);
char *xps_series_quantity_dup_ratios (const XpsSeriesQuantity *self);

/* Writes the member "quantification"; nothing where nothing was chosen. */
void xps_series_quantity_write (const XpsSeriesQuantity *self, JsonBuilder *builder);
/* From the object that has that member, or has not. */
gboolean xps_series_quantity_read (XpsSeriesQuantity *self, JsonObject *root, GError **error);
