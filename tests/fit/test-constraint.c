/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/sheet.h"

#include "numerics/random.h"

/* Constraints as people type them: what is understood, what is said of what is not, and that everything
 * printed is read back. */

/* Four peaks of their own; B's name has a blank, C is called "A", D has another shape. */
#define FOUR                                                                                                 \
  "{'parameters':[{'name':'a.c','value':161,'min':160,'max':162},{'name':'a.a','value':100,'min':0},"        \
  "{'name':'a.w','value':1,'min':0.2,'max':3},{'name':'b.c','value':163},{'name':'b.a','value':60},"         \
  "{'name':'b.w','value':1.5},{'name':'c.c','value':165},{'name':'c.a','value':40},{'name':'c.w','value':2}" \
  ","                                                                                                        \
  "{'name':'d.c','value':167},{'name':'d.a','value':30},{'name':'d.g','value':0.7},{'name':'d.l','value':"   \
  "0.3},{'name':'loose','value':0.25}],'components':["                                                       \
  "{'name':'PS4','type':'gauss','params':{'center':'a.c','area':'a.a','fwhm':'a.w'}},"                       \
  "{'name':'PS4 2p1/2','type':'gauss','params':{'center':'b.c','area':'b.a','fwhm':'b.w'}},"                 \
  "{'name':'A','type':'gauss','params':{'center':'c.c','area':'c.a','fwhm':'c.w'}},"                         \
  "{'name':'D4','type':'voigt','params':{'center':'d.c','area':'d.a','fwhm_g':'d.g','fwhm_l':'d.l'}}]}"

typedef struct {
  gsize component;
  const char *role, *text, *shown;
  double value; /* NaN: not looked at */
} Case;

static XpsParameter *
parameter_of (XpsModel *model, gsize component, const char *role)
{
  return xps_edit_get_parameter (model, 0, component, role);
}

/* ---- what is understood ---- */

static const Case good[] = {
    {1, "area", "A*0.5", "A*0.5", 50},
    {1, "area", "0.5*A", "A*0.5", 50},
    {1, "area", " = A * 0.5 ", "A*0.5", 50},
    {1, "area", "A/2", "A*0.5", 50},
    {1, "area", "A×0,5", "A*0.5", 50},
    {1, "area", "a*0.5", "A*0.5", 50},
    {1, "area", "-A*-0.5", "A*0.5", 50},
    {1, "center", "A+1.18", "A+1.18", 162.18},
    {1, "center", "A + 1,18", "A+1.18", 162.18},
    {0, "center", "B-1.18", "B-1.18", 161.82},
    {0, "center", "B−1.18", "B-1.18", 161.82}, /* a typographic minus */
    {1, "center", "1.18+A", "A+1.18", 162.18},
    {1, "center", "A*0.5+82", "A*0.5+82", 162.5},
    {1, "center", "A*0.5+C*0.5-0.5", "A*0.5+C*0.5-0.5", 162.5},
    {1, "area", "A", "A", 100},
    {1, "area", "PS4*2", "A*2", 200},
    {1, "area", "\"PS4\"*2", "A*2", 200},
    {0, "area", "\"PS4 2p1/2\"*2", "B*2", 120},
    {0, "area", "“PS4 2p1/2”*2", "B*2", 120}, /* as a word processor writes quotes */
    {1, "area", "\"A\"", "C", 40},            /* in quotes a name, not a letter */
    {1, "area", "D4", "D", 30},
    {1, "fwhm", "D.fwhm_g", "D.fwhm_g", 0.7},
    {1, "fwhm", "D4.fwhm_g*2", "D.fwhm_g*2", 1.4},
    {3, "fwhm_l", "D.fwhm_g", "D.fwhm_g", 0.7},
    {1, "area", "@loose*4", "@loose*4", 1},
    {1, "area", "@\"loose\"*4", "@loose*4", 1},
    {1, "area", "@a.a", "A", 100},
    {1, "area", "A*0.5 [10:70]", "A*0.5 [10:70]", 50},
    {1, "area", "A*0.5 [0:]", "A*0.5 [0:]", 50},
    {1, "center", "160.5:162.5", "160.5:162.5", 162.5}, /* the value comes into the range */
    {1, "center", "160,5:162,5", "160.5:162.5", 162.5},
    {1, "center", "162.5 : 160.5", "160.5:162.5", 162.5},
    {1, "center", "160.5, 162.5", "160.5:162.5", 162.5}, /* as CasaXPS has it */
    {1, "center", "162.5,160.5", "160.5:162.5", 162.5},
    {1, "center", "160,5, 162,5", "160.5:162.5", 162.5},
    {1, "center", "160,5,162,5", "160.5:162.5", 162.5}, /* four numbers would be no range */
    {1, "area", "12,5, 80", "12.5:80", 60},             /* the blank says which comma parts */
    {1, "area", "12, 80,5", "12:80.5", 60},
    {1, "area", "12,5 ,80", "12.5:80", 60},
    {1, "area", "12,5:80", "12.5:80", 60},
    {1, "center", "160..165", "160:165", 163},
    {1, "center", "160–165", "160:165", 163},
    {1, "center", "160:", "160:", 163},
    {1, "center", ":162", ":162", 162},
    {1, "area", "-5:1e3", "-5:1000", 60},
    {1, "center", "=161.65", "=161.65", 161.65},
    {1, "center", "161.65 fix", "=161.65", 161.65},
    {1, "center", "161,65 Fixed", "=161.65", 161.65},
    {1, "center", "fix", "=163", 163},
    {1, "center", "=", "=163", 163},
    {1, "center", "161.65", "", 161.65},
    {0, "center", "161.65", "160:162", 161.65}, /* as free as before */
    {0, "center", "free", "", 161},
    {0, "center", "", "", 161},
    {0, "center", "  ", "", 161},
    {0, "area", "0,500", "0:", 0.5}, /* no thousands begin with 0 */
};

