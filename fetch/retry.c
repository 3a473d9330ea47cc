/* Retry rules: temporary statuses, exponential back-off and Retry-After. */
#include "fetch/retry.h"

#include "base/job/headers.h"
#include "fetch/header_date.h"
#include "fetch/method.h"

static bool status_is_temporary(int status)
{
	switch (status) {
	case 408:
	case 425:
	case 429:
	case 500:
	case 502:
	case 503:
	case 504:
		return true;
	default:
		return false;
	}
}

bool retry_is_worth_it(const struct job *job)
{
	if (job->cancelled || !job->hop.method ||
	    !method_is_idempotent(job->hop.method))
		return false;
	return job->err ? job->temporary : status_is_temporary(job->res.status);
}

msec retry_back_off(unsigned attempts, double random)
{
	msec most = RETRY_BASE;

	for (unsigned i = 1; i < attempts && most < RETRY_MAX; i++)
		most *= 2;
	return random * (most < RETRY_MAX ? most : RETRY_MAX);
}

static msec read_retry_after(const struct job *job, int64_t unix_now)
{
	struct slice value;
	int64_t date, from, seconds = 0;

	if (!headers_get(&job->res.headers, "retry-after", &value) ||
	    !value.len)
		return 0;
	for (size_t i = 0; i < value.len; i++) {
		const char c = value.p[i];

		if (c < '0' || c > '9') {
			if (!header_date_get(&job->res.headers, "retry-after",
				      &date))
				return 0;
			/* The date is compared with the response's own Date, so
			 * that a wrong clock of the server or of this machine
			 * does not matter. */
			if (!header_date_get(&job->res.headers, "date", &from))
				from = unix_now;
			seconds = date - from;
			return seconds > 0 ? (msec)seconds * 1e3 : 0;
		}
		if (seconds < INT32_MAX)
			seconds = seconds * 10 + (c - '0');
	}
	return (msec)seconds * 1e3;
}

msec retry_after(const struct job *job, int64_t unix_now)
{
	if (!status_is_temporary(job->res.status))
		return 0;
	return read_retry_after(job, unix_now);
}
