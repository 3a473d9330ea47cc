/* Numbers requests in the order in which they are first seen; a set of digests
 * finds the number of a request. */
#include "cmd/scrape/unique.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <unistd.h>

#include "base/digest_set.h"
#include "base/json/compact.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/session/record_head.h"
#include "fetch/fetch.h"

/* Most lines that may wait. */
enum { WAITING_MAX = 8192 };

/* A line that gets a copy of another line's record. */
struct line {
	SLIST_ENTRY(line) link;
	uint64_t index;
	char *id, *url, *input;
	size_t request;		/* number of its request */
};

SLIST_HEAD(line_list, line);

/* A request that was made, and the position of its record. */
struct made {
	uint64_t at, len;	/* offset and length of the record; len 0: still
				 * in flight */
	struct line_list lines;	/* lines that wait for its record */
};

struct unique {
	const struct fetch_config *config;
	struct digest_set numbers;
	struct made *made;
	size_t len, cap;
	struct line_list ready;	/* lines whose records can be copied */
	uint64_t waiting;	/* number of lines in all lists */
	int fd;			/* file with the records; -1: none yet */
	uint64_t end;		/* size of the file with the records */
	int old_fd;		/* output file with records of an earlier run;
				 * borrowed */
	bool has_failed;	/* a record could not be stored; logged */
};

/* Set in made.at: the record is in old_fd. */
#define IN_OLD_FILE (UINT64_C(1) << 63)

struct unique *unique_open(const struct fetch_config *config)
{
	struct unique *u = xcalloc(1, sizeof(*u));

	u->config = config;
	u->fd = u->old_fd = -1;
	SLIST_INIT(&u->ready);
	return u;
}

static void free_line(struct unique *u, struct line *line)
{
	u->waiting--;
	free(line->id);
	free(line->url);
	free(line->input);
	free(line);
}

static void free_lines(struct unique *u, struct line_list *lines)
{
	for (struct line *line; (line = SLIST_FIRST(lines)) != NULL;) {
		SLIST_REMOVE_HEAD(lines, link);
		free_line(u, line);
	}
}

void unique_close(struct unique *u)
{
	if (!u)
		return;
	for (size_t i = 0; i < u->len; i++)
		free_lines(u, &u->made[i].lines);
	free_lines(u, &u->ready);
	free(u->made);
	digest_set_release(&u->numbers);
	if (u->fd >= 0)
		close(u->fd);
	free(u);
}

void unique_add_request(struct buf *out, const struct job *job)
{
	const struct hop *hop = &job->hop;

	buf_addstr(out, hop->method);
	buf_addch(out, ' ');
	buf_add(out, hop->url.href, hop->url.fragment_start);
	buf_addf(out, "\n%zu ", job->req.headers.len);
	buf_add(out, job->req.headers.data, job->req.headers.len);
	if (hop->body.p) {
		buf_addch(out, '\n');
		buf_add(out, hop->body.p, hop->body.len);
	}
}

static size_t add_made(struct unique *u)
{
	if (u->len == u->cap) {
		u->cap = u->cap * 2 + 1024;
		u->made = xrealloc(u->made, u->cap * sizeof(*u->made));
	}
	u->made[u->len] = (struct made){0};
	return u->len++;
}

/* Finds the number of the job's request; a new request gets a new number.
 * Returns false if the line is not a valid request. */
static bool find_number(struct unique *u, struct job *job,
			unsigned long *number, bool *is_new)
{
	struct buf text = {0};

	if (!job->err)
		fetch_prepare(job, u->config);
	if (job->err)
		return false;
	unique_add_request(&text, job);
	*number = u->len;
	*is_new = !digest_set_add(&u->numbers, slice_of(&text), number);
	if (*is_new)
		add_made(u);
	buf_release(&text);
	return true;
}

bool unique_take(struct unique *u, struct job *job)
{
	unsigned long number;
	struct line *line;
	bool is_new;

	if (!find_number(u, job, &number, &is_new))
		return false;
	if (is_new) {
		job->owner_data = (void *)(uintptr_t)(number + 1);
		return false;
	}
	line = xcalloc(1, sizeof(*line));
	line->index = job->req.index;
	line->request = number;
	line->id = job->req.id;
	line->url = job->req.url;
	line->input = job->req.input;
	job->req.id = job->req.url = job->req.input = NULL;
	job_free(job);
	if (u->made[number].len)
		SLIST_INSERT_HEAD(&u->ready, line, link);
	else
		SLIST_INSERT_HEAD(&u->made[number].lines, line, link);
	u->waiting++;
	return true;
}

void unique_has(struct unique *u, struct job *job, int fd, uint64_t at,
		uint64_t len)
{
	unsigned long number;
	bool is_new;

	if (!find_number(u, job, &number, &is_new) || !is_new)
		return;
	u->old_fd = fd;
	u->made[number].at = at | IN_OLD_FILE;
	u->made[number].len = len;
}

