/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drive.h"

#include <string.h>

/* What is on screen. Errors of single questions are no news: widgets come and go while the tree is walked. */

typedef gboolean (*Visit) (AtspiAccessible *widget, gpointer data);

static gboolean
has_state (AtspiAccessible *widget, AtspiStateType state)
{
  drive_auto AtspiStateSet *states = atspi_accessible_get_state_set (widget);
  return states != NULL && atspi_state_set_contains (states, state);
}

static gboolean
get_rectangle (AtspiAccessible *widget, AtspiRect *rectangle)
{
  drive_auto AtspiComponent *component = atspi_accessible_get_component_iface (widget);
  AtspiRect *found =
      component != NULL ? atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL) : NULL;
  if (found != NULL)
    *rectangle = *found;
  g_free (found);
  return found != NULL;
}

/* GTK 4.8 knows the state "showing" of nothing; what is folded away or on a page behind has no size. */
static gboolean
is_on_screen (AtspiAccessible *widget)
{
  AtspiRect rectangle;
  const AtspiRole role = atspi_accessible_get_role (widget, NULL);
  if (role == ATSPI_ROLE_FRAME || role == ATSPI_ROLE_WINDOW || role == ATSPI_ROLE_DIALOG)
    return TRUE;
  if (!has_state (widget, ATSPI_STATE_VISIBLE))
    return FALSE;
  return !get_rectangle (widget, &rectangle) || (rectangle.width > 0 && rectangle.height > 0);
}

/* TRUE: visit() has what it wants. Hidden branches are not walked. */
static gboolean
walk (AtspiAccessible *top, guint depth, Visit visit, gpointer data)
{
  if (depth > 60)
    return FALSE;
  const int n = atspi_accessible_get_child_count (top, NULL);
  for (int i = 0; i < n; i++) {
    drive_auto AtspiAccessible *child = atspi_accessible_get_child_at_index (top, i, NULL);
    if (child != NULL && is_on_screen (child) &&
        (visit (child, data) || walk (child, depth + 1, visit, data)))
      return TRUE;
  }
  return FALSE;
}

char *
drive_dup_name (AtspiAccessible *widget)
{
  char *name = atspi_accessible_get_name (widget, NULL);
  return name != NULL ? name : g_strdup ("");
}

char *
drive_dup_text (AtspiAccessible *widget)
{
  drive_auto AtspiText *text = atspi_accessible_get_text_iface (widget);
  if (text == NULL)
    return drive_dup_name (widget);
  /* GTK 4.8 answers nothing for an end of -1. */
  const int n = atspi_text_get_character_count (text, NULL);
  char *content = atspi_text_get_text (text, 0, n, NULL);
  return content != NULL ? content : g_strdup ("");
}

typedef struct {
  AtspiRole role;
  const char *pattern;
  GPtrArray *found;
  gboolean one;
} Search;

/* Newer toolkits have finer words for what older ones call a panel, a button, a text. */
static AtspiRole
plain_role (AtspiRole role)
{
  switch (role) {
  case ATSPI_ROLE_GROUPING:
    return ATSPI_ROLE_PANEL;
  case ATSPI_ROLE_TOGGLE_BUTTON:
    return ATSPI_ROLE_PUSH_BUTTON;
  case ATSPI_ROLE_ENTRY:
    return ATSPI_ROLE_TEXT;
  default:
    return role;
  }
}

static gboolean
matches (AtspiAccessible *widget, const Search *search)
{
  if (search->role != ATSPI_ROLE_INVALID &&
      plain_role (atspi_accessible_get_role (widget, NULL)) != plain_role (search->role))
    return FALSE;
  if (search->pattern == NULL)
    return TRUE;
  g_autofree char *name = drive_dup_name (widget);
  if (g_pattern_match_simple (search->pattern, name))
    return TRUE;
  g_autofree char *description = atspi_accessible_get_description (widget, NULL);
  return description != NULL && g_pattern_match_simple (search->pattern, description);
}

static gboolean
visit_search (AtspiAccessible *widget, gpointer data)
{
  Search *search = data;
  if (matches (widget, search))
    g_ptr_array_add (search->found, g_object_ref (widget));
  return search->one && search->found->len > 0;
}

GPtrArray *
drive_list (AtspiAccessible *top, AtspiRole role, const char *pattern)
{
  Search search = {role, pattern, g_ptr_array_new_with_free_func (g_object_unref), FALSE};
  walk (top, 0, visit_search, &search);
  return search.found;
}

