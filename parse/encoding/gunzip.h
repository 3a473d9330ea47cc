/*
 * Detects gzip files, such as compressed sitemaps and dumps: the compression is
 * part of the file there and not declared by Content-Encoding.
 */
#ifndef PARSE_ENCODING_GUNZIP_H
#define PARSE_ENCODING_GUNZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

/* Returns true if the body begins like a gzip file (RFC 1952). */
bool gunzip_is_packed(struct slice body);

/* Decompresses the first bytes of the file, at most size of them, into to.
 * Returns their number; 0 also if the file is broken. decode_body()
 * decompresses all of it. */
size_t gunzip_peek(struct slice body, char *to, size_t size);

#endif
