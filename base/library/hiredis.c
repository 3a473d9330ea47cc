#include "base/library/hiredis.h"

/* Load only the version of the library whose headers were used: the next
 * version may change the structs. */
#define TEXT_OF(value) #value
#define SONAME(version) "libhiredis.so." TEXT_OF(version)

static const char *const names[] = {HIREDIS_FUNCTIONS(LIBRARY_NAME) NULL};

struct hiredis_functions hiredis_functions;

struct library hiredis_library = {
	.file = SONAME(HIREDIS_SONAME),
	.package = "libhiredis0.14",
	.names = names,
	.functions = &hiredis_functions,
};
