/*
 * A path into the object that meta_read() writes, as in
 *
 *	description
 *	json_ld[0].author.name
 *	json_ld[].datePublished		of every value
 *	opengraph.og:title		or opengraph["og:title"]
 *
 * A step is a member's name, an index (from the end if it is negative), or []
 * for all elements of an array. The first name must be a member of the object.
 * "::url" at the end asks for an absolute URL.
 *
 * A compiled path is immutable, so threads may share it.
 */
#ifndef PARSE_META_META_PATH_H
#define PARSE_META_META_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

enum { META_PATH_MAX_LENGTH = 4096 };	/* bytes */

struct meta_path;

/* Returns NULL if s is not such a path. Then the reason is appended to why (one
 * line, without the position) and *at is the byte offset of the error. */
struct meta_path *meta_path_compile(const char *s, size_t len, struct buf *why,
				    size_t *at);
void meta_path_free(struct meta_path *path);	/* NULL is fine */

/* Returns true if s, the text after "meta:" in a query that is not a valid
 * selector, is likely meant as a path: it begins with the name of a member or a
 * similar name, or has more than one step. */
bool meta_path_is_meant(const char *s);

bool meta_path_is_url(const struct meta_path *path);

/* Returns true if the path ends in []. */
bool meta_path_takes_elements(const struct meta_path *path);

/* Calls on_value for each value at the path, in order, until on_value returns
 * false. meta is the compact JSON that meta_read() writes. */
void meta_path_find(const struct meta_path *path, struct slice meta,
		    bool (*on_value)(void *ctx, struct slice json), void *ctx);

#endif
