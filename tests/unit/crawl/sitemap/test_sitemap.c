#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "crawl/robots.h"
#include "crawl/sitemap/sitemap.h"
#include "crawl/sitemap/sitemap_list.h"
#include "crawl/sitemap/sitemap_xml.h"

#define URLSET(text) "<urlset>" text "</urlset>"
#define URL(text) "<url>" text "</url>"

static struct slice slice(const char *s)
{
	return (struct slice){s, strlen(s)};
}

/* Writes an entry as "URL date priority kind|". */
static void on_entry(void *ctx, const struct sitemap_entry *e)
{
	buf_addf(ctx, "%.*s %.*s %d%s|", (int)e->url.len, e->url.p,
		 (int)e->lastmod.len, e->lastmod.p ? e->lastmod.p : "",
		 e->priority, e->is_sitemap ? " sitemap" : "");
}

/* Reads the document in pieces of that size. */
static enum sitemap_end read_in_pieces(struct slice text, size_t size,
				       struct buf *entries)
{
	struct sitemap *s = sitemap_new(on_entry, entries);
	enum sitemap_end end;

	buf_clear(entries);
	while (text.len) {
		const size_t len = text.len < size ? text.len : size;

		if (!sitemap_feed(s, (struct slice){text.p, len}))
			break;
		text.p += len;
		text.len -= len;
	}
	end = sitemap_end(s);
	sitemap_free(s);
	return end;
}

static void check_bytes(struct slice text, const char *wanted,
			enum sitemap_end wanted_end)
{
	static const size_t sizes[] = {1, 2, 3, 7, 1000000};
	struct buf entries = {0};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		const enum sitemap_end end = read_in_pieces(text, sizes[i],
							    &entries);

		if (strcmp(buf_cstr(&entries), wanted) || end != wanted_end)
			fail_msg("%.*s in pieces of %zu: \"%s\", end %d",
				 (int)text.len, text.p, sizes[i],
				 buf_cstr(&entries), end);
	}
	buf_release(&entries);
}

static void check(const char *text, const char *wanted)
{
	check_bytes(slice(text), wanted, SITEMAP_WHOLE);
}

static void every_format_gives_its_entries(void **state)
{
	(void)state;
	check("<?xml version='1.0' encoding='UTF-8'?>\n"
	      "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
	      "<url><loc>http://a/1</loc><lastmod>2024-01-31</lastmod>"
	      "<changefreq>daily</changefreq><priority>0.8</priority></url>"
	      "<url><loc>http://a/2</loc></url></urlset>",
	      "http://a/1 2024-01-31 3|http://a/2  0|");
	check("<sitemapindex><sitemap><loc>http://a/x.gz</loc>"
	      "<lastmod>2024</lastmod></sitemap></sitemapindex>",
	      "http://a/x.gz 2024 0 sitemap|");
	check("<rss version='2.0'><channel><link>http://a/</link>"
	      "<image><url>http://a/i</url><link>http://a/j</link></image>"
	      "<item><title>x</title><link>http://a/1</link>"
	      "<pubDate>Mon, 06 Sep 2010 00:01:00 GMT</pubDate></item>"
	      "<item><link>http://a/2</link><dc:date>2024-01-31</dc:date>"
	      "</item></channel></rss>",
	      "http://a/1 2010-09-06T00:01:00Z 0|http://a/2 2024-01-31 0|");
	check("<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel>"
	      "<link>http://a/</link></channel>"
	      "<item><link>http://a/1</link></item></rdf:RDF>",
	      "http://a/1  0|");
	check("<feed xmlns='http://www.w3.org/2005/Atom'><link href='/'/>"
	      "<entry><link rel='edit' href='http://a/e'/>"
	      "<link rel=\"alternate\" href=\"http://a/1?x=1&amp;y\"/>"
	      "<updated>2024-01-31T10:00:00Z</updated></entry>"
	      "<entry><link href='http://a/2'/></entry></feed>",
	      "http://a/1?x=1&y 2024-01-31T10:00:00Z 0|http://a/2  0|");
	check("http://a/1\r\n\n  HTTPS://a/2  \n/relative\nno URL\nhttp://a/3",
	      "http://a/1  0|HTTPS://a/2  0|/relative  0|http://a/3  0|");
}

