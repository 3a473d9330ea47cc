/* Turns JSON headers into lines in the syntax of -H, so that both are treated
 * alike afterwards. */
#include "cmd/input/request_headers.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/log.h"
#include "cmd/input/input.h"

static const char media_type[] = "application/json";

bool http_is_token(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!ascii_is_alphanumeric(s.p[i]) &&
		    (!s.p[i] || !strchr("!#$%&'*+-.^_`|~", s.p[i])))
			return false;
	return s.len > 0;
}

/* Returns true if s has no NUL and no line end; with a line end, s would be
 * several headers. */
static bool is_header_value(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!s.p[i] || s.p[i] == '\r' || s.p[i] == '\n')
			return false;
	return true;
}

static void to_lower(char *s, size_t len)
{
	for (; len--; s++)
		*s = ascii_lower(*s);
}

static void add_name(struct key_set *names, struct slice name)
{
	key_set_add(names, name);
	to_lower(names->text.data + names->text.len - name.len, name.len);
}

/* The member of the object that is being read. */
struct member {
	struct request_headers *h;
	struct job *job;
	struct line_ref ref;
	struct slice name;
};

static void fail_header(const struct member *m, const char *message)
{
	line_ref_fail(m->job, m->ref, "\"headers\": \"%.*s\" %s",
		      json_shown_length(m->name), m->name.p, message);
}

/* Warns, once in a run, that a value has a variable that nobody replaces. */
static void warn_of_variable(const struct member *m, struct slice value)
{
	static bool has_warned;

	if (has_warned || value.len < 2 ||
	    !memmem(value.p, value.len, "${", 2))
		return;
	has_warned = true;
	log_warn("a request of the list has a header \"%.*s\" with \"${\", "
		 "which is sent as it is: variables in a list are not "
		 "replaced", json_shown_length(m->name), m->name.p);
}

static void add_line(const struct member *m, struct slice value)
{
	struct buf *lines = &m->h->lines;

	/* This limit is needed because a long name is repeated for each of its
	 * values: many short values would otherwise fill the memory. */
	if (lines->len > INPUT_JSON_LINE_MAX) {
		fail_header(m, "makes the headers longer than 16 MB");
		return;
	}
	value = slice_trim(value, " \t");
	warn_of_variable(m, value);
	buf_add(lines, m->name.p, m->name.len);
	if (value.len) {
		buf_addstr(lines, ": ");
		buf_add(lines, value.p, value.len);
		buf_addch(lines, '\n');
	} else {
		buf_addstr(lines, ";\n");
	}
}

static void add_value(const struct member *m, struct slice value)
{
	struct json_text t;

	if (!json_is_text(value)) {
		fail_header(m, "must be a string, an array of strings, or "
			    "null");
		return;
	}
	if (!json_text_read(&t, value)) {
		fail_header(m, "has a value that is not Unicode");
		return;
	}
	if (is_header_value(t.text))
		add_line(m, t.text);
	else
		fail_header(m, "has a value with a line end or NUL in it");
	json_text_release(&t);
}

static void add_removal(const struct member *m)
{
	buf_add(&m->h->lines, m->name.p, m->name.len);
	buf_addstr(&m->h->lines, ":\n");
}

static void add_values(const struct member *m, struct slice value)
{
	struct slice none, element;
	bool any = false;

	if (value.p[0] == 'n') {
		add_removal(m);
		return;
	}
	if (value.p[0] != '[') {
		add_value(m, value);
		return;
	}
	for (size_t at = 0; json_next(value, &at, &none, &element);) {
		any = true;
		add_value(m, element);
		if (m->job->err)
			return;
	}
	if (!any)
		add_removal(m);
}

static void add_member(struct member *m, struct slice value)
{
	const struct slice raw = m->name;
	struct json_text t;

	if (!json_text_read(&t, json_quoted(raw))) {
		fail_header(m, "is not a header name");
		return;
	}
	if (http_is_token(t.text)) {
		m->name = t.text;
		add_name(&m->h->names, t.text);
		add_values(m, value);
	} else {
		fail_header(m, "is not a header name");
	}
	json_text_release(&t);
}

void request_headers_read(struct request_headers *h, struct slice object,
			  struct job *job, struct line_ref ref)
{
	struct member m = {.h = h, .job = job, .ref = ref};
	struct slice value;

	for (size_t at = 0; json_next(object, &at, &m.name, &value);) {
		add_member(&m, value);
		if (job->err)
			return;
	}
	if (!key_set_sort(&h->names, &m.name))
		fail_header(&m, "appears twice; use an array");
}

/* Returns the name in a line in the syntax of -H. */
static struct slice line_name(const char *line)
{
	struct slice name = {line, strcspn(line, ":")};

	if (!line[name.len])
		name.len = strcspn(line, ";");
	name = slice_trim(name, " \t");
	return name;
}

static bool line_has_name(const char *line, const char *name)
{
	const struct slice n = line_name(line);

	return n.len == strlen(name) && !strncasecmp(n.p, name, n.len);
}

static bool is_overridden(const struct request_headers *h, struct slice name)
{
	char lower[256];

	/* Names longer than any server accepts never match. */
	if (name.len > sizeof(lower))
		return false;
	if (name.len)
		memcpy(lower, name.p, name.len);
	to_lower(lower, name.len);
	return key_set_has(&h->names, (struct slice){lower, name.len});
}

static void add_default(struct buf *out, const char *name, const char *value,
			const struct request_headers *h,
			const struct strings *headers)
{
	if (is_overridden(h, (struct slice){name, strlen(name)}))
		return;
	for (size_t i = 0; i < headers->len; i++)
		if (line_has_name(headers->items[i], name))
			return;
	buf_addf(out, "%s: %s\n", name, value);
}

void request_headers_merge(struct buf *out, const struct request_headers *h,
			   const struct strings *headers, bool is_json)
{
	for (size_t i = 0; i < headers->len; i++) {
		if (is_overridden(h, line_name(headers->items[i])))
			continue;
		buf_addstr(out, headers->items[i]);
		buf_addch(out, '\n');
	}
	buf_add(out, h->lines.data, h->lines.len);
	if (is_json) {
		add_default(out, "Content-Type", media_type, h, headers);
		add_default(out, "Accept", media_type, h, headers);
	}
}

void request_headers_release(struct request_headers *h)
{
	key_set_release(&h->names);
	buf_release(&h->lines);
	*h = (struct request_headers){0};
}
