/* Maps libcurl's result codes to the errors of this program (enum err). */
#ifndef FETCH_CURL_ERROR_H
#define FETCH_CURL_ERROR_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/job/job.h"

/* The end of a failed transfer. */
struct failure {
	CURLcode code;
	const char *message;	/* libcurl's error message; may be empty */
	long os_errno;		/* CURLINFO_OS_ERRNO */
	bool connected;		/* the connection was made, so the request was
				 * sent or about to be sent */
	/* The server asked for a client certificate, got none, and has not sent
	 * any part of a reply. */
	bool certificate_wanted;
	bool certificate_withheld;	/* there is a --cert, but for another
					 * origin */
};

/* Sets the job's error, message and job->temporary. An error that one of the
 * transfer's callbacks has set is kept. */
void failure_set(struct job *job, const struct failure *f);

#endif
