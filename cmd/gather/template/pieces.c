/* Splits templates into pieces, and checks them. */
#include "cmd/gather/template/pieces.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/ascii.h"
#include "cmd/gather/template/template.h"
#include "cmd/gather/template/variables.h"

#define ITSELF(brace) " (a brace itself is written " brace brace ")"

static bool is_key_char(char c)
{
	return ascii_is_alphanumeric(c) || c == '_' || c == '-' ||
	       c == '$' || c == '@' || c == '.' ||
	       (unsigned char)c >= 0x80;
}

static struct piece take_piece(const char **at, enum piece_kind kind,
			       size_t len, size_t skip)
{
	const struct piece piece = {kind, {*at + skip, len}};

	*at += len + 2 * skip;
	return piece;
}

/* Reads "${NAME}"; with braces 2, "${{NAME}}". Returns false if there is
 * neither at *at. */
static bool take_variable(const char **at, size_t braces, struct piece *piece)
{
	const char *s = *at, *name = s + 1 + braces;
	size_t len;

	if (strncmp(s, "${{", 1 + braces) != 0)
		return false;
	len = strcspn(name, "{}");
	if (!gather_variables_is_name(name, len) ||
	    strncmp(name + len, "}}", braces) != 0)
		return false;
	*piece = (struct piece){PIECE_VARIABLE, {name, len}};
	*at = name + len + braces;
	return true;
}

/* Reads the piece at a brace. */
static struct piece take_brace(const char **at)
{
	const char *p = *at;
	size_t len = 0;

	if (p[1] == *p) {
		++*at;
		return take_piece(at, PIECE_TEXT, 1, 0);
	}
	if (*p == '}')
		return take_piece(at, PIECE_BAD, 1, 0);
	while (is_key_char(p[1 + len]))
		len++;
	if (p[1 + len] != '}')
		return take_piece(at, PIECE_BAD, 1, 0);
	return take_piece(at, PIECE_PLACEHOLDER, len, 1);
}

struct piece piece_next(const char **at, unsigned kinds)
{
	const bool placeholders = kinds & PIECES_PLACEHOLDERS;
	const bool variables = kinds & PIECES_VARIABLES;
	struct piece piece;
	size_t len;

	if (!**at)
		return take_piece(at, PIECE_END, 0, 0);
	if (variables && take_variable(at, placeholders ? 2 : 1, &piece))
		return piece;
	if (placeholders && (**at == '{' || **at == '}'))
		return take_brace(at);
	len = strcspn(*at, placeholders ? variables ? "{}$" : "{}"
			   : variables	? "$"
					: "");
	return take_piece(at, PIECE_TEXT, len ? len : 1, 0);
}

const char *piece_fault(struct piece piece)
{
	if (*piece.text.p == '}')
		return "a } has no { before it" ITSELF("}");
	return "a { is neither {} nor {key}" ITSELF("{");
}

bool template_has_placeholder(const char *text)
{
	struct piece piece;

	while ((piece = piece_next(&text, PIECES_PLACEHOLDERS)).kind !=
	       PIECE_END)
		if (piece.kind == PIECE_PLACEHOLDER)
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
	struct piece piece;

	if (!has_each)
		return template_has_placeholder(text)
			       ? "{} stands for a value of "
				 "\"each\", and there is none"
			       : NULL;
	while ((piece = piece_next(&text, PIECES_PLACEHOLDERS)).kind !=
	       PIECE_END) {
		if (piece.kind == PIECE_BAD)
			return piece_fault(piece);
		if (piece.kind == PIECE_TEXT)
			continue;
		if (has_empty_key(piece.text))
			return "a key is empty (write {key} or {key.inner})";
		scalar |= !piece.text.len;
		member |= piece.text.len > 0;
	}
	return scalar && member ? "has both {} (for scalars) and {key} (for "
				  "objects)" : NULL;
}
