/* Output formats of a comparison. */
#ifndef CMD_COMPARE_FORMAT_H
#define CMD_COMPARE_FORMAT_H

#include <jansson.h>

#include "base/buf.h"
#include "cmd/options/compare.h"

/* Appends the comparison in the given format. The JSON is described in
 * cmd/compare/compare.h. */
void compare_write(struct buf *to, enum compare_format format,
		   const json_t *comparison);

#endif
