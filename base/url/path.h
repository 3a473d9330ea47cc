/* The path parser of the URL Standard. Only base/url/ includes this. */
#ifndef BASE_URL_PATH_H
#define BASE_URL_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/url/url.h"

/* A path being written: the end of out, from the offset start on. Each segment
 * begins with a '/'. */
struct url_path {
	struct buf *out;
	size_t start;
	bool special, file;
	bool as_is;	/* keep the segments "." and ".." */
};

/* Returns true at "C:" or "C|", followed by the end or one of / \ ? #. */
bool url_path_is_drive(const char *p, const char *end);

/* Returns the drive at the beginning of a path ("/C:"), or an empty slice. */
struct slice url_path_drive(const char *path, const char *end);

/* Removes the last segment; a drive is kept. */
void url_path_shorten(const struct url_path *path);

/* Appends the segments at p and returns their end: ?, # or end. */
const char *url_path_parse(const struct url_path *path, const char *p,
			   const char *end);

/* Appends an opaque path, which has no segments ("mailto:", "data:"). */
const char *url_path_parse_opaque(struct buf *out, const char *p,
				  const char *end);

#endif
