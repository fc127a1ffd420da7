/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/made.h"
#include "fit/schema.h"

/* What a model file cannot mean is refused with one sentence that names the place, by the reader and, as far
 * as a schema can know, by the schema file; and the schema file says what the tables of shapes and
 * backgrounds say. */

#define LINE "'background':[{'type':'poly','coeffs':['b'],'x_ref':0}]"
typedef struct {
  const char *name, *text, *says[4];
} Refusal;

#define P(members) "{'parameters':[" members "]," LINE "}"
#define B          "{'name':'b','value':1}"
#define G(members)                                                                                           \
  "{'parameters':[{'name':'c','value':1},{'name':'a','value':1},{'name':'w','value':1}],'components':"       \
  "[" members "]}"
#define BG(members) "{'parameters':[" B "],'background':[" members "]}"

static const Refusal refusals[] = {
    {"cycle-two", P (B ",{'name':'p','of':'q'},{'name':'q','of':'p'}"), {"\"p\"", "\"q\"", "circle"}},
    {"cycle-self", P (B ",{'name':'p','of':'p'}"), {"\"p\"", "circle"}},
    {"cycle-long",
     P (B ",{'name':'p','of':'q'},{'name':'q','of':'r'},{'name':'r','of':'p'}"),
     {"circle", "\"p\""}},
    {"cycle-in-terms", P (B ",{'name':'p','of':'b','terms':[{'of':'p'}]}"), {"\"p\"", "circle"}},
    {"link-unknown", P (B ",{'name':'p','of':'nobody'}"), {"\"p\"", "\"nobody\""}},
    {"link-term-unknown", P (B ",{'name':'p','of':'b','terms':[{'of':'nobody'}]}"), {"\"p\"", "\"nobody\""}},
    {"link-term-nameless", P (B ",{'name':'p','of':'b','terms':[{'coef':1}]}"), {"\"p\"", "terms"}},
    {"link-term-kind", P (B ",{'name':'p','of':'b','terms':['b']}"), {"\"p\"", "terms"}},
    {"link-coef-text", P (B ",{'name':'p','of':'b','coef':'2'}"), {"\"p\"", "coef", "number"}},
    {"link-coef-huge", P (B ",{'name':'p','of':'b','coef':1e999}"), {"\"p\"", "coef", "finite"}},
    {"link-empty-box", P (B ",{'name':'p','of':'b','min':2,'max':1}"), {"\"p\"", "min 2", "max 1"}},
    {"twins", P (B "," B), {"\"b\"", "two parameters"}},
    {"nameless", P (B ",{'value':1}"), {"parameter 2", "no name"}},
    {"nameless-link", P (B ",{'of':'b'}"), {"parameter 2", "no name"}},
    {"name-number", P ("{'name':7,'value':1}"), {"parameter 1", "name", "text"}},
    {"value-missing", P ("{'name':'b'}"), {"\"b\"", "value"}},
    {"value-null", P ("{'name':'b','value':null}"), {"\"b\"", "value"}},
    {"value-text", P ("{'name':'b','value':'1'}"), {"\"b\"", "value", "number"}},
    {"value-bool", P ("{'name':'b','value':true}"), {"\"b\"", "value", "number"}},
    {"value-list", P ("{'name':'b','value':[1]}"), {"\"b\"", "value", "number"}},
    {"value-huge", P ("{'name':'b','value':1e999}"), {"\"b\"", "value", "finite"}},
    {"bound-huge", P ("{'name':'b','value':1,'min':-1e999}"), {"\"b\"", "min", "finite"}},
    {"vary-text", P ("{'name':'b','value':1,'vary':'no'}"), {"\"b\"", "vary", "true or false"}},
    {"box-empty", P ("{'name':'b','value':1,'min':2,'max':0}"), {"\"b\"", "min 2", "max 0"}},
    {"start-outside", P ("{'name':'b','value':5,'min':0,'max':2}"), {"\"b\"", "5", "0 to 2"}},
    {"parameter-kind", "{'parameters':[1]," LINE "}", {"parameters", "entry 1"}},
    {"parameters-kind", "{'parameters':{}," LINE "}", {"parameters", "list"}},
    {"parameters-absent", "{" LINE "}", {"parameters", "missing"}},
    {"not-object", "[1,2]", {"object"}},
    {"number", "17", {"object"}},
    {"model-kind", "{'model':[]}", {"model", "object"}},
    {"version-new", "{'corelevel_model':2,'parameters':[" B "]," LINE "}", {"corelevel_model", "newer"}},
    {"version-odd", "{'corelevel_model':0,'parameters':[" B "]," LINE "}", {"corelevel_model"}},
    {"not-supported-kind", "{'not_supported':[1],'parameters':[" B "]," LINE "}", {"not_supported", "text"}},
    {"empty", "{'parameters':[]}", {"neither components nor a background"}},
    {"shape-unknown", G ("{'name':'x','type':'voight','params':{}}"), {"\"x\"", "voight"}},
    {"shape-absent", G ("{'name':'x','params':{}}"), {"\"x\"", "type"}},
    {"role-unknown", G ("{'name':'x','type':'gauss','params':{'sigma':'w'}}"), {"\"x\"", "gauss", "sigma"}},
    {"role-absent", G ("{'name':'x','type':'gauss','params':{'center':'c','area':'a'}}"), {"\"x\"", "fwhm"}},
    {"role-nobody",
     G ("{'name':'x','type':'gauss','params':{'center':'c','area':'a','fwhm':'nobody'}}"),
     {"\"x\"", "fwhm", "\"nobody\""}},
    {"role-number", G ("{'name':'x','type':'gauss','params':{'center':284.8}}"), {"\"x\"", "center", "text"}},
    {"params-kind", G ("{'name':'x','type':'gauss','params':['c']}"), {"\"x\"", "params", "object"}},
    {"component-nameless", G ("{'type':'gauss','params':{'center':'c','area':'a','fwhm':'w'}}"), {"name"}},
    {"component-kind", G ("'x'"), {"components", "entry 1"}},
    {"component-twins",
     G ("{'name':'x','type':'gauss','params':{'center':'c','area':'a','fwhm':'w'}},"
        "{'name':'x','type':'gauss','params':{'center':'c','area':'a','fwhm':'w'}}"),
     {"two components", "\"x\""}},
    {"background-unknown", BG ("{'type':'shirly'}"), {"background", "shirly"}},
    {"background-typeless", BG ("{'coeffs':['b']}"), {"background", "type"}},
    {"background-role", BG ("{'type':'poly','coefs':['b'],'x_ref':0}"), {"poly", "coefs"}},
    {"background-role-absent", BG ("{'type':'poly','x_ref':0}"), {"poly", "coeffs"}},
    {"background-role-number", BG ("{'type':'poly','coeffs':[1],'x_ref':0}"), {"poly", "coeffs"}},
    {"background-nobody", BG ("{'type':'poly','coeffs':['nobody'],'x_ref':0}"), {"poly", "\"nobody\""}},
    {"setting-absent", BG ("{'type':'poly','coeffs':['b']}"), {"poly", "x_ref"}},
    {"setting-text", BG ("{'type':'poly','coeffs':['b'],'x_ref':'0'}"), {"poly", "x_ref", "number"}},
    {"setting-range", BG ("{'type':'shirley','average':0}"), {"shirley", "average", "1 to"}},
    {"setting-word", BG ("{'type':'tougaard','cross_section':'wood'}"), {"tougaard", "wood", "universal"}},
    {"setting-list", BG ("{'type':'spline','values':['b'],'knots':[1,null]}"), {"spline", "knots", "number"}},
    {"svsc-count", BG ("{'type':'svsc','k':['b']}"), {"svsc", "k"}},
    {"scalar-role-list", BG ("{'type':'slope','k':['b','b']}"), {"slope", "k"}},
    {"range-one", "{'energy_range':[1],'parameters':[" B "]," LINE "}", {"energy_range", "two"}},
    {"range-turned", "{'energy_range':[5,1],'parameters':[" B "]," LINE "}", {"energy_range", "5", "1"}},
    {"range-text", "{'energy_range':['1',2],'parameters':[" B "]," LINE "}", {"energy_range", "number"}},
    {"spectra-empty", "{'spectra':[],'parameters':[" B "]}", {"spectra", "empty"}},
    {"spectra-kind", "{'spectra':[3],'parameters':[" B "]}", {"spectra", "entry 1"}},
    {"spectra-place",
     "{'spectra':[{" LINE "},{'background':[{'type':'nope'}]}],'parameters':[" B "]}",
     {"spectrum 2", "nope"}},
    {"spectra-hollow", "{'spectra':[{" LINE "},{'id':'x'}],'parameters':[" B "]}", {"spectrum 2", "neither"}},
    {"spectra-twins",
     "{'spectra':[{'id':'x'," LINE "},{'id':'x'," LINE "}],'parameters':[" B "]}",
     {"\"x\"", "two spectra"}},
    {"not-json", "{'parameters':[", {"line 1", "JSON"}},
    {"trailing", "{'parameters':[" B "]," LINE "} x", {"JSON"}},
    {"nan", P ("{'name':'b','value':NaN}"), {"JSON"}},
};

