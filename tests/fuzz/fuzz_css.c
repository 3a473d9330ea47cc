/*
 * Compiles any bytes as a selector. It must be accepted, or refused with a
 * message of one line and a position inside of the text; the same bytes must
 * give the same result again.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "parse/css/css.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
	if (!claim)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = size ? (const char *)data : "";
	struct buf why = {0}, again = {0};
	size_t at = SIZE_MAX, at_again = SIZE_MAX;
	struct css *css = css_compile(s, size, &why, &at);
	struct css *twin = css_compile(s, size, &again, &at_again);
	const char *attr;

	must(!css == !twin && !css == !!why.len && why.len == again.len);
	if (css) {
		must((css_take(css, &attr) == CSS_TAKE_ATTR) == !!attr);
	} else {
		must(at <= size && at == at_again);
		must(!memchr(why.data, '\n', why.len));
	}
	css_free(css);
	css_free(twin);
	buf_release(&why);
	buf_release(&again);
	return 0;
}
