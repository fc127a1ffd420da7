/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-number.h"

#include <gtk/gtk.h>
#include <locale.h>

#include "support.h"

/* Numbers that a person sees: one notation, that of the locale, also in sentences of the core. */

static const struct {
  const char *sentence, *comma;
} sentences[] = {
    {"", ""},
    {"160.0 eV lies 0.35 eV below the median.", "160,0 eV lies 0,35 eV below the median."},
    {"(161.65(1) eV; +1.18, -0.5)", "(161,65(1) eV; +1,18, -0,5)"},
    {"between 159.8 and 162.1.", "between 159,8 and 162,1."},
    {"± 0.30 eV, ×2.5, −1.5", "± 0,30 eV, ×2,5, −1,5"},
    {"1.5e-3 of it; 20.5%", "1,5e-3 of it; 20,5%"},
    {"0.5·A1.area", "0,5·A1.area"},
    /* names */
    {"LiNi0.8Co0.1Mn0.1O2 and Li6.5La3", "LiNi0.8Co0.1Mn0.1O2 and Li6.5La3"},
    {"doi:10.1016/j.apsusc.2010.10.051", "doi:10.1016/j.apsusc.2010.10.051"},
    {"version 1.2.3 of scan.1.vms", "version 1.2.3 of scan.1.vms"},
    {"/data/run 1.5 V/a 2.5 b.csv: line 3: 1.5 is no energy",
     "/data/run 1.5 V/a 2.5 b.csv: line 3: 1,5 is no energy"},
    {"not read: /data/1.5 V\n1.5 V", "not read: /data/1.5 V\n1,5 V"},
    {"1 / 2.5 and 3.5 / 2", "1 / 2,5 and 3,5 / 2"},
    {"/data/run/1.5.csv, S 2p3/2, 2p1.", "/data/run/1.5.csv, S 2p3/2, 2p1."},
};

static void
test_sentences (gconstpointer locale)
{
  const gboolean comma = strcmp (locale, "C") != 0;
  if (setlocale (LC_NUMERIC, locale) == NULL ||
      strcmp (localeconv ()->decimal_point, comma ? "," : ".") != 0) {
    g_test_skip ("no such locale");
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++) {
    g_autofree char *shown = xps_page_dup_localised (sentences[i].sentence);
    g_assert_cmpstr (shown, ==, comma ? sentences[i].comma : sentences[i].sentence);
    g_autofree char *again = xps_page_dup_localised (shown); /* what is localised stays */
    g_assert_cmpstr (again, ==, shown);
  }
  g_autofree char *number = xps_page_dup_number (161.65, 2);
  g_assert_cmpstr (number, ==, comma ? "161,65" : "161.65");
  setlocale (LC_NUMERIC, "C");
}

/* Two numbers keep their order where words run to the left. */
static void
test_range (void)
{
  const GtkTextDirection before = gtk_widget_get_default_direction ();
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  g_autofree char *plain = xps_page_dup_range (54.6, 55.35, 2);
  g_assert_cmpstr (plain, ==,
                   "54.60\xe2\x80\x93"
                   "55.35");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  g_autofree char *kept = xps_page_dup_range (54.6, 55.35, 2);
  g_assert_cmpstr (kept, ==,
                   "\xe2\x81\xa6"
                   "54.60\xe2\x80\x93"
                   "55.35\xe2\x81\xa9");
  gtk_widget_set_default_direction (before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/app/number/point", "C", test_sentences);
  g_test_add_func ("/app/number/range", test_range);
  g_test_add_data_func ("/app/number/comma", "de_DE.UTF-8", test_sentences);
  return g_test_run ();
}
