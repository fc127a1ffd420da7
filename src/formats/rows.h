/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "formats/formats.h"

/* The rows of the table in registry.c, one a source file. */

extern const XpsFormat xps_format_vamas;
extern const XpsFormat xps_format_hdf5;
extern const XpsFormat xps_format_igor_ibw;
extern const XpsFormat xps_format_igor_pxt;
extern const XpsFormat xps_format_phi_spe;
extern const XpsFormat xps_format_thermo_vgd;
extern const XpsFormat xps_format_scienta_da30;
extern const XpsFormat xps_format_scienta_txt;
extern const XpsFormat xps_format_specs_sle;
extern const XpsFormat xps_format_specs_xml;
extern const XpsFormat xps_format_specs_xy;
extern const XpsFormat xps_format_zip;
extern const XpsFormat xps_format_tar;
extern const XpsFormat xps_format_gzip;
extern const XpsFormat xps_format_xlsx;
extern const XpsFormat xps_format_kherve_json;
extern const XpsFormat xps_format_casa_txt;
extern const XpsFormat xps_format_phi_txt;
extern const XpsFormat xps_format_omicron_eis;
extern const XpsFormat xps_format_omicron_spectra;
extern const XpsFormat xps_format_cassiopee;
extern const XpsFormat xps_format_xls;
extern const XpsFormat xps_format_text;
extern const XpsFormat xps_format_nxs; /* written; read as HDF5 */
extern const XpsFormat xps_format_csv; /* written; read as text */

/* vamas-write.c, csv-write.c */
GBytes *xps_vamas_write (GPtrArray *spectra, GError **error);
GBytes *xps_csv_write (GPtrArray *spectra, GError **error);
