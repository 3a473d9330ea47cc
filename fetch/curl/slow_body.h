/*
 * A body that takes its time to arrive is looked at meanwhile: is it larger
 * than allowed when it is decoded (base/job/body_check.h)?
 *
 * Only after a while, because most bodies are there at once, and would be
 * decoded twice for nothing: by then they are with their parser.
 */
#ifndef FETCH_CURL_SLOW_BODY_H
#define FETCH_CURL_SLOW_BODY_H

#include "base/job/body_check.h"
#include "fetch/curl/transfer.h"

/* From the transfer's start, in msec. */
#define SLOW_BODY_AFTER 500.0

/* Whether something has come since the last look, or the last one was not
 * complete; false while the transfer is paused. */
bool slow_body_has_new_bytes(const struct transfer *t);

/* Looks at what has come, for a few milliseconds. Fails the job if it is too
 * large: the transfer is to be ended then. */
enum body_state slow_body_check(struct transfer *t);

/* The body cannot become larger than it is; nothing needs to be looked at. */
bool slow_body_needs_no_check(const struct transfer *t);

/* The transfer has ended. */
void slow_body_end(struct transfer *t);

#endif
