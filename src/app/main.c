/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <gsl/gsl_errno.h>

#include "app/application.h"
#include "config.h"

/* Where the processor does the work of a graphics card, GTK draws a window several times faster without
 * OpenGL (llvmpipe: a frame of a drag takes 12 ms of processor time instead of 100). No device of any driver:
 * then there is no card. The plot asks for OpenGL by itself and finds out by itself. */
static void
choose_renderer (void)
{
  static const char *const devices[] = {"/dev/dri", "/dev/nvidiactl", "/dev/dxg", "/dev/mali0",
                                        "/dev/kgsl-3d0"};
  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    if (g_file_test (devices[i], G_FILE_TEST_EXISTS))
      return;
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
}

int
main (int argc, char **argv)
{
  bindtextdomain (GETTEXT_PACKAGE, XPS_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  choose_renderer ();
  gsl_set_error_handler_off (); /* its default aborts the program; every code is checked instead */
  g_autoptr (XpsApplication) application = xps_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
