/* Stores an answer with the time at which it expires by the system clock,
 * because another process may read it. */
#include "cmd/crawl/robots_keeper.h"

#include <time.h>

#include "crawl/kept_robots.h"

/* Longest lifetime of an answer, in msec, in case the system clock was set
 * back. */
#define LIFETIME_MAX (24 * 3600e3)

static void keep(void *ctx, const char *origin, const struct robots_kept *kept)
{
	/* Errors of the frontier are handled at the next page. */
	(void)kept_robots_set(frontier_database(ctx), origin,
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
	struct kept_robots stored;
	msec left;

	if (!kept_robots_get(frontier_database(ctx), origin, &stored,
			     &kept->text))
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

static bool recall_nothing(void *ctx, const char *origin,
			   struct robots_kept *kept)
{
	(void)ctx;
	(void)origin;
	(void)kept;
	return false;
}

struct robots_memory robots_keeper(struct frontier *f, bool is_resumed)
{
	return (struct robots_memory){keep,
				      is_resumed ? recall : recall_nothing, f};
}
