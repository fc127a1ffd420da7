/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/made.h"
#include "fit/schema.h"
#include "fit/model-index.h"

#include <float.h>
#include <stdio.h>

#define B    "{'name':'b','value':1}"
#define LINE "'background':[{'type':'poly','coeffs':['b'],'x_ref':0}]"

/* Model files: what is written is read back to the last bit, what is wrong is refused with a sentence that
 * names the place. */

static guint64
bits (double value)
{
  guint64 out;
  memcpy (&out, &value, sizeof out);
  return out;
}

static XpsModel *
read_back (const XpsModel *model)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = xps_model_dup_text (model);
  g_autoptr (JsonNode) node = xps_json_read ("back", text, &error);
  g_assert_no_error (error);
  XpsModel *back = xps_model_from_json (node, "back", &error);
  g_assert_no_error (error);
  if (model->parameters->len < 1000) /* slow and nothing new for thousands of them */
    test_schema_assert ("model", node);
  g_autofree char *again = xps_model_dup_text (back);
  g_assert_cmpstr (text, ==, again);
  g_assert_true (xps_model_equal (model, back));
  return back;
}

/* ---- exact round trip ---- */

static double
random_double (XpsRandom *random)
{
  double value;
  do {
    const guint64 raw = xps_random_next (random);
    memcpy (&value, &raw, sizeof value);
  } while (!isfinite (value));
  return value;
}

static void
assert_same_parameters (const XpsModel *model, const XpsModel *back)
{
  g_assert_cmpuint (back->parameters->len, ==, model->parameters->len);
  for (guint i = 0; i < model->parameters->len; i++) {
    const XpsParameter *a = g_ptr_array_index (model->parameters, i),
                       *b = g_ptr_array_index (back->parameters, i);
    g_assert_cmpstr (a->name, ==, b->name);
    g_assert_cmpint (a->kind, ==, b->kind);
    g_assert_cmphex (bits (a->min), ==, bits (b->min));
    g_assert_cmphex (bits (a->max), ==, bits (b->max));
    if (a->kind != XPS_PARAMETER_LINKED) {
      g_assert_cmphex (bits (a->value), ==, bits (b->value));
      continue;
    }
    g_assert_cmphex (bits (a->constant), ==, bits (b->constant));
    g_assert_cmphex (bits (((XpsLinkTerm *)a->terms->pdata[0])->coef), ==,
                     bits (((XpsLinkTerm *)b->terms->pdata[0])->coef));
  }
}

/* Every pattern of bits that is a finite number, hard ones first. */
static void
test_numbers (void)
{
  const double hard[] = {0.0,
                         -0.0,
                         1.0 / 3,
                         0.1,
                         1e22,
                         1e23,
                         9007199254740993.0,
                         1e15,
                         -1e16,
                         123456789012345678.0,
                         DBL_MIN,
                         DBL_TRUE_MIN,
                         DBL_MAX,
                         -DBL_MAX,
                         163.0,
                         5e-324,
                         0.30000000000000004,
                         1.18};
  XpsRandom random;
  xps_random_init (&random, 7);
  g_autoptr (XpsModel) model = xps_model_new ();
  for (guint i = 0; i < 5000; i++) {
    g_autofree char *name = g_strdup_printf ("p%u", i), *link = g_strdup_printf ("l%u", i);
    const double value = i < G_N_ELEMENTS (hard) ? hard[i] : random_double (&random);
    xps_model_add_parameter (model, name, value,
                             i % 3 == 0 ? -INFINITY : fmin (value, random_double (&random)),
                             i % 3 == 1 ? INFINITY : fmax (value, random_double (&random)));
    xps_model_add_link (model, link, name, value,
                        i < G_N_ELEMENTS (hard) ? hard[i] : random_double (&random));
  }
  g_autoptr (XpsModel) back = read_back (model);
  assert_same_parameters (model, back);
}

static void
add_shape (XpsModel *model, XpsModelPart *part, const XpsShape *shape, gboolean every_role)
{
  XpsComponent *component = xps_model_part_add_component (part, shape->id, shape);
  for (gsize k = 0; k < shape->n_roles; k++) {
    const XpsShapeRole *role = &shape->roles[k];
    if (!every_role && !isnan (role->usual))
      continue;
    g_autofree char *name = g_strdup_printf ("%s %s", shape->id, role->id);
    const double value = fmin (fmax (isnan (role->usual) ? 0.5 : role->usual, role->min), role->max);
    xps_model_add_parameter (model, name, value, role->min, role->max)->kind =
        k % 2 == 0 ? XPS_PARAMETER_FREE : XPS_PARAMETER_FIXED;
    g_assert_true (xps_component_set_role (component, role->id, name));
  }
  component->label = g_strdup ("S 2p₃⸝₂ \"quoted\" \\ back\nline");
  component->phase = g_strdup ("Li₆PS₅Cl");
}

