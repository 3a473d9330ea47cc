/*
 * The headers of a JSON line: {"Name": "value", "Name": ["a", "b"],
 * "Name": null}, and how they go together with the -H lines.
 */
#ifndef CMD_INPUT_REQUEST_HEADERS_H
#define CMD_INPUT_REQUEST_HEADERS_H

#include "base/buf.h"
#include "base/json/keys.h"
#include "cmd/input/line_ref.h"
#include "fetch/config.h"

/* RFC 9110, 5.6.2: what a header name and a method may be. */
bool http_is_token(struct slice s);

/* Zero is no headers. */
struct request_headers {
	struct buf lines;	/* "Name: value\n", "Name:\n", "Name;\n" */
	struct key_set names;	/* in lower case */
};

/* Adds the members of an object (compact JSON text) and sorts the names, or
 * fails the job. */
void request_headers_read(struct request_headers *h, struct slice object,
			  struct job *job, struct line_ref place);

/* Appends the -H lines that have no counterpart in h, then h. is_json: then
 * Content-Type and Accept too, if neither mentions them. */
void request_headers_merge(struct buf *out, const struct request_headers *h,
			   const struct strings *headers, bool is_json);

void request_headers_release(struct request_headers *h);

#endif
