/* A list of option values. */
#ifndef FETCH_STRINGS_H
#define FETCH_STRINGS_H

#include <stddef.h>

/* A list of option values, in the order given. */
struct strings {
	const char **items;
	size_t len;
};

#endif