/* Every setting away from its default, so that one that is lost shows. */
static void
add_background (XpsModel *model, XpsModelPart *part, const XpsBackground *type)
{
  XpsModelBackground *background = xps_model_part_add_background (part, type);
  for (gsize k = 0; k < type->n_roles; k++) {
    const guint n = type->per_component ? part->components->len : type->roles[k].list ? 3 : 1;
    for (guint j = 0; j < n; j++) {
      g_autofree char *name = g_strdup_printf ("%s %s %u", type->id, type->roles[k].id, j);
      xps_model_add_parameter (model, name, 0.0, -INFINITY, INFINITY);
      g_assert_true (xps_model_background_add_parameter (background, type->roles[k].id, name));
    }
  }
  for (gsize k = 0; k < type->n_settings; k++) {
    const XpsBackgroundSetting *setting = &type->settings[k];
    guint last = 0;
    if (setting->kind == XPS_SETTING_NUMBER)
      background->settings.number[k] = fmax (setting->min, 1.0 / 3) + (double)k;
    while (setting->kind == XPS_SETTING_WORD && setting->words[last + 1] != NULL)
      last++;
    background->settings.word[k] = (int)last;
    if (setting->kind == XPS_SETTING_LIST)
      xps_model_background_set_list (background, (int)k, (const double[]){0.0, 1.0 / 3, 163.1}, 3);
  }
}

static XpsModel *
whole_table (gboolean every_role)
{
  XpsModel *model = xps_model_new ();
  XpsModelPart *part = g_ptr_array_index (model->parts, 0);
  size_t n;
  const XpsShape *shapes = xps_shapes_get (&n);
  for (size_t i = 0; i < n; i++)
    add_shape (model, part, &shapes[i], every_role);
  const XpsBackground *backgrounds = xps_backgrounds_get (&n);
  for (size_t i = 0; i < n; i++)
    add_background (model, part, &backgrounds[i]);
  part->low = 160.1;
  part->high = 170.3;
  part->energy_shift = -1.0 / 3;
  part->energy_shift_source = g_strdup ("C 1s = 284.8 eV");
  g_ptr_array_add (model->not_supported, g_strdup ("component x: line shape &user"));
  return model;
}

static void
assert_same_background (const XpsModelBackground *a, const XpsModelBackground *b)
{
  g_assert_true (a->type == b->type);
  for (gsize k = 0; k < a->type->n_settings; k++) {
    g_assert_cmphex (bits (a->settings.number[k]), ==, bits (b->settings.number[k]));
    g_assert_cmpint (a->settings.word[k], ==, b->settings.word[k]);
    g_assert_cmpmem (a->settings.list[k], a->settings.list_length[k] * sizeof (double), b->settings.list[k],
                     b->settings.list_length[k] * sizeof (double));
  }
  for (gsize k = 0; k < a->type->n_roles; k++) {
    g_assert_cmpuint (a->roles[k]->len, ==, b->roles[k]->len);
    for (guint j = 0; j < a->roles[k]->len; j++)
      g_assert_cmpstr (a->roles[k]->pdata[j], ==, b->roles[k]->pdata[j]);
  }
}

static void
assert_same_part (const XpsModelPart *a, const XpsModelPart *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->data, ==, b->data);
  g_assert_cmpstr (a->region, ==, b->region);
  g_assert_cmpstr (a->energy_shift_source, ==, b->energy_shift_source);
  g_assert_cmphex (bits (a->energy_shift), ==, bits (b->energy_shift));
  g_assert_true (bits (a->low) == bits (b->low) || (isnan (a->low) && isnan (b->low)));
  g_assert_true (bits (a->high) == bits (b->high) || (isnan (a->high) && isnan (b->high)));
  g_assert_cmpuint (a->components->len, ==, b->components->len);
  for (guint i = 0; i < a->components->len; i++) {
    const XpsComponent *x = a->components->pdata[i], *y = b->components->pdata[i];
    g_assert_true (x->shape == y->shape);
    g_assert_cmpstr (x->name, ==, y->name);
    g_assert_cmpstr (x->label, ==, y->label);
    g_assert_cmpstr (x->phase, ==, y->phase);
    for (gsize k = 0; k < XPS_SHAPE_MAX_ROLES; k++)
      g_assert_cmpstr (x->roles[k], ==, y->roles[k]);
  }
  g_assert_cmpuint (a->backgrounds->len, ==, b->backgrounds->len);
  for (guint i = 0; i < a->backgrounds->len; i++)
    assert_same_background (a->backgrounds->pdata[i], b->backgrounds->pdata[i]);
}

