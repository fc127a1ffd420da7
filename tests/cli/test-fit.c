/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

/* fit and simulate as scripts call them: exit status, messages, one JSON object, files written all or
 * nothing. */

#define MODEL                                                                                                \
  "{'parameters':[{'name':'c','value':162,'min':160,'max':164},{'name':'a','value':6000,'min':0},"           \
  "{'name':'wg','value':0.6,'min':0.1,'max':3},{'name':'wl','value':0.25,'min':0,'max':3},"                  \
  "{'name':'b','value':250}],"                                                                               \
  "'components':[{'name':'S "                                                                                \
  "2p','type':'voigt','params':{'center':'c','area':'a','fwhm_g':'wg','fwhm_l':'wl'}}],"                     \
  "'background':[{'type':'poly','coeffs':['b'],'x_ref':163}]}"

/* A folder with model.json, the same from a bad start, and data.csv made from it. */
static Folder *
usual_folder (void)
{
  Folder *folder = folder_new ();
  g_autofree char *model = folder_write (folder, "model.json", MODEL);
  g_autoptr (GRegex) regex = g_regex_new ("'value':0.6", 0, 0, NULL);
  g_autofree char *bad = g_regex_replace_literal (regex, MODEL, -1, 0, "'value':2.9", 0, NULL);
  g_autofree char *start = folder_write (folder, "start.json", bad);
  g_autofree char *data = g_build_filename (folder, "data.csv", NULL);
  g_auto (Run) run =
      cli_run ("simulate", model, "--from", "157", "--to", "168", "--step", "0.05", "-o", data);
  g_assert_cmpint (run.status, ==, 0);
  return folder;
}

#define IN(folder, ...) cli_run_in (folder, NULL, (const char *const[]){__VA_ARGS__, NULL})

/* ---- usage ---- */

typedef struct {
  const char *says;
  const char *arguments[8];
} Usage;

static const Usage usages[] = {
    {"no such command", {"fti"}},
    {"name a data file", {"fit"}},
    {"Unknown option", {"fit", "--modell", "x"}},
    {"Missing argument", {"fit", "data.csv", "--model"}},
    {"--range", {"fit", "data.csv", "--model", "model.json", "--range", "165"}},
    {"--range", {"fit", "data.csv", "--model", "model.json", "--range", "165:160"}},
    {"--range", {"fit", "data.csv", "--model", "model.json", "--range", "nan:160"}},
    {"--range", {"fit", "data.csv", "--model", "model.json", "--range", "1,5:160"}},
    {"--weights", {"fit", "data.csv", "--model", "model.json", "--weights", "gauss"}},
    {"--start", {"fit", "data.csv", "--model", "model.json", "--start", "MULTI:0"}},
    {"--start", {"fit", "data.csv", "--model", "model.json", "--start", "MULTI:1.5"}},
    {"--start", {"fit", "data.csv", "--model", "model.json", "--start", "MULTI:1e9"}},
    {"--method", {"fit", "data.csv", "--model", "model.json", "--method", "simplex"}},
    {"--max-evaluations", {"fit", "data.csv", "--model", "model.json", "--max-evaluations", "-1"}},
    {"--max-evaluations", {"fit", "data.csv", "--model", "model.json", "--max-evaluations", "many"}},
    {"--photon-energy", {"fit", "data.csv", "--model", "model.json", "--photon-energy", "-5"}},
    {"--axis", {"fit", "data.csv", "--model", "model.json", "--axis", "be"}},
    {"--unit", {"fit", "data.csv", "--model", "model.json", "--unit", "amperes"}},
    {"--figure", {"fit", "data.csv", "--model", "model.json", "--figure", "f.jpg"}},
    {"--from", {"simulate", "model.json"}},
    {"--from", {"simulate", "model.json", "--from", "1", "--to", "2"}},
    {"--counts", {"simulate", "model.json", "--from", "157", "--to", "168", "--counts=-1"}},
    {"info needs", {"info"}},
    {"convert needs", {"convert", "data.csv"}},
};

static void
test_usage (void)
{
  g_autoptr (Folder) folder = usual_folder ();
  for (gsize i = 0; i < G_N_ELEMENTS (usages); i++) {
    const char *arguments[10] = {0};
    memcpy (arguments, usages[i].arguments, sizeof usages[i].arguments);
    if (strcmp (usages[i].says, "--counts") == 0) {
      arguments[7] = "--step=1";
      arguments[8] = NULL;
    }
    g_auto (Run) run = cli_run_in (folder, NULL, arguments);
    cli_assert_usage (&run, usages[i].says);
  }
}

