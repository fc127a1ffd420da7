/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "quantify/identify.h"
#include "quantify/line-level.h"
#include "quantify/sensitivity.h"

static void
clear_observed (gpointer pointer)
{
  XpsObserved *observed = pointer;
  g_free (observed->name);
  g_free (observed->level);
}

GArray *
xps_observed_array_new (void)
{
  GArray *array = g_array_new (FALSE, TRUE, sizeof (XpsObserved));
  g_array_set_clear_func (array, clear_observed);
  return array;
}

/* ---- from a result ---- */

/* Cross section times length: direction and transmission are not in a result. */
static double
get_sensitivity (XpsReference *reference, const char *level, double energy, double photon_energy)
{
  XpsSensitivity sensitivity;
  XpsSensitivityOptions options;
  xps_sensitivity_options_init (&options);
  options.photon_energy = photon_energy;
  g_autofree char *whole = g_strdup (level);
  char *slash = strchr (whole, '/');
  if (slash != NULL && slash - whole > 1)
    slash[-1] = '\0';
  return isfinite (photon_energy) &&
                 xps_sensitivity (reference, whole, energy, NAN, &options, &sensitivity, NULL)
             ? sensitivity.product
             : NAN;
}

/* The area of the weaker line belongs to the whole: that of the component right behind in the same phase. */
static double
partner_area (const XpsFitRecord *record, guint i)
{
  const XpsRecordComponent *a = g_ptr_array_index (record->components, i);
  if (i + 1 >= record->components->len)
    return 0;
  const XpsRecordComponent *b = g_ptr_array_index (record->components, i + 1);
  if (b->spectrum != a->spectrum || g_strcmp0 (a->phase, b->phase) != 0 ||
      !xps_line_level_is_minor (b->label != NULL ? b->label : b->name))
    return 0;
  return isfinite (b->area.value) ? b->area.value : 0;
}

void
xps_observed_add_record (GArray *array, const XpsFitRecord *record, XpsReference *reference,
                         const XpsIdentifyOptions *options)
{
  for (guint i = 0; i < record->components->len; i++) {
    const XpsRecordComponent *component = g_ptr_array_index (record->components, i);
    const XpsModelPart *part = component->spectrum < record->model->parts->len
                                   ? g_ptr_array_index (record->model->parts, component->spectrum)
                                   : NULL;
    const gboolean has_maximum = isfinite (component->maximum.value);
    XpsObserved observed = {
        .name = g_strdup (component->name),
        .energy = has_maximum ? component->maximum.value : component->center.value,
        .error = has_maximum ? component->maximum.error : component->center.error,
        .width = component->fwhm.value,
        .area = component->area.value + partner_area (record, i),
        .sensitivity = NAN,
    };
    /* Its own name first, then what the whole spectrum is called. */
    const char *texts[5] = {component->name};
    gsize n = 1;
    if (component->label != NULL)
      texts[n++] = component->label;
    if (part != NULL && part->region != NULL)
      texts[n++] = part->region;
    if (part != NULL && part->id != NULL)
      texts[n++] = part->id;
    if (isfinite (observed.energy)) {
      XpsLineLevel level;
      xps_line_level_find (reference, texts, observed.energy, TRUE, &level);
      observed.minor = level.minor;
      if (!level.minor)
        observed.level = g_steal_pointer (&level.level);
      xps_line_level_clear (&level);
    }
    if (observed.level != NULL)
      observed.sensitivity =
          get_sensitivity (reference, observed.level, observed.energy, options->photon_energy);
    g_array_append_val (array, observed);
  }
}
