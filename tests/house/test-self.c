/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "house.h"

#include <glib/gstdio.h>
#include <string.h>

/* A guard that cannot fail guards nothing: a small good house gives no finding, and each bad line put into it
 * gives the finding it should. */

#define SPDX    "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
#define ROOM    "| room | one line | may see |\n| --- | --- | --- |\n"
#define LIBRARY "\n| library | headers begin with | in meson | rooms |\n| --- | --- | --- | --- |\n"
#define LIBRARIES                                                                                            \
  LIBRARY "| C | `math.h` | `libm` | all |\n| GLib | `glib.h` | `glib_dep` | all but numerics |\n"           \
          "| SQLite | `sqlite3.h` | `sqlite_dep` | project |\n| OpenGL | `epoxy/` | `epoxy_dep` | draw-gl "  \
          "app |\n"                                                                                          \
          "| GTK | `gtk/` | `gtk_dep` | app |\n"
#define PAGE                                                                                                 \
  ROOM "| `numerics` | x | - |\n| `base` | x | - |\n| `fit` | x | numerics base |\n| `cli` | x | all above " \
       "|\n" LIBRARIES

typedef struct {
  const char *path, *text;
} Page;

static const Page good_house[] = {
    {"meson.build", "project('x', 'c',\n  version: '1.2.3',\n"},
    {"CITATION.cff", "cff-version: 1.2.0\nversion: 1.2.3\n"},
    {"README.md", "[plan](docs/ARCHITECTURE.md#rooms) [far](https://example.org/x) [here](#below)\n"},
    {"docs/ARCHITECTURE.md", PAGE},
    {"src/meson.build", "subdir('numerics')\nsubdir('base')\nsubdir('fit')\nsubdir('cli')\n"},
    {"src/numerics/meson.build",
     "numerics_lib = static_library('n', files('sum.c'), dependencies: [libm])\n"},
    {"src/numerics/sum.h", SPDX "#pragma once\n"},
    {"src/numerics/sum.c", SPDX "#include \"numerics/sum.h\"\n\n#include <math.h>\n"},
    {"src/base/meson.build", "base_lib = static_library('b', files('number.c'), dependencies: [glib_dep])\n"},
    {"src/base/number.h", SPDX "#pragma once\n#include <glib.h>\n"},
    {"src/base/number.c", SPDX "#include \"base/number.h\"\n"},
    {"src/fit/meson.build",
     "fit_lib = static_library('f', files('model.c'), dependencies: [numerics_dep, base_dep])\n"},
    {"src/fit/model.c", SPDX "#include \"numerics/sum.h\"\n#include \"base/number.h\"\n"},
    {"src/cli/meson.build", "executable('c', files('main.c'), dependencies: [fit_dep])\n"},
    {"src/cli/main.c", SPDX "#include \"fit/model.h\"\n"},
    {"tests/numerics/meson.build", "executable('t', 'test-sum.c', dependencies: [numerics_dep, glib_dep])\n"},
    {"tests/numerics/test-sum.c", SPDX "#include \"numerics/sum.h\"\n#include \"support.h\"\n"},
    {"tests/base/meson.build", "\n"},
    {"tests/fit/meson.build", "\n"},
    {"tests/cli/meson.build", "\n"},
    {"tools/run", "#!/usr/bin/env bash\n# SPDX-License-Identifier: GPL-3.0-or-later\n"},
};

typedef struct {
  const char *name;
  HouseRule rule; /* NULL: the reading of the page itself */
  Page page;      /* written over the good house */
  const char *finding;
} Sin;

