/* Allocates the space of the file before mapping it: on a full disk, writing to
 * the mapped memory would end the program by SIGBUS. */
#include "crawl/mapped_table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"

const char *mapped_table_folder(const char *folder)
{
	if (!folder)
		folder = getenv("TMPDIR");
	return folder && *folder ? folder : "/tmp";
}

int mapped_table_file(const char *folder)
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

void *mapped_table_new(const char *folder, size_t bytes)
{
	const int fd = mapped_table_file(folder);
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

void mapped_table_forget(void *part, size_t bytes)
{
	/* Ignore an error: some file systems cannot free a part of a file. */
	madvise(part, bytes, MADV_REMOVE);
}

void mapped_table_free(void *table, size_t bytes)
{
	if (table)
		munmap(table, bytes);
}
