/* Loads libxml2's functions, and sets its allocator and error handlers. */
#include "parse/tree/libxml2.h"

#include "parse/tree/arena.h"

static const char *const names[] = {LIBXML2_FUNCTIONS(LIBRARY_NAME) NULL};

/* Replaces libxml2's default handler, which prints errors to standard error. */
static void ignore_message(void *ctx, const char *format, ...)
{
	(void)ctx;
	(void)format;
}

/* Prepares libxml2. The allocator is set first, before libxml2 allocates
 * anything. xmlThrDefSetGenericErrorFunc() sets the handler of threads that use
 * libxml2 later. */
static void prepare(void)
{
	const struct libxml2_functions *f = &libxml2_functions;

	arena_install();
	f->xmlCheckVersion_(LIBXML_VERSION);
	f->xmlInitParser_();
	f->xmlSetGenericErrorFunc_(NULL, ignore_message);
	f->xmlThrDefSetGenericErrorFunc_(NULL, ignore_message);
}

struct libxml2_functions libxml2_functions;

struct library libxml2_library = {
	.file = "libxml2.so.2",
	.package = "libxml2",
	.names = names,
	.functions = &libxml2_functions,
	.on_load = prepare,
};
