/* Hosts are sorted by the database, which uses temporary files for a million of
 * them. */
#include "crawl/store_status.h"

#include <stddef.h>

#include "crawl/database/database.h"

/* Pages with a bad status are rare: their number is one value of the crawl, not
 * one of each host. */
static int add_bad_statuses(struct database *db, uint64_t count)
{
	struct statement *st = database_statement(db,
		"INSERT INTO crawl VALUES ('bad_statuses', ?)"
		" ON CONFLICT (name) DO UPDATE"
		" SET value = value + excluded.value");

	if (!st)
		return -1;
	bind_number(st, 1, count);
	return database_finish(db, st);
}

static int remove_bad_status(struct database *db)
{
	return database_finish(db, database_statement(db,
		"UPDATE crawl SET value = value - 1"
		" WHERE name = 'bad_statuses' AND value > 0"));
}

static int add_figures(struct database *db, const struct status_sum *sum)
{
	struct statement *st = database_statement(db,
		"INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
		" ON CONFLICT (host) DO UPDATE SET done = done + excluded.done,"
		" errors = errors + excluded.errors,"
		" bytes = bytes + excluded.bytes,"
		" held_robots = held_robots + excluded.held_robots,"
		" held_429 = held_429 + excluded.held_429,"
		" held_rate = held_rate + excluded.held_rate,"
		" robots = CASE excluded.robots WHEN 0 THEN robots"
		" ELSE excluded.robots END");

	if (!st)
		return -1;
	bind_number(st, 1, sum->host);
	bind_number(st, 2, sum->done);
	bind_number(st, 3, sum->errors);
	bind_number(st, 4, sum->bytes);
	for (int i = 0; i < HELD_BY_COUNT; i++)
		bind_real(st, 5 + i, sum->notes.held[i]);
	bind_number(st, 5 + HELD_BY_COUNT, sum->notes.robots);
	return database_finish(db, st);
}

int store_status_write(struct database *db, struct status_sum *sum)
{
	const struct status_sum all = *sum;

	*sum = (struct status_sum){0};
	return (all.done && add_figures(db, &all)) ||
	       (all.bad_statuses && add_bad_statuses(db, all.bad_statuses))
		       ? -1 : 0;
}

int store_status_add(struct database *db, struct status_sum *sum,
		     uint64_t host, const struct page_result *result)
{
	if (sum->host != host && store_status_write(db, sum))
		return -1;
	sum->host = host;
	sum->done++;
	sum->errors += result->outcome == PAGE_ERROR;
	sum->bad_statuses += result->outcome == PAGE_BAD_STATUS;
	sum->bytes += result->bytes;
	host_notes_add(&sum->notes, &result->notes);
	return 0;
}

int store_status_repeat(struct database *db, uint64_t page,
			enum page_outcome was)
{
	struct statement *st = database_statement(db,
		"UPDATE figures SET done = done - 1, errors = errors - ?"
		" WHERE host = (SELECT host FROM pages WHERE page = ?)");

	if (!st)
		return -1;
	bind_number(st, 1, was == PAGE_ERROR);
	bind_number(st, 2, page);
	if (database_finish(db, st))
		return -1;
	return was == PAGE_BAD_STATUS ? remove_bad_status(db) : 0;
}

int store_status_set_notes(struct database *db, const char *json)
{
	struct statement *st = database_statement(db,
		"INSERT OR REPLACE INTO notes VALUES ('run', ?)");

	if (!st)
		return -1;
	bind_text(st, 1, json);
	return database_finish(db, st);
}

char *store_status_notes(struct database *db)
{
	struct statement *st = database_statement(db,
		"SELECT value FROM notes WHERE name = 'run'");
	char *notes = NULL;

	while (database_next_row(db, st))
		if (!notes)
			notes = copy_at(st, 0);
	return notes;
}

static int result_of(struct database *db)
{
	return database_error(db) ? -1 : 0;
}

int store_status_count(struct database *db, struct status_counts *counts)
{
	/* Pages are numbered from 0 and hosts from 1, without gaps, so the
	 * highest numbers are the counts. The number of done pages is the sum
	 * of the hosts' figures: counting rows would read the whole table. */
	struct statement *st = database_statement(db,
		"SELECT (SELECT coalesce(max(page) + 1, 0) FROM pages),"
		" (SELECT count(*) FROM pages WHERE done = 0) +"
		" (SELECT count(*) FROM pages WHERE done = 4),"
		" (SELECT coalesce(max(host), 0) FROM hosts),"
		" coalesce(sum(done), 0), coalesce(sum(errors), 0),"
		" coalesce((SELECT value FROM crawl"
		" WHERE name = 'bad_statuses'), 0)"
		" FROM figures");

	while (database_next_row(db, st)) {
		counts->known = number_at(st, 0);
		counts->waiting = number_at(st, 1);
		counts->hosts = number_at(st, 2);
		counts->done = number_at(st, 3);
		counts->errors = number_at(st, 4);
		counts->bad_statuses = number_at(st, 5);
	}
	return result_of(db);
}

static struct status_host host_of_row(struct statement *st)
{
	struct status_host host = {
		.name = text_at(st, 0),
		.done = number_at(st, 1),
		.waiting = number_at(st, 2),
		.errors = number_at(st, 3),
		.bytes = number_at(st, 4),
	};

	for (int i = 0; i < HELD_BY_COUNT; i++)
		host.notes.held[i] = real_at(st, 5 + i);
	host.notes.robots = (enum robots_status)number_at(st, 8);
	if (host.notes.robots >= ROBOTS_STATUSES)
		host.notes.robots = ROBOTS_NOT_ASKED;
	return host;
}

static void add_to_others(struct status_host *others,
			  const struct status_host *host)
{
	others->done += host->done;
	others->waiting += host->waiting;
	others->errors += host->errors;
	others->bytes += host->bytes;
	host_notes_add(&others->notes, &host->notes);
	others->notes.robots = ROBOTS_NOT_ASKED;
}

int store_status_each_host(struct database *db, unsigned most,
			   void (*each)(void *ctx,
					const struct status_host *host),
			   void *ctx)
{
	struct statement *st = database_statement(db,
		"SELECT name, coalesce(f.done, 0), coalesce(w.waiting, 0),"
		" coalesce(errors, 0), coalesce(bytes, 0),"
		" coalesce(held_robots, 0), coalesce(held_429, 0),"
		" coalesce(held_rate, 0), coalesce(robots, 0) FROM hosts"
		" LEFT JOIN figures f USING (host)"
		" LEFT JOIN (SELECT host, sum(n) AS waiting FROM"
		" (SELECT host, count(*) AS n FROM pages WHERE done = 0"
		" GROUP BY host UNION ALL"
		" SELECT host, count(*) FROM pages WHERE done = 4"
		" GROUP BY host) GROUP BY host) w USING (host)"
		" ORDER BY coalesce(f.done, 0) + coalesce(w.waiting, 0) DESC,"
		" name");
	struct status_host others = {0};
	unsigned hosts = 0;

	while (database_next_row(db, st)) {
		const struct status_host host = host_of_row(st);

		if (hosts++ < most)
			each(ctx, &host);
		else
			add_to_others(&others, &host);
	}
	if (hosts > most)
		each(ctx, &others);
	return result_of(db);
}
