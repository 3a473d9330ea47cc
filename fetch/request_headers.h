/* The header lines of a request, for display. */
#ifndef FETCH_REQUEST_HEADERS_H
#define FETCH_REQUEST_HEADERS_H

#include "base/buf.h"
#include "base/job/job.h"
#include "fetch/config.h"

/* Calls each() with the lines that libcurl is given for the first hop of a job,
 * which fetch_prepare() has set up: "Name: value"; "Name:" keeps libcurl from
 * sending a header of its own, "Name;" stands for an empty value. */
void fetch_each_header(const struct job *job, const struct fetch_config *config,
		       void (*each)(void *ctx, const char *line), void *ctx);

#endif
