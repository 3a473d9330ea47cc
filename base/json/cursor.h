/*
 * Cursor that walks through compact JSON text without building a tree:
 *
 *	struct json_cursor c = json_cursor_of(text);
 *
 *	if (json_cursor_kind(&c) != '{' || !json_cursor_enter(&c))
 *		return;			(no object, or an empty one)
 *	do {
 *		const struct json_name name = json_cursor_name(&c);
 *
 *		if (json_name_is(name, wanted))
 *			found = json_cursor_value(&c);
 *		else
 *			json_skip_value(&c);
 *	} while (json_cursor_more(&c));
 *
 * Instead of taking or skipping a value, the caller may enter it. Arrays are
 * walked through in the same way, without names. After the last member or
 * element, the cursor is behind the closing bracket, before what follows the
 * object or array. json_cursor_leave() goes there at once.
 *
 * The text must have been written by json_compact() or a function like it. Such
 * text is valid, so no function reports an error. For other text the results
 * are meaningless, but the cursor stays inside of the text and each loop ends;
 * names of such text must not be decoded or compared.
 * Only the text's bytes are read, and none after its end.
 */
#ifndef BASE_JSON_CURSOR_H
#define BASE_JSON_CURSOR_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/json/skip.h"
#include "base/slice.h"

/* A position in a text: before a value, before a member's name, or after a
 * value. */
struct json_cursor {
	const char *p, *end;	/* borrowed */
};

/* Name of a member: the raw text between its quotes. */
struct json_name {
	struct slice text;	/* borrowed */
	bool is_escaped;	/* the text has backslashes */
};

/* Returns a cursor before the value that is the whole text. */
static inline struct json_cursor json_cursor_of(struct slice text)
{
	return (struct json_cursor){text.p, bytes_end(text.p, text.len)};
}

/* Returns the first byte of the value at the cursor, which shows the type of
 * the value: '{', '[', '"', 't', 'f', 'n', '-' or a digit. Returns '\0' at the
 * end of the text. */
static inline char json_cursor_kind(const struct json_cursor *c)
{
	return c->p < c->end ? *c->p : '\0';
}

/* Enters the object or array at the cursor: moves before the first name or
 * element. Returns false if there is none, and moves behind the closing
 * bracket. */
static inline bool json_cursor_enter(struct json_cursor *c)
{
	const char close = (char)(*c->p + 2);

	c->p++;
	if (c->p == c->end)
		return false;
	if (*c->p != close)
		return true;
	c->p++;
	return false;
}

/* Takes a member's name and moves before its value. */
static inline struct json_name json_cursor_name(struct json_cursor *c)
{
	struct json_name name = {.text = {c->p, 0}};
	const char *end;

	if (c->p == c->end)
		return name;
	end = json_string_end(c->p, c->end, &name.is_escaped);
	if (end - c->p >= 2)
		name.text = (struct slice){c->p + 1, (size_t)(end - c->p) - 2};
	c->p = end < c->end ? end + 1 : end;
	return name;
}

/* Moves behind the value. */
static inline void json_skip_value(struct json_cursor *c)
{
	c->p = json_value_end(c->p, c->end);
}

/* Takes the value as it is in the text (a string with its quotes and escapes),
 * and moves behind it. */
static inline struct slice json_cursor_value(struct json_cursor *c)
{
	const char *const start = c->p;

	json_skip_value(c);
	return (struct slice){start, (size_t)(c->p - start)};
}

/* Called after a value inside of an object or array. Returns true and moves
 * before the next name or element, if there is one; otherwise moves behind the
 * closing bracket. */
static inline bool json_cursor_more(struct json_cursor *c)
{
	if (c->p == c->end)
		return false;
	return *c->p++ == ',' && c->p < c->end;
}

/* Skips the rest of the object or array that the cursor is in, wherever that
 * is: before or after a name or a value. Moves behind the closing bracket. */
static inline void json_cursor_leave(struct json_cursor *c)
{
	c->p = json_brackets_end(c->p, c->end, 1);
}

/* Returns true if the name, with its escapes decoded, equals text. */
bool json_name_is_decoded(struct json_name name, struct slice text);

static inline bool json_name_is(struct json_name name, struct slice text)
{
	return name.is_escaped ? json_name_is_decoded(name, text)
			       : slice_equal(name.text, text);
}

/* Appends the name with its escapes decoded. */
void json_name_add(struct buf *out, struct json_name name);

#endif
