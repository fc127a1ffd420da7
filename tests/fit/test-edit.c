/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/sheet.h"

#include "numerics/random.h"

/* What a person does to components and their values: every edit leaves a sound model, links hold to the last
 * bit, bounds and locks hold against drags. */

static const XpsPeakGuess usual = {161.65, 5000, 0.9};

static double
role_of (XpsModel *model, gsize component, const char *role)
{
  const XpsParameter *p = xps_edit_get_parameter (model, 0, component, role);
  g_assert_nonnull (p);
  return p->value;
}

static const XpsComponent *
component_at (const XpsModel *model, gsize i)
{
  return ((const XpsModelPart *)model->parts->pdata[0])->components->pdata[i];
}

static guint
n_components (const XpsModel *model)
{
  return ((const XpsModelPart *)model->parts->pdata[0])->components->len;
}

/* Links in the model's values hold to the last bit. */
static void
assert_links (const XpsModel *model)
{
  g_autofree double *values = made_values (model);
  for (guint i = 0; i < model->parameters->len; i++)
    g_assert_true (((const XpsParameter *)model->parameters->pdata[i])->value == values[i]);
}

static void
look (const XpsModel *model, gsize component, double *maximum, double *height, double *fwhm, double *area)
{
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
  xps_preview_get_component (preview, component, maximum, height, fwhm, area);
}

/* ---- components ---- */

/* Every shape comes out where it was asked for: the maximum, its height and the full width are the guess's.
 */
static void
test_add_every_shape (void)
{
  size_t n;
  const XpsShape *shapes = xps_shapes_get (&n);
  for (size_t i = 0; i < n; i++) {
    g_autoptr (XpsModel) model = xps_model_new ();
    double maximum, height, fwhm;
    g_assert_cmpuint (xps_edit_add_component (model, 0, NULL, &shapes[i], &usual), ==, 0);
    g_assert_cmpstr (component_at (model, 0)->name, ==, "C1");
    sheet_assert_sound (model);
    look (model, 0, &maximum, &height, &fwhm, NULL);
    if (strcmp (shapes[i].id, "fermi") == 0) { /* an edge has none of these */
      g_assert_true (role_of (model, 0, "center") == usual.center);
      g_assert_true (role_of (model, 0, "amp") == usual.height);
      continue;
    }
    test_assert_close (maximum, usual.center, 1e-6);
    test_assert_close (height, usual.height, 1e-5 * usual.height);
    test_assert_close (fwhm, usual.fwhm, 1e-6 * usual.fwhm);
    const XpsParameter *center = xps_edit_get_parameter (model, 0, 0, "center");
    test_assert_close (center->max - center->min, 3 * usual.fwhm, 1e-12);
    g_assert_cmpuint (xps_edit_add_component (model, 0, NULL, &shapes[i], &usual), ==, 1);
    g_assert_cmpstr (component_at (model, 1)->name, ==, "C2");
    sheet_assert_sound (model);
  }
}

/* A guess that is none still gives a component that can be drawn. */
static void
test_add_nonsense (void)
{
  static const XpsPeakGuess guesses[] = {
      {161, NAN, NAN}, {161, -50, -1}, {161, INFINITY, INFINITY}, {161, 0, 0}, {-1e5, 1e300, 1e-300}};
  size_t n;
  const XpsShape *shapes = xps_shapes_get (&n);
  for (size_t i = 0; i < n; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (guesses); k++) {
      g_autoptr (XpsModel) model = xps_model_new ();
      xps_edit_add_component (model, 0, "x", &shapes[i], &guesses[k]);
      if (k + 1 < G_N_ELEMENTS (guesses))
        sheet_assert_sound (model);
    }
}