static void
test_table (gconstpointer every_role)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = whole_table (GPOINTER_TO_INT (every_role));
  g_autoptr (XpsModel) back = read_back (model);
  g_autoptr (XpsModel) copy = xps_model_copy (model);
  g_autoptr (XpsModelIndex) index = xps_model_check (back, &error);
  g_assert_no_error (error);
  assert_same_part (model->parts->pdata[0], back->parts->pdata[0]);
  assert_same_part (model->parts->pdata[0], copy->parts->pdata[0]);
  g_assert_true (xps_model_equal (model, copy));
  g_assert_cmpuint (back->not_supported->len, ==, 1);
  g_assert_false (back->joint);
}

/* A joint model, also one of a single spectrum, and windows open to one side. */
static void
test_joint (void)
{
  for (guint n = 1; n <= 3; n++) {
    g_autoptr (XpsModel) model = xps_model_new ();
    g_ptr_array_set_size (model->parts, 0);
    xps_model_add_parameter (model, "b", 1, -INFINITY, INFINITY);
    for (guint i = 0; i < n; i++) {
      g_autofree char *id = g_strdup_printf ("step %u", i);
      XpsModelPart *part = xps_model_add_part (model, id);
      part->data = g_strdup ("sub folder/data.csv");
      part->region = g_strdup ("S 2p");
      part->low = i == 0 ? 160 : NAN;
      part->high = i == 1 ? 170.5 : NAN;
      XpsModelBackground *line = xps_model_part_add_background (part, xps_background_find ("poly"));
      line->settings.number[0] = 163;
      xps_model_background_add_parameter (line, "coeffs", "b");
    }
    model->joint = TRUE;
    g_autoptr (XpsModel) back = read_back (model);
    g_assert_true (back->joint);
    g_assert_cmpuint (back->parts->len, ==, n);
    for (guint i = 0; i < n; i++)
      assert_same_part (model->parts->pdata[i], back->parts->pdata[i]);
  }
}

/* Explicit zeros stay, absent bounds stay absent, sums keep their terms. */
static void
test_links (void)
{
  g_autoptr (XpsModel) model = made_model (
      "{'parameters':[{'name':'a','value':0,'min':0,'max':0.5},{'name':'b','value':-3,'vary':false},"
      "{'name':'s','of':'a','coef':0,'const':0,'terms':[{'of':'b','coef':0},{'of':'a'}]},{'name':'t','of':'s'"
      "}],"
      "'background':[{'type':'poly','coeffs':['s','t'],'x_ref':0}]}");
  g_autoptr (XpsModel) back = read_back (model);
  const XpsParameter *a = xps_model_get_parameter (back, "a"), *s = xps_model_get_parameter (back, "s");
  g_assert_cmpfloat (a->value, ==, 0);
  g_assert_cmpfloat (a->min, ==, 0);
  g_assert_cmpfloat (a->max, ==, 0.5);
  g_assert_true (isinf (xps_model_get_parameter (back, "b")->min));
  g_assert_cmpuint (s->terms->len, ==, 3);
  g_assert_cmpfloat (((XpsLinkTerm *)s->terms->pdata[0])->coef, ==, 0);
  g_assert_cmpfloat (((XpsLinkTerm *)s->terms->pdata[2])->coef, ==, 1);
  g_autofree char *text = xps_model_dup_text (model);
  g_assert_nonnull (strstr (text, "\"coef\" : 0"));
  g_assert_null (strstr (text, "inf"));
  g_autofree double *values = made_values (back);
  g_assert_cmpfloat (values[2], ==, 0);
  g_assert_cmpfloat (values[3], ==, 0);
}

/* json-glib alone reads the first as -1 and loses the sign of the second. */
static void
test_long_integers (void)
{
  g_autoptr (XpsModel) model = made_model (
      "{'parameters':[{'name':'a','value':1,'max':100000000000000000000},{'name':'z','value':-0}]}");
  g_assert_cmpfloat (xps_model_get_parameter (model, "a")->max, ==, 1e20);
  g_assert_cmphex (bits (xps_model_get_parameter (model, "z")->value), ==, bits (-0.0));
}

