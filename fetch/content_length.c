/* Validates Content-Length fields. Each value must be a plain number, and all
 * values must be equal. */
#include "fetch/content_length.h"

#include <stdint.h>
#include <string.h>

#include "base/job/headers.h"

/* Parses digits into *length. Returns false if the number might be too large
 * for an int64_t. */
static bool read_length(struct slice s, int64_t *length)
{
	*length = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || *length > INT64_MAX / 100)
			return false;
		*length = *length * 10 + (s.p[i] - '0');
	}
	return s.len > 0;
}

/* Returns true if all members of the list equal *length. If *length is -1 (not
 * known yet), the first member sets it. */
static bool list_agrees(struct slice list, int64_t *length)
{
	while (true) {
		const char *comma = memchr(list.p, ',', list.len);
		const struct slice member = {
			list.p, comma ? (size_t)(comma - list.p) : list.len};
		int64_t one;

		if (!read_length(slice_trim(member, " \t"), &one) ||
		    (*length >= 0 && *length != one))
			return false;
		*length = one;
		if (!comma)
			return true;
		list.len -= member.len + 1;
		list.p = comma + 1;
	}
}

bool content_length_is_valid(const struct job *job)
{
	const struct buf *headers = &job->res.headers;
	int64_t length = -1;
	struct slice value;

	/* With the chunked coding, the chunks delimit the body and
	 * Content-Length is ignored. */
	if (job->res.head_only ||
	    headers_get(headers, "transfer-encoding", &value))
		return true;
	for (size_t at = 0;
	     headers_find(headers, &at, "content-length", &value);)
		if (!list_agrees(value, &length))
			return false;
	return true;
}
