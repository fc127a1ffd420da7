/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "formats/hdf5-confine.h"
#include "formats/hdf5-private.h"

/* The library in a process of its own. libhdf5 1.10 reads outside its memory, loops or asks for all there is
 * on files that are damaged in the right places (H5HG_read, say, writes behind a heap that an address
 * sanitizer watches); here that ends a child of ours, and the file is refused in words. The child has limits
 * of memory and time and can open, send and start nothing (hdf5-confine.h), whatever a file makes of it. The
 * child is a fork: it has the file's bytes already and answers questions about nodes by their index. Answers
 * are checked as if they came from the file itself. */

/* Of computing, which takes milliseconds for a file of some megabytes, and of waiting for a busy machine. */
#define MOST_SECONDS   2
#define BYTES_A_SECOND (2u << 20)
#define WAITING        30 /* times as long */
#define LONGEST_NAME   65536
#define LONGEST_ANSWER (1u << 26) /* bytes, but of numbers */

typedef enum { ASK_NUMBERS, ASK_TEXT, ASK_ATTRIBUTE } Question;

typedef struct {
  guint32 question, node, length; /* of the name that follows */
} Request;

/* Followed by `length` bytes. `code`: -1 done, else an XpsFormatsError and the bytes are its message. */
typedef struct {
  gint32 code;
  guint32 count;
  guint64 length;
} Answer;

/* One for each node, behind its parent's; followed by name and target. */
typedef struct {
  guint32 parent, same; /* G_MAXUINT32: none */
  guint32 kind, rank, name_length, target_length;
  guint64 shape[XPS_HDF5_RANK];
} NodeRecord;

/* ---- the socket ---- */

static gboolean
put (int socket, const void *data, gsize n)
{
  for (const char *at = data; n > 0;) {
    const ssize_t done = send (socket, at, n, MSG_NOSIGNAL);
    if (done < 0 && errno == EINTR)
      continue;
    if (done <= 0)
      return FALSE;
    at += done;
    n -= (gsize)done;
  }
  return TRUE;
}

static gboolean
get (int socket, void *data, gsize n)
{
  for (char *at = data; n > 0;) {
    const ssize_t done = recv (socket, at, n, 0);
    if (done < 0 && errno == EINTR)
      continue;
    if (done <= 0)
      return FALSE;
    at += done;
    n -= (gsize)done;
  }
  return TRUE;
}

/* ---- the side of the library ---- */

static gboolean
answer (int socket, gint32 code, guint32 count, const void *data, gsize n)
{
  const Answer head = {code, count, n};

  return put (socket, &head, sizeof head) && put (socket, data, n);
}

static gboolean
answer_error (int socket, const GError *error)
{
  return answer (socket, error->code, 0, error->message, strlen (error->message));
}

