/* Detects gzip files, such as compressed sitemaps and dumps. Their compression
 * is part of the file, so Content-Encoding does not declare it. */
#ifndef PARSE_ENCODING_GUNZIP_H
#define PARSE_ENCODING_GUNZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

/* Returns true if the body begins like a gzip file (RFC 1952). */
bool gunzip_is_packed(struct slice body);

/* Decompresses the beginning of a gzip file into to, at most size bytes.
 * Returns the number of bytes written; 0 also if the file is broken. Use
 * decode_body() to decompress the whole file. */
size_t gunzip_peek(struct slice body, char *to, size_t size);

#endif
