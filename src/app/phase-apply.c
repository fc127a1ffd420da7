/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/page-model.h"
#include "app/phase-plan.h"
#include "base/number.h"
#include "project/phase-link.h"

#define PART 0

/* One region's new components. */
typedef struct {
  XpsRegion *region;   /* a copy that is changed */
  XpsPreview *preview; /* as it was */
  gsize first;         /* component of the first row here */
  char *first_name;
  const XpsPhaseRow *leader; /* that row, NULL: none yet */
  int shown;                 /* component to select */
} Target;

static void
target_free (gpointer data)
{
  Target *target = data;
  xps_region_unref (target->region);
  xps_preview_free (target->preview);
  g_free (target->first_name);
  g_free (target);
}

static const XpsShape *
get_usual_shape (const XpsModel *model)
{
  const XpsModelPart *part = g_ptr_array_index (model->parts, PART);
  return part->components->len > 0
             ? ((XpsComponent *)g_ptr_array_index (part->components, part->components->len - 1))->shape
             : xps_shape_find ("voigt");
}

static XpsModelPart *
get_part (const Target *target)
{
  return g_ptr_array_index (target->region->model->parts, PART);
}

static XpsComponent *
get_component (const Target *target, gsize index)
{
  return g_ptr_array_index (get_part (target)->components, (guint)index);
}

/* "S 2p" with the j of the stronger or the weaker line. */
static char *
dup_line (const XpsPhaseRow *row, gboolean weaker)
{
  static const char letters[] = "spdf";
  const char *blank = strrchr (row->level, ' ');
  const char *letter = blank != NULL && blank[1] != '\0' ? strchr (letters, blank[2]) : NULL;
  if (letter == NULL || isnan (row->splitting))
    return g_strdup (row->level);
  return g_strdup_printf ("%s%d/2", row->level, 2 * (int)(letter - letters) + (weaker ? -1 : 1));
}

static gsize
add_component (Target *target, const XpsPhasePlan *plan, const XpsPhaseRow *row, const XpsPeakGuess *guess)
{
  XpsModel *model = target->region->model;
  const XpsShape *shape = get_usual_shape (model);
  const gboolean whole = strcmp (row->label, plan->name) == 0;
  g_autofree char *name = whole ? g_strdup (plan->name) : g_strdup_printf ("%s %s", plan->name, row->label);
  g_autofree char *strong_label = dup_line (row, FALSE), *weak_label = dup_line (row, TRUE);
  if (isnan (row->splitting)) {
    const gsize index = xps_edit_add_component (model, PART, name, shape, guess);
    xps_edit_set_label (model, PART, index, strong_label, row->species);
    return index;
  }
  const char *blank = strrchr (row->level, ' ');
  const gsize index = xps_edit_add_doublet (model, PART, name, blank != NULL ? blank + 1 : row->level, shape,
                                            guess, row->splitting, row->ratio);
  xps_edit_set_label (model, PART, index, strong_label, row->species);
  if (index + 1 < get_part (target)->components->len)
    xps_edit_set_label (model, PART, index + 1, weak_label, row->species);
  return index;
}

static void
set_bounds (Target *target, gsize index, const XpsPhaseRow *row)
{
  const XpsShape *shape = get_component (target, index)->shape;
  for (gsize k = 0; k < shape->n_roles; k++) {
    XpsParameter *parameter =
        shape->roles[k].kind == XPS_ROLE_POSITION
            ? xps_edit_get_parameter (target->region->model, PART, index, shape->roles[k].id)
            : NULL;
    if (parameter == NULL)
      continue;
    if (isfinite (row->low))
      parameter->min = row->low;
    if (isfinite (row->high))
      parameter->max = row->high;
    parameter->value = fmin (fmax (parameter->value, parameter->min), parameter->max);
  }
}

