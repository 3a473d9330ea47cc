/*
 * Reads the headers of a JSON line, {"Name": "value", "Name": ["a", "b"],
 * "Name": null}, and merges them with the -H lines.
 */
#ifndef CMD_INPUT_REQUEST_HEADERS_H
#define CMD_INPUT_REQUEST_HEADERS_H

#include "base/buf.h"
#include "base/json/keys.h"
#include "cmd/input/line_ref.h"
#include "fetch/config.h"

/* Returns true if s is a token, as header names and methods are (RFC 9110,
 * 5.6.2). */
bool http_is_token(struct slice s);

/* A zero struct has no headers. */
struct request_headers {
	struct buf lines;	/* "Name: value\n", "Name:\n", "Name;\n" */
	struct key_set names;	/* names of the headers, in lower case */
};

/* Adds the members of an object (compact JSON text) and sorts the names. Fails
 * the job if one is invalid. */
void request_headers_read(struct request_headers *h, struct slice object,
			  struct job *job, struct line_ref ref);

/* Appends the -H lines that h does not override, then the headers of h.
 * is_json: also appends Content-Type and Accept, unless h or the -H lines have
 * a header of that name. */
void request_headers_merge(struct buf *out, const struct request_headers *h,
			   const struct strings *headers, bool is_json);

void request_headers_release(struct request_headers *h);

#endif