static void
test_help (void)
{
  static const char *const commands[] = {"info", "convert", "fit", "simulate"};
  g_auto (Run) help = cli_run ("--help"), version = cli_run ("--version");
  g_assert_cmpint (help.status, ==, 0);
  g_assert_cmpint (version.status, ==, 0);
  g_assert_true (g_str_has_prefix (version.out, "corelevel-cli "));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_auto (Run) run = cli_run (commands[i], "--help");
    g_assert_cmpint (run.status, ==, 0);
    g_assert_nonnull (strstr (help.out, commands[i]));
    g_assert_nonnull (strstr (run.out, commands[i]));
    g_assert_cmpstr (run.err, ==, "");
  }
}

/* ---- what cannot be done ---- */

typedef struct {
  const char *name, *text; /* file to make, or NULL */
  const char *arguments[10];
  const char *says[5];
} Failure;

#define ROWS "x,y\n158,10\n159,12\n160,20\n161,90\n162,100\n163,30\n164,12\n165,11\n"

static const Failure failures[] = {
    {NULL, NULL, {"fit", "none.csv", "-m", "model.json"}, {"none.csv: ", "No such file"}},
    {NULL, NULL, {"fit", ".", "-m", "model.json"}, {"directory"}},
    {NULL, NULL, {"fit", "data.csv", "-m", "none.json"}, {"none.json: ", "No such file"}},
    {NULL, NULL, {"fit", "data.csv", "-m", "."}, {"directory"}},
    {"empty", "", {"fit", "empty", "-m", "model.json"}, {"empty: "}},
    {"empty", "", {"fit", "data.csv", "-m", "empty"}, {"empty: ", "empty file"}},
    {"bad.json", "{'parameters':[\n1,]}", {"fit", "data.csv", "-m", "bad.json"}, {"bad.json: ", "line 2"}},
    {"bad.json",
     "{'parameters':[\n1,]}",
     {"simulate", "bad.json", "--from=1", "--to=2", "--step=1"},
     {"bad.json: line 2"}},
    {"m.json",
     "{'parameters':[{'name':'p','of':'q'},{'name':'q','of':'p'}]}",
     {"fit", "data.csv", "-m", "m.json"},
     {"m.json: parameters: ", "\"p\"", "\"q\"", "circle"}},
    {"m.json",
     "{'parameters':[{'name':'p','value':1,'min':2,'max':0}]}",
     {"fit", "data.csv", "-m", "m.json"},
     {"m.json: parameter \"p\": ", "min 2, max 0"}},
    {"m.json",
     "{'parameters':[{'name':'p','value':1e999}]}",
     {"fit", "data.csv", "-m", "m.json"},
     {"m.json: ", "\"p\"", "finite"}},
    {"m.json",
     "{'parameters':[{'name':'p','value':NaN}]}",
     {"fit", "data.csv", "-m", "m.json"},
     {"m.json: line 1"}},
    {"m.json",
     "{'parameters':[],'components':[{'name':'x','type':'voight'}]}",
     {"fit", "data.csv", "-m", "m.json"},
     {"m.json: component \"x\"", "voight"}},
    {"m.json",
     "{'parameters':[{'name':'w','value':-1}],'components':[{'name':'x','type':'gauss','params':{'center':'w'"
     ",'area':'w','fwhm':'w'}}]}",
     {"fit", "data.csv", "-m", "m.json"},
     {"m.json: component \"x\": ", "fwhm", "-1"}},
    {"m.json",
     "{'parameters':[{'name':'b','value':1}],'background':[{'type':'poly','coeffs':['b'],'x_ref':0},{'type':'"
     "shirley','average':1000}]}",
     {"fit", "data.csv", "-m", "m.json"},
     {"data.csv: ", "Shirley"}},
    {NULL,
     NULL,
     {"fit", "data.csv", "-m", "model.json", "--range", "300:310"},
     {"data.csv: ", "0 points between 300 and 310"}},
    {NULL,
     NULL,
     {"fit", "data.csv", "-m", "model.json", "--range", "162:162.01"},
     {"data.csv: ", "points between"}},
    {NULL, NULL, {"fit", "data.csv", "-m", "model.json", "--region", "7"}, {"data.csv: ", "7"}},
    {NULL, NULL, {"fit", "data.csv", "-m", "model.json", "--region", "Li 1s"}, {"data.csv: ", "Li 1s"}},
    {NULL,
     NULL,
     {"fit", "data.csv", "data.csv", "-m", "model.json"},
     {"model.json: ", "1 spectrum", "2 files"}},
    {NULL, NULL, {"fit", "data.csv"}, {"data.csv: ", "no fit"}},
    {"nan.csv",
     "x,y\n158,10\n159,nan\n160,20\n161,90\n",
     {"fit", "nan.csv", "-m", "model.json"},
     {"nan.csv: "}},
    {"inf.csv",
     "x,y\n158,10\n159,inf\n160,20\n161,90\n",
     {"fit", "inf.csv", "-m", "model.json"},
     {"inf.csv: "}},
    {"huge.csv",
     "x,y\n158,10\n159,1e999\n160,20\n161,90\n",
     {"fit", "huge.csv", "-m", "model.json"},
     {"huge.csv: "}},
    {"zero.csv",
     "x,y\n158,0\n159,0\n160,0\n161,0\n",
     {"fit", "zero.csv", "-m", "model.json"},
     {"zero.csv: ", "all counts are zero"}},
    {"one.csv", "x,y\n158,7\n", {"fit", "one.csv", "-m", "model.json"}, {"one.csv: "}},
    {"sigma.csv",
     "x,y,sigma\n158,1,1\n159,2,0\n160,3,1\n161,4,1\n",
     {"fit", "sigma.csv", "-m", "model.json", "-w", "sigma"},
     {"sigma.csv: ", "sigma", "159"}},
    {"plain.csv", ROWS, {"fit", "plain.csv", "-m", "model.json", "-w", "sigma"}, {"plain.csv: ", "sigma"}},
    {"minus.csv",
     "x,y\n158,1\n159,-2\n160,3\n161,4\n",
     {"fit", "minus.csv", "-m", "model.json", "-w", "poisson"},
     {"minus.csv: ", "negative counts"}},
    {"back.csv",
     "x,y\n158,1\n160,3\n159,2\n161,4\n",
     {"fit", "back.csv", "-m", "model.json"},
     {"back.csv: ", "one direction"}},
    {NULL,
     NULL,
     {"fit", "data.csv", "-m", "model.json", "--method", "gsl", "-w", "poisson"},
     {"gsl", "Poisson"}},
    {"j.json",
     "{'parameters':[{'name':'b','value':1}],'spectra':[{'background':[{'type':'poly','coeffs':['b'],'x_ref':"
     "0}]}]}",
     {"fit", "-m", "j.json"},
     {"j.json: spectrum 1: ", "no data"}},
    {"j.json",
     "{'parameters':[{'name':'b','value':1}],'spectra':[{'data':'gone.csv','background':[{'type':'poly','"
     "coeffs':['b'],'x_ref':0}]}]}",
     {"fit", "-m", "j.json"},
     {"gone.csv: ", "No such file"}},
    {NULL,
     NULL,
     {"simulate", "model.json", "--from=168", "--to=157", "--step=0.05"},
     {"--from, --to, --step"}},
    {NULL, NULL, {"simulate", "model.json", "--from=157", "--to=168", "--step=0"}, {"--from, --to, --step"}},
    {NULL, NULL, {"simulate", "model.json", "--from=157", "--to=168", "--step=1e-9"}, {"10000000 points"}},
    {NULL, NULL, {"simulate", "model.json", "--from=0", "--to=1e300", "--step=1"}, {"points"}},
    {"neg.json",
     "{'parameters':[{'name':'b','value':-5}],'background':[{'type':'poly','coeffs':['b'],'x_ref':0}]}",
     {"simulate", "neg.json", "--from=157", "--to=168", "--step=1"},
     {"neg.json: ", "negative"}},
};

