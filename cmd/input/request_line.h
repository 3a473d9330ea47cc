/*
 * A line of input to a job: a URL, or a JSON object that describes a request.
 *
 * Whatever the line is, there is a job: one that is no request has ERR_INPUT
 * set, and the line (clean UTF-8, cut at REQUEST_SHOWN bytes) as its url.
 */
#ifndef CMD_INPUT_REQUEST_LINE_H
#define CMD_INPUT_REQUEST_LINE_H

#include "base/job/job.h"
#include "cmd/input/line_ref.h"
#include "cmd/input/lines.h"
#include "fetch/config.h"

enum { REQUEST_SHOWN = 2048 };

/* The whole text is a URL; whether it is a good one is seen when it is parsed
 * (fetch_prepare), but what plainly is something else has ERR_INPUT. */
struct job *request_from_url(struct slice text, struct line_ref place);

/* The line is a URL, or JSON when it begins with '{' (cmd/input/request_json.h).
 * headers: the -H lines. */
struct job *request_from_line(const struct line *line, struct line_ref place,
			      const struct strings *headers);

#endif
