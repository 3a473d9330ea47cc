/* The blocks of request and response records: HTTP messages as they were sent
 * and received, with the few changes that an archive needs. */
#ifndef CMD_WARC_WRITER_BLOCK_H
#define CMD_WARC_WRITER_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

/* Appends a request. HTTP/2 in its first line becomes HTTP/1.1. Unless
 * `secrets` is true, the values of headers with secrets become "...", and so
 * does a body that has a secret in it. */
void warc_add_request(struct buf *out, struct slice request, bool secrets);

/* Appends the head of a response. HTTP/2 in its status line becomes HTTP/1.1,
 * with the usual reason. If there can be a body (has_body), its transfer coding
 * was undone: then the names Transfer-Encoding and Content-Length get a prefix,
 * and a Content-Length with the true length, body_len, is added. */
void warc_add_response_head(struct buf *out, struct slice head, bool has_body,
			    size_t body_len);

#endif
