/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The process that libhdf5 runs in, kept to what computing needs. */

/* For good: from here on this process may ask for memory that holds no code, talk on `socket`, look at the
 * clock and end. Every other system call fails with EPERM: no file is opened, no other descriptor of the
 * program's used, nothing sent, started or signalled; nor does it leave a core. FALSE where the system has no
 * such filters (another system or machine than Linux on x86-64 or ARM64; a sanitizer's build, which needs
 * more): limits of memory and time hold there, too. */
gboolean xps_hdf5_confine (int socket);