static void
test_doublet (void)
{
  g_autoptr (XpsModel) model = xps_model_new ();
  const gsize strong =
      xps_edit_add_doublet (model, 0, "S", "2p", xps_shape_find ("voigt"), &usual, 1.18, 0.5);
  g_assert_cmpuint (strong, ==, 0);
  g_assert_cmpuint (n_components (model), ==, 2);
  g_assert_cmpstr (component_at (model, 0)->name, ==, "S 2p3/2");
  g_assert_cmpstr (component_at (model, 1)->name, ==, "S 2p1/2");
  g_assert_true (role_of (model, 1, "center") == role_of (model, 0, "center") + 1.18);
  g_assert_true (role_of (model, 1, "area") == 0.5 * role_of (model, 0, "area"));
  g_assert_cmpstr (component_at (model, 0)->roles[2], ==, component_at (model, 1)->roles[2]);
  sheet_assert_sound (model);
  xps_edit_add_doublet (model, 0, "S", "2p", xps_shape_find ("gl"), &usual, 1.18, 0.5); /* names taken */
  g_assert_cmpstr (component_at (model, 2)->name, ==, "S 2p3/2 2");
  xps_edit_add_doublet (model, 0, "Au", "4f", xps_shape_find ("dsg"), &usual, 3.67, 0.75);
  g_assert_cmpstr (component_at (model, 4)->name, ==, "Au 4f7/2");
  g_assert_cmpstr (component_at (model, 5)->name, ==, "Au 4f5/2");
  xps_edit_add_doublet (model, 0, NULL, "3d", xps_shape_find ("voigt"), &usual, 2, 2.0 / 3);
  g_assert_cmpstr (component_at (model, 6)->name, ==, "3d5/2");
  sheet_assert_sound (model);
  assert_links (model);
}

/* The weaker line stands on its own when the stronger goes: value and freedom stay. */
static void
test_remove (void)
{
  g_autoptr (XpsModel) model = made_model (SHEET_S2P);
  xps_edit_remove_component (model, 0, 0);
  sheet_assert_sound (model);
  g_assert_cmpuint (n_components (model), ==, 1);
  g_assert_null (xps_model_get_parameter (model, "c"));
  g_assert_null (xps_model_get_parameter (model, "a"));
  g_assert_nonnull (xps_model_get_parameter (model, "g")); /* shared */
  const XpsParameter *c2 = xps_model_get_parameter (model, "c2"), *a2 = xps_model_get_parameter (model, "a2");
  g_assert_cmpint (c2->kind, ==, XPS_PARAMETER_FREE);
  test_assert_close (c2->value, 162.83, 1e-12);
  test_assert_close (c2->min, 161.68, 1e-12); /* the bounds it had through the link */
  test_assert_close (c2->max, 163.68, 1e-12);
  g_assert_true (a2->value == 6000 && a2->min == 0 && isinf (a2->max));
  xps_edit_remove_component (model, 0, 0);
  g_assert_cmpuint (model->parameters->len, ==, 2); /* the background's */
}

static void
test_remove_from_a_sum (void)
{
  g_autoptr (XpsModel) model = made_model (
      "{'parameters':[{'name':'x','value':3},{'name':'y','value':5},{'name':'h','value':7,'vary':false},"
      "{'name':'s','of':'x','coef':2,'const':1,'terms':[{'of':'y','coef':10}]},{'name':'t','of':'h'},"
      "{'name':'w','value':1}],'components':["
      "{'name':'A','type':'gauss','params':{'center':'x','area':'h','fwhm':'w'}},"
      "{'name':'B','type':'gauss','params':{'center':'s','area':'t','fwhm':'w'}},"
      "{'name':'C','type':'gauss','params':{'center':'y','area':'y','fwhm':'w'}}]}");
  xps_edit_remove_component (model, 0, 0);
  sheet_assert_sound (model);
  const XpsParameter *s = xps_model_get_parameter (model, "s"), *t = xps_model_get_parameter (model, "t");
  g_assert_cmpint (s->kind, ==, XPS_PARAMETER_LINKED);
  g_assert_true (s->terms->len == 1 && s->constant == 7);
  g_assert_true (s->value == 57);
  g_assert_true (t->kind == XPS_PARAMETER_FIXED && t->value == 7); /* hung on a fixed one */
}

static void
test_duplicate (void)
{
  g_autoptr (XpsModel) model = made_model (SHEET_S2P);
  xps_edit_set_label (model, 0, 1, "2p1/2", "PS4");
  g_assert_cmpuint (xps_edit_duplicate_component (model, 0, 1), ==, 2);
  sheet_assert_sound (model);
  assert_links (model);
  const XpsComponent *copy = component_at (model, 2);
  g_assert_cmpstr (copy->name, ==, "S 2p1/2 2");
  g_assert_cmpstr (copy->phase, ==, "PS4");
  g_assert_cmpstr (copy->roles[2], ==,
                   "g"); /* shared ones stay shared, its own are copied with their links */
  g_assert_cmpstr (copy->roles[0], !=, "c2");
  test_assert_close (role_of (model, 2, "center"), 162.83, 1e-12);
  xps_edit_set_value (model, 0, 0, "center", 162, FALSE, NULL);
  test_assert_close (role_of (model, 2, "center"), 163.18, 1e-12);
}

