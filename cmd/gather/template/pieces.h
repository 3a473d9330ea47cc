/*
 * The pieces of a template: text, holes ("{}" and "{key}") and, where variables
 * are kept by their names, those.
 */
#ifndef CMD_GATHER_TEMPLATE_PIECES_H
#define CMD_GATHER_TEMPLATE_PIECES_H

#include "base/slice.h"

enum piece_kind {
	PIECE_END,
	PIECE_TEXT,	   /* as it is: "{" for "{{" */
	PIECE_PLACEHOLDER, /* {} or {key}; its text is between the braces */
	PIECE_VARIABLE,	   /* of "${NAME}"; beside holes, of "${{NAME}}" */
	PIECE_BAD,	   /* a brace that is none of these */
};

struct piece {
	enum piece_kind kind;
	struct slice text;	/* borrowed from the template */
};

/* What is looked for; anything else is text. */
enum {
	PIECES_PLACEHOLDERS = 1,
	PIECES_VARIABLES = 2,
};

/* The piece that *at begins with; *at is behind it then. */
struct piece piece_next(const char **at, unsigned kinds);

/* The text of a hole with its braces, as it stands in the template. */
static inline struct slice piece_with_braces(struct piece p)
{
	return (struct slice){p.text.p - 1, p.text.len + 2};
}

/* What is wrong with a bad one (static). */
const char *piece_fault(struct piece piece);

#endif