/* Opens a file without a name in one of the usual folders. Returns -1 with
 * errno on failure. */
static int open_temporary(void)
{
	const char *given = getenv("TMPDIR");
	const char *const folders[] = {given ? given : "", "/var/tmp", "/tmp"};
	int fd = -1;

	for (size_t i = 0; i < 3 && fd < 0; i++) {
		char *name;

		if (!*folders[i])
			continue;
		name = xasprintf("%s/scrape-XXXXXX", folders[i]);
		fd = mkostemp(name, O_CLOEXEC);
		if (fd >= 0)
			unlink(name);
		free(name);
	}
	return fd;
}

static int fail_storing(struct unique *u, int error)
{
	if (u->has_failed)
		return -1;
	u->has_failed = true;
	log_fatal("--unique: records cannot be kept in a temporary file "
		  "(TMPDIR, or else /var/tmp): %s", strerror(error));
	return -1;
}

static int store_record(struct unique *u, const struct buf *record)
{
	size_t done = 0;

	if (u->fd < 0)
		u->fd = open_temporary();
	if (u->fd < 0)
		return fail_storing(u, errno);
	while (done < record->len) {
		const ssize_t n = pwrite(u->fd, record->data + done,
					 record->len - done,
					 (off_t)(u->end + done));

		if (n > 0)
			done += (size_t)n;
		else if (!n || errno != EINTR)
			return fail_storing(u, n ? errno : ENOSPC);
	}
	return 0;
}

int unique_keep(struct unique *u, const struct job *job, bool is_last)
{
	const uintptr_t number = (uintptr_t)job->owner_data;
	struct made *made;

	if (!number)
		return 0;
	made = &u->made[number - 1];
	if (is_last && SLIST_EMPTY(&made->lines))
		return 0;
	if (store_record(u, &job->record))
		return -1;
	made->at = u->end;
	made->len = job->record.len;
	u->end += made->len;
	for (struct line *line; (line = SLIST_FIRST(&made->lines)) != NULL;) {
		SLIST_REMOVE_HEAD(&made->lines, link);
		SLIST_INSERT_HEAD(&u->ready, line, link);
	}
	return 0;
}

/* Reads the record of a request. Returns 0; or -1, with a message logged. */
static int load_record(struct unique *u, const struct made *made,
		       struct buf *record)
{
	const int fd = made->at & IN_OLD_FILE ? u->old_fd : u->fd;
	const uint64_t at = made->at & ~IN_OLD_FILE;
	char *to = buf_reserve(record, made->len);

	while (record->len < made->len) {
		const ssize_t n = pread(fd, to + record->len,
					made->len - record->len,
					(off_t)(at + record->len));

		if (n > 0)
			record->len += (size_t)n;
		else if (!n || errno != EINTR)
			return fail_storing(u, n ? errno : EIO);
	}
	return 0;
}

void unique_copy(struct buf *out, struct slice record, uint64_t index,
		 const char *id, const char *url, const char *input)
{
	while (record.len) {
		const char *end = memchr(record.p, '\n', record.len);
		const size_t len = end ? (size_t)(end - record.p) : record.len;
		struct record_head head;
		const char *rest;

		if (record_head_read(&head, (struct slice){record.p, len}) !=
		    RECORD_WHOLE)
			return;
		buf_addstr(out, "{\"index\":");
		json_add_int(out, (int64_t)index);
		if (id) {
			buf_addstr(out, ",\"id\":");
			buf_addstr(out, id);
		}
		buf_addstr(out, ",\"url\":");
		json_add_string(out, url, strlen(url));
		if (input) {
			buf_addstr(out, ",\"input\":");
			buf_addstr(out, input);
		}
		rest = head.input.len ? head.input.p + head.input.len
				      : head.url.p + head.url.len;
		buf_add(out, rest, (size_t)(record.p + len - rest));
		buf_addch(out, '\n');
		record.p += len + (end != NULL);
		record.len -= len + (end != NULL);
	}
}

int unique_next(struct unique *u, uint64_t *index, struct buf *record)
{
	struct line *line = SLIST_FIRST(&u->ready);
	struct buf original = {0};
	int result;

	if (!line)
		return 0;
	result = load_record(u, &u->made[line->request], &original) ? -1 : 1;
	SLIST_REMOVE_HEAD(&u->ready, link);
	*index = line->index;
	if (result > 0)
		unique_copy(record, slice_of(&original), line->index, line->id,
			    line->url, line->input);
	free_line(u, line);
	buf_release(&original);
	return result;
}

bool unique_is_full(const struct unique *u)
{
	return u->waiting >= WAITING_MAX;
}

uint64_t unique_waiting(const struct unique *u)
{
	return u->waiting;
}
