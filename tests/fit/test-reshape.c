/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/sheet.h"

#include "numerics/random.h"

/* Edits of a model as a whole: shapes, backgrounds, windows, charge shifts, pasting. */

static const XpsPeakGuess usual = {161.65, 5000, 0.9};

static const XpsComponent *
component_at (const XpsModel *model, gsize i)
{
  return ((const XpsModelPart *)model->parts->pdata[0])->components->pdata[i];
}

static const XpsModelBackground *
background_at (const XpsModel *model, gsize i)
{
  return ((const XpsModelPart *)model->parts->pdata[0])->backgrounds->pdata[i];
}

typedef struct {
  double maximum, height, fwhm, area;
} Look;

static Look
look (const XpsModel *model, gsize component)
{
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
  Look out;
  xps_preview_get_component (preview, component, &out.maximum, &out.height, &out.fwhm, &out.area);
  return out;
}

/* ---- shapes ---- */

static gboolean
is_edge (const XpsShape *shape)
{
  return strcmp (shape->id, "fermi") == 0;
}

/* From every shape to every other and on to the next: maximum, full width and area (height, where one of them
 * has no area) stay; nothing is left over in the list of parameters. */
static void
test_every_pair (void)
{
  size_t n;
  const XpsShape *shapes = xps_shapes_get (&n);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (XpsModel) model = xps_model_new ();
      xps_edit_add_component (model, 0, NULL, &shapes[i], &usual);
      const Look before = look (model, 0);
      g_assert_true (xps_edit_set_shape (model, 0, 0, &shapes[j], &error));
      g_assert_no_error (error);
      sheet_assert_sound (model);
      g_assert_true (component_at (model, 0)->shape == &shapes[j]);
      for (guint k = 0; k < model->parameters->len; k++) {
        const char *name = ((const XpsParameter *)model->parameters->pdata[k])->name;
        gboolean used = FALSE;
        for (size_t r = 0; r < shapes[j].n_roles; r++)
          used |= g_strcmp0 (component_at (model, 0)->roles[r], name) == 0;
        g_assert_true (used);
      }
      if (is_edge (&shapes[i]) || is_edge (&shapes[j]))
        continue;
      const Look after = look (model, 0);
      test_assert_close (after.maximum, before.maximum, 1e-6);
      test_assert_close (after.fwhm, before.fwhm, 1e-6 * before.fwhm);
      if (isfinite (before.area) && isfinite (after.area))
        test_assert_close (after.area, before.area, 1e-6 * before.area);
      else
        test_assert_close (after.height, before.height, 1e-5 * before.height);
    }
}

/* The lines of a doublet one after the other: links hold, and in the end they share everything again. */
static void
test_doublet (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = xps_model_new ();
  xps_edit_add_doublet (model, 0, "S", "2p", xps_shape_find ("voigt"), &usual, 1.18, 0.5);
  const guint n = model->parameters->len;
  const Look first = look (model, 0), second = look (model, 1);
  g_assert_true (xps_edit_set_shape (model, 0, 0, xps_shape_find ("dsg"), &error));
  sheet_assert_sound (model);
  g_assert_true (xps_edit_set_shape (model, 0, 1, xps_shape_find ("dsg"), &error));
  sheet_assert_sound (model);
  const Look one = look (model, 0), two = look (model, 1);
  test_assert_close (one.maximum, first.maximum, 1e-6);
  test_assert_close (two.maximum, second.maximum, 1e-6);
  g_assert_true (two.fwhm == one.fwhm); /* widths that both share are nobody's to change */
  g_assert_cmpuint (model->parameters->len, ==, n + 1); /* alpha, once */
  for (int k = 2; k < 5; k++)
    g_assert_cmpstr (component_at (model, 0)->roles[k], ==, component_at (model, 1)->roles[k]);
}

/* Locked and shared numbers are left alone. */
static void
test_locks (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_model (SHEET_S2P);
  xps_model_get_parameter (model, "c")->kind = XPS_PARAMETER_FIXED;
  g_assert_true (xps_edit_set_shape (model, 0, 0, xps_shape_find ("tch"), &error));
  sheet_assert_sound (model);
  g_assert_true (sheet_value (model, "c") == 161.65 && sheet_value (model, "g") == 0.6);
  g_assert_true (xps_edit_set_shape (model, 0, 0, xps_shape_find ("tch"), &error)); /* as it is */
  g_assert_true (xps_edit_set_shape (model, 0, 1, xps_shape_find ("ds"), &error));
  sheet_assert_sound (model);
  g_assert_nonnull (xps_model_get_parameter (model, "g")); /* the other one has it still */
}

