/* A table of six schemes. https://url.spec.whatwg.org/#special-scheme */
#include "base/url/scheme.h"

#include <string.h>

static const struct special_scheme schemes[] = {
	{"https", 443}, {"http", 80}, {"file", -1},
	{"ftp", 21},	{"ws", 80},   {"wss", 443},
};

const struct special_scheme *special_scheme(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (strlen(schemes[i].name) == len &&
		    !memcmp(schemes[i].name, name, len))
			return &schemes[i];
	return NULL;
}
