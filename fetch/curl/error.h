/* What libcurl's exit code says about a transfer, in our words. */
#ifndef FETCH_CURL_ERROR_H
#define FETCH_CURL_ERROR_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/job/job.h"

/* How a transfer ended. */
struct failure {
	CURLcode code;
	const char *message;	/* libcurl's error buffer, perhaps empty */
	long os_errno;		/* CURLINFO_OS_ERRNO */
	bool connected;		/* the request was about to be sent, or was */
	/* The server asked for a client certificate, was given none, and
	 * nothing of a reply has come. */
	bool certificate_wanted;
	bool certificate_withheld;	/* there is one, for another origin */
};

/* Sets error, message and job->temporary. An error that a callback of ours has
 * set stays. */
void failure_set(struct job *job, const struct failure *f);

#endif
