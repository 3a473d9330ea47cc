#include <string.h>

#include "cmd/gather/spec/reader.h"

/* At "${NAME}", or "${{NAME}}" when braces are 2. */
static bool take_name(const char **at, size_t braces, struct piece *piece)
{
	const char *s = *at, *name = s + 1 + braces;
	size_t len;

	if (strncmp(s, "${{", 1 + braces) != 0)
		return false;
	len = strcspn(name, "{}");
	if (!gather_variables_is_name(name, len) ||
	    strncmp(name + len, "}}", braces) != 0)
		return false;
	*piece = (struct piece){PIECE_NAME, {name, len}};
	*at = name + len + braces;
	return true;
}

static struct piece take(const char **at, enum piece_kind kind, size_t len)
{
	const struct piece piece = {kind, {*at, len}};

	*at += len;
	return piece;
}

/* Up to what might be something else; at that already, one byte. */
static struct piece take_text(const char **at, const char *ends)
{
	const size_t len = strcspn(*at, ends);

	return take(at, PIECE_TEXT, len ? len : 1);
}

struct piece gather_next_piece(const char **at, unsigned how)
{
	struct piece piece;
	const char *end;

	if (!**at)
		return take(at, PIECE_END, 0);
	if ((how & PIECES_NAMES) &&
	    take_name(at, how & PIECES_TEMPLATE ? 2 : 1, &piece))
		return piece;
	if (!(how & PIECES_TEMPLATE))
		return take_text(at, "$");
	if ((**at == '{' || **at == '}') && (*at)[1] == **at)
		++*at;
	else if (**at == '{' && (end = strchr(*at, '}')))
		return take(at, PIECE_HOLE, (size_t)(end + 1 - *at));
	else
		return take_text(at, "{}$");
	return take(at, PIECE_TEXT, 1);
}
