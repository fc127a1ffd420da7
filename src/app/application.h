/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* The program: its windows, what it remembers, and the commands that belong to no window. */

#define XPS_TYPE_APPLICATION (xps_application_get_type ())
G_DECLARE_FINAL_TYPE (XpsApplication, xps_application, XPS, APPLICATION, AdwApplication)

XpsApplication *xps_application_new (void);

/* NULL: nothing is remembered (app/settings.h). Borrowed. */
GSettings *xps_application_get_settings (XpsApplication *self);

/* Folders of this user, made when missing. New strings. */
char *xps_application_dup_journal_folder (void);
char *xps_application_dup_template_folder (void);

/* Spectra and models that come with the program: GFile, the first sample's first; empty where they are not
 * installed. `series`: steps of an operando measurement instead of single spectra. New. */
GListModel *xps_application_list_samples (gboolean series);