static void
test_rename (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = xps_model_new ();
  xps_edit_add_doublet (model, 0, "S", "2p", xps_shape_find ("voigt"), &usual, 1.18, 0.5);
  g_assert_true (xps_edit_rename_component (model, 0, 0, "  PS4 ", &error));
  g_assert_cmpstr (component_at (model, 0)->name, ==, "PS4");
  g_assert_nonnull (xps_model_get_parameter (model, "PS4.fwhm_g"));
  g_assert_cmpstr (component_at (model, 1)->roles[2], ==, "PS4.fwhm_g");
  sheet_assert_sound (model);
  assert_links (model);
  g_assert_true (xps_edit_rename_component (model, 0, 0, "PS4", &error)); /* as it is called already */
  static const char *const bad[] = {"", "   ", "S 2p1/2", "a\"b", NULL};
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_false (xps_edit_rename_component (model, 0, 0, bad[i], &error));
    g_assert_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL);
    g_clear_error (&error);
  }
  g_assert_cmpstr (component_at (model, 0)->name, ==, "PS4");
}

/* A background with one factor for each component grows and shrinks with them. */
static void
test_per_component (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  g_autoptr (XpsModel) model = xps_model_new ();
  {
    g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
    xps_edit_set_background (model, 0, xps_background_find ("svsc"), preview, &error);
    g_assert_no_error (error);
  }
  xps_edit_add_component (model, 0, "A", xps_shape_find ("voigt"), &usual);
  sheet_assert_sound (model);
  xps_edit_add_doublet (model, 0, "B", "2p", xps_shape_find ("voigt"), &usual, 1.18, 0.5);
  sheet_assert_sound (model);
  xps_edit_duplicate_component (model, 0, 1);
  sheet_assert_sound (model);
  xps_edit_rename_component (model, 0, 1, "D", &error);
  g_assert_no_error (error);
  sheet_assert_sound (model);
  for (guint n = n_components (model); n > 1; n--) {
    xps_edit_remove_component (model, 0, n / 2);
    sheet_assert_sound (model);
  }
}

/* ---- values by hand ---- */

/* A chain of links: c = 2 b - 1, b = -a + 300. The root moves, everything in between follows. */
#define CHAIN                                                                                                \
  "{'parameters':[{'name':'a','value':140,'min':130,'max':150},{'name':'b','of':'a','coef':-1,'const':300}," \
  "{'name':'c','of':'b','coef':2,'const':-1},{'name':'n','value':100,'min':0},{'name':'w','value':1},"       \
  "{'name':'f','value':160,'vary':false,'min':159,'max':161},{'name':'h','of':'f','coef':1,'const':2}],"     \
  "'components':[{'name':'A','type':'gauss','params':{'center':'a','area':'n','fwhm':'w'}},"                 \
  "{'name':'B','type':'gauss','params':{'center':'b','area':'n','fwhm':'w'}},"                               \
  "{'name':'C','type':'gauss','params':{'center':'c','area':'n','fwhm':'w'}},"                               \
  "{'name':'D','type':'gauss','params':{'center':'h','area':'n','fwhm':'w'}}]}"

static void
test_chain (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_model (CHAIN);
  g_assert_true (xps_edit_set_value (model, 0, 2, "center", 329, FALSE, &error));
  g_assert_true (sheet_value (model, "a") == 135 && sheet_value (model, "b") == 165);
  assert_links (model);
  g_assert_false (xps_edit_set_value (model, 0, 2, "center", 400, FALSE, &error)); /* a would be 99.5 */
  g_assert_nonnull (strstr (error->message, "position of A would come to 99.5"));
  g_assert_nonnull (strstr (error->message, "130"));
  g_assert_true (sheet_value (model, "a") == 135);
  g_clear_error (&error);
  g_assert_true (xps_edit_set_value (model, 0, 2, "center", 400, TRUE, &error));
  g_assert_true (xps_model_get_parameter (model, "a")->min == 99.5);
  g_assert_true (xps_model_get_parameter (model, "a")->max == 150);
  g_assert_true (xps_edit_set_value (model, 0, 3, "center", 165, FALSE, &error)); /* a fixed root, by hand */
  g_assert_true (sheet_value (model, "f") == 163);
  g_assert_no_error (error);
  g_assert_false (xps_edit_set_value (model, 0, 0, "fwhm", -1, TRUE, &error)); /* no shape has that */
  g_clear_error (&error);
  g_assert_false (xps_edit_set_value (model, 0, 0, "fwhm", NAN, TRUE, &error));
  g_clear_error (&error);
  g_assert_false (xps_edit_set_value (model, 0, 0, "mix", 1, TRUE, &error));
  sheet_assert_sound (model);
}

