/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "formats/hdf5-private.h"

/* What readers ask of a file: questions to the process that has it open. */

#define MOST_FIRST 4096 /* values of an array of which the first is asked for */
/* "Not given", as VAMAS files say it; converters copy it. */
#define NOT_GIVEN 1e36

double *
xps_hdf5_dup_numbers (XpsHdf5 *self, const XpsHdf5Node *node, GError **error)
{
  if (node->kind != XPS_HDF5_NUMBERS) {
    xps_hdf5_fail (self, XPS_FORMATS_ERROR_MALFORMED, node, N_ ("numbers expected, found something else"),
                   N_ ("choose a data set of numbers"), error);
    return NULL;
  }
  g_autofree double *out = xps_memory_try_array (self->budget, node->n, sizeof (double));
  /* the other process holds them, too, while they are sent; the array is there, so this is no overflow */
  const gsize there = node->n * sizeof (double);
  if (out == NULL || !xps_memory_take (self->budget, there)) {
    xps_hdf5_fail (self, XPS_FORMATS_ERROR_TOO_LARGE, node, N_ ("more values than memory is allowed for"),
                   N_ ("save the part that matters in a file of its own"), error);
    return NULL;
  }
  const gboolean done = xps_hdf5_ask_numbers (self, node, out, error);
  self->budget->left += there;
  return done ? g_steal_pointer (&out) : NULL;
}

static char *
read_text (XpsHdf5 *self, const XpsHdf5Node *node)
{
  char *text = xps_hdf5_ask_text (self, node);

  if (text == NULL || xps_memory_take (self->budget, strlen (text) + 1))
    return text;
  g_free (text);
  return NULL;
}

/* Arrays that grow with a scan keep their first value; long ones are no single value at all. */
static double
read_first_number (XpsHdf5 *self, const XpsHdf5Node *node)
{
  if (node->n > MOST_FIRST)
    return (double)NAN;
  g_autofree double *values = xps_hdf5_dup_numbers (self, node, NULL);
  return values != NULL && fabs (values[0]) < NOT_GIVEN ? values[0] : (double)NAN;
}

double
xps_hdf5_get_number (XpsHdf5 *self, const XpsHdf5Node *node)
{
  double value = (double)NAN;

  if (node == NULL)
    return value;
  if (node->kind == XPS_HDF5_NUMBERS)
    return read_first_number (self, node);
  g_autofree char *text = node->kind == XPS_HDF5_TEXT ? read_text (self, node) : NULL;
  if (text == NULL || !xps_number_parse (text, &value) || !(fabs (value) < NOT_GIVEN))
    return (double)NAN;
  return value;
}

char *
xps_hdf5_dup_text (XpsHdf5 *self, const XpsHdf5Node *node)
{
  char buffer[XPS_NUMBER_LENGTH];

  if (node == NULL)
    return NULL;
  if (node->kind == XPS_HDF5_TEXT)
    return read_text (self, node);
  const double value = node->kind == XPS_HDF5_NUMBERS ? read_first_number (self, node) : (double)NAN;
  return isfinite (value) ? g_strdup (xps_number_format (value, buffer)) : NULL;
}

/* ---- attributes ---- */

void
xps_hdf5_attribute_clear (XpsHdf5Attribute *attribute)
{
  if (attribute->words != NULL)
    g_ptr_array_unref (attribute->words);
  g_free (attribute->numbers);
}

char *
xps_hdf5_dup_attribute (XpsHdf5 *self, const XpsHdf5Node *node, const char *name)
{
  XpsHdf5Attribute attribute = xps_hdf5_ask_attribute (self, node, name);
  char buffer[XPS_NUMBER_LENGTH], *text = NULL;

  if (attribute.words != NULL)
    text = g_strdup (g_ptr_array_index (attribute.words, 0));
  else if (attribute.numbers != NULL)
    text = g_strdup (xps_number_format (attribute.numbers[0], buffer));
  xps_hdf5_attribute_clear (&attribute);
  return text;
}

char **
xps_hdf5_dup_attribute_list (XpsHdf5 *self, const XpsHdf5Node *node, const char *name)
{
  XpsHdf5Attribute attribute = xps_hdf5_ask_attribute (self, node, name);
  char **list = NULL;

  if (attribute.words != NULL) {
    list = g_new0 (char *, attribute.words->len + 1);
    for (guint i = 0; i < attribute.words->len; i++)
      list[i] = g_strdup (g_ptr_array_index (attribute.words, i));
  }
  xps_hdf5_attribute_clear (&attribute);
  return list;
}

double *
xps_hdf5_dup_attribute_numbers (XpsHdf5 *self, const XpsHdf5Node *node, const char *name, gsize *n)
{
  XpsHdf5Attribute attribute = xps_hdf5_ask_attribute (self, node, name);
  double *numbers = g_steal_pointer (&attribute.numbers);

  *n = numbers != NULL ? attribute.n : 0;
  xps_hdf5_attribute_clear (&attribute);
  return numbers;
}

gboolean
xps_hdf5_is_class (XpsHdf5 *self, const XpsHdf5Node *node, const char *name)
{
  g_autofree char *found =
      node != NULL && node->kind == XPS_HDF5_GROUP ? xps_hdf5_dup_attribute (self, node, "NX_class") : NULL;

  return g_strcmp0 (found, name) == 0;
}