static void
test_understood (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
    const Case *it = &good[i];
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsModel) model = made_model (FOUR);
    if (!xps_edit_set_constraint (model, 0, it->component, it->role, it->text, &error))
      g_error ("%s: %s", it->text, error->message);
    sheet_assert_sound (model);
    g_autofree char *shown = xps_edit_dup_constraint (model, 0, it->component, it->role);
    g_assert_cmpstr (shown, ==, it->shown);
    test_assert_close (parameter_of (model, it->component, it->role)->value, it->value,
                       1e-12 * fabs (it->value));
  }
}

/* ---- what is not ---- */

/* Every message names what is wrong (`shown`). The model is what it was. */
static const Case bad[] = {
    {0, "center", "F", "F: the components are A to D", 0},
    {0, "center", "F*0.5", "F: the components are A to D", 0},
    {0, "center", "\"Li2S\"+1", "“Li2S”: the components are A to D", 0},
    {0, "center", "Li2S", "Li2S: the components are A to D", 0},
    {0, "center", "A+1", "itself", 0},
    {0, "center", "PS4", "itself", 0},
    {1, "fwhm", "D", "it has center, area, fwhm_g, fwhm_l", 0},
    {1, "fwhm", "D.mix", "no “mix”", 0},
    {1, "fwhm", "@nowhere", "“nowhere”", 0},
    {1, "center", "A*B", "product", 0},
    {1, "center", "1/A", "product", 0},
    {1, "center", "A/0", "zero", 0},
    {1, "center", "A+", "not understood", 0},
    {1, "center", "A*", "not understood", 0},
    {1, "center", "*0.5", "not understood", 0},
    {1, "center", "A B", "not understood", 0},
    {1, "center", "A(2)", "not understood", 0},
    {1, "center", "2+3", "not understood", 0},
    {1, "center", "PS4 2p1/2", "not understood", 0}, /* wants quotes */
    {1, "center", "\"PS4", "does not end", 0},
    {1, "center", "160:162:164", "not understood", 0},
    {1, "center", "160:x", "not understood", 0},
    {1, "center", "160 bis 162", "not understood", 0},
    {1, "center", "A,B", "not understood", 0},
    {1, "center", "1,618", "several ways", 0},
    {1, "area", "12,5,8", "“12,5,8” can be read in several ways", 0}, /* 12.5 to 8, or 12 to 5.8 */
    {1, "area", "12.5,8,5", "several ways", 0},
    {1, "area", "1,2,3,4,5", "not understood", 0},
    {1, "area", "A*0.5 [12,5,80]", "several ways", 0},
    {1, "center", "0x10", "not understood", 0},
    {1, "center", "1e999", "not understood", 0},
    {1, "center", "nan", "the components are", 0},
    {1, "fwhm", "=-1", "allowed", 0},
    {1, "fwhm", "-5:-2", "lies between", 0},
    {1, "fwhm", "A*0", "least", 0},
    {1, "fwhm", "A*1e9", "most", 0},
    {1, "area", "A*0.5 [60:70]", "least", 0},
    {1, "area", "A*0.5 [60", "not understood", 0},
    {0, "center", "170", "162", 0}, /* a value outside of its own range */
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    const Case *it = &bad[i];
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsModel) model = made_model (FOUR), before = made_model (FOUR);
    if (xps_edit_set_constraint (model, 0, it->component, it->role, it->text, &error))
      g_error ("\"%s\" was taken", it->text);
    g_assert_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL);
    if (strstr (error->message, it->shown) == NULL)
      g_error ("\"%s\": \"%s\" does not say \"%s\"", it->text, error->message, it->shown);
    g_assert_true (xps_model_equal (model, before));
  }
}

