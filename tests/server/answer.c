#include "tests/server/answer.h"

static const char *reason(unsigned status)
{
	static const struct {
		unsigned status;
		const char *words;
	} rows[] = {
		{200, "OK"},
		{201, "Created"},
		{204, "No Content"},
		{301, "Moved Permanently"},
		{302, "Found"},
		{303, "See Other"},
		{304, "Not Modified"},
		{307, "Temporary Redirect"},
		{308, "Permanent Redirect"},
		{400, "Bad Request"},
		{404, "Not Found"},
		{429, "Too Many Requests"},
		{500, "Internal Server Error"},
		{503, "Service Unavailable"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].status == status)
			return rows[i].words;
	return "Status";
}

static void add_chunks(struct buf *out, const struct buf *body, size_t size)
{
	for (size_t at = 0; at < body->len; at += size) {
		const size_t left = body->len - at;
		const size_t len = left < size ? left : size;

		buf_addf(out, "%zx\r\n", len);
		buf_add(out, body->data + at, len);
		buf_addstr(out, "\r\n");
	}
	buf_addstr(out, "0\r\n\r\n");
}

size_t answer_write(struct answer *a, struct buf *out)
{
	const bool bodiless = a->status == 204 || a->status == 304;
	size_t head_len;

	buf_addf(out, "HTTP/1.1 %u %s\r\n", a->status, reason(a->status));
	buf_add(out, a->fields.data, a->fields.len);
	if (a->encodings.len)
		buf_addf(out, "Content-Encoding: %s\r\n",
			 buf_cstr(&a->encodings));
	if (a->chunk)
		buf_addstr(out, "Transfer-Encoding: chunked\r\n");
	else if (a->has_length || !bodiless)
		buf_addf(out, "Content-Length: %ju\r\n",
			 (uintmax_t)(a->has_length ? a->length : a->body.len));
	buf_addstr(out, "\r\n");
	head_len = out->len;
	if (a->chunk)
		add_chunks(out, &a->body, a->chunk);
	else
		buf_add(out, a->body.data, a->body.len);
	buf_release(&a->fields);
	buf_release(&a->encodings);
	buf_release(&a->body);
	*a = (struct answer){0};
	return head_len;
}
