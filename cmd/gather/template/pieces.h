/* What a template is made of. */
#ifndef CMD_GATHER_TEMPLATE_PIECES_H
#define CMD_GATHER_TEMPLATE_PIECES_H

#include "base/slice.h"

enum template_kind {
	TEMPLATE_END,
	TEMPLATE_LITERAL,
	TEMPLATE_HOLE,		/* {} or {key} */
	TEMPLATE_BAD,		/* a brace that is none of these */
};

struct template_piece {
	enum template_kind kind;
	struct slice text;	/* of a hole, what is between its braces */
};

/* The piece that *at begins with; *at is behind it then. */
struct template_piece template_piece(const char **at);

/* What is wrong with a bad one (static). */
const char *template_bad(struct template_piece piece);

#endif
