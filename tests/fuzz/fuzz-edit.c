/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fit/edit.h"
#include "fit/model-index.h"

/* A person who does anything in any order: every byte is an edit or part of one. After each the model is
 * sound but for what it lacks (no components yet), and its preview can be drawn. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define POINTS      60
#define MAX_EDITS   40
#define MAX_MEMBERS 8

typedef struct {
  const uint8_t *at, *end;
  XpsModel *model;
  XpsSpectrum *spectrum;
} Person;

/* A broken promise ends the run whatever the build's debug settings. */
static void
check (gboolean kept)
{
  if (!kept)
    abort ();
}

static guint
next (Person *person)
{
  return person->at < person->end ? *person->at++ : 0;
}

/* Ordinary numbers, and those that nobody means. */
static double
next_number (Person *person)
{
  static const double odd[] = {0, -1, NAN, INFINITY, -INFINITY, 1e300, 1e-300, -0.0};
  const guint byte = next (person);
  return byte >= 248 ? odd[byte - 248] : 150 + 0.1 * byte;
}

static XpsSpectrum *
make_spectrum (void)
{
  XpsSpectrumDraft draft = {.name = g_strdup ("S 2p"), .axis = XPS_AXIS_BINDING, .n = POINTS};
  draft.energy = g_new (double, POINTS);
  draft.intensity = g_new (double, POINTS);
  draft.unit = XPS_INTENSITY_COUNTS;
  draft.acquisition = xps_acquisition_new ();
  draft.acquisition->summed = TRUE;
  for (int i = 0; i < POINTS; i++) {
    const double d = i - 30;
    draft.energy[i] = 155 + 0.25 * i;
    draft.intensity[i] = floor (200 + 2 * i + 900 * exp (-0.05 * d * d) + (i * 37) % 23);
  }
  return xps_spectrum_new (&draft);
}

static XpsPreview *
preview_of (const Person *person)
{
  const XpsEnergyScale scale = {NAN, 0, 0};
  return xps_preview_new (person->spectrum, &scale, person->model, 0, XPS_WEIGHTS_COUNTS);
}

static const GPtrArray *
components_of (const Person *person)
{
  return ((const XpsModelPart *)g_ptr_array_index (person->model->parts, 0))->components;
}

static const XpsShape *
next_shape (Person *person)
{
  size_t n;
  const XpsShape *shapes = xps_shapes_get (&n);
  return &shapes[next (person) % n];
}

/* ---- edits ---- */

static void
add (Person *person, gboolean doublet)
{
  static const char *const names[] = {NULL, "A", "S", "", "free", "x\"y"};
  static const char *const levels[] = {"2p", "3d", "4f", "1s", "", NULL};
  const XpsShape *shape = next_shape (person);
  const char *name = names[next (person) % G_N_ELEMENTS (names)];
  XpsPeakGuess guess = {next_number (person), 10 * next_number (person), 1};
  g_autoptr (XpsPreview) preview = preview_of (person);
  if (next (person) % 2 == 0 && !xps_edit_guess_peak (preview, next_number (person), &guess, NULL))
    return;
  if (!isfinite (guess.center) || fabs (guess.center) > 1e5)
    guess.center = 162; /* where the pointer is, is on the axis */
  if (doublet)
    xps_edit_add_doublet (person->model, 0, name, levels[next (person) % G_N_ELEMENTS (levels)], shape,
                          &guess, 1.18, 0.5);
  else
    xps_edit_add_component (person->model, 0, name, shape, &guess);
}

static const char *
next_role (Person *person, gsize component)
{
  const XpsComponent *own = g_ptr_array_index (components_of (person), component);
  return own->shape->roles[next (person) % own->shape->n_roles].id;
}

static void
constrain (Person *person, gsize component)
{
  static const char *const texts[] = {"A*0.5", "A+1.18", "B",        "C-1", "A+B*0.1", "free",
                                      "",      "fix",    "160:165",  "0:",  ":1000",   "=1",
                                      "0.3",   "A.area", "B.fwhm_g", "=161"};
  const char *role = next_role (person, component);
  const guint which = next (person);
  if (which < 200) {
    xps_edit_set_constraint (person->model, 0, component, role, texts[which % G_N_ELEMENTS (texts)], NULL);
    return;
  }
  const gsize n = MIN (which - 200, (gsize)(person->end - person->at));
  g_autofree char *text = g_strndup ((const char *)person->at, n);
  person->at += n;
  xps_edit_set_constraint (person->model, 0, component, role, text, NULL);
}

static void
background (Person *person)
{
  size_t n;
  const XpsBackground *rows = xps_backgrounds_get (&n);
  static const char *const settings[] = {"order", "average",       "knots", "anchors",
                                         "x_ref", "cross_section", "B"};
  const guint which = next (person);
  g_autoptr (XpsPreview) preview = preview_of (person);
  const char *setting = settings[next (person) % G_N_ELEMENTS (settings)];
  if (which % 3 == 0)
    xps_edit_set_background_number (person->model, 0, which % 2, setting, next (person), NULL);
  else if (which % 7 == 0)
    xps_edit_set_background_word (person->model, 0, 0, setting, "polymers", NULL);
  else
    xps_edit_set_background (person->model, 0, which % (n + 1) == n ? NULL : &rows[which % (n + 1)], preview,
                             NULL);
}

