/*
 * Joins the part of a record that a worker sends about its page, and that may
 * be any bytes, with the part that the program writes itself. The bits of the
 * first byte select the options. If its highest bit is set, the other bytes
 * change the part of a correct worker: they say which bytes to replace
 * (position in two bytes, value), and the rest is appended.
 *
 * What must hold: an accepted result consists of lines of compact JSON that
 * begin with the program's own part and have the required members in their
 * order. The unchanged part of a correct worker gives the same record as one
 * that is written in one piece.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/job/headers.h"
#include "base/json/compact.h"
#include "base/mem.h"
#include "cmd/session/record_head.h"
#include "parse/extract/schema.h"
#include "parse/record.h"

enum {
	LINKS = 1, HEADERS = 2, BODY = 4,
	META = 8,		/* --meta, --article and --markdown */
	GATHER = 16, DATA = 32, ITEMS = 64, REPLACED = 128,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
	if (!claim)
		abort();
}

static struct schema *make_extraction(bool items)
{
	struct schema *x = schema_new();
	struct buf why = {0};
	struct field *field;

	must(!items || !schema_each(x, "div", &why));
	x->items = items;
	must(!schema_add(x, &x->fields, "a", FIELD_CSS, "p", &field,
			     &why));
	must(!schema_finish(x, &why));
	return x;
}

static struct parse_config config_of(unsigned bits)
{
	static struct schema *extractions[2];
	const bool items = bits & ITEMS;
	struct parse_config config = {
		.links = bits & LINKS, .headers = bits & HEADERS,
		.body = bits & BODY, .meta = bits & META,
		.article = bits & META,
		.markdown = bits & META ? MARKDOWN_MAIN : MARKDOWN_NOT,
		.want_json = bits & GATHER, .max_filesize = 1 << 20,
	};

	if (!(bits & DATA))
		return config;
	if (!extractions[items])
		extractions[items] = make_extraction(items);
	config.schema = extractions[items];
	return config;
}

static struct job *make_job(void)
{
	static const char type[] = "Content-Type: text/html";
	struct job *job = job_new();

	job->req.index = 7;
	job->req.id = xstrdup("{\"k\":1.10}");
	job->req.url = xstrdup("http://a.example/\"\n");
	job->res.final_url = xstrdup("http://b.example/");
	job->res.status = 200;
	job->attempts = 1;
	headers_add_line(&job->res.headers, type, strlen(type));
	return job;
}

/* The page of a correct worker. */
static struct page make_page(unsigned bits)
{
	struct page page = {
		.is_html = true, .has_title = true, .links_count = 2,
		.is_json = true, .is_stream = true, .has_meta = true,
		.has_article = true, .has_markdown = true,
		.has_data = bits & DATA, .is_text = !(bits & GATHER),
	};

	buf_addstr(&page.title, "a \"title\"\n");
	buf_addstr(&page.links, "[\"http://b.example/x\",\"y\"]");
	buf_addstr(&page.json_buf, "[1,{\"b\":[true,null,-1.5e+3]}]");
	page.json = slice_of(&page.json_buf);
	buf_addstr(&page.meta, "{\"description\":\"d\"}");
	buf_addstr(&page.article, "{\"title\":null}");
	buf_addstr(&page.markdown, "# a\n");
	buf_addstr(&page.body, "body \x01");
	if (!(bits & DATA))
		return page;
	if (bits & ITEMS) {
		buf_addstr(&page.extracted.data,
			   "[{\"a\":\"1\"},{\"a\":null}]");
		buf_addstr(&page.extracted.missing, "\"[1].a\"");
	} else {
		buf_addstr(&page.extracted.data, "{\"a\":null}");
		buf_addstr(&page.extracted.missing, "\"a\"");
	}
	return page;
}

/* Returns the part that a correct worker sends, and in *whole the record that
 * the part should give. */
static struct buf honest_part(unsigned bits, const struct parse_config *config,
			      struct buf *whole)
{
	struct page page = make_page(bits);
	struct job *job = make_job();
	struct buf part;

	record_write_part(job, &page, config);
	part = buf_take(&job->record);
	record_write(job, &page, config);
	*whole = buf_take(&job->record);
	page_release(&page);
	job_free(job);
	return part;
}

static void check_honest(struct job *job, unsigned bits,
			 const struct parse_config *config)
{
	struct buf whole, part = honest_part(bits, config, &whole);

	must(!record_join(job, &part, config));
	must(job->record.len == whole.len);
	must(!memcmp(job->record.data, whole.data, whole.len));
	buf_release(&part);
	buf_release(&whole);
}

