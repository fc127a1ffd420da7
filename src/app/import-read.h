/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "formats/choice.h"
#include "job/job.h"

/* The room's own: reading for the import sheet, off the main thread. */

/* What a person chose of a file that does not say enough; a value. All zero: find out. */
typedef struct {
  guint intensity, energy; /* places in the list of data sets or columns, 1 is the first */
  guint axis;              /* 0: as the file says, 1: binding, 2: kinetic energies */
  guint unit;              /* 0: as the file says, 1: counts, 2: counts per second */
  gboolean comma;
} XpsImportChoices;

gboolean xps_import_choices_equal (const XpsImportChoices *a, const XpsImportChoices *b);

/* What there is to choose from. Immutable, atomically counted. */
typedef struct {
  GFile *file;
  GBytes *bytes;           /* of it: what is previewed is what is taken, whatever becomes of the file */
  GPtrArray *sets;         /* XpsChoice, of HDF5; NULL: text */
  guint n_columns;         /* of a text or a workbook */
  gboolean workbook;
  XpsImportChoices likely; /* to begin with */
} XpsImportSubject;

XpsImportSubject *xps_import_subject_ref (XpsImportSubject *self);
void xps_import_subject_unref (XpsImportSubject *self);

/* Looks into a file: the job's result is an XpsImportSubject. */
XpsJob *xps_import_look (GFile *file, XpsJobDone done, gpointer user_data);

/* What came of files that were read by the same choices. */
typedef struct {
  XpsImportChoices choices;
  GPtrArray *files;    /* XpsFile */
  GPtrArray *failures; /* char * */
  GListStore *taken;   /* GFile: that were read */
} XpsImportRead;

void xps_import_read_free (XpsImportRead *self);

/* The subject alone, for a preview (`files` NULL), or every one of `files` (GFile), of which the subject is
 * the first. The job's result is an XpsImportRead; stopped between files it has what was read until then. */
XpsJob *xps_import_read (XpsImportSubject *subject, GListModel *files, const XpsImportChoices *choices,
                         XpsJobDone done, gpointer user_data);
