#include "base/library/sqlite.h"

static const char *const names[] = {SQLITE_FUNCTIONS(LIBRARY_NAME) NULL};

struct sqlite_functions sqlite_functions;

struct library sqlite_library = {
	.file = "libsqlite3.so.0",
	.package = "libsqlite3-0",
	.names = names,
	.functions = &sqlite_functions,
};
