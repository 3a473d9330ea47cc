/*
 * Reads a JSON object that describes a request:
 *
 *	{"url": ..., "method": ..., "headers": {...}, "params": {...},
 *	 "body": ... or "json": ..., "id": ..., "priority": ...,
 *	 "max_time": ..., "every": ... or "at": ...}
 *
 * or a line of `scrape crawl --map`, of which only the URL and the id count.
 *
 * The text is used as it is: numbers keep their digits, and "id" and "json"
 * keep their text, without its white space.
 */
#ifndef CMD_INPUT_REQUEST_JSON_H
#define CMD_INPUT_REQUEST_JSON_H

#include "base/job/job.h"
#include "base/slice.h"
#include "cmd/input/line_ref.h"
#include "fetch/config.h"

/*
 * Fills job->req from text (clean UTF-8 without NUL). Fails the job if text is
 * not a valid request; job->req may then be partly filled, and has the id if
 * the text is valid JSON.
 *
 * headers: the -H lines, borrowed. If the object has headers, or json (which
 * implies two), job->req.headers holds all headers, with those of the object
 * replacing -H. Each line is in the syntax of -H: "Name: value", "Name:" (do
 * not send it) or "Name;" (send it empty).
 */
void request_read_json(struct job *job, struct slice text,
		       struct line_ref ref, const struct strings *headers);

#endif
