/* Threads. */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>
#include <stddef.h>

/*
 * Starts one with a stack of that size (0: the system's). Signals stay with the
 * main thread, which knows what to do about them; but a fault is the thread's
 * own, and blocking it would hide where it was. 0, or an errno.
 */
int thread_start(pthread_t *thread, size_t stack, void *(*run)(void *arg),
		 void *arg);

#endif
