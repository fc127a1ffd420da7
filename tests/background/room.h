/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "background/background.h"
#include "support.h"

/* A background of the table made ready for one grid, as a problem would do it. */
typedef struct {
  const XpsBackground *row;
  XpsBackgroundSettings settings;
  XpsBackgroundPlan *plan;
} TestBackground;

static inline void
test_background_clear (TestBackground *self)
{
  if (self->plan != NULL)
    self->row->plan_free (self->plan);
  self->plan = NULL;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestBackground, test_background_clear)

static inline void
test_background_init (TestBackground *self, const char *id)
{
  self->row = xps_background_find (id);
  self->plan = NULL;
  g_assert_nonnull (self->row);
  xps_background_settings_init (self->row, &self->settings);
}

static inline void
test_background_set (TestBackground *self, const char *setting, double value)
{
  const int i = xps_background_find_setting (self->row, setting);
  g_assert_cmpint (i, >=, 0);
  self->settings.number[i] = value;
}

static inline void
test_background_word (TestBackground *self, const char *setting, const char *word)
{
  const int i = xps_background_find_setting (self->row, setting);
  g_assert_cmpint (i, >=, 0);
  for (int k = 0; self->row->settings[i].words[k] != NULL; k++) {
    if (strcmp (self->row->settings[i].words[k], word) == 0) {
      self->settings.word[i] = k;
      return;
    }
  }
  g_error ("no word %s", word);
}

static inline const char *
test_background_try (TestBackground *self, size_t n_parameters, size_t n, const double *x)
{
  test_background_clear (self);
  return self->row->plan (&self->settings, n_parameters, n, x, &self->plan);
}

static inline void
test_background_plan (TestBackground *self, size_t n_parameters, size_t n, const double *x)
{
  g_assert_cmpstr (test_background_try (self, n_parameters, n, x), ==, NULL);
}

static inline gboolean
test_certificate_warns (const XpsCertificate *certificate, const char *code)
{
  g_assert_nonnull (xps_certificate_explain (code));
  for (size_t i = 0; i < certificate->n_warnings; i++)
    if (strcmp (certificate->warnings[i], code) == 0)
      return TRUE;
  return FALSE;
}

/* A refusal: says so in a sentence, and its curve is nothing that could be mistaken for a background. */
static inline void
test_certificate_refused (const XpsCertificate *certificate, size_t n, const double *curve)
{
  g_assert_false (certificate->solved);
  g_assert_cmpuint (strlen (certificate->statement), >, 10);
  for (size_t i = 0; i < n; i++)
    g_assert_cmpfloat (curve[i], ==, 0.0);
}

static inline void
test_reverse (size_t n, double *values)
{
  for (size_t i = 0; i < n / 2; i++) {
    const double kept = values[i];
    values[i] = values[n - 1 - i];
    values[n - 1 - i] = kept;
  }
}
