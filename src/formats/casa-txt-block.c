/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/casa-txt.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "formats/fields.h"

#define COLUMN_COST   160
#define SPECTRUM_COST 2048
/* Binding energies that are off from hv - KE by more were shifted. */
#define SHIFTED 2e-3

enum { NAMES, POSITIONS, WIDTHS, AREAS, SHAPES };

void
xps_casa_block_init (XpsCasaBlock *self)
{
  *self = (XpsCasaBlock){
      .photon_energy = (double)NAN,
      .time = (double)NAN,
      .titles = g_ptr_array_new_with_free_func (g_free),
      .rows = g_array_new (FALSE, FALSE, sizeof (double)),
  };
}

void
xps_casa_block_clear (XpsCasaBlock *self)
{
  g_free (self->sample);
  g_free (self->name);
  for (guint i = 0; i < G_N_ELEMENTS (self->parameters); i++)
    if (self->parameters[i] != NULL)
      g_ptr_array_unref (self->parameters[i]);
  g_ptr_array_unref (self->titles);
  g_array_unref (self->rows);
}

GPtrArray *
xps_casa_split (XpsSpan line)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  const char separator = xps_span_find (line, 0, "\t") >= 0 ? '\t' : ',';
  gsize from = 0;

  while (cells->len < XPS_CASA_MOST_COLUMNS) {
    gsize to = from;
    while (to < line.length && line.text[to] != separator)
      to++;
    g_ptr_array_add (cells, xps_span_dup (xps_span_trim (xps_span_slice (line, from, to))));
    if (to >= line.length)
      break;
    from = to + 1;
  }
  return cells;
}

/* ---- titles ---- */

static XpsCasaKind
find_kind (const char *title)
{
  static const struct {
    const char *start;
    XpsCasaKind kind;
  } known[] = {
      {"K.E.", XPS_CASA_KINETIC},          {"KE_", XPS_CASA_KINETIC},       {"B.E.", XPS_CASA_BINDING},
      {"BE_", XPS_CASA_BINDING},           {"Counts", XPS_CASA_COUNTS},     {"CPS", XPS_CASA_RATE},
      {"Background", XPS_CASA_BACKGROUND}, {"Envelope", XPS_CASA_ENVELOPE}, {"Residual", XPS_CASA_OTHER},
  };

  if (title[0] == '\0')
    return XPS_CASA_NOTHING;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_has_prefix (title, known[i].start))
      return known[i].kind;
  if (g_str_has_prefix (title, "Cycle "))
    return g_str_has_suffix (title, ":CPS") ? XPS_CASA_RATE : XPS_CASA_COUNTS;
  return XPS_CASA_COMPONENT;
}

gboolean
xps_casa_block_set_titles (XpsCasaBlock *self, GPtrArray *cells, guint line)
{
  const XpsCasaKind first = find_kind (g_ptr_array_index (cells, 0));

  if ((first != XPS_CASA_KINETIC && first != XPS_CASA_BINDING) || cells->len < 2)
    return FALSE;
  g_ptr_array_set_size (self->titles, 0);
  g_array_set_size (self->rows, 0);
  for (guint k = 0; k < cells->len; k++) {
    self->kinds[k] = find_kind (g_ptr_array_index (cells, k));
    g_ptr_array_add (self->titles, g_strdup (g_ptr_array_index (cells, k)));
  }
  self->line = line;
  return TRUE;
}

/* First column of the kind in [from, to), or -1. */
static int
find_column (const XpsCasaBlock *self, XpsCasaKind kind, guint from, guint to)
{
  for (guint k = from; k < to && k < self->titles->len; k++)
    if (self->kinds[k] == kind)
      return (int)k;
  return -1;
}

/* ---- table ---- */

/* Which columns make the spectrum. Tables have two halves, one in kinetic energies and counts, one in binding
 * energies and counts per second; the first is what was measured. */
typedef struct {
  int energy, intensity, binding;
  guint to; /* end of the half */
} Half;

static Half
find_half (const XpsCasaBlock *self)
{
  const guint n = self->titles->len;
  const int kinetic = find_column (self, XPS_CASA_KINETIC, 0, n);
  Half half = {.binding = find_column (self, XPS_CASA_BINDING, 0, n), .to = n};

  half.energy = kinetic >= 0 ? kinetic : half.binding;
  const int counts = find_column (self, XPS_CASA_COUNTS, 0, n),
            rate = find_column (self, XPS_CASA_RATE, 0, n);
  half.intensity = counts >= 0 ? counts : rate;
  if (counts >= 0 && half.binding > counts)
    half.to = (guint)half.binding;
  return half;
}

static gsize
count_rows (const XpsCasaBlock *self)
{
  return self->titles->len > 0 ? self->rows->len / self->titles->len : 0;
}

static double
get (const XpsCasaBlock *self, gsize row, int column)
{
  return g_array_index (self->rows, double, row * self->titles->len + (gsize)column);
}

