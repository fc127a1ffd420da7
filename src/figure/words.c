/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/words.h"

#include <glib/gi18n-lib.h>

const char *
xps_figure_word (gboolean screen, const char *english)
{
  return screen ? _ (english) : english;
}