static const Sin sins[] = {
    {"arrow-up",
     house_rule_includes,
     {"src/base/number.c", SPDX "#include \"base/number.h\"\n#include \"fit/model.h\"\n"},
     "src/base/number.c:3: \"fit/model.h\": the room base may not see fit"},
    {"arrow-not-in-table",
     house_rule_includes,
     {"src/numerics/sum.c", SPDX "#include \"numerics/sum.h\"\n# include \"base/number.h\"\n"},
     "src/numerics/sum.c:3: \"base/number.h\": the room numerics may not see base"},
    {"arrow-in-test",
     house_rule_includes,
     {"tests/base/test-x.c", SPDX "#include \"fit/model.h\"\n"},
     "tests/base/test-x.c:2: \"fit/model.h\": the room base may not see fit"},
    {"no-such-room",
     house_rule_includes,
     {"src/fit/model.c", SPDX "#include \"attic/box.h\"\n"},
     "there is no room attic"},
    {"relative",
     house_rule_includes,
     {"src/base/number.c", SPDX "#include \"base/number.h\"\n#include \"../fit/model.h\"\n"},
     "there is no room .."},
    {"bare-header",
     house_rule_includes,
     {"src/fit/model.c", SPDX "#include \"model.h\"\n"},
     "write \"fit/model.h\""},
    {"own-header-later",
     house_rule_includes,
     {"src/base/number.c", SPDX "#include <glib.h>\n#include \"base/number.h\"\n"},
     "src/base/number.c:2: includes its own header \"base/number.h\" first"},
    {"gtk",
     house_rule_includes,
     {"src/fit/model.c", SPDX "#include <gtk/gtk.h>\n"},
     "<gtk/gtk.h> is not for the room fit"},
    {"epoxy",
     house_rule_includes,
     {"src/cli/main.c", SPDX "#include <epoxy/gl.h>\n"},
     "<epoxy/gl.h> is not for the room cli"},
    {"sqlite",
     house_rule_includes,
     {"src/fit/model.c", SPDX "#include <sqlite3.h>\n"},
     "<sqlite3.h> is not for the room fit"},
    {"glib-in-numerics",
     house_rule_includes,
     {"src/numerics/sum.h", SPDX "#pragma once\n#include <glib.h>\n"},
     "src/numerics/sum.h:3: <glib.h> is not for the room numerics"},
    {"unknown-library",
     house_rule_includes,
     {"src/fit/model.c", SPDX "#include <curl/curl.h>\n"},
     "belongs to no library"},
    {"floor-order",
     house_rule_floors,
     {"src/meson.build", "subdir('base')\nsubdir('numerics')\nsubdir('fit')\nsubdir('cli')\n"},
     "src/meson.build:1: subdir base stands where the table has numerics"},
    {"floor-missing",
     house_rule_floors,
     {"src/meson.build", "subdir('numerics')\nsubdir('base')\nsubdir('fit')\n"},
     "1 rooms of the table have no subdir()"},
    {"room-not-in-table", house_rule_floors, {"src/attic/box.c", SPDX}, "attic is not in the table of rooms"},
    {"room-without-folder",
     house_rule_floors,
     {"docs/ARCHITECTURE.md", PAGE ROOM "| `attic` | x | base |\n"},
     "src/attic: the table names this room"},
    {"link-up",
     house_rule_links,
     {"src/base/meson.build", "# fit_dep here is a comment\ndependencies: [glib_dep, fit_dep]\n"},
     "src/base/meson.build:2: links fit_dep: the room base may not see fit"},
    {"link-library",
     house_rule_links,
     {"src/numerics/meson.build", "dependencies: [glib_dep]\n"},
     "glib_dep is not for the room numerics"},
    {"link-unknown",
     house_rule_links,
     {"src/fit/meson.build", "dependencies: [curl_dep]\n"},
     "curl_dep (room fit) is not in the table"},
    {"link-around",
     house_rule_links,
     {"src/base/meson.build", "link_with: fit_lib\n"},
     "links fit_lib: the room base may not see fit"},
    {"test-links-more",
     house_rule_test_links,
     {"tests/fit/meson.build", "dependencies: [fit_dep, base_dep]\n"},
     "links base_dep: tests of fit link that room only"},
    {"not-built",
     house_rule_listed,
     {"src/fit/engine.c", SPDX},
     "src/fit/engine.c: is not in src/fit/meson.build"},
    {"no-licence",
     house_rule_licence,
     {"src/fit/model.c", "#include \"base/number.h\"\n"},
     "src/fit/model.c:1: no line"},
    {"no-licence-script", house_rule_licence, {"tools/run", "#!/bin/sh\ntrue\n"}, "tools/run:2: no line"},
    {"no-guard",
     house_rule_headers,
     {"src/base/number.h", SPDX "#ifndef X\n#define X\n#endif\n"},
     "src/base/number.h:1: no #pragma once"},
    {"locale",
     house_rule_locale,
     {"src/fit/model.c", SPDX "double x = strtod (text, NULL);\n"},
     "src/fit/model.c:2: strtod depends"},
    {"locale-print",
     house_rule_locale,
     {"src/fit/model.c", SPDX "t = g_strdup_printf (\"%u\", n);\nxps_text_printf (\"%.3g eV\", x);\n"},
     "src/fit/model.c:2: g_strdup_printf depends"},
    {"locale-vprintf",
     house_rule_locale,
     {"src/fit/model.c", SPDX "t = g_strdup_vprintf (format, a);\n"},
     "src/fit/model.c:2: g_strdup_vprintf depends"},
    {"machine-path",
     house_rule_machine_paths,
     {"src/fit/model.c", SPDX "const char *p = \"/"
                              "root/data\";\n"},
     "src/fit/model.c:2: path of one"},
    {"version",
     house_rule_version,
     {"CITATION.cff", "version: 1.2.4\n"},
     "CITATION.cff: version 1.2.4, meson.build has 1.2.3"},
    {"page-link",
     house_rule_pages,
     {"docs/USE.md", "See [it](../docs/NOWHERE.md).\n"},
     "docs/USE.md: leads to ../docs/NOWHERE.md"},
    {"painters-meet",
     NULL,
     {"docs/ARCHITECTURE.md",
      ROOM "| `scene` | x | - |\n| `draw-cairo` | x | scene |\n| `draw-gl` | x | draw-cairo |\n" LIBRARIES},
     "room draw-gl must never see draw-cairo"},
    {"doors-meet",
     NULL,
     {"docs/ARCHITECTURE.md", ROOM "| `cli` | x | - |\n| `job` | x | cli |\n| `app` | x | job |\n" LIBRARIES},
     "room app must never see cli"},
    {"table-upside-down",
     NULL,
     {"docs/ARCHITECTURE.md", ROOM "| `fit` | x | base |\n| `base` | x | - |\n" LIBRARIES},
     "docs/ARCHITECTURE.md:3: room fit may not see base"},
    {"no-table", NULL, {"docs/ARCHITECTURE.md", "Rooms: some.\n"}, "no table of rooms"},
};

