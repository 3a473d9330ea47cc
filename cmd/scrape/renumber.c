/* Sorts records and requests by key, and matches them as in a merge of two
 * sorted lists. */
#include "cmd/scrape/renumber.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/scrape/list_keys.h"
#include "cmd/scrape/record_list.h"
#include "cmd/scrape/resume_file.h"

/* New index of a record that belongs to no request. */
#define NO_REQUEST UINT64_MAX

struct key {
	uint64_t key;
	uint64_t index;
	size_t at;		/* index of the piece */
};

struct renumber {
	const char *path;
	struct record_reader reader;
	struct record_list records;
	struct list_keys requests;
	uint64_t *new_indexes;	/* new index of each piece */
	size_t removed;		/* number of pieces that belong to no request */
	bool changes;		/* some index changes */
	bool has_items;
};

static int by_key(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->index != y->index)
		return x->index < y->index ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

/* Assigns the records with a key to the requests with that key: first the
 * records that have the request's index already, then the others in the order
 * of their indexes. */
static void match_key(struct renumber *r, const struct key *keys,
		      size_t keys_len, struct list_key *requests,
		      size_t requests_len)
{
	size_t q = 0, free_request = 0;

	for (size_t k = 0; k < keys_len; k++) {
		while (q < requests_len && requests[q].index < keys[k].index)
			q++;
		if (q == requests_len || requests[q].index != keys[k].index)
			continue;
		r->new_indexes[keys[k].at] = keys[k].index;
		requests[q++].rest = 1;	/* the request has a record */
	}
	for (size_t k = 0; k < keys_len; k++) {
		if (r->new_indexes[keys[k].at] != NO_REQUEST)
			continue;
		while (free_request < requests_len &&
		       requests[free_request].rest)
			free_request++;
		if (free_request == requests_len)
			return;
		r->new_indexes[keys[k].at] =
			requests[free_request++].index;
	}
}

static void match_all(struct renumber *r, const struct key *keys)
{
	const size_t records = r->records.len, requests = r->requests.len;
	struct list_key *list = r->requests.items;
	size_t k = 0, q = 0;

	for (size_t i = 0; i < requests; i++)
		list[i].rest = 0;
	while (k < records && q < requests) {
		const uint64_t key = keys[k].key;
		size_t k_end = k, q_end;

		while (k_end < records && keys[k_end].key == key)
			k_end++;
		while (q < requests && list[q].key < key)
			q++;
		for (q_end = q; q_end < requests && list[q_end].key == key;)
			q_end++;
		match_key(r, keys + k, k_end - k, list + q, q_end - q);
		k = k_end;
		q = q_end;
	}
}

/* Sets new_indexes, removed and changes for all pieces. */
static void find_new_indexes(struct renumber *r)
{
	const struct record_list *records = &r->records;
	struct key *keys = xcalloc(records->len, sizeof(*keys));

	r->new_indexes = xcalloc(records->len, sizeof(*r->new_indexes));
	for (size_t i = 0; i < records->len; i++) {
		keys[i] = (struct key){records->keys[i],
				       records->pieces[i].index, i};
		r->new_indexes[i] = NO_REQUEST;
	}
	qsort(keys, records->len, sizeof(*keys), by_key);
	match_all(r, keys);
	free(keys);
	for (size_t i = 0; i < records->len; i++) {
		r->removed += r->new_indexes[i] == NO_REQUEST;
		r->changes |= r->new_indexes[i] != records->pieces[i].index;
	}
}

/* Opens FILE.removed to append to it. Returns NULL with errno on failure. */
static FILE *open_removed_file(const struct renumber *r, const char *name)
{
	const int fd = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC |
					  O_NOFOLLOW | O_NOCTTY, 0600);
	FILE *file = NULL;
	struct stat st;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st))
		goto fail;
	if (!S_ISREG(st.st_mode)) {
		errno = EEXIST;
		goto fail;
	}
	if (!st.st_size)
		record_copy_owner(fileno(r->reader.file), fd);
	file = fdopen(fd, "a");
fail:
	if (!file)
		close(fd);
	return file;
}

