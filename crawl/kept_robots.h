/* Table in the database of a crawl: the rules of robots.txt files, so that a
 * resumed crawl need not request these files again. */
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
	bool has_file;		/* false: the origin has no robots.txt, all is
				 * allowed */
	bool from_public;	/* the answer is from a public server */
	int64_t expires;	/* seconds since 1970 */
	struct slice text;	/* contents of robots.txt; borrowed */
};

/* Stores the answer of an origin to the request for its robots.txt. Returns 0,
 * or -1 after an error. */
int kept_robots_set(struct database *d, const char *origin,
		    const struct kept_robots *robots);

/* Returns true, with the answer in *kept and its text in the buffer, if an
 * answer of the origin is stored. */
bool kept_robots_get(struct database *d, const char *origin,
		     struct kept_robots *robots, struct buf *text);

#endif
