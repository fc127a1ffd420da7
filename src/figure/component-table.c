/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/component-table.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "figure/csv.h"
#include "figure/label.h"
#include "figure/measured.h"
#include "scene/markup.h"

#define NOT_FITTED    "values of the model as it stands, without uncertainties"
#define NOT_CONVERGED "the fit did not converge"

enum { POSITION, FWHM_G, FWHM_L, FWHM, AREA, PERCENT, N_QUANTITIES };

typedef struct {
  const char *name; /* of the column in files; the area's has its unit behind it */
  const char *latex;
  int decimals; /* without an error */
} Column;

static const Column columns[N_QUANTITIES] = {
    [POSITION] = {"position_eV", "$E_\\mathrm{B}$ (eV)", 2},
    [FWHM_G] = {"fwhm_g_eV", "$w_\\mathrm{G}$ (eV)", 2},
    [FWHM_L] = {"fwhm_l_eV", "$w_\\mathrm{L}$ (eV)", 2},
    [FWHM] = {"fwhm_eV", "FWHM (eV)", 2},
    [AREA] = {"area", "Area", 0},
    [PERCENT] = {"area_percent", "\\%", 1},
};

typedef struct {
  const XpsComponent *component;
  XpsQuantity values[N_QUANTITIES];
} Row;

typedef struct {
  const XpsPreview *preview;
  const XpsFitRecord *record; /* NULL: not of this model */
  const XpsModelPart *part;
  gsize n;
  Row *rows;
} Table;

static const XpsQuantity none = {NAN, NAN};

/* Value of a role with its error; nothing where the shape has no such role. */
static XpsQuantity
role_quantity (const Table *table, const XpsComponent *component, int role)
{
  if (role < 0)
    return none;
  const char *name = component->roles[role];
  if (name == NULL)
    return (XpsQuantity){component->shape->roles[role].usual, NAN};
  const XpsRecordParameter *fitted =
      table->record != NULL ? xps_fit_record_find_parameter (table->record, name) : NULL;
  if (fitted != NULL)
    return fitted->quantity;
  const int index = xps_model_find_parameter (table->preview->model, name);
  if (index < 0)
    return none;
  if (table->preview->values != NULL)
    return (XpsQuantity){table->preview->values[index], NAN};
  return (XpsQuantity){xps_model_get_parameter (table->preview->model, name)->value, NAN};
}

static void
fill_row (const Table *table, gsize k, Row *row)
{
  const XpsComponent *component = g_ptr_array_index (table->part->components, k);
  const XpsRecordComponent *fitted =
      table->record != NULL
          ? xps_fit_record_find_component (table->record, table->preview->part, component->name)
          : NULL;
  for (int q = 0; q < N_QUANTITIES; q++)
    row->values[q] = none;
  row->component = component;
  row->values[FWHM_G] = role_quantity (table, component, xps_shape_find_role (component->shape, "fwhm_g"));
  row->values[FWHM_L] = role_quantity (table, component, xps_shape_find_role (component->shape, "fwhm_l"));
  if (fitted != NULL) {
    row->values[POSITION] = fitted->maximum;
    row->values[FWHM] = fitted->fwhm;
    row->values[AREA] = fitted->area;
    row->values[PERCENT] = (XpsQuantity){100.0 * fitted->fraction.value, 100.0 * fitted->fraction.error};
  } else
    xps_preview_get_component (table->preview, k, &row->values[POSITION].value, NULL,
                               &row->values[FWHM].value, &row->values[AREA].value);
  /* What has no maximum (an edge) has the position of its definition. */
  if (isnan (row->values[POSITION].value))
    row->values[POSITION] =
        role_quantity (table, component, xps_shape_find_kind (component->shape, XPS_ROLE_POSITION));
}

