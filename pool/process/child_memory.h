/* Memory requests of a worker process. Only pool/process/child.c includes
 * this. */
#ifndef POOL_PROCESS_CHILD_MEMORY_H
#define POOL_PROCESS_CHILD_MEMORY_H

#include "pool/process/child.h"

/* Reads the worker's request for memory, which child_grant() grants later.
 * Returns -1 if the request is not valid: then the worker is broken. */
int child_memory_read_want(struct child *c);

/* Takes back all memory of the worker. Called when its page is finished or the
 * worker has ended. */
void child_memory_release(struct child *c);

#endif