/* Widths and form of the first line here; its area, where areas are linked. */
static gboolean
link_to_first (Target *target, gsize index, const XpsPhasePlan *plan, const XpsPhaseRow *row, GError **error)
{
  const XpsShape *shape = get_component (target, index)->shape;
  g_autofree char *letter = xps_edit_dup_letter (target->first);
  for (gsize k = 0; k < shape->n_roles; k++) {
    const XpsRoleKind kind = shape->roles[k].kind;
    g_autofree char *text = NULL;
    if ((kind == XPS_ROLE_WIDTH || kind == XPS_ROLE_FORM) && plan->share_widths)
      text = g_strdup (letter);
    else if (kind == XPS_ROLE_INTENSITY && plan->link_areas) {
      char number[XPS_NUMBER_LENGTH];
      xps_number_format (row->expected / target->leader->expected, number);
      text = g_strconcat (letter, "*", number, NULL);
    }
    if (text != NULL &&
        !xps_edit_set_constraint (target->region->model, PART, index, shape->roles[k].id, text, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_row (Target *target, const XpsPhasePlan *plan, const XpsPhaseRow *row, GError **error)
{
  XpsPeakGuess guess;
  if (!xps_edit_guess_peak (target->preview, row->position, &guess, error))
    return FALSE;
  const gsize index = add_component (target, plan, row, &guess);
  set_bounds (target, index, row);
  if (target->leader != NULL)
    return link_to_first (target, index, plan, row, error);
  target->leader = row;
  target->first = index;
  target->first_name = g_strdup (get_component (target, index)->name);
  return TRUE;
}

/* ---- all of it ---- */

static Target *
find_target (GPtrArray *targets, const XpsState *state, guint id)
{
  for (guint i = 0; i < targets->len; i++)
    if (((Target *)g_ptr_array_index (targets, i))->region->id == id)
      return g_ptr_array_index (targets, i);
  const XpsRegion *region = xps_state_find_region (state, id);
  Target *target = g_new0 (Target, 1);
  target->region = xps_region_copy (region);
  target->preview = xps_preview_new (region->spectrum, &region->scale, region->model, PART, region->weights);
  g_ptr_array_add (targets, target);
  return target;
}

static char *
dup_note (const XpsPhasePlan *plan)
{
  g_autofree char *gaps = xps_sensitivity_dup_gaps (plan->gaps);
  return gaps[0] != '\0'
             ? g_strdup_printf (_ ("Atoms times cross section times attenuation length. %s"), gaps)
             : g_strdup (_ ("Atoms times cross section times attenuation length."));
}

static XpsState *
link_regions (const XpsState *state, const XpsPhasePlan *plan, const GPtrArray *targets, GError **error)
{
  g_autofree char *note = dup_note (plan);
  g_autoptr (XpsPhaseLink) link = xps_phase_link_new (plan->name, plan->tolerance, note);
  for (guint i = 0; i < targets->len; i++) {
    const Target *target = g_ptr_array_index (targets, i);
    xps_phase_link_add (link, target->region->id, target->first_name, target->leader->level,
                        target->leader->expected);
  }
  return xps_state_add_link (state, link, error);
}

static gboolean
apply_rows (const XpsPhasePlan *self, GPtrArray *targets, const XpsState *state, GError **error)
{
  for (guint i = 0; i < self->rows->len; i++) {
    const XpsPhaseRow *row = g_ptr_array_index (self->rows, i);
    if (row->use && row->region != 0 &&
        !add_row (find_target (targets, state, row->region), self, row, error))
      return FALSE;
  }
  return TRUE;
}

static void
select_new (XpsSession *session, const GPtrArray *targets)
{
  for (guint i = 0; i < targets->len; i++) {
    const Target *target = g_ptr_array_index (targets, i);
    if (target->region->id == xps_session_get_region_id (session))
      xps_session_select_component (session, (int)target->first);
  }
}

gboolean
xps_phase_plan_apply (const XpsPhasePlan *self, XpsSession *session, GError **error)
{
  XpsProject *project = xps_session_get_project (session);
  const XpsState *state = xps_project_get_state (project);
  g_autofree char *problem = xps_phase_plan_dup_problem (self);
  if (problem != NULL) {
    g_set_error_literal (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, problem);
    return FALSE;
  }
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (target_free);
  if (!apply_rows (self, targets, state, error))
    return FALSE;
  g_autoptr (GPtrArray) regions = g_ptr_array_new ();
  for (guint i = 0; i < targets->len; i++)
    g_ptr_array_add (regions, ((Target *)g_ptr_array_index (targets, i))->region);
  XpsState *next = xps_state_edit_regions (state, (const XpsRegion *const *)regions->pdata, regions->len);
  if (self->link_areas && targets->len > 1) {
    XpsState *linked = link_regions (next, self, targets, error);
    xps_state_unref (next);
    next = linked;
  }
  if (next == NULL)
    return FALSE;
  /* Translators: label of an edit behind Undo; %s is a phase, "Li2CO3". */
  g_autofree char *label = g_strdup_printf (_ ("new phase %s"), self->name);
  xps_project_edit (project, label, next);
  select_new (session, targets);
  return TRUE;
}
