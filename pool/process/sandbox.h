/*
 * The sandbox of a process that reads untrusted pages. The process can read and
 * write one socket and write standard error; it has no other descriptor and
 * cannot open one. It gains no privileges, loads no code, starts no process or
 * thread, and its memory is limited. Any other system call kills it (SIGSYS).
 *
 * Data that is loaded on first use (character converters, time zones, locales)
 * must be loaded before, because the process cannot open files.
 */
#ifndef POOL_PROCESS_SANDBOX_H
#define POOL_PROCESS_SANDBOX_H

#include <stdint.h>

/* Descriptor of the socket in the worker. */
enum { SANDBOX_SOCKET = 0 };

/* A result of sandbox_enter() that is not an errno. */
enum { SANDBOX_UNSUPPORTED = -1 };

/* Confines this process until it ends. memory: bytes by which its address space
 * may grow from now on. Returns 0; or the errno for which no filter could be
 * installed (a kernel without seccomp), and the limits are set nevertheless.
 *
 * Under sanitizers and valgrind, which need terabytes of address space and many
 * system calls, does nothing and returns SANDBOX_UNSUPPORTED. */
int sandbox_enter(uint64_t memory);

#endif