static void
test_failure (gconstpointer data)
{
  const Failure *failure = data;
  g_autoptr (Folder) folder = usual_folder ();
  g_autofree char *path = failure->name != NULL ? folder_write (folder, failure->name, failure->text) : NULL;
  g_auto (Run) run = cli_run_in (folder, NULL, failure->arguments);
  g_test_message ("%s", run.err);
  cli_assert_failed (&run, failure->says);
  if (strcmp (failure->arguments[0], "fit") != 0)
    return;
  const char *arguments[12] = {0}; /* a script that wants JSON gets nothing rather than half of it */
  gsize n = 0;
  for (; failure->arguments[n] != NULL; n++)
    arguments[n] = failure->arguments[n];
  arguments[n] = "--json";
  g_auto (Run) json = cli_run_in (folder, NULL, arguments);
  cli_assert_failed (&json, failure->says);
}

/* Bytes that are no text at all, at every length. */
static void
test_garbage (void)
{
  g_autoptr (Folder) folder = usual_folder ();
  g_autofree char *path = g_build_filename (folder, "garbage", NULL);
  for (gsize n = 1; n < 4000; n = n * 3 + 1) {
    g_autofree char *bytes = g_malloc (n);
    for (gsize i = 0; i < n; i++)
      bytes[i] = (char)((i * 2654435761u) >> 13);
    g_assert_true (g_file_set_contents (path, bytes, (gssize)n, NULL));
    g_auto (Run) data = IN (folder, "fit", "garbage", "-m", "model.json"),
                 model = IN (folder, "fit", "data.csv", "-m", "garbage");
    cli_assert_failed (&data, (const char *const[]){"garbage: ", NULL});
    cli_assert_failed (&model, (const char *const[]){"garbage: ", NULL});
  }
}

