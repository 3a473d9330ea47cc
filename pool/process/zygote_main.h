/* The zygote's own side: what runs in it. Only zygote.c includes this. */
#ifndef POOL_PROCESS_ZYGOTE_MAIN_H
#define POOL_PROCESS_ZYGOTE_MAIN_H

#include <sys/types.h>

#include "pool/process/zygote.h"

/* Over a SOCK_SEQPACKET: the zygote is sent its task, which is the memory of a
 * worker (uint64_t) and the descriptor of a file with the text, and sends a
 * ready answer once it is; then for each order, which is one byte and two
 * descriptors (the worker's socket and place), the pid or -errno. */
enum { ZYGOTE_READY = 0 };

struct zygote_answer {
	int pid;
};

/* Becomes the zygote on this socket; returns never. parent: the program. */
_Noreturn void zygote_run(int socket, pid_t parent,
			  const struct zygote_config *config);

#endif
