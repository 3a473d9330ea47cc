#include "crawl/kept_options.h"

int kept_options_set(struct database *d, const char *name, const char *value)
{
	struct statement *st = database_statement(d,
		"INSERT OR REPLACE INTO options VALUES (?, ?)");

	if (!st)
		return -1;
	bind_text(st, 1, name);
	bind_text(st, 2, value);
	return database_finish(d, st);
}

char *kept_options_get(struct database *d, const char *name)
{
	struct statement *st = database_statement(d,
		"SELECT value FROM options WHERE name = ?");
	char *value = NULL;

	if (st)
		bind_text(st, 1, name);
	while (database_next_row(d, st))
		value = copy_at(st, 0);
	return value;
}
