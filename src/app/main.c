/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <gsl/gsl_errno.h>

#include "app/application.h"
#include "config.h"

int
main (int argc, char **argv)
{
  bindtextdomain (GETTEXT_PACKAGE, XPS_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  gsl_set_error_handler_off (); /* its default aborts the program; every code is checked instead */
  g_autoptr (XpsApplication) application = xps_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