static void documents_are_read_as_they_occur(void **state)
{
	(void)state;
	/* a byte order mark, white space before the declaration, prefixes */
	check("\xef\xbb\xbf\n <?xml version='1.0'?><s:urlset><s:url><s:loc>"
	      "http://a/1</s:loc></s:url></s:urlset>", "http://a/1  0|");
	/* white space, CDATA, references */
	check(URLSET(URL("<loc>\n  http://a/1\t</loc>")
		     URL("<loc> <![CDATA[ http://a/?x=1&amp;y ]]></loc>")
		     URL("<loc>http://a/&#x41;&#66;&lt;&quot;</loc>")
		     URL("<loc>http://a/<![CDATA[]]]]><![CDATA[>]]>b</loc>")),
	      "http://a/1  0|http://a/?x=1&amp;y  0|http://a/AB<\"  0|"
	      "http://a/]]>b  0|");
	/* unescaped "&", and references that stand for nothing */
	check(URLSET(URL("<loc>http://a/?x=1&y=2&copy;&#0;&#xd800;&</loc>")),
	      "http://a/?x=1&y=2&copy;&#0;&#xd800;&  0|");
	/* comments, instructions, attributes, empty and unknown elements */
	check("<!-- a > b -- <urlset> --->"
	      URLSET("<!---->" URL("<x a='>' b=\"/>\"/><loc/>"
				   "<loc c='d'>http://a/<?y > ?>1<!--z--></loc>")),
	      "http://a/1  0|");
	/* URLs of images are not URLs of pages; of two loc elements, the first
	 * one counts */
	check(URLSET(URL("<image:image><image:loc>http://a/i</image:loc>"
			 "</image:image><image:loc>http://a/j</image:loc>"
			 "<loc>http://a/1</loc><loc>http://a/2</loc>")),
	      "http://a/1  0|");
	/* both kinds of entries in one document */
	check(URLSET("<sitemap><loc>http://a/s</loc></sitemap>"
		     URL("<loc>http://a/1</loc>")),
	      "http://a/s  0 sitemap|http://a/1  0|");
	/* elements that are not closed end with their entry */
	check(URLSET(URL("<a><b><c>") URL("<loc>http://a/1</loc>")),
	      "http://a/1  0|");
	/* dates are kept only in the form that sitemaps.org asks for */
	check(URLSET(URL("<loc>u</loc><lastmod> 2024-02 </lastmod>")
		     URL("<loc>v</loc><lastmod>yesterday</lastmod>")),
	      "u 2024-02 0|v  0|");
	/* bytes of another encoding */
	check(URLSET(URL("<loc>http://a/\xe4</loc>")), "http://a/\xc3\xa4  0|");
	check_bytes((struct slice){"\xff\xfe<\0u\0r\0l\0s\0e\0t\0>\0<\0u\0r\0l"
				   "\0>\0<\0l\0o\0c\0>\0\x3d\xd8\x00\xde<\0/\0"
				   "l\0o\0c\0>\0<\0/\0u\0r\0l\0>\0<\0/\0u\0r\0"
				   "l\0s\0e\0t\0>\0", 84},
		    "\xf0\x9f\x98\x80  0|", SITEMAP_WHOLE);
	check_bytes((struct slice){"\xfe\xff\0h\0t\0t\0p\0:\0/\0/\0a", 18},
		    "http://a  0|", SITEMAP_WHOLE);
}

static void dtd_is_skipped_and_its_entities_are_text(void **state)
{
	(void)state;
	check("<!DOCTYPE urlset SYSTEM \"http://a/>\" [\n"
	      "<!ENTITY x \"]>&y;&y;\"><!-- don't ]> -->\n"
	      "<!ELEMENT loc (#PCDATA)>]>"
	      URLSET(URL("<loc>http://a/&x;</loc>")), "http://a/&x;  0|");
}

