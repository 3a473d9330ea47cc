#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "parse/article/metadata.h"
#include "tests/unit/cpu_time.h"
#include "tests/unit/html_text.h"

/* Appends "title|authors joined by +|date|modified|site|language", with the
 * source in brackets after title, authors and date. Null is "-". */
static void write_all(struct buf *out, const struct article_metadata *m)
{
	const char *const values[] = {m->date, m->modified, m->site,
				      m->language};

	buf_addf(out, "%s[%s]|", m->title ? m->title : "-",
		 m->title_source ? m->title_source : "-");
	for (size_t i = 0; i < m->authors_count; i++)
		buf_addf(out, "%s%s", i ? "+" : "", m->authors[i]);
	buf_addf(out, "[%s]",
		 m->authors_source ? m->authors_source : "-");
	for (size_t i = 0; i < 4; i++) {
		buf_addf(out, "|%s", values[i] ? values[i] : "-");
		if (!i)
			buf_addf(out, "[%s]",
				 m->date_source ? m->date_source : "-");
	}
}

static void check_at(const char *url, const char *html, const char *expected)
{
	xmlDoc *doc = html_text_parse(html, strlen(html));
	struct article_metadata m = {0};
	struct buf all = {0};

	assert_non_null(doc);
	metadata_read(&m, doc, url);
	write_all(&all, &m);
	assert_string_equal(buf_cstr(&all), expected);
	buf_release(&all);
	metadata_release(&m);
	assert_null(m.title);
	html_text_free(doc);
}

static void check(const char *html, const char *expected)
{
	check_at(NULL, html, expected);
}

static void page_without_metadata_has_none(void **state)
{
	(void)state;
	check("", "-[-]|[-]|-[-]|-|-|-");
	check("<p>Hello</p>", "-[-]|[-]|-[-]|-|-|-");
	check("<title> </title><h1> </h1>", "-[-]|[-]|-[-]|-|-|-");
}

static void heading_that_agrees_with_the_title_is_the_title(void **state)
{
	(void)state;
	check("<title>How to sail - Acme</title><h1>Acme</h1>"
	      "<h1>How to <i>sail</i></h1>",
	      "How to sail[heading]|[-]|-[-]|-|-|-");
	check("<title>Ownership - The Book</title><h1>The Book</h1>"
	      "<h2>Ownership</h2>",
	      "Ownership[heading]|[-]|-[-]|-|-|-");
	check("<title>A</title><meta property=og:title content='Sail well'>"
	      "<h1>Menu</h1><h1>Sail well!</h1>",
	      "Sail well![heading]|[-]|-[-]|-|-|-");
}

static void name_of_the_site_is_not_in_the_title(void **state)
{
	(void)state;
	check("<title>How to sail | Acme</title>"
	      "<meta property=og:site_name content=Acme>",
	      "How to sail[title]|[-]|-[-]|-|Acme|-");
	check("<title>Acme: How to sail</title>"
	      "<meta property=og:site_name content=Acme>",
	      "How to sail[title]|[-]|-[-]|-|Acme|-");
	check("<title>Sail - fast - Acme</title>"
	      "<link rel=canonical href=https://www.acme.example/sail>",
	      "Sail - fast[title]|[-]|-[-]|-|Acme|-");
	check("<title>Sail - fast</title>"
	      "<meta property=og:site_name content=Acme>",
	      "Sail - fast[title]|[-]|-[-]|-|Acme|-");
}