/* ---- what comes out ---- */

static void
assert_no_nan (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("[:,\\[]\\s*-?(nan|inf)", G_REGEX_CASELESS, 0, NULL);
  g_assert_false (g_regex_match (regex, text, 0, NULL));
}

static void
test_json (void)
{
  g_autoptr (Folder) folder = usual_folder ();
  g_autoptr (JsonParser) parser = NULL, again = NULL;
  g_auto (Run) run = IN (folder, "fit", "data.csv", "-m", "start.json", "--json", "-o", "result.json");
  g_assert_cmpint (run.status, ==, 0);
  JsonObject *object = cli_assert_json (&run, &parser);
  assert_no_nan (run.out);
  g_assert_true (json_object_get_boolean_member (object, "converged"));
  JsonObject *c = json_object_get_object_member (json_object_get_object_member (object, "parameters"), "c");
  test_assert_close (json_object_get_double_member (c, "value"), 162, 0.02);
  JsonObject *provenance = json_object_get_object_member (object, "provenance");
  JsonObject *input = json_array_get_object_element (json_object_get_array_member (provenance, "input"), 0);
  g_autofree char *data = folder_read (folder, "data.csv");
  g_autofree char *sha = g_compute_checksum_for_string (G_CHECKSUM_SHA256, data, -1);
  g_assert_cmpstr (json_object_get_string_member (input, "sha256"), ==, sha);
  g_autofree char *written = folder_read (folder, "result.json");
  g_assert_cmpstr (written, ==, run.out);
  /* Without --json: a table, no JSON. */
  g_auto (Run) table = IN (folder, "fit", "data.csv", "-m", "model.json");
  g_assert_cmpint (table.status, ==, 0);
  g_assert_nonnull (strstr (table.out, "converged"));
  g_assert_null (strchr (table.out, '{'));
  /* The fitted model goes in again as it came out. */
  g_auto (Run) second = IN (folder, "fit", "data.csv", "-m", "result.json");
  g_assert_cmpint (second.status, ==, 1); /* a result is not a model: said, not guessed */
}

static void
test_not_converged (void)
{
  g_autoptr (Folder) folder = usual_folder ();
  g_autoptr (JsonParser) parser = NULL;
  g_auto (Run) run = IN (folder, "fit", "data.csv", "-m", "start.json", "--max-evaluations", "2", "--json",
                         "-o", "result.json");
  g_assert_cmpint (run.status, ==, 1);
  JsonObject *object = cli_assert_json (&run, &parser);
  g_assert_false (json_object_get_boolean_member (object, "converged"));
  g_autofree char *written = folder_read (folder, "result.json");
  g_assert_cmpstr (written, ==, run.out);
  g_assert_true (g_str_has_prefix (run.err, "corelevel-cli: data.csv: not converged"));
}

static void
test_outputs (void)
{
  g_autoptr (Folder) folder = usual_folder ();
  g_auto (Run) nowhere = IN (folder, "fit", "data.csv", "-m", "model.json", "-o", "no/such/folder/r.json");
  g_assert_cmpint (nowhere.status, ==, 1);
  g_assert_nonnull (strstr (nowhere.err, "no/such/folder/r.json"));
  g_auto (Run) figures = IN (folder, "fit", "data.csv", "-m", "model.json", "--figure", "f.pdf");
  g_assert_cmpint (figures.status, ==, 0);
  g_autofree char *pdf = folder_read (folder, "f.pdf");
  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
  if (g_file_test ("/dev/full", G_FILE_TEST_EXISTS)) { /* a full disk is no success */
    g_autoptr (GError) error = NULL;
    g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
    g_subprocess_launcher_set_cwd (launcher, folder);
    g_subprocess_launcher_set_stdout_file_path (launcher, "/dev/full");
    g_autoptr (GSubprocess) process = g_subprocess_launcher_spawn (
        launcher, &error, g_getenv ("XPS_CLI"), "fit", "data.csv", "-m", "model.json", "--json", NULL);
    g_assert_no_error (error);
    g_autofree char *err = NULL;
    g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &err, &error);
    g_assert_no_error (error);
    g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
    g_assert_nonnull (strstr (err, "standard output"));
  }
}