/* Appends the records that belong to no request to FILE.removed. Returns 0 or
 * an errno. */
static int write_removed(struct renumber *r, FILE *to)
{
	struct buf line = {0};
	struct record record;
	int err = 0;

	for (size_t i = 0; i < r->records.len && !err; i++) {
		const struct record_piece *piece = &r->records.pieces[i];

		if (r->new_indexes[i] != NO_REQUEST)
			continue;
		if (record_reader_seek(&r->reader, piece->at))
			err = errno;
		for (uint32_t n = 0; n < piece->records && !err; n++) {
			if (record_reader_next(&r->reader, &record) <= 0) {
				err = errno ? errno : EIO;
				break;
			}
			buf_clear(&line);
			record_copy_add(&line, &record, record.head.index);
			if (fwrite(line.data, 1, line.len, to) != line.len)
				err = errno ? errno : EIO;
		}
	}
	buf_release(&line);
	return err;
}

/* Saves the records that belong to no request in FILE.removed, before they are
 * left out. Returns 0, or -1 with the reason appended to why. */
static int save_removed(struct renumber *r, struct buf *why)
{
	char *target = realpath(r->path, NULL);
	char *name = xasprintf("%s.removed", target ? target : r->path);
	FILE *to = open_removed_file(r, name);
	int err = to ? write_removed(r, to) : errno;

	if (!err && (fflush(to) || fsync(fileno(to))))
		err = errno;
	if (to && fclose(to) && !err)
		err = errno;
	if (err)
		buf_addf(why, "%.200s: %s", name, strerror(err));
	free(name);
	free(target);
	return err ? -1 : 0;
}

/* Removes the pieces that belong to no request from the list, and gives the
 * others their new indexes. */
static void apply_new_indexes(struct renumber *r)
{
	struct record_list *records = &r->records;
	size_t kept = 0;

	for (size_t i = 0; i < records->len; i++) {
		if (r->new_indexes[i] == NO_REQUEST)
			continue;
		records->pieces[kept] = records->pieces[i];
		records->pieces[kept++].index = r->new_indexes[i];
	}
	records->len = kept;
}

/* Rewrites the file with the new indexes. Returns 0, or the exit code. */
static int rewrite_file(struct renumber *r)
{
	struct buf why = {0};
	int err = r->removed ? save_removed(r, &why) : 0;

	if (!err) {
		apply_new_indexes(r);
		err = record_copy(r->path, &r->reader, r->records.pieces,
				  r->records.len, &why);
	}
	if (err)
		log_fatal("--resume=url: the records in %.200s cannot be given "
			  "their new indexes: %s", r->path, buf_cstr(&why));
	else if (r->removed)
		log_warn("%zu record%s in %.200s belong%s to no request of the "
			 "list: moved to %.200s.removed", r->removed,
			 r->removed == 1 ? "" : "s", r->path,
			 r->removed == 1 ? "s" : "", r->path);
	buf_release(&why);
	return err ? EXIT_NOT_COMPLETED : 0;
}

/* Reads the positions and keys of the records. Returns 0, or the exit code. */
static int read_records(struct renumber *r)
{
	int err;

	r->records.wants_keys = true;
	r->records.has_items = r->has_items;
	err = record_list_read(&r->records, &r->reader, 0);
	if (err == EILSEQ)
		resume_file_fail_line(r->path, r->reader.line);
	else if (err)
		resume_file_fail(r->path, strerror(err));
	return err ? EXIT_USAGE : 0;
}

int renumber_records(struct loop *loop, const struct options *o)
{
	struct renumber r = {
		.path = o->output,
		.has_items = options_have_items(o),
	};
	int code;

	r.reader.file = resume_file_open(r.path);
	if (!r.reader.file)
		return EXIT_USAGE;
	code = read_records(&r);
	if (!code)
		code = list_keys_read(&r.requests, loop, o);
	if (!code && r.records.len) {
		find_new_indexes(&r);
		if (r.changes)
			code = rewrite_file(&r);
	}
	fclose(r.reader.file);
	record_reader_release(&r.reader);
	record_list_release(&r.records);
	list_keys_release(&r.requests);
	free(r.new_indexes);
	return code;
}
