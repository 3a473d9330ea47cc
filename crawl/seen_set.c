/* Linear probing; the slot 0 is empty. The file is allocated before it is
 * mapped: a full disk would otherwise end the program by SIGBUS later. */
#include "crawl/seen_set.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"

enum { FIRST_SLOTS = 4096 };

struct seen_set {
	char *folder;
	uint64_t *slots;
	size_t n_slots;		/* a power of two */
	size_t count;
};

/* Returns a descriptor of a new file without a name, or -1. */
static int unnamed_file(const char *folder)
{
	char *path;
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR &&
			errno != ENOENT))
		return fd;
	path = xasprintf("%s/scrape-XXXXXX", folder);
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	free(path);
	return fd;
}

/* Returns a zeroed table, or NULL with errno set. */
static uint64_t *map_slots(const char *folder, size_t n_slots)
{
	const size_t bytes = n_slots * sizeof(uint64_t);
	const int fd = unnamed_file(folder);
	void *map = MAP_FAILED;

	if (fd < 0)
		return NULL;
	errno = posix_fallocate(fd, 0, (off_t)bytes);
	if (!errno)
		map = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
			   0);
	close(fd);
	return map == MAP_FAILED ? NULL : map;
}

static void unmap_slots(uint64_t *slots, size_t n_slots)
{
	if (slots)
		munmap(slots, n_slots * sizeof(*slots));
}

/* Returns the slot that has the fingerprint, or the empty one for it. */
static uint64_t *find_slot(uint64_t *slots, size_t n_slots,
			   uint64_t fingerprint)
{
	size_t i = (size_t)fingerprint & (n_slots - 1);

	while (slots[i] && slots[i] != fingerprint)
		i = (i + 1) & (n_slots - 1);
	return &slots[i];
}

static int grow(struct seen_set *s)
{
	const size_t n_slots = s->n_slots * 2;
	uint64_t *slots = map_slots(s->folder, n_slots);

	if (!slots)
		return -1;
	for (size_t i = 0; i < s->n_slots; i++)
		if (s->slots[i])
			*find_slot(slots, n_slots, s->slots[i]) = s->slots[i];
	unmap_slots(s->slots, s->n_slots);
	s->slots = slots;
	s->n_slots = n_slots;
	return 0;
}

struct seen_set *seen_set_open(const char *folder)
{
	struct seen_set *s = xcalloc(1, sizeof(*s));

	s->folder = xstrdup(folder);
	s->n_slots = FIRST_SLOTS;
	s->slots = map_slots(folder, s->n_slots);
	if (s->slots)
		return s;
	seen_set_close(s);
	return NULL;
}

void seen_set_close(struct seen_set *s)
{
	const int error = errno;

	if (!s)
		return;
	unmap_slots(s->slots, s->n_slots);
	free(s->folder);
	free(s);
	errno = error;
}

int seen_set_add(struct seen_set *s, uint64_t fingerprint)
{
	uint64_t *slot = find_slot(s->slots, s->n_slots, fingerprint);

	if (*slot)
		return 0;
	if (s->count + 1 > s->n_slots / 4 * 3) {
		if (grow(s))
			return -1;
		slot = find_slot(s->slots, s->n_slots, fingerprint);
	}
	*slot = fingerprint;
	s->count++;
	return 1;
}

bool seen_set_has(const struct seen_set *s, uint64_t fingerprint)
{
	return *find_slot(s->slots, s->n_slots, fingerprint) != 0;
}

size_t seen_set_count(const struct seen_set *s)
{
	return s->count;
}

size_t seen_set_bytes(const struct seen_set *s)
{
	return s->n_slots * sizeof(*s->slots);
}
