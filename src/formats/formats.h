/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/memory.h"
#include "spectrum/spectrum.h"

/* Files of instruments and programs. One file of source per format, one row in the table of registry.c.
 * Detection is by content: each row scores the head and the tail of the file, the highest score reads it. */

#define XPS_FORMATS_ERROR (xps_formats_error_quark ())

typedef enum {
  XPS_FORMATS_ERROR_UNKNOWN,   /* no reader recognises the content */
  XPS_FORMATS_ERROR_MALFORMED, /* the content breaks the format at a named place */
  XPS_FORMATS_ERROR_TOO_LARGE, /* a declared size is absurd for the file */
  XPS_FORMATS_ERROR_EMPTY,     /* no spectrum inside */
  XPS_FORMATS_ERROR_WRITE,
  XPS_FORMATS_ERROR_CHOICE, /* nothing says what is to be plotted: see formats/choice.h */
} XpsFormatsError;

GQuark xps_formats_error_quark (void);

/* What came out of one file. */
typedef struct {
  char *path;
  const char *format; /* id of the row: "vamas", "text" */
  char *software, *instrument;
  char *comment; /* of the whole file, lines as written, or NULL */
  char *sha256;
  GPtrArray *warnings; /* char *: "line 26: ..." */
  GPtrArray *notes;    /* char *: what was guessed (which column was taken for what) */
  GPtrArray *spectra;  /* XpsSpectrum, in file order */
} XpsFile;

/* Empty; `format` is the id of a row. */
XpsFile *xps_file_new (const char *path, const char *format);
void xps_file_free (XpsFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsFile, xps_file_free)

/* Overrides for files that do not say enough. All members 0/NULL/NaN-free defaults: xps_read_options_init().
 */
typedef struct {
  const char *format; /* id that must be used, or NULL: detect */
  int energy_column;  /* text files, 1-based; 0: find out */
  int intensity_column;
  int sigma_column;
  XpsAxisKind axis; /* only looked at when axis_given */
  gboolean axis_given;
  XpsIntensityUnit unit; /* only looked at when unit_given */
  gboolean unit_given;
  gboolean decimal_comma;     /* force */
  const char *dataset;        /* HDF5 files: path of the intensities, or NULL: find out; borrowed */
  const char *energy_dataset; /* and of the energies */
  /* Set by readers of archives for their members. */
  gsize memory;    /* most bytes that may be used; 0: what the file's size allows */
  guint depth;     /* archives that the file lies in */
  guint64 *unpack; /* bytes that all archives around may still unpack together; NULL: not yet counted */
} XpsReadOptions;

void xps_read_options_init (XpsReadOptions *options);
/* What a reader may use for a file of this size: never more than an archive around it has left. */
void xps_read_options_init_budget (const XpsReadOptions *options, gsize size, XpsMemoryBudget *budget);

/* A folder gives all that can be read below it (folder.h). */
XpsFile *xps_file_open (const char *path, const XpsReadOptions *options, GError **error);
XpsFile *xps_file_open_bytes (GBytes *bytes, const char *name, const XpsReadOptions *options, GError **error);

/* Replaces the photon energy (eV) of all spectra where the file's is wrong or missing; what the file said
 * stays as the key "Photon energy in the file (eV)" and in the comment, with the reason. For listings and
 * converted files: a project keeps the correction beside the spectrum (region.scale). Warnings are those
 * of the new value. Nobody else may hold the spectra yet. */
void xps_file_correct_photon_energy (XpsFile *file, double photon_energy, const char *reason);

/* A spectrum by 0-based index as text ("3") or by exact, else case-insensitive, name; the message
 * lists the names there are. NULL selects the only or first one. Borrowed. */
const XpsSpectrum *xps_file_find_spectrum (const XpsFile *file, const char *selector, GError **error);

/* One reader or writer. */
typedef struct {
  const char *id, *title;
  const char *const *suffixes; /* lower case, without dot; NULL-terminated */
  /* 0 (no) to 100 (certain), 200 for a file of our own; head and tail hold up to 4096 bytes each. */
  int (*score) (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size);
  gboolean (*read) (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error);
  /* Text of a file with these spectra, or NULL with error; NULL member: cannot write. */
  GBytes *(*write) (GPtrArray *spectra, GError **error);
} XpsFormat;

const XpsFormat *const *xps_formats_get (gsize *n);
const XpsFormat *xps_formats_find_writer (const char *path, GError **error); /* by ending */
gboolean xps_formats_write (const char *path, GPtrArray *spectra, GError **error);
