/* Base64 (RFC 4648, 4), with its padding. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Appends len bytes, encoded as Base64. */
void base64_add(struct buf *out, const void *bytes, size_t len);

/* Appends the bytes that a Base64 text without line ends encodes. Returns
 * false, and appends nothing, if the text is not Base64. */
bool base64_decode(struct buf *out, const char *text, size_t len);

#endif
