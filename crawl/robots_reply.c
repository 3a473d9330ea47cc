/* Decides what the status or the error of a request for /robots.txt means. */
#include "crawl/robots_reply.h"

#include "base/ascii.h"
#include "base/mem.h"

#define MINUTE 60e3
#define HOUR (60 * MINUTE)

enum robots_reply robots_reply_of(enum err err, int status)
{
	if (err == ERR_REDIRECTS || err == ERR_BLOCKED)
		return ROBOTS_ALLOW_ALL;
	if (err || status == 0 || status == 429 || status >= 500)
		return ROBOTS_UNREACHABLE;
	return status >= 200 && status < 300 ? ROBOTS_RULES : ROBOTS_ALLOW_ALL;
}

char *robots_reply_reason(const struct job *job)
{
	if (job->err_message)
		return xasprintf("%s: %.200s", err_name(job->err),
				 job->err_message);
	if (job->res.status == 429 || job->res.status >= 500)
		return xasprintf("HTTP %d", job->res.status);
	return xstrdup("its content encoding is broken");
}

/* Returns the value of max-age in a Cache-Control header, in msec; -1 if it has
 * none. */
static msec max_age(struct slice value)
{
	static const char name[] = "max-age=";
	const size_t len = sizeof(name) - 1;

	for (size_t i = 0; i + len < value.len; i++) {
		msec seconds = 0;
		const char *digit = value.p + i + len;

		if (!ascii_is((struct slice){value.p + i, len}, name) ||
		    (i && ascii_is_alphanumeric(value.p[i - 1])) ||
		    (i && value.p[i - 1] == '-') || !ascii_is_digit(*digit))
			continue;
		while (digit < value.p + value.len && ascii_is_digit(*digit))
			seconds = seconds * 10 + (*digit++ - '0');
		return seconds * 1e3;
	}
	return -1;
}

msec robots_reply_lifetime(const struct buf *headers)
{
	const msec most = 24 * HOUR, least = 5 * MINUTE;
	struct slice name, value;
	msec lifetime = most;
	size_t at = 0;

	while (headers_next(headers, &at, &name, &value)) {
		const msec age = slice_is(name, "cache-control")
				 ? max_age(value) : -1;

		if (age >= 0 && age < lifetime)
			lifetime = age;
	}
	return lifetime > least ? lifetime : least;
}

msec robots_reply_retry_after(msec before)
{
	if (before <= 0)
		return MINUTE;
	return before * 2 < HOUR ? before * 2 : HOUR;
}