static void
test_usual_value (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = xps_model_new ();
  xps_edit_add_component (model, 0, "E", xps_shape_find ("fermi"), &usual);
  g_assert_null (xps_edit_get_parameter (model, 0, 0, "kT"));
  g_assert_true (xps_edit_set_value (model, 0, 0, "kT", 0.0067, FALSE, &error)); /* a constant stays one */
  const XpsParameter *kT = xps_edit_get_parameter (model, 0, 0, "kT");
  g_assert_true (kT->value == 0.0067 && kT->kind == XPS_PARAMETER_FIXED);
  sheet_assert_sound (model);
}

/* Random links over links, set and dragged at random: what was asked for comes out to rounding, everything
 * that hangs together is exact. */
static void
test_random_links (void)
{
  XpsRandom random;
  xps_random_init (&random, 4);
  for (int round = 0; round < 300; round++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsModel) model = xps_model_new ();
    const int n = 2 + (int)(xps_random_uniform (&random) * 6);
    for (int i = 0; i < n; i++)
      xps_edit_add_component (model, 0, NULL, xps_shape_find ("gauss"), &usual);
    for (int i = 1; i < n; i++) { /* each to an earlier one, some to two */
      XpsParameter *p = xps_edit_get_parameter (model, 0, (gsize)i, "center");
      if (xps_random_uniform (&random) < 0.3)
        continue;
      p->kind = XPS_PARAMETER_LINKED;
      p->min = -INFINITY;
      p->max = INFINITY;
      p->constant = 10 * xps_random_uniform (&random);
      for (int k = 0; k < (xps_random_uniform (&random) < 0.3 ? 2 : 1); k++) {
        const gsize of = (gsize)(xps_random_uniform (&random) * i);
        xps_parameter_add_term (p, xps_edit_get_parameter (model, 0, of, "center")->name,
                                (xps_random_uniform (&random) - 0.5) * 4);
      }
    }
    g_assert_true (xps_edit_resolve (model, &error));
    for (int k = 0; k < 10; k++) {
      const gsize c = (gsize)(xps_random_uniform (&random) * n);
      const double wish = 100 + 200 * xps_random_uniform (&random);
      if (xps_edit_set_value (model, 0, c, "center", wish, TRUE, &error))
        test_assert_close (role_of (model, c, "center"), wish, 1e-12 * 1e4);
      g_clear_error (&error);
      assert_links (model);
      xps_edit_drag_apex (model, 0, c, wish + 1, NAN);
      assert_links (model);
      sheet_assert_sound (model); /* no free value outside its bounds */
    }
  }
}

/* ---- drags ---- */

static void
test_drag_apex (void)
{
  g_autoptr (XpsModel) model = made_model (SHEET_S2P);
  double maximum, height, fwhm, area;
  xps_edit_drag_apex (model, 0, 1, 163, 4000); /* the second line: the first one moves */
  look (model, 1, &maximum, &height, NULL, NULL);
  test_assert_close (maximum, 163, 1e-9);
  test_assert_close (height, 4000, 1e-6);
  g_assert_true (sheet_value (model, "c2") == sheet_value (model, "c") + 1.18);
  assert_links (model);
  xps_edit_drag_apex (model, 0, 0, 190, NAN); /* to the bound and no further */
  g_assert_true (sheet_value (model, "c") == 162.5);
  xps_edit_drag_apex (model, 0, 0, NAN, -100);
  g_assert_true (sheet_value (model, "a") == 0);
  xps_edit_drag_apex (model, 0, 0, NAN, NAN);
  xps_edit_drag_apex (model, 0, 0, INFINITY, NAN);
  g_assert_true (sheet_value (model, "c") == 162.5);
  xps_model_get_parameter (model, "c")->kind = XPS_PARAMETER_FIXED;
  xps_edit_drag_apex (model, 0, 0, 161, 3000); /* a lock holds, the height is free */
  g_assert_true (sheet_value (model, "c") == 162.5);
  look (model, 0, NULL, &height, &fwhm, &area);
  test_assert_close (height, 3000, 1e-6);
  xps_edit_drag_width (model, 0, 0, 1.4);
  double after;
  look (model, 0, NULL, NULL, &fwhm, &after);
  test_assert_close (fwhm, 1.4, 1e-6);
  g_assert_true (after == area);
  xps_model_get_parameter (model, "l")->kind = XPS_PARAMETER_FIXED;
  const double l = sheet_value (model, "l");
  xps_edit_drag_width (model, 0, 0, 1.0);
  look (model, 0, NULL, NULL, &fwhm, NULL);
  test_assert_close (fwhm, 1.0, 1e-6);
  g_assert_true (sheet_value (model, "l") == l);
  xps_edit_drag_width (model, 0, 0, 100);
  g_assert_true (sheet_value (model, "g") == 3);
  xps_edit_drag_width (model, 0, 0, -1);
  xps_edit_drag_width (model, 0, 0, NAN);
  g_assert_true (sheet_value (model, "g") == 3);
  sheet_assert_sound (model);
}

