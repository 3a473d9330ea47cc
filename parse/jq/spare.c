/* The list of spares is short, so an array is searched. */
#include "parse/jq/spare.h"

#include <pthread.h>
#include <stdatomic.h>

/* Protects spares and their count. The count may be read without it. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct libjq *spares[SPARES_MAX];
static atomic_size_t count;

void spare_put(struct libjq *jq)
{
	struct libjq *rest = jq;

	libjq_reset_stop(jq);
	pthread_mutex_lock(&lock);
	if (count < SPARES_MAX) {
		spares[count++] = jq;
		rest = NULL;
	}
	pthread_mutex_unlock(&lock);
	libjq_close(rest);
}

bool spare_has_room(void)
{
	return count < SPARES_MAX;
}

/* Called with the lock. */
static struct libjq *take_locked(const struct libjq *jq)
{
	for (size_t i = 0; i < count; i++) {
		struct libjq *found = spares[i];

		if (!libjq_has_same_text(found, jq))
			continue;
		spares[i] = spares[--count];
		return found;
	}
	return NULL;
}

struct libjq *spare_take(const struct libjq *jq)
{
	struct libjq *found;

	if (!count)
		return NULL;
	pthread_mutex_lock(&lock);
	found = take_locked(jq);
	pthread_mutex_unlock(&lock);
	return found;
}