static void
test_circle (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_model (FOUR);
  g_assert_true (xps_edit_set_constraint (model, 0, 1, "center", "A+1", &error));
  g_assert_true (xps_edit_set_constraint (model, 0, 2, "center", "B+1", &error));
  g_assert_false (xps_edit_set_constraint (model, 0, 0, "center", "C-2", &error));
  g_assert_nonnull (strstr (error->message, "position of A already follows the position of PS4"));
  g_clear_error (&error);
  g_assert_false (xps_edit_set_constraint (model, 0, 0, "nothing", "C-2", &error));
  g_clear_error (&error);
  g_autofree char *long_text = g_strnfill (5000, 'A');
  g_assert_false (xps_edit_set_constraint (model, 0, 0, "center", long_text, &error));
}

/* ---- sharing ---- */

/* A doublet's second line shows its width as "A"; a constraint of its own parts it from the first. */
static void
test_shared (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_model (SHEET_S2P);
  g_autofree char *first = xps_edit_dup_constraint (model, 0, 0, "fwhm_g"),
                  *second = xps_edit_dup_constraint (model, 0, 1, "fwhm_g");
  g_assert_cmpstr (first, ==, "0.1:3");
  g_assert_cmpstr (second, ==, "A");
  g_assert_true (xps_edit_set_constraint (model, 0, 1, "fwhm_g", "A", &error));
  g_assert_cmpuint (model->parameters->len, ==, 8);
  g_assert_true (xps_edit_set_constraint (model, 0, 1, "fwhm_g", "0.8", &error)); /* both */
  g_assert_true (sheet_value (model, "g") == 0.8);
  g_assert_false (xps_edit_set_constraint (model, 0, 0, "fwhm_g", "B", &error));
  g_assert_nonnull (strstr (error->message, "share"));
  g_clear_error (&error);
  g_assert_true (xps_edit_set_constraint (model, 0, 1, "fwhm_g", "0.5:2", &error));
  g_assert_true (parameter_of (model, 0, "fwhm_g") != parameter_of (model, 1, "fwhm_g"));
  g_assert_true (parameter_of (model, 0, "fwhm_g")->max == 3);
  g_assert_true (xps_edit_set_constraint (model, 0, 1, "fwhm_l", "A*1.5", &error));
  test_assert_close (parameter_of (model, 1, "fwhm_l")->value, 0.3, 1e-15);
  sheet_assert_sound (model);
  g_assert_no_error (error);
}

