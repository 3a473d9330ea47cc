/* Files are read on the loop's thread: they are in the page cache or on a disk,
 * and reading a file takes a tenth of the time of parsing it. */
#include "cmd/extract/local_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/job/headers.h"
#include "base/mem.h"
#include "base/utf8.h"

enum {
	READ_BYTES = 256 << 10,
	READ_MIN = 4 << 10,	/* least free space for a read */
	RESERVE_MAX = 1 << 30,
};

/* Returns the start of the file name's extension, or NULL if it has none. ".gz"
 * is ignored: "page.html.gz" is a page. */
static const char *ending_of(const char *path, size_t *len)
{
	const size_t all = strlen(path);
	const char *dot;

	*len = all > 3 && !strcasecmp(path + all - 3, ".gz") ? all - 3 : all;
	dot = memrchr(path, '.', *len);
	*len -= dot ? (size_t)(dot - path) : 0;
	return dot;
}

/* Sets the content type by the file's extension, as a server would. For other
 * files it is detected from the content. */
static void set_content_type(struct job *job, const char *path)
{
	static const struct {
		const char *ending, *field;
	} rows[] = {
		{".html", "content-type: text/html"},
		{".htm", "content-type: text/html"},
		{".xhtml", "content-type: application/xhtml+xml"},
		{".json", "content-type: application/json"},
		{".jsonl", "content-type: application/jsonl"},
		{".ndjson", "content-type: application/x-ndjson"},
		{".xml", "content-type: application/xml"},
		{".rss", "content-type: application/rss+xml"},
		{".atom", "content-type: application/atom+xml"},
	};
	size_t len;
	const char *ending = ending_of(path, &len);

	for (size_t i = 0; ending && i < sizeof(rows) / sizeof(*rows); i++)
		if (strlen(rows[i].ending) == len &&
		    !strncasecmp(ending, rows[i].ending, len))
			headers_add_line(&job->res.headers, rows[i].field,
					 strlen(rows[i].field));
}

/* Reserves memory for the contents of a regular file, and for the last read,
 * which finds the end of the file. */
static void reserve_file(struct buf *body, int fd, uint64_t most)
{
	struct stat is;

	if (fstat(fd, &is) || !S_ISREG(is.st_mode) || is.st_size <= 0 ||
	    is.st_size > RESERVE_MAX || (most && (uint64_t)is.st_size > most))
		return;
	buf_reserve(body, (size_t)is.st_size + READ_MIN);
}

/* Reads until the limit is exceeded, because such a file is rejected. */
static void read_to_end(struct job *job, int fd, uint64_t most)
{
	struct buf *body = &job->res.body;
	ssize_t len;

	reserve_file(body, fd, most);
	for (;;) {
		if (body->cap - body->len < READ_MIN)
			buf_reserve(body, READ_BYTES);
		len = read(fd, body->data + body->len, body->cap - body->len);
		if (len < 0 && errno == EINTR)
			continue;
		if (len <= 0)
			break;
		body->len += (size_t)len;
		if (most && body->len > most) {
			job_fail(job, ERR_TOO_LARGE,
				 "larger than --max-filesize");
			return;
		}
	}
	if (len < 0)
		job_fail(job, ERR_INPUT, "cannot be read: %s",
			 strerror(errno));
}

int local_file_open(const char *path)
{
	return !strcmp(path, "-") ? STDIN_FILENO
				  : open(path, O_RDONLY | O_CLOEXEC);
}

void local_file_close(int fd)
{
	if (fd != STDIN_FILENO && fd >= 0)
		close(fd);
}

bool local_file_peek(int fd, struct buf *start, size_t room)
{
	ssize_t got;

	buf_reserve(start, room);
	do
		got = read(fd, start->data + start->len, room);
	while (got < 0 && errno == EINTR);
	if (got > 0)
		start->len += (size_t)got;
	return got > 0;
}

struct job *local_file_job(const char *path, int fd, int err,
			   struct buf *start, const struct options *o)
{
	struct job *job = job_new();

	job->req.url = utf8_clean(path, strlen(path), PATH_MAX, NULL);
	job->res.local = true;
	if (o->base_url)
		job->res.final_url = xstrdup(o->base_url);
	set_content_type(job, path);
	job->res.body = buf_take(start);
	if (fd < 0)
		job_fail(job, ERR_INPUT, "cannot be read: %s", strerror(err));
	else
		read_to_end(job, fd, o->engine.parse.max_filesize);
	return job;
}
