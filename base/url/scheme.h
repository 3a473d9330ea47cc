/* The schemes the URL Standard calls special. Inside base/url*.c only. */
#ifndef BASE_URL_SCHEME_H
#define BASE_URL_SCHEME_H

#include <stddef.h>

struct special_scheme {
	const char *name;
	int port;	/* -1: none (file) */
};

/* The row of a scheme in lower case; NULL when it is not special. */
const struct special_scheme *special_scheme(const char *name, size_t len);

#endif
