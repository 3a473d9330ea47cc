/*
 * Stores each robots.txt with the time at which it expires, by the system
 * clock, because another process may read it.
 *
 * The files of earlier runs are read through a second connection to the
 * database. Reading takes some microseconds, and does not wait for the
 * frontier's thread and connection, which may be waiting for the disk.
 */
#include "cmd/crawl/robots_keeper.h"

#include <time.h>

#include "crawl/kept_robots.h"

/* Longest lifetime of an answer, in msec, in case the system clock was set
 * back. */
#define LIFETIME_MAX (24 * 3600e3)

static void keep(void *ctx, const char *origin, const struct robots_kept *kept)
{
	const struct robots_keeper *k = ctx;

	/* Errors of the frontier are handled at the next page. */
	(void)kept_robots_set(frontier_database(k->frontier), origin,
			      &(struct kept_robots){
		.text = slice_of(&kept->text),
		.has_file = kept->has_file,
		.from_public = kept->from_public,
		.expires = (int64_t)time(NULL) +
			   (int64_t)(kept->lifetime / 1e3),
	});
}

static bool recall(void *ctx, const char *origin, struct robots_kept *kept)
{
	const struct robots_keeper *k = ctx;
	struct kept_robots stored;
	msec left;

	if (!k->earlier ||
	    !kept_robots_get(k->earlier, origin, &stored, &kept->text))
		return false;
	left = (double)(stored.expires - (int64_t)time(NULL)) * 1e3;
	if (left <= 0) {
		buf_release(&kept->text);
		return false;
	}
	kept->has_file = stored.has_file;
	kept->from_public = stored.from_public;
	kept->lifetime = left < LIFETIME_MAX ? left : LIFETIME_MAX;
	return true;
}

/* Opens the database of the folder. Returns NULL on failure: then the files are
 * requested again. */
static struct database *open_earlier(const char *folder)
{
	struct buf why = {0};
	struct database *d = store_open_to_read(folder, &why);

	buf_release(&why);
	/* Ends the transaction that opening has begun, so that each read is a
	 * transaction of its own: a long transaction would keep the database
	 * from shrinking its log. */
	if (d && database_finish(d, database_statement(d, "COMMIT"))) {
		database_close(d);
		d = NULL;
	}
	return d;
}

void robots_keeper_open(struct robots_keeper *k, struct frontier *f,
			const char *folder, bool is_resumed)
{
	*k = (struct robots_keeper){
		.memory = {keep, recall, k},
		.frontier = f,
		.earlier = folder && is_resumed ? open_earlier(folder) : NULL,
	};
}

void robots_keeper_close(struct robots_keeper *k)
{
	database_close(k->earlier);
	k->earlier = NULL;
}
