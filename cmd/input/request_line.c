/* Recognises URLs, JSON requests and common mistakes in input lines, such as
 * CSV rows, quotes and several URLs on a line. */
#include "cmd/input/request_line.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "cmd/input/input.h"
#include "cmd/input/request_json.h"

/* Replaces the request that was read so far by the line as its URL; keeps the
 * id. */
static void replace_with_line(struct job *job, struct slice text)
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

/* Fails the job, and returns false, if the line is not valid text. */
static bool is_text(struct job *job, struct slice text, struct line_ref ref)
{
	if (text.len && memchr(text.p, '\0', text.len)) {
		line_ref_fail(job, ref, "contains a NUL");
		return false;
	}
	if (utf8_valid_prefix(text.p, text.len) != text.len) {
		line_ref_fail(job, ref, "invalid UTF-8");
		return false;
	}
	return true;
}

/* Returns true for a literal IPv6 host without a scheme:
 * "[2001:db8::1]:8080/x". "[1]" is JSON. */
static bool is_address(struct slice text)
{
	size_t i = 1;

	while (i < text.len && (isxdigit((unsigned char)text.p[i]) ||
				memchr(":.", text.p[i], 2)))
		i++;
	return memchr(text.p, ':', i) && (i == text.len || text.p[i] == ']');
}

static bool ends_host(char c)
{
	return c == '/' || c == '?' || c == '#';
}

/* Returns true for "1,https://example.com/" or "- https://example.com/". If
 * "http://" were put in front of such a line, the text before the URL would be
 * taken for a host. */
static bool has_text_before_url(struct slice text)
{
	size_t len = 0;

	while (len < text.len && !ends_host(text.p[len]))
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

/* Returns true for "id,url,name" and "id;url;name". The URL standard permits
 * commas and semicolons in a host, the DNS does not. */
static bool is_csv_row(struct slice text)
{
	bool found = false;

	for (size_t i = 0; i < text.len; i++) {
		if (ends_host(text.p[i]) || text.p[i] == '\\')
			break;
		/* a scheme, or a user name and password */
		if (text.p[i] == '@' || (text.p[i] == ':' && !found))
			return false;
		found |= text.p[i] == ',' || text.p[i] == ';' ||
			 text.p[i] == ' ';
	}
	return found;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Returns true for "URL URL": a blank followed by a scheme and "://". */
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

/* Removes a comment after the URL: it begins with a '#' that follows a
 * blank. */
static struct slice strip_comment(struct slice text)
{
	for (size_t i = 1; i < text.len; i++)
		if (text.p[i] == '#' && is_blank(text.p[i - 1])) {
			text.len = i;
			text = slice_trim(text, LINE_SPACE);
			break;
		}
	return text;
}

/* Returns the reason why a line cannot be meant as a URL, or NULL. The URL
 * standard would take most such lines for host names, which would be looked up.
 * Lines are refused only if they begin like JSON or a quotation, as no host
 * does, or contain a tab, which separates columns but which the standard would
 * remove. */
static const char *find_fault(struct slice text)
{
	switch (text.len ? text.p[0] : '\0') {
	case '"':
	case '\'':
		return "begins with a quote; give a URL without quotes, or "
		       "{\"url\": ...}";
	case '{':	/* in files, such lines are read as JSON */
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
		       "one object per line";
	default:
		break;
	}
	if (has_text_before_url(text))
		return "text before the URL; give the URL alone";
	if (text.len && memchr(text.p, '\t', text.len))
		return "text after the URL, behind a tab; give one URL per "
		       "line, or {\"url\": ..., \"id\": ...}";
	if (has_another_url(text))
		return "two URLs on one line; give one URL per line (a blank "
		       "in a URL is %20), or {\"url\": ..., \"id\": ...}";
	if (is_csv_row(text))
		return "not a URL: a host has no commas, semicolons or spaces "
		       "(for a table with a column of URLs: --input-format "
		       "csv; for scrape crawl: the column alone)";
	return NULL;
}

struct job *request_from_url(struct slice text, struct line_ref ref)
{
	struct job *job = job_new();
	const char *fault = find_fault(text);

	if (text.len > INPUT_LINE_MAX)
		line_ref_fail(job, ref, "longer than 1 MB");
	else if (!is_text(job, text, ref))
		;	/* the job has an error already */
	else if (fault)
		line_ref_fail(job, ref, "%s", fault);
	else
		job->req.url = xmemdup(text.p, text.len);
	if (job->err)
		replace_with_line(job, text);
	return job;
}

static struct job *fail_too_long(const struct line *line, struct line_ref ref)
{
	struct job *job = job_new();

	line_ref_fail(job, ref, "longer than %s",
		      line_is_json(line->text) ? "16 MB" : "1 MB");
	replace_with_line(job, line->text);
	return job;
}

struct job *request_from_line(const struct line *line, struct line_ref ref,
			      const struct strings *headers)
{
	struct job *job;

	if (line->too_long)
		return fail_too_long(line, ref);
	if (!line_is_json(line->text))
		return request_from_url(strip_comment(line->text), ref);
	job = job_new();
	if (is_text(job, line->text, ref))
		request_read_json(job, line->text, ref, headers);
	if (job->err)
		replace_with_line(job, line->text);
	return job;
}
