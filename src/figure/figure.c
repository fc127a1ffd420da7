/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/figure.h"

#include <math.h>
#include <string.h>

#include "figure/cell.h"
#include "figure/label.h"

#define PARTNER_TINT 0.45 /* towards the canvas */
#define SHADE_TINT   0.3  /* towards the ink, of what is left, for each further component */

/* What the figure adds to each component. */
typedef struct {
  guint colour;
  guint shade;   /* how many components before it have the same colour */
  gsize partner; /* checked */
} Look;

typedef struct {
  XpsFigureCurves curves; /* deep copy */
  Look *looks;            /* [n_components] */
} Spectrum;

struct _XpsFigure {
  gatomicrefcount references;
  gboolean borrows; /* texts and arrays are the caller's */
  gsize n;
  Spectrum *spectra;
  char *note;
};

static double *
dup_array (const double *values, gsize n)
{
  return values != NULL ? g_memdup2 (values, n * sizeof *values) : NULL;
}

static char *
dup_text (const char *text)
{
  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

static void
copy_curves (XpsFigureCurves *to, const XpsFigureCurves *from)
{
  *to = *from;
  to->id = dup_text (from->id);
  to->title = dup_text (from->title);
  to->axis_title = dup_text (from->axis_title);
  to->intensity_unit = dup_text (from->intensity_unit);
  to->failure = dup_text (from->failure);
  to->energy = dup_array (from->energy, from->n);
  to->intensity = dup_array (from->intensity, from->n);
  to->sigma = dup_array (from->sigma, from->n);
  to->background = dup_array (from->background, from->n);
  to->envelope = dup_array (from->envelope, from->n);
  XpsFigureComponent *components = g_new0 (XpsFigureComponent, from->n_components);
  for (gsize i = 0; i < from->n_components; i++) {
    components[i] = from->components[i];
    components[i].name = dup_text (from->components[i].name);
    components[i].label = dup_text (from->components[i].label);
    components[i].phase = dup_text (from->components[i].phase);
    components[i].values = dup_array (from->components[i].values, from->n);
  }
  to->components = components;
}

static void
clear_curves (XpsFigureCurves *curves)
{
  for (gsize i = 0; i < curves->n_components; i++) {
    g_free ((void *)curves->components[i].name);
    g_free ((void *)curves->components[i].label);
    g_free ((void *)curves->components[i].phase);
    g_free ((void *)curves->components[i].values);
  }
  const void *const owned[] = {
      curves->id,         curves->title,    curves->axis_title, curves->intensity_unit,
      curves->failure,    curves->energy,   curves->intensity,  curves->sigma,
      curves->background, curves->envelope, curves->components};
  for (gsize i = 0; i < G_N_ELEMENTS (owned); i++)
    g_free ((void *)owned[i]);
}

/* A partner must be another component that has none itself. */
static gsize
checked_partner (const XpsFigureCurves *curves, gsize i)
{
  const gsize partner = curves->components[i].partner_of;
  if (partner >= curves->n_components || partner == i)
    return XPS_FIGURE_NO_PARTNER;
  return curves->components[partner].partner_of < curves->n_components ? XPS_FIGURE_NO_PARTNER : partner;
}

/* What components that share a colour have in common; NULL: nothing. */
static const char *
colour_key (const XpsFigureComponent *component)
{
  return component->phase != NULL ? component->phase : component->label;
}

/* Gives out palette entries. */
typedef struct {
  GHashTable *by_key; /* phase or label -> entry */
  GHashTable *taken;  /* entries that the caller chose */
  guint next;
} Colours;

static guint
next_colour (Colours *colours, const XpsFigureComponent *component)
{
  const char *key = colour_key (component);
  void *known = NULL;
  if (component->colour != XPS_FIGURE_COLOUR_AUTO)
    return component->colour;
  if (key != NULL && g_hash_table_lookup_extended (colours->by_key, key, NULL, &known))
    return GPOINTER_TO_UINT (known);
  while (g_hash_table_contains (colours->taken, GUINT_TO_POINTER (colours->next)))
    colours->next++;
  if (key != NULL)
    g_hash_table_insert (colours->by_key, (void *)key, GUINT_TO_POINTER (colours->next));
  return colours->next++;
}

static void
collect_chosen (const Spectrum *spectrum, Colours *colours)
{
  for (gsize i = 0; i < spectrum->curves.n_components; i++) {
    const XpsFigureComponent *component = &spectrum->curves.components[i];
    if (component->colour == XPS_FIGURE_COLOUR_AUTO)
      continue;
    g_hash_table_add (colours->taken, GUINT_TO_POINTER (component->colour));
    if (colour_key (component) != NULL)
      g_hash_table_insert (colours->by_key, (void *)colour_key (component),
                           GUINT_TO_POINTER (component->colour));
  }
}

static guint
count_before (const Look *looks, gsize n)
{
  guint count = 0;
  for (gsize i = 0; i < n; i++)
    count += looks[i].partner == XPS_FIGURE_NO_PARTNER && looks[i].colour == looks[n].colour;
  return count;
}

/* Colours by order of appearance; a phase, or failing that a label, keeps its colour in all spectra. Entries
 * that the caller chose are not given out again. */
static void
choose_colours (XpsFigure *figure)
{
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  Colours colours = {by_key, taken, 0};
  for (gsize s = 0; s < figure->n; s++)
    collect_chosen (&figure->spectra[s], &colours);
  for (gsize s = 0; s < figure->n; s++) {
    const Spectrum *spectrum = &figure->spectra[s];
    Look *looks = spectrum->looks;
    for (gsize i = 0; i < spectrum->curves.n_components; i++)
      if (looks[i].partner == XPS_FIGURE_NO_PARTNER)
        looks[i].colour = next_colour (&colours, &spectrum->curves.components[i]);
    for (gsize i = 0; i < spectrum->curves.n_components; i++)
      if (looks[i].partner == XPS_FIGURE_NO_PARTNER)
        looks[i].shade = count_before (looks, i);
    for (gsize i = 0; i < spectrum->curves.n_components; i++)
      if (looks[i].partner != XPS_FIGURE_NO_PARTNER)
        looks[i] = (Look){looks[looks[i].partner].colour, looks[looks[i].partner].shade, looks[i].partner};
  }
}

static XpsFigure *
make_figure (const XpsFigureCurves *const *spectra, gsize n_spectra, const char *note, gboolean borrows)
{
  g_return_val_if_fail (n_spectra == 0 || spectra != NULL, NULL);
  XpsFigure *figure = g_new0 (XpsFigure, 1);
  g_atomic_ref_count_init (&figure->references);
  figure->borrows = borrows;
  figure->n = n_spectra;
  figure->spectra = g_new0 (Spectrum, n_spectra);
  figure->note = dup_text (note);
  for (gsize s = 0; s < n_spectra; s++) {
    Spectrum *spectrum = &figure->spectra[s];
    if (borrows)
      spectrum->curves = *spectra[s];
    else
      copy_curves (&spectrum->curves, spectra[s]);
    spectrum->looks = g_new0 (Look, spectrum->curves.n_components);
    for (gsize i = 0; i < spectrum->curves.n_components; i++)
      spectrum->looks[i].partner = checked_partner (&spectrum->curves, i);
  }
  choose_colours (figure);
  return figure;
}

XpsFigure *
xps_figure_new (const XpsFigureCurves *const *spectra, gsize n_spectra, const char *note)
{
  return make_figure (spectra, n_spectra, note, FALSE);
}

XpsFigure *
xps_figure_new_borrowed (const XpsFigureCurves *const *spectra, gsize n_spectra)
{
  return make_figure (spectra, n_spectra, NULL, TRUE);
}

XpsFigure *
xps_figure_ref (XpsFigure *figure)
{
  g_return_val_if_fail (figure != NULL, NULL);
  g_atomic_ref_count_inc (&figure->references);
  return figure;
}

void
xps_figure_unref (XpsFigure *figure)
{
  g_return_if_fail (figure != NULL);
  if (!g_atomic_ref_count_dec (&figure->references))
    return;
  for (gsize s = 0; s < figure->n; s++) {
    if (!figure->borrows)
      clear_curves (&figure->spectra[s].curves);
    g_free (figure->spectra[s].looks);
  }
  g_free (figure->spectra);
  g_free (figure->note);
  g_free (figure);
}

gsize
xps_figure_get_n_spectra (const XpsFigure *figure)
{
  g_return_val_if_fail (figure != NULL, 0);
  return figure->n;
}

const XpsFigureCurves *
xps_figure_get_spectrum (const XpsFigure *figure, gsize spectrum)
{
  g_return_val_if_fail (figure != NULL && spectrum < figure->n, NULL);
  return &figure->spectra[spectrum].curves;
}

const char *
xps_figure_get_note (const XpsFigure *figure)
{
  g_return_val_if_fail (figure != NULL, NULL);
  return figure->note;
}

guint
xps_figure_get_colour (const XpsFigure *figure, gsize spectrum, gsize component)
{
  g_return_val_if_fail (figure != NULL && spectrum < figure->n, 0);
  g_return_val_if_fail (component < figure->spectra[spectrum].curves.n_components, 0);
  return figure->spectra[spectrum].looks[component].colour;
}

XpsStroke
xps_figure_get_stroke (const XpsFigure *figure, gsize spectrum, gsize component, double width)
{
  XpsStroke stroke = {.width = width};
  g_return_val_if_fail (figure != NULL && spectrum < figure->n, stroke);
  g_return_val_if_fail (component < figure->spectra[spectrum].curves.n_components, stroke);
  const Look look = figure->spectra[spectrum].looks[component];
  const double dark = pow (1.0 - SHADE_TINT, look.shade) - 1.0;
  const double tint = look.partner != XPS_FIGURE_NO_PARTNER ? PARTNER_TINT + 0.5 * dark : dark;
  stroke.ink = xps_ink_tint (xps_ink_series (look.colour), tint);
  stroke.dash = (XpsDash)((look.colour % XPS_N_DASHES + look.shade) % XPS_N_DASHES);
  return stroke;
}

gboolean
xps_figure_is_partner (const XpsFigure *figure, gsize spectrum, gsize component)
{
  g_return_val_if_fail (figure != NULL && spectrum < figure->n, FALSE);
  g_return_val_if_fail (component < figure->spectra[spectrum].curves.n_components, FALSE);
  return figure->spectra[spectrum].looks[component].partner != XPS_FIGURE_NO_PARTNER;
}

/* What the names of a doublet's lines have in common ("ps4_main", "ps4_so": "ps4"), or NULL. */
static char *
common_name (const char *a, const char *b)
{
  gsize n = 0;
  while (a[n] != '\0' && a[n] == b[n])
    n++;
  while (n > 0 && strchr ("_-. /", a[n - 1]) != NULL)
    n--;
  while (n > 0 && ((guchar)a[n] & 0xc0) == 0x80) /* not inside a character */
    n--;
  return n >= 2 ? g_strndup (a, n) : NULL;
}

static char *
doublet_name (const Spectrum *spectrum, gsize component)
{
  const XpsFigureCurves *curves = &spectrum->curves;
  for (gsize i = 0; i < curves->n_components; i++)
    if (spectrum->looks[i].partner == component && curves->components[i].name != NULL)
      return common_name (curves->components[component].name, curves->components[i].name);
  return NULL;
}

char *
xps_figure_dup_label (const XpsFigure *figure, gsize spectrum, gsize component)
{
  g_return_val_if_fail (figure != NULL && spectrum < figure->n, NULL);
  g_return_val_if_fail (component < figure->spectra[spectrum].curves.n_components, NULL);
  const XpsFigureComponent *one = &figure->spectra[spectrum].curves.components[component];
  g_autofree char *common = NULL;
  const char *text = one->label != NULL ? one->label : one->phase;
  if (text == NULL && one->name != NULL) {
    common = doublet_name (&figure->spectra[spectrum], component);
    text = common != NULL ? common : one->name;
  }
  return xps_figure_label_markup (text != NULL ? text : "");
}
