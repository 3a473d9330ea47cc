/*
 * A worker process: reads jobs from its socket, does the work, answers. One
 * job at a time, in the order in which they came, until the socket ends.
 *
 * It has no descriptor but the socket and standard error, and is in a sandbox
 * from before the first job on. Which job it is at stands in a page of memory
 * that the stage can see when the worker is no more.
 */
#ifndef POOL_PROCESS_WORKER_H
#define POOL_PROCESS_WORKER_H

#include <stdatomic.h>
#include <stdint.h>

#include "pool/stage.h"

struct worker_slot {
	_Atomic uint64_t seq;	/* of the job being done; 0: none */
	/* The budget of all workers (base/memory_budget.h); set once by the
	 * stage. */
	uint64_t budget;
	unsigned workers;
	/* The stage's answer to WIRE_WANT: what the page may have, and a number
	 * that changes with each answer, for futex(2). The worker writes 0 to
	 * granted before it asks. The stage believes nothing that it reads
	 * here: it keeps account of what it has granted. */
	_Atomic uint32_t answers;
	_Atomic uint64_t granted;
};

/* How a worker ends that could not get memory. */
enum { WORKER_NO_MEMORY = 77 };

/* Never returns. memory: see sandbox.h. */
_Noreturn void worker_run(int socket, struct worker_slot *place,
			  const struct work *work, const void *config,
			  uint64_t memory);

#endif
