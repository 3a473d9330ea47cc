/* Reads the list from left to right; a range must not be empty. */
#include "cmd/check/status_set.h"

#include <string.h>
#include <strings.h>

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
	static const struct {
		const char *dots;
		bool is_open;	/* without its end */
	} forms[] = {{"..=", false}, {"..", true}, {"-", false}};

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		const size_t len = strlen(forms[i].dots);

		if (strncmp(*p, forms[i].dots, len) != 0)
			continue;
		*p += len;
		if (!read_status(p, last))
			return false;
		*last -= forms[i].is_open;
		return true;
	}
	return true;
}

/* Reads a class of statuses, like 2xx. Returns false if there is none. */
static bool read_class(const char **p, unsigned *first, unsigned *last)
{
	if (**p < '1' || **p > '9' || strncasecmp(*p + 1, "xx", 2) != 0)
		return false;
	*first = (unsigned)(**p - '0') * 100;
	*last = *first + 99;
	*p += 3;
	return true;
}

/* Reads a class, a range or a status. */
static bool read_part(const char **p, unsigned *first, unsigned *last)
{
	if (read_class(p, first, last))
		return true;
	if (!read_status(p, first))
		return false;
	*last = *first;
	return read_end(p, last);
}

bool status_set_read(struct status_set *s, const char *text)
{
	for (const char *p = text;; p++) {
		unsigned first, last;

		if (!read_part(&p, &first, &last) || last < first)
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