static void
test_lock (void)
{
  g_autoptr (XpsModel) model = made_model (SHEET_S2P);
  xps_edit_set_fixed (model, 0, 0, "center", FALSE); /* free already */
  g_assert_cmpint (sheet_value (model, "c") == 161.65, ==, TRUE);
  xps_edit_set_fixed (model, 0, 0, "center", TRUE);
  const XpsParameter *c = xps_model_get_parameter (model, "c"), *c2 = xps_model_get_parameter (model, "c2");
  g_assert_cmpint (c->kind, ==, XPS_PARAMETER_FIXED);
  g_assert_true (c->min == 160.5 && c->max == 162.5); /* for the day it is opened */
  xps_edit_set_fixed (model, 0, 1, "center", TRUE);
  g_assert_true (c2->kind == XPS_PARAMETER_FIXED && c2->value == 161.65 + 1.18);
  xps_edit_set_value (model, 0, 0, "center", 170, FALSE, NULL);
  g_assert_true (c->value == 170);
  xps_edit_set_fixed (model, 0, 0, "center", FALSE);
  g_assert_true (c->kind == XPS_PARAMETER_FREE && c->max == 170);
  xps_edit_set_fixed (model, 0, 1, "fwhm_g", TRUE); /* shared: parted from the first */
  g_assert_cmpint (xps_model_get_parameter (model, "g")->kind, ==, XPS_PARAMETER_FREE);
  xps_edit_set_fixed (model, 0, 1, "nothing", TRUE);
  sheet_assert_sound (model);
}

/* A role that stands at its usual value: a constant until somebody frees or links it. */
static void
test_usual_value (void)
{
  static const XpsPeakGuess guess = {161, 500, 1};
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = xps_model_new ();
  xps_edit_add_component (model, 0, NULL, xps_shape_find ("fermi"), &guess);
  xps_edit_add_component (model, 0, NULL, xps_shape_find ("fermi"), &guess);
  g_autofree char *shown = xps_edit_dup_constraint (model, 0, 0, "kT");
  g_assert_cmpstr (shown, ==, "=0.025692579");
  g_assert_true (xps_edit_set_constraint (model, 0, 0, "kT", shown, &error));
  g_assert_null (parameter_of (model, 0, "kT"));
  g_assert_true (xps_edit_set_constraint (model, 0, 1, "kT", "A*2", &error)); /* A's gets a name */
  test_assert_close (parameter_of (model, 1, "kT")->value, 2 * 0.025692579, 1e-15);
  xps_edit_set_fixed (model, 0, 0, "kT", FALSE);
  g_assert_cmpint (parameter_of (model, 0, "kT")->kind, ==, XPS_PARAMETER_FREE);
  sheet_assert_sound (model);
}

static void
test_letters (void)
{
  static const struct {
    gsize index;
    const char *text;
  } letters[] = {{0, "A"}, {25, "Z"}, {26, "AA"}, {51, "AZ"}, {52, "BA"}, {701, "ZZ"}, {702, "AAA"}};
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++) {
    g_autofree char *text = xps_edit_dup_letter (letters[i].index);
    g_assert_cmpstr (text, ==, letters[i].text);
  }
}

/* ---- sentences ---- */

static void
assert_sentence (XpsModel *model, gsize component, const char *role, const char *typed, const char *expected)
{
  g_autoptr (GError) error = NULL;
  if (typed != NULL)
    xps_edit_set_constraint (model, 0, component, role, typed, &error);
  g_assert_no_error (error);
  g_autofree char *sentence = xps_edit_dup_sentence (model, 0, component, role);
  g_assert_cmpstr (sentence, ==, expected);
}

