/* Functions that all kinds of paging use: they append requests, run filters on
 * a page, and end the paging. */
#include "cmd/gather/paging/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void page_request_next(struct page_response *a, struct page_request request)
{
	request.number = a->s->requested++;
	*a->next = xrealloc(*a->next, (*a->count + 1) * sizeof(**a->next));
	(*a->next)[(*a->count)++] = request;
}

bool page_json_is(struct slice json, const char *word)
{
	return json.len == strlen(word) && !memcmp(json.p, word, json.len);
}

bool page_json_is_end(struct slice json)
{
	return !json.len || page_json_is(json, "null") ||
	       page_json_is(json, "false") || page_json_is(json, "\"\"");
}

static void add_unknown(struct buf *why, const struct gather_pages *pages)
{
	if (pages->param)
		buf_addf(why, "the parameter \"%s\"", pages->param);
	else if (pages->header)
		buf_addf(why, "the header \"%s\"", pages->header);
	else if (pages->pointer)
		buf_addf(why, "\"%s\" of the body", pages->pointer);
	else
		buf_addstr(why, "what the URL asks for");
}

int page_response_end(struct page_response *a)
{
	a->s->ended = true;
	if (!a->s->repeated || a->number > 1)
		return 0;
	/* Drop the note: the error says why paging ends, and the note would say
	 * that the items of the first page are used. */
	buf_clear(&a->s->note);
	buf_addf(a->why, "page %lu is identical to page %lu: the server may "
			 "not know ", a->number + 1, a->number);
	add_unknown(a->why, a->s->pages);
	return -1;
}

const char *page_json_kind(struct slice json)
{
	switch (json.p[0]) {
	case '{':
		return "an object";
	case '[':
		return "an array";
	case '"':
		return "a string";
	case 'n':
		return "null";
	case 't':
	case 'f':
		return "a boolean";
	default:
		return "a number";
	}
}

int page_response_run_filter(const struct page_response *a, struct jq *jq,
			     const char *name, struct jq_input *input,
			     struct buf *out)
{
	const size_t before = a->why->len;

	buf_addf(a->why, "paginate.%s: ", name);
	if (gather_filter_first(jq, input, out, a->why))
		return -1;
	a->why->len = before;
	return 0;
}
