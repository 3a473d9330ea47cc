/* Reads an output file and keeps a fingerprint of each record's request, in an
 * array by index. */
#include "cmd/scrape/resume.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/secret_rules.h"
#include "cmd/options/retry_kinds.h"
#include "cmd/scrape/record_reader.h"
#include "cmd/scrape/request_key.h"
#include "cmd/scrape/resume_file.h"
#include "cmd/scrape/table_rows.h"

struct resume {
	const char *path;
	FILE *file;		/* the output file, open because it holds the
				 * lock */
	uint32_t *fingerprints;	/* fingerprints of the records by index of the
				 * request; 0: no record */
	size_t cap;
	uint64_t end;		/* one past the highest index */
	uint64_t records, errors;
	uint64_t failed;	/* number of records that are not ok */

	bool by_url;		/* the fingerprints are of URLs alone, without
				 * ids */
	struct resume_config config;
	uint64_t *again;	/* a bit per index: the request is to be
				 * repeated; NULL if there is none */
	uint64_t repeated;	/* number of records that are to be repeated */
	uint64_t last;		/* index of the last record */
	bool last_is_item;
	bool is_complete;	/* each request has a record */
	struct place {
		uint64_t at, len;
	} *places;		/* positions of records by index; NULL unless
				 * wanted */

	off_t size;		/* size of the file */
	off_t whole;		/* offset of the end of the last record */
	bool has_end;		/* the last record has a line end */
	bool is_damaged;	/* there is damage before the end of the last
				 * record */
};

static int fail_resume(const struct resume *r, const char *why)
{
	return resume_file_fail(r->path, why);
}

/* Returns a fingerprint of the key, never 0, which stands for "no record". */
static uint32_t fingerprint_of(uint64_t key)
{
	return (uint32_t)key ? (uint32_t)key : 1;
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
	if (r->config.wants_places)
		r->places = xrealloc(r->places, r->cap * sizeof(*r->places));
	fingerprints = xcalloc(r->cap, sizeof(*fingerprints));
	if (before)
		memcpy(fingerprints, r->fingerprints,
		       before * sizeof(*fingerprints));
	free(r->fingerprints);
	r->fingerprints = fingerprints;
}

static bool is_repeated(const struct resume *r, uint64_t index)
{
	return r->again && r->again[index / 64] >> index % 64 & 1;
}

static void repeat_record(struct resume *r, uint64_t index)
{
	const size_t words = RESUME_INDEX_MAX / 64;

	/* Reserve 32 MB of address space; only the pages that are written take
	 * memory. */
	if (!r->again)
		r->again = xcalloc(words, sizeof(*r->again));
	if (is_repeated(r, index))
		return;
	r->again[index / 64] |= UINT64_C(1) << index % 64;
	r->repeated++;
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
	store_fingerprint(r, head->index,
			  fingerprint_of(request_key_of_record(head, false)));
	r->last = head->index;
	r->last_is_item = head->is_item;
	if (r->config.retry &&
	    retry_kinds_have(r->config.retry, head->status, head->error)) {
		repeat_record(r, head->index);
		return 0;
	}
	r->errors += head->has_error;
	r->failed += !head->is_ok;
	return 0;
}

/* Returns true if the record is a further item of the last request. */
static bool is_next_item(const struct resume *r, const struct record_head *head)
{
	return r->last_is_item && head->is_item && head->index == r->last;
}

/* Reads a record. Returns 0; or -1, with a message logged. */
static int read_record(struct resume *r, const struct record_reader *reader,
		       const struct record *record)
{
	if (record->head.is_item && !r->config.has_items)
		return resume_file_fail_line(r->path, reader->line);
	r->whole = reader->at;
	r->has_end = record->has_end;
	if (!is_next_item(r, &record->head)) {
		if (add_record(r, &record->head))
			return -1;
		if (r->places)
			r->places[r->last] = (struct place){
				.at = (uint64_t)record->at};
	}
	if (r->places)
		r->places[r->last].len += record->text.len;
	return 0;
}

static int read_file(struct resume *r)
{
	struct record_reader reader = {
		.file = r->file,
		.table = r->config.table,
	};
	struct record record;
	uint64_t suspect_line = 0;
	bool is_damaged = false;	/* damage since the last record */
	int err = 0, result = 0;

	while (!err && (result = record_reader_next(&reader, &record)) > 0) {
		r->size = reader.at;
		if (record.kind == KIND_RECORD) {
			r->is_damaged |= is_damaged;
			is_damaged = false;
			err = read_record(r, &reader, &record);
		} else if (record.kind == KIND_FOREIGN) {
			err = resume_file_fail_line(r->path, reader.line);
		} else if (record.kind != KIND_TORN) {
			is_damaged = true;
			if (record.kind == KIND_SUSPECT)
				suspect_line = reader.line;
		}
	}
	if (!err && result < 0)
		err = fail_resume(r, strerror(errno));
	/* The file has only the line of column names. */
	if (r->whole < reader.header) {
		r->whole = reader.header;
		r->size = reader.at;
		r->has_end = true;
	}
	/* The file has no record, so it may be the user's. */
	if (!err && suspect_line && !r->records)
		err = resume_file_fail_line(r->path, suspect_line);
	record_reader_release(&reader);
	return err;
}