static void json_ld_is_read_in_all_its_forms(void **state)
{
	static const char *const forms[] = {
		"{\"@type\":\"NewsArticle\",%s}",
		"[{\"@type\":\"Person\"},{\"@type\":[\"Article\",\"X\"],%s}]",
		"{\"@graph\":[{\"@type\":\"WebPage\",\"datePublished\":"
		"\"2001-01-01\"},{\"@type\":\"BlogPosting\",%s}]}",
		"{\"@type\":\"WebPage\",\"mainEntity\":"
		"{\"@type\":\"http://schema.org/Article\",%s}}",
	};
	static const char members[] =
		"\"headline\":\"Sail &amp; row\",\"datePublished\":"
		"\"2024-10-08T10:30:00+02:00\",\"dateModified\":\"2025-01-02\","
		"\"author\":[{\"name\":\"Jane Doe\"},\"John Roe\"],"
		"\"publisher\":{\"name\":\"Acme\"},\"comment\":"
		"[{\"@type\":\"Article\",\"author\":\"Troll\"}]";

	(void)state;
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		struct buf html = {0};

		buf_addstr(&html, "<script type=application/ld+json>"
				  "{broken</script>"
				  "<script type=application/ld+json>");
		/* The only "%s" of the form. */
		buf_add(&html, forms[i],
			(size_t)(strstr(forms[i], "%s") - forms[i]));
		buf_addstr(&html, members);
		buf_addstr(&html, strstr(forms[i], "%s") + 2);
		buf_addstr(&html, "</script>");
		check(buf_cstr(&html),
		      "Sail & row[json-ld]|Jane Doe+John Roe[json-ld]|"
		      "2024-10-08T10:30:00+02:00[json-ld]|2025-01-02|Acme|-");
		buf_release(&html);
	}
}

static void author_is_found_by_the_id_in_json_ld(void **state)
{
	(void)state;
	check("<script type=application/ld+json>{\"@graph\":["
	      "{\"@type\":\"Article\",\"author\":{\"@id\":\"#j\"}},"
	      "{\"@type\":\"Person\",\"@id\":\"#j\",\"name\":\"Jane Doe\"},"
	      "{\"@type\":\"WebSite\",\"name\":\"Acme\"}]}</script>",
	      "-[-]|Jane Doe[json-ld]|-[-]|-|Acme|-");
}

static void meta_elements_of_several_vocabularies_are_read(void **state)
{
	(void)state;
	check("<html lang=en-GB><meta property=article:published_time "
	      "content=2024-10-08T10:00:00Z><meta name=author content='Jane "
	      "Doe'><meta property=article:author content=https://f.example/j>"
	      "<meta property=article:modified_time content=2024-11-09>",
	      "-[-]|Jane Doe[meta]|2024-10-08T10:00:00Z[meta]|2024-11-09|-|"
	      "en-GB");
	check("<meta name=citation_author content='Doe, Jane'>"
	      "<meta name=citation_author content='Roe, John'>"
	      "<meta name=citation_publication_date content=2024/10>"
	      "<meta name=citation_title content=Sailing>"
	      "<meta property=og:locale content=pt_BR>",
	      "Sailing[meta]|Jane Doe+John Roe[meta]|2024-10[meta]|-|-|pt-BR");
	check("<meta name=DC.Creator content='Jane Doe'>"
	      "<meta name=DC.date.issued content='8 octobre 2024'>",
	      "-[-]|Jane Doe[meta]|2024-10-08[meta]|-|-|-");
}

static void date_that_cannot_be_is_not_taken_from_meta_alone(void **state)
{
	(void)state;
	check("<meta name=date content=1970-01-01><h1>A</h1>",
	      "A[heading]|[-]|-[-]|-|-|-");
	check("<meta name=date content=9998-01-01><h1>A</h1>",
	      "A[heading]|[-]|-[-]|-|-|-");
	for (int i = 0; i < 2; i++)
		check(i ? "<meta name=date content=2024-00><h1>A</h1>"
			: "<meta name=date content=2024-13><h1>A</h1>",
		      "A[heading]|[-]|-[-]|-|-|-");
	check("<meta name=date content=1985-03-02><h1>A</h1>"
	      "<p>2 March 1985</p>",
	      "A[heading]|[-]|1985-03-02[meta]|-|-|-");
}

