/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

/* What is wrong in a VAMAS file and how it is told. */

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

static XpsFile *
read_vamas (const SampleVamas *v)
{
  g_autofree char *text = sample_vamas_dup (v);
  return sample_read (text);
}

static void
refuse_vamas (const SampleVamas *v, const char *const *words)
{
  g_autofree char *text = sample_vamas_dup (v);
  sample_refuse (text, words);
}

static void
test_warnings (void)
{
  static const struct {
    const char *body, *blocks, *word;
  } cases[] = {
      /* fewer and more blocks than declared */
      {SAMPLE_BLOCK, "7\n", "declares 7 blocks, the file holds 1"},
      {SAMPLE_BLOCK SAMPLE_BLOCK, "1\n", "more blocks than the header says"},
      /* the helium lamp of a HAXPES file */
      {SAMPLE_HEAD SAMPLE_COMMENT "XPS\nCr\n21.218\n150\n1E37\n1E37\n54.7\n0\n" SAMPLE_ANALYSER
                                  "kinetic energy\neV\n5400\n0.1\n1\ncounts\nd\n" SAMPLE_SIGNAL
                                  "2\n0\n1\n1\n2\n",
       "1\n", "photon energy 21.218 eV contradicts kinetic energies up to 5400.1 eV"},
      {SAMPLE_HEAD SAMPLE_COMMENT "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER
                                  "binding energy\neV\n5400\n-0.1\n1\ncounts\nd\n" SAMPLE_SIGNAL
                                  "2\n0\n1\n1\n2\n",
       "1\n", "photon energy 1486.6 eV contradicts binding energies up to 5400 eV"},
      /* day, month and year swapped by a converter */
      {"C 1s\nfoil\n2006\n2018\n2\n6\n17\n18\n0\n" SAMPLE_COMMENT
       "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS "1\ncounts\nd\n" SAMPLE_SIGNAL "2\n0\n1\n1\n2\n",
       "1\n", "impossible date"},
      {SAMPLE_HEAD SAMPLE_COMMENT "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS
                                  "1\ncounts\nd\n" SAMPLE_SIGNAL "2\n0\n1\n1.5\n2\n",
       "1\n", "counts but hold fractions"},
      {SAMPLE_HEAD SAMPLE_COMMENT "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER
                                  "kinetic energy\neV\n1190\n0\n1\ncounts\nd\n" SAMPLE_SIGNAL
                                  "2\n0\n1\n1\n2\n",
       "1\n", "increment is 0"},
      {SAMPLE_HEAD SAMPLE_COMMENT "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS
                                  "1\ncounts\nd\npulse counting\n0\n3\n0\n0\n0\n0\n0\n2\n0\n1\n1\n2\n",
       "1\n", "collection time"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    SampleVamas v = sample_vamas (cases[i].body);
    v.blocks = cases[i].blocks;
    if (i == 0)
      v.end = "";
    g_autoptr (XpsFile) file = read_vamas (&v);
    if (!sample_mentions (file->warnings, cases[i].word))
      g_error ("no warning \"%s\"", cases[i].word);
  }
}

static void
test_refusals (void)
{
  SampleVamas v = sample_vamas (SAMPLE_BLOCK);

  v.mode = "SOMETHING\n";
  refuse_vamas (&v, LIST ("sample: line 7:", "experiment mode expected", "SOMETHING"));
  v = sample_vamas (SAMPLE_BLOCK);
  v.comment = "4000000\n";
  refuse_vamas (&v, LIST ("line 6:", "number of comment lines: 4000000, but only"));
  v.comment = "-1\n";
  refuse_vamas (&v, LIST ("line 6:", "-1, which can not be"));
  v.comment = "1E37\n";
  refuse_vamas (&v, LIST ("line 6:", "whole number expected"));
  /* the block comment's number is missing, as in a file of another program's collection */
  v = sample_vamas (SAMPLE_HEAD "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER);
  refuse_vamas (&v, LIST ("line 25:", "number expected (number of block comment lines)", "found \"XPS\""));
  v = sample_vamas (SAMPLE_HEAD SAMPLE_COMMENT "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS
                                               "1\ncounts\nd\n" SAMPLE_SIGNAL "4000\n0\n1\n100\n137\n174\n");
  refuse_vamas (&v, LIST ("number of ordinate values: 4000, but only"));
  v = sample_vamas (SAMPLE_HEAD SAMPLE_COMMENT "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS
                                               "2\ncounts\nd\nTransmission\nd\n" SAMPLE_SIGNAL
                                               "3\n0\n1\n0\n1\n100\n137\n174\n");
  refuse_vamas (&v, LIST ("3 ordinate values can not be shared by 2 corresponding variables"));
  v = sample_vamas (SAMPLE_HEAD SAMPLE_COMMENT "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS
                                               "1\ncounts\nd\n" SAMPLE_SIGNAL "3\n0\n1\n100\nnan\n174\n");
  refuse_vamas (&v, LIST ("finite number expected (ordinate value), found \"nan\""));
  v = sample_vamas (SAMPLE_HEAD SAMPLE_COMMENT "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER
                                               "kinetic energy\neV\n1E37\n0.1\n1\ncounts\nd\n" SAMPLE_SIGNAL
                                               "3\n0\n1\n100\n137\n174\n");
  refuse_vamas (&v, LIST ("abscissa start or increment is not given"));
  v = sample_vamas ("");
  v.blocks = "0\n";
  refuse_vamas (&v, LIST ("no block with values"));
  v.end = "";
  v.blocks = "3\n";
  refuse_vamas (&v, LIST ("number of blocks: 3, but only 0 bytes follow"));
}

/* A few bytes a block, each of which would copy a comment of a megabyte: time and memory must stay in bounds.
 */
static void
test_inherited_comment (void)
{
  g_autoptr (GString) body = g_string_new (SAMPLE_HEAD "1\n");
  SampleVamas v = sample_vamas (NULL);

  for (guint i = 0; i < 1 << 20; i++)
    g_string_append_c (body, 'x');
  g_string_append (body, "\nXPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS "1\ncounts\nd\n" SAMPLE_SIGNAL
                         "3\n0\n1\n100\n137\n174\n");
  for (guint i = 0; i < 1000; i++)
    g_string_append (body, "a\nb\n3\n0\n1\n1\n2\n3\n");
  v.body = body->str;
  v.blocks = "1001\n";
  g_autoptr (GError) error = NULL;
  v.list = "-40\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n21\n22\n23\n24\n25\n2"
           "6\n27\n28\n"
           "29\n30\n31\n32\n33\n34\n35\n36\n37\n38\n39\n40\n";
  g_autofree char *text = sample_vamas_dup (&v);
  g_autoptr (XpsFile) file = sample_open_text (text, NULL, &error);
  g_assert_null (file);
  g_assert_error (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vamas-bad/warnings", test_warnings);
  g_test_add_func ("/vamas-bad/refusals", test_refusals);
  g_test_add_func ("/vamas-bad/inherited-comment", test_inherited_comment);
  return g_test_run ();
}
