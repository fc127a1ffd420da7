/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-constraints.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/page-model.h"
#include "app/page-number.h"
#include "app/page-words.h"

typedef enum { LINKS, LOCKS, BOUNDS, N_KINDS } Kind;

/* One constraint of one role. */
typedef struct {
  XpsPage *page;
  Kind kind;
  guint component;
  const XpsShapeRole *role;
  GtkWidget *row; /* NULL: not made yet */
} Field;

/* Rows made in one go: some 2 ms of processor time each, and a frame has 16. */
#define AT_ONCE 4

struct _XpsPageConstraints {
  XpsPage parent_instance;
  AdwPreferencesGroup *groups[N_KINDS];
  GtkWidget *empty;
  GPtrArray *fields; /* Field */
  guint n_rows;      /* of them that have their row */
  guint source;      /* makes the next ones */
  char *structure;
};

G_DEFINE_FINAL_TYPE (XpsPageConstraints, xps_page_constraints, XPS_TYPE_PAGE)

static void
on_go_to (GtkButton *button, Field *field)
{
  xps_page_go_to (field->page, (int)field->component, field->role->id);
}

/* A lock goes and leaves its bounds; a link or a range goes altogether. */
static void
on_remove (GtkButton *button, Field *field)
{
  XpsSession *session = xps_page_get_session (field->page);
  g_autoptr (GError) error = NULL;
  if (field->kind == LOCKS)
    xps_page_set_fixed (session, field->component, field->role->id, FALSE);
  else if (!xps_page_set_constraint (session, field->component, field->role->id, "free", &error))
    xps_page_row_set_subtitle (field->row, error->message);
}

static void
field_make_row (Field *field)
{
  const XpsComponent *component =
      xps_page_get_component (xps_page_get_session (field->page), field->component);
  g_autofree char *title = xps_page_dup_role_of (field->role, component->name);
  field->row = xps_page_action_row_new (title);
  /* Translators: %s is a phrase such as "area of PS4 2p3/2". */
  g_autofree char *go = g_strdup_printf (_ ("Show the %s"), title);
  g_autofree char *remove = g_strdup_printf (_ ("Remove the constraint on the %s"), title);
  GtkWidget *go_button = xps_page_icon_button_new ("go-next-symbolic", go);
  GtkWidget *remove_button = xps_page_icon_button_new ("user-trash-symbolic", remove);
  g_signal_connect (go_button, "clicked", G_CALLBACK (on_go_to), field);
  g_signal_connect (remove_button, "clicked", G_CALLBACK (on_remove), field);
  adw_action_row_add_suffix (ADW_ACTION_ROW (field->row), remove_button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (field->row), go_button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (field->row), go_button);
}

static void
field_tell (const Field *field)
{
  const XpsModel *model = xps_page_get_model (xps_page_get_session (field->page));
  g_autofree char *sentence = xps_edit_dup_sentence (model, 0, field->component, field->role->id);
  xps_page_row_set_subtitle (field->row, sentence);
}

/* Which constraint a parameter is under, N_KINDS for none. */
static Kind
kind_of (XpsSession *session, guint component, const char *role)
{
  const XpsParameter *parameter = xps_page_get_parameter (session, component, role);
  g_autofree char *constraint =
      parameter != NULL ? xps_edit_dup_constraint (xps_page_get_model (session), 0, component, role) : NULL;
  if (parameter == NULL || constraint == NULL || constraint[0] == '\0')
    return N_KINDS;
  return parameter->kind == XPS_PARAMETER_LINKED || xps_page_is_shared (session, component, role) ? LINKS
         : parameter->kind == XPS_PARAMETER_FIXED                                                 ? LOCKS
                                                                                                  : BOUNDS;
}

/* Calls for every constraint, in the order of components and roles. */
static void
for_each (XpsPageConstraints *self,
          void (*call) (XpsPageConstraints *, Kind, guint, const XpsShapeRole *, void *), void *data)
{
  XpsSession *session = xps_page_get_session (XPS_PAGE (self));
  for (guint i = 0; i < xps_page_get_n_components (session); i++) {
    const XpsShape *shape = xps_page_get_component (session, i)->shape;
    for (gsize k = 0; k < shape->n_roles; k++) {
      const Kind kind = kind_of (session, i, shape->roles[k].id);
      if (kind != N_KINDS)
        call (self, kind, i, &shape->roles[k], data);
    }
  }
}

static void
describe (XpsPageConstraints *self, Kind kind, guint component, const XpsShapeRole *role, void *text)
{
  g_string_append_printf (text, "%d %u %s %s\n", (int)kind, component, role->id,
                          xps_page_get_component (xps_page_get_session (XPS_PAGE (self)), component)->name);
}

