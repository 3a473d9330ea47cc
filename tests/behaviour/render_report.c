/* render-report run|compare FILE: writes the HTML report of a summary or a
 * comparison to standard output, for tests that have only the JSON. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "cmd/report/run.h"

int main(int argc, char **argv)
{
	struct buf page = {0};
	json_error_t why;
	json_t *json;
	size_t wrote;

	if (argc != 3) {
		fprintf(stderr, "usage: render-report run|compare FILE\n");
		return 2;
	}
	json = json_load_file(argv[2], 0, &why);
	if (!json) {
		fprintf(stderr, "%s:%d: %s\n", argv[2], why.line, why.text);
		return 2;
	}
	if (!strcmp(argv[1], "run"))
		report_run(&page, json);
	else
		report_compare(&page, json);
	wrote = fwrite(page.data, 1, page.len, stdout);
	wrote = wrote == page.len && !fflush(stdout);
	json_decref(json);
	buf_release(&page);
	return wrote ? 0 : 3;
}
