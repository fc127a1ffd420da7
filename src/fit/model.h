/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "background/background.h"
#include "fit/assignment.h"
#include "lineshape/shape.h"

/* A model is a value: named parameters (value, bounds, free or fixed, or an exact link), components that
 * point at parameters by name, backgrounds. Two components share a width by naming the same parameter; a
 * doublet, a stoichiometric phase, a series are nothing but sharing and links. It knows no data; copy it to
 * keep a version. */

#define XPS_FIT_ERROR (xps_fit_error_quark ())

typedef enum {
  XPS_FIT_ERROR_MODEL, /* the model contradicts itself or names what is not there */
  XPS_FIT_ERROR_DATA,  /* the data cannot be fitted with it */
  XPS_FIT_ERROR_CANCELLED,
} XpsFitError;

GQuark xps_fit_error_quark (void);

typedef enum { XPS_PARAMETER_FREE, XPS_PARAMETER_FIXED, XPS_PARAMETER_LINKED } XpsParameterKind;

typedef struct {
  char *of;
  double coef;
} XpsLinkTerm;

typedef struct {
  char *name;
  XpsParameterKind kind;
  double value;     /* start value; of a linked parameter: NaN until resolved */
  double min, max;  /* -inf, inf where there is none; of a link: of its value */
  GPtrArray *terms; /* linked: XpsLinkTerm, nearly always one; value = constant + sum of coef * of, exactly,
                     * at every step */
  double constant;
} XpsParameter;

typedef struct {
  char *name;
  char *label;               /* to show, or NULL */
  char *phase;               /* species, or NULL */
  XpsAssignment *assignment; /* what the user decided it is, and why; or NULL */
  const XpsShape *shape;
  char *roles[XPS_SHAPE_MAX_ROLES]; /* parameter names; NULL: the role's usual value */
} XpsComponent;

typedef struct {
  const XpsBackground *type;
  GPtrArray *roles[XPS_BACKGROUND_MAX_ROLES]; /* parameter names (char *) */
  XpsBackgroundSettings settings;             /* its lists are owned by the model */
} XpsModelBackground;

/* One spectrum's share of the model. A model of one spectrum has exactly one of these, without id. */
typedef struct {
  char *id, *data, *region; /* of a joint model: its name, file, region; else NULL */
  double low, high;         /* window in eV binding energy; NaN: all */
  double energy_shift; /* eV added to measured binding energies (charge reference), a value beside the data */
  double energy_shift_error; /* eV: standard uncertainty of that reference, beside the statistical one of a
                              * position; NaN: not stated */
  char *energy_shift_source; /* where it comes from, or NULL */
  gboolean ignores_column;   /* a background column that came with the data is left alone; FALSE: subtracted,
                              * beside whatever `backgrounds` say */
  GPtrArray *components;     /* XpsComponent */
  GPtrArray *backgrounds;    /* XpsModelBackground */
} XpsModelPart;

typedef struct {
  gboolean joint;        /* written with "spectra" */
  GPtrArray *parameters; /* XpsParameter */
  GPtrArray *parts;      /* XpsModelPart, at least one */
  GPtrArray
      *not_supported; /* char *: what an imported fit held that no shape of ours expresses; kept and named */
  GPtrArray *ignored; /* char *: members of the file it was read from that no rule knows; not written */
} XpsModel;

XpsModel *xps_model_new (void); /* one empty part */
XpsModel *xps_model_copy (const XpsModel *self);
void xps_model_free (XpsModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsModel, xps_model_free)

/* Index of a parameter, or -1. */
int xps_model_find_parameter (const XpsModel *self, const char *name);
XpsParameter *xps_model_get_parameter (const XpsModel *self,
                                       const char *name); /* or NULL; owned by the model */

XpsParameter *xps_model_add_parameter (XpsModel *self, const char *name, double value, double min,
                                       double max);
/* A link; xps_parameter_add_term() adds further parameters to the sum (a shared chemical shift on top of a
 * step's own position). */
XpsParameter *xps_model_add_link (XpsModel *self, const char *name, const char *of, double coef,
                                  double constant);
void xps_parameter_add_term (XpsParameter *self, const char *of, double coef);
XpsModelPart *xps_model_add_part (XpsModel *self, const char *id);
XpsComponent *xps_model_part_add_component (XpsModelPart *part, const char *name, const XpsShape *shape);
XpsModelBackground *xps_model_part_add_background (XpsModelPart *part, const XpsBackground *type);
/* FALSE: the component's shape has no such role. */
gboolean xps_component_set_role (XpsComponent *component, const char *role, const char *parameter);
gboolean xps_model_background_add_parameter (XpsModelBackground *background, const char *role,
                                             const char *parameter);
void xps_model_background_set_list (XpsModelBackground *background, int setting, const double *values,
                                    gsize n);

/* JSON of contract: {"corelevel_model":1, ...}. `file` only names the place in messages. An object with a
 * "model" member is read through it. */
XpsModel *xps_model_from_json (JsonNode *node, const char *file, GError **error);
XpsModel *xps_model_read (const char *path, GError **error);
void xps_model_to_json (const XpsModel *self, JsonBuilder *builder); /* an object */
char *xps_model_dup_text (const XpsModel *self);
gboolean xps_model_equal (const XpsModel *a, const XpsModel *b);
