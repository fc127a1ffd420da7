/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "project/project.h"
#include "support.h"

/* What the tests of this room share: spectra that fill every member, models, documents, and equality that
 * forgives nothing. */

/* Folder of this test, empty. New string. */
static inline char *
fixture_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("corelevel-XXXXXX", &error);
  g_assert_no_error (error);
  return folder;
}

static inline void
fixture_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      fixture_remove (path);
    else
      g_assert_cmpint (g_unlink (path), ==, 0);
  }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* How many files of any name, hidden ones too. */
static inline guint
fixture_count (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* This program once more, with what it is to do and a path; waits for the first line it says, without its
 * end. */
static inline GPid
fixture_start_child (const char *what, const char *path, char *answer, gsize size)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char *const arguments[] = {self, what, path, NULL};
  g_autoptr (GError) error = NULL;
  GPid pid;
  int in, out;
  g_spawn_async_with_pipes (NULL, (char **)arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &in,
                            &out, NULL, &error);
  g_assert_no_error (error);
  const gssize n = read (out, answer, size - 1);
  g_assert_cmpint (n, >, 1);
  answer[n - 1] = '\0';
  close (out); /* `in` stays open: the child waits */
  return pid;
}

/* ---- spectra ---- */

/* A Gaussian doublet (163.5 eV, 10 : 1, 1.18 eV apart) on a slope, binding energy 156 to 172 eV; `seed` makes
 * it its own. */
static inline XpsSpectrum *
fixture_spectrum_n (const char *name, guint seed, gsize n)
{
  XpsSpectrumDraft draft = {.name = g_strdup (name), .axis = XPS_AXIS_BINDING, .n = n};
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  draft.energy = g_new (double, n);
  draft.intensity = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    const double energy = 172 - 16 * (double)i / (double)(n - 1), z = (energy - 163.5) / 0.6,
                 y = z - 1.18 / 0.6;
    draft.energy[i] = energy;
    draft.intensity[i] = floor (400 + 5 * (energy - 156) + 3000 * exp (-z * z / 2) + 300 * exp (-y * y / 2) +
                                g_rand_int_range (random, -20, 20));
  }
  draft.unit = XPS_INTENSITY_COUNTS;
  draft.acquisition = xps_acquisition_new ();
  draft.acquisition->photon_energy = 1486.6;
  return xps_spectrum_new (&draft);
}

static inline XpsSpectrum *
fixture_spectrum (const char *name, guint seed)
{
  return fixture_spectrum_n (name, seed, 161);
}

static inline void
fixture_fill_stored_fit (XpsStoredFit *fit)
{
  fit->program = g_strdup ("CasaXPS Version 2.3.25");
  fit->binding = fit->in_data_unit = TRUE;
  fit->result = g_strdup ("{\"corelevel_result\": 1}\n");
  xps_stored_fit_add_calibration (fit, 285.2, 284.8 + 1e-13, "Calib M = 285.2");
  xps_stored_fit_add_calibration (fit, (double)NAN, (double)-INFINITY, NULL);
  g_ptr_array_add (fit->processing, g_strdup ("smooth \"5\"\\ \t\x01"));
  g_ptr_array_add (fit->processing, g_strdup (""));
  XpsStoredRegion *region = xps_stored_fit_add_region (fit);
  region->name = g_strdup ("S 2p");
  region->background = g_strdup ("U 2 Tougaard");
  region->start = 1314.6;
  region->end = 1330.6;
  region->mass = (double)NAN;
  region->average_width = 3;
  for (int i = 0; i < 4; i++)
    region->cross_section[i] = 1.1 / (i + 1);
  region->line = 4000000000u;
  for (int i = 0; i < 2; i++) {
    XpsStoredComponent *component = xps_stored_fit_add_component (fit);
    component->name = g_strdup (i == 0 ? "2p3/2" : "2p1/2");
    component->shape = g_strdup ("GL(30)");
    component->area = (XpsStoredParameter){1234.5 / 3, 0, 1e20, i - 1, 0.5};
    component->fwhm = (XpsStoredParameter){-0.0, 5e-324, (double)INFINITY, -1, (double)NAN};
    component->position = (XpsStoredParameter){1322.9 + i, 1320, 1325, i - 1, 1.18};
    component->position_error = 0.01 / (i + 3);
    component->index = -1;
    component->tag = g_strdup ("S\xc2\xb2");
  }
}

