/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/potentiostat.h"

#include "hostile.h"
#include "sample.h"

/* Logs made in the layouts of EC-Lab's text exports and of tables that people write. */

static XpsPotentiostatLog *
read_log (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  XpsPotentiostatLog *log = xps_potentiostat_log_open_bytes (bytes, "sample", &error);

  g_assert_no_error (error);
  return log;
}

static gboolean
is_log (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return xps_potentiostat_log_is_one (bytes);
}

/* Decimal commas, as EC-Lab writes on a German computer; a line of settings that looks like names of columns.
 */
static const char ec_lab[] =
    "EC-Lab ASCII FILE\r\nNb header lines : 7\r\n\r\nAcquisition started on : 03/14/2024 09:26:53.500\r\n"
    "time/s\tEwe/V\r\nElectrode surface area : 0,001 cm\xB2\r\n"
    "mode\tox/red\ttime/s\tcontrol/V/mA\tEwe/V\t<I>/mA\t(Q-Qo)/mA.h\tcycle number\t\r\n"
    "1\t0\t1,0000000E+001\t3,2\t3,1000000E+000\t-5,0000000E-001\t0,0000000E+000\t1,0000000E+000\t\r\n"
    "1\t0\t2,0000000E+001\t3,2\t3,2000000E+000\t-2,5000000E-001\t-1,0000000E-003\t1,0000000E+000\t\r\n"
    "1\t0\t4,0000000E+001\t3,2\t3,6000000E+000\t\t-2,0000000E-003\t2,0000000E+000\t\r\n";

static void
test_ec_lab (void)
{
  g_autoptr (XpsPotentiostatLog) log = read_log (ec_lab);

  g_assert_true (is_log (ec_lab));
  g_assert_cmpstr (log->software, ==, "EC-Lab");
  g_assert_cmpstr (log->start, ==, "2024-03-14T09:26:53");
  /* date -u -d 2024-03-14T09:26:53Z +%s */
  g_assert_cmpfloat (log->start_unix, ==, 1710408413.5);
  g_assert_cmpuint (log->n, ==, 3);
  g_assert_true (log->ascending);
  g_assert_cmpfloat (log->time_s[2], ==, 40);
  g_assert_cmpfloat (log->potential[1], ==, 3.2);
  test_assert_close (log->current[0], -0.5e-3, 1e-15);
  g_assert_true (isnan (log->current[2]));
  test_assert_close (log->capacity[2], -2e-6, 1e-18);
  g_assert_cmpfloat (log->cycle[2], ==, 2);
  g_assert_cmpstr (log->current_label, ==, "<I>/mA");
  g_assert_cmpuint (log->warnings->len, ==, 0);
}

static void
test_questions (void)
{
  g_autoptr (XpsPotentiostatLog) log = read_log (ec_lab);

  g_assert_cmpfloat (xps_potentiostat_log_get_at (log, log->potential, 10), ==, 3.1);
  test_assert_close (xps_potentiostat_log_get_at (log, log->potential, 15), 3.15, 1e-12);
  test_assert_close (xps_potentiostat_log_get_at (log, log->potential, 30), 3.4, 1e-12);
  g_assert_cmpfloat (xps_potentiostat_log_get_at (log, log->potential, 40), ==, 3.6);
  g_assert_true (isnan (xps_potentiostat_log_get_at (log, log->potential, 9.9)));
  g_assert_true (isnan (xps_potentiostat_log_get_at (log, log->potential, 40.1)));
  g_assert_true (isnan (xps_potentiostat_log_get_at (log, log->current, 30)));
  g_assert_true (isnan (xps_potentiostat_log_get_at (log, NULL, 30)));
}

static void
test_tables (void)
{
  static const struct {
    const char *text;
    double time, potential, current; /* of the second row, SI; NaN: no such column */
  } tables[] = {
      {"time (s),potential (V),current (mA)\n0,1,2\n1.5,2,4\n", 1.5, 2, 4e-3},
      {"# cell 3\nZeit [min];Spannung [mV];Strom [\xC2\xB5"
       "A]\n0;1000,5;2\n1,5;2000,5;4\n",
       90, 2.0005, 4e-6},
      {"t_h\tE vs. Li+/Li\tI\n0\t1\t2\n0.5\t2\t4\n", 1800, 2, 4},
      {"Pt\tT\tVf\tIm\n#\ts\tV\tmA\n0\t0\t1\t2\n1\t7\t2\t4\n", 7, 2, 4e-3},
      {"\"Time/s\",\"WE(1).Potential (V)\"\n0,1\n3,2\n", 3, 2, (double)NAN},
      /* rates of other quantities are not these */
      {"time/s,current density (A/cm2),I/mA.cm-2,I/A\n0,9,9,1\n3,8,8,2\n", 3, (double)NAN, 2},
      {"Date_Time,Voltage(V),Current(A)\n2024-03-14 09:00:00,1,2\n2024-03-14 09:00:30.5,2,4\n", 30.5, 2, 4},
      {"14.03.2024 09:00:00\ntime/s,Ecell/V,Ewe/V\n0,1,1\n1,5,2\n", 1, 2, (double)NAN},
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_test_message ("%s", tables[i].text);
    g_autoptr (XpsPotentiostatLog) log = read_log (tables[i].text);
    g_assert_true (is_log (tables[i].text));
    g_assert_cmpuint (log->n, ==, 2);
    test_assert_close (log->time_s[1], tables[i].time, 1e-9);
    g_assert_true ((log->potential == NULL) == isnan (tables[i].potential));
    g_assert_true ((log->current == NULL) == isnan (tables[i].current));
    if (log->potential != NULL)
      test_assert_close (log->potential[1], tables[i].potential, 1e-12);
    if (log->current != NULL)
      test_assert_close (log->current[1], tables[i].current, 1e-15);
  }
}

