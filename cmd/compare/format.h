/* The forms in which a comparison is written. */
#ifndef CMD_COMPARE_FORMAT_H
#define CMD_COMPARE_FORMAT_H

#include <jansson.h>

#include "base/buf.h"
#include "cmd/options/compare.h"

/* Appends the JSON of cmd/compare/compare.h in that form. */
void compare_write(struct buf *to, enum compare_format format,
		   const json_t *comparison);

#endif
