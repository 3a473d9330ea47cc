/*
 * Checks, while a body still arrives, whether the body would be larger than
 * allowed when decoded (base/job/body_check.h).
 *
 * The check starts only after a while. Most bodies arrive at once and have
 * reached their parser by then; checking them would decode them twice for
 * nothing.
 */
#ifndef FETCH_CURL_SLOW_BODY_H
#define FETCH_CURL_SLOW_BODY_H

#include "base/job/body_check.h"
#include "fetch/curl/transfer.h"

/* Time in msec from the start of the transfer to the first check. */
#define SLOW_BODY_AFTER 500.0

/* Returns true if bytes have arrived since the last check, or if that check was
 * not complete. Returns false while the transfer is paused. */
bool slow_body_has_new_bytes(const struct transfer *t);

/* Checks the bytes that have arrived, for a few milliseconds. If the body is
 * too large, fails the job; then the caller must end the transfer. */
enum body_state slow_body_check(struct transfer *t);

/* Returns true if the body needs no check: decoding cannot make it larger, or
 * checks are off. */
bool slow_body_needs_no_check(const struct transfer *t);

/* Frees the check. Called when the transfer has ended. */
void slow_body_end(struct transfer *t);

#endif
