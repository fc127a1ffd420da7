/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/doublet.h"

#include <math.h>
#include <string.h>

#include "figure/curves.h"

/* Ratios of a doublet's areas, (2j+1) of p, d and f levels, and how far real ones lie from them. */
static const double doublet_ratios[] = {1.0 / 2.0, 2.0 / 3.0, 3.0 / 4.0};
#define RATIO_TOLERANCE 0.08

/* A parameter as coef * root + constant. */
typedef struct {
  const XpsParameter *root;
  double coef, constant;
} Chain;

/* As far as each link names a single other parameter. */
static Chain
follow_links (const XpsModel *model, const char *name)
{
  Chain chain = {name != NULL ? xps_model_get_parameter (model, name) : NULL, 1.0, 0.0};
  /* A sound model has no cycles; the count is a guard for one that was never checked. */
  for (guint i = 0; i < model->parameters->len && chain.root != NULL; i++) {
    if (chain.root->kind != XPS_PARAMETER_LINKED || chain.root->terms->len != 1)
      break;
    const XpsLinkTerm *term = g_ptr_array_index (chain.root->terms, 0);
    chain.constant += chain.coef * chain.root->constant;
    chain.coef *= term->coef;
    chain.root = xps_model_get_parameter (model, term->of);
  }
  return chain;
}

static Chain
component_role (const XpsModel *model, const XpsComponent *component, XpsRoleKind kind)
{
  const int role = xps_shape_find_kind (component->shape, kind);
  return follow_links (model, role >= 0 ? component->roles[role] : NULL);
}

static gboolean
is_doublet_ratio (double ratio)
{
  for (gsize i = 0; i < G_N_ELEMENTS (doublet_ratios); i++)
    if (fabs (ratio / doublet_ratios[i] - 1.0) < RATIO_TOLERANCE)
      return TRUE;
  return FALSE;
}

/* Different species may be linked as well: their phases, or failing that the beginnings of their labels,
 * differ. */
static gboolean
may_be_one_species (const XpsComponent *a, const XpsComponent *b)
{
  if (a->phase != NULL || b->phase != NULL)
    return g_strcmp0 (a->phase, b->phase) == 0;
  if (a->label == NULL || b->label == NULL)
    return TRUE;
  gsize common = 0;
  while (a->label[common] != '\0' && a->label[common] == b->label[common])
    common++;
  return common >= 2 && 2 * common >= MIN (strlen (a->label), strlen (b->label));
}

/* "1s", "C 1s": a level that does not split. */
static gboolean
names_s_level (const char *text)
{
  for (const char *at = text; at != NULL && *at != '\0'; at++)
    if (*at >= '1' && *at <= '7' && at[1] == 's' && !g_ascii_isalnum (at[2]) &&
        (at == text || !g_ascii_isdigit (at[-1])))
      return TRUE;
  return FALSE;
}

gboolean
xps_doublet_is_s_level (const XpsSpectrum *spectrum, const char *region, const XpsModelPart *part)
{
  if (names_s_level (region) || names_s_level (part->region) || names_s_level (part->id))
    return TRUE;
  return spectrum != NULL && (names_s_level (xps_spectrum_get_name (spectrum)) ||
                              names_s_level (xps_spectrum_get_acquisition (spectrum)->transition));
}

/* Whether `weak` is the weaker line of the doublet whose stronger line is `strong`. */
static gboolean
is_partner (const XpsModel *model, const XpsComponent *weak, const XpsComponent *strong)
{
  const Chain centre = component_role (model, weak, XPS_ROLE_POSITION);
  const Chain other_centre = component_role (model, strong, XPS_ROLE_POSITION);
  const Chain area = component_role (model, weak, XPS_ROLE_INTENSITY);
  const Chain other_area = component_role (model, strong, XPS_ROLE_INTENSITY);
  return weak->shape == strong->shape && centre.root != NULL && centre.root == other_centre.root &&
         centre.coef == other_centre.coef && centre.constant != other_centre.constant && area.root != NULL &&
         area.root == other_area.root && area.constant == 0.0 && other_area.constant == 0.0 &&
         is_doublet_ratio (area.coef / other_area.coef) && may_be_one_species (weak, strong);
}

gsize
xps_doublet_find_partner (const XpsModel *model, const GPtrArray *components, guint weak)
{
  for (guint i = 0; i < components->len; i++)
    if (i != weak &&
        is_partner (model, g_ptr_array_index (components, weak), g_ptr_array_index (components, i)))
      return i;
  return XPS_FIGURE_NO_PARTNER;
}
