/* Writes a comparison as a table, as JSON or as an HTML page. */
#include "cmd/compare/format.h"

#include <stdlib.h>

#include "cmd/compare/table.h"
#include "cmd/report/run.h"

static void write_json(struct buf *to, const json_t *comparison)
{
	char *text = json_dumps(comparison,
				JSON_INDENT(2) | JSON_REAL_PRECISION(15));

	if (text)
		buf_addf(to, "%s\n", text);
	free(text);
}

static void (*const writers[COMPARE_FORMATS])(struct buf *, const json_t *) = {
	[COMPARE_TABLE] = compare_table,
	[COMPARE_JSON] = write_json,
	[COMPARE_HTML] = report_compare,
};

void compare_write(struct buf *to, enum compare_format format,
		   const json_t *comparison)
{
	writers[format](to, comparison);
}