/* The bounds of what follows hold as well: B = A + 2 with B at most 164. */
static void
test_drag_of_bounded_link (void)
{
  g_autoptr (XpsModel) model = made_model (SHEET_S2P);
  xps_model_get_parameter (model, "c2")->max = 163;
  xps_edit_drag_apex (model, 0, 0, 162.4, NAN);
  test_assert_close (sheet_value (model, "c2"), 163, 1e-12);
  assert_links (model);
}

/* Every shape: the apex and the full width come where they are dragged to, the area stays. */
static void
test_drag_every_shape (void)
{
  size_t n;
  const XpsShape *shapes = xps_shapes_get (&n);
  for (size_t i = 0; i < n; i++) {
    g_autoptr (XpsModel) model = xps_model_new ();
    double maximum, height, fwhm, area, after;
    xps_edit_add_component (model, 0, NULL, &shapes[i], &usual);
    xps_edit_drag_apex (model, 0, 0, 162, 777);
    sheet_assert_sound (model);
    if (strcmp (shapes[i].id, "fermi") == 0) {
      g_assert_true (role_of (model, 0, "center") == 162 && role_of (model, 0, "amp") == 777);
      continue;
    }
    look (model, 0, &maximum, &height, &fwhm, &area);
    test_assert_close (maximum, 162, 1e-6);
    test_assert_close (height, 777, 1e-5 * 777);
    xps_edit_drag_width (model, 0, 0, 1.7);
    look (model, 0, NULL, NULL, &fwhm, &after);
    test_assert_close (fwhm, 1.7, 1e-6);
    if (isfinite (area))
      test_assert_close (after, area, 1e-9 * area);
    sheet_assert_sound (model);
  }
}

static void
test_linked_list (void)
{
  g_autoptr (XpsModel) model = made_model (CHAIN);
  g_autoptr (GArray) linked = xps_edit_list_linked (model, 0, 2);
  g_assert_cmpuint (linked->len, ==, 4); /* one area for all */
  g_assert_cmpuint (g_array_index (linked, guint, 0), ==, 2);
  g_autoptr (XpsModel) doublet = made_model (SHEET_S2P);
  xps_edit_add_component (doublet, 0, NULL, xps_shape_find ("gauss"), &usual);
  g_autoptr (GArray) two = xps_edit_list_linked (doublet, 0, 1), one = xps_edit_list_linked (doublet, 0, 2);
  g_assert_cmpuint (two->len, ==, 2);
  g_assert_cmpuint (one->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/add-every-shape", test_add_every_shape);
  g_test_add_func ("/edit/add-nonsense", test_add_nonsense);
  g_test_add_func ("/edit/doublet", test_doublet);
  g_test_add_func ("/edit/remove", test_remove);
  g_test_add_func ("/edit/remove-from-a-sum", test_remove_from_a_sum);
  g_test_add_func ("/edit/duplicate", test_duplicate);
  g_test_add_func ("/edit/rename", test_rename);
  g_test_add_func ("/edit/per-component", test_per_component);
  g_test_add_func ("/edit/chain", test_chain);
  g_test_add_func ("/edit/usual-value", test_usual_value);
  g_test_add_func ("/edit/random-links", test_random_links);
  g_test_add_func ("/edit/drag-apex", test_drag_apex);
  g_test_add_func ("/edit/drag-of-bounded-link", test_drag_of_bounded_link);
  g_test_add_func ("/edit/drag-every-shape", test_drag_every_shape);
  g_test_add_func ("/edit/linked-list", test_linked_list);
  return g_test_run ();
}
