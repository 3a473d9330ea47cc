/* Hints for a SOURCE that does not exist: it may be a command, a format, a
 * selector or a header, as other programs take it. The hint says what to write
 * instead. */
#ifndef CMD_OPTIONS_SOURCE_HINTS_H
#define CMD_OPTIONS_SOURCE_HINTS_H

#include <stdbool.h>

#include "base/buf.h"
#include "cmd/options/command_line.h"

/* Appends a hint, a complete phrase, and returns true; or returns false if
 * there is no hint for the source. */
bool source_hint(struct buf *out, const struct command_line *line,
		 const struct source *source);

/* Logs an error of a source that is a URL or contains one: the source with its
 * secrets masked, then `what`. Returns -1. */
int source_fail_url(const struct command_line *line, const char *url,
		    const char *what);

/* Logs that the command reads files, and that this source is a URL. Returns
 * -1. */
int source_fail_local_url(const struct command_line *line, const char *url);

#endif
