#include "cmd/output/kept_rows.h"

#include <inttypes.h>

#include "base/json/compact.h"
#include "base/log.h"

bool kept_rows_failed(struct slice line)
{
	struct slice key, value;
	size_t at = 0;

	while (json_next(line, &at, &key, &value))
		if (slice_is(key, "ok"))
			return slice_is(value, "false");
	return false;
}

void kept_rows_log(uint64_t count)
{
	if (count)
		log_warn("%" PRIu64 " row%s kept, because the new request "
			 "failed", count, count == 1 ? " was" : "s were");
}