/* Every member has a value that is not the one it is born with, some of them hard to keep. */
static inline XpsSpectrum *
fixture_full_spectrum (void)
{
  const gsize n = 7;
  XpsSpectrumDraft draft = {
      .name = g_strdup ("S 2p \xce\xb1"), .sample = g_strdup ("a \"b\" \\ c\n"), .group = g_strdup ("g")};
  draft.axis = XPS_AXIS_KINETIC;
  draft.axis_label = g_strdup ("Kinetic Energy");
  draft.n = n;
  draft.energy = g_new (double, n);
  draft.intensity = g_new (double, n);
  draft.unit = XPS_INTENSITY_COUNTS_PER_SECOND;
  draft.unit_label = g_strdup ("c/s");
  draft.columns = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_column_free);
  for (int k = 0; k < 3; k++) {
    double *values = g_new (double, n);
    for (gsize i = 0; i < n; i++)
      values[i] = k == 2 && i == 3 ? (double)NAN : (double)(i + 1) / (k + 3);
    g_ptr_array_add (draft.columns, xps_column_new ((XpsColumnRole)(k * 2), k == 1 ? NULL : "T(E)",
                                                    k == 0 ? "" : NULL, values));
  }
  for (gsize i = 0; i < n; i++) {
    draft.energy[i] = 1314.6 + (double)i / 3;
    draft.intensity[i] = i == 0 ? -0.0 : i == 1 ? 5e-324 : i == 2 ? -1.7976931348623157e308 : 1e3 / (double)i;
  }
  XpsAcquisition *a = draft.acquisition = xps_acquisition_new ();
  double *const numbers[] = {&a->photon_energy,  &a->pass_energy,     &a->work_function, &a->dwell,
                             &a->scans,          &a->live_time,       &a->polar,         &a->azimuth,
                             &a->take_off_polar, &a->take_off_azimuth};
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    *numbers[i] = i == 3 ? (double)INFINITY : i == 4 ? -0.0 : 1486.6 / (i + 1);
  char **const texts[] = {&a->technique, &a->species,    &a->transition, &a->source, &a->analyser_mode,
                          &a->date,      &a->instrument, &a->operator_,  &a->comment};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = i == 8 ? g_strdup ("not UTF-8: \xff\xfe") : g_strdup_printf ("text %u", i);
  a->summed = FALSE;
  a->from_vacuum = TRUE;
  xps_acquisition_add_variable (a, "Etch Time", "s", "1e1");
  xps_acquisition_add_variable (a, NULL, NULL, NULL);
  xps_acquisition_add_key (a, "key", "");
  xps_acquisition_add_key_with_unit (a, "", "mm", "12");
  draft.stored_fit = xps_stored_fit_new ();
  fixture_fill_stored_fit (draft.stored_fit);
  return xps_spectrum_new (&draft);
}

/* ---- documents ---- */

/* A Voigt doublet with links on a straight line, good for the data of fixture_spectrum(). */
static inline XpsModel *
fixture_model (void)
{
  static const char *const text =
      "{\"corelevel_model\":1,\"energy_range\":[157.5,171.25],\"parameters\":["
      "{\"name\":\"A.center\",\"value\":163.4,\"min\":162,\"max\":165,\"vary\":true},"
      "{\"name\":\"A.area\",\"value\":3000,\"min\":0,\"vary\":true},"
      "{\"name\":\"A.fwhm\",\"value\":1.3,\"min\":0.2,\"max\":5},"
      "{\"name\":\"B.center\",\"of\":\"A.center\",\"coef\":1,\"const\":1.18},"
      "{\"name\":\"B.area\",\"of\":\"A.area\",\"coef\":0.1,\"const\":0},"
      "{\"name\":\"c0\",\"value\":400},{\"name\":\"c1\",\"value\":0.1}],"
      "\"components\":["
      "{\"name\":\"A\",\"type\":\"gauss\",\"params\":{\"center\":\"A.center\",\"area\":\"A.area\",\"fwhm\":"
      "\"A.fwhm\"},"
      "\"label\":\"S 2p3/2\",\"phase\":\"S\"},"
      "{\"name\":\"B\",\"type\":\"gauss\",\"params\":{\"center\":\"B.center\",\"area\":\"B.area\",\"fwhm\":"
      "\"A.fwhm\"}}],"
      "\"background\":[{\"type\":\"poly\",\"x_ref\":160,\"coeffs\":[\"c0\",\"c1\"]}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);
  g_assert_no_error (error);
  XpsModel *model = xps_model_from_json (node, "fixture", &error);
  g_assert_no_error (error);
  return model;
}

