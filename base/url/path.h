/* Paths as the URL Standard parses them. Inside base/url*.c only. */
#ifndef BASE_URL_PATH_H
#define BASE_URL_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/url/url.h"

/* A path being written: it is the end of out, from start on, and a '/' is
 * before each of its segments. */
struct url_path {
	struct buf *out;
	size_t start;
	bool special, file;
};

/* Is there "C:" or "C|", and then the end or one of / \ ? #? */
bool url_path_is_drive(const char *p, const char *end);

/* The drive that a path begins with ("/C:"); empty when there is none. */
struct slice url_path_drive(const char *path, const char *end);

/* Takes the last segment away; a drive stays. */
void url_path_shorten(const struct url_path *path);

/* Adds the segments at p and returns where they end: at ?, # or end. */
const char *url_path_parse(const struct url_path *path, const char *p,
			   const char *end);

/* Adds a path of no segments at all ("mailto:", "data:"). */
const char *url_path_parse_opaque(struct buf *out, const char *p,
				  const char *end);

#endif
