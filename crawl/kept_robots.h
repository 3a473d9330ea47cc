/* The table of a crawl's database with what robots.txt files say, so that a
 * resumed crawl need not ask again. */
#ifndef CRAWL_KEPT_ROBOTS_H
#define CRAWL_KEPT_ROBOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "crawl/database/database.h"

#define KEPT_ROBOTS_TABLE \
	"CREATE TABLE IF NOT EXISTS robots (origin TEXT PRIMARY KEY," \
	" has_file INTEGER NOT NULL, from_public INTEGER NOT NULL," \
	" expires INTEGER NOT NULL, text TEXT NOT NULL);"

struct kept_robots {
	bool has_file;		/* false: all is allowed */
	bool from_public;	/* the answer is from a public server */
	int64_t expires;	/* seconds since 1970 */
	struct slice text;	/* of the file; borrowed */
};

/* Stores the answer of an origin. Returns 0, or -1 after an error. */
int kept_robots_set(struct database *d, const char *origin,
		    const struct kept_robots *robots);

/* Returns true if the origin has an answer, with its text in the
 * buffer. */
bool kept_robots_get(struct database *d, const char *origin,
		     struct kept_robots *robots, struct buf *text);

#endif
