/*
 * A process that reads what strangers wrote, and can do little else: it reads
 * and writes one socket, writes standard error, and has no other descriptor and
 * no way to one; it gets no new privileges, runs no new code, starts nothing,
 * and has an end to its memory. Anything else it tries ends it by SIGSYS.
 *
 * What is loaded when first used (character converters, time zones, locales)
 * must be there before: opening a file is one of the things it cannot do.
 */
#ifndef POOL_PROCESS_SANDBOX_H
#define POOL_PROCESS_SANDBOX_H

#include <stdint.h>

/* The descriptor of the socket. */
enum { SANDBOX_SOCKET = 0 };

/* No errno. */
enum { SANDBOX_UNSUPPORTED = -1 };

/* For the rest of this process's life. memory: bytes that its address space
 * may grow from here. Returns 0, or the errno for which there is no filter
 * (a kernel without seccomp); the limit is set all the same.
 *
 * Does nothing under sanitizers and valgrind, which need terabytes of address
 * space and all sorts of system calls: returns SANDBOX_UNSUPPORTED. */
int sandbox_enter(uint64_t memory);

#endif
