/* Splits a template into pieces: text, placeholders ("{}" and "{key}") and, in
 * texts in which variables are shown by their names, those names. */
#ifndef CMD_GATHER_TEMPLATE_PIECES_H
#define CMD_GATHER_TEMPLATE_PIECES_H

#include "base/slice.h"

enum piece_kind {
	PIECE_END,
	PIECE_TEXT,	   /* literal text: "{" for "{{" */
	PIECE_PLACEHOLDER, /* {} or {key}; text is between the braces */
	PIECE_VARIABLE,	   /* NAME of "${NAME}"; if PIECE_PLACEHOLDER is
			    * recognised, of "${{NAME}}" */
	PIECE_BAD,	   /* a brace that belongs to no piece of the other
			    * kinds */
};

struct piece {
	enum piece_kind kind;
	struct slice text;	/* borrowed from the template */
};

/* Kinds of pieces to recognise; anything else is text. */
enum {
	PIECES_PLACEHOLDERS = 1,
	PIECES_VARIABLES = 2,
};

/* Returns the piece at *at and moves *at past it. kinds is a set of the flags
 * above. */
struct piece piece_next(const char **at, unsigned kinds);

/* Returns a placeholder with its braces, as written in the template. */
static inline struct slice piece_with_braces(struct piece p)
{
	return (struct slice){p.text.p - 1, p.text.len + 2};
}

/* Returns a message about the error in a piece of kind PIECE_BAD (static). */
const char *piece_fault(struct piece piece);

#endif