static void other_documents_are_no_sitemaps(void **state)
{
	static const char *const others[] = {
		"", " \n", "<html><body><url><loc>http://a/</loc></url>",
		"<p>x</p><urlset><url><loc>http://a/</loc></url></urlset>",
		"Not found", "{\"urlset\": []}", "<!DOCTYPE html><title>x",
		"<", "<!", "\xff\xfe", "\xef\xbb", "\x89PNG\r\n\x1a\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		check_bytes(slice(others[i]), "", SITEMAP_NONE);
	check_bytes(slice("<urlset><url><loc>http://a/1</loc></url><url><lo"),
		    "http://a/1  0|", SITEMAP_CUT_OFF);
}

static void long_texts_take_little_memory(void **state)
{
	static const char *const places[][2] = {
		{"<loc>", "</loc>"}, {"<loc x='", "'>v</loc>"},
		{"<loc><![CDATA[", "]]></loc>"}, {"<", "/>"},
		{"<!--", "-->"}, {"<lastmod>", "</lastmod>"},
	};
	struct buf text = {0}, entries = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		buf_clear(&text);
		buf_addf(&text, "<urlset><url>%s", places[i][0]);
		for (int j = 0; j < 100000; j++)
			buf_addstr(&text, "aaaaaaaaaa");
		buf_addf(&text, "%s<loc>b</loc></url><url><loc>c</loc></url>"
				"</urlset>", places[i][1]);
		assert_int_equal(read_in_pieces(slice_of(&text), 5000,
						&entries), SITEMAP_WHOLE);
		/* The entry after the long one is read in any case. */
		assert_non_null(strstr(buf_cstr(&entries), "c  0|"));
		assert_true(entries.len < 100);
	}
	buf_release(&text);
	buf_release(&entries);
}

static void too_long_urls_are_counted_and_left_out(void **state)
{
	struct buf text = {0}, entries = {0};
	struct sitemap *s = sitemap_new(on_entry, &entries);

	(void)state;
	buf_addstr(&text, "<urlset>");
	for (int length = 4094; length < 4099; length++) {
		buf_addstr(&text, "<url><loc>");
		for (int i = 0; i < length; i++)
			buf_addch(&text, 'a');
		buf_addstr(&text, "</loc></url>");
	}
	buf_addstr(&text, "</urlset>");
	sitemap_feed(s, slice_of(&text));
	assert_int_equal(sitemap_end(s), SITEMAP_WHOLE);
	assert_int_equal(sitemap_too_long(s), 2);
	assert_true(entries.len > 3 * 4094 && entries.len < 4 * 4094);
	sitemap_free(s);
	buf_release(&text);
	buf_release(&entries);
}

static void count_entry(void *ctx, const struct sitemap_entry *entry)
{
	(void)entry;
	++*(unsigned *)ctx;
}

/* Feeds the reader with the first piece, then repeatedly with the other one,
 * until it wants no more. Returns the number of bytes that it took. */
static size_t feed_for_ever(struct sitemap *s, const char *first,
			    const char *piece)
{
	size_t bytes = 0;

	sitemap_feed(s, slice(first));
	while (sitemap_feed(s, slice(piece))) {
		bytes += strlen(piece);
		assert_true(bytes < (size_t)100 << 20);
	}
	return bytes;
}

static void endless_documents_end_at_the_limits(void **state)
{
	unsigned entries = 0;
	struct sitemap *s = sitemap_new(count_entry, &entries);
	char *piece = calloc(1, 1 << 20);

	(void)state;
	memset(piece, ' ', (1 << 20) - 1);
	feed_for_ever(s, "<urlset>", "<url><loc>http://a/</loc></url>");
	assert_int_equal(sitemap_end(s), SITEMAP_TOO_MANY);
	assert_int_equal(entries, SITEMAP_ENTRIES_MAX);
	sitemap_free(s);

	entries = 0;
	s = sitemap_new(count_entry, &entries);
	feed_for_ever(s, "", "http://a/\n");
	assert_int_equal(sitemap_end(s), SITEMAP_TOO_MANY);
	assert_int_equal(entries, SITEMAP_ENTRIES_MAX);
	sitemap_free(s);

	entries = 0;
	s = sitemap_new(count_entry, &entries);
	assert_true(feed_for_ever(s, "<urlset><url><loc>a</loc></url>", piece) <=
		    SITEMAP_BYTES_MAX);
	assert_int_equal(sitemap_end(s), SITEMAP_TOO_LARGE);
	assert_int_equal(entries, 1);
	sitemap_free(s);
	free(piece);
}

