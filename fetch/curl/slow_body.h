/*
 * Checks a body that arrives slowly, before it is complete: would it be larger
 * than allowed when decoded (base/job/body_check.h)?
 *
 * The check starts only after a while, because most bodies arrive at once and
 * would be decoded twice for nothing; they are with their parser by then.
 */
#ifndef FETCH_CURL_SLOW_BODY_H
#define FETCH_CURL_SLOW_BODY_H

#include "base/job/body_check.h"
#include "fetch/curl/transfer.h"

/* Msec from the start of the transfer to the first check. */
#define SLOW_BODY_AFTER 500.0

/* Returns true if bytes have arrived since the last check, or that check was
 * not complete; false while the transfer is paused. */
bool slow_body_has_new_bytes(const struct transfer *t);

/* Checks the bytes that have arrived, for a few milliseconds. If the body is
 * too large, fails the job; the caller then ends the transfer. */
enum body_state slow_body_check(struct transfer *t);

/* Returns true if the body needs no check: decoding cannot make it larger, or
 * checks are off. */
bool slow_body_needs_no_check(const struct transfer *t);

/* Frees the check. Call when the transfer has ended. */
void slow_body_end(struct transfer *t);

#endif
