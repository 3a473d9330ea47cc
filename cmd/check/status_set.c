/* Reads the list from left to right; a range must not be empty. */
#include "cmd/check/status_set.h"

#include <string.h>

#include "base/ascii.h"

/* Reads a status of three digits. Returns false if there is none. */
static bool read_status(const char **p, unsigned *status)
{
	*status = 0;
	for (int i = 0; i < 3; i++, (*p)++) {
		if (!ascii_is_digit(**p))
			return false;
		*status = *status * 10 + (unsigned)(**p - '0');
	}
	return *status >= 100;
}

/* Reads the end of a range, if there is one; *last becomes its last status. */
static bool read_end(const char **p, unsigned *last)
{
	const bool is_range = !strncmp(*p, "..", 2);
	const bool is_closed = !strncmp(*p, "..=", 3);

	if (!is_range)
		return true;
	*p += is_closed ? 3 : 2;
	if (!read_status(p, last))
		return false;
	*last -= !is_closed;
	return true;
}

bool status_set_read(struct status_set *s, const char *text)
{
	for (const char *p = text;; p++) {
		unsigned first, last;

		if (!read_status(&p, &first))
			return false;
		last = first;
		if (!read_end(&p, &last) || last < first)
			return false;
		for (; first <= last; first++)
			s->bits[first / 64] |= UINT64_C(1) << first % 64;
		if (!*p)
			return true;
		if (*p != ',')
			return false;
	}
}

bool status_set_has(const struct status_set *s, unsigned status)
{
	return status <= STATUS_MAX && s->bits[status / 64] >> status % 64 & 1;
}
