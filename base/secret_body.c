/*
 * Finds secret names in a request body without parsing it: it may be a form,
 * JSON, XML or multipart, and its declared type may be wrong. A name counts
 * where any of these formats has names: before "=" or ":", as <name>, and as
 * name="name".
 */
#include <ctype.h>
#include <string.h>

#include "base/percent.h"
#include "base/secret_rules.h"
#include "base/secrets.h"

enum { SHOWN_NAME = 60 };	/* bytes of a name that a message shows */

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '.' ||
	       c == '$';
}

/* Returns true for characters between a name and "=" or ":": quotes, brackets
 * and white space. */
static bool is_between(char c)
{
	return c == '"' || c == '\'' || c == ']' || c == '\\' ||
	       isspace((unsigned char)c);
}

/* Returns true if the word in text, from `at` to `end`, is where one of the
 * formats has a name. */
static bool is_name(const struct buf *text, size_t at, size_t end)
{
	static const char attribute[] = "name=\"";
	const size_t before = strlen(attribute);

	if (at && text->data[at - 1] == '<')
		return true;
	if (at >= before &&
	    !memcmp(text->data + at - before, attribute, before))
		return true;
	while (end < text->len && is_between(text->data[end]))
		end++;
	return end < text->len &&
	       (text->data[end] == '=' || text->data[end] == ':');
}

static bool find_name(const struct buf *text, struct slice *name)
{
	for (size_t at = 0, end; at < text->len; at = end + 1) {
		for (end = at; end < text->len && is_name_char(text->data[end]);)
			end++;
		if (end == at || !secret_name(text->data + at, end - at) ||
		    !is_name(text, at, end))
			continue;
		*name = (struct slice){text->data + at, end - at};
		return true;
	}
	return false;
}

bool secret_body(const char *s, size_t len, struct buf *what)
{
	struct buf text = {0};
	struct slice name;
	bool found;

	if (!len)
		return false;
	if (secrets_are_in(s, len)) {
		if (what)
			buf_addstr(what, "a password, a token or a variable");
		return true;
	}
	/* In forms, names may be percent-encoded; decoding does no harm to
	 * other formats. */
	percent_decode(&text, s, len);
	found = find_name(&text, &name);
	if (found && what)
		buf_addf(what, "\"%.*s\"", name.len < SHOWN_NAME
			 ? (int)name.len : SHOWN_NAME, name.p);
	buf_release(&text);
	return found;
}
