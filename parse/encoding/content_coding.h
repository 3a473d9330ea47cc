/*
 * Content-Encoding (RFC 9110, 8.4) undone.
 *
 * It is done here and not by libcurl, which gives the part of a cut gzip body
 * that arrived as success; and so the work is spread over the workers, and
 * counts decoded bytes.
 */
#ifndef PARSE_ENCODING_CONTENT_CODING_H
#define PARSE_ENCODING_CONTENT_CODING_H

#include <stdint.h>

#include "base/buf.h"
#include "base/job/err.h"
#include "base/slice.h"

/*
 * Undoes the codings in the header's value (a list; several fields are joined
 * with commas; empty: none), last one first: gzip, x-gzip, deflate (with and
 * without the zlib wrapper), br, zstd, identity. body is replaced by what it
 * decodes to. An empty body stays one, whatever the codings; and any body stays
 * as it is when one of the list is unknown ("utf-8", "none").
 *
 * Returns ERR_NONE, ERR_DECODE (broken or cut off, more than five), or
 * ERR_TOO_LARGE (over max bytes after any step, or more than the page may have;
 * it stops there and needs little more memory than that). What body takes is
 * charged to the thread's account, before (by the caller) and after; and so is
 * what decoders need meanwhile.
 * On error body is empty and *message
 * says what was wrong, to be freed; it is NULL otherwise.
 */
enum err decode_body(struct buf *body, struct slice content_encoding,
		     uint64_t max, char **message);

/* The message of a body that is larger, to be freed. */
char *decode_too_large(uint64_t max);

#endif
