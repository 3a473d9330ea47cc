#include "base/library/isal.h"

#if HAS_ISAL
static const char *const names[] = {ISAL_FUNCTIONS(LIBRARY_NAME) NULL};

struct isal_functions isal_functions;

static struct library isal_library = {
	.file = "libisal.so.2",
	.package = "libisal2",
	.names = names,
	.functions = &isal_functions,
};

bool isal_is_available(void)
{
	return library_try(&isal_library);
}
#else
bool isal_is_available(void)
{
	return false;
}
#endif
