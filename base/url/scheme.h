/* The special schemes of the URL Standard. Only base/url/ includes this. */
#ifndef BASE_URL_SCHEME_H
#define BASE_URL_SCHEME_H

#include <stddef.h>

struct special_scheme {
	const char *name;
	int port;	/* -1: none (file) */
};

/* Returns the entry of a scheme (lower case), or NULL if it is not special. */
const struct special_scheme *special_scheme(const char *name, size_t len);

#endif