static void
paste (Person *person)
{
  g_autoptr (XpsPreview) preview = preview_of (person);
  g_autoptr (XpsModel) from = xps_model_copy (person->model);
  xps_edit_paste (person->model, 0, from, next (person) % 2 ? preview : NULL);
}

static void
edit_component (Person *person, guint what)
{
  XpsModel *model = person->model;
  const gsize c = next (person) % components_of (person)->len;
  switch (what % 9) {
  case 0:
    xps_edit_remove_component (model, 0, c);
    return;
  case 1:
    xps_edit_duplicate_component (model, 0, c);
    return;
  case 2:
    xps_edit_set_shape (model, 0, c, next_shape (person), NULL);
    return;
  case 3:
    xps_edit_set_value (model, 0, c, next_role (person, c), next_number (person), next (person) % 2, NULL);
    return;
  case 4:
    xps_edit_drag_apex (model, 0, c, next_number (person), next_number (person));
    return;
  case 5:
    xps_edit_drag_width (model, 0, c, 0.01 * next_number (person));
    return;
  case 6:
    xps_edit_set_fixed (model, 0, c, next_role (person, c), next (person) % 2);
    return;
  case 7:
    xps_edit_rename_component (model, 0, c, next (person) % 2 ? "A" : "S 2p3/2", NULL);
    return;
  default:
    constrain (person, c);
    return;
  }
}

static void
edit (Person *person)
{
  const guint what = next (person);
  const guint n = components_of (person)->len;
  if (what % 16 == 0 && n < MAX_MEMBERS)
    add (person, what % 32 == 0);
  else if (what % 16 == 1)
    background (person);
  else if (what % 16 == 2)
    xps_edit_set_window (person->model, 0, next_number (person), next_number (person));
  else if (what % 16 == 3)
    xps_edit_set_shift (person->model, 0, next_number (person) - 160, "fuzz");
  else if (what % 16 == 4 && n < MAX_MEMBERS)
    paste (person);
  else if (n > 0 && (n < MAX_MEMBERS || what % 9 != 1))
    edit_component (person, what);
}

/* ---- what must be true ---- */

/* A window may be empty because a person asked for that, and a part too: then the names and links count. */
static void
check_model (const Person *person)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModelIndex) links = xps_model_index_new (person->model, &error);
  check (links != NULL);
  for (guint i = 0; i < person->model->parameters->len; i++) {
    const XpsParameter *p = g_ptr_array_index (person->model->parameters, i);
    if (p->kind == XPS_PARAMETER_FREE)
      check (p->value >= p->min && p->value <= p->max);
  }
  g_autoptr (XpsModel) copy = xps_model_copy (person->model);
  g_autofree double *values = g_new0 (double, copy->parameters->len + 1);
  check (xps_edit_resolve (copy, NULL));
  for (guint i = 0; i < copy->parameters->len; i++)
    values[i] = ((const XpsParameter *)g_ptr_array_index (copy->parameters, i))->value;
  xps_model_resolve_links (person->model, links, values);
  for (guint i = 0; i < copy->parameters->len; i++) {
    const double v = ((const XpsParameter *)g_ptr_array_index (person->model->parameters, i))->value;
    check (v == values[i] || isnan (values[i]));
  }
}

static void
check_shown (const Person *person)
{
  g_autoptr (XpsPreview) preview = preview_of (person);
  const GPtrArray *components = components_of (person);
  check (preview->n == POINTS);
  xps_preview_update (preview, person->model);
  for (guint c = 0; c < components->len; c++) {
    const XpsComponent *own = g_ptr_array_index (components, c);
    g_autoptr (GArray) linked = xps_edit_list_linked (person->model, 0, c);
    check (linked->len >= 1);
    for (gsize k = 0; k < own->shape->n_roles; k++) {
      g_autofree char *typed = xps_edit_dup_constraint (person->model, 0, c, own->shape->roles[k].id);
      g_autofree char *sentence = xps_edit_dup_sentence (person->model, 0, c, own->shape->roles[k].id);
      g_autoptr (XpsModel) copy = xps_model_copy (person->model);
      check (xps_edit_set_constraint (copy, 0, c, own->shape->roles[k].id, typed, NULL));
      check (xps_model_equal (copy, person->model));
    }
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Person person = {data, data + size, xps_model_new (), make_spectrum ()};
  for (int i = 0; i < MAX_EDITS && person.at < person.end; i++) {
    edit (&person);
    check_model (&person);
  }
  check_shown (&person);
  xps_model_free (person.model);
  xps_spectrum_unref (person.spectrum);
  return 0;
}
