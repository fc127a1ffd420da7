/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/commands.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "app/form.h"
#include "base/file.h"

/* Models that a person keeps for other spectra: model files in a folder of theirs, so that they can be passed
 * on and used by the command line. */

typedef struct {
  XpsWindow *window;
  GtkWidget *row;
  GPtrArray *paths; /* char * */
} XpsTemplateForm;

static void
template_form_free (XpsTemplateForm *form)
{
  g_object_unref (form->window);
  g_clear_pointer (&form->paths, g_ptr_array_unref);
  g_free (form);
}

static gboolean
accept_save (XpsForm *form, gpointer data)
{
  const XpsTemplateForm *asked = data;
  const XpsRegion *region = xps_session_get_region (asked->window->session);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (asked->row))));
  if (region == NULL)
    return TRUE;
  if (name[0] == '\0' || name[0] == '.') {
    xps_form_say (form, _ ("A template needs a name that does not begin with a point"));
    return FALSE;
  }
  g_strdelimit (name, "/", '-');
  g_autofree char *folder = xps_application_dup_template_folder ();
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *text = xps_model_dup_text (region->model);
  g_autoptr (GError) error = NULL;
  if (!xps_file_write (path, text, strlen (text), &error)) {
    xps_form_say (form, error->message);
    return FALSE;
  }
  g_autofree char *said = g_strdup_printf (_ ("Template “%s” saved"), name);
  xps_window_say (asked->window, said, FALSE);
  return TRUE;
}

void
xps_command_save_template (XpsWindow *self, GVariant *parameter)
{
  const XpsRegion *region = xps_session_get_region (self->session);
  XpsTemplateForm *asked = g_new0 (XpsTemplateForm, 1);
  asked->window = g_object_ref (self);
  XpsForm *form = xps_form_new (GTK_WIDGET (self), _ ("Save as Template"), _ ("_Save"), accept_save, asked,
                                (GDestroyNotify)template_form_free);
  xps_form_set_description (form, _ ("The model of this region for use with other spectra. A template of the "
                                     "same name is replaced."));
  asked->row = GTK_WIDGET (xps_form_add_entry (form, _ ("Name"), region->name));
  xps_form_present (form);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
list_templates (void)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = xps_application_dup_template_folder ();
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  for (const char *name; entries != NULL && (name = g_dir_read_name (entries)) != NULL;)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_paths);
  return paths;
}

static gboolean
accept_apply (XpsForm *form, gpointer data)
{
  const XpsTemplateForm *asked = data;
  const guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (asked->row));
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = xps_model_read (g_ptr_array_index (asked->paths, chosen), &error);
  if (model == NULL) {
    xps_form_say (form, error->message);
    return FALSE;
  }
  xps_session_paste_model (asked->window->session, model);
  return TRUE;
}

void
xps_command_apply_template (XpsWindow *self, GVariant *parameter)
{
  g_autoptr (GPtrArray) paths = list_templates ();
  if (paths->len == 0) {
    xps_window_say (self, _ ("There are no templates yet: save the model of a region as one"), FALSE);
    return;
  }
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < paths->len; i++) {
    char *name = g_path_get_basename (g_ptr_array_index (paths, i));
    name[strlen (name) - strlen (".json")] = '\0';
    g_ptr_array_add (names, name);
  }
  g_ptr_array_add (names, NULL);
  XpsTemplateForm *asked = g_new0 (XpsTemplateForm, 1);
  asked->window = g_object_ref (self);
  asked->paths = g_steal_pointer (&paths);
  XpsForm *form = xps_form_new (GTK_WIDGET (self), _ ("Apply Template"), _ ("_Apply"), accept_apply, asked,
                                (GDestroyNotify)template_form_free);
  xps_form_set_description (form, _ ("In place of the models of all selected regions."));
  asked->row = GTK_WIDGET (xps_form_add_choice (form, _ ("Template"), (const char *const *)names->pdata, 0));
  xps_form_present (form);
}