static void
test_aliases (void)
{
  g_autoptr (XpsModel) init = made_model ("{'parameters':[{'name':'b','init':0.25}]," LINE "}");
  g_autoptr (XpsModel) value = made_model ("{'parameters':[{'name':'b','value':0.25}]," LINE "}");
  g_autoptr (XpsModel) both = made_model ("{'parameters':[{'name':'b','init':7,'value':0.25}]," LINE "}");
  g_autoptr (XpsModel) inner = made_model ("{'id':'p','model':{'parameters':[{'name':'b','value':0.25}]," LINE
                                           "},'reference':{'chi2':1}}");
  g_autoptr (XpsModel) nulls = made_model (
      "{'parameters':[{'name':'b','of':null,'value':0.25,'min':null,'max':null}],'spectra':null," LINE "}");
  g_assert_true (xps_model_equal (init, value));
  g_assert_true (xps_model_equal (both, value));
  g_assert_true (xps_model_equal (inner, value));
  g_assert_true (xps_model_equal (nulls, value));
}

/* ---- hostile text ---- */

static void
assert_unreadable (const char *text, gsize length, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("xps-model-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "model.json", NULL);
  g_assert_true (g_file_set_contents (path, text, (gssize)length, &error));
  g_autoptr (XpsModel) model = xps_model_read (path, &error);
  g_assert_null (model);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, path));
  if (strstr (error->message, says) == NULL)
    g_error ("\"%s\" is not in: %s", says, error->message);
  remove (path);
  remove (folder);
}

static void
test_text (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  /* A quotation mark in single quotes, which json-glib takes for text, must not hide what follows. */
  g_autoptr (GString) hidden = g_string_new ("{'\"':");
  const char *const numbers[] = {"017", "0x10", "1.",    ".5",  "+1",      "1e",
                                 "1e+", "--1",  "1_000", "1,5", "Infinity"};
  for (guint i = 0; i < 100000; i++) {
    g_string_append (deep, "{\"model\":");
    g_string_append (hidden, "{\"model\":");
  }
  assert_unreadable ("", 0, "empty");
  assert_unreadable (" \n\t", 3, "empty");
  assert_unreadable ("\xff\xfe{\0}\0", 6, "UTF-8");
  assert_unreadable ("{\"parameters\":[{\"name\":\"\xe4\"}]}", 29, "UTF-8");
  assert_unreadable (deep->str, deep->len, "deep");
  assert_unreadable (hidden->str, hidden->len, "line 1");
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autofree char *json =
        g_strdup_printf ("{\"parameters\":[\n{\"name\":\"b\",\"value\":%s}]}", numbers[i]);
    assert_unreadable (json, strlen (json), "line 2");
  }
  assert_unreadable ("{\"parameters\":[]}\0{}", 20, "");
  assert_unreadable ("{\"parameters\":\"x\"}", 18, "list");
}

/* Some editors put a byte order mark before UTF-8. */
static void
test_mark (void)
{
  g_autoptr (XpsModel) plain = made_model ("{'parameters':[" B "]," LINE "}");
  g_autoptr (XpsModel) marked = made_model ("\xef\xbb\xbf{'parameters':[" B "]," LINE "}");
  g_assert_true (xps_model_equal (plain, marked));
}

