/*
 * Decodes content codings (RFC 9110, 8.4).
 *
 * libcurl could decode them, too, but reports a truncated gzip body as a
 * success. Decoding here also spreads the work over the workers and limits the
 * decoded size.
 */
#ifndef PARSE_ENCODING_CONTENT_CODING_H
#define PARSE_ENCODING_CONTENT_CODING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/job/err.h"
#include "base/slice.h"

/*
 * Decodes a body by the codings in the value of Content-Encoding, the last
 * coding first. The value is a list; several fields are joined with commas;
 * empty means no coding. Known codings are gzip, x-gzip, deflate (with and
 * without the zlib wrapper), br, zstd, identity. body is replaced by the
 * decoded body. An empty body stays empty, whatever the codings; any body is
 * left unchanged if one coding of the list is unknown ("utf-8", "none").
 *
 * Returns ERR_NONE, ERR_DECODE (broken or truncated, or more than five
 * codings), or ERR_TOO_LARGE (over max bytes after any step, or over the page's
 * memory; decoding stops there, so it needs little more memory than max). The
 * memory of the encoded body must be charged to the thread's account before the
 * call; after the call, the memory of the decoded body is charged to it. While
 * decoding runs, the decoders' memory is charged, too.
 *
 * On error the body is empty and *message is the reason, to be freed; otherwise
 * *message is NULL.
 */
enum err decode_body(struct buf *body, struct slice content_encoding,
		     uint64_t max, char **message);

/* Decodes the beginning of a body, which may be cut off. Replaces the body by
 * as much as can be decoded, up to max bytes. Returns false if the codings are
 * broken. */
bool decode_body_prefix(struct buf *body, struct slice content_encoding,
			size_t max);

/* Returns the error message for a body that decodes to more than max bytes, to
 * be freed. */
char *decode_too_large(uint64_t max);

#endif
