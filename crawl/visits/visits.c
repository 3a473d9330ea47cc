#include "crawl/visits/visits.h"

#include <stdlib.h>

#include "base/mem.h"
#include "crawl/visits/link_pack.h"

struct visits {
	struct database *database;
	struct buf packed;	/* packed links of one page */
};

struct visits *visits_open(struct database *d)
{
	struct visits *v;

	if (database_finish(d, database_statement(d,
		"CREATE TABLE IF NOT EXISTS visits (page INTEGER PRIMARY KEY,"
		" status INTEGER NOT NULL, at INTEGER NOT NULL, etag TEXT,"
		" modified TEXT, whole INTEGER, undated INTEGER,"
		" wordings INTEGER, simhash INTEGER, body INTEGER,"
		" links BLOB)")))
		return NULL;
	v = xcalloc(1, sizeof(*v));
	v->database = d;
	return v;
}

void visits_close(struct visits *v)
{
	if (!v)
		return;
	buf_release(&v->packed);
	free(v);
}

int visits_add(struct visits *v, const struct visit *visit)
{
	struct statement *st = database_statement(v->database,
		"INSERT OR REPLACE INTO visits"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

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
	if (visit->links.len) {
		buf_clear(&v->packed);
		link_pack_add(&v->packed, visit->links);
		bind_slice(st, 11, slice_of(&v->packed));
	}
	return database_finish(v->database, st);
}
