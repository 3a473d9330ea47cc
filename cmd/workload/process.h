/*
 * The workloads' server in a process of its own, so that what it costs is not
 * counted with what is measured. It is forked while there are no threads, dies
 * with the program however that ends, and holds none of its descriptors.
 */
#ifndef CMD_WORKLOAD_PROCESS_H
#define CMD_WORKLOAD_PROCESS_H

#include <sys/types.h>

#include "base/buf.h"

/* Returns when it can be asked: its pid, and the port of 127.0.0.1 that the
 * kernel chose. -1: the reason was appended to why. */
pid_t workload_process_start(unsigned *port, struct buf *why);

/* Kills and reaps it. */
void workload_process_stop(pid_t pid);

#endif
