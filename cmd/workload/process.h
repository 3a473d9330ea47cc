/*
 * Runs the workload server in a process of its own, so that its CPU time and
 * memory are not part of the measurements. The process is forked while there
 * are no threads, ends with the program however the program ends, and keeps
 * none of the program's descriptors.
 */
#ifndef CMD_WORKLOAD_PROCESS_H
#define CMD_WORKLOAD_PROCESS_H

#include <sys/types.h>

#include "base/buf.h"

/* Starts the server, and waits until it accepts requests. Returns its pid, and
 * the port of 127.0.0.1 that the kernel chose; or -1 and appends the reason to
 * why. */
pid_t workload_process_start(unsigned *port, struct buf *why);

/* Kills and reaps the server. */
void workload_process_stop(pid_t pid);

#endif
