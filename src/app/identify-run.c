/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/identify-run.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/reference-catalogue.h"
#include "base/number.h"
#include "figure/doublet.h"
#include "figure/figure.h"

#define PART 0

/* One region's share of the question: everything the thread needs, and nothing that changes. */
typedef struct {
  guint region;
  XpsFitRecord *record;
  char *level;          /* "S 2p", or NULL */
  double photon_energy; /* eV */
} Share;

typedef struct {
  GPtrArray *shares; /* Share */
  guint n_left_out;
  gboolean secondary, recalled, as_referenced;
  char **elements;
  double shift_error; /* eV, as referenced */
} Question;

static void
share_free (gpointer data)
{
  Share *share = data;
  xps_fit_record_unref (share->record);
  g_free (share->level);
  g_free (share);
}

static void
question_free (gpointer data)
{
  Question *question = data;
  g_ptr_array_unref (question->shares);
  g_strfreev (question->elements);
  g_free (question);
}

static void
clear_place (gpointer data)
{
  g_free (((XpsIdentifyPlace *)data)->component);
}

void
xps_identify_answer_free (XpsIdentifyAnswer *self)
{
  g_clear_pointer (&self->identification, xps_identification_free);
  g_array_unref (self->places);
  g_ptr_array_unref (self->records);
  g_free (self);
}

/* ---- what takes part ---- */

static const XpsModelPart *
get_part (const XpsRegion *region)
{
  return g_ptr_array_index (region->model->parts, PART);
}

static gboolean
has_current_fit (const XpsRegion *region)
{
  const XpsFitState state = xps_region_get_fit_state (region);
  return region->record != NULL && (state == XPS_FIT_STATE_FITTED || state == XPS_FIT_STATE_WARNED);
}

/* Regions that are asked about, those without components left out. New array, borrowed elements. */
static GPtrArray *
list_regions (XpsSession *session, gboolean sample)
{
  GPtrArray *regions = g_ptr_array_new ();
  const XpsRegion *shown = xps_session_get_region (session);
  const XpsState *state = xps_project_get_state (xps_session_get_project (session));
  for (guint i = 0; shown != NULL && i < xps_state_get_n_regions (state); i++) {
    const XpsRegion *region = xps_state_get_region (state, i);
    if ((region->id == shown->id || (sample && region->sample == shown->sample)) &&
        get_part (region)->components->len > 0)
      g_ptr_array_add (regions, (gpointer)region);
  }
  return regions;
}

gboolean
xps_identify_is_current (const XpsIdentifyAnswer *answer, XpsSession *session, const XpsIdentifyWish *wish)
{
  g_autoptr (GPtrArray) regions = list_regions (session, wish->sample);
  guint n = 0;
  for (guint i = 0; i < regions->len; i++) {
    const XpsRegion *region = g_ptr_array_index (regions, i);
    if (!has_current_fit (region))
      continue;
    if (n >= answer->records->len || g_ptr_array_index (answer->records, n) != region->record)
      return FALSE;
    n++;
  }
  return n == answer->records->len && answer->n_left_out == regions->len - n;
}

static Question *
question_new (XpsSession *session, const XpsIdentifyWish *wish)
{
  Question *question = g_new0 (Question, 1);
  g_autoptr (GPtrArray) regions = list_regions (session, wish->sample);
  question->shares = g_ptr_array_new_with_free_func (share_free);
  question->secondary = wish->secondary;
  question->recalled = wish->recalled;
  question->as_referenced = wish->as_referenced;
  question->elements = g_strdupv (wish->elements);
  for (guint i = 0; i < regions->len; i++) {
    const XpsRegion *region = g_ptr_array_index (regions, i);
    if (!has_current_fit (region)) {
      question->n_left_out++;
      continue;
    }
    Share *share = g_new0 (Share, 1);
    share->region = region->id;
    share->record = xps_fit_record_ref (region->record);
    share->level = xps_region_dup_level (region->spectrum);
    share->photon_energy = region->scale.photon_energy;
    question->shift_error = fmax (question->shift_error, get_part (region)->energy_shift_error);
    g_ptr_array_add (question->shares, share);
  }
  return question;
}

/* ---- on the thread ---- */

/* "S 2p" -> "S 2p3/2": tables have the stronger line. */
static char *
dup_main_line (const char *level)
{
  static const char letters[] = "spdf";
  const char *blank = strrchr (level, ' ');
  const char *letter = blank != NULL && blank[1] != '\0' ? strchr (letters, blank[2]) : NULL;
  if (letter == NULL || letter == letters || blank[2] == '\0' || blank[3] != '\0')
    return g_strdup (level);
  return g_strdup_printf ("%s%d/2", level, 2 * (int)(letter - letters) + 1);
}

