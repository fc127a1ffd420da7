/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/plot-area-private.h"

/* A window with the plot of a made spectrum: two lines of a doublet on a step, binding energy from 175 down
 * to 155 eV, 401 points, and a model with the doublet "S 2p" and one more component "X". */

#define SPLITTING 1.18
#define RATIO     0.5

/* What is dragged goes through doubles of pixels and energies and back: 1e-9 eV is a thousand times what that
 * loses, and a hundred-thousandth of what anybody measures. */
#define EXACT 1e-9

typedef struct {
  GtkWidget *window;
  XpsPlotArea *area;
  XpsSession *session;
  XpsProject *project;
} PlotFixture;

/* The data before they are rounded to counts, as instruments give them; without noise: the tests look for
 * places, not for statistics. */
double plot_fixture_counts (double energy);

typedef struct {
  const char *path;
  void (*test) (PlotFixture *fixture, gconstpointer data);
} PlotTest;

/* The whole of a test program, each test with a window of its own; skipped without a display. */
int plot_fixture_run (int argc, char **argv, const PlotTest *tests, gsize n);

/* Until everything that was asked for is on screen. */
void plot_fixture_settle (PlotFixture *fixture);

guint plot_fixture_count_steps (const PlotFixture *fixture);   /* of undo, all there ever were */
double plot_fixture_pixel_energy (const PlotFixture *fixture); /* eV */

/* Another region, which then is shown; its id. */
guint plot_fixture_add_region (PlotFixture *fixture);

/* The grip of a component, made anew. Fails when it is not there. */
XpsGrip plot_fixture_grip (PlotFixture *fixture, XpsGripKind kind);

/* Pointer pressed at the grip, moved by so many pixels in ten steps; not released. */
void plot_fixture_drag (PlotFixture *fixture, const XpsGrip *grip, double dx, double dy,
                        GdkModifierType state);

/* Of a component as shown: position of the maximum, height, FWHM, area. */
typedef struct {
  double maximum, height, fwhm, area;
} PlotShape;

PlotShape plot_fixture_shape (PlotFixture *fixture, gsize component);
