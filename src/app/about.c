/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/about.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "commit.h"
#include "config.h"

void
xps_about_present (GtkWindow *parent)
{
  static const char *const developers[] = {"The Corelevel contributors", NULL};
  g_autofree char *debug =
      g_strdup_printf ("Corelevel %s (%s)\nGTK %u.%u.%u\nlibadwaita %u.%u.%u\nGLib %u.%u.%u\n", XPS_VERSION,
                       XPS_COMMIT, gtk_get_major_version (), gtk_get_minor_version (),
                       gtk_get_micro_version (), adw_get_major_version (), adw_get_minor_version (),
                       adw_get_micro_version (), glib_major_version, glib_minor_version, glib_micro_version);
  adw_show_about_window (
      parent, "application-name", C_ ("program", "Corelevel"), "application-icon", "org.corelevel.Corelevel",
      "version", XPS_VERSION, "developer-name", _ ("The Corelevel contributors"), "developers", developers,
      "license-type", GTK_LICENSE_GPL_3_0, "comments",
      _ ("Takes photoelectron spectra apart: backgrounds, components, constraints and their uncertainties."),
      "debug-info", debug, "debug-info-filename", "corelevel-debug.txt", "translator-credits",
      /* Translators: your names, one a line; they are shown in the about window. */
      _ ("translator-credits"), NULL);
}
