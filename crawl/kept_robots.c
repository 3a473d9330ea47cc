#include "crawl/kept_robots.h"

int kept_robots_set(struct database *d, const char *origin,
		    const struct kept_robots *robots)
{
	struct statement *st = database_statement(d,
		"INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?, ?)");

	if (!st)
		return -1;
	bind_text(st, 1, origin);
	bind_number(st, 2, robots->has_file);
	bind_number(st, 3, robots->from_public);
	bind_number(st, 4, (uint64_t)robots->expires);
	bind_slice(st, 5, robots->text);
	return database_finish(d, st);
}

bool kept_robots_get(struct database *d, const char *origin,
		     struct kept_robots *robots, struct buf *text)
{
	struct statement *st = database_statement(d,
		"SELECT has_file, from_public, expires, text FROM robots"
		" WHERE origin = ?");
	bool found = false;

	if (st)
		bind_text(st, 1, origin);
	while (database_next_row(d, st)) {
		const char *bytes = text_at(st, 3);

		found = true;
		robots->has_file = number_at(st, 0);
		robots->from_public = number_at(st, 1);
		robots->expires = (int64_t)number_at(st, 2);
		buf_clear(text);
		buf_add(text, bytes, slice_at(st, 3).len);
		robots->text = slice_of(text);
	}
	return found;
}
