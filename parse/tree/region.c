/* A stack of spare regions, protected by a mutex. Each spare region keeps the
 * physical memory of its first megabytes. */
#include "parse/tree/region.h"

#include <pthread.h>
#include <sys/mman.h>

/* Bytes of physical memory that a spare region keeps, charged to no account:
 * KEEP for each of the first FIRST spare regions, KEEP_LESS for further ones,
 * which are seldom needed. */
enum {
	KEEP = REGION_KEEP,
	KEEP_LESS = 1 << 20,
	FIRST = 4,
	SPARES = 16,
};

/* Protects the list of spare regions and their number. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *spare[SPARES];
static unsigned spares;

char *region_acquire(void)
{
	char *region = NULL;

	pthread_mutex_lock(&lock);
	if (spares)
		region = spare[--spares];
	pthread_mutex_unlock(&lock);
	if (region)
		return region;
	region = mmap(NULL, REGION_BYTES, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	return region == MAP_FAILED ? NULL : region;
}

static size_t keep_now(void)
{
	size_t keep;

	pthread_mutex_lock(&lock);
	keep = spares < FIRST ? KEEP : KEEP_LESS;
	pthread_mutex_unlock(&lock);
	return keep;
}

void region_release(char *region, size_t used)
{
	const size_t keep = keep_now();

	if (used > keep)
		madvise(region + keep, REGION_BYTES - keep, MADV_DONTNEED);
	pthread_mutex_lock(&lock);
	if (spares < SPARES) {
		spare[spares++] = region;
		region = NULL;
	}
	pthread_mutex_unlock(&lock);
	if (region)
		munmap(region, REGION_BYTES);
}
