/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/rows.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "formats/decode.h"
#include "formats/fields.h"
#include "formats/kherve.h"

/* Projects of KherveFitting: one object whose member "Core levels" holds, by name, binding energies, data
 * (which are divided by the transmission where the workbook has one), background and peaks. The photon energy
 * is in the workbook only. */

#define SPECTRUM_COST 2048
#define PEAK_COST     1024
#define MOST_PEAKS    200

typedef struct {
  XpsFile *file;
  XpsMemoryBudget budget;
  const char *level; /* name of the core level, for messages */
  gsize n_dropped;
  GError **error;
} Reader;

static int
score_kherve (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  gsize i = 0;

  while (i < head_length && g_ascii_isspace (head[i]))
    i++;
  if (i == head_length || head[i] != '{')
    return 0;
  return memmem (head, head_length, "\"Core levels\"", 13) != NULL ? 100 : 0;
}

static gboolean
fail (Reader *self, XpsFormatsError code, const char *what, const char *remedy)
{
  g_autofree char *place =
      self->level != NULL ? g_strdup_printf (_ ("core level \"%s\""), self->level) : NULL;
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file->path, place, what, remedy);
}

/* Numbers that are none become NaN. NULL where the member is no array of `n` elements (0: any number). */
static double *
read_numbers (Reader *self, JsonObject *object, const char *name, gsize *n)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  JsonArray *array = json_node_get_array (node);
  const gsize length = json_array_get_length (array);
  if (length == 0 || (*n != 0 && length != *n))
    return NULL;
  double *values = xps_memory_try_array (&self->budget, length, sizeof (double));
  for (gsize i = 0; values != NULL && i < length; i++) {
    JsonNode *element = json_array_get_element (array, (guint)i);
    const GType type = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_value_type (element) : G_TYPE_INVALID;
    values[i] = type == G_TYPE_DOUBLE || type == G_TYPE_INT64 ? json_node_get_double (element) : (double)NAN;
  }
  *n = length;
  return values;
}

/* Value as text, whatever its kind; NULL for arrays and objects. */
static char *
dup_value (JsonNode *node)
{
  char number[XPS_NUMBER_LENGTH];

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return xps_text_dup_printable (json_node_get_string (node), -1);
  return g_strdup (xps_number_format (json_node_get_double (node), number));
}

static void
add_column (Reader *self, JsonObject *object, const char *member, const char *label, XpsSpectrumDraft *draft)
{
  gsize n = draft->n;
  double *values = read_numbers (self, object, member, &n);

  if (values != NULL && xps_memory_take (&self->budget, 160 + strlen (label)))
    g_ptr_array_add (draft->columns, xps_column_new (XPS_COLUMN_COMPONENT, label, NULL, values));
  else
    g_free (values);
}

static void
add_peak (Reader *self, const char *name, JsonObject *object, XpsKherveFit *fit, XpsSpectrumDraft *draft)
{
  XpsKhervePeak *peak = xps_kherve_fit_add (fit, name);
  JsonObject *constraints = NULL;
  g_autoptr (GList) members = json_object_get_members (object);

  xps_json_get_object (object, "Constraints", &constraints, NULL);
  add_column (self, object, "y_values", peak->name, draft);
  for (GList *at = members; at != NULL; at = at->next) {
    const char *member = at->data;
    g_autofree char *text = dup_value (json_object_get_member (object, member));
    g_autofree char *constraint =
        constraints != NULL ? dup_value (json_object_get_member (constraints, member)) : NULL;
    if (text == NULL || !xps_memory_take (&self->budget, 160 + strlen (text)))
      continue;
    xps_kherve_fit_set (fit, peak, member, text, constraint);
    const gboolean bound = constraint != NULL && constraint[0] != '\0';
    g_autofree char *key = g_strdup_printf ("Peak %s: %s", peak->name, member);
    g_autofree char *value =
        g_strdup_printf ("%s%s%s%s", text, bound ? " [" : "", bound ? constraint : "", bound ? "]" : "");
    xps_acquisition_add_key (draft->acquisition, key, value);
  }
}

/* Kind and range of the background; its curve is a column. */
static void
read_background (Reader *self, JsonObject *background, XpsKherveFit *fit, XpsSpectrumDraft *draft)
{
  static const char *const members[] = {"Bkg Type", "Bkg Low", "Bkg High"};

  add_column (self, background, "Bkg Y", "Background", draft);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    g_autofree char *text = dup_value (json_object_get_member (background, members[i]));
    if (text != NULL)
      xps_kherve_fit_set (fit, NULL, members[i], text, NULL);
  }
}