/* ---- backgrounds ---- */

#define STEP                                                                                                 \
  "{'parameters':[{'name':'c','value':162},{'name':'a','value':20000,'min':0},{'name':'w','value':1.2},"     \
  "{'name':'b','value':3000},{'name':'k','value':0.05,'min':0}],"                                            \
  "'components':[{'name':'A','type':'gauss','params':{'center':'c','area':'a','fwhm':'w'}}],"                \
  "'background':[{'type':'active_shirley','k':'k'},{'type':'poly','coeffs':['b'],'x_ref':0}]}"

/* The first picture runs through both ends of data with a step: level at the low end to 3 sigma of a point
 * (the start is a median of ten), at the high end to a tenth of the step for those that can follow it. */
static void
test_first_picture (void)
{
  size_t n;
  const XpsBackground *rows = xps_backgrounds_get (&n);
  g_autoptr (XpsSpectrum) spectrum = sheet_of (STEP, 150, 0.1, 240, 5);
  for (int with = 0; with < 2; with++)
    for (size_t i = 0; i < n; i++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (XpsModel) model = xps_model_new ();
      if (with) {
        static const XpsPeakGuess peak = {162, 15600, 1.2};
        xps_edit_add_component (model, 0, NULL, xps_shape_find ("gauss"), &peak);
      }
      g_autoptr (XpsPreview) before = sheet_preview (spectrum, model);
      g_assert_true (xps_edit_set_background (model, 0, &rows[i], before, &error));
      g_assert_no_error (error);
      g_assert_true (background_at (model, 0)->type == &rows[i]);
      g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
      if (strcmp (rows[i].id, "svsc") == 0 && !with) {
        g_assert_nonnull (preview->message); /* nothing to belong to yet */
        continue;
      }
      sheet_assert_sound (model);
      g_assert_null (preview->message);
      const double *b = preview->background;
      test_assert_close (b[0], 3000, 3 * sqrt (3000));
      if (rows[i].kind != XPS_BACKGROUND_ACTIVE || with)
        test_assert_close (b[preview->n - 1], 4000, 150);
      if (strcmp (rows[i].id, "tougaard") != 0) /* anchored at the high end, it is what it is in between */
        for (gsize k = 0; k < preview->n; k++)
          g_assert_true (b[k] > 2500 && b[k] < 4500);
      g_assert_true (xps_edit_set_background (model, 0, NULL, preview, &error));
      g_assert_cmpuint (model->parameters->len, ==, with ? 3 : 0);
    }
}

static void
test_background_settings (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSpectrum) spectrum = sheet_of (STEP, 150, 0.1, 240, 5);
  g_autoptr (XpsModel) model = xps_model_new ();
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
  xps_edit_set_background (model, 0, xps_background_find ("poly"), preview, &error);
  g_assert_cmpuint (background_at (model, 0)->roles[0]->len, ==, 2);
  g_assert_true (xps_edit_set_background_number (model, 0, 0, "order", 3, &error));
  g_assert_cmpuint (background_at (model, 0)->roles[0]->len, ==, 4);
  sheet_assert_sound (model);
  g_assert_true (xps_edit_set_background_number (model, 0, 0, "order", 0, &error));
  g_assert_cmpuint (model->parameters->len, ==, 1);
  g_assert_false (xps_edit_set_background_number (model, 0, 0, "order", 40, &error));
  g_clear_error (&error);
  g_assert_false (xps_edit_set_background_number (model, 0, 0, "order", NAN, &error));
  g_clear_error (&error);
  g_assert_false (xps_edit_set_background_number (model, 0, 0, "average", 4, &error));
  g_assert_nonnull (strstr (error->message, "average"));
  g_clear_error (&error);
  g_assert_false (xps_edit_set_background_number (model, 0, 7, "average", 4, &error));
  g_clear_error (&error);
  xps_edit_set_background (model, 0, xps_background_find ("spline"), preview, &error);
  g_assert_true (xps_edit_set_background_number (model, 0, 0, "knots", 7, &error));
  g_assert_cmpuint (background_at (model, 0)->roles[0]->len, ==, 7);
  sheet_assert_sound (model);
  g_autoptr (XpsPreview) spline = sheet_preview (spectrum, model);
  g_assert_null (spline->message);
  test_assert_close (spline->background[0], 3000, 3 * sqrt (3000));
  test_assert_close (spline->background[239], 4000, 150);
  xps_edit_set_background (model, 0, xps_background_find ("tougaard"), preview, &error);
  g_assert_no_error (error);
  g_assert_true (xps_edit_set_background_word (model, 0, 0, "cross_section", "polymers", &error));
  g_assert_false (xps_edit_set_background_word (model, 0, 0, "cross_section", "cheese", &error));
  g_assert_nonnull (strstr (error->message, "universal"));
  g_clear_error (&error);
  g_assert_false (xps_edit_set_background_word (model, 0, 0, "average", "cheese", &error));
  g_clear_error (&error);
  g_assert_false (xps_edit_set_background_number (model, 0, 0, "average", 0, &error));
  g_clear_error (&error);
  g_assert_true (xps_edit_set_background_number (model, 0, 0, "average", 4, &error));
  g_assert_no_error (error);
}

