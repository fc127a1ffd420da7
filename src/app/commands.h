/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window-private.h"

/* The room's own: what the commands of the table in actions.c do. */

typedef void XpsCommandFunc (XpsWindow *self, GVariant *parameter);

/* command-file.c */
XpsCommandFunc xps_command_open, xps_command_open_sample, xps_command_open_sample_series, xps_command_open_recent, xps_command_save,
    xps_command_save_as, xps_command_close, xps_command_import_log;

/* command-edit.c */
XpsCommandFunc xps_command_undo, xps_command_redo, xps_command_fit, xps_command_fit_selected,
    xps_command_stop_fit, xps_command_add_component, xps_command_add_from_residual,
    xps_command_delete_component, xps_command_duplicate_component, xps_command_copy_model,
    xps_command_paste_model, xps_command_use_stored_fit;

/* command-phase.c */
XpsCommandFunc xps_command_release_phase;

/* series-window.c */
XpsCommandFunc xps_command_series;

gboolean xps_command_live_fit (XpsWindow *self, gboolean on);

/* doublet-dialog.c, charge-dialog.c, template-dialog.c */
XpsCommandFunc xps_command_add_doublet, xps_command_charge_reference, xps_command_save_template,
    xps_command_apply_template;

/* reference-command.c and the windows it opens */
XpsCommandFunc xps_command_identify, xps_command_reference, xps_command_periodic, xps_command_survey,
    xps_command_add_phase, xps_command_phases;

/* The shape that a new component gets. */
const XpsShape *xps_window_get_usual_shape (XpsWindow *self);

/* command-view.c */
XpsCommandFunc xps_command_zoom_in, xps_command_zoom_out, xps_command_zoom_all, xps_command_zoom_window,
    xps_command_view_back, xps_command_view_forward, xps_command_pan_left, xps_command_pan_right,
    xps_command_focus_plot, xps_command_show_page, xps_command_shortcuts;
gboolean xps_command_toggle_browser (XpsWindow *self, gboolean on);
gboolean xps_command_toggle_inspector (XpsWindow *self, gboolean on);
gboolean xps_command_toggle_table (XpsWindow *self, gboolean on);

/* command-region.c */
XpsCommandFunc xps_command_next_region, xps_command_previous_region, xps_command_rename_region,
    xps_command_rename_sample, xps_command_delete_region, xps_command_move_region;

/* command-export.c */
XpsCommandFunc xps_command_export_plot, xps_command_export_table, xps_command_copy_table,
    xps_command_export_data;
/* The plot as it is shown; the table of the shown region. Kind by ending. */
gboolean xps_window_export_plot (XpsWindow *self, const char *path, GError **error);
gboolean xps_window_export_table (XpsWindow *self, const char *path, GError **error);
/* The selected spectra, with their fits where the format takes them along (project/nexus.h). */
gboolean xps_window_export_data (XpsWindow *self, const char *path, guint *n_stale, GError **error);
