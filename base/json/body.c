/* JSON as servers send it: behind a guard, or several values in a body. */
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

size_t json_guard_length(const char *s, size_t len)
{
	/* Longer ones before what they begin with. */
	static const char *const guards[] = {
		")]}',", ")]}'", "])}while(1);</x>", "while(1);", "while (1);",
		"for(;;);", "for (;;);", "throw 1;", "{}&&", "{} &&",
	};
	size_t at = 0;

	while (at < len && ascii_is_space(s[at]))
		at++;
	for (size_t i = 0; i < sizeof(guards) / sizeof(*guards); i++) {
		const size_t n = strlen(guards[i]);

		if (len - at >= n && !memcmp(s + at, guards[i], n))
			return at + n;
	}
	return 0;
}