/* ---- joint models ---- */

#define SPECTRUM(id, file)                                                                                   \
  "{'id':'" id "','data':'" file "','components':[{'name':'S 2p','type':'voigt','params':{'center':'c" id    \
  "','area':'a" id "','fwhm_g':'wg','fwhm_l':'wl'}}],'background':[{'type':'poly','coeffs':['b" id           \
  "'],'x_ref':163}]}"
#define OWN(id)                                                                                              \
  "{'name':'c" id "','value':161.9,'min':160,'max':164},{'name':'a" id                                       \
  "','value':5000,'min':0},{'name':'b" id "','value':200}"

/* Data paths are relative to the model, wherever the program is called from; files on the command line come
 * first. */
static void
test_joint (void)
{
  g_autoptr (Folder) folder = usual_folder ();
  g_autofree char *first = folder_read (folder, "data.csv");
  g_auto (Run) draw =
      IN (folder, "simulate", "model.json", "--from=157", "--to=168", "--step=0.05", "--seed=2");
  g_assert_cmpint (draw.status, ==, 0);
  g_autofree char *a = folder_write (folder, "deep/raw data/a.csv", first);
  g_autofree char *b = folder_write (folder, "deep/b.csv", draw.out);
  g_autofree char *joint = folder_write (
      folder, "deep/joint.json",
      "{'corelevel_model':1,'parameters':[" OWN ("A") "," OWN (
          "B") ",{'name':'wg','value':0.8,'min':0.1,'max':3},{'name':'wl','value':0.2,'min':0,'max':3}],"
               "'spectra':[" SPECTRUM ("A", "raw data/a.csv") "," SPECTRUM ("B", "b.csv") "]}");
  g_autoptr (JsonParser) parser = NULL, other = NULL;
  g_auto (Run) run = cli_run_in ("/", NULL, (const char *const[]){"fit", "--model", joint, "--json", NULL});
  g_assert_cmpint (run.status, ==, 0);
  JsonObject *object = cli_assert_json (&run, &parser);
  JsonArray *spectra = json_object_get_array_member (object, "spectra");
  g_assert_cmpuint (json_array_get_length (spectra), ==, 2);
  g_assert_cmpint (json_object_get_int_member (object, "n_free"), ==, 8);
  g_assert_true (json_object_has_member (json_object_get_object_member (object, "components"), "B/S 2p"));
  g_auto (Run) named = IN (folder, "fit", b, "--model", joint, "--json"); /* b in place of the first */
  g_assert_cmpint (named.status, ==, 0);
  JsonObject *replaced = json_object_get_object_member (cli_assert_json (&named, &other), "parameters");
  const double ca = json_object_get_double_member (json_object_get_object_member (replaced, "cA"), "value"),
               cb = json_object_get_double_member (json_object_get_object_member (replaced, "cB"), "value");
  test_assert_close (ca, cb, 1e-6); /* the same data twice */
}

/* ---- simulate ---- */

static void
test_simulate (void)
{
  g_autoptr (Folder) folder = usual_folder ();
  g_auto (Run)
      one = IN (folder, "simulate", "model.json", "--from=157", "--to=168", "--step=0.05"),
      two = IN (folder, "simulate", "model.json", "--from=157", "--to=168", "--step=0.05", "--seed=1"),
      other = IN (folder, "simulate", "model.json", "--from=157", "--to=168", "--step=0.05", "--seed=2"),
      few = IN (folder, "simulate", "model.json", "--from=157", "--to=168", "--step=0.05", "--counts=10",
                "--noise-free"),
      many = IN (folder, "simulate", "model.json", "--from=157", "--to=168", "--step=0.05", "--counts=1e300");
  g_autofree char *file = folder_read (folder, "data.csv");
  g_assert_cmpstr (one.out, ==, two.out);
  g_assert_cmpstr (one.out, ==, file);
  g_assert_cmpstr (one.out, !=, other.out);
  g_assert_true (g_str_has_prefix (one.out, "x,y,sigma\n157,"));
  g_assert_cmpint (many.status, ==, 0);
  g_auto (GStrv) lines = g_strsplit (few.out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 221 + 1);
  double highest = 0;
  for (guint i = 1; i <= 221; i++)
    highest = fmax (highest, g_ascii_strtod (strchr (lines[i], ',') + 1, NULL));
  test_assert_close (highest, 10, 1e-12);
}

