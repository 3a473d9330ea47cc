/* Loads ICU's functions, whose exported names end in the version, and gives ICU
 * an allocator that ends the program when memory runs out. */
#include "base/library/icu.h"

#include <stdlib.h>

#include "base/mem.h"

#define ICU_NAME(name) #name "_" U_ICU_VERSION_SHORT,

static const char *const names[] = {ICU_FUNCTIONS(ICU_NAME) NULL};

/* ICU passes a context to its allocation functions; it is not used here. */
static void *icu_malloc(const void *context, size_t bytes)
{
	(void)context;
	return xmalloc(bytes);
}

static void *icu_realloc(const void *context, void *p, size_t bytes)
{
	(void)context;
	return xrealloc(p, bytes);
}

static void icu_free(const void *context, void *p)
{
	(void)context;
	free(p);
}

static void set_allocator(void)
{
	UErrorCode error = U_ZERO_ERROR;

	icu_functions.u_setMemoryFunctions_(NULL, icu_malloc, icu_realloc,
					    icu_free, &error);
}

struct icu_functions icu_functions;

struct library icu_library = {
	.file = "libicuuc.so." U_ICU_VERSION_SHORT,
	.package = "libicu" U_ICU_VERSION_SHORT,
	.names = names,
	.functions = &icu_functions,
	.on_load = set_allocator,
};
