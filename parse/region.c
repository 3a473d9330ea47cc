#include "parse/region.h"

#include <pthread.h>
#include <sys/mman.h>

enum {
	KEEP = 4 << 20,		/* of memory, from one page to the next */
	SPARES = 16,
};

/* Guards spare and spares. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *spare[SPARES];
static unsigned spares;

char *region_take(void)
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

void region_give(char *region, size_t used)
{
	if (used > KEEP)
		madvise(region + KEEP, REGION_BYTES - KEEP, MADV_DONTNEED);
	pthread_mutex_lock(&lock);
	if (spares < SPARES) {
		spare[spares++] = region;
		region = NULL;
	}
	pthread_mutex_unlock(&lock);
	if (region)
		munmap(region, REGION_BYTES);
}
