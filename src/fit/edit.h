/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/preview.h"

/* What a person does to a model, as functions: each takes a model that is theirs to change (a copy; see
 * XpsModel), changes it as a whole or, on error, not at all, and leaves the values of all links filled in.
 * Places are (part, component, role); errors are sentences for the cell they concern. docs/METHODS.md ("How a
 * peak is guessed") says what is started where. */

/* ---- components ---- */

typedef struct {
  double center, height, fwhm; /* eV, unit of the intensity, eV */
} XpsPeakGuess;

/* A sensible peak at `position` (eV, of the shown axis), or, with NaN, where the smoothed residual is largest
 * against its noise. FALSE with a sentence when there is nothing to go by. */
gboolean xps_edit_guess_peak (const XpsPreview *preview, double position, XpsPeakGuess *guess,
                              GError **error);

/* A new component with parameters of its own, "NAME.role", bounds from the guess (width 0.2 to 5 times,
 * position within +-1.5 FWHM, area >= 0). `name` NULL: "C1", "C2", ... Returns its index in the part. */
gsize xps_edit_add_component (XpsModel *model, gsize part, const char *name, const XpsShape *shape,
                              const XpsPeakGuess *guess);

/* A doublet: the second line's position is linked at +splitting, its area at ratio (1/2, 2/3, 3/4), widths
 * shared. `level`: "2p", "3d", ... names the lines ("S 2p3/2"). Returns the index of the stronger line. */
gsize xps_edit_add_doublet (XpsModel *model, gsize part, const char *name, const char *level,
                            const XpsShape *shape, const XpsPeakGuess *guess, double splitting, double ratio);

/* Also removes parameters that only it used; whatever was linked to them keeps its value and its freedom. */
void xps_edit_remove_component (XpsModel *model, gsize part, gsize component);
gsize xps_edit_duplicate_component (XpsModel *model, gsize part, gsize component);
gboolean xps_edit_rename_component (XpsModel *model, gsize part, gsize component, const char *name,
                                    GError **error);
void xps_edit_set_label (XpsModel *model, gsize part, gsize component, const char *label, const char *phase);
/* Another shape with the same position of the maximum, area and FWHM as far as it has them and as locked,
 * linked and shared values leave room. Position, intensity and what both shapes have stay shared; the second
 * line of a doublet takes over what its partner has by then. */
gboolean xps_edit_set_shape (XpsModel *model, gsize part, gsize component, const XpsShape *shape,
                             GError **error);

/* ---- values by hand: links hold ---- */

/* Sets the value of a role. A linked parameter moves what it hangs on, so that the link holds; what hangs on
 * it follows. Outside the bounds: opened = TRUE moves the bound along, else an error. Fixed ones are set too.
 */
gboolean xps_edit_set_value (XpsModel *model, gsize part, gsize component, const char *role, double value,
                             gboolean open_bounds, GError **error);
/* A drag: maximum to (position, height above the background); NaN leaves one alone. Clamped to the bounds of
 * everything that follows; what is fixed stays where it is (a lock holds against a drag, not against a number
 * typed). */
void xps_edit_drag_apex (XpsModel *model, gsize part, gsize component, double position, double height);
/* A drag of a flank: full width at half maximum, area kept. Clamped likewise; all widths that are free scale
 * together. */
void xps_edit_drag_width (XpsModel *model, gsize part, gsize component, double fwhm);

/* Fills in the values of all links. FALSE when the model is not sound. */
gboolean xps_edit_resolve (XpsModel *model, GError **error);

/* ---- constraints as people type them ---- */

/* `A*0.5`, `A+1.18`, `A-1.18`, `A*0.5+0.1`, `A` (the same role of component A; A, B, ... are the components
 * in their order, or a name, in quotes where it has blanks; `A.fwhm_g` another role), `160.5:162.5` (range,
 * free), `=161.65` or `161.65 fix` (fixed), `161.65` (value, free as before), `free` or nothing (free,
 * shape's own range); all of it: docs/CONSTRAINTS.md. Decimal comma is understood where nothing else can be
 * meant. */
