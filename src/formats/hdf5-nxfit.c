/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "formats/hdf5-layout.h"
#include "formats/vamas-private.h"

/* The fit in an entry: NXfit with its NXpeak groups, peaks and backgrounds. Files of this program keep beside
 * them, as notes, what NXfit has no words for; then the fit is that. Sources: base classes NXfit, NXpeak,
 * NXfit_function, NXparameters; what pynxtools-xps 0.5 writes (limits as "area_min", "area_max"; a group
 * "background" without a function that sums the others). Seen in one file besides our own. */

#define MOST_PARTS  500
#define PART_MEMORY 1024

typedef struct {
  XpsHdf5Reader *reader;
  XpsHdf5 *h;
  const XpsHdf5Node *fit;
  XpsStoredFit *stored;
  gboolean whole; /* the result is there, too: peaks are for lists, whatever they lack */
} Fit;

static char *
dup_text (const Fit *self, const XpsHdf5Node *from, const char *path)
{
  char *text = xps_hdf5_dup_text (self->h, xps_hdf5_find (self->h, from, path));

  return text != NULL ? text : g_strdup ("");
}

static double
get_number (const Fit *self, const XpsHdf5Node *from, const char *path)
{
  return xps_hdf5_get_number (self->h, xps_hdf5_find_numbers (self->h, from, path));
}

/* ---- what the file of another program says ---- */

/* An attribute of the parameter, or a parameter of its own beside it. */
static double
get_bound (const Fit *self, const XpsHdf5Node *parameters, const XpsHdf5Node *node, const char *attribute,
           const char *ending)
{
  g_autofree char *beside = g_strconcat (node->name, ending, NULL);
  gsize n = 0;
  g_autofree double *said = xps_hdf5_dup_attribute_numbers (self->h, node, attribute, &n);

  return n > 0 ? said[0] : get_number (self, parameters, beside);
}

/* FALSE: there is no such parameter. Without limits it may go anywhere that makes sense: wide ones, since
 * equal ones mean fixed. */
static gboolean
read_parameter (const Fit *self, const XpsHdf5Node *peak, const char *name, XpsStoredParameter *out,
                double *error)
{
  const XpsHdf5Node *parameters = xps_hdf5_find (self->h, peak, "function/fit_parameters");
  const XpsHdf5Node *node = xps_hdf5_find_numbers (self->h, parameters, name);
  const gboolean is_position = strcmp (name, "position") == 0;

  *out = (XpsStoredParameter){NAN, NAN, NAN, -1, 1};
  *error = NAN;
  if (node == NULL)
    return FALSE;
  g_autofree char *errors = g_strconcat (name, "_errors", NULL);
  out->value = xps_hdf5_get_number (self->h, node);
  out->low = get_bound (self, parameters, node, "min_value", "_min");
  out->high = get_bound (self, parameters, node, "max_value", "_max");
  if (!isfinite (out->low) || !isfinite (out->high) || out->low > out->high) {
    out->low = is_position ? out->value - 5 : 0;
    out->high = is_position ? out->value + 5 : 100 * fabs (out->value);
  }
  *error = get_number (self, parameters, errors);
  return isfinite (out->value);
}

/* "GL(30)" where the file says it so, else the name of the function. */
static char *
dup_function (const Fit *self, const XpsHdf5Node *part)
{
  g_autofree char *description = dup_text (self, part, "function/description");

  return description[0] != '\0' ? g_steal_pointer (&description)
                                : dup_text (self, part, "function/function_type");
}

static void
read_peak (const Fit *self, const XpsHdf5Node *peak)
{
  XpsStoredParameter area = {0}, width = {0}, position = {0};
  double errors[3] = {0};
  const gboolean has_area = read_parameter (self, peak, "area", &area, &errors[0]);
  const gboolean has_width = read_parameter (self, peak, "width", &width, &errors[1]);
  const gboolean has_position = read_parameter (self, peak, "position", &position, &errors[2]);

  if (!self->whole && !(has_area && has_width && has_position))
    return;
  XpsStoredComponent *component = xps_stored_fit_add_component (self->stored);
  component->name = dup_text (self, peak, "label");
  component->shape = dup_function (self, peak);
  component->tag = g_strdup ("");
  component->constraint = g_strdup ("");
  component->area = area;
  component->fwhm = width;
  component->position = position;
  component->area_error = errors[0];
  component->fwhm_error = errors[1];
  component->position_error = errors[2];
  component->sensitivity = get_number (self, peak, "relative_sensitivity_factor");
  component->uncorrected_sensitivity = component->mass = (double)NAN;
}

/* The range that was fitted: that of the peak's own curve, or of the data. */
static gboolean
find_range (const Fit *self, const XpsHdf5Node *part, double *low, double *high)
{
  const XpsHdf5Node *axis = xps_hdf5_find_numbers (self->h, part, "data/position");

  if (axis == NULL)
    axis = xps_hdf5_find_numbers (self->h, self->fit, "data/input_independent");
  g_autofree double *values = axis != NULL ? xps_hdf5_dup_numbers (self->h, axis, NULL) : NULL;
  if (values == NULL || axis->n < 2)
    return FALSE;
  *low = fmin (values[0], values[axis->n - 1]);
  *high = fmax (values[0], values[axis->n - 1]);
  return isfinite (*low) && isfinite (*high) && *low < *high;
}

static void
add_region (const Fit *self, const XpsHdf5Node *part, char *take_name, char *take_background)
{
  double low = 0, high = 0;

  if (!find_range (self, part, &low, &high)) {
    g_free (take_name);
    g_free (take_background);
    return;
  }
  XpsStoredRegion *region = xps_stored_fit_add_region (self->stored);
  region->name = take_name;
  region->background = take_background;
  region->tag = g_strdup ("");
  region->start = low;
  region->end = high;
  region->average_width = 1;
  region->sensitivity = region->uncorrected_sensitivity = region->mass = (double)NAN;
}