static void dates_in_the_page_are_found_near_the_title(void **state)
{
	(void)state;
	check("<h1>A</h1><time datetime=2024-10-08T10:00Z>x</time>",
	      "A[heading]|[-]|2024-10-08T10:00:00Z[text]|-|-|-");
	check("<h1>A</h1><p>Updated: 9 Oct 2024. Published: 8 Oct 2024</p>",
	      "A[heading]|[-]|2024-10-08[text]|2024-10-09|-|-");
	check("<h1>A</h1><b>Last updated:</b> <i>9 Oct 2024</i>",
	      "A[heading]|[-]|2024-10-09[modified]|2024-10-09|-|-");
	check("<h1>A</h1><span class=entry-updated>9 Oct 2024</span>"
	      "<span class=entry-date>8 Oct 2024</span>",
	      "A[heading]|[-]|2024-10-08[text]|2024-10-09|-|-");
	check("<h1>A</h1><div class=related-posts>9 Oct 2024</div>"
	      "<nav>10 Oct 2024</nav><p>&copy; Copyright 1 May 2024</p>",
	      "A[heading]|[-]|-[-]|-|-|-");
	check("<div class=with-comments><h1>A</h1><p>9 Oct 2024</p></div>",
	      "A[heading]|[-]|2024-10-09[text]|-|-|-");
}

/* Appends a text of some length that has no date. */
static void add_words(struct buf *html, size_t bytes)
{
	while (bytes > 5) {
		buf_addstr(html, "<p>word");
		bytes -= 4;
	}
}