static double *
dup_column (const XpsCasaBlock *self, int column, XpsMemoryBudget *budget)
{
  const gsize n = count_rows (self);
  double *values = xps_memory_try_array (budget, n, sizeof (double));

  for (gsize i = 0; values != NULL && i < n; i++)
    values[i] = get (self, i, column);
  return values;
}

/* "C 1s_1_C1s Scan" in a table of "C1s Scan": name and number of a component. */
static char *
dup_label (const XpsCasaBlock *self, const Half *half, guint column)
{
  const char *title = g_ptr_array_index (self->titles, column);
  const char *axis = g_ptr_array_index (self->titles, (guint)half->energy);
  const char *block = strchr (axis, '_');
  const gsize n = strlen (title), n_block = block != NULL ? strlen (block) : 0;

  if (n_block > 1 && n > n_block && strcmp (title + n - n_block, block) == 0)
    return g_strndup (title, n - n_block);
  return g_strdup (title);
}

static gboolean
is_whole (const XpsCasaBlock *self, guint column)
{
  for (gsize i = 0; i < count_rows (self); i++)
    if (!isfinite (get (self, i, (int)column)))
      return FALSE;
  return TRUE;
}

/* The background is that of the fit whose curves stand beside it: a component as far as fits of ours go,
 * which must not subtract it. */
static void
add_curves (const XpsCasaBlock *self, const Half *half, XpsMemoryBudget *budget, XpsSpectrumDraft *draft)
{
  draft->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_column_free);
  for (guint k = 0; k < half->to; k++) {
    const XpsCasaKind kind = self->kinds[k];
    if (kind < XPS_CASA_COMPONENT || !is_whole (self, k) || !xps_memory_take (budget, COLUMN_COST))
      continue;
    double *values = dup_column (self, (int)k, budget);
    g_autofree char *label = dup_label (self, half, k);
    const XpsColumnRole role = kind == XPS_CASA_ENVELOPE ? XPS_COLUMN_ENVELOPE
                               : kind == XPS_CASA_OTHER  ? XPS_COLUMN_OTHER
                                                         : XPS_COLUMN_COMPONENT;
    if (values != NULL)
      g_ptr_array_add (draft->columns, xps_column_new (role, label, NULL, values));
  }
}

/* ---- fit ---- */

static gboolean
parse_parameter (const XpsCasaBlock *self, guint which, guint column, double *value)
{
  const GPtrArray *cells = self->parameters[which];

  return cells != NULL && column < cells->len &&
         xps_number_parse (g_ptr_array_index (cells, column), value) && isfinite (*value);
}

static XpsStoredParameter
make_parameter (double value, double low, double high)
{
  return (XpsStoredParameter){.value = value, .low = low, .high = high, .link = -1, .factor = 1};
}

/* Ties and limits are not exported: wide limits, since equal ones mean fixed. */
static void
add_component (const XpsCasaBlock *self, guint column, XpsStoredFit *fit)
{
  const GPtrArray *names = self->parameters[NAMES], *shapes = self->parameters[SHAPES];
  double position = 0, width = 0, area = 0;

  if (!parse_parameter (self, POSITIONS, column, &position) ||
      !parse_parameter (self, WIDTHS, column, &width) || !parse_parameter (self, AREAS, column, &area))
    return;
  XpsStoredComponent *component = xps_stored_fit_add_component (fit);
  component->name = g_strdup (names != NULL && column < names->len ? g_ptr_array_index (names, column) : "");
  component->shape =
      g_strdup (shapes != NULL && column < shapes->len ? g_ptr_array_index (shapes, column) : "");
  component->tag = g_strdup ("");
  component->constraint = g_strdup ("");
  component->index = -1;
  component->line = self->line;
  component->area = make_parameter (area, 0, 100 * fabs (area));
  component->fwhm = make_parameter (width, 0, 10 * fabs (width));
  const double kinetic = self->photon_energy - position;
  component->position = make_parameter (kinetic, kinetic - 5, kinetic + 5);
  component->sensitivity = component->uncorrected_sensitivity = component->mass = (double)NAN;
}

/* The curves equal the data outside the range of the fit. */
static void
add_region (const XpsCasaBlock *self, const Half *half, XpsStoredFit *fit)
{
  const int background = find_column (self, XPS_CASA_BACKGROUND, 0, half->to);
  const gsize n = count_rows (self);
  gsize first = 0, last = n - 1;

  while (background >= 0 && first < n && get (self, first, background) == get (self, first, half->intensity))
    first++;
  while (background >= 0 && last > first && get (self, last, background) == get (self, last, half->intensity))
    last--;
  if (first >= last)
    return;
  const double a = get (self, first, half->energy), b = get (self, last, half->energy);
  const gboolean kinetic = self->kinds[half->energy] == XPS_CASA_KINETIC;
  XpsStoredRegion *region = xps_stored_fit_add_region (fit);
  region->name = g_strdup (self->name != NULL ? self->name : "");
  region->background = g_strdup ("not said in the export");
  region->start = kinetic ? fmin (a, b) : self->photon_energy - fmax (a, b);
  region->end = kinetic ? fmax (a, b) : self->photon_energy - fmin (a, b);
  region->average_width = 1;
  region->sensitivity = region->uncorrected_sensitivity = region->mass = (double)NAN;
  region->tag = g_strdup ("");
  region->line = self->line;
}

