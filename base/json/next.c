/* Iterates over text written by json_compact(). The text is valid, so only its
 * end has to be checked. */
#include "base/json/compact.h"

#include <string.h>

#include "base/json/bytes.h"

/* Returns the position after the closing quote of the string that begins at
 * p. */
static const char *string_end(const char *p, const char *end)
{
	p++;
	for (;;) {
		p += json_plain_length(p, (size_t)(end - p));
		if (end - p < 2)
			return end;
		if (*p == '"')
			return p + 1;
		p += *p == '\\' ? 2 : 1;
	}
}

/* Returns the position after the value at p. */
static const char *value_end(const char *p, const char *end)
{
	size_t depth = 0;

	while (p < end) {
		if (*p == '"') {
			p = string_end(p, end);
		} else if (*p == '{' || *p == '[') {
			depth++;
			p++;
		} else if (*p == '}' || *p == ']') {
			if (!depth)
				return p;
			depth--;
			p++;
		} else if (*p == ',' && !depth) {
			return p;
		} else {
			p++;
			continue;
		}
		if (!depth)
			return p;
	}
	return p;
}

bool json_next(struct slice text, size_t *at, struct slice *name,
	       struct slice *value)
{
	const char *p, *end;

	if (text.len < 2 || (*text.p != '{' && *text.p != '['))
		return false;
	p = text.p + (*at ? *at : 1);
	end = text.p + text.len;
	if (p >= end || *p == *text.p + 2)
		return false;
	*name = (struct slice){.p = p};
	if (*text.p == '{') {
		const char *close = string_end(p, end);

		if (end - close < 2)
			return false;
		*name = (struct slice){p + 1, (size_t)(close - p) - 2};
		p = close + 1;
	}
	value->p = p;
	p = value_end(p, end);
	value->len = (size_t)(p - value->p);
	if (!value->len)
		return false;	/* not compact JSON */
	if (p < end && *p == ',')
		p++;
	*at = (size_t)(p - text.p);
	return true;
}

size_t json_value_length(struct slice text)
{
	return (size_t)(value_end(text.p, text.p + text.len) - text.p);
}
