/* Iterates over text written by json_compact(). The text is valid, so only its
 * end has to be checked. */
#include "base/json/compact.h"

#include "base/json/skip.h"

bool json_next(struct slice text, size_t *at, struct slice *name,
	       struct slice *value)
{
	const char *p, *end;
	bool unused;

	if (text.len < 2 || (*text.p != '{' && *text.p != '['))
		return false;
	p = text.p + (*at ? *at : 1);
	end = text.p + text.len;
	if (p >= end || *p == *text.p + 2)
		return false;
	*name = (struct slice){.p = p};
	if (*text.p == '{') {
		const char *close = json_string_end(p, end, &unused);

		if (end - close < 2)
			return false;
		*name = (struct slice){p + 1, (size_t)(close - p) - 2};
		p = close + 1;
	}
	value->p = p;
	p = json_value_end(p, end);
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
	return (size_t)(json_value_end(text.p, bytes_end(text.p, text.len)) -
			text.p);
}
