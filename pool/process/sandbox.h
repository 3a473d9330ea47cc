/*
 * The sandbox of a process that reads untrusted pages. The process can read and
 * write one socket and write standard error; it has no other descriptor and
 * cannot open one. It gains no privileges, loads no code, starts no process or
 * thread, and its memory is limited. A system call that is not allowed kills
 * the process (SIGSYS).
 *
 * Data that is loaded on first use (character converters, time zones, locales)
 * must be loaded before sandbox_enter(), because the process cannot open files.
 */
#ifndef POOL_PROCESS_SANDBOX_H
#define POOL_PROCESS_SANDBOX_H

#include <stdint.h>

/* The descriptor that is a worker's socket. */
enum { SANDBOX_SOCKET = 0 };

/* A result of sandbox_enter() for builds that cannot use a sandbox. It is not
 * an errno. */
enum { SANDBOX_UNSUPPORTED = -1 };

/*
 * Confines this process until it ends. memory: bytes by which its address space
 * may grow from now on. Returns 0; or, if no filter could be installed (a
 * kernel without seccomp), the errno. The resource limits are set in both
 * cases.
 *
 * Under sanitizers and valgrind, which need terabytes of address space and many
 * system calls, does nothing and returns SANDBOX_UNSUPPORTED.
 */
int sandbox_enter(uint64_t memory);

#endif