static void date_far_from_the_title_is_taken_if_it_is_the_only_one(void **state)
{
	static const struct {
		const char *after, *expected;
	} rows[] = {
		{"<p>Published on 8 Oct 2024",
		 "A[heading]|[-]|2024-10-08[text]|-|-|-"},
		{"<p>Published on 8 Oct 2024<p>Published on 9 Oct 2024",
		 "A[heading]|[-]|-[-]|-|-|-"},
		{"<p>8 Oct 2024", "A[heading]|[-]|-[-]|-|-|-"},
		{"<meta property=og:type content=article><p>8 Oct 2024",
		 "A[heading]|[-]|2024-10-08[text]|-|-|-"},
		{"<p>Last updated 8 Oct 2024",
		 "A[heading]|[-]|-[-]|2024-10-08|-|-"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf html = {0};

		buf_addstr(&html, "<h1>A</h1>");
		add_words(&html, 10000);
		buf_addstr(&html, rows[i].after);
		check(buf_cstr(&html), rows[i].expected);
		buf_release(&html);
	}
}

static void text_that_is_the_title_stands_for_a_heading(void **state)
{
	struct buf html = {0};

	(void)state;
	buf_addstr(&html, "<title>How to sail - Acme</title>");
	add_words(&html, 2000);
	buf_addstr(&html, "<div>How to sail</div><p>8 Oct 2024");
	check(buf_cstr(&html), "How to sail[heading]|[-]|2024-10-08[text]|-|-|-");
	buf_release(&html);

	check("<title>How to sail - Acme</title><li>How to sail</li>"
	      "<h1>How to sail!</h1>",
	      "How to sail![heading]|[-]|-[-]|-|-|-");
}

static void heading_is_no_label_of_the_date_after_it(void **state)
{
	(void)state;
	check("<h1>Sail through</h1><p>8 Oct 2024",
	      "Sail through[heading]|[-]|2024-10-08[text]|-|-|-");
}

static void shown_date_is_preferred_to_a_hidden_one(void **state)
{
	(void)state;
	check("<meta name=date content=2024-10-09><h1>A</h1>"
	      "<p class=date>8 October 2019</p>",
	      "A[heading]|[-]|2019-10-08[text]|-|-|-");
	check("<meta name=date content=2024-10-09T01:00:00Z><h1>A</h1>"
	      "<p class=date>9 October 2024</p>",
	      "A[heading]|[-]|2024-10-09T01:00:00Z[meta]|-|-|-");
	check("<meta name=date content=2019-10-09>"
	      "<meta property=article:modified_time content=2024-10-09>"
	      "<h1>A</h1><p class=date>9 October 2024</p>",
	      "A[heading]|[-]|2019-10-09[meta]|2024-10-09|-|-");
}

#define JSON_LD(members) "<script type=application/ld+json>" \
	"{\"@type\":\"Article\"," members "}</script>"

static void shown_change_is_the_date_if_json_ld_alone_has_another(void **state)
{
	(void)state;
	check(JSON_LD("\"datePublished\":\"2015-04-06\"")
	      "<h1>A</h1><p>Updated 8 October 2024</p>",
	      "A[heading]|[-]|2024-10-08[modified]|2024-10-08|-|-");
	check(JSON_LD("\"datePublished\":\"2015-04-06\","
		      "\"dateModified\":\"2024-10-08\"")
	      "<h1>A</h1><p>8 October 2024</p>",
	      "A[heading]|[-]|2024-10-08[modified]|2024-10-08|-|-");
	/* A meta element confirms the date, or the page shows it. */
	check("<meta property=article:published_time content=2015-04-06>"
	      JSON_LD("\"datePublished\":\"2015-04-06\"")
	      "<h1>A</h1><p>Updated 8 October 2024</p>",
	      "A[heading]|[-]|2015-04-06[json-ld]|2024-10-08|-|-");
	check(JSON_LD("\"datePublished\":\"2015-04-06\"")
	      "<h1>A</h1><p>6 April 2015<p>Updated 8 October 2024</p>",
	      "A[heading]|[-]|2015-04-06[json-ld]|2024-10-08|-|-");
	check(JSON_LD("\"datePublished\":\"2015-04-06\"")
	      "<h1>A</h1><p class=updated>6 April 2015</p>",
	      "A[heading]|[-]|2015-04-06[json-ld]|2015-04-06|-|-");
}

static void label_of_a_date_may_be_in_the_elements_around_it(void **state)
{
	(void)state;
	check("<h1>A</h1><b>Last updated</b> <i>on</i> <i>9 Oct 2024</i>"
	      "<p>8 Oct 2024",
	      "A[heading]|[-]|2024-10-08[text]|2024-10-09|-|-");
	check("<h1>A</h1><time class=published datetime=2024-10-09>"
	      "<b>Updated</b> 9 Oct 2024</time><p>8 Oct 2024",
	      "A[heading]|[-]|2024-10-08[text]|2024-10-09|-|-");
	check("<h1>A</h1><div class=field-changed>9 Oct 2024</div>"
	      "<p>8 Oct 2024",
	      "A[heading]|[-]|2024-10-08[text]|2024-10-09|-|-");
	check("<h1>A</h1><h3>Updated</h3><p>9 Oct 2024<h3>Published</h3>"
	      "<p>8 Oct 2024",
	      "A[heading]|[-]|2024-10-08[text]|2024-10-09|-|-");
}

static void day_that_a_time_element_shows_counts(void **state)
{
	(void)state;
	check("<h1>A</h1><time datetime=2024-10-09T04:13Z>8 Oct 2024</time>",
	      "A[heading]|[-]|2024-10-08[text]|-|-|-");
	check("<h1>A</h1><time datetime=2024-10-08T21:00-04:00>9 Oct 2024"
	      "</time>",
	      "A[heading]|[-]|2024-10-08T21:00:00-04:00[text]|-|-|-");
	check("<h1>A</h1><relative-time datetime=2024-10-08T10:00Z>"
	      "</relative-time>",
	      "A[heading]|[-]|2024-10-08T10:00:00Z[text]|-|-|-");
	check("<h1>A</h1><x-timeago ts=2024-10-08T10:00Z></x-timeago>",
	      "A[heading]|[-]|2024-10-08T10:00:00Z[text]|-|-|-");
}

static void change_is_no_date_if_that_of_publication_is_withheld(void **state)
{
	(void)state;
	check("<meta property=article:modified_time content=2024-10-09>"
	      "<h1>A</h1><p>Updated 9 Oct 2024",
	      "A[heading]|[-]|-[-]|2024-10-09|-|-");
	check("<meta property=og:type content=article>"
	      "<h1>A</h1><p>Updated 9 Oct 2024",
	      "A[heading]|[-]|-[-]|2024-10-09|-|-");
	check("<meta property=og:type content=article>"
	      JSON_LD("\"headline\":\"A\"")
	      "<h1>A</h1><p>Updated 9 Oct 2024",
	      "A[heading]|[-]|2024-10-09[modified]|2024-10-09|-|-");
}

static void first_publication_counts_wherever_the_page_says_it(void **state)
{
	struct buf html = {0};

	(void)state;
	buf_addstr(&html, "<h1>A</h1><p>8 Oct 2024");
	add_words(&html, 10000);
	buf_addstr(&html, "<p>It was originally published on 1 May 2019, but "
			  "has been changed since then.");
	check(buf_cstr(&html), "A[heading]|[-]|2019-05-01[text]|-|-|-");
	buf_addstr(&html, "<p>Published on 2 June 2020");
	check(buf_cstr(&html), "A[heading]|[-]|2024-10-08[text]|-|-|-");
	buf_release(&html);
}

static void hidden_date_of_the_last_change_is_replaced(void **state)
{
	struct buf html = {0};

	(void)state;
	buf_addstr(&html, JSON_LD("\"datePublished\":\"2024-10-09\","
				  "\"dateModified\":\"2024-10-09\"")
			  "<h1>A</h1>");
	add_words(&html, 10000);
	buf_addstr(&html, "<p>Published 1 May 2019");
	check(buf_cstr(&html), "A[heading]|[-]|2019-05-01[text]|2024-10-09|-|-");
	buf_release(&html);
	check("<h1>A</h1><meta itemprop=datePublished content=2019-05-01>"
	      "<p>Updated 9 Oct 2024",
	      "A[heading]|[-]|2024-10-09[modified]|2024-10-09|-|-");
}

/* A date that is later than the last change may be the day on which the page
 * was sent, for example. */
static void shown_date_after_the_last_change_replaces_no_hidden_one(
	void **state)
{
	(void)state;
	check("<meta property=article:published_time content=2019-05-01>"
	      "<meta property=article:modified_time content=2020-05-01>"
	      "<h1>A</h1><p>8 Oct 2024",
	      "A[heading]|[-]|2019-05-01[meta]|2020-05-01|-|-");
	check("<meta property=article:published_time content=2019-05-01>"
	      "<meta property=article:modified_time content=2024-10-07T23:00Z>"
	      "<h1>A</h1><p>8 Oct 2024",
	      "A[heading]|[-]|2024-10-08[text]|2024-10-07T23:00:00Z|-|-");
}

static void date_before_that_of_a_change_is_that_of_publication(void **state)
{
	struct buf html = {0};

	(void)state;
	buf_addstr(&html, "<h1>A</h1>");
	add_words(&html, 10000);
	buf_addstr(&html, "<p>8 Oct 2024. <i>Updated: 9 Oct 2024</i>");
	check(buf_cstr(&html), "A[heading]|[-]|2024-10-08[text]|2024-10-09|-|-");
	buf_release(&html);
}

static void date_in_a_list_of_references_is_not_that_of_the_page(void **state)
{
	(void)state;
	check("<h1>A</h1><ul class=references><li>J Boats. Published online "
	      "May 22, 2019",
	      "A[heading]|[-]|-[-]|-|-|-");
}

static void date_quoted_in_a_post_does_not_confirm_a_hidden_one(void **state)
{
	struct buf html = {0};

	(void)state;
	buf_addstr(&html, JSON_LD("\"datePublished\":"
				  "\"2024-10-08T23:00:00Z\"")
		   "<h1>A</h1><time datetime=2024-10-09T04:00:00+05:00>"
		   "</time>");
	add_words(&html, 600);
	buf_addstr(&html, "<p>8 October 2024");
	check(buf_cstr(&html), "A[heading]|[-]|2024-10-09T04:00:00+05:00"
			       "[text]|-|-|-");
	buf_release(&html);
}

static void date_inside_of_a_sentence_is_not_that_of_the_page(void **state)
{
	(void)state;
	check("<h1>A</h1><p>The end of the season for most of the boats in the "
	      "old harbour is April 15, 2025.",
	      "A[heading]|[-]|-[-]|-|-|-");
	check("<h1>A</h1><p>April 15, 2025. The season has ended for most of "
	      "the boats in the harbour.",
	      "A[heading]|[-]|2025-04-15[text]|-|-|-");
	check("<h1>A</h1><p>This list of all the boats in the harbour was "
	      "published on April 15, 2025, by us.",
	      "A[heading]|[-]|2025-04-15[text]|-|-|-");
}

static void date_of_a_members_registration_is_left_out(void **state)
{
	(void)state;
	check("<h1>A</h1><b>Founded:</b> Dec 11, 2021<p>Aug 27, 2019 1:47 am",
	      "A[heading]|[-]|2019-08-27[text]|-|-|-");
	check("<h1>A</h1><b>Registriert:</b> 11.12.2021<p>27.08.2019",
	      "A[heading]|[-]|2019-08-27[text]|-|-|-");
}

static void date_called_one_may_be_farther_from_the_title(void **state)
{
	static const char *const dates[] = {
		"<time datetime=2024-10-08>8 Oct</time>",
		"<p class=date>8 Oct 2024", "<p>8 Oct 2024",
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct buf html = {0};

		buf_addstr(&html, "<h1>A</h1>");
		add_words(&html, 2000);
		buf_addstr(&html, dates[i]);
		add_words(&html, 2000);
		buf_addstr(&html, "<p>9 Oct 2024");
		check(buf_cstr(&html),
		      i == 2 ? "A[heading]|[-]|-[-]|-|-|-"
			     : "A[heading]|[-]|2024-10-08[text]|-|-|-");
		buf_release(&html);
	}
}

static void other_dates_of_the_page_tell_the_order_of_day_and_month(
	void **state)
{
	(void)state;
	check("<html lang=en><h1>A</h1><p>03/10/2023<p>16 February 2022",
	      "A[heading]|[-]|2023-10-03[text]|-|-|en");
	check("<html lang=en><h1>A</h1><p>03/10/2023<p>23/02/2022",
	      "A[heading]|[-]|2023-10-03[text]|-|-|en");
	check("<html lang=en><h1>A</h1><p>03/10/2023",
	      "A[heading]|[-]|2023-03-10[text]|-|-|en");
	check("<html lang=en><h1>A</h1><p>03/10/2023<p>February 16, 2022",
	      "A[heading]|[-]|2023-03-10[text]|-|-|en");
	check("<html lang=en><h1>A</h1><p>03/10/2023<p>16 February 2022"
	      "<p>March 3, 2022",
	      "A[heading]|[-]|2023-03-10[text]|-|-|en");
	check("<html lang=en><h1>A</h1><time datetime=03-10-2023></time>"
	      "<p>October 3, 2023",
	      "A[heading]|[-]|2023-10-03[text]|-|-|en");
	check("<html lang=en-US><h1>A</h1><p>03/10/2023<p>16 February 2022",
	      "A[heading]|[-]|2023-03-10[text]|-|-|en-US");
	check("<html lang=en-US><h1>A</h1><p>03/10/2023<p>3 October 2023",
	      "A[heading]|[-]|2023-10-03[text]|-|-|en-US");
	check("<html lang=fr><h1>A</h1><p>03/10/2023<p>10 mars 2023",
	      "A[heading]|[-]|2023-10-03[text]|-|-|fr");
}

static void date_is_read_from_the_url(void **state)
{
	(void)state;
	check_at("https://a.example/2024/10/08/sail", "<h1>A</h1>",
		 "A[heading]|[-]|2024-10-08[url]|-|-|-");
	check_at("https://a.example/2024/10/sail/12/08", "<h1>A</h1>",
		 "A[heading]|[-]|-[-]|-|-|-");
	check("<link rel=canonical href=https://a.example/n/2024-10-08-sail>",
	      "-[-]|[-]|2024-10-08[url]|-|-|-");
}

static void references_escaped_twice_are_decoded(void **state)
{
	(void)state;
	check("<title>Row &amp;amp; sail&amp;reg;</title>",
	      "Row & sail®[title]|[-]|-[-]|-|-|-");
	check("<meta property=og:title content='Row &amp;amp; sail'>",
	      "Row & sail[meta]|[-]|-[-]|-|-|-");
}

static void initials_are_no_author(void **state)
{
	(void)state;
	check("<h1>A</h1><i class=author>CP</i><b class=author>Jane Doe</b>",
	      "A[heading]|Jane Doe[byline]|-[-]|-|-|-");
}

static void name_of_the_site_is_not_split_into_authors(void **state)
{
	(void)state;
	check("<meta property=og:site_name content='Doe &amp; Roe'>"
	      "<meta name=author content='Jane Li'>"
	      JSON_LD("\"author\":{\"name\":\"Doe & Roe\"}") "<h1>A</h1>",
	      "A[heading]|Jane Li[meta]|-[-]|-|Doe & Roe|-");
}

static void byline_near_the_title_names_the_authors(void **state)
{
	static const char *const bylines[] = {
		"<p>By Jane Doe</p>",
		"<p>By <a href=/j>Jane Doe</a></p>",
		"<p>By</p><p>Jane Doe</p>",
		"<a rel=author href=/j>Jane Doe</a>",
		"<span class=post-author>Jane Doe</span>",
		"<div class=byline>By <b>Jane Doe</b><i>Staff Writer</i></div>",
		"<span itemprop=author><img><b itemprop=name>Jane Doe</b>"
		"<i>Boss</i></span>",
		"<a href=/author/jane>Jane Doe</a>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bylines) / sizeof(*bylines); i++) {
		struct buf html = {0};

		buf_addf(&html, "<h1>A</h1>%s<p>Text</p><div class=comments>"
				"<p class=author>Troll</p></div>", bylines[i]);
		check(buf_cstr(&html),
		      "A[heading]|Jane Doe[byline]|-[-]|-|-|-");
		buf_release(&html);
	}
	check("<h1>A</h1><a rel=author>Jane Doe</a>, <a rel=author>John Roe"
	      "</a>", "A[heading]|Jane Doe+John Roe[byline]|-[-]|-|-|-");
	check("<h1>A</h1><p>By the way, this is a sentence.</p>",
	      "A[heading]|[-]|-[-]|-|-|-");
}

static void shown_authors_are_preferred_to_hidden_ones(void **state)
{
	(void)state;
	check("<meta name=author content=jdoe7><h1>A</h1><p>By Jane Doe</p>",
	      "A[heading]|Jane Doe[byline]|-[-]|-|-|-");
	check("<meta name=author content='Jane Doe, John Roe'><h1>A</h1>"
	      "<p>By Jane Doe</p>",
	      "A[heading]|Jane Doe+John Roe[meta]|-[-]|-|-|-");
	check("<meta name=citation_author content='Doe, Jane'><h1>A</h1>"
	      "<p>By Max Li</p>",
	      "A[heading]|Jane Doe[meta]|-[-]|-|-|-");
}

static void text_of_a_byline_that_is_no_name_is_left_out(void **state)
{
	(void)state;
	check("<h1>A</h1><p class=author>Read the latest</p>"
	      "<p class=byline>I write about boats and more</p>",
	      "A[heading]|[-]|-[-]|-|-|-");
	check("<h1>A sail</h1><p class=author>A sail</p>",
	      "A sail[heading]|[-]|-[-]|-|-|-");
}

static void site_is_the_author_only_if_nobody_else_is(void **state)
{
	(void)state;
	check("<meta property=og:site_name content=Acme>"
	      "<meta name=author content=Acme><h1>A</h1><p>By Jane Doe</p>",
	      "A[heading]|Jane Doe[byline]|-[-]|-|Acme|-");
	check("<meta property=og:site_name content=Acme>"
	      "<meta name=author content=Acme><h1>A</h1>",
	      "A[heading]|Acme[meta]|-[-]|-|Acme|-");
}

/* Returns the CPU time, in seconds, of reading a page that consists of a part
 * again and again. */
static double time_of(const char *part, size_t times)
{
	struct article_metadata m = {0};
	struct buf html = {0};
	xmlDoc *doc;
	double start;

	for (size_t i = 0; i < times; i++)
		buf_addstr(&html, part);
	doc = html_text_parse(html.data, html.len);
	assert_non_null(doc);
	start = cpu_seconds();
	metadata_read(&m, doc, NULL);
	start = cpu_seconds() - start;
	metadata_release(&m);
	html_text_free(doc);
	buf_release(&html);
	return start;
}

static void time_is_linear_in_the_size_of_the_page(void **state)
{
	static const char *const parts[] = {
		"<meta name=author content='Jane Doe'>",
		"<meta property=og:title content='A B C'>",
		"<h1>A</h1>", "<h1>",
		"<p class=author></p>", "<b class=author>",
		"<p class=byline>By Jane Doe</p>",
		"<p>8 October 2024</p>", "<time datetime=2024-10-08>",
		"<p>until 8 October 2024 until 9 October 2024</p>",
		"<div class='a b c d e f g h'>8 October 2024",
		"<script type=application/ld+json>{\"@type\":\"Article\","
		"\"author\":{\"@id\":\"a\",\"name\":\"b\"}}</script>",
		"<script type=application/ld+json>[[[[[[[[</script>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		const double seconds = time_of(parts[i], 30000);

		if (seconds > 2)
			fail_msg("%s: %.1f s", parts[i], seconds);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(page_without_metadata_has_none),
		cmocka_unit_test(heading_that_agrees_with_the_title_is_the_title),
		cmocka_unit_test(name_of_the_site_is_not_in_the_title),
		cmocka_unit_test(json_ld_is_read_in_all_its_forms),
		cmocka_unit_test(author_is_found_by_the_id_in_json_ld),
		cmocka_unit_test(meta_elements_of_several_vocabularies_are_read),
		cmocka_unit_test(
			date_that_cannot_be_is_not_taken_from_meta_alone),
		cmocka_unit_test(dates_in_the_page_are_found_near_the_title),
		cmocka_unit_test(
			date_far_from_the_title_is_taken_if_it_is_the_only_one),
		cmocka_unit_test(text_that_is_the_title_stands_for_a_heading),
		cmocka_unit_test(heading_is_no_label_of_the_date_after_it),
		cmocka_unit_test(shown_date_is_preferred_to_a_hidden_one),
		cmocka_unit_test(
			shown_change_is_the_date_if_json_ld_alone_has_another),
		cmocka_unit_test(
			label_of_a_date_may_be_in_the_elements_around_it),
		cmocka_unit_test(day_that_a_time_element_shows_counts),
		cmocka_unit_test(
			change_is_no_date_if_that_of_publication_is_withheld),
		cmocka_unit_test(
			first_publication_counts_wherever_the_page_says_it),
		cmocka_unit_test(hidden_date_of_the_last_change_is_replaced),
		cmocka_unit_test(
			shown_date_after_the_last_change_replaces_no_hidden_one),
		cmocka_unit_test(
			date_before_that_of_a_change_is_that_of_publication),
		cmocka_unit_test(
			date_in_a_list_of_references_is_not_that_of_the_page),
		cmocka_unit_test(
			date_quoted_in_a_post_does_not_confirm_a_hidden_one),
		cmocka_unit_test(
			date_inside_of_a_sentence_is_not_that_of_the_page),
		cmocka_unit_test(date_of_a_members_registration_is_left_out),
		cmocka_unit_test(date_called_one_may_be_farther_from_the_title),
		cmocka_unit_test(
			other_dates_of_the_page_tell_the_order_of_day_and_month),
		cmocka_unit_test(date_is_read_from_the_url),
		cmocka_unit_test(references_escaped_twice_are_decoded),
		cmocka_unit_test(initials_are_no_author),
		cmocka_unit_test(name_of_the_site_is_not_split_into_authors),
		cmocka_unit_test(byline_near_the_title_names_the_authors),
		cmocka_unit_test(shown_authors_are_preferred_to_hidden_ones),
		cmocka_unit_test(text_of_a_byline_that_is_no_name_is_left_out),
		cmocka_unit_test(site_is_the_author_only_if_nobody_else_is),
		cmocka_unit_test(time_is_linear_in_the_size_of_the_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
