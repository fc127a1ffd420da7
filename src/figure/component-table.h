/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/preview.h"
#include "fit/record.h"

/* The numbers of a fit as people print them: a row a component with name, species, shape, position, Gaussian
 * and Lorentzian FWHM, total FWHM, area, share of all areas, each with its standard error where the fit gave
 * one. `record` NULL or not of this model: values alone, and the table says that they are not fitted. */

/* RFC 4180 with `separator` ',' (file) or '\t' (spreadsheets' clipboard); full precision, errors in columns
 * of their own, decimal point. New string. */
char *xps_component_table_dup_csv (const XpsPreview *preview, const XpsFitRecord *record, char separator);
/* A LaTeX table (booktabs), values as 161.65(1). New string. */
char *xps_component_table_dup_latex (const XpsPreview *preview, const XpsFitRecord *record);
