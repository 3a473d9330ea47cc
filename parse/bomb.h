/*
 * Finds decompression bombs while they arrive, by counting what a body decodes
 * to without keeping it.
 *
 * A small body may decode to gigabytes, and its server may delay the end of it.
 * Each content coding of the response has a decoder that writes into a small
 * buffer, from which the next decoder reads; a gzip file inside the body has
 * one too, if the reader would unpack it. A broken body is reported as fine
 * here: the worker that gets the whole body reports the error.
 */
#ifndef PARSE_BOMB_H
#define PARSE_BOMB_H

#include "base/job/body_check.h"

/* open() takes a struct parse_config. */
extern const struct body_check bomb_check;

#endif
