/* Computes edit distances on the stack, for words of limited length. */
#include "base/suggest.h"

#include <string.h>
#include <strings.h>

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Computes Damerau's distance (optimal string alignment) with three rows. */
size_t suggest_distance(const char *a, const char *b)
{
	const size_t alen = strlen(a), blen = strlen(b);
	size_t rows[3][SUGGEST_MAX + 1];

	if (alen > SUGGEST_MAX || blen > SUGGEST_MAX)
		return alen > blen ? alen : blen;
	for (size_t j = 0; j <= blen; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= alen; i++) {
		const size_t *before = rows[(i + 1) % 3];
		const size_t *above = rows[(i - 1) % 3];
		size_t *row = rows[i % 3];

		row[0] = i;
		for (size_t j = 1; j <= blen; j++) {
			row[j] = above[j - 1] + (a[i - 1] != b[j - 1]);
			row[j] = least(row[j], above[j] + 1);
			row[j] = least(row[j], row[j - 1] + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
	}
	return rows[alen % 3][blen];
}

bool suggest_is_near(const char *word, const char *known, size_t distance)
{
	const size_t len = strlen(word);

	if (distance >= len || (distance > 1 && *word != *known))
		return false;
	return distance <= (len < 6 ? 1 : len < 9 ? 2 : 3);
}

bool suggest_has_word(const char *words, const char *word)
{
	const size_t len = strlen(word);

	for (const char *at = words; len && *at; at++)
		if (*at == ' ' && !strncasecmp(at + 1, word, len) &&
		    at[len + 1] == ' ')
			return true;
	return false;
}
