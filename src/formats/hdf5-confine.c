/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/hdf5-confine.h"

#include <errno.h>
#include <stddef.h>

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__)) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define CAN_CONFINE 1
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#ifdef CAN_CONFINE

#ifdef __x86_64__
#define MACHINE AUDIT_ARCH_X86_64
#else
#define MACHINE AUDIT_ARCH_AARCH64
#endif

/* Source: Linux, Documentation/userspace-api/seccomp_filter.rst. Arguments are 64 bits wide, and both
 * machines have the lower half first; the upper one does not matter to the kernel for a descriptor or for
 * flags. */
#define LOAD(field)  BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, field))
#define RETURN(what) BPF_STMT (BPF_RET | BPF_K, what)
#define ALLOW(call)  BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1), RETURN (SECCOMP_RET_ALLOW)
/* Refused, not killed: the allocator looks into /proc before it gives memory back, and can do without. */
#define REFUSE RETURN (SECCOMP_RET_ERRNO | EPERM)
/* On one descriptor only. */
#define ALLOW_ON(call, socket)                                                                               \
  BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, call, 0, 4), LOAD (args[0]),                                          \
      BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, (guint32)(socket), 0, 1), RETURN (SECCOMP_RET_ALLOW), REFUSE
/* Memory, but none that code can run in. */
#define ALLOW_DATA(call)                                                                                     \
  BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, call, 0, 4), LOAD (args[2]),                                          \
      BPF_JUMP (BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 1, 0), RETURN (SECCOMP_RET_ALLOW), REFUSE

gboolean
xps_hdf5_confine (int socket)
{
  struct sock_filter filter[] = {
      LOAD (arch),
      BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
      REFUSE,
      LOAD (nr),
      ALLOW_ON (SYS_sendto, socket),
      ALLOW_ON (SYS_recvfrom, socket),
      ALLOW_DATA (SYS_mmap),
      ALLOW_DATA (SYS_mprotect),
      ALLOW (SYS_munmap),
      ALLOW (SYS_mremap),
      ALLOW (SYS_madvise),
      ALLOW (SYS_brk),
      ALLOW (SYS_futex),
      ALLOW (SYS_clock_gettime),
      ALLOW (SYS_gettimeofday),
      ALLOW (SYS_getrandom),
      ALLOW (SYS_restart_syscall),
      ALLOW (SYS_rt_sigreturn),
      ALLOW (SYS_exit),
      ALLOW (SYS_exit_group),
      REFUSE,
  };
  const struct sock_fprog program = {G_N_ELEMENTS (filter), filter};

  /* a core would go to whatever program the system names, limits or not */
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
  return prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

#else

gboolean
xps_hdf5_confine (int socket)
{
  return FALSE;
}

#endif
