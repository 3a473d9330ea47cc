/* Paging by number or offset: until a page has no items; or, if the first page
 * has a total, all pages together, at most GATHER_PAGES_WINDOW of them at
 * once. */
#include <jansson.h>
#include <limits.h>
#include <math.h>

#include "base/json/string.h"
#include "base/mem.h"
#include "cmd/gather/paging/page.h"

bool page_request_numbered(const struct gather_pages *pages,
			   unsigned long number, struct page_request *request)
{
	const bool offset = pages->kind == PAGES_OFFSET;
	const long from = offset ? 0 : pages->from;
	const long step = offset ? pages->step : 1;
	long value;

	if (number > LONG_MAX ||
	    __builtin_mul_overflow((long)number, step, &value) ||
	    __builtin_add_overflow(value, from, &value))
		return false;
	*request = (struct page_request){.param = pages->param,
					 .value = xasprintf("%ld", value)};
	return true;
}

/* Sets the number of pages from the total in a response, whose value may be
 * absurd. */
static int set_end(const struct page_response *a, struct slice json)
{
	const struct gather_pages *pages = a->s->pages;
	json_t *number = json_loadb(json.p, json.len, JSON_DECODE_ANY |
				    JSON_DECODE_INT_AS_REAL, NULL);
	const bool is_number = json_is_number(number);
	double total = json_number_value(number);

	json_decref(number);
	if (!is_number) {
		buf_addf(a->why,
			 "paginate.total: gave %s: a number is "
			 "needed%s",
			 json.len ? page_json_kind(json) : "nothing",
			 json_is_text(json) ? " (tonumber converts it)"
					    : "");
		return -1;
	}
	if (total < 0) {
		buf_addstr(a->why, "paginate.total: gave less than 0");
		return -1;
	}
	if (pages->kind == PAGES_OFFSET)
		total /= (double)pages->step;
	a->s->page_count =
		total < 1e18 ? (unsigned long)ceil(total) : ULONG_MAX;
	return 0;
}

static int read_total(const struct page_response *a)
{
	struct jq_input *input = jq_input_new(a->reply->json, NULL);
	struct buf out = {0};
	int result = -1;

	if (!page_response_run_filter(a, a->s->filters->total, "total",
					       input, &out))
		result = set_end(a, (struct slice){out.data, out.len});
	buf_release(&out);
	jq_input_free(input);
	return result;
}

/* Ends paging at a repeated page: some servers send their last page for every
 * number after it. */
static int end_repeated(struct page_response *a)
{
	buf_addf(&a->s->note, "page %lu is identical to page %lu: paging ends "
			      "here, and its items are left out",
		 a->number + 1, a->number);
	return page_response_end(a);
}

static int request_numbers(struct page_response *a)
{
	struct gather_pages_state *s = a->s;
	const unsigned long window = s->pages->total ? GATHER_PAGES_WINDOW : 1;
	struct page_request request;

	while (s->requested < s->page_count &&
	       s->requested - s->received < window &&
	       (!s->pages->max || s->requested < s->pages->max)) {
		if (!page_request_numbered(s->pages, s->requested, &request)) {
			buf_addf(a->why, "the number of page %lu is too large",
				 s->requested + 1);
			return -1;
		}
		page_request_next(a, request);
	}
	return 0;
}

int page_response_number(struct page_response *a)
{
	/* A page without items is the end, even if the total is larger. */
	if (!a->reply->items) {
		a->s->ended = true;
		return 0;
	}
	if (a->s->repeated)
		return end_repeated(a);
	if (a->s->pages->total && !a->number && read_total(a))
		return -1;
	return request_numbers(a);
}
