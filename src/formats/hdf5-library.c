/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/hdf5-library.h"

#include <dlfcn.h>
#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "formats/formats.h"

/* The one state here belongs to the library, which has a list of open files for the whole process. */
static GMutex mutex;
static XpsHdf5Library library;
static gboolean loaded;
static H5E_auto2_t report; /* of whoever else uses it */
static void *report_data;

const XpsHdf5Library *
h5 (void)
{
  return &library;
}

static gboolean
find_symbols (void *handle)
{
  gboolean found = TRUE;
  hid_t *constant = NULL;

/* Names are expanded before they are made text: newer versions map one name to another. */
#define TEXT_OF(name) #name
#define TEXT(name)    TEXT_OF (name)
#define FUNCTION(name)                                                                                       \
  *(void **)&library.name = dlsym (handle, TEXT (H5##name));                                                 \
  found = found && library.name != NULL;
#define CONSTANT(name)                                                                                       \
  constant = dlsym (handle, "H5" #name "_g");                                                                \
  found = found && constant != NULL;                                                                         \
  library.name = constant != NULL ? *constant : -1;

  XPS_HDF5_FUNCTIONS (FUNCTION)
  /* It fills its constants in when it is first asked for something. */
  if (!found || library.open () < 0)
    return FALSE;
  XPS_HDF5_CONSTANTS (CONSTANT)
  return found;
}

static gboolean
load (const char *name, GError **error)
{
  if (loaded)
    return TRUE;
  void *handle = dlopen (XPS_HDF5_LIBRARY, RTLD_NOW | RTLD_LOCAL);
  loaded = handle != NULL && find_symbols (handle);
  if (loaded)
    return TRUE;
  return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_UNKNOWN, name, NULL,
                        "HDF5 files need the library " XPS_HDF5_LIBRARY ", which is not there",
                        N_ ("install it"));
}

gboolean
xps_hdf5_lock (const char *name, GError **error)
{
  g_mutex_lock (&mutex);
  if (!load (name, error)) {
    g_mutex_unlock (&mutex);
    return FALSE;
  }
  library.Eget_auto2 (H5E_DEFAULT, &report, &report_data);
  library.Eset_auto2 (H5E_DEFAULT, NULL, NULL);
  /* No code out of folders that the environment names. */
  library.PLset_loading_state (0);
  return TRUE;
}

void
xps_hdf5_unlock (void)
{
  library.Eset_auto2 (H5E_DEFAULT, report, report_data);
  g_mutex_unlock (&mutex);
}
