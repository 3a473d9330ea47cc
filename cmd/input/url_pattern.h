/* Patterns in a URL, with curl's notation: {one,two}, [1-10], [001-100:5] and
 * [a-z]. A URL with several patterns stands for all their combinations. */
#ifndef CMD_INPUT_URL_PATTERN_H
#define CMD_INPUT_URL_PATTERN_H

#include "base/buf.h"

/* Greatest number of URLs that one pattern may stand for: they are held in
 * memory. */
enum { URL_PATTERN_MAX = 100000 };

/* Calls on_url for each URL that the text stands for, in order: the pattern at
 * the end varies fastest. A text without patterns is one URL. Brackets that
 * hold no range, like those of an IPv6 address or of "?a[b]=1", are literal; so
 * is a bracket or brace behind a backslash. The argument of on_url is
 * allocated, and on_url takes it. Returns 0, or -1 after adding the reason to
 * why. */
int url_pattern_expand(const char *text, void (*on_url)(void *ctx, char *url),
		       void *ctx, struct buf *why);

#endif
