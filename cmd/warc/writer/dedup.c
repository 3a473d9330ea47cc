#include "cmd/warc/writer/dedup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/timestamp.h"
#include "cmd/warc/writer/cdxj.h"
#include "cmd/warc/writer/past.h"

/* Bit of a place that is in the CDXJ file, and not in the journal. */
#define IN_FILE (UINT64_C(1) << 63)

enum { SHA1_DIGITS = 32, TIME_DIGITS = 14 };

static void add_place(struct warc_dedup *d, struct slice digest, uint64_t place)
{
	unsigned long number = d->len;

	if (digest_set_add(&d->set, digest, &number))
		return;
	if (d->len == d->cap) {
		d->cap = d->cap * 2 + 1024;
		d->places = xrealloc(d->places, d->cap * sizeof(*d->places));
	}
	d->places[d->len++] = place;
}

void warc_dedup_add(struct warc_dedup *d, const char *digest, uint64_t at)
{
	add_place(d, (struct slice){digest, strlen(digest)}, at);
}

/* Adds the payload of a line of an index. */
static void add_line(struct warc_dedup *d, struct slice line, uint64_t place)
{
	const struct slice digest = cdxj_member(line, "digest");
	struct buf whole = {0};

	if (!digest.len || cdxj_is_revisit(line))
		return;
	if (digest.len == SHA1_DIGITS)
		buf_addstr(&whole, "sha1:");
	buf_add(&whole, digest.p, digest.len);
	add_place(d, slice_of(&whole), place);
	buf_release(&whole);
}

static int map_file(struct warc_dedup *d, int fd)
{
	struct stat st;
	void *p;

	if (fstat(fd, &st))
		return errno;
	if (!st.st_size)
		return 0;
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (p == MAP_FAILED)
		return errno;
	d->file = (struct slice){p, (size_t)st.st_size};
	return 0;
}

/* Returns the line of the file that begins at an offset. */
static struct slice line_at(const struct warc_dedup *d, uint64_t at)
{
	const char *p = d->file.p + at;
	const size_t left = d->file.len - (size_t)at;
	const char *end = memchr(p, '\n', left);

	return (struct slice){p, end ? (size_t)(end - p) : left};
}

int warc_dedup_open(struct warc_dedup *d, const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	int error;

	if (fd < 0)
		return errno;
	error = map_file(d, fd);
	close(fd);
	for (size_t at = 0; at < d->file.len;) {
		const struct slice line = line_at(d, at);

		add_line(d, line, at | IN_FILE);
		at += line.len + 1;
	}
	return error;
}

static int add_kept(void *ctx, size_t file, const struct warc_line *line)
{
	(void)file;
	add_line(ctx, line->text, line->begin);
	return 0;
}

int warc_dedup_load(struct warc_dedup *d, const struct warc_journal *j)
{
	struct warc_past past;
	int error = warc_past_read(&past, j, "");

	if (!error)
		error = warc_past_each_kept(&past, j, add_kept, d);
	warc_past_release(&past);
	return error;
}

/* Appends the 14 digits of a line's time as a date; appends nothing if they are
 * not digits. */
static void add_date(struct buf *out, struct slice line)
{
	static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
	const char *space = memchr(line.p, ' ', line.len), *digit;
	const char *end = bytes_end(line.p, line.len);

	if (!space || end - space <= TIME_DIGITS)
		return;
	digit = space + 1;
	for (int i = 0; i < TIME_DIGITS; i++)
		if (digit[i] < '0' || digit[i] > '9')
			return;
	for (const char *f = form; *f; f++)
		buf_addch(out, *f == 'd' ? *digit++ : *f);
}

/* Fills in the original from a line of the CDXJ file. Returns false if the line
 * lacks a member that is needed. */
static bool read_from_file(const struct warc_dedup *d, uint64_t at,
			   struct warc_original *o)
{
	const struct slice line = line_at(d, at);
	const struct slice uri = cdxj_member(line, "url");

	add_date(&o->date, line);
	buf_add(&o->uri, uri.p, uri.len);
	return o->date.len && o->uri.len;
}

static bool read_from_journal(const struct warc_journal *j, uint64_t at,
			      struct warc_original *o)
{
	struct buf text = {0};
	struct warc_line line;
	const bool is = warc_journal_line_at(j, at, &text, &line);

	if (is) {
		const struct slice uri = cdxj_member(line.text, "url");

		buf_add(&o->uri, uri.p, uri.len);
		timestamp_add(&o->date, (int64_t)line.place.date);
		memcpy(o->id, line.place.id, sizeof(o->id));
	}
	buf_release(&text);
	return is && o->uri.len;
}

bool warc_dedup_find(struct warc_dedup *d, const struct warc_journal *j,
		     const char *digest, struct warc_original *original)
{
	const struct slice text = {digest, strlen(digest)};
	unsigned long number = 0;
	uint64_t place;
	bool is;

	*original = (struct warc_original){0};
	if (!digest_set_has(&d->set, text) ||
	    !digest_set_add(&d->set, text, &number))
		return false;
	place = d->places[number];
	is = place & IN_FILE ? read_from_file(d, place & ~IN_FILE, original)
			     : read_from_journal(j, place, original);
	if (!is)
		warc_original_release(original);
	return is;
}

void warc_original_release(struct warc_original *o)
{
	buf_release(&o->uri);
	buf_release(&o->date);
	*o = (struct warc_original){0};
}

void warc_dedup_release(struct warc_dedup *d)
{
	if (d->file.p)
		munmap((void *)d->file.p, d->file.len);
	digest_set_release(&d->set);
	free(d->places);
	*d = (struct warc_dedup){0};
}
