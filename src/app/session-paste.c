/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/session-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "project/phase-link.h"

/* One model into many regions. Each needs a look at its data for the scale of the areas, so many regions are
 * a job. */

#define AT_ONCE 8

typedef struct {
  XpsModel *model;
  GPtrArray *targets; /* XpsRegion */
} XpsPaste;

static void
paste_free (XpsPaste *paste)
{
  xps_model_free (paste->model);
  g_ptr_array_unref (paste->targets);
  g_free (paste);
}

typedef struct {
  GPtrArray *regions; /* XpsRegion */
  guint n_outside;    /* of them show none of the energies of the components */
  guint n_kept;       /* left as they are: the model has other core levels only */
} XpsPasted;

static void
pasted_free (XpsPasted *self)
{
  g_ptr_array_unref (self->regions);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsPasted, pasted_free)

static gboolean
is_outside (const XpsRegion *region)
{
  g_autoptr (XpsPreview) preview =
      xps_preview_new (region->spectrum, &region->scale, region->model, 0, region->weights);
  const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  gsize n_placed = 0, n_inside = 0;
  if (preview->has_binding && preview->n_window == 0) /* the model's window lies elsewhere */
    return part->components->len > 0;
  for (gsize c = 0; preview->has_binding && c < preview->n_components; c++) {
    double maximum = NAN;
    xps_preview_get_component (preview, c, &maximum, NULL, NULL, NULL);
    n_placed += isfinite (maximum) ? 1 : 0;
    n_inside += maximum >= preview->energy[0] && maximum <= preview->energy[preview->n - 1] ? 1 : 0;
  }
  return n_placed > 0 && n_inside == 0;
}

/* NULL: nothing of the model is for this region. */
static XpsRegion *
paste_into (const XpsRegion *target, const XpsModel *from)
{
  g_autoptr (XpsRegion) region = xps_region_copy (target);
  g_autoptr (XpsPreview) preview =
      xps_preview_new (target->spectrum, &target->scale, target->model, 0, target->weights);
  return xps_edit_paste (region->model, 0, from, preview) ? g_steal_pointer (&region) : NULL;
}

static gpointer
paste_all (XpsJob *job, gpointer data, GError **error)
{
  const XpsPaste *paste = data;
  XpsPasted *pasted = g_new0 (XpsPasted, 1);
  pasted->regions = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  for (guint i = 0; i < paste->targets->len; i++) {
    if (job != NULL)
      xps_job_report (job, (double)i / paste->targets->len, NULL);
    XpsRegion *region = paste_into (g_ptr_array_index (paste->targets, i), paste->model);
    if (region != NULL)
      g_ptr_array_add (pasted->regions, region);
    pasted->n_outside += region != NULL && is_outside (region) ? 1 : 0;
    pasted->n_kept += region == NULL ? 1 : 0;
  }
  return pasted;
}

/* Targets that were edited while the job ran keep their edits. */
static void
take_pasted (XpsSession *self, const XpsPasted *pasted)
{
  const XpsState *state = xps_session_get_state (self);
  g_autoptr (GPtrArray) regions = g_ptr_array_new ();
  if (pasted->n_kept > 0)
    xps_session_say (self, FALSE,
                     ngettext ("%u region is left as it is: the model is of other core levels",
                               "%u regions are left as they are: the model is of other core levels",
                               pasted->n_kept),
                     pasted->n_kept);
  gboolean shown = FALSE;
  for (guint i = 0; i < pasted->regions->len; i++) {
    XpsRegion *region = g_ptr_array_index (pasted->regions, i);
    if (xps_state_find_region (state, region->id) == NULL)
      continue;
    xps_session_give_up_fit (self, region);
    g_hash_table_remove (self->words, GUINT_TO_POINTER (region->id));
    shown = shown || region->id == self->region_id;
    g_ptr_array_add (regions, region);
  }
  if (regions->len == 0)
    return;
  g_autofree char *label = g_strdup_printf (
      ngettext ("paste of a model into %u region", "paste of a model into %u regions", regions->len),
      regions->len);
  xps_project_edit (self->project, label,
                    xps_state_edit_regions (state, (const XpsRegion *const *)regions->pdata, regions->len));
  if (pasted->n_outside > 0)
    xps_session_say (self, FALSE,
                     ngettext ("%u region shows none of the energies of the pasted components",
                               "%u regions show none of the energies of the pasted components",
                               pasted->n_outside),
                     pasted->n_outside);
  if (shown)
    xps_session_want_live_fit (self);
}

static void
on_pasted (XpsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (XpsSession) self = user_data;
  g_autoptr (XpsPasted) pasted = result;
  if (pasted != NULL && self->project != NULL)
    take_pasted (self, pasted);
}

void
xps_session_paste_model (XpsSession *self, const XpsModel *model)
{
  xps_session_settle (self);
  XpsPaste *paste = g_new0 (XpsPaste, 1);
  paste->model = xps_model_copy (model);
  paste->targets = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  for (guint i = 0; i < self->selected->len; i++) {
    const XpsRegion *region = xps_state_find_region (self->seen, g_array_index (self->selected, guint, i));
    if (region != NULL)
      g_ptr_array_add (paste->targets, xps_region_ref (region));
  }
  if (paste->targets->len > AT_ONCE) {
    g_autoptr (XpsJob) job =
        xps_job_start (_ ("Paste of a model"), paste_all, paste, (GDestroyNotify)paste_free,
                       (GDestroyNotify)pasted_free, on_pasted, g_object_ref (self));
    return;
  }
  g_autoptr (XpsPasted) pasted = paste_all (NULL, paste, NULL);
  take_pasted (self, pasted);
  paste_free (paste);
}
