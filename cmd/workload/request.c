/* Reads one request head. Anything that makes it uncertain where the next
 * request begins closes the connection. */
#include "cmd/workload/request.h"

#include <string.h>
#include <strings.h>

#include "base/slice.h"
#include "base/units.h"

/* All paths of the server are shorter than this. */
enum { TARGET_MAX = 80 };

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Removes the bytes up to the next separator, or all bytes, from the front of s
 * and returns them; the separator is skipped. */
static struct slice take_until(struct slice *s, const char *separator)
{
	const size_t separator_len = strlen(separator);
	const char *end = s->len ? memmem(s->p, s->len, separator,
					  separator_len)
				 : NULL;
	struct slice taken = *s;

	if (!end) {
		s->p += s->len;
		s->len = 0;
		return taken;
	}
	taken.len = (size_t)(end - s->p);
	s->p += taken.len + separator_len;
	s->len -= taken.len + separator_len;
	return taken;
}

static bool equals(struct slice s, const char *text)
{
	return s.len == strlen(text) && !memcmp(s.p, text, s.len);
}

static bool read_number(const char *s, uint64_t max, uint64_t *n)
{
	struct buf why = {0};
	const bool good = s && !units_parse_number(n, s, 0, max, &why);

	buf_release(&why);
	return good;
}

static bool read_target(struct workload_request *r, struct slice target)
{
	char copy[TARGET_MAX + 1] = {0};
	char *rest = copy + 1, *part;
	uint64_t delay = 0, n;

	if (target.len > TARGET_MAX || !target.len || *target.p != '/')
		return false;
	memcpy(copy, target.p, target.len);
	part = strsep(&rest, "/");
	if (!strcmp(part, "delay")) {
		if (!read_number(strsep(&rest, "/"), WORKLOAD_DELAY_MAX,
				 &delay))
			return false;
		part = strsep(&rest, "/");
	}
	r->kind = part ? workload_kind_find(part) : NULL;
	if (!r->kind || !read_number(rest, UINT32_MAX, &n))
		return false;
	r->n = (unsigned)(n % r->kind->count);
	r->delay = (msec)delay;
	return true;
}

/* Reads the fields that decide whether the connection is kept. */
static void read_field(struct workload_request *r, struct slice line)
{
	struct slice name = take_until(&line, ":");

	while (line.len && (*line.p == ' ' || *line.p == '\t')) {
		line.p++;
		line.len--;
	}
	if (name.len == 10 && !strncasecmp(name.p, "connection", name.len)) {
		if (line.len >= 5 && !strncasecmp(line.p, "close", 5))
			r->keep = false;
	} else if ((name.len == 14 &&
		    !strncasecmp(name.p, "content-length", name.len)) ||
		   (name.len == 17 &&
		    !strncasecmp(name.p, "transfer-encoding", name.len))) {
		/* A body is not read, because no answer depends on it; so the
		 * connection cannot be kept. */
		r->keep = false;
	}
}

/* Reads the request line. Returns the status of the answer. */
static unsigned read_request_line(struct workload_request *r, struct slice line)
{
	const struct slice method = take_until(&line, " ");
	const struct slice target = take_until(&line, " ");

	if (!method.len || !target.len || (!equals(line, "HTTP/1.1") &&
			    !equals(line, "HTTP/1.0")))
		return 400;
	r->keep = equals(line, "HTTP/1.1");
	r->head_only = equals(method, "HEAD");
	if (!r->head_only && !equals(method, "GET"))
		return 405;
	return read_target(r, target) ? 200 : 404;
}

/* Answers with an error, and drops all bytes received: the client and the
 * server may disagree about where the next request begins. */
static bool refuse_request(struct workload_request *r, unsigned status,
			   size_t len)
{
	*r = (struct workload_request){.status = status, .len = len};
	return true;
}

bool workload_request_read(struct workload_request *r, const char *data,
			   size_t len)
{
	const char *end = len ? memmem(data, len, "\r\n\r\n", 4) : NULL;
	struct slice head;

	*r = (struct workload_request){0};
	/* The bytes are not HTTP (a TLS handshake, for example): the end of a
	 * head might never come. */
	if (len && !is_upper(*data))
		return refuse_request(r, 400, len);
	if (!end)
		return len >= WORKLOAD_HEAD_MAX && refuse_request(r, 431, len);
	head = (struct slice){data, (size_t)(end - data) + 2};
	r->status = read_request_line(r, take_until(&head, "\r\n"));
	if (r->status == 400 || r->status == 405)
		return refuse_request(r, r->status, len);
	while (head.len)
		read_field(r, take_until(&head, "\r\n"));
	r->len = (size_t)(end - data) + 4;
	return true;
}
