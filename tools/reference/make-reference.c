/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/build.h"

/* make-reference FOLDER DATABASE: what `ninja reference` runs. */
int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc != 3) {
    g_printerr ("make-reference FOLDER DATABASE\n");
    return 2;
  }
  if (xps_reference_build (argv[1], argv[2], &error))
    return 0;
  g_printerr ("make-reference: %s\n", error->message);
  return 1;
}
