/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/model-compare.h"
#include "fit/sheet.h"

/* Models compared member by member are equal exactly where the texts they are written as are. */

static gboolean
same_text (const XpsModel *a, const XpsModel *b)
{
  g_autofree char *text_a = xps_model_dup_text (a), *text_b = xps_model_dup_text (b);
  return strcmp (text_a, text_b) == 0;
}

#define JOINT                                                                                                \
  "{'parameters':[{'name':'c','value':161.65,'min':160},{'name':'a','value':900},{'name':'w','value':1},"    \
  "{'name':'d','of':'c','coef':1,'const':2,'terms':[{'of':'w','coef':0.5}]},{'name':'s','value':1},"         \
  "{'name':'t','value':2}],'not_supported':['x'],'spectra':[{'id':'x','data':'f','region':'r',"              \
  "'energy_range':[150,170],'energy_shift':0.2,'energy_shift_source':'C 1s','components':[{'name':'A',"      \
  "'type':'gauss','label':'l','phase':'p','params':{'center':'c','area':'a','fwhm':'w'}}],'background':["    \
  "{'type':'spline','values':['s','t'],'knots':[150,170]},{'type':'tougaard','cross_section':'SiO2'}]},"     \
  "{'id':'y','components':[],'background':[]}]}"

/* How much of it a comparison may pass over. */
typedef struct {
  const char *what;
  XpsCompare but; /* where the two count as the same again; XPS_COMPARE_ALL: never */
} Change;

static const Change changes[] = {
    {"value", XPS_COMPARE_BUT_VALUES},
    {"value by a rounding", XPS_COMPARE_BUT_VALUES},
    {"value of a link", (XpsCompare)(XPS_COMPARE_BUT_VALUES | XPS_COMPARE_BUT_LABELS)},
    {"bound", XPS_COMPARE_ALL},
    {"bound gone", XPS_COMPARE_ALL},
    {"kind", XPS_COMPARE_ALL},
    {"name of a parameter", XPS_COMPARE_ALL},
    {"coefficient", XPS_COMPARE_ALL},
    {"second coefficient", XPS_COMPARE_ALL},
    {"constant", XPS_COMPARE_ALL},
    {"target", XPS_COMPARE_ALL},
    {"one term more", XPS_COMPARE_ALL},
    {"shape", XPS_COMPARE_ALL},
    {"role", XPS_COMPARE_ALL},
    {"label", XPS_COMPARE_BUT_LABELS},
    {"phase gone", XPS_COMPARE_BUT_LABELS},
    {"name of a component", XPS_COMPARE_ALL},
    {"window", XPS_COMPARE_ALL},
    {"window open", XPS_COMPARE_ALL},
    {"shift", XPS_COMPARE_ALL},
    {"source of the shift", XPS_COMPARE_BUT_LABELS},
    {"id", XPS_COMPARE_ALL},
    {"data", XPS_COMPARE_ALL},
    {"knot", XPS_COMPARE_ALL},
    {"number of knots", XPS_COMPARE_ALL},
    {"value at a knot", XPS_COMPARE_ALL},
    {"word", XPS_COMPARE_ALL},
    {"number", XPS_COMPARE_ALL},
    {"one background less", XPS_COMPARE_ALL},
    {"one part less", XPS_COMPARE_ALL},
    {"one parameter more", XPS_COMPARE_ALL},
    {"note", XPS_COMPARE_BUT_LABELS},
};

static void
replace (char **text, const char *by)
{
  g_free (*text);
  *text = g_strdup (by);
}

static void
change_parameters (XpsModel *model, gsize i)
{
  XpsParameter *c = xps_model_get_parameter (model, "c"), *d = xps_model_get_parameter (model, "d");
  XpsLinkTerm *first = d->terms->pdata[0], *second = d->terms->pdata[1];
  switch (i) {
  case 0:
    c->value = 162;
    return;
  case 1:
    c->value = nextafter (c->value, 0);
    return;
  case 2:
    d->value = 5;
    return;
  case 3:
    c->max = 170;
    return;
  case 4:
    c->min = -INFINITY;
    return;
  case 5:
    c->kind = XPS_PARAMETER_FIXED;
    return;
  case 6:
    replace (&c->name, "e");
    return;
  case 7:
    first->coef = nextafter (1, 2);
    return;
  case 8:
    second->coef = -0.5;
    return;
  case 9:
    d->constant = nextafter (2, 3);
    return;
  case 10:
    replace (&first->of, "a");
    return;
  default:
    xps_parameter_add_term (d, "a", 0);
    return;
  }
}

static void
change_part (XpsModel *model, gsize i)
{
  XpsModelPart *part = model->parts->pdata[0];
  XpsComponent *component = part->components->pdata[0];
  switch (i) {
  case 12:
    component->shape = xps_shape_find ("lorentz");
    return;
  case 13:
    xps_component_set_role (component, "center", "d");
    return;
  case 14:
    replace (&component->label, "m");
    return;
  case 15:
    replace (&component->phase, NULL);
    return;
  case 16:
    replace (&component->name, "B");
    return;
  case 17:
    part->low = 151;
    return;
  case 18:
    part->high = NAN;
    return;
  case 19:
    part->energy_shift = 0.3;
    return;
  case 20:
    replace (&part->energy_shift_source, "Au 4f");
    return;
  case 21:
    replace (&part->id, "z");
    return;
  default:
    replace (&part->data, "g");
    return;
  }
}

static void
change_rest (XpsModel *model, gsize i)
{
  XpsModelPart *part = model->parts->pdata[0];
  XpsModelBackground *spline = part->backgrounds->pdata[0], *tougaard = part->backgrounds->pdata[1];
  switch (i) {
  case 23:
    xps_model_background_set_list (spline, 0, (const double[]){150, 171}, 2);
    return;
  case 24:
    xps_model_background_set_list (spline, 0, (const double[]){150, 160, 170}, 3);
    return;
  case 25:
    replace ((char **)&spline->roles[0]->pdata[1], "s");
    return;
  case 26:
    tougaard->settings.word[xps_background_find_setting (tougaard->type, "cross_section")] = 1;
    return;
  case 27:
    tougaard->settings.number[xps_background_find_setting (tougaard->type, "average")] = 3;
    return;
  case 28:
    g_ptr_array_set_size (part->backgrounds, 1);
    return;
  case 29:
    g_ptr_array_set_size (model->parts, 1);
    return;
  case 30:
    xps_model_add_parameter (model, "new", 1, 0, 2);
    return;
  default:
    g_ptr_array_add (model->not_supported, g_strdup ("y"));
    return;
  }
}

static void
test_changes (void)
{
  g_autoptr (XpsModel) model = made_model (JOINT);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autoptr (XpsModel) other = xps_model_copy (model);
    g_assert_true (xps_model_same (model, other, XPS_COMPARE_ALL));
    if (i < 12)
      change_parameters (other, i);
    else if (i < 23)
      change_part (other, i);
    else
      change_rest (other, i);
    g_test_message ("%s", changes[i].what);
    g_assert_true (xps_model_same (model, other, XPS_COMPARE_ALL) == same_text (model, other));
    g_assert_true (xps_model_same (model, other, XPS_COMPARE_ALL) ==
                   (i == 2)); /* links follow from the rest */
    for (int but = XPS_COMPARE_BUT_VALUES; but <= XPS_COMPARE_BUT_LABELS; but++)
      g_assert_true (xps_model_same (model, other, (XpsCompare)but) ==
                     ((changes[i].but & (XpsCompare)but) != 0));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compare/changes", test_changes);
  return g_test_run ();
}
