/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/shortcuts.h"

#include <glib/gi18n.h>

#include "app/actions.h"
#include "app/plot-area.h"

/* GtkShortcutsWindow can only be built from XML at this version of GTK: its sections and groups have no way
 * in from C. So the table is written out as XML and read back. */

static void
append_shortcut (GString *xml, const char *accels, const char *title)
{
  g_autofree char *item = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsShortcut'><property name='title'>%s</property>"
      "<property name='accelerator'>%s</property></object></child>",
      _ (title), accels);
  g_string_append (xml, item);
}

static void
append_group (GString *xml, XpsCommandGroup group)
{
  gsize n;
  const XpsCommand *commands = xps_commands_get (&n);
  g_autofree char *head = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>",
      xps_command_group_title (group));
  g_string_append (xml, head);
  for (gsize i = 0; i < n; i++)
    if (commands[i].group == group && commands[i].accels != NULL && commands[i].title != NULL)
      append_shortcut (xml, commands[i].accels, commands[i].title);
  g_string_append (xml, "</object></child>");
}

static void
append_plot (GString *xml)
{
  gsize n;
  const XpsPlotKeys *keys = xps_plot_area_get_keys (&n);
  g_autofree char *head = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>", _ ("In the Plot"));
  g_string_append (xml, head);
  for (gsize i = 0; i < n; i++)
    append_shortcut (xml, keys[i].accels, keys[i].title);
  g_string_append (xml, "</object></child>");
}

typedef struct {
  const char *accels, *title;
} Keys;

/* As the cells and the list bind them. */
static const Keys table_keys[] = {
    {"Up Down Left Right", N_ ("Go to Another Cell")},   {"Return F2", N_ ("Type a Value or a Constraint")},
    {"Tab", N_ ("Take It and Go to the Next Cell")},     {"Escape", N_ ("Leave the Cell As It Was")},
    {"space", N_ ("Keep or Free the Value in the Fit")}, {"Delete", N_ ("Delete the Component")},
    {"Menu <Shift>F10", N_ ("Menu of the Component")},   {NULL, NULL},
};

/* As the windows of their own bind them. */
static const Keys series_keys[] = {
    {"Left Right", N_ ("Step Before, Step After")},
    {"Home End", N_ ("First Step, Last Step")},
    {"space", N_ ("Play the Steps")},
    {"<Shift>Left <Shift>Right", N_ ("Pick Steps Out")},
    {"<Control>Page_Up <Control>Page_Down", N_ ("Another Picture")},
    {"<Alt>Page_Up <Alt>Page_Down", N_ ("Another Core Level")},
    {"F9", N_ ("Table of Steps")},
    {NULL, NULL},
};

static const Keys phase_keys[] = {
    {"<Control>n", N_ ("New Phase")},
    {"<Control>d", N_ ("Duplicate to Edit")},
    {"Insert", N_ ("Add a Line")},
    {"Delete", N_ ("Remove the Line")},
    {"<Control>z", N_ ("Undo")},
    {"<Control><Shift>z", N_ ("Redo")},
    {NULL, NULL},
};

static const Keys reference_keys[] = {
    {"Right Left", N_ ("Unfold, Fold")},
    {"<Control>z", N_ ("Undo an Edit of Own Entries")},
    {"<Control><Shift>z", N_ ("Redo an Edit of Own Entries")},
    {NULL, NULL},
};

static void
append_keys (GString *xml, const char *title, const Keys *keys)
{
  g_autofree char *head = g_markup_printf_escaped (
      "<child><object class='GtkShortcutsGroup'><property name='title'>%s</property>", title);
  g_string_append (xml, head);
  for (; keys->title != NULL; keys++)
    append_shortcut (xml, keys->accels, keys->title);
  g_string_append (xml, "</object></child>");
}

GtkWindow *
xps_shortcuts_new (void)
{
  g_autoptr (GString) xml = g_string_new (
      "<interface><object class='GtkShortcutsWindow' id='window'><property name='modal'>1</property>"
      "<child><object class='GtkShortcutsSection'><property name='section-name'>all</property>"
      "<property name='max-height'>12</property>");
  for (guint group = 0; group < XPS_N_GROUPS; group++)
    append_group (xml, group);
  append_plot (xml);
  append_keys (xml, _ ("In the Table"), table_keys);
  append_keys (xml, _ ("In the Series of Regions"), series_keys);
  append_keys (xml, _ ("In the Editor of Phases"), phase_keys);
  append_keys (xml, _ ("In the Reference Database"), reference_keys);
  g_string_append (xml, "</object></child></object></interface>");
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_string (xml->str, -1);
  return g_object_ref (GTK_WINDOW (gtk_builder_get_object (builder, "window")));
}

void
xps_shortcuts_present (GtkWindow *parent)
{
  g_autoptr (GtkWindow) window = xps_shortcuts_new ();
  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}
