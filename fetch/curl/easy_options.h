/* Sets the options of a libcurl handle: those for the whole run and those for
 * one hop. */
#ifndef FETCH_CURL_EASY_OPTIONS_H
#define FETCH_CURL_EASY_OPTIONS_H

#include "fetch/curl/transfer.h"

/* Sets an option of the transfer's handle. The first failure (out of memory, or
 * a text longer than libcurl accepts) is kept in t->refused. The request must
 * not be sent then, because without the option it would be a different
 * request. */
#define EASY_SET(t, option, value) \
	easy_note(t, curl_easy_setopt((t)->easy, option, value))

static inline void easy_note(struct transfer *t, CURLcode code)
{
	if (code != CURLE_OK && t->refused == CURLE_OK)
		t->refused = code;
}

/* Sets the options that are the same for every job, except the callbacks. On
 * failure, t->refused is set. */
void easy_set_up(struct transfer *t);

/* Sets the options of the job's hop. On failure, t->refused is set. Fills
 * t->own_headers and t->resolve, which live until the transfer is finished. */
void easy_set_hop(struct transfer *t, const struct job *job);

#endif
