/* A response that shows the request as JSON. */
#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "base/mem.h"
#include "tests/server/conn.h"

struct field {
	char *name;		/* lower case */
	const char *value;	/* value of the header, not NUL-terminated */
	size_t value_len;
};

struct fields {
	struct field *items;
	size_t len;
};

static void add_string(struct buf *out, const char *s, size_t len)
{
	buf_addch(out, '"');
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)s[i];

		if (c < 0x20 || c == 0x7f)
			buf_addf(out, "\\u%04x", c);
		else if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", c);
		else
			buf_addch(out, s[i]);
	}
	buf_addch(out, '"');
}

static bool named(const struct buf *names, const char *name)
{
	/* Headers that every client sends, and whose values depend on the
	 * client's version. */
	static const char *const own[] = {"host", "user-agent", "accept",
					  "accept-encoding", "connection"};
	char *copy, *rest, *word;
	bool found = false;

	if (!names->len) {
		for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
			if (strcmp(own[i], name) == 0)
				return false;
		return true;
	}
	copy = rest = xmemdup(names->data, names->len);
	while ((word = strsep(&rest, " ")) != NULL)
		if (strcmp(word, name) == 0)
			found = true;
	free(copy);
	return found;
}

static void add_field(struct fields *f, const char *line, size_t len,
		      const struct buf *names)
{
	const char *colon = memchr(line, ':', len);
	const char *value;
	char *name;

	if (!colon)
		return;
	name = xmemdup(line, (size_t)(colon - line));
	for (char *p = name; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	if (!named(names, name)) {
		free(name);
		return;
	}
	value = colon + 1;
	while (value < line + len && *value == ' ')
		value++;
	f->items = xrealloc(f->items, (f->len + 1) * sizeof(*f->items));
	f->items[f->len++] = (struct field){
		.name = name,
		.value = value,
		.value_len = (size_t)(line + len - value),
	};
}

static int by_name(const void *a, const void *b)
{
	const struct field *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Appends the headers; values of the same name are joined by " | ". */
static void add_fields(struct buf *out, const struct fields *f)
{
	for (size_t i = 0; i < f->len; i++) {
		struct buf value = {0};
		const struct field *first = &f->items[i];

		buf_add(&value, first->value, first->value_len);
		while (i + 1 < f->len &&
		       strcmp(f->items[i + 1].name, first->name) == 0) {
			i++;
			buf_addstr(&value, " | ");
			buf_add(&value, f->items[i].value,
				f->items[i].value_len);
		}
		if (first != f->items)
			buf_addch(out, ',');
		add_string(out, first->name, strlen(first->name));
		buf_addch(out, ':');
		add_string(out, value.data, value.len);
		buf_release(&value);
	}
}

static struct fields read_fields(const struct buf *in,
				 const struct incoming *request,
				 const struct buf *names)
{
	struct fields f = {0};
	const char *p = in->data + request->fields;
	const char *end = in->data + request->body;

	while (p < end) {
		const char *stop = memmem(p, (size_t)(end - p), "\r\n", 2);

		if (!stop || stop == p)
			break;
		add_field(&f, p, (size_t)(stop - p), names);
		p = stop + 2;
	}
	if (f.len)
		qsort(f.items, f.len, sizeof(*f.items), by_name);
	return f;
}

void echo_write(struct buf *out, const struct buf *in,
		const struct incoming *request, const struct buf *names)
{
	const char *target = in->data + request->target;
	const char *mark = memchr(target, '?', request->target_len);
	const size_t path_len = mark ? (size_t)(mark - target)
				     : request->target_len;
	struct fields f = read_fields(in, request, names);
	struct buf body = {0};

	buf_addstr(&body, "{\"method\":");
	add_string(&body, in->data, request->method_len);
	buf_addstr(&body, ",\"path\":");
	add_string(&body, target, path_len);
	buf_addstr(&body, ",\"query\":");
	if (mark)
		add_string(&body, mark + 1,
			   request->target_len - path_len - 1);
	else
		buf_addstr(&body, "null");
	buf_addstr(&body, ",\"headers\":{");
	add_fields(&body, &f);
	buf_addstr(&body, "},\"body\":");
	add_string(&body, in->data + request->body, request->body_len);
	buf_addstr(&body, "}");
	buf_addf(out,
		 "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
		 "Content-Length: %zu\r\n\r\n",
		 body.len);
	buf_add(out, body.data, body.len);
	buf_release(&body);
	for (size_t i = 0; i < f.len; i++)
		free(f.items[i].name);
	free(f.items);
}