static inline XpsRegion *
fixture_region (const char *name, guint seed)
{
  g_autoptr (XpsSpectrum) spectrum = fixture_spectrum (name, seed);
  g_autoptr (XpsSource) source =
      xps_source_new_texts ("/data/\xff"
                            "a.vms",
                            "00ff", "vamas", "SW", NULL, seed, "2026-01-02T03:04:05Z");
  return xps_region_new (spectrum, source);
}

static inline XpsState *
fixture_add (XpsState *take_state, guint sample, const char *name, guint seed)
{
  g_autoptr (XpsRegion) region = fixture_region (name, seed);
  XpsState *next = xps_state_add_region (take_state, sample, region, NULL);
  xps_state_unref (take_state);
  return next;
}

static inline XpsState *
fixture_add_sample (XpsState *take_state, const char *name, guint *id)
{
  XpsState *next = xps_state_add_sample (take_state, name, id);
  xps_state_unref (take_state);
  return next;
}

/* Two samples with two regions each. */
static inline XpsState *
fixture_state (void)
{
  guint first, second;
  XpsState *state = fixture_add_sample (xps_state_new (), "1.75 V", &first);
  state = fixture_add_sample (state, "1.50 V \xe2\x82\xac", &second);
  state = fixture_add (state, first, "S 2p", 1);
  state = fixture_add (state, first, "O 1s", 2);
  state = fixture_add (state, second, "S 2p", 3);
  return fixture_add (state, second, "VB", 4);
}

/* ---- equality ---- */

static inline void
fixture_same_double (double a, double b)
{
  /* Bit for bit, but for which NaN. */
  g_assert_true ((isnan (a) && isnan (b)) || memcmp (&a, &b, sizeof a) == 0);
}

static inline void
fixture_same_bytes (const double *a, const double *b, gsize n)
{
  g_assert_cmpmem (a, n * sizeof *a, b, n * sizeof *b);
}

static inline void
fixture_same_parameter (const XpsStoredParameter *a, const XpsStoredParameter *b)
{
  fixture_same_double (a->value, b->value);
  fixture_same_double (a->low, b->low);
  fixture_same_double (a->high, b->high);
  fixture_same_double (a->factor, b->factor);
  g_assert_cmpint (a->link, ==, b->link);
}

static inline void
fixture_same_stored_regions (const XpsStoredFit *a, const XpsStoredFit *b)
{
  g_assert_cmpuint (a->regions->len, ==, b->regions->len);
  for (guint i = 0; i < a->regions->len; i++) {
    const XpsStoredRegion *p = a->regions->pdata[i], *q = b->regions->pdata[i];
    g_assert_cmpstr (p->name, ==, q->name);
    g_assert_cmpstr (p->background, ==, q->background);
    g_assert_cmpstr (p->tag, ==, q->tag);
    g_assert_cmpuint (p->line, ==, q->line);
    const double from[] = {p->start,
                           p->end,
                           p->sensitivity,
                           p->uncorrected_sensitivity,
                           p->mass,
                           p->average_width,
                           p->offset_start,
                           p->offset_end,
                           p->cross_section[0],
                           p->cross_section[1],
                           p->cross_section[2],
                           p->cross_section[3]};
    const double to[] = {q->start,
                         q->end,
                         q->sensitivity,
                         q->uncorrected_sensitivity,
                         q->mass,
                         q->average_width,
                         q->offset_start,
                         q->offset_end,
                         q->cross_section[0],
                         q->cross_section[1],
                         q->cross_section[2],
                         q->cross_section[3]};
    for (guint k = 0; k < G_N_ELEMENTS (from); k++)
      fixture_same_double (from[k], to[k]);
  }
}

