#include "base/json/text.h"

#include <string.h>

#include "base/utf8.h"

enum { SHOWN_MAX = 64 };

bool json_text_read(struct json_text *t, struct slice value)
{
	json_error_t error;

	/* Of a record that a fault has cut, say: a quote alone. */
	if (value.len < 2 || value.p[value.len - 1] != '"')
		return false;
	*t = (struct json_text){.text = {value.p + 1, value.len - 2}};
	if (!t->text.len || !memchr(t->text.p, '\\', t->text.len))
		return true;
	t->own = json_loadb(value.p, value.len,
			    JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
	if (!t->own)
		return false;
	t->text = (struct slice){json_string_value(t->own),
				 json_string_length(t->own)};
	return true;
}

void json_text_release(struct json_text *t)
{
	json_decref(t->own);
	*t = (struct json_text){0};
}

int json_shown(struct slice name)
{
	if (name.len > SHOWN_MAX)
		name.len = utf8_valid_prefix(name.p, SHOWN_MAX);
	return (int)name.len;
}
