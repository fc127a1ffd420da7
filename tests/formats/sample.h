/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "formats/formats.h"
#include "support.h"

/* Small files made in code. */

static inline XpsFile *
sample_open_text (const char *text, const XpsReadOptions *options, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return xps_file_open_bytes (bytes, "sample", options, error);
}

/* Reads what must be readable. */
static inline XpsFile *
sample_read (const char *text)
{
  g_autoptr (GError) error = NULL;
  XpsFile *file = sample_open_text (text, NULL, &error);
  g_assert_no_error (error);
  return file;
}

/* Reads what must be refused, with all of `words` in the message (NULL-terminated). */
static inline void
sample_refuse (const char *text, const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = sample_open_text (text, NULL, &error);
  g_assert_null (file);
  g_assert_nonnull (error);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (error->message, words[i]) == NULL)
      g_error ("\"%s\" is not in \"%s\"", words[i], error->message);
}

static inline const XpsSpectrum *
sample_spectrum (const XpsFile *file, guint index)
{
  g_assert_cmpuint (index, <, file->spectra->len);
  return g_ptr_array_index (file->spectra, index);
}

static inline gboolean
sample_mentions (const GPtrArray *strings, const char *word)
{
  for (guint i = 0; i < strings->len; i++)
    if (strstr (g_ptr_array_index (strings, i), word) != NULL)
      return TRUE;
  return FALSE;
}

static inline void
sample_assert_values (const double *values, const double *expected, gsize n)
{
  for (gsize i = 0; i < n; i++)
    test_assert_close (values[i], expected[i], 1e-9);
}

/* A VAMAS file is put together from its parts; each may be replaced before it is written. Lines end with LF.
 */
typedef struct {
  const char *magic, *comment; /* comment with its number of lines */
  const char *mode, *scan;
  const char *positions; /* the lines behind the scan mode */
  const char *variables; /* with their number */
  const char *list;      /* inclusion or exclusion, with its number */
  const char *future;    /* numbers of future entries and the experiment's ones */
  const char *blocks;    /* number of blocks */
  const char *body;
  const char *end;
} SampleVamas;

static inline SampleVamas
sample_vamas (const char *body)
{
  return (SampleVamas){
      .magic = "VAMAS Surface Chemical Analysis Standard Data Transfer Format 1988 May 4\n",
      .comment = "0\n",
      .mode = "NORM\n",
      .scan = "REGULAR\n",
      .positions = "1\n",
      .variables = "0\n",
      .list = "0\n",
      .future = "0\n0\n",
      .blocks = "1\n",
      .body = body,
      .end = "end of experiment\n",
  };
}

static inline char *
sample_vamas_dup (const SampleVamas *v)
{
  return g_strconcat (v->magic, "Institute\nInstrument\nOperator\nExperiment\n", v->comment, v->mode, v->scan,
                      v->positions, v->variables, v->list, "0\n", v->future, v->blocks, v->body, v->end,
                      NULL);
}

/* The fields of a plain block of an XPS experiment without variables: from the identifier to the date, ... */
#define SAMPLE_HEAD    "C 1s\nfoil\n2024\n3\n14\n9\n26\n50\n1\n"
#define SAMPLE_COMMENT "0\n"
/* ... from the technique to the transition, ... */
#define SAMPLE_SOURCE   "Al mono\n1486.6\n150\n1E37\n1e+037\n54.7\n0\n"
#define SAMPLE_ANALYSER "FAT\n20\n1E37\n4.5\n0\n100\n200\n45\n90\nC\n1s\n-1\n"
/* ... the axis, ... */
#define SAMPLE_AXIS "kinetic energy\neV\n1190\n0.1\n"
/* ... and what follows the corresponding variables. */
#define SAMPLE_SIGNAL "pulse counting\n0.1\n3\n0\n0\n0\n0\n0\n"
#define SAMPLE_BLOCK                                                                                         \
  SAMPLE_HEAD SAMPLE_COMMENT "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS                               \
                             "1\ncounts\nd\n" SAMPLE_SIGNAL "3\n0\n1\n100\n137\n174\n"
