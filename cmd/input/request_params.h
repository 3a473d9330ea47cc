/*
 * Reads the params of a JSON line, {"q": "a b", "page": 2, "tag": ["x", "y"]},
 * into the form in which they are appended to the query:
 * "q=a+b&page=2&tag=x&tag=y".
 */
#ifndef CMD_INPUT_REQUEST_PARAMS_H
#define CMD_INPUT_REQUEST_PARAMS_H

#include "base/job/job.h"
#include "base/slice.h"
#include "cmd/input/line_ref.h"

/* Reads an object (compact JSON text); numbers keep their digits. Returns the
 * query, to be freed, or NULL if it is empty or the job was failed. */
char *request_params_read(struct slice object, struct job *job,
			  struct line_ref ref);

#endif
