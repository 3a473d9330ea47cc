/* Base64 (RFC 4648, 4), with its padding. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <stddef.h>

#include "base/buf.h"

/* Appends len bytes, encoded as Base64. */
void base64_add(struct buf *out, const void *bytes, size_t len);

#endif
