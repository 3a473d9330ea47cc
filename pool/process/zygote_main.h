/* The code that runs in the zygote. Only zygote.c includes this. */
#ifndef POOL_PROCESS_ZYGOTE_MAIN_H
#define POOL_PROCESS_ZYGOTE_MAIN_H

#include <sys/types.h>

#include "pool/process/zygote.h"

/*
 * The protocol between program and zygote over a SOCK_SEQPACKET socket. The
 * program sends the task, which is the memory of a worker (uint64_t) and the
 * descriptor of a file with the text; the zygote answers ZYGOTE_READY when it
 * is ready. Then, for each order, which is one byte and two descriptors (the
 * worker's socket and slot), the zygote answers with the pid or -errno.
 */
enum { ZYGOTE_READY = 0 };

struct zygote_answer {
	int pid;
};

/* Runs the zygote on this socket; never returns. parent: pid of the program. */
_Noreturn void zygote_run(int socket, pid_t parent,
			  const struct zygote_config *config);

#endif
