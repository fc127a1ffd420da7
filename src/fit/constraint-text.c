/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/constraint.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

/* Constraints as they would be typed, and as sentences. */

const char *
xps_edit_role_word (const XpsShapeRole *role)
{
  static const struct {
    const char *id, *word;
  } words[] = {
      {"center", N_ ("position")},
      {"area", N_ ("area")},
      {"amp", N_ ("amplitude")},
      {"fwhm", N_ ("width")},
      {"width", N_ ("width")},
      {"fwhm_g", N_ ("Gaussian width")},
      {"fwhm_l", N_ ("Lorentzian width")},
      {"mix", N_ ("mixing")},
      {"asym", N_ ("asymmetry")},
      {"tail", N_ ("tail")},
      {"kT", N_ ("thermal energy")},
      {"alpha", N_ ("alpha")},
      {"beta", N_ ("beta")},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].id, role->id) == 0)
      return _ (words[i].word);
  return role->id;
}

char *
xps_edit_dup_letter (gsize component)
{
  char text[24];
  gsize at = sizeof text - 1;
  text[at] = '\0';
  for (gsize k = component + 1; k > 0; k = (k - 1) / 26)
    text[--at] = (char)('A' + (k - 1) % 26);
  return g_strdup (text + at);
}

/* ---- as typed ---- */

/* In quotes where it is more than a plain name. */
static void
append_parameter (GString *out, const char *name)
{
  gboolean plain = g_ascii_isalpha (name[0]);
  for (const char *c = name; *c != '\0'; c++)
    plain &= g_ascii_isalnum (*c) || *c == '_' || *c == '.';
  g_string_append_c (out, '@');
  if (!plain)
    g_string_append_c (out, '"');
  for (const char *c = name; *c != '\0'; c++) {
    if (*c == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *c);
  }
  if (!plain)
    g_string_append_c (out, '"');
}

static void
append_reference (GString *out, const XpsConstraintPlace *place, const char *name)
{
  gsize component, role;
  if (!xps_constraint_find_user (place->model, place->part, name, &component, &role)) {
    append_parameter (out, name);
    return;
  }
  const XpsComponent *own = xps_edit_component (place->model, place->part, place->component),
                     *of = xps_edit_component (place->model, place->part, component);
  g_autofree char *letter = xps_edit_dup_letter (component);
  g_string_append (out, letter);
  if (strcmp (own->shape->roles[place->role].id, of->shape->roles[role].id) == 0)
    return;
  g_string_append_c (out, '.');
  g_string_append (out, of->shape->roles[role].id);
}

static void
append_number (GString *out, double value)
{
  char buffer[XPS_NUMBER_LENGTH];
  g_string_append (out, xps_number_format (value, buffer));
}

static void
append_range (GString *out, const XpsParameter *p)
{
  if (isfinite (p->min))
    append_number (out, p->min);
  g_string_append_c (out, ':');
  if (isfinite (p->max))
    append_number (out, p->max);
}

static gboolean
has_bounds (const XpsParameter *p)
{
  return isfinite (p->min) || isfinite (p->max);
}

static void
append_link (GString *out, const XpsConstraintPlace *place, const XpsParameter *p)
{
  for (guint i = 0; i < p->terms->len; i++) {
    const XpsLinkTerm *term = g_ptr_array_index (p->terms, i);
    if (i > 0)
      g_string_append_c (out, '+');
    append_reference (out, place, term->of);
    if (term->coef == 1)
      continue;
    g_string_append_c (out, '*');
    append_number (out, term->coef);
  }
  if (p->constant > 0)
    g_string_append_c (out, '+');
  if (p->constant != 0)
    append_number (out, p->constant);
  if (!has_bounds (p))
    return;
  g_string_append (out, " [");
  append_range (out, p);
  g_string_append_c (out, ']');
}

