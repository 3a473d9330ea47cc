/*
 * Errors of a request: error.kind of a record, in one word. Only errors of
 * servers, networks and data are here; a wrong command line ends the program
 * with exit 2, and a bug in an assert().
 */
#ifndef BASE_JOB_ERR_H
#define BASE_JOB_ERR_H

enum err {
	ERR_NONE,
	ERR_INPUT,	/* the input line is not a request */
	ERR_URL,	/* the URL cannot be parsed, or has no host */
	ERR_BLOCKED,	/* scheme or address refused by policy */
	ERR_ROBOTS,	/* robots.txt forbids the request, or could not be
			 * read */
	ERR_DNS,
	ERR_CONNECT,
	ERR_TLS,
	ERR_TIMEOUT,
	ERR_HTTP,	/* broken protocol, or truncated or empty reply */
	ERR_REDIRECTS,	/* too many redirects, or one without a usable target */
	ERR_TOO_LARGE,	/* the declared or the decoded size is too large */
	ERR_DECODE,	/* broken content encoding */
	ERR_PARSE,	/* invalid or too deep JSON; parser stopped or died */
	ERR_STATUS,	/* --fail and status >= 400 */
	ERR_CANCELLED,
	ERR_INTERNAL,
	ERR_COUNT
};

/* Returns the name in records: "input", "url", ...; never NULL. Static. */
const char *err_name(enum err err);

#endif
