/* Maps libcurl's result codes to our errors. */
#ifndef FETCH_CURL_ERROR_H
#define FETCH_CURL_ERROR_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/job/job.h"

/* How a transfer ended. */
struct failure {
	CURLcode code;
	const char *message;	/* libcurl's error buffer, may be empty */
	long os_errno;		/* CURLINFO_OS_ERRNO */
	bool connected;		/* the request was (about to be) sent */
	/* The server asked for a client certificate, did not get one, and has
	 * sent no part of a reply. */
	bool certificate_wanted;
	bool certificate_withheld;	/* --cert is for another origin */
};

/* Sets the job's error, message and job->temporary. Keeps an error that one of
 * our callbacks has already set. */
void failure_set(struct job *job, const struct failure *f);

#endif