static struct buf make_part(const uint8_t *data, size_t size, unsigned bits,
			    const struct parse_config *config)
{
	struct buf part = {0}, whole;

	if (bits & REPLACED) {
		part = honest_part(bits, config, &whole);
		buf_release(&whole);
		for (; size >= 3; data += 3, size -= 3) {
			const size_t at = (size_t)(data[0] << 8 | data[1]);

			if (at >= part.len)
				break;
			part.data[at] = (char)data[2];
		}
	}
	buf_add(&part, data, size);
	return part;
}

/* --- Checks of accepted records ------------------------------------------- */

/* The members in their order; a row with "?" may be missing. */
static const struct {
	const char *name;
	unsigned bits;		/* bits of the options, all of which must be
				 * set */
} of_page[] = {
	{"index", 0}, {"id", 0}, {"url", 0}, {"final_url", 0}, {"status", 0},
	{"ok", 0}, {"error", 0}, {"attempts", 0}, {"content_type", 0},
	{"bytes", 0}, {"time", 0}, {"fetched_at", 0}, {"redirects", 0},
	{"ip", 0}, {"http_version", 0},
	{"title", 0}, {"links_count", 0}, {"json", 0},
	{"?json_stream", GATHER}, {"links", LINKS}, {"data", DATA},
	{"?missing", DATA}, {"meta", META},
	{"article", META}, {"markdown", META}, {"headers", HEADERS},
	{"?body", BODY}, {"?body_base64", BODY},
}, of_item[] = {
	{"index", 0}, {"id", 0}, {"url", 0}, {"item", 0}, {"status", 0},
	{"data", 0}, {"?missing", 0},
};

static bool is_name(struct slice s, const char *name)
{
	return s.len == strlen(name) && !memcmp(s.p, name, s.len);
}

static void check_members(struct slice line, unsigned bits, bool is_item)
{
	const size_t rows = is_item ? sizeof(of_item) / sizeof(*of_item)
				    : sizeof(of_page) / sizeof(*of_page);
	struct slice name = {0}, value;
	size_t at = 0;
	bool more = json_next(line, &at, &name, &value);
	bool has_body = false;

	for (size_t i = 0; i < rows; i++) {
		const char *want = is_item ? of_item[i].name : of_page[i].name;
		const unsigned by = is_item ? 0 : of_page[i].bits;
		const bool optional = *want == '?';

		want += optional;
		if (more && (by & bits) == by && is_name(name, want)) {
			has_body |= by == BODY;
			more = json_next(line, &at, &name, &value);
			continue;
		}
		must(optional || (by & bits) != by);
	}
	must(!more);
	must(is_item || has_body == ((bits & BODY) != 0));
}

static void check_line(struct slice line, struct job *job, unsigned bits,
		       const struct parse_config *config, size_t n)
{
	struct buf head = {0}, again = {0};
	struct record_head read;
	bool is_item;

	must(json_add_checked(&again, line));
	must(again.len == line.len && !memcmp(again.data, line.p, line.len));
	record_add_item_head(&head, job, n);
	is_item = line.len > head.len &&
		  !memcmp(line.p, head.data, head.len);
	must(!is_item || (bits & DATA && bits & ITEMS));
	if (!is_item) {
		must(n == 0);
		buf_clear(&head);
		record_add_head(&head, job, config);
		must(line.len > head.len &&
		     !memcmp(line.p, head.data, head.len));
		must(record_head_read(&read, line) == RECORD_WHOLE);
		must(read.index == 7 && !read.has_error);
	}
	check_members(line, bits, is_item);
	buf_release(&head);
	buf_release(&again);
}

static void check_record(struct job *job, unsigned bits,
			 const struct parse_config *config)
{
	const char *p = job->record.data, *end = p + job->record.len;

	must(p < end);
	for (size_t n = 0; p < end; n++) {
		const char *line_end = memchr(p, '\n', (size_t)(end - p));

		must(line_end);
		check_line((struct slice){p, (size_t)(line_end - p)}, job,
			   bits, config, n);
		p = line_end + 1;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool is_checked[REPLACED];
	struct parse_config config;
	struct job *job;
	struct buf part;
	unsigned bits;

	if (!size)
		return 0;
	bits = data[0];
	config = config_of(bits);
	job = make_job();
	if (!is_checked[bits % REPLACED])
		check_honest(job, bits, &config);
	is_checked[bits % REPLACED] = true;
	part = make_part(data + 1, size - 1, bits, &config);
	if (!record_join(job, &part, &config))
		check_record(job, bits, &config);
	else
		must(!job->record.len);
	buf_release(&part);
	job_free(job);
	return 0;
}
