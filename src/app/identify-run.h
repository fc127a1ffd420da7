/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"
#include "quantify/identify.h"

/* Identification of what a session shows, off the main thread. Only fits that are up to date take part. */

typedef struct {
  gboolean sample;              /* all regions of the sample of the shown one; else that alone */
  gboolean secondary, recalled; /* take in what is left out by default */
  gboolean as_referenced;       /* energies are as they are; else a common shift is looked for */
  char **elements;              /* symbols the sample can hold, or NULL: any */
} XpsIdentifyWish;

/* Where an identified component is in the document. */
typedef struct {
  guint region;    /* id */
  char *component; /* name */
} XpsIdentifyPlace;

typedef struct {
  XpsIdentification *identification; /* NULL: there was nothing to identify */
  GArray *places;                    /* XpsIdentifyPlace, one for each of its components */
  guint n_left_out;                  /* regions with components but without a current fit */
  GPtrArray *records;                /* XpsFitRecord that it was made from */
} XpsIdentifyAnswer;

void xps_identify_answer_free (XpsIdentifyAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsIdentifyAnswer, xps_identify_answer_free)

/* The job gives an XpsIdentifyAnswer. The wish is copied. */
XpsJob *xps_identify_start (XpsSession *session, const XpsIdentifyWish *wish, XpsJobDone done,
                            gpointer user_data);
/* Whether an answer is still of what the session shows. */
gboolean xps_identify_is_current (const XpsIdentifyAnswer *answer, XpsSession *session,
                                  const XpsIdentifyWish *wish);

/* Writes what the user decided into the component (and the other line of its doublet), with the evidence of
 * this moment; one step of undo. `candidate` NULL: takes an assignment away. */
void xps_identify_assign (XpsSession *session, const XpsIdentifyAnswer *answer, guint component,
                          const XpsCandidate *candidate);
/* What a component is assigned to now, or NULL; borrowed until the next change. */
const XpsAssignment *xps_identify_get_assignment (XpsSession *session, const XpsIdentifyAnswer *answer,
                                                  guint component);
