#include "parse/jq/library.h"

static const char *const names[] = {JQ_FUNCTIONS(LIBRARY_NAME) NULL};

struct jq_functions jq_functions;

struct library jq_library = {
	.file = "libjq.so.1",
	.package = "libjq1",
	.names = names,
	.functions = &jq_functions,
};
