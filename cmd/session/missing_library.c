#include "cmd/session/missing_library.h"

#include <pthread.h>
#include <stddef.h>

#include "base/library/library.h"
#include "cmd/engine/signals.h"
#include "cmd/session/session.h"

/* Protects the members. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t stopped = PTHREAD_COND_INITIALIZER;
static struct {
	struct session *session;	/* NULL: nothing is watched */
	pthread_t loop_thread;
	bool is_found;
} watch;

/* Called with the lock, which is released while the thread waits. */
static void wait_for_stop(void)
{
	watch.is_found = true;
	signals_wake();
	while (watch.session)
		pthread_cond_wait(&stopped, &lock);
}

static void on_missing(void)
{
	struct session *own = NULL;

	pthread_mutex_lock(&lock);
	if (watch.session && pthread_equal(pthread_self(), watch.loop_thread))
		own = watch.session;
	else if (watch.session)
		wait_for_stop();
	pthread_mutex_unlock(&lock);
	if (own)
		session_stop(own);
}

void missing_library_watch(struct session *s)
{
	pthread_mutex_lock(&lock);
	watch.session = s;
	watch.loop_thread = pthread_self();
	pthread_mutex_unlock(&lock);
	library_set_on_missing(on_missing);
}

void missing_library_unwatch(void)
{
	pthread_mutex_lock(&lock);
	watch.session = NULL;
	pthread_cond_broadcast(&stopped);
	pthread_mutex_unlock(&lock);
}

bool missing_library_is_found(void)
{
	bool is_found;

	pthread_mutex_lock(&lock);
	is_found = watch.is_found;
	pthread_mutex_unlock(&lock);
	return is_found;
}
