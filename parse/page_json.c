/* Reads bodies that are one JSON value, or a sequence of values. */
#include "parse/page_json.h"

#include "base/digest.h"
#include "base/json/compact.h"

typedef const char *json_reader(struct slice text, struct json_checked *checked,
				struct buf *out, size_t *at);

static const char *set_json(struct page *page, json_reader *read,
			    struct slice text, size_t *at)
{
	struct json_checked checked = {0};
	const char *why = read(text, &checked, &page->json_buf, at);

	page->is_json = !why;
	page->is_stream = !why && read == json_check_values;
	page->json_is_utf8 = checked.is_utf8;
	page->json = checked.json;
	return why;
}

const char *page_json_read(struct page *page, enum json_form form,
			   struct slice text, size_t *at)
{
	const size_t prefix = json_prefix_length(text.p, text.len);
	const struct slice values = {text.p + prefix, text.len - prefix};
	const char *why;
	size_t unused;

	*at = 0;
	why = set_json(page, form == JSON_SEVERAL_VALUES ?
				     json_check_values : json_check,
		       values, at);
	*at += prefix;
	/* If the text is no sequence of values either, report the error from
	 * reading one value. */
	if (why && form == JSON_ANY_VALUES && values.len &&
	    !set_json(page, json_check_values, values, &unused))
		return NULL;
	return why;
}

void page_json_clear(struct page *page)
{
	page->is_json = page->is_stream = false;
	page->json = (struct slice){0};
	buf_clear(&page->json_buf);
}

static void drop_body(struct page *page)
{
	if (page->is_json && !page->json_buf.len) {
		buf_release(&page->json_buf);
		page->json_buf = buf_take(&page->body);
	}
	buf_release(&page->body);
}

void page_finish_body(struct page *page, const struct parse_config *config)
{
	/* 0 means that there is no digest. */
	if (config->body_digest && page->body.len)
		page->text.body = digest_of(page->body.data, page->body.len).a |
				  1;
	if (!config->body)
		drop_body(page);
}
