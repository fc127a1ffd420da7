/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/convert.h"

#include <math.h>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "project/project.h"

/* ---- projects ---- */

static gboolean
fail (const char *file, const char *place, const char *what, const char *remedy, GError **error)
{
  return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_WRITE, file, place, what, remedy);
}

/* By 0-based index, else by exact name. */
static gboolean
is_selected (const XpsRegion *region, guint index, const char *selector)
{
  guint64 wanted = 0;

  if (selector == NULL)
    return TRUE;
  if (g_ascii_string_to_unsigned (selector, 10, 0, G_MAXUINT32, &wanted, NULL))
    return wanted == index;
  return g_strcmp0 (region->name, selector) == 0;
}

gboolean
xps_cli_convert_project (const char *from, const char *to, const char *selector, GError **error)
{
  g_autoptr (XpsProject) project = xps_project_open (from, error);
  g_autoptr (GPtrArray) regions = g_ptr_array_new ();
  guint n_stale = 0;

  if (project == NULL)
    return FALSE;
  const XpsState *state = xps_project_get_state (project);
  for (guint i = 0; i < xps_state_get_n_regions (state); i++)
    if (is_selected (xps_state_get_region (state, i), i, selector))
      g_ptr_array_add (regions, (gpointer)xps_state_get_region (state, i));
  if (regions->len == 0)
    return fail (from, NULL, selector != NULL ? "has no such region" : "holds no spectrum",
                 "name one by its number, from 0, or by its name", error);
  if (!xps_regions_export ((const XpsRegion *const *)regions->pdata, regions->len, to, &n_stale, error))
    return FALSE;
  if (n_stale > 0) {
    g_autofree char *text =
        g_strdup_printf ("%s: %u fits no longer belong to their models and are left out", from, n_stale);
    xps_cli_warn (text);
  }
  return TRUE;
}

/* ---- results ---- */

/* What a result says of one spectrum that it was made from. */
typedef struct {
  char *region, *sha256;
  double photon_energy;
} Input;

static void
input_clear (Input *input)
{
  g_free (input->region);
  g_free (input->sha256);
}

static void
read_input (const XpsFitRecord *record, guint part, Input *out)
{
  g_autoptr (JsonNode) root = xps_json_read ("result", record->text, NULL);
  JsonObject *provenance = NULL;
  JsonArray *inputs = NULL;
  const char *region = NULL, *sha256 = NULL;

  *out = (Input){NULL, NULL, NAN};
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root) ||
      !xps_json_get_object (json_node_get_object (root), "provenance", &provenance, NULL) ||
      provenance == NULL || !xps_json_get_array (provenance, "input", &inputs, NULL) || inputs == NULL ||
      part >= json_array_get_length (inputs))
    return;
  JsonNode *node = json_array_get_element (inputs, part);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  xps_json_get_string (json_node_get_object (node), "region", &region, NULL);
  xps_json_get_string (json_node_get_object (node), "sha256", &sha256, NULL);
  xps_json_get_number (json_node_get_object (node), "photon_energy", &out->photon_energy, NULL);
  out->region = g_strdup (region);
  out->sha256 = g_strdup (sha256);
}

/* The only spectrum of that name; NULL: there is none, or several. */
static XpsFittedSpectrum *
find_spectrum (XpsFittedSpectrum *fitted, gsize n, const char *region)
{
  XpsFittedSpectrum *found = NULL;

  for (gsize i = 0; i < n; i++) {
    if (g_strcmp0 (xps_spectrum_get_name (fitted[i].spectrum), region) != 0)
      continue;
    if (found != NULL)
      return NULL;
    found = &fitted[i];
  }
  return found;
}

static void
attach (XpsFittedSpectrum *to, const XpsFitRecord *record, guint part, double photon_energy)
{
  to->record = record;
  to->part = part;
  if (isfinite (photon_energy))
    to->scale.photon_energy = photon_energy;
}

static gboolean
attach_result (const XpsFile *file, const char *path, gboolean chosen, XpsFittedSpectrum *fitted, gsize n,
               GPtrArray *records, GError **error)
{
  XpsFitRecord *record = xps_fit_record_read (path, error);
  guint n_found = 0;

  if (record == NULL)
    return FALSE;
  g_ptr_array_add (records, record);
  for (guint part = 0; part < record->model->parts->len; part++) {
    Input input;
    read_input (record, part, &input);
    const gboolean other = input.sha256 != NULL && g_strcmp0 (input.sha256, file->sha256) != 0;
    const gboolean named = chosen && n == 1 && part == 0;
    const char *region = named ? xps_spectrum_get_name (fitted[0].spectrum) : input.region;
    XpsFittedSpectrum *to = find_spectrum (fitted, n, region);
    if (!other && to != NULL) {
      attach (to, record, part, input.photon_energy);
      n_found++;
    }
    input_clear (&input);
  }
  return n_found > 0 || fail (path, NULL, "was not made from a spectrum of this file",
                              "name the file that was fitted, and the region with --region", error);
}

gboolean
xps_cli_attach_results (const XpsFile *file, const char *const *results, gboolean chosen,
                        XpsFittedSpectrum *fitted, gsize n, GPtrArray *records, GError **error)
{
  for (guint i = 0; results[i] != NULL; i++)
    if (!attach_result (file, results[i], chosen, fitted, n, records, error))
      return FALSE;
  return TRUE;
}
