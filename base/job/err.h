/*
 * What can go wrong with a request: error.kind of a record, in one word.
 * The world's errors only; the user's end with exit 2 and ours in assert().
 */
#ifndef BASE_JOB_ERR_H
#define BASE_JOB_ERR_H

enum err {
	ERR_NONE,
	ERR_INPUT,	/* the input line is not a request */
	ERR_URL,	/* the URL cannot be parsed, or has no host */
	ERR_BLOCKED,	/* scheme or address refused by policy */
	ERR_DNS,
	ERR_CONNECT,
	ERR_TLS,
	ERR_TIMEOUT,
	ERR_HTTP,	/* broken protocol, truncated or empty reply */
	ERR_REDIRECTS,	/* too many, or to nowhere */
	ERR_TOO_LARGE,	/* declared or decoded */
	ERR_DECODE,	/* content encoding */
	ERR_PARSE,	/* invalid or too deep JSON; parser stopped or died */
	ERR_STATUS,	/* --fail and status >= 400 */
	ERR_CANCELLED,
	ERR_INTERNAL,
	ERR_COUNT
};

/* "input", "url", ...; never NULL. Static. */
const char *err_name(enum err err);

#endif
