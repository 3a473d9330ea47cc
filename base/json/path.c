/* Error messages about JSON files of the user, with the position in the
 * file. */
#include "base/json/path.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/suggest.h"
#include "base/utf8.h"

/* Bytes of the user's text shown in a message. */
enum { SHOWN_BYTES = 80 };

/* Returns the length of jansson's message without its " near 'TOKEN'", which
 * may show a password. A token that is a comma or a bracket is harmless and
 * stays. */
static size_t length_without_token(const json_error_t *error)
{
	static const char before[] = " near '";
	const char *near = strstr(error->text, before), *token;

	if (!near || json_error_code(error) == json_error_duplicate_key)
		return strlen(error->text);
	token = near + strlen(before);
	if (*token && strchr(",:[]{}", *token) && !strcmp(token + 1, "'"))
		return strlen(error->text);
	return (size_t)(near - error->text);
}

json_t *json_path_load(struct slice text, struct buf *why)
{
	json_error_t error;
	json_t *json = json_loadb(text.len ? text.p : "", text.len,
				  JSON_REJECT_DUPLICATES, &error);

	if (!json)
		buf_addf(why, "line %d, column %d: %.*s", error.line,
			 error.column, (int)length_without_token(&error),
			 error.text);
	return json;
}

void json_path_add_shown(struct buf *out, const char *s)
{
	size_t len = strlen(s);
	const bool cut = len > SHOWN_BYTES;

	if (cut)
		len = utf8_valid_prefix(s, SHOWN_BYTES);
	for (size_t i = 0; i < len; i++)
		buf_addch(out, (unsigned char)s[i] < 0x20 || s[i] == 0x7f ?
				       '?' : s[i]);
	if (cut)
		buf_addstr(out, "...");
}

size_t json_path_enter(struct json_path *p, const char *key)
{
	const size_t before = p->path.len;

	if (before)
		buf_addch(&p->path, '.');
	json_path_add_shown(&p->path, key);
	return before;
}

size_t json_path_enter_element(struct json_path *p, size_t index)
{
	const size_t before = p->path.len;

	buf_addf(&p->path, "[%zu]", index);
	return before;
}

void json_path_release(struct json_path *p)
{
	buf_release(&p->path);
}

static void add_position(struct json_path *p)
{
	if (p->path.len)
		buf_addf(p->why, "%s: ", buf_cstr(&p->path));
}

int json_path_fail(struct json_path *p, const char *what)
{
	add_position(p);
	buf_addstr(p->why, what);
	return -1;
}

int json_path_failf(struct json_path *p, const char *fmt, ...)
{
	va_list args;
	int len;

	add_position(p);
	va_start(args, fmt);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (len < 0)
		return -1;
	va_start(args, fmt);
	vsnprintf(buf_reserve(p->why, (size_t)len + 1), (size_t)len + 1, fmt,
		  args);
	va_end(args);
	p->why->len += (size_t)len;
	return -1;
}

int json_path_fail_since(struct json_path *p, size_t start)
{
	char *what = xmemdup(p->why->data + start, p->why->len - start);

	p->why->len = start;
	json_path_fail(p, what);
	free(what);
	return -1;
}

int json_path_fail_word(struct json_path *p, const char *what,
			 const char *word, const char *const *known)
{
	const char *best = NULL;
	size_t distance = 0;

	for (; *known; known++) {
		const size_t d = suggest_distance(word, *known);

		if (!best || d < distance) {
			best = *known;
			distance = d;
		}
	}
	json_path_fail(p, what);
	if (best && suggest_is_near(word, best, distance))
		buf_addf(p->why, " (did you mean \"%s\"?)", best);
	return -1;
}

int json_path_keys(struct json_path *p, const json_t *object,
		    const char *const *known)
{
	const char *key;
	json_t *value;

	/* The macro does not change the object, but wants it non-const. */
	json_object_foreach((json_t *)object, key, value) {
		const char *const *k = known;

		while (*k && strcmp(*k, key) != 0)
			k++;
		if (!*k) {
			json_path_enter(p, key);
			return json_path_fail_word(p, "unknown key", key,
						    known);
		}
	}
	return 0;
}

int json_path_text(struct json_path *p, const json_t *object,
		    const char *key, const char **text)
{
	const json_t *value = json_object_get(object, key);

	*text = NULL;
	if (!value)
		return 0;
	if (!json_is_string(value)) {
		json_path_enter(p, key);
		return json_path_fail(p, "must be a string");
	}
	*text = json_string_value(value);
	return 0;
}

int json_path_flag(struct json_path *p, const json_t *object,
		    const char *key, bool *flag)
{
	const json_t *value = json_object_get(object, key);

	if (!value)
		return 0;
	if (!json_is_boolean(value)) {
		json_path_enter(p, key);
		return json_path_fail(p, "must be true or false");
	}
	*flag = json_is_true(value);
	return 0;
}