static char *
refusal_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_model_try (text, &error);
  g_autoptr (XpsModelIndex) index = model != NULL ? xps_model_check (model, &error) : NULL;
  if (index != NULL)
    return NULL;
  g_assert_nonnull (error);
  return g_strdup (error->message);
}

static void
test_refusal (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autofree char *message = refusal_of (refusal->text);
  if (message == NULL)
    g_error ("%s: taken without a word", refusal->name);
  g_test_message ("%s", message);
  g_assert_null (strchr (message, '\n'));
  g_assert_null (strstr (message, "(null)"));
  for (guint i = 0; i < G_N_ELEMENTS (refusal->says) && refusal->says[i] != NULL; i++)
    if (strstr (message, refusal->says[i]) == NULL)
      g_error ("%s: \"%s\" is not in: %s", refusal->name, refusal->says[i], message);
}

/* ---- the schema file ---- */

/* What the reader refuses because of its form, the schema refuses too, and the other way round; what hangs on
 * other entries (cycles, names that are not there, order of bounds) a schema cannot say. */
static void
test_schema_refuses (void)
{
  static const char *const beyond[] = {
      "cycle-two",         "cycle-self",     "cycle-long",     "cycle-in-terms",  "link-unknown",
      "link-term-unknown", "link-empty-box", "twins",          "value-null",      "box-empty",
      "start-outside",     "empty",          "role-nobody",    "component-twins", "background-nobody",
      "svsc-count",        "range-turned",   "spectra-hollow", "spectra-twins",   NULL};
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autofree char *json = made_quotes (refusals[i].text);
    g_autoptr (JsonNode) node = xps_json_read ("made.json", json, NULL);
    if (node == NULL || strstr (json, "1e999") != NULL)
      continue;
    g_autofree char *complaint = test_schema_judge ("model", node);
    if (g_strv_contains (beyond, refusals[i].name) != (complaint == NULL))
      g_error ("%s: %s", refusals[i].name,
               complaint != NULL ? complaint : "the schema has nothing against it");
  }
}

