/* Paging by cursor: a page has a cursor in its body or in a header, and the
 * next request sends this cursor. */
#include <string.h>

#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/mem.h"
#include "cmd/gather/paging/page.h"

static int fail_cursor(const struct page_response *a, struct slice json,
		       const char *what)
{
	buf_addf(a->why, "cursor %.*s%s %s", json_shown_length(json), json.p,
		 json_shown_length(json) < (int)json.len ? "...\"" : "", what);
	return -1;
}

static const char hint[] = "a filter \"more\" in \"paginate\" can say where "
			   "the end is";

static void add_cursor(struct buf *note, struct slice json)
{
	buf_addf(note, "cursor %.*s%s ", json_shown_length(json), json.p,
		 json_shown_length(json) < (int)json.len ? "...\"" : "");
}

/* Returns true, and notes why paging ends, if the cursor was used before. */
static bool is_seen_cursor(const struct page_response *a, struct slice json)
{
	struct buf *note = &a->s->note;
	unsigned long number = a->number;

	if (!digest_set_add(&a->s->seen, json, &number))
		return false;
	add_cursor(note, json);
	if (number + 1 == a->number)
		buf_addf(note,
			 "came back as it was sent: paging ends here; %s",
			 hint);
	else
		buf_addf(note, "was on page %lu before: the pages form a loop, "
			       "and paging ends here; %s", number + 1, hint);
	return true;
}

/* Returns true if the cursor is 0, which most servers mean as the end: a
 * request with 0 would start again at the first page. With the filter "more",
 * which says whether there is a next page, 0 is an ordinary cursor. */
static bool is_zero_cursor(const struct page_response *a, struct slice json)
{
	if (a->s->pages->more ||
	    (!page_json_is(json, "0") && !page_json_is(json, "\"0\"")))
		return false;
	add_cursor(&a->s->note, json);
	buf_addf(&a->s->note, "is read as the end; %s", hint);
	return true;
}

/* Returns true if the cursor can be sent: a NUL would cut the request off, and
 * a line end would begin another header. */
static bool fits_in_request(const struct gather_pages *pages, struct slice text)
{
	if (memchr(text.p, '\0', text.len))
		return false;
	return !pages->header || (!memchr(text.p, '\n', text.len) &&
				  !memchr(text.p, '\r', text.len));
}

static int request_cursor(struct page_response *a, struct slice json,
			  struct slice text)
{
	const struct gather_pages *pages = a->s->pages;

	if (!pages->pointer && !fits_in_request(pages, text))
		return fail_cursor(a, json, "has a line end or NUL");
	if (is_zero_cursor(a, json) || is_seen_cursor(a, json))
		return page_response_end(a);
	if (pages->pointer)
		text = json;
	page_request_next(a, (struct page_request){
				.param = pages->param,
				.header = pages->header,
				.pointer = pages->pointer,
				.value = xmemdup(text.p, text.len)});
	return 0;
}

static int follow_cursor(struct page_response *a, struct slice json)
{
	struct json_text t;
	int result;

	if (page_json_is_end(json))
		return 0;
	if (!json_is_text(json) && strchr("{[t", json.p[0])) {
		buf_addf(a->why,
			 "paginate.cursor: the cursor is %s, not a "
			 "string or number",
			 page_json_kind(json));
		return -1;
	}
	if (!json_is_text(json))
		return request_cursor(a, json, json);
	if (!json_text_read(&t, json))
		return fail_cursor(a, json, "is not Unicode");
	result = request_cursor(a, json, t.text);
	json_text_release(&t);
	return result;
}

/* Sets *more to false if the filter "more" gives false. An output of null
 * changes nothing, because a misspelt filter gives null. */
static int ask_more(const struct page_response *a, struct jq_input *input,
		    struct buf *out, bool *more)
{
	struct jq *jq = a->s->filters->more;

	*more = true;
	if (!jq)
		return 0;
	if (page_response_run_filter(a, jq, "more", input, out))
		return -1;
	*more = !page_json_is((struct slice){out->data, out->len}, "false");
	return 0;
}

int page_response_cursor(struct page_response *a)
{
	struct jq_input *input = jq_input_new(a->reply->json, NULL);
	struct buf out = {0};
	int result = -1;
	bool more;

	if (ask_more(a, input, &out, &more))
		goto out;
	result = 0;
	if (!more)
		goto out;
	result = page_response_run_filter(a, a->s->filters->filter, "cursor",
					  input, &out);
	if (!result)
		result = follow_cursor(a, (struct slice){out.data, out.len});
out:
	buf_release(&out);
	jq_input_free(input);
	return result;
}

/* Runs the filter "more" on the body, which is parsed only if there is such a
 * filter. */
static int ask_body_for_more(const struct page_response *a, bool *more)
{
	struct jq_input *input;
	struct buf out = {0};
	int result = -1;

	*more = true;
	if (!a->s->filters->more)
		return 0;
	input = jq_input_new(a->reply->json, NULL);
	result = ask_more(a, input, &out, more);
	buf_release(&out);
	jq_input_free(input);
	return result;
}

int page_response_cursor_header(struct page_response *a)
{
	const struct slice value = a->reply->header;
	struct buf json = {0};
	int result;
	bool more;

	if (!value.len)
		return 0;
	result = ask_body_for_more(a, &more);
	if (result || !more)
		return result;
	json_add_string(&json, value.p, value.len);
	result = request_cursor(a, (struct slice){json.data, json.len}, value);
	buf_release(&json);
	return result;
}
