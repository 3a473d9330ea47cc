/* Parses Content-Encoding lists by a table of the known codings. */
#include "parse/encoding/coding.h"

#include <stdbool.h>
#include <string.h>

#include "base/ascii.h"

const struct coding coding_gzip = {"gzip", CODING_GZIP};

static const struct coding codings[] = {
	{"gzip", CODING_GZIP},
	{"x-gzip", CODING_GZIP},
	{"deflate", CODING_DEFLATE},
	{"br", CODING_BR},
	{"zstd", CODING_ZSTD},
	{"identity", CODING_IDENTITY},
};

static const struct coding *find_coding(struct slice name)
{
	for (size_t i = 0; i < sizeof(codings) / sizeof(codings[0]); i++)
		if (ascii_is(name, codings[i].name))
			return &codings[i];
	return NULL;
}

/* Takes the next non-empty element off the front of a comma-separated list.
 * Returns false if there is none. */
static bool list_next(struct slice *list, struct slice *element)
{
	do {
		const char *comma = memchr(list->p, ',', list->len);
		size_t len = comma ? (size_t)(comma - list->p) : list->len;

		*element = ascii_trim((struct slice){list->p, len});
		list->p += len + (comma ? 1 : 0);
		list->len -= len + (comma ? 1 : 0);
	} while (!element->len && list->len);
	return element->len != 0;
}

int coding_list(struct slice list, const struct coding *found[CODING_MAX])
{
	struct slice name;
	int count = 0;

	while (list.len && list_next(&list, &name)) {
		const struct coding *coding = find_coding(name);

		if (!coding)
			return 0;
		if (count == CODING_MAX)
			return -1;
		found[count++] = coding;
	}
	return count;
}
