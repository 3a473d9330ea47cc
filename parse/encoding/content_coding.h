/*
 * Decodes content codings (RFC 9110, 8.4).
 *
 * libcurl is not asked to do this, because it reports a truncated gzip body as
 * a success; decoding here also spreads the work over the workers and limits
 * the decoded size.
 */
#ifndef PARSE_ENCODING_CONTENT_CODING_H
#define PARSE_ENCODING_CONTENT_CODING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/job/err.h"
#include "base/slice.h"

/*
 * Decodes the codings in the header's value (a list; several fields are joined
 * with commas; empty: none), last one first: gzip, x-gzip, deflate (with and
 * without the zlib wrapper), br, zstd, identity. body is replaced by the
 * decoded body. An empty body stays empty, whatever the codings; any body is
 * left unchanged if one coding of the list is unknown ("utf-8", "none").
 *
 * Returns ERR_NONE, ERR_DECODE (broken or truncated, or more than five
 * codings), or ERR_TOO_LARGE (over max bytes after any step, or over the page's
 * memory; decoding stops there and needs little more memory than that). The
 * thread's account is charged with the body (by the caller before, by this
 * function after) and with the decoders' memory meanwhile.
 *
 * On error body is empty and *message says why, to be freed; otherwise it is
 * NULL.
 */
enum err decode_body(struct buf *body, struct slice content_encoding,
		     uint64_t max, char **message);

/* Decodes the beginning of a body, which may be cut off: replaces it with what
 * can be decoded, up to max bytes. Returns false if the codings are broken. */
bool decode_body_prefix(struct buf *body, struct slice content_encoding,
			size_t max);

/* Returns the error message for a body that decodes to more than max bytes, to
 * be freed. */
char *decode_too_large(uint64_t max);

#endif
