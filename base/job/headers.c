/* Normalises fields when they are added, so that readers can rely on their
 * form. */
#include "base/job/headers.h"

#include <stdint.h>
#include <string.h>

#include "base/ascii.h"

/* Appends a line that begins with white space to the field before it
 * (RFC 9112, 5.2). */
static void add_folded(struct buf *block, const char *value, const char *end)
{
	while (value < end && ascii_is_blank(*value))
		value++;
	while (end > value && ascii_is_blank(end[-1]))
		end--;
	if (!block->len || value == end)
		return;
	block->data[block->len - 1] = ' ';
	buf_add(block, value, (size_t)(end - value));
	buf_addch(block, '\n');
}

/* Replaces line ends inside a folded line by spaces (RFC 9112, 5.2). */
static void unfold(char *s, size_t len)
{
	if (!memchr(s, '\n', len) && !memchr(s, '\r', len))
		return;
	for (size_t i = 0; i < len; i++)
		if (s[i] == '\n' || s[i] == '\r')
			s[i] = ' ';
}

/* Writes the n bytes at s in lower case, eight at a time. */
static void add_lower(char *to, const char *s, size_t n)
{
	size_t i = 0;

	for (uint64_t word; n - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, s + i, sizeof(word));
		word = ascii_lower8(word);
		memcpy(to + i, &word, sizeof(word));
	}
	for (; i < n; i++)
		to[i] = ascii_lower(s[i]);
}

void headers_add_line(struct buf *block, const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len);
	const char *value, *name_end = colon, *end = bytes_end(line, len);
	size_t name_len;
	char *to;

	if (len && (*line == ' ' || *line == '\t')) {
		add_folded(block, line, end);
		return;
	}
	while (name_end && name_end > line && ascii_is_blank(name_end[-1]))
		name_end--;
	if (!name_end || name_end == line)
		return;
	value = colon + 1;
	while (value < end && ascii_is_blank(*value))
		value++;
	while (end > value && ascii_is_blank(end[-1]))
		end--;
	name_len = (size_t)(name_end - line);
	to = buf_reserve(block, len + 3);
	add_lower(to, line, name_len);
	memcpy(to + name_len, ": ", 2);
	memcpy(to + name_len + 2, value, (size_t)(end - value));
	len = name_len + 2 + (size_t)(end - value);
	unfold(to, len);
	to[len] = '\n';
	block->len += len + 1;
}

bool headers_next(const struct buf *block, size_t *at, struct slice *name,
		  struct slice *value)
{
	const char *line, *colon, *end;

	if (*at >= block->len)
		return false;
	line = block->data + *at;
	end = memchr(line, '\n', block->len - *at);
	colon = memchr(line, ':', (size_t)(end - line));
	*name = (struct slice){line, (size_t)(colon - line)};
	*value = (struct slice){colon + 2, (size_t)(end - colon - 2)};
	*at = (size_t)(end + 1 - block->data);
	return true;
}

bool headers_find(const struct buf *block, size_t *at, const char *name,
		  struct slice *value)
{
	const size_t len = strlen(name);

	while (*at < block->len) {
		const char *line = block->data + *at;
		const char *end = memchr(line, '\n', block->len - *at);

		*at = (size_t)(end + 1 - block->data);
		if (*line != *name || (size_t)(end - line) <= len ||
		    line[len] != ':' || memcmp(line, name, len) != 0)
			continue;
		line += len + strlen(": ");
		*value = (struct slice){line, (size_t)(end - line)};
		return true;
	}
	return false;
}

bool headers_get(const struct buf *block, const char *name,
		 struct slice *value)
{
	size_t at = 0;

	return headers_find(block, &at, name, value);
}
