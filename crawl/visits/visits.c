#include "crawl/visits/visits.h"

#include <stdlib.h>
#include <zstd.h>

#include "base/mem.h"

/* Compression level: the fastest one that still finds repeated hosts and
 * paths. */
enum { LEVEL = 1 };

struct visits {
	struct database *database;
	ZSTD_CCtx *context;
	struct buf packed;	/* compressed links of one page */
};

struct visits *visits_open(struct database *d)
{
	struct visits *v;

	if (database_finish(d, database_statement(d,
		"CREATE TABLE IF NOT EXISTS visits (page INTEGER PRIMARY KEY,"
		" status INTEGER NOT NULL, at INTEGER NOT NULL, etag TEXT,"
		" modified TEXT, whole INTEGER, undated INTEGER,"
		" wordings INTEGER, simhash INTEGER, body INTEGER,"
		" links_length INTEGER NOT NULL, links BLOB)")))
		return NULL;
	v = xcalloc(1, sizeof(*v));
	v->database = d;
	v->context = ZSTD_createCCtx();
	if (!v->context)
		mem_exhausted();
	return v;
}

void visits_close(struct visits *v)
{
	if (!v)
		return;
	ZSTD_freeCCtx(v->context);
	buf_release(&v->packed);
	free(v);
}

/* Compresses the links into v->packed. */
static void pack(struct visits *v, struct slice links)
{
	const size_t room = ZSTD_compressBound(links.len);
	char *to;
	size_t len;

	buf_clear(&v->packed);
	to = buf_reserve(&v->packed, room);
	len = ZSTD_compressCCtx(v->context, to, room, links.p, links.len,
				LEVEL);
	/* An error is possible only if memory is short. */
	if (ZSTD_isError(len))
		mem_exhausted();
	v->packed.len = len;
}

int visits_add(struct visits *v, const struct visit *visit)
{
	struct statement *st = database_statement(v->database,
		"INSERT OR REPLACE INTO visits"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

	if (!st)
		return -1;
	bind_number(st, 1, visit->page);
	bind_number(st, 2, visit->status);
	bind_number(st, 3, (uint64_t)visit->at);
	bind_text(st, 4, visit->etag);
	bind_text(st, 5, visit->modified);
	bind_number(st, 6, visit->text.whole);
	bind_number(st, 7, visit->text.undated);
	bind_number(st, 8, visit->text.wordings);
	bind_number(st, 9, visit->text.simhash);
	bind_number(st, 10, visit->text.body);
	bind_number(st, 11, visit->links.len);
	if (visit->links.len) {
		pack(v, visit->links);
		bind_slice(st, 12, slice_of(&v->packed));
	}
	return database_finish(v->database, st);
}