gboolean xps_edit_set_constraint (XpsModel *model, gsize part, gsize component, const char *role,
                                  const char *text, GError **error);
/* The lock button. A linked parameter: unlinked at its value, fixed. */
void xps_edit_set_fixed (XpsModel *model, gsize part, gsize component, const char *role, gboolean fixed);
/* As it would be typed: "A*0.5", "160.5:162.5", "=161.65"; "" when free without bounds. Typed again it gives
 * the same model. New string. */
char *xps_edit_dup_constraint (const XpsModel *model, gsize part, gsize component, const char *role);
/* As a sentence: "area = 0.5 × area of PS4 2p3/2". NULL when free without bounds. New string. */
char *xps_edit_dup_sentence (const XpsModel *model, gsize part, gsize component, const char *role);
/* "A" ... "Z", "AA", ...: how constraints call component number `component`. New string. */
char *xps_edit_dup_letter (gsize component);
/* The parameter of a role, or NULL when the role stands at its usual value. */
XpsParameter *xps_edit_get_parameter (XpsModel *model, gsize part, gsize component, const char *role);
/* Components that move when this one does: indices (guint), itself first. */
GArray *xps_edit_list_linked (const XpsModel *model, gsize part, gsize component);

/* ---- background, window, charge reference ---- */

/* Replaces all backgrounds of the part by one of this type (NULL: none) with usual settings and parameters
 * started from the data of the preview: the part's first background, for active types followed by a constant
 * that they stand on. */
gboolean xps_edit_set_background (XpsModel *model, gsize part, const XpsBackground *type,
                                  const XpsPreview *preview, GError **error);
/* `setting` may also be "order" of a polynomial (0 to 8) and, of a list, its length ("knots", "anchors"). */
gboolean xps_edit_set_background_number (XpsModel *model, gsize part, gsize background, const char *setting,
                                         double value, GError **error);
gboolean xps_edit_set_background_word (XpsModel *model, gsize part, gsize background, const char *setting,
                                       const char *word, GError **error);
/* eV binding energy, any order; NaN: all. Anchors come inside. */
void xps_edit_set_window (XpsModel *model, gsize part, double low, double high);
/* Whether a background column that came with the data is subtracted (the usual) or left alone. */
void xps_edit_set_background_column (XpsModel *model, gsize part, gboolean subtract);
/* The charge reference: positions, their bounds and the window move along, so that every curve stays where it
 * was on the data. `source`: where the value comes from, shown and kept. */
void xps_edit_set_shift (XpsModel *model, gsize part, double shift, const char *source);
/* The same with the standard uncertainty of the reference (NaN: not stated, as xps_edit_set_shift has it). */
void xps_edit_set_reference (XpsModel *model, gsize part, double shift, double error, const char *source);
/* The same for components whose energies hold already with the new reference (of a template, or pasted from a
 * referenced sample): these stay, and the data come to them; window and ends of the background go with the
 * data. */
void xps_edit_set_reference_under (XpsModel *model, gsize part, double shift, double error,
                                   const char *source);
/* What the component is, as decided; a copy is kept, NULL takes it away. Its label and species stay. */
void xps_edit_set_assignment (XpsModel *model, gsize part, gsize component, const XpsAssignment *assignment);

/* ---- from one spectrum to another ---- */

/* The components and backgrounds of `from` in place of those of `model`'s part. The window is kept when the
 * target has one; positions stay, for they are on the calibrated axis of both; areas are scaled to the net
 * area of the data in the window, backgrounds started anew (preview NULL: neither). Of several parts that one
 * is taken most of whose components lie in the data; FALSE: none has any, and nothing was changed. */
gboolean xps_edit_paste (XpsModel *model, gsize part, const XpsModel *from, const XpsPreview *preview);
