/*
 * Checks that the Content-Length fields of a response agree (RFC 9112, 6.3).
 *
 * libcurl 7.88 uses the last of several Content-Length values: the "5" in "5,
 * 7" and the 0 in "0x1f". It then cuts the body off at that length and reports
 * success.
 */
#ifndef FETCH_CONTENT_LENGTH_H
#define FETCH_CONTENT_LENGTH_H

#include <stdbool.h>

#include "base/job/job.h"

bool content_length_is_valid(const struct job *job);

#endif
