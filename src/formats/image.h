/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "formats/formats.h"

/* Intensities over an energy and up to three further dimensions (angle, place, repetition, time): the sum
 * over all of these is one spectrum; each step of the last of three or more dimensions, and each slice, is
 * one more, told apart by variables. */

#define XPS_IMAGE_DIMENSIONS 3 /* beside the energy */

typedef struct {
  char *label, *unit;
  gsize n;       /* 1 where the dimension is not there */
  double *scale; /* [n], NULL: counted from 0 */
} XpsImageDimension;

typedef struct {
  char *name, *sample, *group;
  XpsAxisKind axis;
  char *axis_label, *unit_label;
  XpsIntensityUnit unit;
  gsize n;
  double *energy; /* [n] */
  double *values; /* [slices][n], the dimensions below from fast to slow */
  XpsImageDimension dimensions[XPS_IMAGE_DIMENSIONS];
  /* [slices / dimensions[0].n][n]: what the instrument itself summed over the first dimension, to be taken
   * instead of a sum made here; NULL: none */
  double *sums;
  GPtrArray *columns; /* XpsColumn of the sum over everything, or NULL */
  XpsAcquisition *record;
  XpsStoredFit *stored_fit; /* of the sum over everything, or NULL */
} XpsImage;

XpsImage *xps_image_new (void);
void xps_image_free (XpsImage *image);

/* Product of the further dimensions; 1 for a plain spectrum. */
gsize xps_image_get_n_slices (const XpsImage *image);

/* Appends the sums of all images to file->spectra, then their slices: so sums keep their place whatever the
 * size of the images. Where the budget does not allow all slices, sums stay and a warning tells. Values that
 * are not finite are left out, with a warning. */
void xps_image_add_spectra (const GPtrArray *images, XpsMemoryBudget *budget, XpsFile *file);