static void dates_are_those_of_w3c(void **state)
{
	static const char *const dates[] = {
		"2024", "2024-12", "2024-01-31", "2024-01-31T23:59Z",
		"2024-01-31T10:00+01:00", "2024-01-31T10:00:00-11:30",
		"2024-01-31T10:00:00.123Z",
	};
	static const char *const others[] = {
		"", "24", "2024-", "2024-13", "2024-00", "2024-1-1",
		"2024-01-32", "2024-01-31 10:00Z", "2024-01-31T10:00",
		"2024-01-31T10:00:00", "2024-01-31T24:00Z",
		"2024-01-31T10:00:00.Z", "2024-01-31T10:00:00+1",
		"2024-01-31T10:00Zx", "20240131", "x024", "2024-01-31T",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(dates) / sizeof(*dates); i++)
		assert_true(sitemap_is_date(slice(dates[i])));
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		assert_false(sitemap_is_date(slice(others[i])));
}

static void priorities_are_tenths(void **state)
{
	static const struct {
		const char *text;
		int priority;
	} rows[] = {
		{"0.5", 0}, {"1.0", 5}, {"1", 5}, {"0.0", -5}, {"0", -5},
		{"0.95", 4}, {".7", 2}, {" 0.6 ", 1}, {"high", 0}, {"", 0},
		{"-3", 0}, {"0.x", -5},
	};
	struct buf text = {0}, wanted = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		buf_clear(&text);
		buf_clear(&wanted);
		buf_addf(&text, URLSET(URL("<loc>u</loc><priority>%s</priority>")),
			 rows[i].text);
		buf_addf(&wanted, "u  %d|", rows[i].priority);
		check(buf_cstr(&text), buf_cstr(&wanted));
	}
	buf_release(&text);
	buf_release(&wanted);
}

static void list_gives_back_what_was_added(void **state)
{
	const struct sitemap_entry entries[] = {
		{slice("http://a/"), slice("2024"), 5, false},
		{slice("http://b/"), {0}, -5, true},
		{slice(""), {0}, 0, false},
	};
	struct buf list = {0}, text = {0};
	struct sitemap_entry e;
	size_t at = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(entries) / sizeof(*entries); i++)
		sitemap_list_add(&list, &entries[i]);
	while (sitemap_list_next(slice_of(&list), &at, &e))
		on_entry(&text, &e);
	assert_string_equal(buf_cstr(&text),
			    "http://a/ 2024 5|http://b/  -5 sitemap|  0|");
	/* A list that is cut off or changed must end early, not be read beyond
	 * its end. */
	for (size_t len = 0; len < list.len; len++)
		for (at = 0; sitemap_list_next((struct slice){list.data, len},
					       &at, &e);)
			assert_true(at <= len);
	for (size_t i = 0; i < list.len; i++) {
		list.data[i] ^= 0x55;
		for (at = 0; sitemap_list_next(slice_of(&list), &at, &e);)
			assert_true(at <= list.len && e.priority <= 5);
		list.data[i] ^= 0x55;
	}
	buf_release(&list);
	buf_release(&text);
}

static void robots_txt_names_sitemaps_in_any_group(void **state)
{
	const struct slice text = slice(
		"sitemap: /a.xml\nUser-agent: *\nDisallow: /x\n"
		"SITEMAP:https://b/s.xml # comment\nUser-agent: other\n"
		"Site-map: c\nSitemap:\nDisallow: /\n");
	struct robots *r = robots_parse(text, slice("scrape"));
	struct buf found = {0};
	struct slice value;
	size_t at = 0;

	(void)state;
	while (robots_next_sitemap(r, &at, &value))
		buf_addf(&found, "%.*s|", (int)value.len, value.p);
	assert_string_equal(buf_cstr(&found), "/a.xml|https://b/s.xml|c|");
	buf_release(&found);
	robots_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_gives_its_entries),
		cmocka_unit_test(documents_are_read_as_they_occur),
		cmocka_unit_test(dtd_is_skipped_and_its_entities_are_text),
		cmocka_unit_test(other_documents_are_no_sitemaps),
		cmocka_unit_test(long_texts_take_little_memory),
		cmocka_unit_test(too_long_urls_are_counted_and_left_out),
		cmocka_unit_test(endless_documents_end_at_the_limits),
		cmocka_unit_test(dates_are_those_of_w3c),
		cmocka_unit_test(priorities_are_tenths),
		cmocka_unit_test(list_gives_back_what_was_added),
		cmocka_unit_test(robots_txt_names_sitemaps_in_any_group),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
