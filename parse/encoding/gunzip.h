/*
 * Files that are packed by gzip, as sitemaps and dumps are: the packing is part
 * of the file there, and no Content-Encoding says so.
 */
#ifndef PARSE_ENCODING_GUNZIP_H
#define PARSE_ENCODING_GUNZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

/* Whether a body is one, by its first bytes (RFC 1952). */
bool gunzip_is_packed(struct slice body);

/* The first bytes of what is inside, up to size of them: how many, 0 also if
 * it is broken. decode_body() unpacks all of it. */
size_t gunzip_peek(struct slice body, char *to, size_t size);

#endif
