/* Reads with pread(), which leaves the file offset of standard input
 * unchanged. */
#include "cmd/input/csv_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEADER_MAX = 1 << 20, BLOCK = 64 << 10 };

/* Reads up to the end of the first row, or up to HEADER_MAX bytes. Returns
 * false if there is no row. */
static bool read_first_row(struct csv *csv, struct lines *bytes, int fd,
			   off_t at)
{
	while (!csv_next(csv, bytes)) {
		ssize_t len;

		if (bytes->ended || lines_pending(bytes) >= HEADER_MAX)
			return false;
		len = pread(fd, lines_reserve(bytes, BLOCK), BLOCK, at);
		if (len < 0 && errno != EINTR)
			return false;
		if (len > 0)
			lines_added(bytes, (size_t)len);
		else if (!len)
			lines_end(bytes);
		at += len > 0 ? len : 0;
	}
	return true;
}

static enum csv_file read_header(struct csv_header *h, int fd, off_t at,
				 const struct csv_config *config,
				 struct buf *why)
{
	struct csv csv = {.separator = config->separator};
	struct lines bytes = {0};
	int err = 0;

	if (read_first_row(&csv, &bytes, fd, at))
		err = csv_header_read(h, &csv, config->column, why);
	csv_release(&csv);
	lines_release(&bytes);
	return err ? CSV_FILE_WRONG : CSV_FILE_READ;
}

enum csv_file csv_file_header(struct csv_header *h, const char *source,
			      const struct csv_config *config,
			      struct buf *why)
{
	const bool is_stdin = !strcmp(source, "-");
	enum csv_file result;
	struct stat st;
	off_t at = 0;
	int fd;

	if (is_stdin ? fstat(STDIN_FILENO, &st) : stat(source, &st))
		return CSV_FILE_MISSING;
	if (S_ISREG(st.st_mode) && is_stdin)
		at = lseek(STDIN_FILENO, 0, SEEK_CUR);
	if (!S_ISREG(st.st_mode) || at < 0)
		return CSV_FILE_UNKNOWN;
	fd = is_stdin ? STDIN_FILENO
		      : open(source, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return CSV_FILE_MISSING;
	result = read_header(h, fd, at, config, why);
	if (!is_stdin)
		close(fd);
	return result;
}
