/*
 * The params of a JSON line, {"q": "a b", "page": 2, "tag": ["x", "y"]}, as
 * they are appended to the query: "q=a+b&page=2&tag=x&tag=y".
 */
#ifndef CMD_INPUT_REQUEST_PARAMS_H
#define CMD_INPUT_REQUEST_PARAMS_H

#include "base/job/job.h"
#include "base/slice.h"
#include "cmd/input/line_ref.h"

/* Of an object (compact JSON text); numbers are as they are written there.
 * NULL when there are none, or when the job was failed. To be freed. */
char *request_params_read(struct slice object, struct job *job,
			  struct line_ref place);

#endif
