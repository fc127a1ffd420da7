/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <string.h>

#include "config.h"
#include "numerics/faddeeva.h"

gboolean
bench_machine (int argc, char **argv, JsonBuilder *report)
{
  bench_add_text (report, "isa", xps_faddeeva_get_isa ());
  bench_add_text (report, "compiler", __VERSION__);
  bench_add_text (report, "version", XPS_VERSION);
  return TRUE;
}

static const struct {
  const char *name;
  gboolean (*run) (int argc, char **argv, JsonBuilder *report);
} sections[] = {
    {"problem", bench_problem}, {"chi2", bench_chi2},       {"map", bench_map},       {"joint", bench_joint},
    {"process", bench_process}, {"machine", bench_machine}, {"series", bench_series},
};

int
main (int argc, char **argv)
{
  for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS (sections); i++) {
    if (strcmp (argv[1], sections[i].name) != 0)
      continue;
    g_autoptr (JsonBuilder) report = json_builder_new_immutable ();
    json_builder_begin_object (report);
    if (!sections[i].run (argc - 2, argv + 2, report))
      return 1;
    json_builder_end_object (report);
    g_autoptr (JsonNode) root = json_builder_get_root (report);
    g_autofree char *text = json_to_string (root, FALSE);
    g_print ("%s\n", text);
    return 0;
  }
  g_printerr ("corelevel-benchmark SECTION ...: started by tools/benchmark\n");
  return 2;
}