static double
get_sensitivity (XpsReference *reference, const char *level, double photon_energy)
{
  XpsCrossSection section;
  return isfinite (photon_energy) &&
                 xps_reference_get_cross_section (reference, level, photon_energy, &section, NULL)
             ? section.barn
             : (double)NAN;
}

/* Names of components need not say the level, and the links tell doublets better than names do. */
static void
correct (XpsObserved *observed, guint first, const Share *share, XpsReference *reference, guint i,
         GArray *array)
{
  const XpsModelPart *part = g_ptr_array_index (share->record->model->parts, PART);
  const gsize strong = xps_doublet_find_partner (share->record->model, part->components, i);
  if (strong != XPS_FIGURE_NO_PARTNER && !xps_doublet_is_s_level (NULL, share->level, part)) {
    XpsObserved *other = &g_array_index (array, XpsObserved, first + (guint)strong);
    if (!observed->minor) /* else its area was counted already */
      other->area += observed->area;
    observed->minor = TRUE;
  }
  if (share->level == NULL || (observed->level != NULL && g_str_has_prefix (observed->level, share->level)))
    return;
  g_free (observed->level);
  observed->level = observed->minor ? NULL : dup_main_line (share->level);
  observed->sensitivity = get_sensitivity (reference, share->level, share->photon_energy);
}

static void
add_share (XpsIdentifyAnswer *answer, GArray *array, const Share *share, XpsReference *reference,
           XpsIdentifyOptions *options)
{
  const guint first = array->len;
  options->photon_energy = share->photon_energy;
  xps_observed_add_record (array, share->record, reference, options);
  for (guint i = first; i < array->len; i++) {
    XpsObserved *observed = &g_array_index (array, XpsObserved, i);
    correct (observed, first, share, reference, i - first, array);
    const XpsIdentifyPlace place = {share->region, g_strdup (observed->name)};
    g_array_append_val (answer->places, place);
  }
  g_ptr_array_add (answer->records, xps_fit_record_ref (share->record));
}

static gpointer
work (XpsJob *job, gpointer data, GError **error)
{
  const Question *question = data;
  XpsIdentifyOptions options;
  g_autoptr (XpsReference) reference = xps_catalogue_open_reference (error);
  if (reference == NULL)
    return NULL;
  g_autoptr (XpsIdentifyAnswer) answer = g_new0 (XpsIdentifyAnswer, 1);
  answer->places = g_array_new (FALSE, FALSE, sizeof (XpsIdentifyPlace));
  g_array_set_clear_func (answer->places, clear_place);
  answer->records = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_fit_record_unref);
  answer->n_left_out = question->n_left_out;
  xps_identify_options_init (&options);
  options.secondary = question->secondary;
  options.recalled = question->recalled;
  options.elements = (const char *const *)question->elements;
  if (question->as_referenced) {
    options.shift = 0.0;
    options.shift_error = question->shift_error;
  }
  g_autoptr (GArray) array = xps_observed_array_new ();
  for (guint i = 0; i < question->shares->len && !xps_job_is_cancelled (job); i++)
    add_share (answer, array, g_ptr_array_index (question->shares, i), reference, &options);
  if (array->len > 0)
    answer->identification = xps_identify (reference, array, &options, error);
  return array->len == 0 || answer->identification != NULL ? g_steal_pointer (&answer) : NULL;
}

XpsJob *
xps_identify_start (XpsSession *session, const XpsIdentifyWish *wish, XpsJobDone done, gpointer user_data)
{
  return xps_job_start (_ ("Identification"), work, question_new (session, wish), question_free,
                        (GDestroyNotify)xps_identify_answer_free, done, user_data);
}

/* ---- what was decided ---- */

static int
find_component (const XpsRegion *region, const char *name)
{
  const XpsModelPart *part = region != NULL ? get_part (region) : NULL;
  for (guint i = 0; part != NULL && i < part->components->len; i++)
    if (strcmp (((XpsComponent *)g_ptr_array_index (part->components, i))->name, name) == 0)
      return (int)i;
  return -1;
}

static const XpsRegion *
find_region (XpsSession *session, const XpsIdentifyAnswer *answer, guint component, int *index)
{
  const XpsIdentifyPlace *place = &g_array_index (answer->places, XpsIdentifyPlace, component);
  const XpsRegion *region =
      xps_state_find_region (xps_project_get_state (xps_session_get_project (session)), place->region);
  *index = find_component (region, place->component);
  return *index >= 0 ? region : NULL;
}

