/* Reads an output file line by line and keeps a fingerprint of each record's
 * request, in an array by index. */
#include "cmd/scrape/resume.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file_lock.h"
#include "base/json/compact.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/secret_rules.h"
#include "cmd/scrape/record_head.h"

struct resume {
	const char *path;
	int fd;			/* holds the lock */
	uint32_t *fingerprints;	/* by index of the request; 0: no record */
	size_t cap;
	uint64_t end;		/* one past the highest index */
	uint64_t records, errors;
	uint64_t failed;	/* records that are not ok */
	off_t size;		/* of the file */
	off_t whole;		/* up to the end of the last record */
	bool has_end;		/* the last record has a line end */
	bool is_damaged;	/* there is damage before that */
};

/* State while the file is read. */
struct file_reader {
	struct resume *r;
	uint64_t line;		/* from 1 */
	off_t at;
	bool is_damaged;	/* damage since the last record */
	uint64_t suspect_line;	/* a damaged line that may not be a record's; 0:
				 * none */
};

static int fail_resume(const struct resume *r, const char *why)
{
	log_fatal("--resume: cannot continue \"%.200s\": %s", r->path, why);
	return -1;
}

/* --- Fingerprints of requests --------------------------------------------- */

static uint32_t fingerprint_of(struct slice id, struct slice url)
{
	struct buf text = {0};
	struct digest digest;

	if (id.len)
		buf_add(&text, id.p, id.len);
	buf_addch(&text, '\n');
	buf_add(&text, url.p, url.len);
	digest = digest_of(text.data, text.len);
	buf_release(&text);
	/* 0 stands for "no record". */
	return (uint32_t)digest.a ? (uint32_t)digest.a : 1;
}

/* Returns the fingerprint of the job's URL and id, formatted as in its record
 * (parse/record). */
static uint32_t fingerprint_of_job(const struct job *job)
{
	const char *id = job->req.id, *url = job->req.url;
	struct buf text = {0};
	uint32_t fingerprint;

	if (url)
		json_add_string(&text, url, strlen(url));
	else
		buf_addstr(&text, "null");
	fingerprint = fingerprint_of((struct slice){id, id ? strlen(id) : 0},
				     (struct slice){text.data, text.len});
	buf_release(&text);
	return fingerprint;
}

static bool has_record(const struct resume *r, uint64_t index)
{
	return index < r->end && r->fingerprints[index];
}

static void grow_fingerprints(struct resume *r, uint64_t index)
{
	const size_t before = r->cap;
	uint32_t *fingerprints;

	if (index < r->cap)
		return;
	r->cap = index + index / 2 + 1024;
	fingerprints = xcalloc(r->cap, sizeof(*fingerprints));
	if (before)
		memcpy(fingerprints, r->fingerprints,
		       before * sizeof(*fingerprints));
	free(r->fingerprints);
	r->fingerprints = fingerprints;
}

static void store_fingerprint(struct resume *r, uint64_t index,
			      uint32_t fingerprint)
{
	grow_fingerprints(r, index);
	r->fingerprints[index] = fingerprint;
	if (r->end <= index)
		r->end = index + 1;
	r->records++;
}

/* --- Reading the file ----------------------------------------------------- */

static int add_record(struct resume *r, const struct record_head *head)
{
	char why[100];

	if (head->index >= RESUME_INDEX_MAX) {
		snprintf(why, sizeof(why), "index %" PRIu64 " is too high",
			 head->index);
		return fail_resume(r, why);
	}
	if (has_record(r, head->index)) {
		snprintf(why, sizeof(why), "it has two records with index %"
			 PRIu64, head->index);
		return fail_resume(r, why);
	}
	store_fingerprint(r, head->index, fingerprint_of(head->id, head->url));
	r->errors += head->has_error;
	r->failed += !head->is_ok;
	return 0;
}

/* Notes a line with NUL bytes, which blocks read as that never reached the
 * disk. Such bytes are plausible alone or after the beginning of a record;
 * otherwise the file counts as an output only if it has records. */
static void note_damage(struct file_reader *reader, struct slice line)
{
	struct record_head head;
	const size_t before = strnlen(line.p, line.len);
	size_t nuls = before;

	while (nuls < line.len && !line.p[nuls])
		nuls++;
	reader->is_damaged = true;
	if (before ? !record_head_read(&head, (struct slice){line.p, before})
		   : nuls < line.len)
		reader->suspect_line = reader->line;
}

