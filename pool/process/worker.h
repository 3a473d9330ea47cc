/*
 * A worker process: reads jobs from its socket, does the work and replies, one
 * job at a time and in order, until the socket is closed.
 *
 * It has no descriptors but the socket and standard error, and enters its
 * sandbox before the first job. The number of its current job is in a page of
 * shared memory, where the stage can read it after the worker has died.
 */
#ifndef POOL_PROCESS_WORKER_H
#define POOL_PROCESS_WORKER_H

#include <stdatomic.h>
#include <stdint.h>

#include "pool/stage.h"

struct worker_slot {
	_Atomic uint64_t seq;	/* number of the current job; 0: none */
	/* The memory budget of all workers in bytes, and their number
	 * (base/memory_budget.h); set once by the stage. */
	uint64_t budget;
	unsigned workers;
	/* The stage's answer to WIRE_WANT: the bytes that the page may have,
	 * and a number that changes with each answer, for futex(2). The worker
	 * sets granted to 0 before it asks. The stage does not trust these
	 * values: it has its own account of what it has granted. */
	_Atomic uint32_t answers;
	_Atomic uint64_t granted;
};

/* Exit code of a worker that could not get enough memory. */
enum { WORKER_NO_MEMORY = 77 };

/* Runs the worker; never returns. memory: as in sandbox_enter(). */
_Noreturn void worker_run(int socket, struct worker_slot *slot,
			  const struct work *work, const void *config,
			  uint64_t memory);

#endif
