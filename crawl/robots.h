/*
 * The rules of a robots.txt for one robot (RFC 9309): bytes and a URL in, a
 * verdict out. Pure; any thread.
 *
 * - All groups for the robot are merged. If there is none, the groups for "*"
 *   apply; if there is none of those either, everything is allowed.
 * - The longest rule that matches decides, counted in octets; of two that are
 *   equally long, Allow. "*" stands for any bytes, and "$" at the end of a rule
 *   for the end of the URL. /robots.txt itself is always allowed.
 * - Rules and URLs are compared in one spelling: %XX is decoded where the byte
 *   is plain ASCII and has no function there, and is in upper case otherwise;
 *   control characters and non-ASCII bytes are encoded. "/" and %2F are
 *   different in a path and the same in a query.
 * - Lines end with CR, LF or both. A byte order mark is skipped. Other lines
 *   (Sitemap, unknown names) do not end a group. Sitemap lines count whatever
 *   group they are in. The mistakes that Google's
 *   parser (github.com/google/robotstxt) accepts are accepted: "disalow" and
 *   similar, "user agent", and a space in place of the colon. "Allow:
 *   /a/index.html" allows "/a/" as well, as there.
 */
#ifndef CRAWL_ROBOTS_H
#define CRAWL_ROBOTS_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/job/host_notes.h"
#include "base/slice.h"
#include "base/url/url.h"

/* Of a longer file only the whole lines within these bytes are used (RFC 9309,
 * 2.5: at least 500 KiB). */
enum { ROBOTS_SIZE_MAX = 500 * 1024 };

/* The rest of a longer line is ignored, as Google does. */
enum { ROBOTS_LINE_MAX = 8 * 2083 - 1 };

/* Rules of a file beyond this number are not read: each URL is compared with
 * all of them. */
enum { ROBOTS_RULES_MAX = 10000 };

/* The longest Crawl-delay that is obeyed, in msec; longer ones count as this
 * one. */
#define ROBOTS_DELAY_MAX 300e3

struct robots;

/* Reads the rules for the robot with this product token ("scrape"). text is
 * borrowed for the call only. */
struct robots *robots_parse(struct slice text, struct slice agent);
void robots_free(struct robots *r);	/* NULL is fine */

/* Returns the memory that the rules take, in bytes. */
size_t robots_bytes(const struct robots *r);

/* Returns whether the file has rules or a Crawl-delay for the robot, or
 * nothing. r NULL if there is no file. */
enum robots_status robots_status_of(const struct robots *r);

/* Returns true if the URL is the address of a robots.txt. */
bool robots_is_file(const struct url *url);

/* Returns true if the URL may be requested. If not, *rule (unless NULL) is the
 * rule that forbids the URL, in the normalised spelling; borrowed from r. */
bool robots_allows(const struct robots *r, const struct url *url,
		   struct slice *rule);

/* Returns the Crawl-delay of the file, the least time between two requests; 0:
 * the file has none. */
msec robots_crawl_delay(const struct robots *r);

/* Iterates over the values of the Sitemap lines, as written: start with *at =
 * 0; returns false at the end. Borrowed from r. */
bool robots_next_sitemap(const struct robots *r, size_t *at,
			 struct slice *value);

/* Returns the product token at the beginning of a User-Agent header or of a
 * user-agent line: letters, digits, "_" and "-". Empty if there is none. */
struct slice robots_product_token(struct slice text);

/* Returns the robot's name in the User-Agent that is sent, or "scrape"; to be
 * freed. */
char *robots_default_agent(const char *user_agent);

#endif
