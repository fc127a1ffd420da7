/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "formats/formats.h"
#include "formats/vamas-block.h"

/* What the sources of the VAMAS reader share. ISO 14976:1998; Dench, Hazell, Seah, Surf. Interface Anal. 13
 * (1988)
 * 63. Parameters are counted as in the standard's list ("prefix numbers" 1 to 40). */

#define XPS_VAMAS_MAGIC        "VAMAS Surface Chemical Analysis Standard Data Transfer Format"
#define XPS_VAMAS_N_PARAMETERS 40

/* A line of a block's comment: see XpsAcquisition.from_vacuum, for which VAMAS has no field. */
#define XPS_VAMAS_FROM_VACUUM "Kinetic energies from the vacuum level: BE = hv - KE - work function"

typedef enum { XPS_VAMAS_REGULAR, XPS_VAMAS_IRREGULAR, XPS_VAMAS_MAPPING } XpsVamasScan;
typedef enum {
  XPS_VAMAS_MAP,
  XPS_VAMAS_MAPDP,
  XPS_VAMAS_MAPSV,
  XPS_VAMAS_MAPSVDP,
  XPS_VAMAS_NORM,
  XPS_VAMAS_SDP,
  XPS_VAMAS_SDPSV,
  XPS_VAMAS_SEM,
  XPS_VAMAS_NOEXP
} XpsVamasMode;

typedef struct {
  XpsLines lines;
  XpsFile *file;
  const XpsReadOptions *options;
  XpsMemoryBudget budget;
  GError *error; /* the first problem; every xps_vamas_take_ function does nothing once it is set */
  XpsSpan institution, instrument, operator_, experiment;
  XpsVamasList comment;
  XpsVamasMode mode;
  XpsVamasScan scan;
  XpsVamasList variables; /* label and unit of each experimental variable */
  int list_sign;          /* of the inclusion (+1) or exclusion (-1) list; 0: all parameters in every block */
  gboolean listed[XPS_VAMAS_N_PARAMETERS + 1];
  gsize n_future, n_blocks;
  char *program; /* that wrote the file, as its comment says */
  XpsVamasBlock first;
  /* Things seen to be wrong that come once a block, told once a file. */
  guint n_bad_dates, bad_date_line;
  guint n_fractional, n_missing;
} XpsVamas;

/* vamas-lines.c */
gboolean xps_vamas_fail (XpsVamas *self, XpsFormatsError code, guint line, const char *what,
                         const char *remedy);
void xps_vamas_warn (XpsVamas *self, guint line, const char *format, ...) G_GNUC_PRINTF (3, 4);
XpsSpan xps_vamas_take_text (XpsVamas *self, const char *what);
/* NaN where the line is empty or holds 1E37 or more, the standard's way to say "not given". */
double xps_vamas_take_number (XpsVamas *self, const char *what);
int xps_vamas_take_integer (XpsVamas *self, const char *what);
/* 0 or more, and not more than lines can follow. */
gsize xps_vamas_take_count (XpsVamas *self, const char *what);
/* Notes where `n * lines_each` lines are and goes past them. */
XpsVamasList xps_vamas_take_list (XpsVamas *self, gsize n, guint lines_each, const char *what);
gboolean xps_vamas_take_memory (XpsVamas *self, gsize bytes);
/* Copy taken off the budget; NULL for a text that is not given or when the budget is used up. */
char *xps_vamas_dup (XpsVamas *self, XpsSpan span);

/* vamas-block.c */
gboolean xps_vamas_read_block (XpsVamas *self, XpsVamasBlock *block);
/* Every field of the block that has no place of its own in the acquisition record. */
void xps_vamas_add_keys (XpsVamas *self, const XpsVamasBlock *block, XpsAcquisition *acquisition);

/* vamas-values.c: reads the ordinates that follow the block; NULL with the error set, or without one for a
 * block that holds no values (a warning tells). */
XpsSpectrum *xps_vamas_read_spectrum (XpsVamas *self, const XpsVamasBlock *block);

/* vamas-comment.c */
XpsAcquisition *xps_vamas_make_acquisition (XpsVamas *self, const XpsVamasBlock *block);
/* Block comment without CasaXPS records into `acquisition`, the records into a new stored fit (NULL: none).
 */
XpsStoredFit *xps_vamas_read_comment (XpsVamas *self, const XpsVamasBlock *block,
                                      XpsAcquisition *acquisition);

/* vamas-casa.c: one record line each; FALSE when its form is not known. */
gboolean xps_casa_read_region (XpsSpan line, XpsStoredFit *fit);
gboolean xps_casa_read_component (XpsSpan line, XpsStoredFit *fit);
gboolean xps_casa_read_calibration (XpsSpan line, XpsStoredFit *fit);

/* vamas-casa-write.c: appends the comment lines (new strings) that hold the fit. */
void xps_casa_write (const XpsStoredFit *fit, GPtrArray *lines);

/* vamas-check.c: what can be seen to be wrong. */
void xps_vamas_check_spectrum (XpsVamas *self, const XpsVamasBlock *block, const XpsSpectrum *spectrum);
void xps_vamas_check_file (XpsVamas *self);
