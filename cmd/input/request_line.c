#include "cmd/input/request_line.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "cmd/input/input.h"
#include "cmd/input/request_json.h"

/* The line in place of whatever was read of it; the id stays. */
static void give_up(struct job *job, struct slice text)
{
	struct request *req = &job->req;

	free(req->url);
	free(req->params);
	free(req->method);
	buf_release(&req->body);
	buf_release(&req->headers);
	*req = (struct request){
		.id = req->id,
		.url = utf8_clean(text.p, text.len, REQUEST_SHOWN, NULL),
	};
}

/* Whether it may be looked at as text at all. */
static bool is_text(struct job *job, struct slice text, struct line_ref place)
{
	if (text.len && memchr(text.p, '\0', text.len)) {
		line_ref_fail(job, place, "contains a NUL");
		return false;
	}
	if (utf8_valid_prefix(text.p, text.len) != text.len) {
		line_ref_fail(job, place, "invalid UTF-8");
		return false;
	}
	return true;
}

/* "[2001:db8::1]:8080/x", without a scheme. */
static bool is_address(struct slice text)
{
	size_t i = 1;

	while (i < text.len && (isxdigit((unsigned char)text.p[i]) ||
				memchr(":.", text.p[i], 2)))
		i++;
	return i > 1 && (i == text.len || text.p[i] == ']');
}

/* "1,https://example.com/", "- https://example.com/": with a scheme in front,
 * all before the second one would be a host. */
static bool has_something_before_the_url(struct slice text)
{
	size_t len = 0;

	while (len < text.len && !memchr("/?#", text.p[len], 3))
		len++;
	if (len == 0 || text.len - len < 2 ||
	    memcmp(text.p + len - 1, "://", 3))
		return false;
	for (size_t i = 0; i + 1 < len; i++)
		if (!isalnum((unsigned char)text.p[i]) &&
		    !memchr("+-.", text.p[i], 3))
			return true;
	return false;
}

/* "id,url,name": the standard lets a host have commas, the DNS does not. */
static bool is_row(struct slice text)
{
	bool found = false;

	for (size_t i = 0; i < text.len; i++) {
		if (memchr("/\\?#", text.p[i], 4))
			break;
		/* Of another scheme, or behind a user or password. */
		if (text.p[i] == '@' || (text.p[i] == ':' && !found))
			return false;
		found |= text.p[i] == ',' || text.p[i] == ' ';
	}
	return found;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* "URL URL": behind a blank, a scheme and "://". */
static bool has_another_url(struct slice text)
{
	const char *const end = text.p + text.len;

	for (const char *s = text.p; s < end; s++) {
		const char *word;

		if (!is_blank(*s))
			continue;
		for (word = ++s; s < end && (isalnum((unsigned char)*s) ||
					     memchr("+-.", *s, 3)); s++)
			;
		if (s > word && end - s >= 3 && !memcmp(s, "://", 3))
			return true;
		s--;
	}
	return false;
}

/* "URL # note": what is behind a blank and a '#' is a comment, as at the
 * beginning of a line. */
static struct slice without_comment(struct slice text)
{
	for (size_t i = 1; i < text.len; i++)
		if (text.p[i] == '#' && is_blank(text.p[i - 1])) {
			text.len = i;
			text = slice_trim(text, LINE_SPACE);
			break;
		}
	return text;
}

/* What shows that a line was not meant to be a URL, or NULL. The standard
 * lets most of it be the name of a host, which would be looked up: only what
 * begins like JSON or a quotation, and no host on earth, is refused; and a tab,
 * which the standard passes over, as what comes behind it is another column. */
static const char *fault_of(struct slice text)
{
	switch (text.len ? text.p[0] : '\0') {
	case '"':
	case '\'':
		return "begins with a quote; give a URL without quotes, or "
		       "{\"url\": ...}";
	case '{':	/* of a line it would have been read */
		return "JSON requests are read from files and standard input";
	case '[':
		if (is_address(text))
			break;
		/* fall through */
	case ']':
	case '}':
	case ',':
	case '<':
		return "neither a URL nor a JSON object; give {\"url\": ...}, "
		       "each on one line";
	default:
		break;
	}
	if (has_something_before_the_url(text))
		return "something stands before the URL";
	if (text.len && memchr(text.p, '\t', text.len))
		return "something stands behind the URL, after a tab; give one "
		       "URL a line, or {\"url\": ..., \"id\": ...}";
	if (has_another_url(text))
		return "two URLs on one line; give one URL a line (a blank in "
		       "a URL is %20), or {\"url\": ..., \"id\": ...}";
	if (is_row(text))
		return "not a URL: no host has commas or spaces";
	return NULL;
}

struct job *request_from_url(struct slice text, struct line_ref place)
{
	struct job *job = job_new();
	const char *fault = fault_of(text);

	if (text.len > INPUT_LINE_MAX)
		line_ref_fail(job, place, "longer than 1 MB");
	else if (!is_text(job, text, place))
		;	/* said */
	else if (fault)
		line_ref_fail(job, place, "%s", fault);
	else
		job->req.url = xmemdup(text.p, text.len);
	if (job->err)
		give_up(job, text);
	return job;
}

static struct job *too_long(const struct line *line, struct line_ref place)
{
	struct job *job = job_new();

	line_ref_fail(job, place, "longer than %s",
		   line_is_json(line->text) ? "16 MB" : "1 MB");
	give_up(job, line->text);
	return job;
}

struct job *request_from_line(const struct line *line, struct line_ref place,
			      const struct strings *headers)
{
	struct job *job;

	if (line->too_long)
		return too_long(line, place);
	if (!line_is_json(line->text))
		return request_from_url(without_comment(line->text), place);
	job = job_new();
	if (is_text(job, line->text, place))
		request_read_json(job, line->text, place, headers);
	if (job->err)
		give_up(job, line->text);
	return job;
}