static inline void
fixture_same_stored_fit (const XpsStoredFit *a, const XpsStoredFit *b)
{
  g_assert_cmpint (a == NULL, ==, b == NULL);
  if (a == NULL)
    return;
  g_assert_true (a->binding == b->binding && a->in_data_unit == b->in_data_unit);
  g_assert_cmpstr (a->result, ==, b->result);
  g_assert_cmpstr (a->program, ==, b->program);
  g_assert_cmpuint (a->calibrations->len, ==, b->calibrations->len);
  for (guint i = 0; i < a->calibrations->len; i++) {
    const XpsStoredCalibration *p = a->calibrations->pdata[i], *q = b->calibrations->pdata[i];
    fixture_same_double (p->measured, q->measured);
    fixture_same_double (p->assigned, q->assigned);
    g_assert_cmpstr (p->text, ==, q->text);
  }
  g_assert_cmpuint (a->processing->len, ==, b->processing->len);
  for (guint i = 0; i < a->processing->len; i++)
    g_assert_cmpstr (a->processing->pdata[i], ==, b->processing->pdata[i]);
  fixture_same_stored_regions (a, b);
  g_assert_cmpuint (a->components->len, ==, b->components->len);
  for (guint i = 0; i < a->components->len; i++) {
    const XpsStoredComponent *p = a->components->pdata[i], *q = b->components->pdata[i];
    g_assert_cmpstr (p->name, ==, q->name);
    g_assert_cmpstr (p->shape, ==, q->shape);
    g_assert_cmpstr (p->tag, ==, q->tag);
    g_assert_cmpstr (p->constraint, ==, q->constraint);
    g_assert_cmpint (p->index, ==, q->index);
    g_assert_cmpuint (p->line, ==, q->line);
    fixture_same_parameter (&p->area, &q->area);
    fixture_same_parameter (&p->fwhm, &q->fwhm);
    fixture_same_parameter (&p->position, &q->position);
    fixture_same_double (p->area_error, q->area_error);
    fixture_same_double (p->position_error, q->position_error);
    fixture_same_double (p->sensitivity, q->sensitivity);
    fixture_same_double (p->uncorrected_sensitivity, q->uncorrected_sensitivity);
    fixture_same_double (p->mass, q->mass);
  }
}

static inline void
fixture_same_acquisition (const XpsAcquisition *a, const XpsAcquisition *b)
{
  const double from[] = {a->photon_energy,  a->pass_energy,     a->work_function, a->dwell,
                         a->scans,          a->live_time,       a->polar,         a->azimuth,
                         a->take_off_polar, a->take_off_azimuth};
  const double to[] = {b->photon_energy,  b->pass_energy,     b->work_function, b->dwell,
                       b->scans,          b->live_time,       b->polar,         b->azimuth,
                       b->take_off_polar, b->take_off_azimuth};
  const char *const texts[] = {a->technique,  b->technique, a->species,    b->species,       a->transition,
                               b->transition, a->source,    b->source,     a->analyser_mode, b->analyser_mode,
                               a->date,       b->date,      a->instrument, b->instrument,    a->operator_,
                               b->operator_,  a->comment,   b->comment};
  for (guint i = 0; i < G_N_ELEMENTS (from); i++)
    fixture_same_double (from[i], to[i]);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i += 2)
    g_assert_cmpstr (texts[i], ==, texts[i + 1]);
  g_assert_cmpint (a->summed, ==, b->summed);
  g_assert_cmpint (a->from_vacuum, ==, b->from_vacuum);
  g_assert_cmpuint (a->variables->len, ==, b->variables->len);
  for (guint i = 0; i < a->variables->len; i++) {
    const XpsVariable *p = a->variables->pdata[i], *q = b->variables->pdata[i];
    g_assert_cmpstr (p->label, ==, q->label);
    g_assert_cmpstr (p->unit, ==, q->unit);
    g_assert_cmpstr (p->text, ==, q->text);
    fixture_same_double (p->value, q->value);
  }
  g_assert_cmpuint (a->keys->len, ==, b->keys->len);
  for (guint i = 0; i < a->keys->len; i++) {
    const XpsKey *p = a->keys->pdata[i], *q = b->keys->pdata[i];
    g_assert_cmpstr (p->key, ==, q->key);
    g_assert_cmpstr (p->value, ==, q->value);
    g_assert_cmpstr (p->unit, ==, q->unit);
  }
}