/* Shares where no fit gave them; undefined as soon as one area is, or where they have no positive sum. */
static void
fill_percents (Table *table)
{
  double sum = 0.0;
  for (gsize k = 0; k < table->n; k++)
    sum += table->rows[k].values[AREA].value;
  for (gsize k = 0; k < table->n; k++) {
    XpsQuantity *values = table->rows[k].values;
    if (isnan (values[PERCENT].value) && sum > 0.0)
      values[PERCENT].value = 100.0 * values[AREA].value / sum;
  }
}

static void
table_init (Table *table, const XpsPreview *preview, const XpsFitRecord *record)
{
  *table = (Table){.preview = preview, .record = record};
  table->part = g_ptr_array_index (preview->model->parts, preview->part);
  if (record != NULL && !xps_fit_record_is_current (record, preview->model, preview->weights))
    table->record = NULL;
  table->n = table->part->components->len;
  table->rows = g_new0 (Row, table->n);
  for (gsize k = 0; k < table->n; k++)
    fill_row (table, k, &table->rows[k]);
  if (table->record == NULL)
    fill_percents (table);
}

static const char *
intensity_unit (const Table *table)
{
  const XpsSpectrum *spectrum = table->preview->spectrum;
  return spectrum != NULL ? xps_figure_unit_text (xps_spectrum_get_unit (spectrum)) : NULL;
}

/* ---- plain ---- */

static void
put_heading (GString *out, const Table *table, char separator)
{
  const char *unit = intensity_unit (table);
  const char *behind = unit == NULL ? "" : (strcmp (unit, "counts") == 0 ? "_counts_eV" : "_counts_per_s_eV");
  g_string_append_printf (out, "name%clabel%cspecies%cshape", separator, separator, separator);
  for (int q = 0; q < N_QUANTITIES; q++) {
    const char *unit_behind = q == AREA ? behind : "";
    g_string_append_printf (out, "%c%s%s%c%s%s_stderr", separator, columns[q].name, unit_behind, separator,
                            columns[q].name, unit_behind);
  }
  g_string_append_c (out, '\n');
}

static void
put_row (GString *out, const Row *row, char separator)
{
  const XpsComponent *component = row->component;
  const char *const texts[] = {component->name, component->label, component->phase, component->shape->id};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    if (i > 0)
      g_string_append_c (out, separator);
    xps_csv_put_text (out, texts[i], separator);
  }
  for (int q = 0; q < N_QUANTITIES; q++) {
    g_string_append_c (out, separator);
    xps_csv_put_number (out, row->values[q].value);
    g_string_append_c (out, separator);
    xps_csv_put_number (out, row->values[q].error);
  }
  g_string_append_c (out, '\n');
}

char *
xps_component_table_dup_csv (const XpsPreview *preview, const XpsFitRecord *record, char separator)
{
  g_return_val_if_fail (preview != NULL && preview->model != NULL, NULL);
  Table table;
  table_init (&table, preview, record);
  GString *out = g_string_new (NULL);
  if (table.record == NULL)
    g_string_append (out, "# not fitted: " NOT_FITTED "\n");
  else if (!table.record->converged)
    g_string_append (out, "# " NOT_CONVERGED "\n");
  put_heading (out, &table, separator);
  for (gsize k = 0; k < table.n; k++)
    put_row (out, &table.rows[k], separator);
  g_free (table.rows);
  return g_string_free (out, FALSE);
}

/* ---- LaTeX ---- */

static void
put_escaped (GString *out, const char *text)
{
  static const struct {
    const char *plain, *latex;
  } specials[] = {
      {"\\", "\\textbackslash{}"},
      {"{", "\\{"},
      {"}", "\\}"},
      {"$", "\\$"},
      {"&", "\\&"},
      {"#", "\\#"},
      {"%", "\\%"},
      {"_", "\\_"},
      {"^", "\\textasciicircum{}"},
      {"~", "\\textasciitilde{}"},
      {"\xe2\x88\x92", "$-$"},
  };
  while (*text != '\0') {
    gsize eaten = 0;
    for (gsize i = 0; i < G_N_ELEMENTS (specials) && eaten == 0; i++)
      if (g_str_has_prefix (text, specials[i].plain)) {
        g_string_append (out, specials[i].latex);
        eaten = strlen (specials[i].plain);
      }
    if (eaten == 0) {
      g_string_append_c (out, *text);
      eaten = 1;
    }
    text += eaten;
  }
}

