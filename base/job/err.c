/* The names of errors, as they appear in records. */
#include "base/job/err.h"

#include <assert.h>

static const char *const names[ERR_COUNT] = {
	[ERR_NONE] = "none",
	[ERR_INPUT] = "input",
	[ERR_URL] = "url",
	[ERR_BLOCKED] = "blocked",
	[ERR_ROBOTS] = "robots",
	[ERR_DNS] = "dns",
	[ERR_CONNECT] = "connect",
	[ERR_TLS] = "tls",
	[ERR_TIMEOUT] = "timeout",
	[ERR_HTTP] = "http",
	[ERR_REDIRECTS] = "redirects",
	[ERR_TOO_LARGE] = "too_large",
	[ERR_DECODE] = "decode",
	[ERR_PARSE] = "parse",
	[ERR_STATUS] = "status",
	[ERR_CANCELLED] = "cancelled",
	[ERR_INTERNAL] = "internal",
};

const char *err_name(enum err err)
{
	assert(err < ERR_COUNT);
	return names[err];
}
