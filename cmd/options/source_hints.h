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

/* Log what is wrong with a source that is a URL or contains one, with secrets
 * masked: `what` follows the URL; or, the command reads files, not URLs. Return
 * -1. */
int source_fail_url(const struct command_line *line, const char *url,
		    const char *what);
int source_fail_local_url(const struct command_line *line, const char *url);

#endif
