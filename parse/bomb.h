/*
 * Finds decompression bombs while they arrive, by counting the bytes that a
 * body decodes to, without keeping these bytes.
 *
 * A small body may decode to gigabytes, and its server may delay the end of the
 * body. Each content coding of the response has a decoder that writes into a
 * small buffer, from which the next decoder reads; a gzip file inside the body
 * has a decoder too, if the reader would unpack the file. A broken body is not
 * reported here: the worker that gets the whole body reports the error.
 */
#ifndef PARSE_BOMB_H
#define PARSE_BOMB_H

#include "base/job/body_check.h"

/* The config argument of bomb_check.open() is a struct parse_config. */
extern const struct body_check bomb_check;

#endif