static JsonObject *
definition (JsonNode *schema, const char *prefix, const char *id)
{
  g_autofree char *name = g_strconcat (prefix, id, NULL);
  JsonObject *definitions = json_object_get_object_member (json_node_get_object (schema), "$defs");
  if (!json_object_has_member (definitions, name))
    g_error ("the schema does not know %s", id);
  return json_object_get_object_member (definitions, name);
}

static guint
count_definitions (JsonNode *schema, const char *prefix)
{
  guint n = 0;
  g_autoptr (GList) names =
      json_object_get_members (json_object_get_object_member (json_node_get_object (schema), "$defs"));
  for (GList *l = names; l != NULL; l = l->next)
    n += g_str_has_prefix (l->data, prefix);
  return n;
}

static void
assert_requires (JsonObject *rule, const char *id, const char *name, gboolean wanted)
{
  gboolean found = FALSE;
  JsonArray *required = json_object_get_array_member (rule, "required");
  for (guint i = 0; i < json_array_get_length (required); i++)
    found |= strcmp (json_array_get_string_element (required, i), name) == 0;
  if (!json_object_has_member (json_object_get_object_member (rule, "properties"), name))
    g_error ("the schema does not know %s of %s", name, id);
  if (found != wanted)
    g_error ("the schema is wrong on whether %s needs %s", id, name);
}

