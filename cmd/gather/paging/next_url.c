/* Paging by URL: a page has the URL of the next one in its Link header, in
 * another header, or in its body. */
#include <string.h>

#include "base/job/link_header.h"
#include "base/json/string.h"
#include "base/mem.h"
#include "base/secret_rules.h"
#include "base/url/url.h"
#include "base/utf8.h"
#include "cmd/gather/paging/page.h"

enum { SHOWN_URL = 500 };	/* most bytes of a URL in a message */

static int fail_url(const struct page_response *a, struct slice url,
		    const char *what)
{
	struct buf shown = {0};

	secret_url_show(&shown, url.p, url.len);
	if (shown.len > SHOWN_URL)
		shown.len = SHOWN_URL;
	buf_addstr(a->why, "the next page, ");
	utf8_add(a->why, shown.data, shown.len);
	buf_addf(a->why, ", %s", what);
	buf_release(&shown);
	return -1;
}

/* Returns true, and notes why paging ends, if the URL was requested before. */
static bool is_seen_url(const struct page_response *a, const struct url *u)
{
	struct buf *note = &a->s->note;
	unsigned long number = a->number + 1;
	struct buf shown = {0};

	if (!digest_set_add(&a->s->seen, (struct slice){u->href, u->len},
			    &number))
		return false;
	secret_url_show(&shown, u->href, u->len);
	if (number == a->number)
		buf_addf(note, "page %lu names itself as the next one: paging "
			       "ends here (%.*s)", number + 1, SHOWN_URL,
			 buf_cstr(&shown));
	else
		buf_addf(note, "page %lu names page %lu as the next one: the "
			       "pages form a loop, and paging ends here (%.*s)",
			 a->number + 1, number + 1, SHOWN_URL,
			 buf_cstr(&shown));
	buf_release(&shown);
	return true;
}

/* Records the URL of the first page, so that a link back to it is found to be a
 * repeat. */
static void note_first_url(const struct page_response *a, struct url *page)
{
	unsigned long number = 0;

	if (a->number)
		return;
	url_set_fragment(page, NULL, 0);
	digest_set_add(&a->s->seen, (struct slice){page->href, page->len},
		    &number);
}

static int follow_parsed(struct page_response *a, struct url *u)
{
	const struct slice href = {u->href, u->len};

	if (!url_scheme_is(u, "http") && !url_scheme_is(u, "https"))
		return fail_url(a, href, "is neither http nor https");
	url_set_fragment(u, NULL, 0);
	if (is_seen_url(a, u))
		return page_response_end(a);
	page_request_next(a, (struct page_request){.url = xstrdup(u->href)});
	return 0;
}

static int follow_url(struct page_response *a, struct slice target)
{
	const char *from = a->reply->url;
	struct url page = {0}, u = {0};
	int result;

	if (url_parse(&page, from, strlen(from), NULL) ||
	    url_parse(&u, target.p, target.len, &page)) {
		result = fail_url(a, target, "is not a URL");
		goto out;
	}
	note_first_url(a, &page);
	result = follow_parsed(a, &u);
out:
	url_release(&u);
	url_release(&page);
	return result;
}

int page_response_link(struct page_response *a)
{
	struct buf bytes = {0};
	struct slice target;
	int result;

	if (!link_header_find(a->reply->header, a->s->pages->link, &target))
		return 0;
	url_encode_non_utf8(&bytes, target.p, target.len);
	result = follow_url(a, (struct slice){bytes.len ? bytes.data : "",
					      bytes.len});
	buf_release(&bytes);
	return result;
}

static bool is_digits(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.p[i] < '0' || text.p[i] > '9')
			return false;
	return text.len > 0;
}

int page_response_next_header(struct page_response *a)
{
	const struct slice target = a->reply->header;

	if (!target.len)
		return 0;
	if (!is_digits(target))
		return follow_url(a, target);
	buf_addf(a->why, "the header \"%s\" has a number, not a URL: "
		 "\"cursor_header\" with \"param\" puts it into a parameter",
		 a->s->pages->from_header);
	return -1;
}

static int follow_json(struct page_response *a, struct slice json)
{
	struct json_text t;
	int result;

	if (page_json_is_end(json))
		return 0;
	if (!json_is_text(json)) {
		buf_addf(a->why, "paginate.next: the URL is %s, not a string",
			 page_json_kind(json));
		return -1;
	}
	if (!json_text_read(&t, json)) {
		buf_addstr(a->why, "paginate.next: the URL is not Unicode");
		return -1;
	}
	result = follow_url(a, t.text);
	json_text_release(&t);
	return result;
}

int page_response_next(struct page_response *a)
{
	struct jq_input *input = jq_input_new(a->reply->json, NULL);
	struct buf out = {0};
	int result = -1;

	if (!page_response_run_filter(a, a->s->filters->filter, "next",
					       input, &out))
		result = follow_json(a, (struct slice){out.data, out.len});
	buf_release(&out);
	jq_input_free(input);
	return result;
}