static void
read_fit (Reader *self, JsonObject *level, XpsSpectrumDraft *draft)
{
  JsonObject *fitting = NULL, *peaks = NULL, *background = NULL;
  XpsKherveFit *fit = xps_kherve_fit_new ();

  xps_json_get_object (level, "Fitting", &fitting, NULL);
  xps_json_get_object (level, "Background", &background, NULL);
  if (fitting != NULL)
    xps_json_get_object (fitting, "Peaks", &peaks, NULL);
  if (background != NULL)
    read_background (self, background, fit, draft);
  g_autoptr (GList) names = peaks != NULL ? json_object_get_members (peaks) : NULL;
  guint n = 0;
  for (GList *at = names; at != NULL && n < MOST_PEAKS && xps_memory_take (&self->budget, PEAK_COST);
       at = at->next, n++) {
    JsonObject *peak = NULL;
    xps_json_get_object (peaks, at->data, &peak, NULL);
    if (peak != NULL)
      add_peak (self, at->data, peak, fit, draft);
  }
  draft->stored_fit = xps_kherve_fit_make_stored (fit, self->level, self->file);
  xps_kherve_fit_free (fit);
}

static gboolean
read_level (Reader *self, JsonObject *level)
{
  gsize n = 0;
  g_autofree double *energy = read_numbers (self, level, "B.E.", &n);
  g_autofree double *data = energy != NULL ? read_numbers (self, level, "Raw Data", &n) : NULL;

  if (data == NULL) {
    g_autofree char *name = xps_text_dup_excerpt (self->level, -1, 40);
    g_ptr_array_add (
        self->file->warnings,
        xps_text_printf (_ ("core level \"%s\" has no energies and data of the same number"), name));
    return TRUE;
  }
  if (!xps_memory_take (&self->budget, SPECTRUM_COST))
    return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, N_ ("no memory for so many core levels"), NULL);
  XpsSpectrumDraft draft = {
      .name = xps_text_dup_printable (self->level, -1),
      .axis = XPS_AXIS_BINDING,
      .axis_label = g_strdup ("B.E."),
      .unit = XPS_INTENSITY_COUNTS_PER_SECOND,
      .unit_label = g_strdup ("CPS"),
      .n = n,
      .energy = g_steal_pointer (&energy),
      .intensity = g_steal_pointer (&data),
      .columns = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_column_free),
      .acquisition = xps_acquisition_new (),
  };
  read_fit (self, level, &draft);
  XpsSpectrum *spectrum = xps_fields_make_spectrum (&draft, &self->n_dropped);
  if (spectrum != NULL)
    g_ptr_array_add (self->file->spectra, spectrum);
  return TRUE;
}

static gboolean
read_levels (Reader *self, JsonNode *root)
{
  JsonObject *levels = NULL;

  if (JSON_NODE_HOLDS_OBJECT (root))
    xps_json_get_object (json_node_get_object (root), "Core levels", &levels, NULL);
  if (levels == NULL)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, N_ ("member \"Core levels\" expected, found none"),
                 N_ ("save the project again in KherveFitting"));
  g_autoptr (GList) names = json_object_get_members (levels);
  for (GList *at = names; at != NULL; at = at->next) {
    JsonObject *level = NULL;
    self->level = at->data;
    xps_json_get_object (levels, at->data, &level, NULL);
    if (level != NULL && !read_level (self, level))
      return FALSE;
  }
  self->level = NULL;
  if (self->file->spectra->len == 0)
    return fail (self, XPS_FORMATS_ERROR_EMPTY, N_ ("no core level with data in the project"), NULL);
  self->file->software = g_strdup ("KherveFitting");
  g_ptr_array_add (
      self->file->notes,
      g_strdup (_ ("a project of KherveFitting: its data are counts per second, divided by the transmission "
                   "where it knew one; open the .xlsx beside it for the raw ones")));
  return TRUE;
}

static gboolean
read_kherve (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  Reader self = {.file = file, .error = error};
  XpsDecoded decoded = {0};

  xps_memory_budget_init (&self.budget, g_bytes_get_size (bytes));
  if (!xps_decode (bytes, &decoded))
    return fail (&self, XPS_FORMATS_ERROR_TOO_LARGE, N_ ("no memory to decode it"), NULL);
  g_autofree char *text = g_strndup (decoded.text, decoded.length);
  xps_decoded_clear (&decoded);
  g_autoptr (JsonNode) root = xps_json_read (file->path, text, error);
  return root != NULL && read_levels (&self, root);
}

static const char *const suffixes[] = {"json", NULL};

const XpsFormat xps_format_kherve_json = {
    .id = "kherve-json",
    .title = "KherveFitting project (.json)",
    .suffixes = suffixes,
    .score = score_kherve,
    .read = read_kherve,
};