/* Anchors of a static spline follow the window inward: it can always be drawn. */
static void
test_window (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSpectrum) spectrum = sheet_of (STEP, 150, 0.1, 240, 5);
  g_autoptr (XpsModel) model = xps_model_new ();
  g_autoptr (XpsPreview) before = sheet_preview (spectrum, model);
  xps_edit_set_background (model, 0, xps_background_find ("spline_static"), before, &error);
  xps_edit_set_window (model, 0, 168, 157);
  const XpsModelPart *part = model->parts->pdata[0];
  g_assert_true (part->low == 157 && part->high == 168);
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, model);
  g_assert_null (preview->message);
  g_assert_cmpuint (preview->n_window, ==, 111);
  xps_edit_set_window (model, 0, NAN, 168);
  g_assert_true (isnan (part->low) && part->high == 168);
  xps_edit_set_window (model, 0, NAN, NAN);
  sheet_assert_sound (model);
}

/* ---- charge reference ---- */

/* Curves on the data before and after: to the rounding of the energies, amplified by the steepness of the
 * curve (1e-13 eV on a slope of the height over a tenth of the width). */
static void
assert_same_curves (const XpsPreview *a, const XpsPreview *b)
{
  double largest = 0;
  g_assert_cmpuint (a->n, ==, b->n);
  g_assert_cmpuint (a->first, ==, b->first);
  g_assert_cmpuint (a->n_window, ==, b->n_window);
  for (gsize i = a->first; i < a->first + a->n_window; i++)
    largest = fmax (largest, fabs (a->envelope[i]));
  for (gsize i = a->first; i < a->first + a->n_window; i++) {
    test_assert_close (a->envelope[i], b->envelope[i], 1e-11 * largest);
    for (gsize c = 0; c < a->n_components; c++)
      test_assert_close (a->components[c][i], b->components[c][i], 1e-11 * largest);
  }
}

static void
test_shift (void)
{
  size_t n;
  const XpsBackground *rows = xps_backgrounds_get (&n);
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  for (size_t i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsModel) model = made_model (SHEET_S2P);
    xps_edit_set_window (model, 0, 156.02, 167.98); /* between points: rounding must not move one over */
    XpsParameter *c2 = xps_model_get_parameter (model, "c2");
    ((XpsLinkTerm *)c2->terms->pdata[0])->coef = 0.25; /* a link whose constant must follow */
    c2->constant = 162.83 - 0.25 * 161.65;
    g_autoptr (XpsPreview) data = sheet_preview (spectrum, model);
    xps_edit_set_background (model, 0, &rows[i], data, &error);
    g_assert_no_error (error);
    g_autoptr (XpsPreview) before = sheet_preview (spectrum, model);
    xps_edit_set_shift (model, 0, 0.734, "C 1s at 284.80 eV");
    const XpsModelPart *part = model->parts->pdata[0];
    g_assert_true (part->energy_shift == 0.734);
    g_assert_cmpstr (part->energy_shift_source, ==, "C 1s at 284.80 eV");
    test_assert_close (xps_model_get_parameter (model, "c")->min, 160.5 + 0.734, 1e-12);
    sheet_assert_sound (model);
    g_autoptr (XpsPreview) after = sheet_preview (spectrum, model);
    g_assert_cmpstr (after->message, ==, before->message);
    assert_same_curves (before, after);
    xps_edit_set_shift (model, 0, 0.734, part->energy_shift_source);
    xps_edit_set_shift (model, 0, 0, NULL);
    g_assert_null (part->energy_shift_source);
    g_autoptr (XpsPreview) back = sheet_preview (spectrum, model);
    assert_same_curves (before, back);
    test_assert_close (sheet_value (model, "c2"), 162.83, 1e-12);
  }
}