static gboolean
put_nodes (const XpsHdf5 *self)
{
  if (!answer (self->socket, -1, self->nodes->len, NULL, 0))
    return FALSE;
  for (guint i = 0; i < self->nodes->len; i++) {
    const XpsHdf5Node *node = g_ptr_array_index (self->nodes, i);
    NodeRecord record = {
        .parent = node->parent != NULL ? node->parent->index : G_MAXUINT32,
        .same = node->same != NULL ? node->same->index : G_MAXUINT32,
        .kind = node->kind,
        .rank = node->rank,
        .name_length = (guint32)strlen (node->name),
        .target_length = node->target != NULL ? (guint32)strlen (node->target) : G_MAXUINT32,
    };
    for (guint k = 0; k < node->rank; k++)
      record.shape[k] = node->shape[k];
    if (!put (self->socket, &record, sizeof record) || !put (self->socket, node->name, record.name_length) ||
        (node->target != NULL && !put (self->socket, node->target, record.target_length)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
answer_numbers (XpsHdf5 *self, const XpsHdf5Node *node)
{
  g_autoptr (GError) error = NULL;
  g_autofree double *out = g_try_new0 (double, node->n);

  if (out == NULL)
    xps_hdf5_fail (self, XPS_FORMATS_ERROR_TOO_LARGE, node, N_ ("more values than memory is allowed for"),
                   N_ ("save the part that matters in a file of its own"), &error);
  if (out == NULL || !xps_hdf5_read_numbers (self, node, out, &error))
    return answer_error (self->socket, error);
  return answer (self->socket, -1, 0, out, node->n * sizeof (double));
}

static gboolean
answer_text (XpsHdf5 *self, const XpsHdf5Node *node)
{
  g_autofree char *text = xps_hdf5_read_text (self, node);

  return answer (self->socket, -1, text != NULL, text != NULL ? text : "", text != NULL ? strlen (text) : 0);
}

/* Words one behind the other, each with its NUL. */
static gboolean
answer_attribute (XpsHdf5 *self, const XpsHdf5Node *node, const char *name)
{
  XpsHdf5Attribute attribute = xps_hdf5_read_attribute (self, node, name);
  g_autoptr (GString) bytes = g_string_new (NULL);
  guint32 count = 0;

  if (attribute.words != NULL)
    count = attribute.words->len;
  for (guint i = 0; i < count; i++) {
    const char *word = g_ptr_array_index (attribute.words, i);
    g_string_append_len (bytes, word, (gssize)strlen (word) + 1);
  }
  if (attribute.numbers != NULL)
    g_string_append_len (bytes, (const char *)attribute.numbers, (gssize)(attribute.n * sizeof (double)));
  xps_hdf5_attribute_clear (&attribute);
  return answer (self->socket, -1, count, bytes->str, bytes->len);
}

static gboolean
answer_next (XpsHdf5 *self)
{
  Request request;

  if (!get (self->socket, &request, sizeof request) || request.node >= self->nodes->len ||
      request.length > LONGEST_NAME)
    return FALSE;
  const XpsHdf5Node *node = g_ptr_array_index (self->nodes, request.node);
  g_autofree char *name = g_malloc0 (request.length + 1);
  if (!get (self->socket, name, request.length))
    return FALSE;
  if (request.question == ASK_NUMBERS)
    return answer_numbers (self, node);
  return request.question == ASK_TEXT ? answer_text (self, node) : answer_attribute (self, node, name);
}

/* Beyond what the program has already; not under a sanitizer, which reserves terabytes. */
static void
limit_memory (gsize file_size)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  FILE *statm = fopen ("/proc/self/statm", "r");
  char text[64] = "";

  if (statm == NULL)
    return;
  const gboolean known = fgets (text, sizeof text, statm) != NULL;
  fclose (statm);
  const guint64 pages = known ? g_ascii_strtoull (text, NULL, 10) : 0;
  const rlim_t bytes = (rlim_t)(pages * (guint64)sysconf (_SC_PAGESIZE)) + (64u << 20) +
                       (rlim_t)file_size * 2 * XPS_MEMORY_FACTOR + 2 * XPS_MEMORY_FLOOR;
  if (pages > 0)
    setrlimit (RLIMIT_AS, &(struct rlimit){bytes, bytes});
#endif
}

static void
limit_process (gsize file_size)
{
  static const int fatal[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGALRM, SIGXCPU};

  /* It goes quietly: no core, no handler of the program's. */
  for (guint i = 0; i < G_N_ELEMENTS (fatal); i++)
    signal (fatal[i], SIG_DFL);
  setrlimit (RLIMIT_CORE, &(struct rlimit){0, 0});
  const guint seconds = MOST_SECONDS + (guint)(file_size / BYTES_A_SECOND);
  setrlimit (RLIMIT_CPU, &(struct rlimit){seconds, seconds});
  alarm (seconds * WAITING);
  limit_memory (file_size);
}

static void
serve (XpsHdf5 *self, GBytes *bytes)
{
  GError *error = NULL;

  limit_process (self->size);
  xps_hdf5_confine (self->socket);
  if (!xps_hdf5_walk (self, bytes, &error))
    answer_error (self->socket, error);
  else if (put_nodes (self))
    while (answer_next (self))
      ;
  _exit (0);
}

/* ---- the side of the reader ---- */

static gboolean
fail_dead (XpsHdf5 *self, GError **error)
{
  self->dead = TRUE;
  xps_hdf5_check (self, error);
  return FALSE;
}

gboolean
xps_hdf5_check (const XpsHdf5 *self, GError **error)
{
  return !self->dead || xps_hdf5_fail (self, XPS_FORMATS_ERROR_MALFORMED, NULL,
                                       N_ ("the HDF5 file is damaged: the library failed on it"),
                                       N_ ("copy the file again"), error);
}

/* The head of an answer; the bytes of an error are taken off the socket. */
static gboolean
get_answer (XpsHdf5 *self, Answer *head, GError **error)
{
  if (self->dead || !get (self->socket, head, sizeof *head))
    return fail_dead (self, error);
  if (head->code < 0)
    return TRUE;
  if (head->length > LONGEST_NAME)
    return fail_dead (self, error);
  g_autofree char *message = g_malloc0 (head->length + 1);
  if (!get (self->socket, message, head->length))
    return fail_dead (self, error);
  g_set_error (error, XPS_FORMATS_ERROR, head->code, "%s", message);
  return FALSE;
}

static gboolean
ask (XpsHdf5 *self, Question question, const XpsHdf5Node *node, const char *name, Answer *head,
     GError **error)
{
  const gsize length = strlen (name);
  const Request request = {question, node->index, (guint32)length};

  if (self->dead || length > LONGEST_NAME || !put (self->socket, &request, sizeof request) ||
      !put (self->socket, name, length))
    return fail_dead (self, error);
  return get_answer (self, head, error);
}

gboolean
xps_hdf5_ask_numbers (XpsHdf5 *self, const XpsHdf5Node *node, double *out, GError **error)
{
  Answer head = {0};

  if (!ask (self, ASK_NUMBERS, node, "", &head, error))
    return FALSE;
  if (head.length != node->n * sizeof (double) || !get (self->socket, out, head.length))
    return fail_dead (self, error);
  return TRUE;
}

/* The bytes behind an answer, with a NUL; NULL where they are missing. */
static char *
get_bytes (XpsHdf5 *self, const Answer *head)
{
  char *bytes = head->length <= LONGEST_ANSWER ? g_try_malloc0 (head->length + 1) : NULL;

  if (bytes != NULL && get (self->socket, bytes, head->length))
    return bytes;
  self->dead = TRUE;
  g_free (bytes);
  return NULL;
}

char *
xps_hdf5_ask_text (XpsHdf5 *self, const XpsHdf5Node *node)
{
  Answer head = {0};
  g_autofree char *text = ask (self, ASK_TEXT, node, "", &head, NULL) ? get_bytes (self, &head) : NULL;

  if (text == NULL || head.count == 0)
    return NULL;
  return g_utf8_make_valid (text, -1);
}

XpsHdf5Attribute
xps_hdf5_ask_attribute (XpsHdf5 *self, const XpsHdf5Node *node, const char *name)
{
  XpsHdf5Attribute out = {0};
  Answer head = {0};
  g_autofree char *bytes =
      node != NULL && ask (self, ASK_ATTRIBUTE, node, name, &head, NULL) ? get_bytes (self, &head) : NULL;

  if (bytes == NULL || head.length == 0)
    return out;
  if (head.count == 0) {
    out.n = head.length / sizeof (double);
    out.numbers = g_new0 (double, out.n + 1);
    memcpy (out.numbers, bytes, out.n * sizeof (double));
    return out;
  }
  out.words = g_ptr_array_new_with_free_func (g_free);
  for (gsize at = 0; at < head.length && out.words->len < head.count; at += strlen (bytes + at) + 1)
    g_ptr_array_add (out.words, g_utf8_make_valid (bytes + at, -1));
  out.n = out.words->len;
  return out;
}

/* ---- the tree ---- */

static XpsHdf5Node *
find_index (const XpsHdf5 *self, guint32 index)
{
  return index < self->nodes->len ? g_ptr_array_index (self->nodes, index) : NULL;
}

static gboolean
fill_node (const XpsHdf5 *self, const NodeRecord *record, XpsHdf5Node *node)
{
  gsize n = 1;

  if (record->kind > XPS_HDF5_OTHER || record->rank > XPS_HDF5_RANK)
    return FALSE;
  node->kind = record->kind;
  node->rank = record->rank;
  for (guint k = 0; k < node->rank; k++) {
    node->shape[k] = (gsize)record->shape[k];
    if (node->shape[k] == 0 || !g_size_checked_mul (&n, n, node->shape[k]))
      return FALSE;
  }
  node->n = node->kind == XPS_HDF5_NUMBERS || node->kind == XPS_HDF5_TEXT ? n : 0;
  if (node->kind == XPS_HDF5_GROUP && record->same == G_MAXUINT32)
    node->children = g_ptr_array_new_with_free_func (xps_hdf5_free_node);
  node->same = find_index (self, record->same);
  return node->same == NULL || node->same->children != NULL;
}

static gboolean
get_node (XpsHdf5 *self)
{
  NodeRecord record;

  if (!get (self->socket, &record, sizeof record) || record.name_length > LONGEST_NAME ||
      (record.target_length > LONGEST_NAME && record.target_length != G_MAXUINT32))
    return FALSE;
  g_autofree char *name = g_malloc0 (record.name_length + 1);
  g_autofree char *target = record.target_length != G_MAXUINT32 ? g_malloc0 (record.target_length + 1) : NULL;
  if (!get (self->socket, name, record.name_length) ||
      (target != NULL && !get (self->socket, target, record.target_length)))
    return FALSE;
  XpsHdf5Node *parent = find_index (self, record.parent);
  if ((parent == NULL) != (self->nodes->len == 0) || (parent != NULL && parent->children == NULL) ||
      !g_utf8_validate (name, -1, NULL))
    return FALSE;
  XpsHdf5Node *node = xps_hdf5_add_node (self, parent, name);
  if (node == NULL)
    return FALSE;
  node->target = g_steal_pointer (&target);
  return fill_node (self, &record, node);
}

static gboolean
get_nodes (XpsHdf5 *self, GError **error)
{
  Answer head = {0};

  if (!get_answer (self, &head, error))
    return FALSE;
  for (guint32 i = 0; i < head.count; i++)
    if (!get_node (self))
      return fail_dead (self, error);
  const XpsHdf5Node *root = find_index (self, 0);
  return (root != NULL && root->children != NULL) || fail_dead (self, error);
}

gboolean
xps_hdf5_start (XpsHdf5 *self, GBytes *bytes, GError **error)
{
  int sockets[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) < 0)
    return xps_hdf5_fail (self, XPS_FORMATS_ERROR_UNKNOWN, NULL, g_strerror (errno), N_ ("try again"), error);
  /* Loaded here: the child, which says what is wrong in the user's language, opens no files. */
  (void)_ ("the values can not be read");
  self->child = fork ();
  if (self->child == 0) {
    close (sockets[0]);
    self->socket = sockets[1];
    serve (self, bytes);
  }
  close (sockets[1]);
  self->socket = sockets[0];
  if (self->child < 0)
    return xps_hdf5_fail (self, XPS_FORMATS_ERROR_UNKNOWN, NULL, g_strerror (errno), N_ ("try again"), error);
  return get_nodes (self, error);
}

void
xps_hdf5_stop (XpsHdf5 *self)
{
  if (self->socket >= 0)
    close (self->socket);
  if (self->child <= 0)
    return;
  kill (self->child, SIGKILL);
  while (waitpid (self->child, NULL, 0) < 0 && errno == EINTR)
    ;
}