static int fail_line(const struct resume *r, uint64_t line)
{
	char why[100];

	snprintf(why, sizeof(why), "line %" PRIu64 " is not a record of scrape",
		 line);
	return fail_resume(r, why);
}

static int read_line(struct file_reader *reader, const char *p, size_t len)
{
	struct resume *r = reader->r;
	const bool has_end = p[len - 1] == '\n';
	const struct slice line = {p, len - has_end};
	struct record_head head;
	const enum record_state state = record_head_read(&head, line);

	reader->at += (off_t)len;
	if (state == RECORD_WHOLE) {
		r->whole = reader->at;
		r->has_end = has_end;
		r->is_damaged |= reader->is_damaged;
		reader->is_damaged = false;
		return add_record(r, &head);
	}
	if (line.len && memchr(p, '\0', line.len))
		note_damage(reader, line);
	else if (has_end || state != RECORD_PART)
		return fail_line(r, reader->line);
	return 0;
}

static int read_lines(struct resume *r, FILE *file)
{
	struct file_reader reader = {.r = r};
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	int err = 0;

	while (!err && (len = getline(&line, &room, file)) > 0) {
		reader.line++;
		err = read_line(&reader, line, (size_t)len);
	}
	/* If memory is short, glibc's getline() ends as at the end of the file,
	 * and only feof() tells the difference. */
	if (!err && !feof(file))
		err = fail_resume(r, strerror(errno));
	if (!err && reader.suspect_line && !r->records)
		err = fail_line(r, reader.suspect_line);
	free(line);
	return err;
}

static int read_file(struct resume *r)
{
	const int fd = dup(r->fd);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "r");
	int err;

	if (!file) {
		err = fail_resume(r, strerror(errno));
		if (fd >= 0)
			close(fd);
		return err;
	}
	err = read_lines(r, file);
	fclose(file);
	return err;
}

static int open_file(struct resume *r)
{
	struct stat st;
	int error;

	r->fd = open(r->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
	if (r->fd < 0 || fstat(r->fd, &st))
		return fail_resume(r, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return fail_resume(r, "it is not a regular file");
	error = file_lock_by_name(r->fd, r->path);
	if (error == EBUSY)
		return fail_resume(r, "another scrape is writing it");
	if (error == ESTALE)
		return fail_resume(r, "another file has just taken its name");
	if (error)
		return fail_resume(r, strerror(error));
	r->size = st.st_size;
	return read_file(r);
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
	free(r->fingerprints);
	free(r);
}

int resume_cut(struct resume *r)
{
	const intmax_t torn = r->size - r->whole;

	if (torn && ftruncate(r->fd, r->whole))
		return fail_resume(r, strerror(errno));
	if (r->whole && !r->has_end && pwrite(r->fd, "\n", 1, r->whole) != 1)
		return fail_resume(r, strerror(errno));
	if (torn)
		log_warn("removed an incomplete last record (%jd bytes) from "
			 "%.200s", torn, r->path);
	if (r->records)
		log_warn("%.200s has %" PRIu64 " record%s: continuing with "
			 "the other requests", r->path, r->records,
			 r->records == 1 ? "" : "s");
	return 0;
}

/* --- Queries -------------------------------------------------------------- */

enum resume_answer resume_has(const struct resume *r, const struct job *job)
{
	const uint64_t index = job->req.index;
	const char *url = job->req.url ? job->req.url : "null";
	struct buf shown = {0};

	if (!has_record(r, index))
		return RESUME_MISSING;
	if (r->fingerprints[index] == fingerprint_of_job(job))
		return RESUME_HAS;
	secret_url_show(&shown, url, strlen(url));
	log_fatal("--resume: the record with index %" PRIu64 " in %.200s is "
		  "not of %.200s: the file was made from another list",
		  index, r->path, buf_cstr(&shown));
	buf_release(&shown);
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

uint64_t resume_failed(const struct resume *r)
{
	return r->failed;
}

bool resume_has_damage(const struct resume *r)
{
	return r->is_damaged;
}

int resume_check_end(const struct resume *r, uint64_t requests)
{
	if (requests >= r->end)
		return 0;
	log_fatal("--resume: the list has %" PRIu64 " requests, but %.200s "
		  "has a record with index %" PRIu64 ": the file was made from "
		  "another list", requests, r->path, r->end - 1);
	return -1;
}
