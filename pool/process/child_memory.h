/* What pool/process/child.c does when its worker asks for memory; not for others. */
#ifndef POOL_PROCESS_CHILD_MEMORY_H
#define POOL_PROCESS_CHILD_MEMORY_H

#include "pool/process/child.h"

/* Reads the worker's request, to be granted when it is its turn (child_grant()).
 * -1: it makes no sense, so the worker is broken. */
int child_memory_read_want(struct child *c);

/* Takes back all that the worker has: its page is finished, or it is dead. */
void child_memory_release(struct child *c);

#endif