/* A position that two spectra of a joint model share: only the one moves. */
static void
test_shift_of_shared (void)
{
  g_autoptr (XpsSpectrum) spectrum = sheet_s2p ();
  g_autoptr (XpsModel) model = made_model (
      "{'parameters':[{'name':'b','value':500},{'name':'c','value':162,'min':160},"
      "{'name':'a','value':900},{'name':'w','value':1},{'name':'d','of':'c','coef':1,'const':2}],"
      "'spectra':[{'id':'x','components':[{'name':'A','type':'gauss','params':{'center':'c','area':'a',"
      "'fwhm':'w'}}],'background':[{'type':'poly','coeffs':['b'],'x_ref':0}]},"
      "{'id':'y','components':[{'name':'A','type':'gauss','params':{'center':'c','area':'a',"
      "'fwhm':'w'}},{'name':'B','type':'gauss','params':{'center':'d','area':'a','fwhm':'w'}}],"
      "'background':[{'type':'poly','coeffs':['b'],'x_ref':0}]}]}");
  const XpsEnergyScale scale = {NAN, 0, 0};
  for (gsize moved = 0; moved < 2; moved++) {
    XpsPreview *before[2], *after[2];
    for (gsize s = 0; s < 2; s++)
      before[s] = xps_preview_new (spectrum, &scale, model, s, XPS_WEIGHTS_COUNTS);
    xps_edit_set_shift (model, moved, 0.5 + (double)moved, "test");
    sheet_assert_sound (model);
    for (gsize s = 0; s < 2; s++) {
      after[s] = xps_preview_new (spectrum, &scale, model, s, XPS_WEIGHTS_COUNTS);
      assert_same_curves (before[s], after[s]);
      xps_preview_free (before[s]);
      xps_preview_free (after[s]);
    }
  }
}

/* Random models of links among positions, shifted to and fro. */
static void
test_shift_random (void)
{
  XpsRandom random;
  xps_random_init (&random, 9);
  for (int round = 0; round < 100; round++) {
    g_autoptr (XpsModel) model = xps_model_new ();
    g_autofree double *before = NULL;
    const gsize n = 2 + (gsize)(xps_random_uniform (&random) * 5);
    for (gsize i = 0; i < n; i++)
      xps_edit_add_component (model, 0, NULL, xps_shape_find ("gauss"), &usual);
    xps_model_add_parameter (model, "hidden", 3, -INFINITY, INFINITY);
    for (gsize i = 1; i < n; i++) {
      XpsParameter *p = xps_edit_get_parameter (model, 0, i, "center");
      const gsize of = (gsize)(xps_random_uniform (&random) * (double)i);
      p->kind = XPS_PARAMETER_LINKED;
      p->constant = 100 * xps_random_uniform (&random);
      p->min = -INFINITY;
      p->max = INFINITY;
      xps_parameter_add_term (p, xps_edit_get_parameter (model, 0, of, "center")->name,
                              xps_random_uniform (&random) < 0.5 ? 1 : 2 * xps_random_uniform (&random));
      if (xps_random_uniform (&random) < 0.3)
        xps_parameter_add_term (p, "hidden", 0.5);
    }
    before = made_values (model);
    const double by = 4 * (xps_random_uniform (&random) - 0.5);
    xps_edit_set_shift (model, 0, by, "random");
    for (gsize i = 0; i < n; i++) {
      const char *name = xps_edit_get_parameter (model, 0, i, "center")->name;
      const int k = xps_model_find_parameter (model, name);
      test_assert_close (sheet_value (model, name), before[k] + by, 1e-12 * fabs (before[k]));
    }
    g_assert_true (sheet_value (model, "hidden") == 3);
  }
}

/* ---- pasting ---- */

/* Twice the counts, other positions and another shift: positions and constraints are those of the source,
 * intensities those of the data, and the first picture is as good as the source's. */
