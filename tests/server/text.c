#include "tests/server/text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

bool text_number(const char **at, uint64_t *n)
{
	char *end;

	*at += strspn(*at, " \t");
	if (!isdigit((unsigned char)**at))
		return false;
	*n = strtoull(*at, &end, 10);
	*at = end;
	return true;
}

static char unescape(const char **at)
{
	const char c = *(*at)++;
	unsigned byte;

	switch (c) {
	case 'r':
		return '\r';
	case 'n':
		return '\n';
	case 't':
		return '\t';
	case '0':
		return '\0';
	case 'x':
		if (sscanf(*at, "%2x", &byte) != 1)
			return 'x';
		*at += 2;
		return (char)byte;
	default:
		return c;
	}
}

bool text_quoted(const char *at, struct buf *out)
{
	at += strspn(at, " \t");
	if (*at++ != '"')
		return false;
	while (*at && *at != '"') {
		if (*at == '\\' && at[1]) {
			at++;
			buf_addch(out, unescape(&at));
		} else {
			buf_addch(out, *at++);
		}
	}
	return *at == '"' && at[1 + strspn(at + 1, " \t")] == '\0';
}

bool text_file(const char *path, struct buf *out)
{
	FILE *f = fopen(path, "rb");
	size_t len;

	if (!f)
		return false;
	while ((len = fread(buf_reserve(out, 65536), 1, 65536, f)) > 0)
		out->len += len;
	fclose(f);
	return true;
}

static int port_named(char name, const struct ports *ports)
{
	const int which = name - 'A';

	return which >= 0 && which < PORTS ? ports->port[which] : -1;
}

struct buf text_fill_in(const struct buf *text, const struct ports *ports)
{
	struct buf out = {0};

	for (size_t i = 0; i < text->len; i++) {
		const char *s = text->data + i;
		int port = -1;

		if (text->len - i >= 3 && s[0] == '{' && s[2] == '}')
			port = port_named(s[1], ports);
		if (port >= 0) {
			buf_addf(&out, "%d", port);
			i += 2;
		} else {
			buf_addch(&out, *s);
		}
	}
	return out;
}
