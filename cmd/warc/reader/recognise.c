/* Decompresses a few bytes, if the file is compressed. */
#include "cmd/warc/reader/recognise.h"

#include <string.h>
#include <strings.h>

enum { PLAIN_BYTES = 16 };

static const struct {
	const char *ending;
	enum packing packing;
} names[] = {
	{".warc", PACKING_NONE},
	{".warc.gz", PACKING_GZIP},
	{".warc.zst", PACKING_ZSTD},
};

/* Returns the index of the row that has the extension of the name, or -1. */
static int find_name(const char *name)
{
	const size_t len = strlen(name);

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const size_t end = strlen(names[i].ending);

		if (len > end && !strcasecmp(name + len - end, names[i].ending))
			return (int)i;
	}
	return -1;
}

bool archive_has_name(const char *name)
{
	return find_name(name) >= 0;
}

enum packing archive_usual_packing(const char *name)
{
	const int row = find_name(name);

	return row < 0 ? PACKING_NONE : names[row].packing;
}

static bool begins(struct slice s, const char *with)
{
	return s.len >= strlen(with) && !memcmp(s.p, with, strlen(with));
}

static enum archive_kind kind_of(struct slice plain)
{
	if (begins(plain, "WARC/"))
		return ARCHIVE_WARC;
	return begins(plain, "filedesc:") ? ARCHIVE_ARC : ARCHIVE_NONE;
}

static enum archive_kind kind_inside(enum packing packing, struct slice start)
{
	struct unpack *u = unpack_open(packing);
	char plain[PLAIN_BYTES];
	size_t room = sizeof(plain);

	if (!u)
		return ARCHIVE_NONE;
	if (unpack_begin(u))
		(void)unpack_run(u, &start, plain, &room);
	unpack_close(u);
	return kind_of((struct slice){plain, sizeof(plain) - room});
}

bool archive_needs_more(struct slice start)
{
	return packing_of(start) == PACKING_ZSTD;
}

enum archive_kind archive_recognise(const char *name, struct slice start)
{
	const enum packing packing = packing_of(start);
	enum archive_kind kind;

	/* A skippable frame with a dictionary for the other frames. */
	if (begins(start, "\x5d\x2a\x4d\x18"))
		return ARCHIVE_WARC;
	kind = packing == PACKING_NONE ? kind_of(start)
				       : kind_inside(packing, start);
	if (kind == ARCHIVE_NONE && archive_has_name(name))
		return ARCHIVE_WARC;
	return kind;
}
