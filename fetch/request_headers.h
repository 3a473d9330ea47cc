/* The header lines of a request, for display. */
#ifndef FETCH_REQUEST_HEADERS_H
#define FETCH_REQUEST_HEADERS_H

#include "base/buf.h"
#include "base/job/job.h"
#include "fetch/config.h"

/* Calls each() with the header lines that libcurl gets for the first hop of a
 * job, which fetch_prepare() has set up: "Name: value"; "Name:", if libcurl
 * must not send this header of its own; or "Name;" for a header with an empty
 * value. */
void fetch_each_header(const struct job *job, const struct fetch_config *config,
		       void (*each)(void *ctx, const char *line), void *ctx);

#endif
