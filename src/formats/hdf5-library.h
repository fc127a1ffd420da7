/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The library renames functions from version to version; these names hold in all of them since 1.10. */
#define H5_USE_110_API
#include <glib.h>
#include <hdf5.h>

/* Its constants call the library before they say their number. */
#undef H5CHECK
#define H5CHECK
#undef H5OPEN
#define H5OPEN

/* libhdf5, loaded when the first HDF5 file is opened. Linked in the usual way it brings some thirty libraries
 * with it (it can read over the network) and more than doubles the time that every command needs to start. It
 * is the very library that the program was built with: the build asks the linker for its name. */

/* clang-format off */
#define XPS_HDF5_FUNCTIONS(F) \
  F (Aclose) F (Acreate2) F (Aexists) F (Aget_space) F (Aget_type) F (Aopen) F (Aread) F (Awrite) \
  F (Dclose) F (Dcreate2) F (Dget_chunk_storage_size) F (Dget_create_plist) F (Dget_space) \
  F (Dget_type) F (Dread) F (Dread_chunk) F (Dvlen_reclaim) F (Dwrite) F (Eget_auto2) F (Eset_auto2) \
  F (Fclose) F (Fcreate) F (Fflush) F (Fget_file_image) F (Fopen) F (Gclose) F (Gcreate2) \
  F (Gget_create_plist) F (Gopen2) F (Iget_type) F (Lcreate_hard) F (Lget_val) F (Literate) F (Oclose) \
  F (Oopen) F (PLset_loading_state) F (Pclose) F (Pcreate) F (Pfill_value_defined) F (Pget_chunk) \
  F (Pget_external_count) F (Pget_fill_value) F (Pget_filter2) F (Pget_layout) \
  F (Pget_link_creation_order) F (Pget_nfilters) F (Pset_elink_cb) F (Pset_fapl_core) \
  F (Pset_fclose_degree) F (Pset_file_image) F (Pset_link_creation_order) F (Pset_obj_track_times) \
  F (Sclose) F (Screate) F (Screate_simple) F (Sget_simple_extent_dims) F (Sget_simple_extent_ndims) \
  F (Sget_simple_extent_npoints) F (Sget_simple_extent_type) F (Sselect_elements) F (Tclose) \
  F (Tconvert) F (Tcopy) F (Tequal) F (Tget_class) F (Tget_size) F (Tis_variable_str) F (Tset_cset) \
  F (Tset_size) F (open)

/* Variables of the library behind its constants. */
#define XPS_HDF5_CONSTANTS(F) \
  F (P_CLS_DATASET_CREATE_ID) F (P_CLS_FILE_ACCESS_ID) F (P_CLS_FILE_CREATE_ID) F (P_CLS_GROUP_CREATE_ID) F (P_CLS_LINK_ACCESS_ID) \
  F (T_C_S1) F (T_IEEE_F32BE) F (T_IEEE_F32LE) F (T_IEEE_F64BE) F (T_IEEE_F64LE) F (T_NATIVE_DOUBLE) \
  F (T_NATIVE_INT64) F (T_STD_I16BE) F (T_STD_I16LE) F (T_STD_I32BE) F (T_STD_I32LE) F (T_STD_I64BE) \
  F (T_STD_I64LE) F (T_STD_I8BE) F (T_STD_I8LE) F (T_STD_U16BE) F (T_STD_U16LE) F (T_STD_U32BE) \
  F (T_STD_U32LE) F (T_STD_U64BE) F (T_STD_U64LE) F (T_STD_U8BE) F (T_STD_U8LE)
/* clang-format on */

/* H5Fopen() is ->Fopen, H5T_NATIVE_DOUBLE is ->T_NATIVE_DOUBLE. */
#define XPS_HDF5_MEMBER(name)   __typeof__ (&H5##name) name;
#define XPS_HDF5_CONSTANT(name) hid_t name;
typedef struct {
  XPS_HDF5_FUNCTIONS (XPS_HDF5_MEMBER)
  XPS_HDF5_CONSTANTS (XPS_HDF5_CONSTANT)
} XpsHdf5Library;

/* One thread at a time: the library keeps global state, and is built without threads on some systems. Also
 * silences its messages on stderr. FALSE with a message where it is not there; unlock after TRUE only. */
gboolean xps_hdf5_lock (const char *name, GError **error);
void xps_hdf5_unlock (void);
/* While locked. */
const XpsHdf5Library *h5 (void);
