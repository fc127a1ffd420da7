/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/label.h"

#include "scene/markup.h"
#include "support.h"

#define M "\xe2\x88\x92"

static const struct {
  const char *plain, *markup;
} cases[] = {
    /* formulas */
    {"Li2S", "Li<sub>2</sub>S"},
    {"Li6PS5Cl", "Li<sub>6</sub>PS<sub>5</sub>Cl"},
    {"Li5.5PS4.5Cl1.5", "Li<sub>5.5</sub>PS<sub>4.5</sub>Cl<sub>1.5</sub>"},
    {"Ca(OH)2 (bulk)", "Ca(OH)<sub>2</sub> (bulk)"},
    {"LiNbO3-coated", "LiNbO<sub>3</sub>-coated"},
    {"LiNbO3/Li2CO3", "LiNbO<sub>3</sub>/Li<sub>2</sub>CO<sub>3</sub>"},
    {"S8", "S<sub>8</sub>"},
    {"LiF", "LiF"},
    /* charges */
    {"PS4 3-", "PS<sub>4</sub><sup>3" M "</sup>"},
    {"PS4^3-", "PS<sub>4</sub><sup>3" M "</sup>"},
    {"SO4 2- (surface)", "SO<sub>4</sub><sup>2" M "</sup> (surface)"},
    {"Ni2+", "Ni<sup>2+</sup>"},
    {"Ni 2+", "Ni<sup>2+</sup>"},
    {"Li+", "Li<sup>+</sup>"},
    {"O2-", "O<sup>2" M "</sup>"},
    {"S2 2-", "S<sub>2</sub><sup>2" M "</sup>"},
    /* levels */
    {"S 2p3/2", "S 2p<sub>3/2</sub>"},
    {"Au 4f7/2 metal", "Au 4f<sub>7/2</sub> metal"},
    {"PS4 2p1/2", "PS<sub>4</sub> 2p<sub>1/2</sub>"},
    /* what only looks like it */
    {"C-C/C-H", "C-C/C-H"},
    {"O-C=O", "O-C=O"},
    {"O2", "O2"},
    {"C 1s", "C 1s"},
    {"S 2p", "S 2p"},
    {"comp 12", "comp 12"},
    {"Peak2", "Peak2"},
    {"ps4_main", "ps4_main"},
    {"Li2S_x", "Li<sub>2</sub>S_x"},
    {"3-", "3-"},
    {"p02_s2p_lab.csv", "p02_s2p_lab.csv"},
    {"Nickel", "Nickel"},
    {"", ""},
    {"(", "("},
    {"Oberfl\xc3\xa4"
     "che",
     "Oberfl\xc3\xa4"
     "che"},
    /* markup and its characters */
    {"a < b & c", "a &lt; b &amp; c"},
    {"x<sup>2</sup>", "x<sup>2</sup>"},
    {"x<sup>2", "x&lt;sup&gt;2"},
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *markup = xps_figure_label_markup (cases[i].plain);
    g_assert_cmpstr (markup, ==, cases[i].markup);
  }
}

/* Whatever is typed: the markup is valid and says the same. */
static void
test_any_text (void)
{
  static const char alphabet[] = "LiPSOCNae0123456789 +-^()/._<>&\"\xc3\xa4\xff";
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  for (guint round = 0; round < 20000; round++) {
    char text[16] = "";
    const guint n = (guint)g_rand_int_range (rand, 0, sizeof text);
    for (guint i = 0; i < n; i++)
      text[i] = alphabet[g_rand_int_range (rand, 0, sizeof alphabet - 1)];
    g_autofree char *markup = xps_figure_label_markup (text);
    g_assert_true (xps_markup_is_valid (markup));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/label/cases", test_cases);
  g_test_add_func ("/figure/label/any-text", test_any_text);
  return g_test_run ();
}