AtspiAccessible *
drive_look (AtspiAccessible *top, AtspiRole role, const char *pattern)
{
  Search search = {role, pattern, g_ptr_array_new_with_free_func (g_object_unref), TRUE};
  walk (top, 0, visit_search, &search);
  AtspiAccessible *first = search.found->len > 0 ? g_object_ref (search.found->pdata[0]) : NULL;
  g_ptr_array_unref (search.found);
  return first;
}

typedef struct {
  Drive *drive;
  AtspiAccessible *top;
  AtspiRole role;
  const char *pattern;
  AtspiAccessible *found;
} Wish;

static gboolean
wish_fulfilled (gpointer data)
{
  Wish *wish = data;
  wish->found =
      drive_look (wish->top != NULL ? wish->top : wish->drive->application, wish->role, wish->pattern);
  return wish->found != NULL;
}

AtspiAccessible *
drive_find_in (Drive *self, AtspiAccessible *top, AtspiRole role, const char *pattern)
{
  Wish wish = {self, top, role, pattern, NULL};
  drive_wait_for (self, wish_fulfilled, &wish, pattern);
  return wish.found;
}

AtspiAccessible *
drive_find (Drive *self, AtspiRole role, const char *pattern)
{
  return drive_find_in (self, NULL, role, pattern);
}

void
drive_see (Drive *self, const char *pattern)
{
  drive_auto AtspiAccessible *found = drive_find (self, ATSPI_ROLE_INVALID, pattern);
}

static gboolean
is_gone (gpointer data)
{
  Wish *wish = data;
  drive_auto AtspiAccessible *found = drive_look (wish->drive->application, wish->role, wish->pattern);
  return found == NULL;
}

void
drive_see_no_more (Drive *self, const char *pattern)
{
  Wish wish = {self, NULL, ATSPI_ROLE_INVALID, pattern, NULL};
  drive_wait_for (self, is_gone, &wish, pattern);
}

gboolean
drive_is_sensitive (AtspiAccessible *widget)
{
  return has_state (widget, ATSPI_STATE_SENSITIVE) || has_state (widget, ATSPI_STATE_ENABLED);
}

static gboolean
visit_print (AtspiAccessible *widget, gpointer data)
{
  g_autofree char *role = atspi_accessible_get_role_name (widget, NULL);
  g_autofree char *name = drive_dup_name (widget);
  g_autofree char *description = atspi_accessible_get_description (widget, NULL);
  if (name[0] != '\0' || (description != NULL && description[0] != '\0'))
    g_printerr ("  %s \"%s\" %s\n", role, name, description != NULL ? description : "");
  return FALSE;
}

void
drive_print (Drive *self)
{
  if (self->application == NULL)
    return;
  g_printerr ("on screen:\n");
  walk (self->application, 0, visit_print, NULL);
}

/* The window around a widget, or NULL. New reference. */
static AtspiAccessible *
get_frame (AtspiAccessible *widget)
{
  AtspiAccessible *at = g_object_ref (widget);
  while (at != NULL && atspi_accessible_get_role (at, NULL) != ATSPI_ROLE_FRAME) {
    AtspiAccessible *parent = atspi_accessible_get_parent (at, NULL);
    g_object_unref (at);
    at = parent;
  }
  return at;
}

gboolean
drive_knows_places (AtspiAccessible *widget)
{
  AtspiRect rectangle = {0};
  drive_auto AtspiAccessible *frame = get_frame (widget);
  return frame == NULL || !get_rectangle (frame, &rectangle) || rectangle.x == 0;
}

/* Without a compositor a window draws a border, which places in the window do not count. Newer toolkits say
 * where the whole window begins. */
static int
get_border (Drive *self, AtspiAccessible *widget)
{
  AtspiRect rectangle;
  drive_auto AtspiAccessible *frame = get_frame (widget);
  if (frame == NULL || !get_rectangle (frame, &rectangle))
    return 0;
  return rectangle.x < 0 ? -self->scale * rectangle.x
                         : drive_get_border (self, self->scale * rectangle.width);
}

void
drive_get_extents (Drive *self, AtspiAccessible *widget, int *x, int *y, int *width, int *height)
{
  /* GTK 4 knows places in the window only; without a window manager every window lies at the origin. */
  AtspiRect rectangle = {0};
  if (!get_rectangle (widget, &rectangle))
    g_error ("a widget without a place");
  const int border = get_border (self, widget);
  *x = self->scale * rectangle.x + border, *y = self->scale * rectangle.y + border;
  *width = self->scale * rectangle.width, *height = self->scale * rectangle.height;
}