/* The name the role shares with one that owns it, or NULL. */
static const char *
get_shared (const XpsConstraintPlace *place, const char *name)
{
  gsize part, component, role;
  const gboolean owner = !xps_constraint_find_owner (place->model, name, &part, &component, &role) ||
                         (part == place->part && component == place->component && role == place->role);
  return owner ? NULL : name;
}

/* FALSE when the role stands at its usual value. */
static gboolean
find_place (const XpsModel *model, gsize part, gsize component, const char *role, XpsConstraintPlace *place,
            const XpsParameter **parameter)
{
  const XpsComponent *own = xps_edit_component (model, part, component);
  const int k = xps_shape_find_role (own->shape, role);
  *parameter = k >= 0 && own->roles[k] != NULL ? xps_model_get_parameter (model, own->roles[k]) : NULL;
  *place = (XpsConstraintPlace){(XpsModel *)model, part, component, (gsize)MAX (k, 0)}; /* only read */
  return *parameter != NULL;
}

char *
xps_edit_dup_constraint (const XpsModel *model, gsize part, gsize component, const char *role)
{
  GString *out = g_string_new (NULL);
  XpsConstraintPlace place;
  const XpsParameter *p;
  if (!find_place (model, part, component, role, &place, &p)) {
    const XpsComponent *own = xps_edit_component (model, part, component);
    const int k = xps_shape_find_role (own->shape, role);
    if (k >= 0 && isfinite (own->shape->roles[k].usual)) {
      g_string_append_c (out, '=');
      append_number (out, own->shape->roles[k].usual);
    }
    return g_string_free (out, FALSE);
  }
  if (get_shared (&place, p->name) != NULL)
    append_reference (out, &place, p->name);
  else if (p->kind == XPS_PARAMETER_LINKED)
    append_link (out, &place, p);
  else if (p->kind == XPS_PARAMETER_FIXED) {
    g_string_append_c (out, '=');
    append_number (out, p->value);
  } else if (has_bounds (p))
    append_range (out, p);
  return g_string_free (out, FALSE);
}

/* ---- as a sentence ---- */

/* Stored fits give the two lines of a doublet one label: then only their names tell them apart. */
static gboolean
is_label_of_several (const XpsModel *model, const XpsComponent *component)
{
  for (guint p = 0; p < model->parts->len; p++) {
    const GPtrArray *all = ((const XpsModelPart *)g_ptr_array_index (model->parts, p))->components;
    for (guint i = 0; i < all->len; i++) {
      const XpsComponent *other = g_ptr_array_index (all, i);
      if (other != component && g_strcmp0 (other->label, component->label) == 0 &&
          g_strcmp0 (other->phase, component->phase) == 0)
        return TRUE;
    }
  }
  return FALSE;
}

/* "PS4 2p3/2" of species and level, else the label alone, else the name. New string. */
static char *
dup_shown_name (const XpsModel *model, const XpsComponent *component)
{
  const gboolean label = component->label != NULL && component->label[0] != '\0',
                 phase = component->phase != NULL && component->phase[0] != '\0';
  if (!label || is_label_of_several (model, component))
    return g_strdup (component->name);
  return phase && strstr (component->label, component->phase) == NULL
             ? xps_text_printf ("%s %s", component->phase, component->label)
             : g_strdup (component->label);
}

char *
xps_edit_dup_owner (const XpsModel *model, const char *name)
{
  gsize part, component, role;
  if (!xps_constraint_find_owner (model, name, &part, &component, &role))
    return xps_text_printf ("“%s”", name);
  const XpsComponent *own = xps_edit_component (model, part, component);
  g_autofree char *shown = dup_shown_name (model, own);
  /* Translators: "area of PS4 2p3/2" */
  return xps_text_printf (_ ("%s of %s"), xps_edit_role_word (&own->shape->roles[role]), shown);
}

/* Sentences are read, not typed back: seven digits, finer than anything measured. */
static char *
format_short (double value, char *buffer)
{
  double rounded = value;
  g_autofree char *digits = xps_text_printf ("%.7g", value);
  xps_number_parse (digits, &rounded);
  return xps_number_format (rounded, buffer);
}