static void
test_paste (void)
{
  g_autoptr (XpsModel) source = made_model (SHEET_S2P), target = xps_model_new ();
  g_autofree char *text = g_strdup (SHEET_S2P);
  char *area = strstr (text, "12000");
  memcpy (area, "36000", 5);
  g_autoptr (XpsSpectrum) spectrum = sheet_of (text, 155, 0.05, 281, 2);
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, target);
  xps_edit_set_window (source, 0, 156, 168);
  xps_edit_paste (target, 0, source, preview);
  sheet_assert_sound (target);
  g_assert_cmpuint (target->parameters->len, ==, source->parameters->len);
  const XpsModelPart *part = target->parts->pdata[0];
  g_assert_true (part->low == 156 && part->high == 168); /* there was none */
  g_assert_true (sheet_value (target, "c") == 161.65);
  g_assert_true (sheet_value (target, "a2") == 0.5 * sheet_value (target, "a"));
  test_assert_close (sheet_value (target, "a"), 36000, 0.03 * 36000); /* a line is not quite the background */
  test_assert_close (sheet_value (target, "b0"), 800, 80);
  g_autoptr (XpsModel) again = xps_model_copy (target);
  XpsModelPart *own = again->parts->pdata[0];
  own->low = 157;
  own->energy_shift = 0.3;
  g_autoptr (XpsPreview) shifted = sheet_preview (spectrum, again);
  xps_edit_paste (again, 0, source, shifted);
  sheet_assert_sound (again);
  g_assert_true (own->low == 157 && own->energy_shift == 0.3);
  g_assert_cmpuint (again->parameters->len, ==, source->parameters->len);
  xps_edit_paste (again, 0, again, shifted); /* onto itself */
  sheet_assert_sound (again);
  g_assert_cmpuint (again->parameters->len, ==, source->parameters->len);
  xps_edit_paste (again, 0, source, NULL);
  g_assert_true (sheet_value (again, "a") == 12000);
  g_autoptr (XpsModel) nothing = xps_model_new ();
  xps_edit_paste (again, 0, nothing, shifted);
  g_assert_cmpuint (again->parameters->len, ==, 0);
}

/* Names that another spectrum of the target uses are not taken away from it. */
static void
test_paste_into_joint (void)
{
  g_autoptr (XpsModel) source = made_model (SHEET_S2P);
  g_autoptr (XpsModel) target = made_model (
      "{'parameters':[{'name':'b','value':500},{'name':'c','value':162},{'name':'a','value':900},"
      "{'name':'w','value':1}],'spectra':[{'id':'x','components':[{'name':'A','type':'gauss',"
      "'params':{'center':'c','area':'a','fwhm':'w'}}],'background':[]},{'id':'y','components':["
      "{'name':'A','type':'gauss','params':{'center':'c','area':'a','fwhm':'w'}}],'background':[]}]}");
  xps_edit_paste (target, 1, source, NULL);
  sheet_assert_sound (target);
  g_assert_true (sheet_value (target, "c") == 162);
  g_assert_nonnull (xps_model_get_parameter (target, "c 2"));
  g_assert_true (sheet_value (target, "c2") == 161.65 + 1.18);
}

/* A model of two core levels, one of which the data have: that one comes, whatever its place; of none, the
 * target stays. */
static void
test_paste_level (void)
{
  g_autoptr (XpsModel) target = xps_model_new ();
  g_autoptr (XpsModel) source = made_model (
      "{'parameters':[{'name':'o','value':531.5},{'name':'s','value':161.7},{'name':'a','value':900},"
      "{'name':'w','value':1}],'spectra':[{'id':'O 1s','components':[{'name':'O','type':'gauss',"
      "'params':{'center':'o','area':'a','fwhm':'w'}}],'background':[]},{'id':'S 2p','components':["
      "{'name':'S','type':'gauss','params':{'center':'s','area':'a','fwhm':'w'}}],'background':[]}]}");
  g_autoptr (XpsSpectrum) spectrum = sheet_of (SHEET_S2P, 155, 0.05, 281, 2);
  g_autoptr (XpsPreview) preview = sheet_preview (spectrum, target);
  g_assert_true (xps_edit_paste (target, 0, source, preview));
  const XpsModelPart *part = target->parts->pdata[0];
  g_assert_cmpuint (part->components->len, ==, 1);
  g_assert_cmpstr (((const XpsComponent *)part->components->pdata[0])->name, ==, "S");
  g_assert_null (xps_model_get_parameter (target, "o"));
  g_autofree char *before = xps_model_dup_text (target);
  xps_model_get_parameter (source, "s")->value = 284.8;
  g_assert_false (xps_edit_paste (target, 0, source, preview));
  g_autofree char *after = xps_model_dup_text (target);
  g_assert_cmpstr (after, ==, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reshape/paste-level", test_paste_level);
  g_test_add_func ("/reshape/every-pair", test_every_pair);
  g_test_add_func ("/reshape/doublet", test_doublet);
  g_test_add_func ("/reshape/locks", test_locks);
  g_test_add_func ("/reshape/first-picture", test_first_picture);
  g_test_add_func ("/reshape/background-settings", test_background_settings);
  g_test_add_func ("/reshape/window", test_window);
  g_test_add_func ("/reshape/shift", test_shift);
  g_test_add_func ("/reshape/shift-of-shared", test_shift_of_shared);
  g_test_add_func ("/reshape/shift-random", test_shift_random);
  g_test_add_func ("/reshape/paste", test_paste);
  g_test_add_func ("/reshape/paste-into-joint", test_paste_into_joint);
  return g_test_run ();
}
