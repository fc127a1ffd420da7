/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drive.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>

/* Asked by the leak sanitizer, where there is one. The driver is not what is judged here, and the library of
 * the accessibility bus loses an error when a program leaves in the middle of a question; the driven program
 * answers for itself. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}

/* Seconds. A machine under load may take long, sanitizers longer (XPS_PATIENCE); a healthy one never waits
 * for this. */
static int
get_patience (void)
{
  const char *text = g_getenv ("XPS_PATIENCE");
  return text != NULL ? atoi (text) : 30;
}

/* The bus is served while we wait. */
void
drive_wait (guint milliseconds)
{
  const gint64 end = g_get_monotonic_time () + milliseconds * 1000;
  while (g_get_monotonic_time () < end) {
    while (g_main_context_iteration (NULL, FALSE))
      ;
    g_usleep (5000);
  }
}

static void
require (void)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");
  const char *why = g_getenv ("DISPLAY") == NULL ? "no display"
                    : xdotool == NULL            ? "xdotool is not installed"
                                                 : NULL;
  if (why == NULL && g_getenv ("DBUS_SESSION_BUS_ADDRESS") == NULL)
    why = "no session bus";
  if (why == NULL)
    return;
  g_print ("1..0 # SKIP %s\n", why);
  exit (0);
}

void
drive_init (int *argc, char ***argv)
{
  require ();
  g_test_init (argc, argv, NULL);
  /* libatspi warns that GTK's programs have no cache of theirs to ask for. */
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  atspi_init ();
}

void
drive_set (Drive *self, const char *name, const char *value)
{
  g_ptr_array_add (self->environment, g_strdup_printf ("%s=%s", name, value));
}

Drive *
drive_new (void)
{
  static const char *const folders[][2] = {
      {"HOME", "."},
      {"XDG_DATA_HOME", "data"},
      {"XDG_CONFIG_HOME", "config"},
      {"XDG_STATE_HOME", "state"},
      {"XDG_CACHE_HOME", "cache"},
  };
  g_autoptr (GError) error = NULL;
  Drive *self = g_new0 (Drive, 1);
  self->scale = 1;
  self->home = g_dir_make_tmp ("corelevel-drive-XXXXXX", &error);
  g_assert_no_error (error);
  self->environment = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *folder = g_build_filename (self->home, folders[i][1], NULL);
    g_mkdir_with_parents (folder, 0700);
    g_ptr_array_add (self->environment, g_strdup_printf ("%s=%s", folders[i][0], folder));
  }
  drive_set (self, "LANGUAGE", "en"); /* words are looked for; numbers stay those of the locale */
  return self;
}

char *
drive_path (Drive *self, const char *name)
{
  return g_build_filename (self->home, name, NULL);
}

static GSubprocess *
spawn (Drive *self, const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_subprocess_launcher_unsetenv (launcher, "GTK_A11Y"); /* tests in process switch the bus off */
  /* GTK and GIO leave their recent files, bus workers and quarks behind at the end, with stacks that no
   * suppression can name; leaks are judged by the tests in process. Everything else that a sanitizer finds
   * still ends the program. */
  const char *options = g_getenv ("ASAN_OPTIONS");
  g_autofree char *without_leaks = g_strconcat (options != NULL ? options : "", ":detect_leaks=0", NULL);
  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", without_leaks, TRUE);
  for (guint i = 0; i < self->environment->len; i++) {
    g_auto (GStrv) pair = g_strsplit (g_ptr_array_index (self->environment, i), "=", 2);
    g_subprocess_launcher_setenv (launcher, pair[0], pair[1], TRUE);
  }
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_ptr_array_add (argv, (char *)g_getenv ("XPS_APP"));
  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *)arguments[i]);
  g_ptr_array_add (argv, NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv->pdata, &error);
  g_assert_no_error (error);
  return process;
}

/* The one whose process we started: a killed one may still be listed for a moment. */
static AtspiAccessible *
find_application (guint pid)
{
  drive_auto AtspiAccessible *desktop = atspi_get_desktop (0);
  const int n = desktop != NULL ? atspi_accessible_get_child_count (desktop, NULL) : 0;
  for (int i = 0; i < n; i++) {
    drive_auto AtspiAccessible *child = atspi_accessible_get_child_at_index (desktop, i, NULL);
    if (child != NULL && atspi_accessible_get_process_id (child, NULL) == pid)
      return g_steal_pointer (&child);
  }
  return NULL;
}

static gboolean
window_is_there (gpointer data)
{
  Drive *self = data;
  const char *id = g_subprocess_get_identifier (self->process);
  if (id == NULL)
    g_error ("the program ended at its start");
  g_clear_object (&self->application);
  self->application = find_application ((guint)atoi (id));
  if (self->application == NULL)
    return FALSE;
  atspi_accessible_set_cache_mask (self->application, ATSPI_CACHE_NONE);
  return atspi_accessible_get_child_count (self->application, NULL) > 0;
}

void
drive_start (Drive *self, const char *const *arguments)
{
  g_assert_null (self->process);
  self->process = spawn (self, arguments);
  drive_wait_for (self, window_is_there, self, "the window");
  drive_wait (200);
}

static void
forget_process (Drive *self)
{
  g_clear_object (&self->application);
  g_clear_object (&self->process);
}

void
drive_kill (Drive *self)
{
  g_subprocess_force_exit (self->process); /* SIGKILL */
  g_subprocess_wait (self->process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (self->process));
  forget_process (self);
}

/* What was not saved is given up when the program asks. */
static gboolean
has_ended (gpointer data)
{
  Drive *self = data;
  if (g_subprocess_get_identifier (self->process) == NULL)
    return TRUE;
  drive_auto AtspiAccessible *discard = drive_look (self->application, ATSPI_ROLE_PUSH_BUTTON, "*Discard");
  if (discard != NULL)
    drive_do (discard);
  return FALSE;
}

void
drive_quit (Drive *self)
{
  drive_key (self, "ctrl+q");
  drive_wait_for (self, has_ended, self, "the end of the program");
  g_subprocess_wait (self->process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (self->process));
  g_assert_cmpint (g_subprocess_get_exit_status (self->process), ==, 0);
  forget_process (self);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_folder (child);
  }
  g_remove (path);
}

void
drive_free (Drive *self)
{
  if (self->process != NULL)
    drive_kill (self);
  remove_folder (self->home);
  g_free (self->home);
  g_ptr_array_unref (self->environment);
  g_free (self);
}

/* ---- waiting ---- */

void
drive_wait_for (Drive *self, DriveCheck check, gpointer data, const char *what)
{
  const int patience = get_patience ();
  const gint64 end = g_get_monotonic_time () + patience * G_USEC_PER_SEC;
  for (; !check (data); drive_wait (50))
    if (g_get_monotonic_time () > end) {
      drive_print (self);
      drive_picture ("failed");
      g_error ("waited %d s for %s", patience, what);
    }
}

static gboolean
file_is_there (gpointer path)
{
  GStatBuf buffer;
  return g_stat (path, &buffer) == 0 && buffer.st_size > 0;
}

void
drive_wait_for_file (Drive *self, const char *path)
{
  drive_wait_for (self, file_is_there, (gpointer)path, path);
}