/* A chain as long as memory: neither check nor compile may follow it on the stack. */
static void
test_long_chain (void)
{
  const guint n = 200000;
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = xps_model_new ();
  xps_model_add_parameter (model, "0", 1, -INFINITY, INFINITY);
  for (guint i = 1; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("%u", i), *of = g_strdup_printf ("%u", i - 1);
    xps_model_add_link (model, name, of, 1, 0);
  }
  g_autofree char *last = g_strdup_printf ("%u", n - 1);
  XpsModelBackground *line =
      xps_model_part_add_background (model->parts->pdata[0], xps_background_find ("poly"));
  line->settings.number[0] = 0;
  xps_model_background_add_parameter (line, "coeffs", last);
  g_autoptr (XpsFitData) grid = made_grid (0, 1, 10);
  g_autoptr (XpsProblem) problem = xps_problem_new (model, &grid, 1, XPS_WEIGHTS_UNIFORM, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (xps_problem_get_n_free (problem), ==, 1);
}

/* Each link the sum of the two before it: as a sum over unknowns it would grow like Fibonacci's numbers if
 * like terms were not put together, and a sum of n unknowns in each of n links is n^2 memory. */
static void
test_wide_links (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model =
      made_model ("{'parameters':[" B ",{'name':'0','of':'b'},{'name':'1','of':'b'}]," LINE "}");
  for (guint i = 2; i < 2000; i++) {
    g_autofree char *name = g_strdup_printf ("%u", i), *a = g_strdup_printf ("%u", i - 1),
                    *b = g_strdup_printf ("%u", i - 2);
    xps_parameter_add_term (xps_model_add_link (model, name, a, 0.5, 0), b, 0.5);
  }
  xps_model_background_add_parameter (((XpsModelPart *)model->parts->pdata[0])->backgrounds->pdata[0],
                                      "coeffs", "1999");
  g_autoptr (XpsFitData) grid = made_grid (0, 1, 10);
  g_autoptr (XpsProblem) problem = xps_problem_new (model, &grid, 1, XPS_WEIGHTS_UNIFORM, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (xps_problem_get_n_free (problem), ==, 1);
}

static void
test_many_roots (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_model ("{'parameters':[" B "]," LINE "}");
  for (guint i = 0; i < 20000; i++) {
    g_autofree char *name = g_strdup_printf ("u%u", i), *link = g_strdup_printf ("l%u", i),
                    *before = g_strdup_printf ("l%u", i - 1);
    xps_model_add_parameter (model, name, 0, -INFINITY, INFINITY);
    XpsParameter *parameter = xps_model_add_link (model, link, name, 1, 0);
    if (i > 0)
      xps_parameter_add_term (parameter, before, 1);
  }
  xps_model_background_add_parameter (((XpsModelPart *)model->parts->pdata[0])->backgrounds->pdata[0],
                                      "coeffs", "l19999");
  g_autoptr (XpsFitData) grid = made_grid (0, 1, 10);
  g_autoptr (XpsProblem) problem = xps_problem_new (model, &grid, 1, XPS_WEIGHTS_UNIFORM, &error);
  g_assert_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL);
  g_assert_null (problem);
  g_test_message ("%s", error->message);
}

/* Members that no rule knows are not passed over in silence: a misspelt bound is a bound that is not there.
 */
static void
test_unknown_members (void)
{
  g_autoptr (XpsModel) model = made_model ("{'corelevel_model':1,'title':'t','energie_range':[1,2],'"
                                           "parameters':[{'name':'b','value':1,'mim':0,'truth':2}],"
                                           "'components':[]," LINE "}");
  g_assert_cmpuint (model->ignored->len, ==, 2);
  g_assert_nonnull (strstr (model->ignored->pdata[0], "mim"));
  g_assert_nonnull (strstr (model->ignored->pdata[0], "\"b\""));
  g_assert_nonnull (strstr (model->ignored->pdata[1], "energie_range"));
  g_autoptr (XpsFitData) grid = made_grid (0, 1, 10);
  g_autoptr (XpsResult) result = made_fit (model, grid, XPS_WEIGHTS_COUNTS);
  g_assert_true (made_has_warning (result, "ignored-member"));
}

/* What is called otherwise than here is told by the name it has, with those that there are. */
static void
test_other_names (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model =
      made_model ("{'corelevel_model':1,'parameters':[{'name':'b','value':1},{'name':'c','of':'b','k':2},"
                  "{'name':'d','of':'b','terms':[{'of':'c','coeff':3}]}],'components':[]," LINE "}");
  g_assert_cmpuint (model->ignored->len, ==, 2);
  g_assert_nonnull (strstr (model->ignored->pdata[0], "parameter \"c\": \"k\" is not known"));
  g_assert_nonnull (strstr (model->ignored->pdata[0], "\"coef\""));
  g_assert_nonnull (strstr (model->ignored->pdata[1], "\"coeff\""));
  g_autoptr (XpsModel) none = made_model_try ("{'parameters':[{'name':'b','value':1}],'components':[],"
                                              "'background':[{'type':'active_shirley','coeffs':['b']}]}",
                                              &error);
  g_assert_null (none);
  g_assert_nonnull (strstr (error->message, "\"active_shirley\": has no \"coeffs\", it takes: k"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/round-trip/numbers", test_numbers);
  g_test_add_data_func ("/model/round-trip/every-role", GINT_TO_POINTER (TRUE), test_table);
  g_test_add_data_func ("/model/round-trip/usual-roles-left-out", GINT_TO_POINTER (FALSE), test_table);
  g_test_add_func ("/model/round-trip/joint", test_joint);
  g_test_add_func ("/model/long-integers", test_long_integers);
  g_test_add_func ("/model/round-trip/links", test_links);
  g_test_add_func ("/model/aliases", test_aliases);
  g_test_add_func ("/model/text", test_text);
  g_test_add_func ("/model/byte-order-mark", test_mark);
  g_test_add_func ("/model/long-chain", test_long_chain);
  g_test_add_func ("/model/wide-links", test_wide_links);
  g_test_add_func ("/model/many-roots", test_many_roots);
  g_test_add_func ("/model/unknown-members", test_unknown_members);
  g_test_add_func ("/model/other-names", test_other_names);
  return g_test_run ();
}
