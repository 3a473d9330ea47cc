/* Compares the fields of a page (member `data` of its record) with those that
 * the page had before. */
#ifndef CMD_WATCH_FIELDS_H
#define CMD_WATCH_FIELDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "parse/config.h"

/* Returns a digest of how the fields are found. With another one, a page is
 * requested as a whole, because there may be fields that are not known. 0: there
 * are no fields. */
uint64_t watch_fields_meaning(const struct parse_config *config);

/* Returns the member `data` of a record, as JSON; empty if there is none. */
struct slice watch_fields_of_record(struct slice record);

/* Returns true if fields that are on both sides differ. Appends the members
 * `changed`, with their names, and `was`, with their values before. Fields that
 * are not an object (--each) are one field, called data. */
bool watch_fields_compare(struct buf *members, struct slice was,
			  struct slice are);

#endif