/* Formulas, charges and levels as the figure has them. */
static void
put_label (GString *out, const char *plain)
{
  g_autofree char *markup = xps_figure_label_markup (plain != NULL ? plain : "");
  g_autoptr (GPtrArray) runs = xps_markup_dup_runs (markup);
  for (guint i = 0; i < runs->len; i++) {
    const XpsMarkupRun *run = g_ptr_array_index (runs, i);
    if (run->level != 0)
      g_string_append (out, run->level > 0 ? "\\textsuperscript{" : "\\textsubscript{");
    put_escaped (out, run->text);
    if (run->level != 0)
      g_string_append_c (out, '}');
  }
}

static void
put_quantity (GString *out, XpsQuantity quantity, int decimals)
{
  if (!isfinite (quantity.value))
    return;
  g_autofree char *text = xps_number_dup_with_error (quantity.value, quantity.error, decimals);
  if (text[0] == '-')
    g_string_append (out, "$-$");
  g_string_append (out, text[0] == '-' ? text + 1 : text);
}

static void
put_caption (GString *out, const Table *table)
{
  const XpsSpectrum *spectrum = table->preview->spectrum;
  const char *name = spectrum != NULL ? xps_spectrum_get_name (spectrum) : NULL;
  g_string_append (out, "  \\caption{Components");
  if (name != NULL && name[0] != '\0') {
    g_string_append (out, " of ");
    put_label (out, name);
  }
  if (table->record == NULL)
    g_string_append (out, ". Not fitted: " NOT_FITTED ".}\n");
  else {
    g_autofree char *chi2 = xps_figure_dup_rounded (table->record->reduced_chi2);
    g_string_append_printf (out, ". Standard errors in parentheses; $\\chi^2/\\mathrm{dof} = %s$%s.}\n", chi2,
                            table->record->converged ? "" : "; " NOT_CONVERGED);
  }
}

static void
put_latex_heading (GString *out, const Table *table)
{
  g_string_append (out, "    \\toprule\n    Component & Species & Shape");
  for (int q = 0; q < N_QUANTITIES; q++) {
    g_string_append_printf (out, " & %s", columns[q].latex);
    if (q == AREA && intensity_unit (table) != NULL)
      g_string_append_printf (out, " (%s eV)", intensity_unit (table));
  }
  g_string_append (out, " \\\\\n    \\midrule\n");
}

char *
xps_component_table_dup_latex (const XpsPreview *preview, const XpsFitRecord *record)
{
  g_return_val_if_fail (preview != NULL && preview->model != NULL, NULL);
  Table table;
  table_init (&table, preview, record);
  GString *out = g_string_new ("% needs \\usepackage{booktabs}\n\\begin{table}\n  \\centering\n");
  put_caption (out, &table);
  g_string_append (out, "  \\begin{tabular}{lllrrrrrr}\n");
  put_latex_heading (out, &table);
  for (gsize k = 0; k < table.n; k++) {
    const Row *row = &table.rows[k];
    const XpsComponent *component = row->component;
    g_string_append (out, "    ");
    put_label (out, component->label != NULL ? component->label : component->name);
    g_string_append (out, " & ");
    put_label (out, component->phase);
    g_string_append (out, " & ");
    put_escaped (out, component->shape->id);
    for (int q = 0; q < N_QUANTITIES; q++) {
      g_string_append (out, " & ");
      put_quantity (out, row->values[q], columns[q].decimals);
    }
    g_string_append (out, " \\\\\n");
  }
  g_string_append (out, "    \\bottomrule\n  \\end{tabular}\n\\end{table}\n");
  g_free (table.rows);
  return g_string_free (out, FALSE);
}
