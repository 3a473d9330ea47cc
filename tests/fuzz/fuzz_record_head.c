/*
 * Reads any bytes as a line of an output, as --resume does. The slices found
 * must be inside of the line, and each beginning of a complete record must
 * count as a part of a record.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/session/record_head.h"

/* In longer lines, not every prefix is tried. */
enum { PARTS_MAX = 600 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
	if (!claim)
		abort();
}

static bool is_inside(struct slice part, struct slice line)
{
	return part.p >= line.p && part.p + part.len <= line.p + line.len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct slice line = {size ? (const char *)data : NULL, size};
	struct record_head head;

	if (record_head_read(&head, line) != RECORD_WHOLE)
		return 0;
	must(is_inside(head.url, line) && head.url.len > 0);
	must(!head.id.len || is_inside(head.id, line));
	for (size_t len = 0; len < size && size <= PARTS_MAX; len++)
		must(record_head_read(&head, (struct slice){line.p, len}) ==
		     RECORD_PART);
	return 0;
}
