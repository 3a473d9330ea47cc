/* Keeps a copy of the arguments and blanks secrets in the original. */
#include "cmd/options/arguments.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static char **copy, **original;
static size_t count;

char **arguments_take(int argc, char **argv)
{
	count = (size_t)argc;
	original = argv;
	copy = xcalloc(count + 1, sizeof(*copy));
	for (size_t i = 0; i < count; i++)
		copy[i] = xstrdup(argv[i]);
	return copy;
}

void arguments_hide(const char *at, size_t len)
{
	/* Compared as numbers, because at may be in none of them. */
	const uintptr_t place = (uintptr_t)at;

	for (size_t i = 0; i < count; i++) {
		const uintptr_t start = (uintptr_t)copy[i];
		const size_t size = strlen(copy[i]);

		if (place < start || place > start + size ||
		    len > size - (place - start))
			continue;
		memset(original[i] + (place - start), '*', len);
		return;
	}
}

void arguments_release(void)
{
	for (size_t i = 0; i < count; i++) {
		explicit_bzero(copy[i], strlen(copy[i]));
		free(copy[i]);
	}
	free(copy);
	copy = original = NULL;
	count = 0;
}