static void
test_sentences (void)
{
  g_autoptr (XpsModel) model = made_model (FOUR), doublet = made_model (SHEET_S2P);
  assert_sentence (model, 1, "area", "A*0.5", "area = 0.5 × area of PS4");
  assert_sentence (model, 1, "center", "A+1.18", "position = position of PS4 + 1.18 eV");
  assert_sentence (model, 1, "center", "A-1.18", "position = position of PS4 − 1.18 eV");
  assert_sentence (model, 1, "center", "A*0.5+82", "position = 0.5 × position of PS4 + 82 eV");
  assert_sentence (model, 2, "area", "A", "area = area of PS4");
  assert_sentence (model, 2, "center", "A+B", "position = A+B");
  assert_sentence (model, 3, "fwhm_g", "B.fwhm", "Gaussian width = width of PS4 2p1/2");
  assert_sentence (model, 0, "center", "160.5:162.5", "160.5 to 162.5 eV");
  assert_sentence (model, 0, "center", "160.5:", "at least 160.5 eV");
  assert_sentence (model, 0, "center", ":162.5", "at most 162.5 eV");
  assert_sentence (model, 0, "center", "=161", "fixed");
  assert_sentence (model, 0, "center", "free", NULL);
  assert_sentence (doublet, 1, "fwhm_g", NULL, "Gaussian width = Gaussian width of S 2p3/2");
  xps_edit_set_label (doublet, 0, 0, "2p3/2", "PS4");
  assert_sentence (doublet, 1, "area", NULL, "area = 0.5 × area of PS4 2p3/2");
}

/* ---- everything printed is read back ---- */

static double
random_number (XpsRandom *random)
{
  const double u = xps_random_uniform (random);
  return u < 0.2   ? floor (10 * xps_random_uniform (random))
         : u < 0.3 ? 1
                   : exp (10 * (xps_random_uniform (random) - 0.5));
}

/* Models as files can hold them: shared parameters, sums, parameters of no component, names with anything in
 * them, roles pointing at other roles' parameters. */
static XpsModel *
random_model (XpsRandom *random)
{
  static const char *const names[] = {"A",    "B",   "S 2p3/2", "x\"y", "Ü*+-",
                                      "free", "1.5", "160:162", "a.b",  "@"};
  XpsModel *model = xps_model_new ();
  XpsModelPart *part = model->parts->pdata[0];
  const int n = 3 + (int)(xps_random_uniform (random) * 10), m = 1 + (int)(xps_random_uniform (random) * 5);
  for (int i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("%s %d", names[(gsize)(xps_random_uniform (random) * 10)], i);
    const double u = xps_random_uniform (random), value = random_number (random);
    if (u < 0.4 && i > 0) {
      XpsParameter *p = NULL;
      for (int k = 0; k < (xps_random_uniform (random) < 0.3 ? 3 : 1); k++) {
        const int of = (int)(xps_random_uniform (random) * i);
        const char *target = ((const XpsParameter *)model->parameters->pdata[of])->name;
        const double coef = xps_random_uniform (random) < 0.5 ? 1 : random_number (random) - 1;
        if (p == NULL)
          p = xps_model_add_link (model, name, target, coef,
                                  xps_random_uniform (random) < 0.5 ? 0 : value - 2);
        else
          xps_parameter_add_term (p, target, coef);
      }
      if (xps_random_uniform (random) < 0.2)
        p->max = 1e9;
      continue;
    }
    XpsParameter *p = xps_model_add_parameter (model, name, value, -INFINITY, INFINITY);
    p->kind = u < 0.6 ? XPS_PARAMETER_FIXED : XPS_PARAMETER_FREE;
    if (xps_random_uniform (random) < 0.5)
      p->min = value - random_number (random);
    if (xps_random_uniform (random) < 0.5)
      p->max = value + random_number (random);
  }
  for (int c = 0; c < m; c++) {
    g_autofree char *name = g_strdup_printf ("%s %d", names[(gsize)(xps_random_uniform (random) * 10)], c);
    XpsComponent *component = xps_model_part_add_component (
        part, name, xps_shape_find (xps_random_uniform (random) < 0.5 ? "voigt" : "fermi"));
    for (gsize k = 0; k < component->shape->n_roles; k++)
      if (isnan (component->shape->roles[k].usual) || xps_random_uniform (random) < 0.5)
        component->roles[k] = g_strdup (
            ((const XpsParameter *)model->parameters->pdata[(gsize)(xps_random_uniform (random) * n)])->name);
  }
  return model;
}