static void
compare_words (JsonObject *rule, const XpsBackgroundSetting *setting)
{
  JsonObject *entry =
      json_object_get_object_member (json_object_get_object_member (rule, "properties"), setting->id);
  JsonArray *words = json_object_get_array_member (entry, "enum");
  guint n = 0;
  for (; setting->words[n] != NULL; n++)
    g_assert_cmpstr (setting->words[n], ==, json_array_get_string_element (words, n));
  g_assert_cmpuint (json_array_get_length (words), ==, n + 1); /* and null */
}

/* Every id, role, setting and word of the tables is in the schema, and the schema has no others. */
static void
test_schema_tables (void)
{
  g_autoptr (JsonNode) schema = test_schema_read ("model.schema.json");
  size_t n;
  const XpsShape *shapes = xps_shapes_get (&n);
  g_assert_cmpuint (count_definitions (schema, "shape_"), ==, n);
  for (size_t i = 0; i < n; i++) {
    JsonObject *rule = definition (schema, "shape_", shapes[i].id);
    JsonObject *properties = json_object_get_object_member (rule, "properties");
    g_assert_cmpuint (json_object_get_size (properties), ==, shapes[i].n_roles);
    for (size_t k = 0; k < shapes[i].n_roles; k++)
      assert_requires (rule, shapes[i].id, shapes[i].roles[k].id, isnan (shapes[i].roles[k].usual));
  }
  const XpsBackground *backgrounds = xps_backgrounds_get (&n);
  g_assert_cmpuint (count_definitions (schema, "background_"), ==, n);
  for (size_t i = 0; i < n; i++) {
    const XpsBackground *row = &backgrounds[i];
    JsonObject *rule = definition (schema, "background_", row->id);
    g_assert_cmpuint (json_object_get_size (json_object_get_object_member (rule, "properties")), ==,
                      1 + row->n_roles + row->n_settings);
    for (size_t k = 0; k < row->n_roles; k++)
      assert_requires (rule, row->id, row->roles[k].id, TRUE);
    for (size_t k = 0; k < row->n_settings; k++) {
      const XpsBackgroundSetting *setting = &row->settings[k];
      assert_requires (rule, row->id, setting->id,
                       setting->kind != XPS_SETTING_WORD && isnan (setting->usual));
      if (setting->kind == XPS_SETTING_WORD)
        compare_words (rule, setting);
    }
  }
}

/* The lists of types are written by hand in both schemas. */
static void
test_schema_types_listed (void)
{
  g_autoptr (JsonNode) model = test_schema_read ("model.schema.json"),
                       result = test_schema_read ("result.schema.json");
  JsonNode *const schemas[] = {model, result};
  for (guint s = 0; s < 2; s++) {
    size_t n_shapes, n_backgrounds;
    const XpsShape *shapes = xps_shapes_get (&n_shapes);
    const XpsBackground *backgrounds = xps_backgrounds_get (&n_backgrounds);
    JsonObject *component =
                   json_object_get_object_member (definition (schemas[s], "", "component"), "properties"),
               *background =
                   json_object_get_object_member (definition (schemas[s], "", "background"), "properties");
    JsonArray *types =
                  json_object_get_array_member (json_object_get_object_member (component, "type"), "enum"),
              *grounds =
                  json_object_get_array_member (json_object_get_object_member (background, "type"), "enum");
    g_assert_cmpuint (json_array_get_length (types), ==, n_shapes);
    for (guint i = 0; i < n_shapes; i++)
      g_assert_cmpstr (json_array_get_string_element (types, i), ==, shapes[i].id);
    g_assert_cmpuint (json_array_get_length (grounds), ==, n_backgrounds);
    for (guint i = 0; i < n_backgrounds; i++)
      g_assert_cmpstr (json_array_get_string_element (grounds, i), ==, backgrounds[i].id);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autofree char *path = g_strdup_printf ("/model/refuses/%s", refusals[i].name);
    g_test_add_data_func (path, &refusals[i], test_refusal);
  }
  g_test_add_func ("/schema/refuses", test_schema_refuses);
  g_test_add_func ("/schema/tables", test_schema_tables);
  g_test_add_func ("/schema/types", test_schema_types_listed);
  return g_test_run ();
}