const XpsAssignment *
xps_identify_get_assignment (XpsSession *session, const XpsIdentifyAnswer *answer, guint component)
{
  int index;
  const XpsRegion *region = find_region (session, answer, component, &index);
  return region != NULL
             ? ((XpsComponent *)g_ptr_array_index (get_part (region)->components, (guint)index))->assignment
             : NULL;
}

static GPtrArray *
copy_texts (const GPtrArray *texts)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; texts != NULL && i < texts->len; i++)
    g_ptr_array_add (copy, g_strdup (g_ptr_array_index (texts, i)));
  return copy;
}

/* "Author 2012; Author 2015" of the values of a species and level. */
static char *
dup_sources (const XpsCandidate *candidate)
{
  g_autoptr (XpsReference) reference = xps_catalogue_open_reference (NULL);
  XpsReferenceQuery query;
  xps_reference_query_init (&query);
  query.secondary = query.recalled = candidate->spread.n > candidate->spread.n_firm;
  g_autoptr (XpsCatalogue) catalogue = reference != NULL ? xps_catalogue_new (reference, &query, NULL) : NULL;
  const XpsCatalogueEntry *entry =
      catalogue != NULL
          ? xps_catalogue_find_entry (catalogue, candidate->spread.species, candidate->spread.level)
          : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; entry != NULL && i < entry->lines->len; i++) {
    const XpsReferenceLine *line = g_ptr_array_index (entry->lines, i);
    const char *citation = xps_catalogue_get_citation (catalogue, line->source);
    if (strstr (text->str, citation) == NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", citation);
  }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static char *
dup_scale (const XpsIdentifyAnswer *answer, const XpsModelPart *part)
{
  const XpsIdentification *identification = answer->identification;
  if (identification->shift_given)
    return part->energy_shift_source != NULL ? g_strdup (part->energy_shift_source)
                                             : g_strdup (_ ("energies as the file has them"));
  g_autofree char *shift = xps_number_dup_with_error (identification->shift, NAN, 2);
  return g_strdup_printf (_ ("common shift of %s eV, found from the lines themselves"), shift);
}

static XpsAssignment *
assignment_new (const XpsIdentifyAnswer *answer, const XpsModelPart *part, const XpsCandidate *candidate)
{
  XpsAssignment *assignment = xps_assignment_new (candidate->species, candidate->spread.level);
  g_free (assignment->source);
  g_free (assignment->verified);
  g_free (assignment->reference);
  assignment->source = dup_sources (candidate);
  assignment->verified = g_strdup (xps_verified_to_text (candidate->spread.best));
  assignment->reference = dup_scale (answer, part);
  g_clear_pointer (&assignment->in_favour, g_ptr_array_unref);
  g_clear_pointer (&assignment->against, g_ptr_array_unref);
  g_clear_pointer (&assignment->alike, g_ptr_array_unref);
  assignment->in_favour = copy_texts (candidate->in_favour);
  assignment->against = copy_texts (candidate->against);
  assignment->alike = copy_texts (candidate->alike);
  return assignment;
}

static void
set (XpsModel *model, gsize component, const XpsAssignment *assignment)
{
  const XpsModelPart *part = g_ptr_array_index (model->parts, PART);
  const XpsComponent *it = g_ptr_array_index (part->components, component);
  g_autofree char *label = g_strdup (it->label);
  xps_edit_set_assignment (model, PART, component, assignment);
  if (assignment != NULL)
    xps_edit_set_label (model, PART, component, label, assignment->species);
}

void
xps_identify_assign (XpsSession *session, const XpsIdentifyAnswer *answer, guint component,
                     const XpsCandidate *candidate)
{
  int index;
  const XpsRegion *region = find_region (session, answer, component, &index);
  if (region == NULL)
    return;
  const XpsModelPart *part = get_part (region);
  g_autoptr (XpsAssignment) assignment = candidate != NULL ? assignment_new (answer, part, candidate) : NULL;
  g_autoptr (XpsRegion) copy = xps_region_copy (region);
  set (copy->model, (gsize)index, assignment);
  for (guint i = 0; i < part->components->len; i++)
    if (xps_doublet_find_partner (region->model, part->components, i) == (gsize)index)
      set (copy->model, i, assignment);
  const char *name = g_array_index (answer->places, XpsIdentifyPlace, component).component;
  /* Translators: labels of edits behind Undo; a component, and a species. */
  g_autofree char *label = candidate != NULL
                               ? g_strdup_printf (_ ("assignment of %s to %s"), name, candidate->species)
                               : g_strdup_printf (_ ("no assignment of %s"), name);
  xps_project_edit_region (xps_session_get_project (session), label, copy);
}
