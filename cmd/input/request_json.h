/*
 * A JSON object that describes a request:
 *
 *	{"url": ..., "method": ..., "headers": {...}, "params": {...},
 *	 "body": ... or "json": ..., "id": ..., "priority": ..., "max_time": ...}
 *
 * The text is taken apart as it is: numbers keep their digits, the id and the
 * json are the text that was given (without its white space).
 */
#ifndef CMD_INPUT_REQUEST_JSON_H
#define CMD_INPUT_REQUEST_JSON_H

#include "base/job/job.h"
#include "base/slice.h"
#include "cmd/input/line_ref.h"
#include "fetch/config.h"

/*
 * Fills job->req from text (clean UTF-8 without NUL), or fails the job and may
 * have filled some of it; the id is there whenever the text is valid JSON.
 *
 * headers: the -H lines, borrowed. If the object has headers, or json (which
 * brings two), job->req.headers holds all there are, its own over those, each
 * line as -H would take it: "Name: value", "Name:" (do not send it) or "Name;"
 * (send it empty).
 */
void request_read_json(struct job *job, struct slice text,
		       struct line_ref place, const struct strings *headers);

#endif
