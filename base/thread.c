/* Calls pthread_create() with a stack size and a signal mask. */
#include "base/thread.h"

#include <signal.h>

static void block_signals(sigset_t *before)
{
	sigset_t all;

	sigfillset(&all);
	sigdelset(&all, SIGSEGV);
	sigdelset(&all, SIGBUS);
	sigdelset(&all, SIGFPE);
	sigdelset(&all, SIGILL);
	sigdelset(&all, SIGABRT);
	sigdelset(&all, SIGTRAP);
	sigdelset(&all, SIGSYS);
	pthread_sigmask(SIG_SETMASK, &all, before);
}

int thread_start(pthread_t *thread, size_t stack, void *(*run)(void *arg),
		 void *arg)
{
	pthread_attr_t attr;
	sigset_t before;
	int error;

	pthread_attr_init(&attr);
	if (stack)
		pthread_attr_setstacksize(&attr, stack);
	/* Blocked before the start, because a new thread inherits the signal
	 * mask. */
	block_signals(&before);
	error = pthread_create(thread, &attr, run, arg);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attr);
	return error;
}
