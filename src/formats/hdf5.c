/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "formats/choice.h"
#include "formats/hdf5-layout.h"
#include "formats/rows.h"

/* HDF5 files: which of the layouts wrote it, and what can be chosen where none of them did. */

#define MOST_LISTED 12 /* data sets in a message */

static const XpsHdf5Layout *const layouts[] = {&xps_hdf5_nexus, &xps_hdf5_pearl, &xps_hdf5_igor};

/* The signature stands at 0, 512, 1024, 2048, ...: before it may be a header of another program (MATLAB). */
static int
score_hdf5 (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  static const char signature[8] = "\x89HDF\r\n\x1a\n";

  for (gsize at = 0; at + sizeof signature <= head_length; at = at == 0 ? 512 : 2 * at)
    if (memcmp (head + at, signature, sizeof signature) == 0)
      return 100;
  return 0;
}

/* ---- what can be chosen ---- */

static void
add_choice (XpsHdf5 *h, const XpsHdf5Node *node, XpsMemoryBudget *budget, GPtrArray *choices)
{
  if (!xps_memory_take (budget, sizeof (XpsChoice) + strlen (node->path) + 64))
    return;
  XpsChoice *choice = g_new0 (XpsChoice, 1);
  choice->path = g_strdup (node->path);
  choice->unit = xps_hdf5_dup_attribute (h, node, "units");
  choice->rank = node->rank;
  for (guint k = 0; k < node->rank; k++)
    choice->shape[k] = node->shape[k];
  g_ptr_array_add (choices, choice);
}

static void
add_choices (XpsHdf5 *h, const XpsHdf5Node *group, XpsMemoryBudget *budget, GPtrArray *choices)
{
  for (guint i = 0; group->children != NULL && i < group->children->len; i++) {
    const XpsHdf5Node *child = g_ptr_array_index (group->children, i);
    if (child->kind == XPS_HDF5_GROUP && child->same == NULL)
      add_choices (h, child, budget, choices);
    else if (child->kind == XPS_HDF5_NUMBERS && child->rank > 0 && child->n > 1)
      add_choice (h, child, budget, choices);
  }
}

GPtrArray *
xps_choices_list (GBytes *bytes, const char *name, GError **error)
{
  XpsMemoryBudget budget;
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (score_hdf5 (data, MIN (size, 4096), NULL, 0, size) == 0) {
    xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_UNKNOWN, name, NULL, N_ ("not an HDF5 file"),
                   N_ ("data sets are chosen from HDF5 files only"));
    return NULL;
  }
  xps_memory_budget_init (&budget, size);
  g_autoptr (XpsHdf5) h = xps_hdf5_open (bytes, name, &budget, error);
  if (h == NULL)
    return NULL;
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_choice_free);
  add_choices (h, xps_hdf5_get_root (h), &budget, choices);
  return choices;
}

static gboolean
refuse (XpsHdf5Reader *self, GError **error)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_choice_free);
  g_autoptr (GString) remedy = g_string_new (_ ("choose one (--dataset): "));
  guint n = 0;

  add_choices (self->h, xps_hdf5_get_root (self->h), self->budget, choices);
  for (guint i = 0; i < choices->len; i++) {
    if (!xps_choice_is_curve (g_ptr_array_index (choices, i)) || n++ >= MOST_LISTED)
      continue;
    g_autofree char *text = xps_choice_dup_text (g_ptr_array_index (choices, i));
    g_string_append_printf (remedy, "%s%s", n > 1 ? ", " : "", text);
  }
  if (n > MOST_LISTED)
    g_string_append_printf (remedy, _ (" and %u more"), n - MOST_LISTED);
  if (n == 0)
    return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_EMPTY, self->file->path, NULL,
                          N_ ("an HDF5 file without a data set of numbers to plot"),
                          N_ ("export the spectra again"));
  return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_CHOICE, self->file->path, NULL,
                        N_ ("an HDF5 file that does not say which data set is a spectrum"), remedy->str);
}

/* ---- reading ---- */

/* The first layout that knows the file; FALSE with a message where none finds a spectrum in it. */
static gboolean
read_layout (XpsHdf5Reader *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++) {
    if (!layouts[i]->matches (self))
      continue;
    if (!layouts[i]->read (self, error))
      return FALSE;
    if (self->images->len == 0)
      continue;
    self->file->format = layouts[i]->id;
    return TRUE;
  }
  return refuse (self, error);
}

static gboolean
read_hdf5 (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  XpsMemoryBudget budget;

  xps_read_options_init_budget (options, g_bytes_get_size (bytes), &budget);
  g_autoptr (GPtrArray) images = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_image_free);
  g_autoptr (XpsHdf5) h = xps_hdf5_open (bytes, file->path, &budget, error);
  XpsHdf5Reader self = {h, file, options, &budget, images};
  if (h == NULL)
    return FALSE;
  const gboolean done =
      options->dataset != NULL ? xps_hdf5_read_chosen (&self, error) : read_layout (&self, error);
  /* Whatever was read or refused: half of a file says nothing. */
  if (!xps_hdf5_check (h, NULL)) {
    g_clear_error (error);
    return xps_hdf5_check (h, error);
  }
  if (!done)
    return FALSE;
  xps_image_add_spectra (images, &budget, file);
  return file->spectra->len > 0 ||
         xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_EMPTY, file->path, NULL,
                        N_ ("no finite value in the spectra"), N_ ("export them again"));
}

static const char *const suffixes[] = {"nxs", "h5", "hdf5", "hdf", "nx5", NULL};

const XpsFormat xps_format_hdf5 = {
    .id = "hdf5",
    .title = "NeXus and HDF5 (NXxps, NXmpes, Diamond, PEARL, ADRESS)",
    .suffixes = suffixes,
    .score = score_hdf5,
    .read = read_hdf5,
};
