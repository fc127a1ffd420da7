/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Backgrounds as a table. The grid is always ASCENDING binding energy (callers turn the data round; the
 * direction comes from the axis, never from the counts), of any spacing. A background at E collects electrons
 * that lost energy: signal from binding energies below E. Formulas and sources: docs/METHODS.md.
 *
 * Three kinds:
 *  - STATIC:   solved once from the measured counts, no fitted parameter, carries a certificate and no
 * covariance.
 *  - ANALYTIC: a function of energy with fitted parameters (polynomial, spline, exponential).
 *  - ACTIVE:   a linear operator on the model's own peaks times fitted factors (active Shirley, SVSC, slope,
 * Tougaard).
 */

typedef enum { XPS_BACKGROUND_STATIC, XPS_BACKGROUND_ANALYTIC, XPS_BACKGROUND_ACTIVE } XpsBackgroundKind;

#define XPS_BACKGROUND_MAX_ROLES    4
#define XPS_BACKGROUND_MAX_SETTINGS 10
#define XPS_CERTIFICATE_MAX_ITEMS   16

/* A fitted parameter as model files name it: "k": "name", or, for a list, "coeffs": ["b0", "b1"]. */
typedef struct {
  const char *id;
  const char *unit;
  bool list; /* one or more names */
  bool
      linear; /* enters linearly while the other parameters stand (ACTIVE: times the intensities, bilinear) */
  double min, max;
  const char *meaning;
} XpsBackgroundRole;

/* A constant of the background in the model file: a number, a list of numbers, or one of some words. */
typedef struct {
  const char *id;
  const char *unit;
  enum { XPS_SETTING_NUMBER, XPS_SETTING_LIST, XPS_SETTING_WORD } kind;
  double usual; /* default; NaN: must be given (numbers), none (lists) */
  double min, max;
  const char *const *words; /* NULL-terminated; the first is the default */
  const char *meaning;
} XpsBackgroundSetting;

/* Values of the settings of one background in use, in the order of the table row. */
typedef struct {
  double number[XPS_BACKGROUND_MAX_SETTINGS];
  int word[XPS_BACKGROUND_MAX_SETTINGS]; /* index into words */
  const double *list[XPS_BACKGROUND_MAX_SETTINGS];
  size_t list_length[XPS_BACKGROUND_MAX_SETTINGS];
} XpsBackgroundSettings;

/* What a solved background can show for itself. */
typedef struct {
  bool solved;         /* false: `curve` must not be used, `statement` says why */
  char statement[240]; /* one sentence for people */
  size_t n_items;
  struct {
    const char *key; /* "kappa", "residual", "iterations", "unique", "y_low", "y_high": docs/METHODS.md */
    double value;
  } items[XPS_CERTIFICATE_MAX_ITEMS];
  size_t n_warnings;
  const char *warnings[6]; /* codes, e.g. "background-falls", "background-above-data" */
} XpsCertificate;

typedef struct _XpsBackground XpsBackground;
typedef struct _XpsBackgroundPlan XpsBackgroundPlan; /* what a row keeps for one grid; its own business */

struct _XpsBackground {
  const char *id, *title, *source;
  XpsBackgroundKind kind;
  bool per_component; /* ACTIVE: one factor for each component (SVSC), in the order of the components */
  size_t n_roles;
  XpsBackgroundRole roles[XPS_BACKGROUND_MAX_ROLES];
  size_t n_settings;
  XpsBackgroundSetting settings[XPS_BACKGROUND_MAX_SETTINGS];

  /* NULL on success, else a static sentence saying what is wrong with settings or grid (also when memory is
   * out). n_parameters: how many parameters the model names in all roles together. */
  const char *(*plan) (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                       const double *energy_ev, XpsBackgroundPlan **plan);
  void (*plan_free) (XpsBackgroundPlan *plan);

  /* STATIC: curve[n] from counts[n]. */
  void (*solve) (const XpsBackgroundPlan *plan, const double *counts, double *curve,
                 XpsCertificate *certificate);
  /* ANALYTIC: value[n], and partials[k][n] where wanted. */
  void (*evaluate) (const XpsBackgroundPlan *plan, const double *p, double *value, double *const *partials);
  /* ACTIVE: out[n] = operator on signal[n]; the background is the fitted factor times this. Arrays do not
   * overlap. apply_many: the same on m columns, cheaper than m calls (a Jacobian). */
  void (*apply) (const XpsBackgroundPlan *plan, const double *signal, double *out);
  void (*apply_many) (const XpsBackgroundPlan *plan, size_t m, const double *const *signals,
                      double *const *outs);
};

const XpsBackground *xps_backgrounds_get (size_t *n);
const XpsBackground *xps_background_find (const char *id); /* NULL: not known */
int xps_background_find_role (const XpsBackground *background, const char *id);
int xps_background_find_setting (const XpsBackground *background, const char *id);

void xps_background_settings_init (const XpsBackground *background, XpsBackgroundSettings *settings);

void xps_certificate_init (XpsCertificate *certificate);
void xps_certificate_add (XpsCertificate *certificate, const char *key, double value);
double xps_certificate_get (const XpsCertificate *certificate, const char *key); /* NaN: not there */
/* What a warning code means and what to do, one sentence; NULL: not one of this room's codes. */
const char *xps_certificate_explain (const char *code);
