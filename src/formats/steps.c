/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/steps.h"

#include <math.h>
#include <string.h>

#include "formats/labels.h"

typedef struct {
  const char *text, *name, *unit;
  double factor;
} Unit;

/* What a step differs in, known by its unit; units of intensities and of energies are none. */
static const Unit units[] = {
    {"V", "Potential", "V", 1},
    {"mV", "Potential", "V", 1e-3},
    {"K", "Temperature", "K", 1},
    {"\302\260C", "Temperature", "\302\260C", 1},
    {"degC", "Temperature", "\302\260C", 1},
    {"s", "Time", "s", 1},
    {"sec", "Time", "s", 1},
    {"min", "Time", "min", 1},
    {"h", "Time", "h", 1},
    {"nm", "Depth", "nm", 1},
    {"deg", "Angle", "deg", 1},
    {"\302\260", "Angle", "deg", 1},
};

/* Without a unit the words before the number must say what is counted. */
static const char *const counters[] = {"Scan",  "Frame",    "Step",      "Sweep",
                                       "Cycle", "Spectrum", "Iteration", "Loop"};

static gboolean
starts_number (const char *label, const char *at)
{
  if (g_ascii_isdigit (*at) || (*at == '.' && g_ascii_isdigit (at[1])))
    return TRUE;
  if ((*at != '-' && *at != '+') || !(g_ascii_isdigit (at[1]) || at[1] == '.'))
    return FALSE;
  return at == label || strchr (" \t=(:@", at[-1]) != NULL;
}

/* A comma is a decimal sign here: labels hold one number. */
static gboolean
parse_number (const char *start, const char **end, char *text, double *value)
{
  const gsize length = strspn (start + 1, "0123456789.,") + 1;
  if (length >= XPS_NUMBER_LENGTH)
    return FALSE;
  memcpy (text, start, length);
  text[length] = '\0';
  g_strdelimit (text, ",", '.');
  *end = start + length;
  return xps_number_parse (text, value) && isfinite (*value);
}

/* "C 1s": an orbital, and no second. */
static gboolean
is_orbital (const char *number, const char *end)
{
  return end == number + 1 && *end == 's' && !g_ascii_isalpha (end[1]);
}

static gboolean
find_unit (const char *at, XpsStepLabel *step, double value)
{
  const gsize length = strcspn (at, ")] \t");
  if (at[length + strspn (at + length, ")] \t")] != '\0')
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    if (strlen (units[i].text) != length || strncmp (units[i].text, at, length) != 0)
      continue;
    step->name = units[i].name;
    step->unit = units[i].unit;
    if (units[i].factor != 1)
      xps_number_format (value * units[i].factor, step->value);
    return TRUE;
  }
  return FALSE;
}

static gboolean
find_counter (const char *prefix, XpsStepLabel *step)
{
  if (prefix[0] == '\0') {
    step->name = "Value";
    return TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    if (g_ascii_strcasecmp (prefix, counters[i]) == 0) {
      step->name = counters[i];
      return TRUE;
    }
  return FALSE;
}

gboolean
xps_step_label_parse (const char *label, XpsStepLabel *step)
{
  const char *start = label, *end = NULL;
  double value = 0;

  *step = (XpsStepLabel){.intensity = XPS_INTENSITY_UNKNOWN};
  if (label != NULL && label[0] == 'V' && strlen (label) < XPS_NUMBER_LENGTH &&
      xps_number_parse (label + 1, &value) && isfinite (value)) { /* a series of potentials, in counts */
    *step = (XpsStepLabel){"Potential", "V", "", 1, XPS_INTENSITY_COUNTS};
    g_strlcpy (step->value, label + 1, sizeof step->value);
    return TRUE;
  }
  while (start != NULL && *start != '\0' && !starts_number (label, start))
    start++;
  if (start == NULL || *start == '\0' || !parse_number (start, &end, step->value, &value) ||
      is_orbital (start, end))
    return FALSE;
  step->prefix = (gsize)(start - label);
  end += strspn (end, " \t_");
  g_autofree char *prefix = g_strndup (label, step->prefix);
  g_strdelimit (prefix, "=(:@#_", ' ');
  g_strstrip (prefix);
  step->intensity = xps_label_unit (prefix);
  if (*end != '\0')
    return xps_label_column_role (prefix) == XPS_COLUMN_OTHER && find_unit (end, step, value);
  return find_counter (prefix, step);
}

gboolean
xps_step_labels_parse (const char *const *labels, gsize n, XpsStepLabel *steps)
{
  gboolean differ = FALSE;

  for (gsize i = 0; i < n; i++) {
    if (labels[i] == NULL || !xps_step_label_parse (labels[i], &steps[i]))
      return FALSE;
    if (g_strcmp0 (steps[i].name, steps[0].name) != 0 || g_strcmp0 (steps[i].unit, steps[0].unit) != 0 ||
        steps[i].prefix != steps[0].prefix || strncmp (labels[i], labels[0], steps[0].prefix) != 0)
      return FALSE;
    differ |= strcmp (steps[i].value, steps[0].value) != 0;
  }
  return differ || (n == 1 && steps[0].intensity == XPS_INTENSITY_COUNTS && labels[0][0] == 'V');
}

void
xps_step_label_add_to (const XpsStepLabel *self, XpsAcquisition *acquisition)
{
  xps_acquisition_add_variable (acquisition, self->name, self->unit, self->value);
}
