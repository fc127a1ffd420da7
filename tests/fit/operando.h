/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/oracle.h"

/* The operando S 2p series of the oracle: 31 spectra fitted one by one (p17) and all together (p18). */

#define OPERANDO_STEPS 31

typedef struct {
  TestTable *table;
  JsonNode *single, *joint; /* documents of p17 and p18 */
} Operando;

static inline void
operando_clear (Operando *self)
{
  g_clear_pointer (&self->table, test_table_free);
  g_clear_pointer (&self->single, json_node_unref);
  g_clear_pointer (&self->joint, json_node_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Operando, operando_clear)

static inline JsonNode *
operando_read_json (const char *relative)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = test_shared_path (relative);
  JsonNode *root = xps_json_read (path, NULL, &error);
  g_assert_no_error (error);
  return root;
}

/* FALSE when the shared folder is not there (the test is then marked as skipped). */
static inline gboolean
operando_read (Operando *self)
{
  g_autofree char *csv = test_shared_path ("oracle/problems/p17_operando_s2p.csv");
  *self = (Operando){0};
  if (csv == NULL)
    return FALSE;
  self->table = test_table_read (csv);
  self->single = operando_read_json ("oracle/problems/p17_operando_s2p.json");
  self->joint = operando_read_json ("oracle/problems/p18_operando_global.json");
  return TRUE;
}

/* Counts of one step. */
static inline double *
operando_dup_counts (const Operando *self, guint step)
{
  return test_table_column (self->table, self->table->header[step + 1]);
}

static inline XpsFitData *
operando_data (const Operando *self, guint step)
{
  g_autofree double *x = test_table_column (self->table, "x"), *y = operando_dup_counts (self, step);
  return xps_fit_data_new_arrays (self->table->rows->len, x, y, NULL, NULL, XPS_INTENSITY_COUNTS, 1);
}

/* Model of one step: 6 Voigts, 8 free parameters. */
static inline XpsModel *
operando_single_model (const Operando *self)
{
  g_autoptr (GError) error = NULL;
  XpsModel *model = xps_model_from_json (self->single, "p17", &error);
  g_assert_no_error (error);
  return model;
}

static inline void
operando_add_peak (XpsModelPart *part, const char *name, const char *center, const char *area)
{
  XpsComponent *component = xps_model_part_add_component (part, name, xps_shape_find ("voigt"));
  const char *const roles[] = {"center", center, "area", area, "fwhm_g", "wg", "fwhm_l", "wl"};
  for (guint i = 0; i < G_N_ELEMENTS (roles); i += 2)
    g_assert_true (xps_component_set_role (component, roles[i], roles[i + 1]));
}

static inline void
operando_add_doublet (XpsModel *model, XpsModelPart *part, guint step, const char *species,
                      const char *center, double splitting)
{
  g_autofree char *area = g_strdup_printf ("%s_a_%02u", species, step);
  g_autofree char *center_2 = g_strdup_printf ("%s_c2_%02u", species, step);
  g_autofree char *area_2 = g_strdup_printf ("%s_a2_%02u", species, step);
  g_autofree char *weak = g_strdup_printf ("%s_1/2", species);
  xps_model_add_link (model, center_2, center, 1, splitting);
  xps_model_add_link (model, area_2, area, 0.5, 0);
  operando_add_peak (part, species, center, area);
  operando_add_peak (part, weak, center_2, area_2);
}

/* Spectrum `step`; its own start values are those of the oracle's step of the same number modulo 31. The
 * position of a species is a sum of two unknowns: the step's own position and the shared offset. */
static inline void
operando_add_step (XpsModel *model, JsonObject *start, guint step)
{
  static const char *const own[] = {"ps4_c", "ps4_a", "li2s_a", "poly_a", "b0", "b1"};
  static const char *const species[] = {"li2s", "poly"};
  XpsModelPart *part = xps_model_add_part (model, NULL);
  part->id = g_strdup_printf ("%02u", step);
  for (guint i = 0; i < G_N_ELEMENTS (own); i++) {
    g_autofree char *name = g_strdup_printf ("%s_%02u", own[i], step);
    g_autofree char *like = g_strdup_printf ("%s_%02u", own[i], step % OPERANDO_STEPS);
    const gboolean area = g_str_has_suffix (own[i], "_a");
    xps_model_add_parameter (model, name, json_object_get_double_member (start, like), area ? 0 : -INFINITY,
                             INFINITY);
  }
  g_autofree char *ps4 = g_strdup_printf ("ps4_c_%02u", step);
  operando_add_doublet (model, part, step, "ps4", ps4, 1.18);
  for (guint i = 0; i < G_N_ELEMENTS (species); i++) {
    g_autofree char *center = g_strdup_printf ("%s_c_%02u", species[i], step);
    g_autofree char *offset = g_strdup_printf ("off_%s", species[i]);
    xps_parameter_add_term (xps_model_add_link (model, center, ps4, 1, 0), offset, 1);
    operando_add_doublet (model, part, step, species[i], center, 1.18);
  }
  XpsModelBackground *background = xps_model_part_add_background (part, xps_background_find ("poly"));
  background->settings.number[xps_background_find_setting (background->type, "x_ref")] = 163.0;
  for (guint k = 0; k < 2; k++) {
    g_autofree char *name = g_strdup_printf ("b%u_%02u", k, step);
    xps_model_background_add_parameter (background, "coeffs", name);
  }
}

/* Joint model of n_steps spectra: widths and both chemical offsets shared, six unknowns of each step's own.
 * With 31 steps it is p18, 190 unknowns. */
static inline XpsModel *
operando_joint_model (const Operando *self, guint n_steps)
{
  static const char *const shared[] = {"wg", "wl", "off_li2s", "off_poly"};
  JsonObject *start = json_object_get_object_member (json_node_get_object (self->joint), "start");
  XpsModel *model = xps_model_new ();
  g_ptr_array_set_size (model->parts, 0);
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++) {
    const gboolean width = shared[i][0] == 'w';
    xps_model_add_parameter (model, shared[i], json_object_get_double_member (start, shared[i]),
                             width ? 0.01 : -INFINITY, INFINITY);
  }
  for (guint step = 0; step < n_steps; step++)
    operando_add_step (model, start, step);
  return model;
}
