/* The table of record types. */
#include "cmd/warc/format.h"

#include <string.h>
#include <strings.h>

static const char *const names[WARC_TYPES] = {
	[WARC_UNKNOWN] = "unknown",
	[WARC_WARCINFO] = "warcinfo",
	[WARC_REQUEST] = "request",
	[WARC_RESPONSE] = "response",
	[WARC_REVISIT] = "revisit",
	[WARC_METADATA] = "metadata",
	[WARC_RESOURCE] = "resource",
	[WARC_CONVERSION] = "conversion",
	[WARC_CONTINUATION] = "continuation",
};

const char *warc_type_name(enum warc_type type)
{
	return names[type];
}

enum warc_type warc_type_of(struct slice name)
{
	for (int i = WARC_UNKNOWN + 1; i < WARC_TYPES; i++)
		if (strlen(names[i]) == name.len &&
		    !strncasecmp(names[i], name.p, name.len))
			return (enum warc_type)i;
	return WARC_UNKNOWN;
}
