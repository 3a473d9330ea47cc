#include "cmd/gather/template/pieces.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/ascii.h"
#include "cmd/gather/template/template.h"

#define ITSELF(brace) " (a brace itself is written " brace brace ")"

static bool is_of_key(char c)
{
	return ascii_is_letter(c) || (c >= '0' && c <= '9') || c == '_' ||
	       c == '-' || c == '$' || c == '@' || c == '.' ||
	       (unsigned char)c >= 0x80;
}

static struct template_piece take(const char **at, enum template_kind kind,
				  size_t len, size_t skip)
{
	const struct template_piece piece = {kind, {*at + skip, len}};

	*at += len + 2 * skip;
	return piece;
}

struct template_piece template_piece(const char **at)
{
	const char *p = *at;
	size_t len = strcspn(p, "{}");

	if (len)
		return take(at, TEMPLATE_LITERAL, len, 0);
	if (!*p)
		return (struct template_piece){.kind = TEMPLATE_END};
	if (p[1] == *p) {
		++*at;
		return take(at, TEMPLATE_LITERAL, 1, 0);
	}
	if (*p == '}')
		return take(at, TEMPLATE_BAD, 1, 0);
	while (is_of_key(p[1 + len]))
		len++;
	if (p[1 + len] != '}')
		return take(at, TEMPLATE_BAD, 1, 0);
	return take(at, TEMPLATE_HOLE, len, 1);
}

const char *template_bad(struct template_piece piece)
{
	if (*piece.text.p == '}')
		return "a } has no { before it" ITSELF("}");
	return "a { is neither {} nor {key}" ITSELF("{");
}

bool template_is_one(const char *text)
{
	struct template_piece piece;

	while ((piece = template_piece(&text)).kind != TEMPLATE_END)
		if (piece.kind == TEMPLATE_HOLE)
			return true;
	return false;
}

static bool has_empty_key(struct slice name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.p[i] == '.' && (!i || i + 1 == name.len ||
					 name.p[i - 1] == '.'))
			return true;
	return false;
}

const char *template_check(const char *text, bool has_each)
{
	bool scalar = false, member = false;
	struct template_piece piece;

	if (!has_each)
		return template_is_one(text) ? "{} stands for a value of "
					       "\"each\", and there is none"
					     : NULL;
	while ((piece = template_piece(&text)).kind != TEMPLATE_END) {
		if (piece.kind == TEMPLATE_BAD)
			return template_bad(piece);
		if (piece.kind == TEMPLATE_LITERAL)
			continue;
		if (has_empty_key(piece.text))
			return "a key is empty (write {key} or {key.inner})";
		scalar |= !piece.text.len;
		member |= piece.text.len > 0;
	}
	return scalar && member ? "{} is for scalars and {key} for objects: "
				  "there cannot be both" : NULL;
}
