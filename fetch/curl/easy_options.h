/* Sets the options of a libcurl handle: those of the run and those of a hop. */
#ifndef FETCH_CURL_EASY_OPTIONS_H
#define FETCH_CURL_EASY_OPTIONS_H

#include "fetch/curl/transfer.h"

/* Sets an option of the transfer's handle. The first failure (out of memory, or
 * a text longer than libcurl accepts) is kept in t->refused: the request must
 * not be sent then, because it would be a different one. */
#define EASY_SET(t, option, value) \
	easy_note(t, curl_easy_setopt((t)->easy, option, value))

static inline void easy_note(struct transfer *t, CURLcode code)
{
	if (code != CURLE_OK && t->refused == CURLE_OK)
		t->refused = code;
}

/* Appends the -H lines and our default headers to *all, and those that may be
 * sent to other origins than the first to *cross_origin. Both lists are empty
 * before and freed by the caller. */
void easy_headers(const struct fetch_config *config,
		  struct curl_slist **all, struct curl_slist **cross_origin);

/* Sets the options that are the same for every job, apart from callbacks.
 * t->refused says whether that failed. */
void easy_set_up(struct transfer *t);

/* Sets the options of the job's hop. t->refused says whether that failed. Fills
 * t->own_headers and t->resolve, which live until the transfer is finished. */
void easy_set_hop(struct transfer *t, const struct job *job);

#endif
