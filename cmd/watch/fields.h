/* Compares the fields of a page (member `data` of its record) with those that
 * the page had before. */
#ifndef CMD_WATCH_FIELDS_H
#define CMD_WATCH_FIELDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "parse/config.h"

/* Returns a digest of the options that define the fields; 0: there are none. A
 * page whose stored digest differs is requested without conditions, because its
 * stored fields may be other ones. */
uint64_t watch_fields_meaning(const struct parse_config *config);

/* Returns the member `data` of a record, as JSON; empty if the record has
 * none. */
struct slice watch_fields_of_record(struct slice record);

/* Compares two values of `data`. Returns true if a field that is in both values
 * differs. Appends the members `changed`, with the names of these fields, and
 * `was`, with their former values. A `data` that is not an object (--each)
 * counts as one field with the name data. */
bool watch_fields_compare(struct buf *members, struct slice was,
			  struct slice are);

#endif