static inline void
fixture_same_spectrum (const XpsSpectrum *a, const XpsSpectrum *b)
{
  const gsize n = xps_spectrum_get_n (a);
  const GPtrArray *columns = xps_spectrum_get_columns (a), *others = xps_spectrum_get_columns (b);
  g_assert_cmpuint (n, ==, xps_spectrum_get_n (b));
  fixture_same_bytes (xps_spectrum_get_energy (a), xps_spectrum_get_energy (b), n);
  fixture_same_bytes (xps_spectrum_get_intensity (a), xps_spectrum_get_intensity (b), n);
  g_assert_cmpstr (xps_spectrum_get_name (a), ==, xps_spectrum_get_name (b));
  g_assert_cmpstr (xps_spectrum_get_sample (a), ==, xps_spectrum_get_sample (b));
  g_assert_cmpstr (xps_spectrum_get_group (a), ==, xps_spectrum_get_group (b));
  g_assert_cmpstr (xps_spectrum_get_axis_label (a), ==, xps_spectrum_get_axis_label (b));
  g_assert_cmpstr (xps_spectrum_get_unit_label (a), ==, xps_spectrum_get_unit_label (b));
  g_assert_cmpint (xps_spectrum_get_axis (a), ==, xps_spectrum_get_axis (b));
  g_assert_cmpint (xps_spectrum_get_unit (a), ==, xps_spectrum_get_unit (b));
  g_assert_cmpuint (columns->len, ==, others->len);
  for (guint i = 0; i < columns->len; i++) {
    const XpsColumn *p = columns->pdata[i], *q = others->pdata[i];
    g_assert_cmpint (p->role, ==, q->role);
    g_assert_cmpstr (p->label, ==, q->label);
    g_assert_cmpstr (p->unit, ==, q->unit);
    fixture_same_bytes (p->values, q->values, n);
  }
  fixture_same_acquisition (xps_spectrum_get_acquisition (a), xps_spectrum_get_acquisition (b));
  fixture_same_stored_fit (xps_spectrum_get_stored_fit (a), xps_spectrum_get_stored_fit (b));
}

static inline void
fixture_same_scale (const XpsEnergyScale *a, const XpsEnergyScale *b)
{
  fixture_same_double (a->photon_energy, b->photon_energy);
  fixture_same_double (a->work_function, b->work_function);
  fixture_same_double (a->shift, b->shift);
}

static inline void
fixture_same_source (const XpsSource *a, const XpsSource *b)
{
  g_assert_cmpint (a == NULL, ==, b == NULL);
  if (a == NULL)
    return;
  g_assert_cmpstr (a->path, ==, b->path);
  g_assert_cmpstr (a->sha256, ==, b->sha256);
  g_assert_cmpstr (a->format, ==, b->format);
  g_assert_cmpstr (a->software, ==, b->software);
  g_assert_cmpstr (a->instrument, ==, b->instrument);
  g_assert_cmpstr (a->imported, ==, b->imported);
  g_assert_cmpuint (a->index, ==, b->index);
}

static inline void
fixture_same_region (const XpsRegion *a, const XpsRegion *b)
{
  g_assert_cmpuint (a->id, ==, b->id);
  g_assert_cmpuint (a->sample, ==, b->sample);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->weights, ==, b->weights);
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpstr (a->scale_note, ==, b->scale_note);
  g_assert_cmpstr (a->notes, ==, b->notes);
  g_assert_cmpstr (a->view, ==, b->view);
  fixture_same_source (a->source, b->source);
  fixture_same_scale (&a->scale, &b->scale);
  fixture_same_scale (&a->fitted_scale, &b->fitted_scale);
  fixture_same_spectrum (a->spectrum, b->spectrum);
  g_assert_true (xps_model_equal (a->model, b->model));
  g_assert_cmpint (a->record == NULL, ==, b->record == NULL);
  if (a->record != NULL)
    g_assert_cmpstr (a->record->text, ==, b->record->text);
  g_assert_cmpint (xps_region_get_fit_state (a), ==, xps_region_get_fit_state (b));
}

static inline void
fixture_same_state (const XpsState *a, const XpsState *b)
{
  g_assert_cmpuint (xps_state_get_n_samples (a), ==, xps_state_get_n_samples (b));
  for (guint i = 0; i < xps_state_get_n_samples (a); i++) {
    const XpsSample *p = xps_state_get_sample (a, i), *q = xps_state_get_sample (b, i);
    g_assert_cmpuint (p->id, ==, q->id);
    g_assert_cmpstr (p->name, ==, q->name);
    g_assert_cmpstr (p->notes, ==, q->notes);
  }
  g_assert_cmpuint (xps_state_get_n_regions (a), ==, xps_state_get_n_regions (b));
  for (guint i = 0; i < xps_state_get_n_regions (a); i++)
    fixture_same_region (xps_state_get_region (a, i), xps_state_get_region (b, i));
}
