/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Peak shapes as a table. A shape is a function of binding energy: tails of asymmetric shapes point to HIGH
 * binding energy. It is evaluated point by point: values do not depend on grid, window or direction.
 * The intensity role (area, or amplitude where the area diverges) enters linearly. Formulas and their
 * sources: docs/METHODS.md. */

#define XPS_SHAPE_MAX_ROLES 8

typedef enum {
  XPS_ROLE_POSITION,  /* eV on the energy axis */
  XPS_ROLE_INTENSITY, /* linear factor */
  XPS_ROLE_WIDTH,     /* eV, > 0 */
  XPS_ROLE_FORM,      /* anything else: mixing, asymmetry, exponents, kT */
} XpsRoleKind;

typedef struct {
  const char *id;   /* as in model files: "center", "area", "fwhm_g" */
  const char *unit; /* "eV", "counts eV", "" */
  XpsRoleKind kind;
  double min, max;     /* closed range in which evaluate() is defined */
  double usual;        /* value of a model that leaves the role out; NaN: it must be given */
  const char *meaning; /* one line for people */
} XpsShapeRole;

typedef enum {
  XPS_PRECISION_FULL,      /* as accurate as double allows */
  XPS_PRECISION_ITERATION, /* relative 1e-6 or better: early iterations of a fit only */
} XpsPrecision;

typedef struct _XpsShape XpsShape;
struct _XpsShape {
  const char *id;     /* "voigt"; stable, model files hold it */
  const char *title;  /* "Voigt" */
  const char *source; /* literature */
  bool approximate;   /* its published definition is incomplete (CasaXPS LA with m) */
  size_t n_roles;
  XpsShapeRole roles[XPS_SHAPE_MAX_ROLES];

  /* value[n] and, where partials is not NULL and partials[k] is not NULL, d value / d parameter k in
   * partials[k][n]. p[n_roles] lies inside the ranges; energy in eV, any order and spacing. All arrays may be
   * unaligned; they do not overlap. */
  void (*evaluate) (const double *p, size_t n, const double *energy_ev, XpsPrecision precision, double *value,
                    double *const *partials);
  /* Integral over all energies, NaN where it diverges. */
  double (*area) (const double *p);
  /* Full width at half maximum in eV of the whole shape, NaN where it has none (Fermi edge). */
  double (*fwhm) (const double *p);
  /* Energy of the maximum, NaN where it has none. */
  double (*maximum) (const double *p);
};

const XpsShape *xps_shapes_get (size_t *n);
const XpsShape *xps_shape_find (const char *id); /* NULL: not known */

/* Index of a role by id, or -1; index of the first role of a kind, or -1. */
int xps_shape_find_role (const XpsShape *shape, const char *id);
int xps_shape_find_kind (const XpsShape *shape, XpsRoleKind kind);

/* Value at the maximum, NaN where there is none. */
double xps_shape_height (const XpsShape *shape, const double *p);
/* Integral from low_ev to high_ev by adaptive quadrature, for shapes without an area. */
double xps_shape_area_between (const XpsShape *shape, const double *p, double low_ev, double high_ev);
