/* Indents JSON for people, as jq does, with colours for a terminal if asked. */
#ifndef BASE_JSON_PRETTY_H
#define BASE_JSON_PRETTY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Appends compact JSON text (base/json/compact.h) in lines that are indented by
 * two spaces for each level, up to 100 levels, and a '\n' at the end. Values do
 * not change. Characters that are unsafe on a terminal (base/printable.h) are
 * written as \uXXXX. The number of a member "status" of the outermost object
 * has a colour that shows the class of the HTTP status. Text other than compact
 * JSON gives meaningless output, but is not read beyond its end. Pure; for any
 * thread. */
void json_pretty(struct buf *out, struct slice text, bool coloured);

/* Like json_pretty() with colours, but on one line without blanks. */
void json_coloured_line(struct buf *out, struct slice text);

#endif
