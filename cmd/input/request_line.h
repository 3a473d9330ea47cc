/*
 * Turns a line of input into a job: a URL, or a JSON object that describes a
 * request.
 *
 * Every line becomes a job. A line that is not a request has ERR_INPUT set and
 * the line (clean UTF-8, cut at REQUEST_SHOWN bytes) as its url.
 */
#ifndef CMD_INPUT_REQUEST_LINE_H
#define CMD_INPUT_REQUEST_LINE_H

#include "base/job/job.h"
#include "cmd/input/line_ref.h"
#include "cmd/input/lines.h"
#include "fetch/config.h"

enum { REQUEST_SHOWN = 2048 };

/* Makes a job from a text that is a URL as a whole. The URL is parsed later
 * (fetch_prepare()); a text that clearly is not a URL gets ERR_INPUT here. */
struct job *request_from_url(struct slice text, struct line_ref ref);

/* Makes a job from a line: JSON if it begins with '{'
 * (cmd/input/request_json.h), or else a URL. headers: the -H lines. */
struct job *request_from_line(const struct line *line, struct line_ref ref,
			      const struct strings *headers);

#endif