static void
read_parts (const Fit *self)
{
  for (guint i = 0; i < MIN (self->fit->children->len, MOST_PARTS); i++) {
    const XpsHdf5Node *part = xps_hdf5_child (self->h, self->fit, i);
    if (!xps_hdf5_is_class (self->h, part, "NXpeak") || part->children == NULL ||
        !xps_memory_take (self->reader->budget, PART_MEMORY))
      continue;
    if (!g_str_has_prefix (part->name, "background"))
      read_peak (self, part);
    else if (xps_hdf5_find (self->h, part, "function") != NULL)
      add_region (self, part, dup_text (self, part, "label"), dup_function (self, part));
  }
  if (self->stored->components->len > 0 && self->stored->regions->len == 0)
    add_region (self, self->fit, dup_text (self, self->fit, "label"), g_strdup (""));
}

/* The axis that the positions are on: the fit's own words, else the spectrum's. */
static gboolean
is_binding (const Fit *self, const XpsImage *image)
{
  const XpsHdf5Node *axis = xps_hdf5_find_numbers (self->h, self->fit, "data/input_independent");
  g_autofree char *type = axis != NULL ? xps_hdf5_dup_attribute (self->h, axis, "type") : NULL;

  return type != NULL ? strcmp (type, "binding") == 0 : image->axis == XPS_AXIS_BINDING;
}

/* ---- what this program keeps beside it ---- */

static void
read_line (const Fit *self, XpsSpan line)
{
  if (!xps_memory_take (self->reader->budget, PART_MEMORY + line.length))
    return;
  if (xps_span_has_prefix (line, "CASA region"))
    xps_casa_read_region (line, self->stored);
  else if (xps_span_has_prefix (line, "CASA comp"))
    xps_casa_read_component (line, self->stored);
  else if (!xps_casa_read_calibration (line, self->stored))
    g_ptr_array_add (self->stored->processing, xps_span_dup (line));
}

/* Standard errors, which CasaXPS has no place for. */
static void
read_errors (const Fit *self)
{
  for (guint i = 0; i < self->stored->components->len; i++) {
    XpsStoredComponent *component = g_ptr_array_index (self->stored->components, i);
    g_autofree char *name = g_strdup_printf ("peak%u/function/fit_parameters", i);
    const XpsHdf5Node *parameters = xps_hdf5_find (self->h, self->fit, name);
    component->area_error = get_number (self, parameters, "area_errors");
    component->fwhm_error = get_number (self, parameters, "width_errors");
    component->position_error = get_number (self, parameters, "position_errors");
  }
}

static gboolean
links_are_sound (const XpsStoredFit *stored)
{
  for (guint i = 0; i < stored->components->len; i++) {
    const XpsStoredComponent *c = g_ptr_array_index (stored->components, i);
    const int links[] = {c->area.link, c->fwhm.link, c->position.link};
    for (guint k = 0; k < G_N_ELEMENTS (links); k++)
      if (links[k] < -1 || links[k] >= (int)stored->components->len || links[k] == (int)i)
        return FALSE;
  }
  return TRUE;
}

/* The record as it was before it was written (nexus-fit.c); FALSE: there is none, or it is damaged. */
static gboolean
read_record (Fit *self)
{
  const XpsHdf5Node *kinetic = xps_hdf5_find (self->h, self->fit, "record/data"),
                    *binding = xps_hdf5_find (self->h, self->fit, "record_binding/data");
  g_autofree char *text = xps_hdf5_dup_text (self->h, kinetic != NULL ? kinetic : binding);
  g_autofree char *areas = dup_text (self, self->fit, "areas");
  XpsLines lines;
  XpsSpan line = {0};

  if (text == NULL)
    return FALSE;
  xps_lines_init (&lines, text, strlen (text), FALSE);
  /* The head and the numbers of records, which only a file of CasaXPS needs. */
  while (xps_lines_next (&lines, &line)) {
    double count = 0;
    if (!xps_span_has_prefix (line, "Casa Info Follows") && !xps_span_parse_number (line, &count))
      read_line (self, line);
  }
  if (!links_are_sound (self->stored)) {
    g_ptr_array_set_size (self->stored->components, 0);
    g_ptr_array_set_size (self->stored->regions, 0);
    return FALSE;
  }
  read_errors (self);
  self->stored->binding = kinetic == NULL;
  self->stored->in_data_unit = areas[0] != '\0';
  return self->stored->components->len + self->stored->regions->len > 0;
}

/* ---- the whole ---- */

XpsStoredFit *
xps_hdf5_read_nxfit (XpsHdf5Reader *reader, const XpsHdf5Node *entry, const XpsImage *image)
{
  Fit self = {.reader = reader, .h = reader->h, .fit = xps_hdf5_find_class (reader, entry, "NXfit")};

  if (self.fit == NULL || self.fit->children == NULL)
    return NULL;
  self.stored = xps_stored_fit_new ();
  const gboolean own = xps_hdf5_is_own (reader);
  if (own)
    self.stored->result = xps_hdf5_dup_text (self.h, xps_hdf5_find (self.h, self.fit, "result/data"));
  self.whole = self.stored->result != NULL;
  if (!own || !read_record (&self)) {
    self.stored->binding = is_binding (&self, image);
    self.stored->in_data_unit = TRUE;
    read_parts (&self);
  }
  self.stored->program = xps_hdf5_dup_text (self.h, xps_hdf5_find (self.h, self.fit, "program"));
  if (self.stored->components->len + self.stored->regions->len > 0)
    return self.stored;
  xps_stored_fit_free (self.stored);
  return NULL;
}
