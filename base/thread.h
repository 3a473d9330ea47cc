/* Starts threads. */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>
#include <stddef.h>

/*
 * Starts a thread with a stack of that size in bytes (0: the system's default).
 * Signals are blocked, so that the main thread handles them; except those of
 * faults (SIGSEGV, SIGABRT ...), because blocking them would hide where the
 * fault was. Returns 0, or an errno.
 */
int thread_start(pthread_t *thread, size_t stack, void *(*run)(void *arg),
		 void *arg);

#endif
