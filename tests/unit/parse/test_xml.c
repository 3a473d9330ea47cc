#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "parse/html/html.h"
#include "parse/library.h"
#include "parse/text/node_text.h"
#include "parse/xml/xml.h"
#include "tests/unit/rounds.h"

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void expect_whether(const char *xml, const char *outer, bool broken)
{
	struct buf out = {0};
	const char *why = "";
	xmlDoc *doc = xml_parse(xml, strlen(xml), &why);

	if (!doc || broken != (why != NULL))
		fail_msg("%s: %s", xml, why ? why : "nothing is wrong");
	text_outer_xml(&out, (xmlNode *)doc);
	xml_free(doc);
	assert_string_equal(buf_cstr(&out), outer ? outer : xml);
	buf_release(&out);
}

static void expect(const char *xml, const char *outer)
{
	expect_whether(xml, outer, false);
}

static void documents_are_read(void **state)
{
	static const struct {
		const char *xml, *outer;
	} rows[] = {
		{"", ""},
		{" ", ""},
		{"<a/>", NULL},
		{"<?xml version='1.0'?>\n<a/>", "<a/>"},
		{"\n<?xml version='1.0'?><a/>", "<a/>"},
		{"\xef\xbb\xbf<a/>", "<a/>"},
		{"<?xml version='1.0' encoding='utf-16'?><a>\xc3\xa9</a>",
		 "<a>\xc3\xa9</a>"},
		{"<?xml version='1.0' encoding='iso-8859-1'?><a>\xc3\xa9</a>",
		 "<a>\xc3\xa9</a>"},
		{"<?xml version='1.0' encoding='nonsense'?><a>\xc3\xa9</a>",
		 "<a>\xc3\xa9</a>"},
		{"<a b=\"1\" c='2'>x<b/>y</a>",
		 "<a b=\"1\" c=\"2\">x<b/>y</a>"},
		{"<a>&lt;&#65;&#x42;&amp;&quot;&apos;&gt;</a>",
		 "<a>&lt;AB&amp;\"'&gt;</a>"},
		{"<a><![CDATA[<b>&x;]]>c</a>", "<a>&lt;b&gt;&amp;x;c</a>"},
		{"<p:a xmlns:p=\"u\"><p:b/><c xmlns=\"v\"/></p:a>", NULL},
		{"<A><a/></A>", NULL},
		{"<script><b/></script>", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		expect(rows[i].xml, rows[i].outer);
}

static void characters_that_cannot_be_markup_are_text(void **state)
{
	static const struct {
		const char *xml, *outer;
	} rows[] = {
		{"<a>x & y</a>", "<a>x &amp; y</a>"},
		{"<a>x && y &</a>", "<a>x &amp;&amp; y &amp;</a>"},
		{"<a>?a=1&b=2&amp;c=3</a>", "<a>?a=1&amp;b=2&amp;c=3</a>"},
		{"<a b='?a=1&b=2&amp;c=3'/>",
		 "<a b=\"?a=1&amp;b=2&amp;c=3\"/>"},
		{"<a>5 < 6 <= 7 <3</a>", "<a>5 &lt; 6 &lt;= 7 &lt;3</a>"},
		{"<a b='5 < 6'/>", "<a b=\"5 &lt; 6\"/>"},
		{"<a>&nbsp;x&eacute;y</a>",
		 "<a>&amp;nbsp;x&amp;eacute;y</a>"},
		{"<a b='&nbsp;x'/>", "<a b=\"&amp;nbsp;x\"/>"},
		{"<!DOCTYPE a SYSTEM 'x'><a b='&nbsp;'>&nbsp;x</a>",
		 "<!DOCTYPE a SYSTEM \"x\"><a b=\"&amp;nbsp;\">&amp;nbsp;x"
		 "</a>"},
		{"<a>&#0;&#8;&#xD800;&#x110000;&#;&#x;&#xg;&;&#65</a>",
		 "<a>&amp;#0;&amp;#8;&amp;#xD800;&amp;#x110000;&amp;#;&amp;#x;"
		 "&amp;#xg;&amp;;&amp;#65</a>"},
		{"<a>&amp &copy 2</a>", "<a>&amp;amp &amp;copy 2</a>"},
		{"<a>&#150;&</a>", "<a>\xc2\x96&amp;</a>"},
		{"<a>x]]>y</a>", "<a>x]]&gt;y</a>"},
		{"<a><![CDATA[x & y < &amp;]]>&<!-- & < --></a>",
		 "<a>x &amp; y &lt; &amp;amp;&amp;<!-- & < --></a>"},
		{"<a><?p & < ?>&</a>", "<a><?p & < ?>&amp;</a>"},
		{"<a><!-- -- -->x</a>", NULL},
		{"<p:a>x</p:a>", NULL},
		{"<?xml version='1.0'encoding='utf-8'?><a/>", "<a/>"},
		{"<!DOCTYPE a [<!ENTITY x 'a & b < c'>]><a>&x; &</a>",
		 "<!DOCTYPE a><a>&amp;x; &amp;</a>"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		expect(rows[i].xml, rows[i].outer);
}

static void other_mistakes_are_reported(void **state)
{
	static const struct {
		const char *xml, *outer;
	} rows[] = {
		{"text", ""},
		{"<", ""},
		{"<a><b>x", "<a><b>x</b></a>"},
		{"<a><b>x &", "<a><b>x &amp;</b></a>"},
		{"<a><b>x</a>", "<a><b>x</b></a>"},
		{"<a>x</b>y</a>", "<a>x</a>"},
		{"<a b=1 c='2'>x</a>", "<a/>"},
		{"<a b='1'c='2'/>", "<a b=\"1\"/>"},
		{"<a>x <b then</a>", "<a>x <b/></a>"},
		{"<a>x\x01y</a>", "<a>xy</a>"},
		{"<a/><b/>", "<a/>"},
		{"<a/>text", "<a/>"},
		{"<a b='1' b='2'/>", "<a b=\"1\" b=\"2\"/>"},
		{"<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>",
		 "<a xmlns:p=\"u\" xmlns:q=\"u\" p:b=\"1\" q:b=\"2\"/>"},
		{"<a><![CDATA[x", "<a/>"},
		{"<a><!-- x", "<a/>"},
		{"<a>x</a", "<a>x</a>"},
		{"<!DOCTYPE a [<a/>", "<!DOCTYPE a>"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		expect_whether(rows[i].xml, rows[i].outer, true);
	{
		const char *why;
		xmlDoc *doc = xml_parse("<a>x\0y</a>", 10, &why);
		struct buf out = {0};

		assert_non_null(doc);
		assert_non_null(why);
		text_of(&out, (xmlNode *)doc);
		assert_string_equal(buf_cstr(&out), "x\xef\xbf\xbdy");
		buf_release(&out);
		xml_free(doc);
	}
}

static void declarations_in_a_document_are_ignored(void **state)
{
	static const struct {
		const char *declarations, *root, *outer;
	} rows[] = {
		{"<!ENTITY x 'y'>", "<a b='&x;'>&x;</a>",
		 "<a b=\"&amp;x;\">&amp;x;</a>"},
		{"<!ENTITY x SYSTEM 'file:///etc/passwd'>", "<a>&x;</a>",
		 "<a>&amp;x;</a>"},
		{"<!ENTITY lt 'y'>", "<a>&lt;</a>", "<a>&lt;</a>"},
		{"<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;", "<a/>",
		 "<a/>"},
		{"<!ENTITY % p '<!ENTITY x \"y\">'> %p;", "<a>&x;</a>",
		 "<a>&amp;x;</a>"},
		{"<!ATTLIST a b CDATA 'c' id ID 'x'>", "<a/>", "<a/>"},
		{"<!ATTLIST a xmlns CDATA 'c'>", "<a/>", "<a/>"},
		{"<!-- ' ]> --><?x ' ]> ?><!ENTITY x ']>\"'>", "<a>&x;</a>",
		 "<a>&amp;x;</a>"},
		{"", "<a/>", "<a/>"},
	};
	struct buf xml = {0}, outer = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		buf_clear(&xml);
		buf_addf(&xml, "<!DOCTYPE a [%s] ><!-- --> %s",
			 rows[i].declarations, rows[i].root);
		buf_clear(&outer);
		buf_addf(&outer, "<!DOCTYPE a><!-- -->%s", rows[i].outer);
		expect(buf_cstr(&xml), buf_cstr(&outer));
		buf_clear(&xml);
		buf_addf(&xml, "<!DOCTYPE a PUBLIC 'p' 'http://127.0.0.1:1/d'"
			 " [ %s\n]\n>%s",
			 rows[i].declarations, rows[i].root);
		buf_clear(&outer);
		buf_addf(&outer, "<!DOCTYPE a PUBLIC \"p\" "
			 "\"http://127.0.0.1:1/d\">%s", rows[i].outer);
		expect(buf_cstr(&xml), buf_cstr(&outer));
	}
	buf_release(&xml);
	buf_release(&outer);
}

/* Share of the usual size that add_times() and add_numbered() write. */
static size_t part = 1;

static void add_times(struct buf *b, const char *s, size_t times)
{
	times /= part;
	for (size_t i = 0; i < times; i++)
		buf_addstr(b, s);
}

static void add_numbered(struct buf *b, const char *fmt, size_t times)
{
	times /= part;
	for (size_t i = 0; i < times; i++) {
		const char *percent = strchr(fmt, '%');

		buf_add(b, fmt, (size_t)(percent - fmt));
		buf_addf(b, "%zu", i);
		buf_addstr(b, percent + 1);
	}
}

static void billion_laughs(struct buf *b)
{
	buf_addstr(b, "<!DOCTYPE a [<!ENTITY l0 'lol'>");
	for (int i = 1; i < 30; i++) {
		buf_addf(b, "<!ENTITY l%d '", i);
		for (int k = 0; k < 10; k++)
			buf_addf(b, "&l%d;", i - 1);
		buf_addstr(b, "'>");
	}
	buf_addstr(b, "]><a b='&l29;'>&l29;</a>");
}

static void quadratic_blowup(struct buf *b)
{
	buf_addstr(b, "<!DOCTYPE a [<!ENTITY x '");
	add_times(b, "x", 100000);
	buf_addstr(b, "'>]><a>");
	add_times(b, "&x;", 100000);
}

static void parameter_entities(struct buf *b)
{
	buf_addstr(b, "<!DOCTYPE a [<!ENTITY % p0 'x'>");
	for (int i = 1; i < 30; i++)
		buf_addf(b, "<!ENTITY %% p%d '%%p%d;%%p%d;%%p%d;'>", i, i - 1,
			 i - 1, i - 1);
	buf_addstr(b, "%p29;]><a/>");
}

static void default_attributes(struct buf *b)
{
	buf_addstr(b, "<!DOCTYPE a [");
	add_numbered(b, "<!ATTLIST b c% CDATA 'x'>", 10000);
	buf_addstr(b, "]><a>");
	add_times(b, "<b/>", 100000);
}

static void attributes_of_a_tag(struct buf *b)
{
	buf_addstr(b, "<a><script>\"' =<x>");
	buf_addstr(b, "<a");
	add_numbered(b, " a%='<'", 1);
	buf_addstr(b, "<\xc3\xa9");
	add_numbered(b, " a%='>\"'", 100000);
}

static void namespaces_of_a_tag(struct buf *b)
{
	buf_addstr(b, "<a");
	add_numbered(b, " xmlns:a%='b'", 100000);
	buf_addstr(b, "/>");
}

static void namespaces_in_scope(struct buf *b)
{
	buf_addstr(b, "<a");
	add_numbered(b, " xmlns:a%='b'", 9000);
	buf_addstr(b, ">");
	add_times(b, "<a0:b/>", 100000);
}

static void namespaces_far_away(struct buf *b)
{
	buf_addstr(b, "<a xmlns:a='b'>");
	add_times(b, "<b>", 500);
	add_times(b, "<a:b a:c='' a:d=''/>", 500000);
}

static void names(struct buf *b)
{
	buf_addstr(b, "<a>");
	add_numbered(b, "<b%/>", 300000);
}

static void unknown_entities(struct buf *b)
{
	buf_addstr(b, "<a>");
	add_numbered(b, "&b%;", 300000);
}

static void unknown_entities_in_a_value(struct buf *b)
{
	buf_addstr(b, "<a b='");
	add_numbered(b, "&b%;", 300000);
	buf_addstr(b, "'><c/>");
}

static void names_of_bad_attributes(struct buf *b)
{
	buf_addstr(b, "<a>");
	add_numbered(b, "<b% c='' d% e='' f=", 500000);
}

static void names_of_namespaces(struct buf *b)
{
	buf_addstr(b, "<a>");
	add_numbered(b, "<b xmlns='%'/>", 250000);
}

static void instructions(struct buf *b)
{
	buf_addstr(b, "<a>");
	add_numbered(b, "<?b%?>", 300000);
}

static void depth(struct buf *b)
{
	add_times(b, "<a>", 5000000);
}

static void ids(struct buf *b)
{
	buf_addstr(b, "<a>");
	add_numbered(b, "<b xml:id='i%'/>", 250000);
}

static void end_tags(struct buf *b)
{
	buf_addstr(b, "<a>");
	add_times(b, "<b></c>", 2000000);
}

static void starts(struct buf *b)
{
	buf_addstr(b, "<a>");
	add_times(b, "<", 16000000);
}

static void ampersands(struct buf *b)
{
	buf_addstr(b, "<a>");
	add_times(b, "&", 16000000);
}

static void brackets(struct buf *b)
{
	buf_addstr(b, "<a>");
	add_times(b, "]]", 4000000);
	add_times(b, "]]>", 1000000);
}

static void comments(struct buf *b)
{
	buf_addstr(b, "<a>");
	add_times(b, "<!-", 10000);
	add_times(b, "<!--", 1000000);
	add_times(b, "--->", 1000000);
}

static void pieces_of_text(struct buf *b)
{
	buf_addstr(b, "<a>");
	add_times(b, "x<![CDATA[y]]>&lt;", 1000000);
}

static void elements(struct buf *b)
{
	buf_addstr(b, "<a>");
	add_times(b, "<b/>", 1500000);
}

static void long_text(struct buf *b)
{
	buf_addstr(b, "<a b='");
	add_times(b, "x", 12000000);
	buf_addstr(b, "'>");
	add_times(b, "x", 12000000);
}

static void open_doctype(struct buf *b)
{
	add_times(b, "<!DOCTYPE a [<!ENTITY a '", 50000);
}

static void text_declarations(struct buf *b)
{
	buf_addstr(b, "<!DOCTYPE a [ ");
	add_times(b, "<![INCLUDE[ <!-- ", 500000);
}

/* If a document is accepted, or is refused for the same reason as an earlier
 * one, a part of it is enough to find a parser that takes quadratic time. */
enum { PART = SANITIZED ? 50 : 8 };

static void hostile_documents_take_little_time_and_memory(void **state)
{
#define ROW(f, refused) {f, #f, refused}
	static const struct {
		void (*write)(struct buf *);
		const char *name;
		const char *refused;
	} rows[] = {
		ROW(billion_laughs, NULL),
		ROW(quadratic_blowup, NULL),
		ROW(parameter_entities, NULL),
		ROW(default_attributes, NULL),
		ROW(attributes_of_a_tag, "too many attributes on an XML tag"),
		ROW(namespaces_of_a_tag, "too many attributes on an XML tag"),
		ROW(namespaces_in_scope, "too many XML namespaces"),
		ROW(namespaces_far_away, "too many XML namespaces"),
		ROW(names, "too many different names in the XML"),
		ROW(unknown_entities, "too many different names in the XML"),
		ROW(unknown_entities_in_a_value,
		    "too many different names in the XML"),
		ROW(names_of_bad_attributes,
		    "too many different names in the XML"),
		ROW(names_of_namespaces, "too many different names in the XML"),
		ROW(instructions, "too many different names in the XML"),
		ROW(depth, "XML nested too deep"),
		ROW(ids, "too many different names in the XML"),
		ROW(end_tags, "too many errors in the XML"),
		ROW(starts, "too many errors in the XML"),
		ROW(ampersands, "too many errors in the XML"),
		ROW(brackets, NULL),
		ROW(comments, "too many errors in the XML"),
		ROW(pieces_of_text, NULL),
		ROW(elements, NULL),
		ROW(long_text, NULL),
		ROW(open_doctype, NULL),
		ROW(text_declarations, NULL),
	};
#undef ROW

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf xml = {0}, text = {0};
		const char *why = NULL;
		xmlDoc *doc;
		bool again = false;
		double took;

		for (size_t k = 0; k < i && rows[i].refused; k++)
			again |= rows[k].refused &&
				 !strcmp(rows[k].refused, rows[i].refused);
		part = again || !rows[i].refused ? PART : 1;
		rows[i].write(&xml);
		took = -now();
		doc = xml_parse(xml.data, xml.len, &why);
		if (doc)
			text_of(&text, (xmlNode *)doc);
		xml_free(doc);
		took += now();
		if (getenv("VERBOSE"))
			print_message("%s: %zu bytes, %g s, %s\n",
				      rows[i].name, xml.len, took,
				      doc ? "" : why);
		if (took > (SANITIZED ? 30 : 5))
			fail_msg("%s took %g s", rows[i].name, took);
		if (again && part > 1) {
			assert_true(doc || why);
		} else if (rows[i].refused) {
			assert_null(doc);
			assert_string_equal(why, rows[i].refused);
		} else if (!doc) {
			fail_msg("%s: %s", rows[i].name, why);
		}
		assert_true(text.len <= xml.len);
		buf_release(&xml);
		buf_release(&text);
	}
}

static void many_attributes_in_many_tags_are_read(void **state)
{
	struct buf xml = {0}, out = {0};
	const char *why;
	xmlDoc *doc;

	(void)state;
	buf_addstr(&xml, "<a xmlns=\"u\" xmlns:p=\"v\">");
	for (int i = 0; i < 20000; i++)
		buf_addstr(&xml, "<b c=\"1\" d=\"2\" e=\"3\" p:f=\"x > y\"/>");
	buf_addstr(&xml, "</a>");
	doc = xml_parse(xml.data, xml.len, &why);
	assert_non_null(doc);
	text_outer_xml(&out, (xmlNode *)doc);
	assert_int_equal(out.len, xml.len + 3 * 20000);
	xml_free(doc);
	buf_release(&xml);
	buf_release(&out);
}

static void nothing_is_printed(void **state)
{
	static const char *const rows[] = {
		"<a", "&", "<a>&x;</b>", "<!DOCTYPE a SYSTEM '/nowhere'><a>&x;",
		"<a xmlns:p='%' p:b='' q:c=''>", "<?xml version='9'?><a/>",
		"<?xml encoding='x'?>",
	};
	int ends[2], saved = dup(2);
	const char *why;
	char c;

	(void)state;
	assert_int_equal(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
	assert_int_equal(dup2(ends[1], 2), 2);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		xml_free(xml_parse(rows[i], strlen(rows[i]), &why));
	assert_int_equal(dup2(saved, 2), 2);
	assert_int_equal(read(ends[0], &c, 1), -1);
	close(ends[0]);
	close(ends[1]);
	close(saved);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documents_are_read),
		cmocka_unit_test(characters_that_cannot_be_markup_are_text),
		cmocka_unit_test(other_mistakes_are_reported),
		cmocka_unit_test(declarations_in_a_document_are_ignored),
		cmocka_unit_test(hostile_documents_take_little_time_and_memory),
		cmocka_unit_test(many_attributes_in_many_tags_are_read),
		cmocka_unit_test(nothing_is_printed),
	};
	int failed;

	parse_global_init();
	html_open();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	html_close();
	return failed;
}
