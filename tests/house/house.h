/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The rules of the house, each one a function over a source tree that adds a sentence to `findings` for
 * everything that breaks it ("src/fit/model.c:12: ..."). The real tree must give none; test-self.c shows that
 * each rule can fail. */

typedef struct {
  char *path; /* relative to the root, '/' between */
  char *text; /* "" for files that are not text */
  char **lines;
} HouseFile;

typedef struct {
  char *root;
  GPtrArray *files; /* HouseFile, sorted by path; no .git, no build folders */
} HouseTree;

HouseTree *house_tree_load (const char *root);
void house_tree_free (HouseTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HouseTree, house_tree_free)

const HouseFile *house_tree_find (const HouseTree *tree, const char *path); /* NULL: not there */

/* A row of the table of rooms. */
typedef struct {
  char *name;
  GHashTable *sees; /* set of char * */
} HouseRoom;

/* A row of the table of outside libraries. */
typedef struct {
  char **headers; /* beginnings of what stands between < and > */
  char **links;   /* names in meson.build */
  char *rooms;    /* cell as written: "all", "all but a b", "a b", "-" */
} HouseLibrary;

typedef struct {
  GPtrArray *rooms;     /* HouseRoom, in the order of the page */
  GPtrArray *libraries; /* HouseLibrary */
} HousePlan;

/* Reads docs/ARCHITECTURE.md; a page without the tables, or with a room that sees one below it, is a finding.
 */
HousePlan *house_plan_read (const HouseTree *tree, GPtrArray *findings);
void house_plan_free (HousePlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HousePlan, house_plan_free)

const HouseRoom *house_plan_find (const HousePlan *plan, const char *name); /* NULL: no such room */
gboolean house_library_allows (const HouseLibrary *library, const char *room);

typedef void (*HouseRule) (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings);

/* arrows.c */
void house_rule_includes (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings);
void house_rule_floors (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings);
void house_rule_links (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings);
void house_rule_test_links (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings);
void house_rule_listed (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings);

/* manners.c */
void house_rule_licence (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings);
void house_rule_headers (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings);
void house_rule_sizes (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings);
void house_rule_machine_paths (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings);
void house_rule_locale (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings);
void house_rule_version (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings);
void house_rule_pages (const HouseTree *tree, const HousePlan *plan, GPtrArray *findings);

/* Adds "path:line: sentence"; line 0 leaves the line out. */
void house_find (GPtrArray *findings, const char *path, guint line, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* "src/fit/model.c" below "src" lies in room "fit"; NULL when it lies in no folder below `top`. New string.
 */
char *house_dup_room (const char *path, const char *top);