static void
test_dates (void)
{
  static const struct {
    const char *line, *start;
    gboolean told; /* that the month was taken first */
  } dates[] = {
      {"started: 2024-03-04 09:26:53", "2024-03-04T09:26:53", FALSE},
      {"started: 2024-03-04T09:26", "2024-03-04T09:26:00", FALSE},
      {"started: 03/04/2024 09:26:53", "2024-03-04T09:26:53", TRUE},
      {"started: 03/14/24 09:26:53", "2024-03-14T09:26:53", FALSE},
      {"started: 14/03/2024 09:26:53", "2024-03-14T09:26:53", FALSE},
      {"started: 04.03.2024 09:26:53", "2024-03-04T09:26:53", FALSE},
      {"started: 31/31/2024 09:26:53", NULL, FALSE},
      {"started: soon", NULL, FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++) {
    g_autofree char *text = g_strconcat (dates[i].line, "\ntime/s,E/V\n0,1\n", NULL);
    g_autoptr (XpsPotentiostatLog) log = read_log (text);
    g_assert_cmpstr (log->start, ==, dates[i].start);
    g_assert_true (isnan (log->start_unix) == (dates[i].start == NULL));
    g_assert_true (sample_mentions (log->notes, "month first") == dates[i].told);
  }
}

static void
test_warnings (void)
{
  g_autoptr (XpsPotentiostatLog) log = read_log ("time/s,E\n0,1\nx,2\n2,3\n1,4\n");

  g_assert_cmpuint (log->n, ==, 3);
  g_assert_false (log->ascending);
  g_assert_true (sample_mentions (log->warnings, "line 3: no number for the time: 1 rows"));
  g_assert_true (sample_mentions (log->warnings, "line 5: the time runs back"));
  g_assert_true (sample_mentions (log->notes, "line 1: column \"E\" names no unit: taken for V"));
  test_assert_close (xps_potentiostat_log_get_at (log, log->potential, 1), 2, 1e-12);
}

/* Spectra and other tables are none. */
static void
test_strangers (void)
{
  static const char *const texts[] = {
      "",
      "\n",
      "words",
      "Binding Energy (eV),Counts\n1,2\n",
      "time/s,E/V,Kinetic Energy/eV\n1,2,3\n",
      "time/s,counts\n0,1\n1,2\n",
      "time/s,E/V\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new (texts[i], strlen (texts[i]));
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsPotentiostatLog) log = xps_potentiostat_log_open_bytes (bytes, "sample", &error);
    g_assert_null (log);
    g_assert_true (g_str_has_prefix (error->message, "sample: line "));
    g_assert_false (is_log (texts[i]));
  }
}

static void
test_hostile (void)
{
  static const char nasty[] = "\0\n\t ,;.-+eE0129/:\"#<>\xB5\xFF";
  g_autoptr (GRand) random = g_rand_new_with_seed (42);
  const gsize length = strlen (ec_lab);

  for (guint i = 0; i < 20000 + length; i++) {
    g_autofree char *copy = g_memdup2 (ec_lab, length);
    for (int k = 0; i >= length && k < 3; k++)
      copy[g_rand_int_range (random, 0, (gint32)length)] =
          nasty[g_rand_int_range (random, 0, sizeof nasty - 1)];
    g_autoptr (GBytes) bytes = g_bytes_new (copy, MIN (i, length));
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsPotentiostatLog) log = xps_potentiostat_log_open_bytes (bytes, "sample", &error);
    g_assert_true ((log == NULL) == (error != NULL));
    for (gsize row = 0; log != NULL && row < log->n; row++)
      g_assert_true (isfinite (log->time_s[row]));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/potentiostat/ec-lab", test_ec_lab);
  g_test_add_func ("/potentiostat/questions", test_questions);
  g_test_add_func ("/potentiostat/tables", test_tables);
  g_test_add_func ("/potentiostat/dates", test_dates);
  g_test_add_func ("/potentiostat/warnings", test_warnings);
  g_test_add_func ("/potentiostat/strangers", test_strangers);
  g_test_add_func ("/potentiostat/hostile", test_hostile);
  return g_test_run ();
}
