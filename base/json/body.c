/* Reads JSON in the forms that servers send: with a protective prefix, or
 * several values in one body. */
#include <string.h>

#include "base/ascii.h"
#include "base/json/compact.h"

void json_lines(struct buf *out, struct slice array)
{
	struct slice name, value;

	buf_reserve(out, array.len);
	for (size_t at = 0; json_next(array, &at, &name, &value);) {
		buf_add(out, value.p, value.len);
		buf_addch(out, '\n');
	}
}

size_t json_prefix_length(const char *s, size_t len)
{
	/* A prefix that begins with another one comes before it. */
	static const char *const prefixes[] = {
		")]}',", ")]}'", "])}while(1);</x>", "while(1);", "while (1);",
		"for(;;);", "for (;;);", "throw 1;", "{}&&", "{} &&",
	};
	size_t at = 0;

	while (at < len && ascii_is_space(s[at]))
		at++;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		const size_t n = strlen(prefixes[i]);

		if (len - at >= n && !memcmp(s + at, prefixes[i], n))
			return at + n;
	}
	return 0;
}
