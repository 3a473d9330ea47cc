/* What libcurl's handle is told: the options of the run and of a job's hop. */
#ifndef FETCH_CURL_EASY_OPTIONS_H
#define FETCH_CURL_EASY_OPTIONS_H

#include "fetch/curl/transfer.h"

/* Sets an option of the transfer's handle. The first failure (of memory, or a
 * text longer than libcurl takes) stays in t->refused: the request must not be
 * sent, because it would be another one. */
#define EASY_SET(t, option, value) \
	easy_note(t, curl_easy_setopt((t)->easy, option, value))

static inline void easy_note(struct transfer *t, CURLcode code)
{
	if (code != CURLE_OK && t->refused == CURLE_OK)
		t->refused = code;
}

/* The -H lines and our own; and those of them that may go to another origin than the
 * first. Appended to empty lists, freed by the caller. */
void easy_headers(const struct fetch_config *config,
		  struct curl_slist **all, struct curl_slist **cross_origin);

/* What is the same for every job, apart from callbacks. t->refused says
 * whether it could be set. */
void easy_set_up(struct transfer *t);

/* Sets what is this hop's; t->refused says whether it could be. Fills t->own_headers and t->resolve, which live until
 * the transfer is finished. */
void easy_set_hop(struct transfer *t, const struct job *job);

#endif
