/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/trend.h"

#include <math.h>
#include <string.h>

#include "series/map.h"

void
xps_trend_free (XpsTrend *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->label);
  g_free (self->species);
  g_free (self->unit);
  g_free (self->values);
  g_free (self->errors);
  g_free (self->frozen);
  g_free (self->to);
  g_free (self);
}

typedef struct {
  const char *id, *word, *unit;
} Kind;

static const Kind kinds[XPS_N_TREND_KINDS] = {
    {"area", "area", "counts eV"}, {"net", "area without the limit at zero", "counts eV"},
    {"fraction", "fraction", ""},  {"atomic", "atomic share", "%"},
    {"ratio", "atomic ratio", ""}, {"position", "position", "eV"},
    {"width", "width", "eV"},      {"height", "height", "counts"},
    {"parameter", NULL, ""},       {"quality", NULL, ""},
};

XpsTrend *
xps_trend_new (XpsTrendKind kind, const char *name, const char *label, const char *species, gsize n)
{
  XpsTrend *self = g_new0 (XpsTrend, 1);
  self->kind = kind;
  self->id = name != NULL ? g_strdup_printf ("%s:%s", kinds[kind].id, name) : g_strdup (kinds[kind].id);
  self->label =
      kinds[kind].word != NULL ? g_strdup_printf ("%s %s", label, kinds[kind].word) : g_strdup (label);
  self->species = g_strdup (species);
  self->unit = g_strdup (kinds[kind].unit);
  self->n = n;
  self->systematic = NAN;
  self->values = g_new (double, MAX (n, 1));
  self->errors = g_new (double, MAX (n, 1));
  self->frozen = g_new0 (gboolean, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    self->values[i] = self->errors[i] = NAN;
  return self;
}

/* The lines of a doublet have one area behind them: their fractions add up, and so do the errors. */
static XpsQuantity
sum_fractions (const XpsSeriesMap *map, const XpsStepResult *step, gsize leader)
{
  XpsQuantity sum = {0, 0};
  for (gsize c = 0; c < map->n_components; c++)
    if (map->components[c].leader == leader) {
      sum.value += step->components[c].fraction.value;
      sum.error += step->components[c].fraction.error;
    }
  return sum;
}

static XpsQuantity
quantity_of (const XpsSeriesMap *map, const XpsStepResult *step, gsize c, XpsTrendKind kind)
{
  const XpsStepComponent *component = &step->components[c];
  switch (kind) {
  case XPS_TREND_AREA:
    return component->area;
  case XPS_TREND_NET:
    return component->net;
  case XPS_TREND_FRACTION:
    return sum_fractions (map, step, c);
  case XPS_TREND_POSITION:
    return component->center;
  case XPS_TREND_WIDTH:
    return component->fwhm;
  case XPS_TREND_HEIGHT:
    return component->height;
  default:
    return (XpsQuantity){NAN, NAN};
  }
}

static gboolean
is_frozen (const XpsSeriesMap *map, const XpsStepResult *step, gsize c, XpsTrendKind kind)
{
  if (kind != XPS_TREND_POSITION && kind != XPS_TREND_WIDTH)
    return FALSE;
  for (gsize p = 0; p < map->n_parameters; p++)
    if (step->frozen[p] && xps_series_map_carries (map, p, c))
      return TRUE;
  return FALSE;
}

/* A species has lines in several core levels: the level comes first. */
static char *
dup_label (const XpsSeriesRun *run, const XpsSeriesMap *map, gsize c)
{
  const XpsComponent *component = map->components[c].component;
  const XpsModelPart *part = g_ptr_array_index (run->model->parts, map->components[c].part);
  const char *species = component->phase != NULL ? component->phase : component->name;
  const char *label = component->label != NULL ? component->label : species;
  const gboolean needed = run->model->parts->len > 1 && part->id != NULL && strstr (label, part->id) == NULL;
  return needed ? g_strdup_printf ("%s %s", part->id, label) : g_strdup (label);
}

static gboolean
is_intensity (XpsTrendKind kind)
{
  return kind == XPS_TREND_AREA || kind == XPS_TREND_NET || kind == XPS_TREND_HEIGHT;
}

static void
set_unit (XpsTrend *trend, XpsIntensityUnit unit)
{
  static const char *const words[] = {[XPS_INTENSITY_COUNTS] = "counts",
                                      [XPS_INTENSITY_COUNTS_PER_SECOND] = "counts/s",
                                      [XPS_INTENSITY_UNKNOWN] = "arb. units"};
  g_free (trend->unit);
  trend->unit = g_strconcat (words[unit], trend->kind == XPS_TREND_HEIGHT ? "" : " eV", NULL);
}

typedef struct {
  const XpsSeries *series;
  const XpsSeriesRun *run;
  const XpsSeriesMap *map;
  const XpsCounting *counting;
} Source;

static XpsTrend *
component_trend (const Source *source, gsize c, XpsTrendKind kind)
{
  const XpsSeriesRun *run = source->run;
  const XpsSeriesMap *map = source->map;
  const XpsComponent *component = map->components[c].component;
  const char *species = component->phase != NULL ? component->phase : component->name;
  g_autofree char *label = dup_label (run, map, c);
  XpsTrend *trend = xps_trend_new (kind, component->name, label, species, run->steps->len);
  for (gsize i = 0; i < trend->n; i++) {
    const XpsStepResult *step = xps_series_run_get_step (run, i);
    if (!step->fitted)
      continue;
    const XpsQuantity quantity = quantity_of (map, step, c, kind);
    const double seconds = is_intensity (kind) ? xps_counting_get_seconds (source->counting, source->series,
                                                                           i, map->components[c].part)
                                               : 1;
    trend->values[i] = quantity.value / seconds;
    trend->errors[i] = quantity.error / seconds;
    trend->frozen[i] = is_frozen (map, step, c, kind);
  }
  if (is_intensity (kind))
    set_unit (trend, source->counting->unit);
  return trend;
}

static XpsTrend *
parameter_trend (const XpsSeriesRun *run, gsize p)
{
  const XpsParameter *parameter = g_ptr_array_index (run->model->parameters, p);
  XpsTrend *trend =
      xps_trend_new (XPS_TREND_PARAMETER, parameter->name, parameter->name, NULL, run->steps->len);
  for (gsize i = 0; i < trend->n; i++) {
    const XpsStepResult *step = xps_series_run_get_step (run, i);
    trend->values[i] = step->values[p];
    trend->errors[i] = step->errors[p];
    trend->frozen[i] = step->frozen[p];
  }
  return trend;
}

static XpsTrend *
quality_trend (const XpsSeriesRun *run)
{
  XpsTrend *trend = xps_trend_new (XPS_TREND_QUALITY, NULL, "Reduced chi\302\262", NULL, run->steps->len);
  for (gsize i = 0; i < trend->n; i++)
    trend->values[i] = xps_series_run_get_step (run, i)->reduced_chi2;
  return trend;
}

GPtrArray *
xps_trends_new (const XpsSeries *series, const XpsSeriesRun *run, const XpsCounting *counting)
{
  static const XpsTrendKind each[] = {XPS_TREND_AREA,     XPS_TREND_NET,   XPS_TREND_FRACTION,
                                      XPS_TREND_POSITION, XPS_TREND_WIDTH, XPS_TREND_HEIGHT};
  GPtrArray *trends = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_trend_free);
  g_autoptr (XpsSeriesMap) map = xps_series_map_new (run->model, run->plan, NULL);
  const Source source = {series, run, map, counting};
  for (guint k = 0; map != NULL && k < G_N_ELEMENTS (each); k++)
    for (gsize c = 0; c < map->n_components; c++)
      if (map->components[c].leader == c)
        g_ptr_array_add (trends, component_trend (&source, c, each[k]));
  for (gsize p = 0; p < run->model->parameters->len; p++)
    g_ptr_array_add (trends, parameter_trend (run, p));
  g_ptr_array_add (trends, quality_trend (run));
  return trends;
}
