/*
 * Reads an archive of any bytes. The first byte of the input chooses how the
 * other bytes become an archive: as they are; or in parts, separated by bytes
 * 0xff, each as a gzip member, except parts that begin with '!', which are left
 * as they are. Must hold: the reader ends; offsets are within the archive; jobs
 * have a URL in UTF-8 and a body within the limit; in an archive without
 * compression, a reader that begins at the offset of a record finds the same
 * record first; and readers of parts, each of which begins where the one before
 * it stops, find the same records as one reader.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "base/utf8.h"
#include "cmd/warc/reader/recognise.h"
#include "cmd/warc/reader/records.h"
#include "cmd/warc/reader/response.h"

enum { LIMIT = 8 << 10, MAX_BODY = 4 << 10, AGAIN_MAX = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
	if (!claim)
		abort();
}

static void add_member(struct buf *to, struct slice part)
{
	z_stream z = {
		.next_in = (Bytef *)(uintptr_t)part.p,
		.avail_in = (uInt)part.len,
	};
	const uLong most = compressBound(part.len) + 64;

	must(deflateInit2(&z, 1, Z_DEFLATED, 31, 8, 0) == Z_OK);
	buf_reserve(to, most);
	z.next_out = (Bytef *)to->data + to->len;
	z.avail_out = (uInt)most;
	must(deflate(&z, Z_FINISH) == Z_STREAM_END);
	to->len += most - z.avail_out;
	deflateEnd(&z);
}

static void add_parts(struct buf *to, struct slice rest)
{
	while (rest.len) {
		const char *end = memchr(rest.p, 0xff, rest.len);
		const size_t len = end ? (size_t)(end - rest.p) : rest.len;

		if (len && rest.p[0] == '!')
			buf_add(to, rest.p + 1, len - 1);
		else
			add_member(to, (struct slice){rest.p, len});
		rest.p += len + (end != NULL);
		rest.len -= len + (end != NULL);
	}
}

static struct raw raw_of(struct slice bytes, uint64_t base)
{
	struct raw raw = {
		.fd = -1,
		.stop = -1,
		.base = base,
		.end = UINT64_MAX,
		.ended = true,
	};

	buf_add(&raw.bytes, bytes.p + base, bytes.len - (size_t)base);
	return raw;
}

/* Opens a reader of the bytes, which are in memory or, if fd is not -1, in a
 * file. */
static void open_reader(struct records *r, struct slice bytes, int fd)
{
	struct raw raw = {.fd = fd, .stop = -1, .end = UINT64_MAX};

	if (fd < 0)
		raw = raw_of(bytes, 0);
	must(!records_open(r, &raw, PACKING_NONE, LIMIT));
}

static void check_job(const struct record *record)
{
	struct job *job = response_job(record, "a.warc", MAX_BODY);

	if (!job)
		return;
	must(utf8_valid_prefix(job->req.url, strlen(job->req.url)) ==
	     strlen(job->req.url));
	must(job->err || job->res.body.len <= MAX_BODY);
	must(job->err || job->res.final_url);
	must(job->res.status >= 100 && job->res.status <= 999);
	job_free(job);
}

/* Reads the record again, from its offset, and compares. */
static void check_again(const struct record *record, struct slice bytes)
{
	struct records r;

	must(record->offset < bytes.len);
	bytes.p += record->offset;
	bytes.len -= (size_t)record->offset;
	open_reader(&r, bytes, -1);
	must(records_next(&r) == RECORD_FOUND);
	must(!r.record.offset && r.record.length == record->length);
	must(slice_equal(slice_of(&r.record.headers),
		      slice_of(&record->headers)));
	must(slice_equal(r.record.block, record->block));
	records_release(&r);
}

static void check_archive(struct slice bytes, int fd)
{
	struct records r;
	enum record_event event;
	size_t events = 0, again = 0;

	open_reader(&r, bytes, fd);
	while ((event = records_next(&r)) != RECORD_END) {
		must(events++ <= 2 * bytes.len);
		if (event == RECORD_DAMAGED) {
			must(r.damage <= bytes.len && r.why[0]);
			continue;
		}
		must(r.record.offset < bytes.len);
		must(r.record.block.len <= r.record.length);
		check_job(&r.record);
		if (r.members.packing == PACKING_NONE && again++ < AGAIN_MAX)
			check_again(&r.record, bytes);
	}
	records_release(&r);
}

/* Returns the next event of readers of parts. */
static enum record_event next_of_parts(struct records *r, struct slice bytes)
{
	enum record_event event;

	while ((event = records_next(r)) == RECORD_STOP) {
		const uint64_t begin = r->begin;
		struct raw raw = raw_of(bytes, begin);

		records_release(r);
		must(!records_open_within(r, &raw, begin + 1, LIMIT));
		r->stop = begin + 1;
	}
	return event;
}

static void check_parts(struct slice bytes)
{
	struct records one, parts;
	enum record_event event;

	open_reader(&one, bytes, -1);
	open_reader(&parts, bytes, -1);
	if (one.members.packing == PACKING_GZIP)
		parts.stop = 1;
	do {
		event = records_next(&one);
		must(next_of_parts(&parts, bytes) == event);
		if (event == RECORD_FOUND) {
			must(one.record.offset == parts.record.offset);
			must(one.record.length == parts.record.length);
			must(slice_equal(one.record.block, parts.record.block));
		}
		if (event == RECORD_DAMAGED)
			must(one.damage == parts.damage &&
			     !strcmp(one.why, parts.why));
	} while (event != RECORD_END);
	records_release(&one);
	records_release(&parts);
}

static int make_file(struct slice bytes)
{
	const int fd = memfd_create("archive", MFD_CLOEXEC);

	must(fd >= 0);
	must(write(fd, bytes.p, bytes.len) == (ssize_t)bytes.len);
	must(lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf packed = {0};
	struct slice bytes;
	int fd;

	if (!size)
		return 0;
	bytes = (struct slice){(const char *)data + 1, size - 1};
	if (data[0] & 1) {
		add_parts(&packed, bytes);
		bytes = slice_of(&packed);
	}
	(void)archive_recognise("a", bytes);
	check_archive(bytes, -1);
	check_parts(bytes);
	if (data[0] & 2) {
		fd = make_file(bytes);
		check_archive(bytes, fd);
		close(fd);
	}
	buf_release(&packed);
	return 0;
}