/* As it stands, each is read back to an equal model; and once the role is free, typing what was shown gives
 * the same constraint again: that nothing is lost does not come from nothing being read. */
static void
test_round_trip (void)
{
  XpsRandom random;
  guint links = 0, taken = 0;
  xps_random_init (&random, 77);
  for (int round = 0; round < 400; round++) {
    g_autoptr (XpsModel) model = random_model (&random);
    const XpsModelPart *part = model->parts->pdata[0];
    for (guint c = 0; c < part->components->len; c++) {
      const XpsComponent *component = part->components->pdata[c];
      for (gsize k = 0; k < component->shape->n_roles; k++) {
        const char *role = component->shape->roles[k].id;
        g_autoptr (GError) error = NULL;
        g_autoptr (XpsModel) same = xps_model_copy (model), other = xps_model_copy (model);
        g_autofree char *shown = xps_edit_dup_constraint (model, 0, c, role);
        g_autofree char *sentence = xps_edit_dup_sentence (model, 0, c, role);
        g_assert_true (xps_edit_set_constraint (same, 0, c, role, shown, &error));
        g_assert_true (xps_model_equal (same, model));
        if (!xps_edit_set_constraint (other, 0, c, role, "free", &error))
          continue; /* a value that no shape takes */
        if (!xps_edit_set_constraint (other, 0, c, role, shown, &error)) {
          g_assert_null (strstr (error->message, "not understood"));
          continue;
        }
        g_autofree char *again = xps_edit_dup_constraint (other, 0, c, role);
        g_assert_cmpstr (again, ==, shown);
        taken++;
        links += strpbrk (shown, "ABCDEFGH@") != NULL;
      }
    }
  }
  g_test_message ("%u read back, %u of them links", taken, links);
  g_assert_cmpuint (taken, >, 2000);
  g_assert_cmpuint (links, >, 500);
}

/* Anything at all: a sentence or a sound change, and never a crash. */
static void
test_any_text (void)
{
  static const char alphabet[] = "ABab0123456789.,:+-*/= []\"@_efixr\xc3\xbc\xe2\x88\x92";
  XpsRandom random;
  xps_random_init (&random, 5);
  for (int round = 0; round < 20000; round++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsModel) model = made_model (SHEET_S2P), before = xps_model_copy (model);
    char text[24] = {0};
    const gsize n = (gsize)(xps_random_uniform (&random) * (sizeof text - 1));
    for (gsize i = 0; i < n; i++)
      text[i] = alphabet[(gsize)(xps_random_uniform (&random) * (sizeof alphabet - 1))];
    const gsize c = round % 2;
    if (!xps_edit_set_constraint (model, 0, c, round % 3 ? "center" : "fwhm_g", text, &error)) {
      g_assert_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL);
      g_assert_true (xps_model_equal (model, before));
    } else
      sheet_assert_sound (model);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/constraint/understood", test_understood);
  g_test_add_func ("/constraint/refused", test_refused);
  g_test_add_func ("/constraint/circle", test_circle);
  g_test_add_func ("/constraint/shared", test_shared);
  g_test_add_func ("/constraint/lock", test_lock);
  g_test_add_func ("/constraint/usual-value", test_usual_value);
  g_test_add_func ("/constraint/letters", test_letters);
  g_test_add_func ("/constraint/sentences", test_sentences);
  g_test_add_func ("/constraint/round-trip", test_round_trip);
  g_test_add_func ("/constraint/any-text", test_any_text);
  return g_test_run ();
}
