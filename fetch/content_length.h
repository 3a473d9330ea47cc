/*
 * Whether a response says one thing about its length (RFC 9112, 6.3).
 *
 * libcurl 7.88 believes the last of several Content-Lengths, the "5" in "5, 7"
 * and the 0 in "0x1f", and calls what it cut off a success.
 */
#ifndef FETCH_CONTENT_LENGTH_H
#define FETCH_CONTENT_LENGTH_H

#include <stdbool.h>

#include "base/job/job.h"

bool content_length_is_valid(const struct job *job);

#endif