static XpsStoredFit *
make_fit (const XpsCasaBlock *self, const Half *half, XpsFile *file)
{
  if (self->parameters[POSITIONS] == NULL || !isfinite (self->photon_energy))
    return NULL;
  XpsStoredFit *fit = xps_stored_fit_new ();
  fit->program = g_strdup ("CasaXPS");
  for (guint k = 1; k < half->to; k++)
    add_component (self, k, fit);
  if (fit->components->len > 0)
    add_region (self, half, fit);
  if (fit->regions->len == 0)
    g_clear_pointer (&fit, xps_stored_fit_free);
  else
    g_ptr_array_add (file->notes,
                     xps_line_dup_message (self->line,
                                           _ ("%u components of a fit; the export says neither their ties "
                                              "and limits nor the kind of background"),
                                           fit->components->len));
  return fit;
}

/* ---- spectrum ---- */

static void
warn_shift (const XpsCasaBlock *self, const Half *half, XpsFile *file)
{
  if (half->binding < 0 || half->binding == half->energy || !isfinite (self->photon_energy))
    return;
  const double shift = get (self, 0, half->binding) - (self->photon_energy - get (self, 0, half->energy));
  if (fabs (shift) > SHIFTED)
    g_ptr_array_add (file->warnings,
                     xps_line_dup_message (self->line,
                                           _ ("its binding energies are shifted by %.4g eV against the "
                                              "kinetic ones, which are taken: add the shift if it is wanted"),
                                           shift));
}

static XpsAcquisition *
make_record (const XpsCasaBlock *self)
{
  XpsAcquisition *record = xps_acquisition_new ();

  record->photon_energy = self->photon_energy;
  record->live_time = self->time;
  return record;
}

static void
fill_draft (const XpsCasaBlock *self, const Half *half, XpsSpectrumDraft *draft)
{
  const gboolean kinetic = self->kinds[half->energy] == XPS_CASA_KINETIC;

  const char *axis = g_ptr_array_index (self->titles, (guint)half->energy);
  const char *said = strchr (axis, '_') != NULL ? strchr (axis, '_') + 1 : "";
  draft->name = xps_text_dup_printable (self->name != NULL ? self->name : said, -1);
  draft->sample = self->sample != NULL ? xps_text_dup_printable (self->sample, -1) : NULL;
  draft->axis = kinetic ? XPS_AXIS_KINETIC : XPS_AXIS_BINDING;
  draft->axis_label = g_strdup (kinetic ? "K.E." : "B.E.");
  const gboolean counts = self->kinds[half->intensity] == XPS_CASA_COUNTS;
  draft->unit = counts ? XPS_INTENSITY_COUNTS : XPS_INTENSITY_COUNTS_PER_SECOND;
  draft->unit_label = g_strdup (counts ? "Counts" : "CPS");
  draft->acquisition = make_record (self);
}

XpsSpectrum *
xps_casa_block_make_spectrum (const XpsCasaBlock *self, XpsMemoryBudget *budget, XpsFile *file,
                              GError **error)
{
  const gsize n = count_rows (self);
  XpsSpectrumDraft draft = {.n = n};
  gsize n_dropped = 0;

  if (n == 0)
    return NULL;
  const Half half = find_half (self);
  g_autofree char *place = xps_text_printf ("line %u", self->line);
  if (half.intensity < 0) {
    xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_MALFORMED, file->path, place,
                   N_ ("a column of counts or counts per second expected, found none"),
                   N_ ("export it with the data"));
    return NULL;
  }
  draft.energy = dup_column (self, half.energy, budget);
  draft.intensity = dup_column (self, half.intensity, budget);
  if (draft.energy == NULL || draft.intensity == NULL || !xps_memory_take (budget, SPECTRUM_COST)) {
    xps_spectrum_draft_clear (&draft);
    xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE, file->path, place,
                   N_ ("no memory for so many points"), NULL);
    return NULL;
  }
  warn_shift (self, &half, file);
  fill_draft (self, &half, &draft);
  add_curves (self, &half, budget, &draft);
  draft.stored_fit = make_fit (self, &half, file);
  XpsSpectrum *spectrum = xps_fields_make_spectrum (&draft, &n_dropped);
  if (n_dropped > 0)
    g_ptr_array_add (file->warnings,
                     xps_line_dup_message (self->line, _ ("%zu rows below hold no number and are left out"),
                                           (size_t)n_dropped));
  return spectrum;
}
