#include "cmd/fleet_worker/source_digest.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/log.h"
#include "base/mem.h"

enum { BLOCK = 1 << 20 };

static void add_digest(struct buf *all, const void *data, size_t len)
{
	const struct digest d = digest_of(data, len);

	buf_add(all, &d, sizeof(d));
}

/* Reads a whole block; less only at the end of the file. */
static ssize_t read_block(int fd, char *block)
{
	size_t len = 0;

	while (len < BLOCK) {
		const ssize_t n = read(fd, block + len, BLOCK - len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (!n)
			break;
		len += (size_t)n;
	}
	return (ssize_t)len;
}

static int add_file(struct buf *all, const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	char *block = fd < 0 ? NULL : xmalloc(BLOCK);
	ssize_t n = -1;

	while (block && (n = read_block(fd, block)) > 0)
		add_digest(all, block, (size_t)n);
	if (n < 0)
		log_fatal("\"%.200s\" cannot be read: %s", path,
			  strerror(errno));
	free(block);
	if (fd >= 0)
		close(fd);
	return n < 0 ? -1 : 0;
}

static void add_random(struct buf *all)
{
	uint64_t number = 0;

	/* getrandom(2) does not fail for so few bytes. */
	if (getrandom(&number, sizeof(number), 0) < 0)
		number = (uint64_t)getpid();
	buf_add(all, &number, sizeof(number));
}

static bool is_url(const char *source)
{
	return strstr(source, "://");
}

static bool is_file(const char *source)
{
	struct stat st;

	return strcmp(source, "-") && !stat(source, &st) &&
	       S_ISREG(st.st_mode);
}

bool sources_are_lasting(const struct strings *sources)
{
	for (size_t i = 0; i < sources->len; i++)
		if (!is_url(sources->items[i]) && !is_file(sources->items[i]))
			return false;
	return true;
}

static int add_source(struct buf *all, const char *source)
{
	if (is_url(source))
		add_digest(all, source, strlen(source));
	else if (is_file(source))
		return add_file(all, source);
	else
		add_random(all);
	return 0;
}

int source_digest_add(struct buf *out, const struct strings *sources)
{
	struct buf all = {0};
	struct digest d;
	int result = 0;

	for (size_t i = 0; i < sources->len && !result; i++)
		result = add_source(&all, sources->items[i]);
	d = digest_of(all.data, all.len);
	buf_addf(out, "%016" PRIx64 "%016" PRIx64, d.a, d.b);
	buf_release(&all);
	return result;
}
