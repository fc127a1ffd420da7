/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/vamas-private.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

/* One record line, taken apart from the left. Names and tags stand in (* *) and may hold blanks, commas and
 * brackets; everything else is separated by blanks. */
typedef struct {
  XpsSpan rest;
  gboolean failed;
} Record;

static void
skip (Record *self, gsize n)
{
  self->rest = xps_span_trim (xps_span_slice (self->rest, n, self->rest.length));
}

static char *
take_name (Record *self)
{
  const gssize end = xps_span_find (self->rest, 2, "*)");

  if (self->failed || !xps_span_has_prefix (self->rest, "(*") || end < 0) {
    self->failed = TRUE;
    return NULL;
  }
  char *name = xps_span_dup (xps_span_slice (self->rest, 2, (gsize)end));
  skip (self, (gsize)end + 2);
  return name;
}

static XpsSpan
take_word (Record *self)
{
  gsize n = 0;

  while (n < self->rest.length && !g_ascii_isspace (self->rest.text[n]))
    n++;
  const XpsSpan word = xps_span_slice (self->rest, 0, n);
  self->failed |= n == 0;
  skip (self, n);
  return word;
}

static double
take_number (Record *self)
{
  const XpsSpan word = take_word (self);
  double value = (double)NAN;

  if (!self->failed && (!xps_span_parse_number (word, &value) || !isfinite (value)))
    self->failed = TRUE;
  return value;
}

static double
take_optional_number (Record *self)
{
  return self->rest.length > 0 ? take_number (self) : (double)NAN;
}

static void
expect_word (Record *self, const char *word)
{
  if (!xps_span_equal (take_word (self), word))
    self->failed = TRUE;
}

static int
take_integer (Record *self)
{
  const double value = take_number (self);

  if (!self->failed && value == floor (value) && fabs (value) < 1e6)
    return (int)value;
  self->failed = TRUE;
  return -1;
}

/* "Calib M = 281.1700 A = 284.8 BE ADD". A range of measured energies ("280,290") was seen in fragments only;
 * its first number is taken, as other readers do. */
gboolean
xps_casa_read_calibration (XpsSpan line, XpsStoredFit *fit)
{
  Record record = {.rest = line};
  double measured = 0, assigned = 0;

  if (!xps_span_has_prefix (line, "Calib "))
    return FALSE;
  expect_word (&record, "Calib");
  expect_word (&record, "M");
  expect_word (&record, "=");
  const XpsSpan range = take_word (&record);
  const gssize comma = xps_span_find (range, 0, ",");
  const XpsSpan first = comma < 0 ? range : xps_span_slice (range, 0, (gsize)comma);
  expect_word (&record, "A");
  expect_word (&record, "=");
  assigned = take_number (&record);
  /* Only additions on the binding energy scale are understood: anything else stays a processing record. */
  const gboolean additive =
      xps_span_find (record.rest, 0, "BE") >= 0 && xps_span_find (record.rest, 0, "ADD") >= 0;
  if (record.failed || !additive || !xps_span_parse_number (first, &measured) || !isfinite (measured))
    return FALSE;
  g_autofree char *text = xps_span_dup (line);
  xps_stored_fit_add_calibration (fit, measured, assigned, text);
  return TRUE;
}

/* CASA region (*name*) (*background*) start end rsf av_width off_start off_end cs1 cs2 cs3 cs4 (*tag*) mass x
 * uncorrected_rsf; version 2.0 ends after "(*tag*) 0". */
gboolean
xps_casa_read_region (XpsSpan line, XpsStoredFit *fit)
{
  Record record = {.rest = line};
  XpsStoredRegion *region = xps_stored_fit_add_region (fit);
  double *const numbers[] = {&region->start,         &region->end,          &region->sensitivity,
                             &region->average_width, &region->offset_start, &region->offset_end};

  region->line = line.line;
  expect_word (&record, "CASA");
  expect_word (&record, "region");
  region->name = take_name (&record);
  region->background = take_name (&record);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    *numbers[i] = take_number (&record);
  for (guint i = 0; i < G_N_ELEMENTS (region->cross_section); i++)
    region->cross_section[i] = take_number (&record);
  region->tag = take_name (&record);
  region->mass = take_optional_number (&record);
  take_optional_number (&record); /* 0 in every file seen */
  region->uncorrected_sensitivity = take_optional_number (&record);
  if (record.failed)
    g_ptr_array_remove_index (fit->regions, fit->regions->len - 1);
  return !record.failed;
}

static void
take_parameter (Record *record, const char *word, XpsStoredParameter *parameter)
{
  expect_word (record, word);
  parameter->value = take_number (record);
  parameter->low = take_number (record);
  parameter->high = take_number (record);
  parameter->link = take_integer (record);
  parameter->factor = take_number (record);
  if (parameter->link < -1)
    record->failed = TRUE;
}

/* The shape ends at "*)" before " Area"; a stray letter between them was seen ("(*LA(1.53,243)*z) Area"), so
 * the word that follows is the surer mark. The text is kept as written but for the marks. */
static char *
take_shape (Record *self)
{
  const gssize area = xps_span_find (self->rest, 0, ") Area ");

  if (self->failed || !xps_span_has_prefix (self->rest, "(*") || area < 2) {
    self->failed = TRUE;
    return NULL;
  }
  XpsSpan shape = xps_span_slice (self->rest, 2, (gsize)area);
  if (shape.length > 0 && shape.text[shape.length - 1] == '*')
    shape.length--;
  char *text = xps_span_dup (shape);
  skip (self, (gsize)area + 1);
  return text;
}

/* CASA comp (*name*) (*shape*) Area v lo hi link f MFWHM v lo hi link f Position v lo hi link d RSF r MASS m
 * INDEX i
 * (*tag*) CONST (*const*) UNCORRECTEDRSF u; version 2.0 has no CONST and UNCORRECTEDRSF. */
gboolean
xps_casa_read_component (XpsSpan line, XpsStoredFit *fit)
{
  Record record = {.rest = line};
  XpsStoredComponent *component = xps_stored_fit_add_component (fit);

  component->line = line.line;
  component->uncorrected_sensitivity = (double)NAN;
  expect_word (&record, "CASA");
  expect_word (&record, "comp");
  component->name = take_name (&record);
  component->shape = take_shape (&record);
  take_parameter (&record, "Area", &component->area);
  take_parameter (&record, "MFWHM", &component->fwhm);
  take_parameter (&record, "Position", &component->position);
  expect_word (&record, "RSF");
  component->sensitivity = take_number (&record);
  expect_word (&record, "MASS");
  component->mass = take_number (&record);
  expect_word (&record, "INDEX");
  component->index = take_integer (&record);
  component->tag = take_name (&record);
  if (xps_span_has_prefix (record.rest, "CONST")) {
    expect_word (&record, "CONST");
    component->constraint = take_name (&record);
  }
  if (xps_span_has_prefix (record.rest, "UNCORRECTEDRSF")) {
    expect_word (&record, "UNCORRECTEDRSF");
    component->uncorrected_sensitivity = take_number (&record);
  }
  if (record.failed)
    g_ptr_array_remove_index (fit->components, fit->components->len - 1);
  return !record.failed;
}
