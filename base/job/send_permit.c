/* Counts the references to a permit, and compares its time with the clock. */
#include "base/job/send_permit.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/mem.h"

struct send_permit {
	atomic_uint refs;
	atomic_llong until;	/* msec of clock_boot_now() */
};

struct send_permit *send_permit_new(msec until)
{
	struct send_permit *permit = xcalloc(1, sizeof(*permit));

	atomic_init(&permit->refs, 1);
	atomic_init(&permit->until, (long long)until);
	return permit;
}

struct send_permit *send_permit_ref(struct send_permit *permit)
{
	if (permit)
		atomic_fetch_add(&permit->refs, 1);
	return permit;
}

void send_permit_release(struct send_permit *permit)
{
	if (permit && atomic_fetch_sub(&permit->refs, 1) == 1)
		free(permit);
}

void send_permit_set(struct send_permit *permit, msec until)
{
	atomic_store(&permit->until, (long long)until);
}

bool send_permit_is_over(const struct send_permit *permit)
{
	return permit && clock_boot_now() >=
				 (msec)atomic_load(&permit->until);
}
