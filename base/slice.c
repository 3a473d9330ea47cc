/* Functions on slices that are too long to be inline. */
#include "base/slice.h"

static bool is_in(const char *set, char c)
{
	return c && strchr(set, c);
}

struct slice slice_trim(struct slice s, const char *set)
{
	while (s.len && is_in(set, s.p[s.len - 1]))
		s.len--;
	while (s.len && is_in(set, *s.p)) {
		s.p++;
		s.len--;
	}
	return s;
}