/* One term that names a component; what is more complicated is shown as it is typed. */
static char *
dup_link_sentence (const XpsConstraintPlace *place, const char *word, const char *of_name, double coef,
                   double constant, const char *unit)
{
  gsize component, role;
  char factor[XPS_NUMBER_LENGTH], offset[XPS_NUMBER_LENGTH];
  if (!xps_constraint_find_user (place->model, place->part, of_name, &component, &role))
    return NULL;
  const XpsComponent *of = xps_edit_component (place->model, place->part, component);
  const char *other = xps_edit_role_word (&of->shape->roles[role]);
  g_autofree char *name = dup_shown_name (place->model, of);
  g_autofree char *shift =
      xps_text_printf (unit[0] != '\0' ? "%s %s" : "%s%s", format_short (fabs (constant), offset), unit);
  format_short (coef, factor);
  if (coef == 1 && constant == 0)
    /* Translators: "Gaussian width = Gaussian width of PS4 2p3/2" */
    return xps_text_printf (_ ("%s = %s of %s"), word, other, name);
  if (constant == 0)
    /* Translators: "area = 0.5 × area of PS4 2p3/2" */
    return xps_text_printf (_ ("%s = %s × %s of %s"), word, factor, other, name);
  if (coef == 1)
    /* Translators: "position = position of PS4 2p3/2 + 1.18 eV" */
    return xps_text_printf (constant > 0 ? _ ("%s = %s of %s + %s") : _ ("%s = %s of %s − %s"), word, other,
                            name, shift);
  return xps_text_printf (constant > 0 ? _ ("%s = %s × %s of %s + %s") : _ ("%s = %s × %s of %s − %s"), word,
                          factor, other, name, shift);
}

static char *
dup_range_sentence (const XpsParameter *p, const char *unit)
{
  char low[XPS_NUMBER_LENGTH], high[XPS_NUMBER_LENGTH];
  format_short (p->min, low);
  format_short (p->max, high);
  if (!has_bounds (p))
    return NULL;
  if (unit[0] == '\0')
    return isinf (p->max)   ? xps_text_printf (_ ("at least %s"), low)
           : isinf (p->min) ? xps_text_printf (_ ("at most %s"), high)
                            : xps_text_printf (_ ("%s to %s"), low, high);
  /* Translators: a number and its unit, "at least 0 eV"; "160.5 to 162.5 eV" */
  return isinf (p->max)   ? xps_text_printf (_ ("at least %s %s"), low, unit)
         : isinf (p->min) ? xps_text_printf (_ ("at most %s %s"), high, unit)
                          : xps_text_printf (_ ("%s to %s %s"), low, high, unit);
}

char *
xps_edit_dup_sentence (const XpsModel *model, gsize part, gsize component, const char *role)
{
  XpsConstraintPlace place;
  const XpsParameter *p;
  if (!find_place (model, part, component, role, &place, &p))
    return NULL;
  const XpsShapeRole *row = &xps_edit_component (model, part, component)->shape->roles[place.role];
  const char *word = xps_edit_role_word (row);
  const gboolean shared = get_shared (&place, p->name) != NULL;
  char *sentence = NULL;
  if (!shared && p->kind == XPS_PARAMETER_FIXED)
    return g_strdup (_ ("fixed"));
  if (!shared && p->kind == XPS_PARAMETER_FREE)
    return dup_range_sentence (p, row->unit);
  if (shared)
    sentence = dup_link_sentence (&place, word, p->name, 1, 0, row->unit);
  else if (p->terms->len == 1 && !has_bounds (p)) {
    const XpsLinkTerm *term = g_ptr_array_index (p->terms, 0);
    sentence = dup_link_sentence (&place, word, term->of, term->coef, p->constant, row->unit);
  }
  if (sentence != NULL)
    return sentence;
  g_autofree char *typed = xps_edit_dup_constraint (model, part, component, role);
  return xps_text_printf ("%s = %s", word, typed);
}
