#include "cmd/warc/writer/surt.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/percent.h"

/* Returns the length of "www.", "www2." ... at the beginning of a host. */
static size_t www_length(struct slice host)
{
	size_t at = 3;

	if (host.len < 4 || memcmp(host.p, "www", 3) != 0)
		return 0;
	while (at < host.len && host.p[at] >= '0' && host.p[at] <= '9')
		at++;
	return at < host.len && host.p[at] == '.' ? at + 1 : 0;
}

/* Appends the labels of a host in reverse order. The numbers of an IPv4 address
 * are reversed, too, as in other tools. */
static void add_host(struct buf *out, struct slice host)
{
	const size_t www = www_length(host);
	size_t end = host.len;

	while (end > www) {
		size_t at = end;

		while (at > www && host.p[at - 1] != '.')
			at--;
		if (end < host.len)
			buf_addch(out, ',');
		buf_add(out, host.p + at, end - at);
		end = at > www ? at - 1 : www;
	}
}

/* Decodes %XX repeatedly, until no %XX is left. */
static void decode(struct buf *out, struct slice text)
{
	buf_clear(out);
	for (size_t i = 0; i < text.len; i++) {
		int byte;

		buf_addch(out, text.p[i]);
		while (out->len >= 3 &&
		       (byte = percent_byte(out->data + out->len - 3, 3)) >= 0) {
			out->len -= 3;
			buf_addch(out, (char)byte);
		}
	}
}

/* Appends text in lower case, with as few %XX as possible. */
static void add_text(struct buf *out, struct slice text)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < text.len; i++) {
		const unsigned char c = (unsigned char)text.p[i];

		if (c > ' ' && c < 0x7f && c != '#' && c != '%') {
			buf_addch(out, (char)(c >= 'A' && c <= 'Z' ? c | 32
								   : c));
			continue;
		}
		buf_addch(out, '%');
		buf_addch(out, digits[c >> 4]);
		buf_addch(out, digits[c & 15]);
	}
}

static void add_path(struct buf *out, struct slice path)
{
	struct buf plain = {0};
	size_t len = 0;

	decode(&plain, path);
	for (size_t i = 0; i < plain.len; i++)
		if (plain.data[i] != '/' || !len || plain.data[len - 1] != '/')
			plain.data[len++] = plain.data[i];
	if (len > 1 && plain.data[len - 1] == '/')
		len--;
	if (len)
		add_text(out, (struct slice){plain.data, len});
	else
		buf_addch(out, '/');
	buf_release(&plain);
}

/* Compares two parameters by name, and then by value. A parameter without "="
 * comes before one with the same name and "=". */
static int compare_parameters(const void *a, const void *b)
{
	const struct slice *x = a, *y = b;
	const size_t least = x->len < y->len ? x->len : y->len;

	for (size_t i = 0; i < least; i++) {
		const unsigned char c = (unsigned char)x->p[i];
		const unsigned char d = (unsigned char)y->p[i];

		/* A name that ends here comes before all longer names. */
		if (c != d)
			return c == '=' ? -1 : d == '=' ? 1 : c < d ? -1 : 1;
	}
	return x->len < y->len ? -1 : x->len > y->len;
}

static void add_query(struct buf *out, struct slice query)
{
	struct buf plain = {0}, lower = {0};
	struct slice *list;
	size_t count = 1, at = 0;

	decode(&plain, query);
	add_text(&lower, slice_of(&plain));
	for (size_t i = 0; i < lower.len; i++)
		count += lower.data[i] == '&';
	list = xcalloc(count, sizeof(*list));
	for (size_t i = 0; i < count; i++) {
		const char *p = lower.data + at;
		const char *end = memchr(p, '&', lower.len - at);

		list[i] = (struct slice){p, end ? (size_t)(end - p)
						: lower.len - at};
		at += list[i].len + 1;
	}
	qsort(list, count, sizeof(*list), compare_parameters);
	for (size_t i = 0; i < count; i++) {
		buf_addch(out, i ? '&' : '?');
		buf_add(out, list[i].p, list[i].len);
	}
	free(list);
	buf_release(&lower);
	buf_release(&plain);
}

void surt_add(struct buf *out, const struct url *url)
{
	const struct slice query = url_query(url);

	add_host(out, url_host(url));
	if (url->port >= 0)
		buf_addf(out, ":%d", (int)url->port);
	buf_addch(out, ')');
	add_path(out, url_path(url));
	if (query.len)
		add_query(out, query);
}