static void
add (XpsPageConstraints *self, Kind kind, guint component, const XpsShapeRole *role, void *data)
{
  Field *field = g_new0 (Field, 1);
  *field = (Field){.page = XPS_PAGE (self), .kind = kind, .component = component, .role = role};
  g_ptr_array_add (self->fields, field);
}

static char *
dup_structure (XpsPageConstraints *self)
{
  GString *structure = g_string_new (NULL);
  for_each (self, describe, structure);
  return g_string_free (structure, FALSE);
}

/* The next rows; FALSE: all are there, or the model is another one by now. */
static gboolean
make_rows (gpointer data)
{
  XpsPageConstraints *self = data;
  g_autofree char *structure = dup_structure (self);
  if (g_strcmp0 (structure, self->structure) != 0) {
    g_clear_pointer (&self->structure, g_free); /* built anew when the page is next refreshed */
    self->source = 0;
    return G_SOURCE_REMOVE;
  }
  for (guint i = 0; i < AT_ONCE && self->n_rows < self->fields->len; i++) {
    Field *field = g_ptr_array_index (self->fields, self->n_rows++);
    field_make_row (field);
    field_tell (field);
    xps_page_group_add (self->groups[field->kind], field->row);
  }
  if (self->n_rows < self->fields->len)
    return G_SOURCE_CONTINUE;
  self->source = 0;
  return G_SOURCE_REMOVE;
}

static void
build (XpsPageConstraints *self)
{
  guint n[N_KINDS] = {0};
  for (guint kind = 0; kind < N_KINDS; kind++)
    xps_page_group_clear (self->groups[kind]);
  g_ptr_array_set_size (self->fields, 0);
  g_clear_handle_id (&self->source, g_source_remove);
  self->n_rows = 0;
  for_each (self, add, NULL);
  for (guint i = 0; i < self->fields->len; i++)
    n[((Field *)g_ptr_array_index (self->fields, i))->kind]++;
  for (guint kind = 0; kind < N_KINDS; kind++)
    gtk_widget_set_visible (GTK_WIDGET (self->groups[kind]), n[kind] > 0);
  gtk_widget_set_visible (self->empty, self->fields->len == 0);
  if (make_rows (self)) /* below what draws a frame */
    self->source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, make_rows, self, NULL);
}

static void
xps_page_constraints_refresh (XpsPage *page)
{
  XpsPageConstraints *self = XPS_PAGE_CONSTRAINTS (page);
  g_autofree char *structure = dup_structure (self);
  if (g_strcmp0 (structure, self->structure) != 0) {
    g_free (self->structure);
    self->structure = g_steal_pointer (&structure);
    build (self);
  }
  for (guint i = 0; i < self->n_rows; i++)
    field_tell (g_ptr_array_index (self->fields, i));
}

static void
xps_page_constraints_dispose (GObject *object)
{
  g_clear_handle_id (&XPS_PAGE_CONSTRAINTS (object)->source, g_source_remove);
  G_OBJECT_CLASS (xps_page_constraints_parent_class)->dispose (object);
}

static void
xps_page_constraints_finalize (GObject *object)
{
  XpsPageConstraints *self = XPS_PAGE_CONSTRAINTS (object);
  g_ptr_array_unref (self->fields);
  g_free (self->structure);
  G_OBJECT_CLASS (xps_page_constraints_parent_class)->finalize (object);
}

static void
xps_page_constraints_class_init (XpsPageConstraintsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_page_constraints_dispose;
  G_OBJECT_CLASS (class)->finalize = xps_page_constraints_finalize;
  XPS_PAGE_CLASS (class)->refresh = xps_page_constraints_refresh;
}

static void
xps_page_constraints_init (XpsPageConstraints *self)
{
  XpsPage *page = XPS_PAGE (self);
  self->fields = g_ptr_array_new_with_free_func (g_free);
  self->empty = gtk_label_new (_ ("No constraints. Type one into a cell of the table: A*0.5 for half of A, "
                                  "A+1.18, 160.5:162.5 for a range, =161.65 to fix a value."));
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0.0f);
  gtk_widget_add_css_class (self->empty, "dim-label");
  xps_page_add_widget (page, self->empty);
  self->groups[LINKS] = xps_page_add_group (page, _ ("Links"));
  self->groups[LOCKS] = xps_page_add_group (page, _ ("Fixed Values"));
  self->groups[BOUNDS] = xps_page_add_group (page, _ ("Bounds"));
}

XpsPage *
xps_page_constraints_new (void)
{
  return g_object_new (XPS_TYPE_PAGE_CONSTRAINTS, NULL);
}