static void
write_page (const char *root, const char *path, const char *text)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);
  g_autoptr (GError) error = NULL;
  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  g_file_set_contents (full, text, -1, &error);
  g_assert_no_error (error);
}

static char *
build_house (void)
{
  g_autoptr (GError) error = NULL;
  char *root = g_dir_make_tmp ("corelevel-house-XXXXXX", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (good_house); i++)
    write_page (root, good_house[i].path, good_house[i].text);
  return root;
}

static void
remove_house (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *full = g_build_filename (folder, name, NULL);
    if (g_file_test (full, G_FILE_TEST_IS_DIR))
      remove_house (full);
    else
      g_unlink (full);
  }
  g_rmdir (folder);
}

static GPtrArray *
inspect (const char *root, HouseRule rule)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HouseTree) tree = house_tree_load (root);
  g_autoptr (HousePlan) plan = house_plan_read (tree, findings);
  if (rule != NULL)
    rule (tree, plan, findings);
  return findings;
}

static void
assert_only_finding (const GPtrArray *findings, const char *expected)
{
  guint matching = 0;
  for (guint i = 0; i < findings->len; i++) {
    g_test_message ("%s", (char *)g_ptr_array_index (findings, i));
    matching += strstr (g_ptr_array_index (findings, i), expected) != NULL;
  }
  g_assert_cmpuint (matching, ==, 1);
}

static void
test_sin (gconstpointer data)
{
  const Sin *sin = data;
  g_autofree char *root = build_house ();
  g_autoptr (GPtrArray) before = inspect (root, sin->rule);
  if (before->len > 0)
    g_error ("the good house is not good: %s", (char *)g_ptr_array_index (before, 0));
  write_page (root, sin->page.path, sin->page.text);
  g_autoptr (GPtrArray) after = inspect (root, sin->rule);
  assert_only_finding (after, sin->finding);
  remove_house (root);
}

/* Sizes need long files, made here. `lines` of body between the braces of a function, or of comments. */
static char *
dup_long_file (const char *head, guint lines, const char *tail)
{
  GString *text = g_string_new (head);
  for (guint i = 0; i < lines; i++)
    g_string_append (text, "  ;\n");
  g_string_append (text, tail);
  return g_string_free (text, FALSE);
}

static void
test_sizes (void)
{
  const char *table = SPDX "/* Table of data: made by tools/x. */\n";
  const struct {
    const char *path, *head, *tail;
    guint lines;
    HouseRule rule;
    const char *finding; /* NULL: none */
  } cases[] = {
      {"src/fit/model.c", SPDX "int\nf (void)\n{\n", "}\n", 60, house_rule_sizes,
       "src/fit/model.c:4: function of 61 lines"},
      {"src/fit/model.c", SPDX "int\nf (void)\n{\n", "}\n", 59, house_rule_sizes, NULL},
      {"src/fit/model.c", SPDX, "", 500, house_rule_sizes, "src/fit/model.c: 501 lines"},
      {"src/fit/model.c", SPDX, "", 499, house_rule_sizes, NULL},
      {"src/fit/model.c", table, "", 5000, house_rule_sizes, NULL},
      {"src/fit/model.h", SPDX "#pragma once\n", "", 119, house_rule_headers, "src/fit/model.h: 121 lines"},
      {"src/fit/model.h", SPDX "/* Table of data. */\n#pragma once\n", "", 500, house_rule_headers, NULL},
      {"src/fit/model.h", SPDX "#pragma once\n", "", 118, house_rule_headers, NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *root = build_house ();
    g_autofree char *text = dup_long_file (cases[i].head, cases[i].lines, cases[i].tail);
    write_page (root, cases[i].path, text);
    g_autoptr (GPtrArray) findings = inspect (root, cases[i].rule);
    if (cases[i].finding != NULL)
      assert_only_finding (findings, cases[i].finding);
    else
      g_assert_cmpuint (findings->len, ==, 0);
    remove_house (root);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sins); i++) {
    g_autofree char *name = g_strconcat ("/house/self/", sins[i].name, NULL);
    g_test_add_data_func (name, &sins[i], test_sin);
  }
  g_test_add_func ("/house/self/sizes", test_sizes);
  return g_test_run ();
}