/* ---- locales ---- */

/* A comma-decimal locale changes no byte of what is printed. tools/test makes one below build/locale; without
 * any there is nothing to see. */
static void
test_locale (void)
{
  g_autoptr (Folder) folder = usual_folder ();
  g_auto (GStrv) plain = g_environ_setenv (g_get_environ (), "LC_ALL", "C.UTF-8", TRUE);
  g_auto (GStrv) german = g_environ_setenv (g_get_environ (), "LC_ALL", "de_DE.UTF-8", TRUE);
  static const char *const calls[][10] = {
      {"fit", "data.csv", "-m", "start.json"},
      {"fit", "data.csv", "-m", "start.json", "--range", "158.5:166.25"},
      {"fit", "data.csv", "-m", "start.json", "--shift=0.25", "-w", "poisson"},
      {"simulate", "model.json", "--from=157.5", "--to=168", "--step=0.05"},
      {"info", "data.csv", "--json"},
      {"info", "data.csv"},
      {"fit", "data.csv", "-m", "none.json"},
      {"fit", "data.csv", "--modell", "none.json"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_auto (Run) a = cli_run_in (folder, plain, calls[i]), b = cli_run_in (folder, german, calls[i]);
    g_assert_cmpint (a.status, ==, b.status);
    g_assert_cmpstr (a.out, ==, b.out);
    g_assert_cmpstr (a.err, ==, b.err);
  }
}

/* ---- the oracle's problems, as they are ---- */

static void
test_problem (gconstpointer id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *relative = g_strdup_printf ("oracle/problems/%s.json", (const char *)id);
  g_autofree char *csv = g_strdup_printf ("oracle/problems/%s.csv", (const char *)id);
  g_autofree char *model = test_shared_path (relative), *data = test_shared_path (csv);
  if (model == NULL || data == NULL)
    return;
  g_autoptr (JsonParser) parser = NULL, oracle = json_parser_new ();
  g_auto (Run) run = cli_run ("fit", data, "--model", model, "--json");
  g_assert_cmpint (run.status, ==, 0);
  JsonObject *object = cli_assert_json (&run, &parser);
  assert_no_nan (run.out);
  json_parser_load_from_file (oracle, model, &error);
  g_assert_no_error (error);
  JsonObject *reference =
      json_object_get_object_member (json_node_get_object (json_parser_get_root (oracle)), "reference");
  const double chi2 = json_object_get_double_member (reference, "chi2");
  test_assert_close (json_object_get_double_member (object, "chi2"), chi2, 1e-9 * chi2);
  g_assert_cmpint (json_object_get_int_member (object, "dof"), ==,
                   json_object_get_int_member (reference, "dof"));
}

int
main (int argc, char **argv)
{
  static const char *const problems[] = {
      "p02_s2p_lab",    "p06_c1s_active_shirley", "p07_c1s_static_shirley", "p09_cl2p",
      "p12_fermi_edge", "p13_ni2p_asymmetric",    "p14_active_bound",       "p16_s2p_nonuniform"};
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/usage", test_usage);
  g_test_add_func ("/cli/help", test_help);
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++) {
    g_autofree char *path = g_strdup_printf ("/cli/fails/%" G_GSIZE_FORMAT "-%s", i, failures[i].says[0]);
    g_strcanon (path + strlen ("/cli/fails/"), G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-.", '-');
    g_test_add_data_func (path, &failures[i], test_failure);
  }
  g_test_add_func ("/cli/garbage", test_garbage);
  g_test_add_func ("/cli/json", test_json);
  g_test_add_func ("/cli/not-converged", test_not_converged);
  g_test_add_func ("/cli/outputs", test_outputs);
  g_test_add_func ("/cli/joint", test_joint);
  g_test_add_func ("/cli/simulate", test_simulate);
  g_test_add_func ("/cli/locale", test_locale);
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++) {
    g_autofree char *path = g_strconcat ("/cli/problem/", problems[i], NULL);
    g_test_add_data_func (path, problems[i], test_problem);
  }
  return g_test_run ();
}
