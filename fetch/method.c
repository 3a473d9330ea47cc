/* Tables of request methods. */
#include "fetch/method.h"

#include <stddef.h>
#include <string.h>

static bool is_in_list(const char *method, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(method, *list))
			return true;
	return false;
}

bool method_is_idempotent(const char *method)
{
	static const char *const list[] = {"GET", "HEAD", "PUT", "DELETE",
					   "OPTIONS", "TRACE", NULL};

	return is_in_list(method, list);
}

bool method_wants_body(const char *method)
{
	static const char *const list[] = {"POST", "PUT", "PATCH", NULL};

	return is_in_list(method, list);
}
