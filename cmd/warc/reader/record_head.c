/* Reads heads whose lines end with CR LF or LF. */
#include "cmd/warc/reader/record_head.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/job/headers.h"

enum { LENGTH_DIGITS_MAX = 18 };

size_t record_version(struct slice s)
{
	size_t i = strlen("WARC/");

	if (s.len <= i || memcmp(s.p, "WARC/", i) != 0)
		return 0;
	if (s.len > RECORD_VERSION_MAX)
		s.len = RECORD_VERSION_MAX;
	while (i < s.len && (ascii_is_digit(s.p[i]) || s.p[i] == '.'))
		i++;
	if (i == strlen("WARC/"))
		return 0;
	while (i < s.len && (s.p[i] == ' ' || s.p[i] == '\r'))
		i++;
	return i < s.len && s.p[i] == '\n' ? i + 1 : 0;
}

size_t record_head_len(struct slice s, size_t *searched)
{
	size_t i = *searched;

	while (i < s.len) {
		const char *lf = memchr(s.p + i, '\n', s.len - i);
		const size_t next = lf ? (size_t)(lf - s.p) + 1 : s.len;

		if (!lf)
			break;
		if (next < s.len && s.p[next] == '\n')
			return next + 1;
		if (next + 1 < s.len && s.p[next] == '\r' &&
		    s.p[next + 1] == '\n')
			return next + 2;
		/* The empty line may continue behind the end of the bytes. */
		if (next + 1 >= s.len)
			break;
		i = next;
		*searched = i;
	}
	return 0;
}

void record_head_fields(struct buf *headers, struct slice head)
{
	const char *p = head.p, *end = head.p + head.len;

	while (p < end) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));
		const char *next = lf ? lf + 1 : end;
		size_t len = (size_t)((lf ? lf : end) - p);

		if (len && p[len - 1] == '\r')
			len--;
		headers_add_line(headers, p, len);
		p = next;
	}
}

size_t record_line_ends(struct slice s)
{
	size_t n = 0;

	while (n < s.len && n < RECORD_LINE_ENDS_MAX &&
	       (s.p[n] == '\r' || s.p[n] == '\n'))
		n++;
	return n;
}

bool record_has_two_lines(struct slice s)
{
	size_t lines = 0;

	for (size_t i = 0; i < s.len; i++)
		lines += s.p[i] == '\n';
	return lines >= 2;
}

bool record_begins(struct slice s, bool *is_short)
{
	static const char field[] = "WARC-", other[] = "Content-";
	const size_t version = record_version(s);

	*is_short = s.len < RECORD_BEGINNING;
	if (!version || *is_short)
		return false;
	return !strncasecmp(s.p + version, field, strlen(field)) ||
	       !strncasecmp(s.p + version, other, strlen(other));
}

bool record_is_doubled(const struct buf *headers)
{
	static const char *const names[] = {"warc-type", "warc-record-id",
					    "content-length"};
	struct slice value;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		size_t at = 0;

		if (headers_find(headers, &at, names[i], &value) &&
		    headers_find(headers, &at, names[i], &value))
			return true;
	}
	return false;
}

bool record_length(const struct buf *headers, uint64_t *length)
{
	struct slice value;

	*length = 0;
	if (!headers_get(headers, "content-length", &value) || !value.len ||
	    value.len > LENGTH_DIGITS_MAX)
		return false;
	for (size_t i = 0; i < value.len; i++) {
		if (!ascii_is_digit(value.p[i]))
			return false;
		*length = *length * 10 + (uint64_t)(value.p[i] - '0');
	}
	return true;
}
