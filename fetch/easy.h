/* What libcurl's handle is told: the options of the run and of a job's hop. */
#ifndef FETCH_EASY_H
#define FETCH_EASY_H

#include "fetch/transfer.h"

/* The -H lines and our own; and those of them that may go to another origin than the
 * first. Appended to empty lists, freed by the caller. */
void easy_headers(const struct fetch_config *config,
		  struct curl_slist **all, struct curl_slist **elsewhere);

/* What is the same for every job. Callbacks apart. */
void easy_set_up(struct transfer *t);

/* What is this hop's. Fills t->own_headers and t->resolve, which live until
 * the transfer is finished. */
void easy_set_hop(struct transfer *t, const struct job *job);

#endif
