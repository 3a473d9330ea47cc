#include "cmd/warc/writer/block.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/secret_rules.h"

static const char prefix[] = "X-Crawler-";

/* Takes the next line, with its line end, off the text. Returns false at the
 * end. */
static bool next_line(struct slice *text, struct slice *line)
{
	const char *end;

	if (!text->len)
		return false;
	end = memchr(text->p, '\n', text->len);
	line->p = text->p;
	line->len = end ? (size_t)(end + 1 - text->p) : text->len;
	text->p += line->len;
	text->len -= line->len;
	return true;
}

/* Returns the line without its line end. */
static struct slice without_end(struct slice line)
{
	while (line.len && strchr("\r\n", line.p[line.len - 1]))
		line.len--;
	return line;
}

static bool is_named(struct slice line, const char *name)
{
	const size_t len = strlen(name);

	return line.len > len && line.p[len] == ':' &&
	       !strncasecmp(line.p, name, len);
}

static bool begins_with(struct slice line, const char *text)
{
	return line.len >= strlen(text) &&
	       !memcmp(line.p, text, strlen(text));
}

static bool is_secret(struct slice line)
{
	const struct slice text = without_end(line);

	return !is_named(text, "Host") && secret_header(text.p, text.len);
}

static void add_hidden(struct buf *out, struct slice line)
{
	const char *colon = memchr(line.p, ':', line.len);

	buf_add(out, line.p, (size_t)(colon - line.p));
	buf_addstr(out, ": ...\r\n");
}

/* Appends the request line; HTTP/2 has none on the wire, and libcurl writes it
 * as "GET / HTTP/2". */
static void add_request_line(struct buf *out, struct slice line)
{
	static const char version[] = " HTTP/2";
	const struct slice text = without_end(line);
	const size_t len = strlen(version);

	if (text.len < len || memcmp(text.p + text.len - len, version, len)) {
		buf_add(out, line.p, line.len);
		return;
	}
	buf_add(out, text.p, text.len - len);
	buf_addstr(out, " HTTP/1.1\r\n");
}

void warc_add_request(struct buf *out, struct slice request, bool secrets)
{
	struct slice line;

	if (next_line(&request, &line))
		add_request_line(out, line);
	while (next_line(&request, &line)) {
		if (!secrets && memchr(line.p, ':', line.len) &&
		    is_secret(line))
			add_hidden(out, line);
		else
			buf_add(out, line.p, line.len);
		if (!without_end(line).len)
			break;
	}
	if (!secrets && secret_body(request.p, request.len, NULL))
		buf_addstr(out, "...");
	else
		buf_add(out, request.p, request.len);
}

/* HTTP/2 has no reasons; these are the ones of RFC 9110. */
static const char *reason_of(int status)
{
	static const struct {
		int status;
		const char *reason;
	} reasons[] = {
		{200, "OK"}, {201, "Created"}, {202, "Accepted"},
		{204, "No Content"}, {206, "Partial Content"},
		{300, "Multiple Choices"}, {301, "Moved Permanently"},
		{302, "Found"}, {303, "See Other"}, {304, "Not Modified"},
		{307, "Temporary Redirect"}, {308, "Permanent Redirect"},
		{400, "Bad Request"}, {401, "Unauthorized"},
		{403, "Forbidden"}, {404, "Not Found"},
		{405, "Method Not Allowed"}, {406, "Not Acceptable"},
		{410, "Gone"}, {429, "Too Many Requests"},
		{500, "Internal Server Error"}, {502, "Bad Gateway"},
		{503, "Service Unavailable"}, {504, "Gateway Timeout"},
	};

	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return "";
}

static void add_status_line(struct buf *out, struct slice line)
{
	const struct slice text = without_end(line);
	char status[4] = "";

	if (!begins_with(text, "HTTP/2 ") || text.len < 10) {
		buf_add(out, line.p, line.len);
		return;
	}
	memcpy(status, text.p + 7, 3);
	buf_addf(out, "HTTP/1.1 %s %s\r\n", status,
		 reason_of((int)strtol(status, NULL, 10)));
}

static bool has_transfer_coding(struct slice head)
{
	struct slice line;

	while (next_line(&head, &line))
		if (is_named(line, "Transfer-Encoding"))
			return true;
	return false;
}

void warc_add_response_head(struct buf *out, struct slice head, bool has_body,
			    size_t body_len)
{
	const bool was_coded = has_body && has_transfer_coding(head);
	struct slice line;

	if (next_line(&head, &line))
		add_status_line(out, line);
	while (next_line(&head, &line)) {
		if (was_coded && (is_named(line, "Transfer-Encoding") ||
				  is_named(line, "Content-Length")))
			buf_addstr(out, prefix);
		if (was_coded && !without_end(line).len)
			buf_addf(out, "Content-Length: %zu\r\n", body_len);
		buf_add(out, line.p, line.len);
	}
}
