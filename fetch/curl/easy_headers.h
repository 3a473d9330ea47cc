/* Makes the lists of header lines that libcurl gets (CURLOPT_HTTPHEADER). */
#ifndef FETCH_CURL_EASY_HEADERS_H
#define FETCH_CURL_EASY_HEADERS_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/job/job.h"
#include "fetch/config.h"

/* Appends the -H lines and the program's default headers to *all, and those of
 * them that may be sent to other origins than the first to *cross_origin. Both
 * lists must be empty; the caller frees them. */
void easy_headers(const struct fetch_config *config,
		  struct curl_slist **all, struct curl_slist **cross_origin);

/* Returns true if the headers of the job's hop differ from those of the run. */
bool easy_wants_own_headers(const struct job *job,
			    const struct fetch_config *config);

/* Returns the headers of the job's hop, to be freed. shared: those of the
 * run. */
struct curl_slist *easy_own_headers(const struct job *job,
				    const struct fetch_config *config,
				    const struct curl_slist *shared);

#endif
