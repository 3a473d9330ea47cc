/* What libcurl's exit code says about a transfer, in our words. */
#ifndef FETCH_FAILURE_H
#define FETCH_FAILURE_H

#include <curl/curl.h>

#include "base/job.h"

/* Sets error, message and job->temporary. message is libcurl's error buffer,
 * perhaps empty; os_errno its CURLINFO_OS_ERRNO. An error that a callback of
 * ours has set stays. */
void failure_set(struct job *job, CURLcode code, const char *message,
		 long os_errno);

#endif
