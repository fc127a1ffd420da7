/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/series.h"

/* What is written must not be what is read: a model or a measurement that was written over is gone. */

/* One file or folder, whatever ways lead to it; devices (/dev/null) may be written to as often as one likes.
 */
static gboolean
is_same (const char *a, const char *b)
{
  GStatBuf x, y;
  if (g_stat (a, &x) == 0 && g_stat (b, &y) == 0)
    return (S_ISREG (x.st_mode) || S_ISDIR (x.st_mode)) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
  g_autofree char *one = g_canonicalize_filename (a, NULL), *other = g_canonicalize_filename (b, NULL);
  return strcmp (one, other) == 0;
}

typedef struct {
  const char *option, *path;
} Named;

static GArray *
list_outputs (const XpsCliSeriesOptions *o)
{
  const Named outputs[] = {{"--output", o->output}, {"--table", o->table}, {"--figure", o->figure}};
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Named));
  for (guint i = 0; i < G_N_ELEMENTS (outputs); i++)
    if (outputs[i].path != NULL)
      g_array_append_val (list, outputs[i]);
  return list;
}

static gboolean
refuse (const Named *output, const char *what)
{
  g_autofree char *message = xps_text_printf ("%s %s is %s: it would be written over, name another file",
                                              output->option, output->path, what);
  xps_cli_usage ("series", message);
  return FALSE;
}

static gboolean
check_against (const Named *output, const char *input, const char *what)
{
  return input == NULL || !is_same (output->path, input) || refuse (output, what);
}

static gboolean
check_one (const XpsCliSeriesOptions *o, const Named *output)
{
  if (!check_against (output, o->model, "the model") ||
      !check_against (output, o->axis_file, "the file of --axis-file") ||
      !check_against (output, o->log, "the log") ||
      !check_against (output, o->shared, "the run of --shared-values"))
    return FALSE;
  for (char **part = o->merge; part != NULL && *part != NULL; part++)
    if (!check_against (output, *part, "a part to merge"))
      return FALSE;
  for (char **operand = o->operands; *operand != NULL; operand++)
    if (!check_against (output, *operand, "among the data"))
      return FALSE;
  return TRUE;
}

/* Each of the tables would be taken for a frame. */
static gboolean
check_watched (const XpsCliSeriesOptions *o)
{
  if (isnan (o->watch) || o->table == NULL)
    return TRUE;
  g_autofree char *folder = g_path_get_dirname (o->table);
  const Named table = {"--table", o->table};
  return !is_same (folder, o->operands[0]) || refuse (&table, "in the folder that is watched");
}

gboolean
xps_cli_series_check_paths (const XpsCliSeriesOptions *o)
{
  g_autoptr (GArray) outputs = list_outputs (o);
  g_autofree char *partial = o->output != NULL ? g_strconcat (o->output, ".partial", NULL) : NULL;
  const Named unfinished = {"--output: what is saved on the way,", partial};
  for (guint i = 0; i < outputs->len; i++) {
    const Named *output = &g_array_index (outputs, Named, i);
    for (guint k = 0; k < i; k++)
      if (!check_against (output, g_array_index (outputs, Named, k).path, "another output too"))
        return FALSE;
    if (!check_one (o, output))
      return FALSE;
  }
  return (partial == NULL || check_one (o, &unfinished)) && check_watched (o);
}

gboolean
xps_cli_series_check_files (const XpsCliSeriesOptions *o, const GPtrArray *files, GError **error)
{
  g_autoptr (GArray) outputs = list_outputs (o);
  for (guint i = 0; i < outputs->len; i++)
    for (guint k = 0; k < files->len; k++) {
      const Named *output = &g_array_index (outputs, Named, i);
      const XpsFile *file = g_ptr_array_index (files, k);
      if (is_same (output->path, file->path))
        return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_FILE, output->path, output->option,
                              "is read as data of the folder and would be written over",
                              "name a file outside of it");
    }
  return TRUE;
}
