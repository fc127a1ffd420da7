/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/shortcuts.h"
#include "app/window-private.h"
#include "window-fixture.h"

/* The table of commands: its menu, its keys, and what the menu says of undo. */

/* Every command of the table is an action of the window or the program, every key belongs to one of them, and
 * the menu names no other. */
static void
check_menu (Fixture *f, GMenuModel *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++) {
    g_autofree char *action = NULL;
    if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action)) {
      GActionGroup *group =
          g_str_has_prefix (action, "win.") ? G_ACTION_GROUP (f->window) : G_ACTION_GROUP (f->application);
      g_assert_true (g_action_group_has_action (group, action + strlen ("win.")));
    }
    static const char *const links[] = {G_MENU_LINK_SECTION, G_MENU_LINK_SUBMENU};
    for (guint k = 0; k < G_N_ELEMENTS (links); k++) {
      g_autoptr (GMenuModel) below = g_menu_model_get_item_link (menu, i, links[k]);
      if (below != NULL)
        check_menu (f, below);
    }
  }
}

static void
test_table (Fixture *f, gconstpointer data)
{
  gsize n;
  const XpsCommand *commands = xps_commands_get (&n);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; i < n; i++) {
    GActionGroup *group = g_str_has_prefix (commands[i].name, "win.") ? G_ACTION_GROUP (f->window)
                                                                      : G_ACTION_GROUP (f->application);
    g_test_message ("%s", commands[i].name);
    g_assert_true (g_action_group_has_action (group, commands[i].name + strlen ("win.")));
    g_auto (GStrv) accels = g_strsplit (commands[i].accels != NULL ? commands[i].accels : "", " ", -1);
    for (guint k = 0; accels[k] != NULL && accels[k][0] != '\0'; k++) {
      guint key;
      GdkModifierType modifiers;
      g_assert_true (gtk_accelerator_parse (accels[k], &key, &modifiers));
      /* A plain key would be taken from entries. */
      g_assert_true (modifiers != 0 || (key >= GDK_KEY_F1 && key <= GDK_KEY_F12));
      g_assert_true (g_hash_table_add (keys, gtk_accelerator_name (key, modifiers)));
    }
  }
  g_autoptr (GMenuModel) menu = xps_actions_new_menu ();
  check_menu (f, menu);
  GtkWindow *shortcuts = xps_shortcuts_new ();
  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (shortcuts));
  gtk_window_destroy (shortcuts);
  g_object_unref (shortcuts);
}

static char *
dup_menu_label (Fixture *f, int section, int item)
{
  char *label = NULL;
  GMenuModel *menu = gtk_menu_button_get_menu_model (f->window->menu_button);
  g_autoptr (GMenuModel) below = g_menu_model_get_item_link (menu, section, G_MENU_LINK_SECTION);
  g_menu_model_get_item_attribute (below, item, G_MENU_ATTRIBUTE_LABEL, "s", &label);
  return label;
}

/* The menu says what would be undone, with the words of the step; a name's own underscore stays one. */
static void
test_undo_labels (Fixture *f, gconstpointer data)
{
  open_spectra (f);
  XpsProject *project = xps_session_get_project (f->session);
  do_action (f, "add-from-residual");
  g_autofree char *undo = dup_menu_label (f, 0, 0), *redo = dup_menu_label (f, 0, 1);
  g_autofree char *wanted = g_strdup_printf ("Undo %s", xps_project_get_undo_label (project));
  g_assert_cmpstr (undo, ==, wanted);
  g_assert_cmpstr (redo, ==, "Redo");
  do_action (f, "undo");
  g_autofree char *redo_now = dup_menu_label (f, 0, 1);
  g_autofree char *redo_wanted = g_strdup_printf ("Redo %s", xps_project_get_redo_label (project));
  g_assert_cmpstr (redo_now, ==, redo_wanted);
  xps_actions_label_undo (gtk_menu_button_get_menu_model (f->window->menu_button), "Undo a_b", "Redo");
  g_autofree char *escaped = dup_menu_label (f, 0, 0);
  g_assert_cmpstr (escaped, ==, "Undo a__b");
}

#define ADD(name, test) g_test_add ("/menu/" name, Fixture, application, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_autoptr (XpsApplication) application = window_fixture_init (&argc, &argv);
  if (application == NULL)
    return 0;
  ADD ("table", test_table);
  ADD ("undo-labels", test_undo_labels);
  return g_test_run ();
}
