/* Colours of text on a terminal: escape sequences (ECMA-48, SGR). */
#ifndef BASE_COLOUR_H
#define BASE_COLOUR_H

#include "base/buf.h"

#define COLOUR_RED "\033[31m"
#define COLOUR_GREEN "\033[32m"
#define COLOUR_YELLOW "\033[33m"
#define COLOUR_CYAN "\033[36m"
#define COLOUR_END "\033[0m"

/* Begins and ends text of a colour; NULL: the text is not coloured. */
static inline void colour_begin(struct buf *to, const char *colour)
{
	if (colour)
		buf_addstr(to, colour);
}

static inline void colour_end(struct buf *to, const char *colour)
{
	if (colour)
		buf_addstr(to, COLOUR_END);
}

#endif
