/* Keeps a copy of the arguments and blanks secrets in the original. */
#include "cmd/options/arguments.h"

#include <stdbool.h>
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
	/* Compare addresses as numbers, because `at` may point into none of the
	 * copies. */
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

static bool is_plain(const char *word)
{
	return *word && !word[strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					   "abcdefghijklmnopqrstuvwxyz"
					   "0123456789-_=+:,./@%")];
}

/* Appends the word, in single quotes if a shell would not take it literally. */
static void add_word(struct buf *out, const char *word)
{
	if (is_plain(word)) {
		buf_addstr(out, word);
		return;
	}
	buf_addch(out, '\'');
	for (; *word; word++)
		if (*word == '\'')
			buf_addstr(out, "'\\''");
		else
			buf_addch(out, *word);
	buf_addch(out, '\'');
}

void arguments_show(struct buf *out)
{
	buf_addstr(out, "scrape");
	for (size_t i = 1; i < count; i++) {
		buf_addch(out, ' ');
		add_word(out, original[i]);
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
