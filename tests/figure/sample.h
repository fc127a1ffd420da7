/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/figure.h"

#include "support.h"

/* Two Gaussian doublets on a straight background, with made-up noise: enough of a fit for a figure. */

#define SAMPLE_POINTS     101
#define SAMPLE_COMPONENTS 4

typedef struct {
  XpsFigureCurves curves;
  XpsFigureComponent components[SAMPLE_COMPONENTS];
  double energy[SAMPLE_POINTS], intensity[SAMPLE_POINTS], sigma[SAMPLE_POINTS], background[SAMPLE_POINTS],
      envelope[SAMPLE_POINTS], values[SAMPLE_COMPONENTS][SAMPLE_POINTS];
} Sample;

static inline void
sample_init (Sample *sample)
{
  static const char *const names[] = {"ps4_main", "ps4_so", "li2s_main", "li2s_so"};
  static const char *const labels[] = {"PS4 3-", NULL, "Li2S", NULL};
  static const double centres[] = {161.65, 162.83, 160.0, 161.18},
                      heights[] = {9000.0, 4500.0, 3000.0, 1500.0};
  memset (sample, 0, sizeof *sample);
  for (gsize k = 0; k < SAMPLE_COMPONENTS; k++)
    sample->components[k] = (XpsFigureComponent){.name = names[k],
                                                 .label = labels[k],
                                                 .values = sample->values[k],
                                                 .partner_of = k % 2 == 1 ? k - 1 : XPS_FIGURE_NO_PARTNER,
                                                 .colour = XPS_FIGURE_COLOUR_AUTO};
  for (gsize i = 0; i < SAMPLE_POINTS; i++) {
    sample->energy[i] = 156.0 + 0.1 * (double)i;
    sample->background[i] = 500.0 + 3.0 * (double)i;
    sample->envelope[i] = sample->background[i];
    for (gsize k = 0; k < SAMPLE_COMPONENTS; k++) {
      sample->values[k][i] = heights[k] * exp (-pow ((sample->energy[i] - centres[k]) / 0.4, 2.0));
      sample->envelope[i] += sample->values[k][i];
    }
    sample->sigma[i] = sqrt (sample->envelope[i]);
    sample->intensity[i] = sample->envelope[i] + sample->sigma[i] * 1.5 * sin (17.0 * (double)i);
  }
  sample->curves = (XpsFigureCurves){.id = "one",
                                     .title = "Li6PS5Cl, S 2p",
                                     .intensity_unit = "counts",
                                     .n = SAMPLE_POINTS,
                                     .energy = sample->energy,
                                     .intensity = sample->intensity,
                                     .sigma = sample->sigma,
                                     .background = sample->background,
                                     .envelope = sample->envelope,
                                     .n_components = SAMPLE_COMPONENTS,
                                     .components = sample->components,
                                     .low = NAN,
                                     .high = NAN};
}

static inline XpsFigure *
sample_figure (const Sample *sample)
{
  const XpsFigureCurves *const one = &sample->curves;
  return xps_figure_new (&one, 1, "<i>\xcf\x87</i><sup>2</sup>/dof = 1.04");
}

static inline XpsScene *
sample_scene (const Sample *sample)
{
  XpsFigureStyle style;
  xps_figure_style_init (&style, XPS_FIGURE_SINGLE);
  g_autoptr (XpsFigure) figure = sample_figure (sample);
  return xps_figure_build (figure, &style);
}
