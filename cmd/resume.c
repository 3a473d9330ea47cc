#include "cmd/resume.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/record_head.h"
#include "parse/json.h"

struct resume {
	const char *path;
	int fd;			/* holds the lock */
	uint32_t *marks;	/* by index, of its request; 0: no record */
	size_t cap;
	uint64_t end;		/* one past the highest index */
	uint64_t records, errors;
};

static int fail(const struct resume *r, const char *why)
{
	log_fatal("--resume: cannot go on with \"%.200s\": %s", r->path, why);
	return -1;
}

/* --- Which request ----------------------------------------------------------- */

static uint32_t mark_of(struct slice id, struct slice url)
{
	struct buf text = {0};
	struct digest digest;

	if (id.len)
		buf_add(&text, id.p, id.len);
	buf_addch(&text, '\n');
	buf_add(&text, url.p, url.len);
	digest = digest_of(text.data, text.len);
	buf_release(&text);
	/* 0 is no record. */
	return (uint32_t)digest.a | 1;
}

/* As parse/record writes them. */
static uint32_t mark_of_job(const struct job *job)
{
	const char *id = job->req.id, *url = job->req.url;
	struct buf text = {0};
	uint32_t mark;

	if (url)
		json_add_string(&text, url, strlen(url));
	else
		buf_addstr(&text, "null");
	mark = mark_of((struct slice){id, id ? strlen(id) : 0},
		       (struct slice){text.data, text.len});
	buf_release(&text);
	return mark;
}

static bool has(const struct resume *r, uint64_t index)
{
	return index < r->end && r->marks[index];
}

static void keep(struct resume *r, uint64_t index, uint32_t mark)
{
	const size_t before = r->cap;

	if (index >= r->cap) {
		r->cap = index + index / 2 + 1024;
		r->marks = xrealloc(r->marks, r->cap * sizeof(*r->marks));
		memset(r->marks + before, 0,
		       (r->cap - before) * sizeof(*r->marks));
	}
	r->marks[index] = mark;
	if (r->end <= index)
		r->end = index + 1;
	r->records++;
}

/* --- Reading the file ---------------------------------------------------------- */

static int add(struct resume *r, const struct record_head *head)
{
	char why[100];

	if (head->index >= RESUME_INDEX_MAX) {
		snprintf(why, sizeof(why), "index %" PRIu64 " is too high",
			 head->index);
		return fail(r, why);
	}
	if (has(r, head->index)) {
		snprintf(why, sizeof(why), "it has two records with index %"
			 PRIu64, head->index);
		return fail(r, why);
	}
	keep(r, head->index, mark_of(head->id, head->url));
	r->errors += head->has_error;
	return 0;
}

/* A write that was cut off, or that did not reach the disk. What has not even
 * one record may be a file of the user's. */
static bool is_torn(const struct resume *r, struct slice line, bool is_last)
{
	const bool is_damaged = line.len && memchr(line.p, '\0', line.len);

	if (!r->records && !record_head_begins(line))
		return false;
	return is_damaged || is_last;
}

/* Returns how many bytes of the file are records; or -1: said why. */
static off_t read_records(struct resume *r, FILE *file)
{
	struct record_head head;
	char *line = NULL, why[100];
	uint64_t number = 0;
	size_t room = 0;
	off_t at = 0;
	ssize_t len;
	int err = 0;

	while (!err && (len = getline(&line, &room, file)) > 0) {
		const bool has_end = line[len - 1] == '\n';
		const struct slice text = {line, (size_t)len - has_end};

		number++;
		if (has_end && record_head_read(&head, text)) {
			err = add(r, &head);
			at += len;
		} else if (is_torn(r, text, !has_end)) {
			break;
		} else {
			snprintf(why, sizeof(why), "line %" PRIu64 " is no "
				 "record of scrape", number);
			err = fail(r, why);
		}
	}
	if (!err && ferror(file))
		err = fail(r, strerror(errno));
	free(line);
	return err ? -1 : at;
}

/* What is torn is cut off. */
static int read_file(struct resume *r, off_t size)
{
	FILE *file = fdopen(dup(r->fd), "r");
	off_t end;

	if (!file)
		return fail(r, strerror(errno));
	end = read_records(r, file);
	fclose(file);
	if (end < 0)
		return -1;
	if (end < size && ftruncate(r->fd, end))
		return fail(r, strerror(errno));
	if (end < size)
		log_warn("the last %jd bytes of %.200s are no whole record: "
			 "they were cut off", (intmax_t)(size - end), r->path);
	if (r->records)
		log_warn("%.200s has %" PRIu64 " record%s: going on with the "
			 "other requests", r->path, r->records,
			 r->records == 1 ? "" : "s");
	return 0;
}

static int open_file(struct resume *r)
{
	struct stat st;

	r->fd = open(r->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
	if (r->fd < 0 || fstat(r->fd, &st))
		return fail(r, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return fail(r, "it is not a regular file");
	/* File systems without locks have none to be held by others. */
	if (flock(r->fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK)
		return fail(r, "another scrape is writing it");
	return read_file(r, st.st_size);
}

struct resume *resume_open(const char *path)
{
	struct resume *r = xcalloc(1, sizeof(*r));

	r->path = path;
	if (!open_file(r))
		return r;
	resume_close(r);
	return NULL;
}

void resume_close(struct resume *r)
{
	if (!r)
		return;
	if (r->fd >= 0)
		close(r->fd);
	free(r->marks);
	free(r);
}

/* --- Asking ------------------------------------------------------------------ */

enum resume_answer resume_has(const struct resume *r, const struct job *job)
{
	const uint64_t index = job->req.index;

	if (!has(r, index))
		return RESUME_MISSING;
	if (r->marks[index] == mark_of_job(job))
		return RESUME_HAS;
	log_fatal("--resume: the record with index %" PRIu64 " in %.200s is "
		  "not of %.200s: the list is not the one it was made from",
		  index, r->path, job->req.url ? job->req.url : "null");
	return RESUME_OTHER;
}

uint64_t resume_records(const struct resume *r)
{
	return r->records;
}

bool resume_has_errors(const struct resume *r)
{
	return r->errors > 0;
}

int resume_check_end(const struct resume *r, uint64_t requests)
{
	if (requests >= r->end)
		return 0;
	log_fatal("--resume: the list has %" PRIu64 " requests, but %.200s "
		  "has a record with index %" PRIu64 ": the list is not the "
		  "one it was made from", requests, r->path, r->end - 1);
	return -1;
}
