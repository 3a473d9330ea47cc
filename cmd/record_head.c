#include "cmd/record_head.h"

#include <string.h>

#define BEGINNING "{\"index\":"

enum { DIGITS_MAX = 15 };

static bool take(struct slice *rest, const char *text)
{
	const size_t len = strlen(text);

	if (rest->len < len || memcmp(rest->p, text, len) != 0)
		return false;
	rest->p += len;
	rest->len -= len;
	return true;
}

static bool take_number(struct slice *rest, uint64_t *number)
{
	size_t len = 0;

	*number = 0;
	for (; len < rest->len && len < DIGITS_MAX; len++) {
		const char c = rest->p[len];

		if (c < '0' || c > '9')
			break;
		*number = *number * 10 + (uint64_t)(c - '0');
	}
	rest->p += len;
	rest->len -= len;
	return len > 0;
}

/* One past the string's closing quote; 0: it has none. */
static size_t string_end(struct slice s)
{
	for (size_t i = 1; i < s.len; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '"')
			return i + 1;
	}
	return 0;
}

/* Where the value ends that the text begins with: at a comma or a bracket that
 * is not its own. 0: it has no end, or no beginning. */
static size_t value_end(struct slice s)
{
	size_t depth = 0, i = 0;

	while (i < s.len) {
		const char c = s.p[i];

		if (c == '"') {
			const size_t len = string_end((struct slice){
				s.p + i, s.len - i});

			if (!len)
				return 0;
			i += len;
			continue;
		}
		if (!depth && (c == ',' || c == '}' || c == ']'))
			return i;
		if (c == '{' || c == '[')
			depth++;
		else if (c == '}' || c == ']')
			depth--;
		i++;
	}
	return 0;
}

static bool take_value(struct slice *rest, struct slice *value)
{
	const size_t len = value_end(*rest);

	*value = (struct slice){rest->p, len};
	rest->p += len;
	rest->len -= len;
	return len > 0;
}

static bool take_member(struct slice *rest, const char *name,
			struct slice *value)
{
	return take(rest, name) && take_value(rest, value);
}

static bool is_null(struct slice value)
{
	return value.len == 4 && !memcmp(value.p, "null", 4);
}

bool record_head_read(struct record_head *head, struct slice line)
{
	struct slice rest = line, other, error;

	*head = (struct record_head){0};
	if (!line.len || line.p[line.len - 1] != '}' ||
	    memchr(line.p, '\0', line.len))
		return false;
	if (!take(&rest, BEGINNING) || !take_number(&rest, &head->index))
		return false;
	take_member(&rest, ",\"id\":", &head->id);
	if (!take_member(&rest, ",\"url\":", &head->url) ||
	    !take_member(&rest, ",\"final_url\":", &other) ||
	    !take_member(&rest, ",\"status\":", &other) ||
	    !take_member(&rest, ",\"ok\":", &other) ||
	    !take_member(&rest, ",\"error\":", &error))
		return false;
	head->has_error = !is_null(error);
	return true;
}

bool record_head_begins(struct slice line)
{
	const size_t len = strlen(BEGINNING);

	return !memcmp(line.p, BEGINNING, line.len < len ? line.len : len);
}