struct resume *resume_open(const char *path,
			   const struct resume_config *config)
{
	struct resume *r = xcalloc(1, sizeof(*r));

	if (config)
		r->config = *config;
	r->path = path;
	r->file = resume_file_open(path);
	if (r->file && !read_file(r))
		return r;
	resume_close(r);
	return NULL;
}

struct resume *resume_new(const char *name)
{
	struct resume *r = xcalloc(1, sizeof(*r));

	r->path = name;
	r->by_url = true;
	return r;
}

int resume_add(struct resume *r, uint64_t index, const char *url, bool failed)
{
	if (index >= RESUME_INDEX_MAX)
		return fail_resume(r, "it has a record with an index that is "
				      "too high");
	store_fingerprint(r, index, fingerprint_of(request_key_of_url(url)));
	r->errors += failed;
	r->failed += failed;
	return 0;
}

void resume_close(struct resume *r)
{
	if (!r)
		return;
	if (r->file)
		fclose(r->file);
	free(r->fingerprints);
	free(r->again);
	free(r->places);
	free(r);
}

static void log_records(const struct resume *r)
{
	const struct retry_kinds *retry = r->config.retry;
	const char *plural = r->records == 1 ? "" : "s";

	if (r->repeated)
		log_warn("%.200s has %" PRIu64 " record%s: repeating the "
			 "requests of %" PRIu64 " of them", r->path, r->records,
			 plural, r->repeated);
	else if (retry)
		log_warn("%.200s has %" PRIu64 " record%s, none of which has "
			 "failed%s%.200s", r->path, r->records, plural,
			 retry->list ? " in the ways given: " : "",
			 retry->list ? retry->list : "");
	else
		log_warn("%.200s has %" PRIu64 " record%s: continuing with "
			 "the other requests", r->path, r->records, plural);
}

int resume_cut(struct resume *r)
{
	const intmax_t torn = r->size - r->whole;

	if (torn && ftruncate(fileno(r->file), r->whole))
		return fail_resume(r, strerror(errno));
	if (r->whole && !r->has_end &&
	    pwrite(fileno(r->file), "\n", 1, r->whole) != 1)
		return fail_resume(r, strerror(errno));
	if (torn)
		log_warn("removed an incomplete last record (%jd bytes) from "
			 "%.200s", torn, r->path);
	if (r->records)
		log_records(r);
	return 0;
}

/* --- Queries -------------------------------------------------------------- */

static uint64_t key_of_job(const struct resume *r, const struct job *job)
{
	const struct table_rows *table = r->config.table;

	if (r->by_url)
		return request_key_of_url(job->req.url);
	return table ? request_key_in_table(job, table->id >= 0)
		     : request_key_of_job(job, false);
}

/* Fails because the file has the record of another machine's request. */
static enum resume_answer fail_shard(const struct resume *r, uint64_t index)
{
	log_fatal("--resume: the record with index %" PRIu64 " in %.200s does "
		  "not belong to this --shard: the file was made with another "
		  "one", index, r->path);
	return RESUME_OTHER;
}

enum resume_answer resume_has(const struct resume *r, const struct job *job,
			      bool is_ours)
{
	const uint64_t index = job->req.index;
	const char *url = job->req.url ? job->req.url : "null";
	struct buf shown = {0};

	if (!has_record(r, index))
		return is_ours ? RESUME_MISSING : RESUME_NOT_OURS;
	if (!is_ours)
		return fail_shard(r, index);
	if (r->fingerprints[index] == fingerprint_of(key_of_job(r, job)))
		return is_repeated(r, index) ? RESUME_MISSING : RESUME_HAS;
	secret_url_show(&shown, url, strlen(url));
	log_fatal("--resume: the record with index %" PRIu64 " in %.200s is "
		  "not of %.200s: the file was made from another list; if "
		  "lines were added, moved or removed, use --resume=url",
		  index, r->path, buf_cstr(&shown));
	buf_release(&shown);
	return RESUME_OTHER;
}

bool resume_is_recorded(const struct resume *r, uint64_t index)
{
	const bool is_torn = r->last_is_item && index == r->last &&
			     is_repeated(r, index);

	return has_record(r, index) && !is_torn;
}

void resume_note_requests(struct resume *r, uint64_t requests)
{
	r->is_complete = requests == r->records;
}

void resume_repeat_last(struct resume *r)
{
	const bool is_torn = r->size > r->whole;

	if (r->last_is_item && (is_torn || !r->is_complete))
		repeat_record(r, r->last);
}

uint64_t resume_records(const struct resume *r)
{
	return r->records - r->repeated;
}

uint64_t resume_repeated(const struct resume *r)
{
	return r->repeated;
}

void resume_place(const struct resume *r, uint64_t index, int *fd,
		  uint64_t *at, uint64_t *len)
{
	*fd = fileno(r->file);
	*at = r->places[index].at;
	*len = r->places[index].len;
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
		  "another list; if lines were removed, use --resume=url",
		  requests, r->path, r->end - 1);
	return -1;
}
