/*
 * Reads any bytes as a spec. It must be accepted, or refused with a message of
 * one line. Neither the message nor the plan may have the value of the
 * variable.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/gather/spec/spec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct buf *text, bool one_line)
{
	if (strstr(buf_cstr(text), "hush{") ||
	    (one_line && strchr(buf_cstr(text), '\n')))
		abort();
	for (size_t i = 0; i < text->len; i++)
		if ((unsigned char)text->data[i] < 0x20 &&
		    text->data[i] != '\n')
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *set[] = {"V=hush{1}"};
	const struct gather_vars vars = {set, 1};
	const struct slice text = {size ? (const char *)data : NULL, size};
	struct buf why = {0}, plan = {0};
	struct gather_spec spec;

	/* Skip specs with files, because some files never end, and texts that
	 * contain the value themselves. */
	if (memmem(data, size, "file", 4) || memmem(data, size, "\\u", 2) ||
	    memmem(data, size, "hush", 4))
		return 0;
	if (gather_spec_read(&spec, text, &vars, &why) == 0) {
		gather_spec_print(&spec, &plan);
		check(&plan, false);
	} else if (!why.len) {
		abort();
	}
	check(&why, true);
	gather_spec_release(&spec);
	buf_release(&plan);
	buf_release(&why);
	return 0;
}
