#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/json/compact.h"
#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/extract/extractor.h"
#include "parse/library.h"
#include "parse/xml/xml.h"
#include "tests/unit/html_text.h"
#include "tests/unit/rounds.h"
#include "tests/unit/single_thread.h"

#define HERE "http://example.com/dir/"
#define ROWS(rows) size_t i = 0; i < sizeof(rows) / sizeof(*(rows)); i++

/* A field. A list of fields ends at a NULL name. */
struct spec {
	const char *name;
	enum field_kind kind;
	const char *query;
	const char *type, *regex, *fallback;
	bool required;
	const struct spec *inside;
};

#define CSS(...) FIELD(FIELD_CSS, __VA_ARGS__)
#define PATH(...) FIELD(FIELD_XPATH, __VA_ARGS__)
#define JQ(...) FIELD(FIELD_JQ, __VA_ARGS__)
#define FIELD(k, n, ...) {.name = n, .kind = k, .query = __VA_ARGS__}

enum page { HTML, XML, JSON, OTHER };

struct row {
	enum page page;
	const char *text;
	const char *each;
	struct spec fields[7];	/* ends at a NULL name */
	const char *data;	/* expected JSON, with ' in place of " */
	const char *missing;	/* expected paths of missing fields; NULL: "" */
	const char *why;	/* beginning of the expected message */
};

static void add_fields(struct schema *x, struct fields *fields,
		       const struct spec *spec)
{
	for (; spec->name; spec++) {
		struct buf why = {0};
		struct field *field;

		if (schema_add(x, fields, spec->name, spec->kind,
				   spec->query, &field, &why) ||
		    (spec->regex &&
		     schema_regex(x, field, spec->regex, &why)))
			fail_msg("%s", buf_cstr(&why));
		if (spec->type)
			assert_int_equal(value_type_by_name(spec->type,
							    &field->type), 0);
		if (spec->fallback)
			field->fallback = xstrdup(spec->fallback);
		field->required = spec->required;
		if (spec->inside)
			add_fields(x, schema_inside(x, field),
				   spec->inside);
	}
}

static struct schema *make(const char *each, const struct spec *spec)
{
	struct schema *x = schema_new();
	struct buf why = {0};

	add_fields(x, &x->fields, spec);
	if ((each && schema_each(x, each, &why)) ||
	    schema_finish(x, &why))
		fail_msg("%s", buf_cstr(&why));
	return x;
}

static const char *read_page(struct extractor *e, enum page page,
			     const char *text, size_t len,
			     struct extracted *out)
{
	const char *why = NULL;
	struct url base;
	struct buf json = {0};
	size_t at;
	xmlDoc *doc;

	assert_int_equal(url_parse(&base, HERE, strlen(HERE), NULL), 0);
	switch (page) {
	case HTML:
		doc = html_text_parse(text, len);
		assert_non_null(doc);
		why = extractor_tree(e, doc, true, &base, out);
		html_text_free(doc);
		break;
	case XML:
		doc = xml_parse(text, len, &why);
		assert_non_null(doc);
		why = extractor_tree(e, doc, false, &base, out);
		xml_free(doc);
		break;
	case JSON:
		assert_null(json_compact(&json, text, len, &at));
		why = extractor_json(e, (struct slice){json.data, json.len},
				     &base, out);
		buf_release(&json);
		break;
	case OTHER:
		extractor_all_null(e, out);
		break;
	}
	url_release(&base);
	return why;
}

/* Returns the text with ' replaced by ". */
static char *unquote(const char *s)
{
	char *copy = xstrdup(s ? s : "");

	for (char *p = copy; *p; p++)
		if (*p == '\'')
			*p = '"';
	return copy;
}

static void compare(const char *what, struct buf *got, const char *expected)
{
	char *text = unquote(expected);

	if (strcmp(buf_cstr(got), text) != 0)
		fail_msg("%s\n is:   %s\n not:  %s", what, got->data, text);
	free(text);
}

static void check(const struct row *row)
{
	struct schema *x = make(row->each, row->fields);
	struct extractor *e = extractor_new(x);
	struct extracted out = {0};
	const char *why;

	/* Read the page twice: nothing may be left of the first reading. */
	for (int i = 0; i < 2; i++) {
		why = read_page(e, row->page, row->text, strlen(row->text),
				&out);
		if (!why != !row->why ||
		    (why && strncmp(why, row->why, strlen(row->why)) != 0))
			fail_msg("%s: %s", row->text, why ? why : "no error");
		compare(row->text, &out.data, row->data);
		compare(row->text, &out.missing, row->missing);
	}
	extracted_release(&out);
	extractor_free(e);
	schema_free(x);
}

static void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check(&rows[i]);
}

#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof(*(rows)))

static void selector_gives_the_first_match_or_all(void **state)
{
	static const struct row rows[] = {
		{HTML, "<p> a\n b <i>c</i></p><p>d</p><p></p>",
		 .fields = {CSS("a", "p"), CSS("b[]", "p"),
		  CSS("c", "q"), CSS("d[]", "q")},
		 .data = "{'a':'a b c','b':['a b c','d',''],'c':null,'d':[]}"},
		{HTML, "<p> a <i>b</i> c\n</p><p><i>x</i></p><p>d</p>",
		 .fields = {CSS("a", "p::text"), CSS("b[]", "p::text"),
		  CSS("c", "p + p::text"),
		  CSS("d[]", "p i::text")},
		 .data =
		 "{'a':' a ','b':[' a ',' c\\n','d'],'c':'d','d':['b','x']}"},
		{HTML, "<a>1</a><a HREF=' x '>2</a><a href>3</a>",
		 .fields = {CSS("a", "a::attr(href)"),
		  CSS("b[]", "a::attr(HREF)"),
		  CSS("c", "a::attr(id)")},
		 .data = "{'a':' x ','b':[' x ',''],'c':null}"},
		{HTML, "<p>a <b>&lt;</b></p><p>c</p>",
		 .fields = {CSS("a", "p::html"), CSS("b[]", "p::html")},
		 .data = "{'a':'<p>a <b>&lt;</b></p>',"
		 "'b':['<p>a <b>&lt;</b></p>','<p>c</p>']}"},
		{XML, "<R><A X='1'>a</A><b/></R>",
		 .fields = {CSS("a", "A::attr(X)"), CSS("b", "b::html"),
		  CSS("c", "a")},
		 .data = "{'a':'1','b':'<b/>','c':null}"},
		{HTML, "<p>\x7f\"\\\xc2\x85</p>",
		 .fields = {CSS("\"a\"", "p::text")},
		 .data = "{'\\'a\\'':'\\u007f\\'\\\\\\u0085'}"},
		{HTML, "",
		 .fields = {CSS("a", "p"), CSS("b[]", "p")},
		 .data = "{'a':null,'b':[]}"},
	};

	(void)state;
	CHECK(rows);
}

static void path_gives_what_it_selects(void **state)
{
	static const struct row rows[] = {
		{HTML, "<p id=' i '> a\n b </p><p>c</p><!-- d -->",
		 .fields = {PATH("a", "//p"), PATH("b[]", "//p"),
		  PATH("c[]", "//p/text()"),
		  PATH("d", "//p/@id"),
		  PATH("e", "//comment()"),
		  PATH("f[]", "//q")},
		 .data =
		 "{'a':'a b','b':['a b','c'],'c':[' a\\n b ','c'],'d':' i ',"
		 "'e':' d ','f':[]}"},
		{HTML, "<p>a</p><p>b</p>",
		 .fields = {PATH("a", "count(//p)"),
		  PATH("b", "string(//p)"),
		  PATH("c", "//p = 'b'"),
		  PATH("d", "number('x')"),
		  PATH("e", "1 div 0")},
		 .data = "{'a':2,'b':'a','c':true,'d':null,'e':null}"},
		{HTML, "<p>",
		 .fields = {PATH("a[]", "1 div 4"), PATH("b[]", "' '"),
		  PATH("c", "9007199254740991"),
		  PATH("d", "0.1 + 0.2"),
		  PATH("e", "-0.5 - 0.5"),
		  PATH("f[]", "number('x')")},
		 .data = "{'a':[0.25],'b':[' '],'c':9007199254740991,"
		 "'d':0.30000000000000004,'e':-1,'f':[null]}"},
		{XML, "<r><?x y z?><a xmlns:n='u'/></r>",
		 .fields = {PATH("a", "//processing-instruction()"),
		  PATH("b", "//a/namespace::n"),
		  PATH("c", "/")},
		 .data = "{'a':'y z','b':'u','c':''}"},
	};

	(void)state;
	CHECK(rows);
}

static void filter_gives_json_as_it_comes(void **state)
{
	static const struct row rows[] = {
		{JSON, "{\"a\": [1, \"x\", null, {\"b\": false}]}",
		 .fields = {JQ("a", ".a"), JQ("b[]", ".a[]"),
			    JQ("c", ".nosuch"), JQ("d[]", "empty"),
			    JQ("e", ".a[]"), JQ("f", "empty")},
		 .data = "{'a':[1,'x',null,{'b':false}],'b':[1,'x',null,{'b':"
			 "false}],"
			 "'c':null,'d':[],'e':1,'f':null}"},
		{JSON,
		 "[\"1,5 \\u20ac\", \"\\ud83d\\ude00 7\", 8.0, true, [9]]",
		 .fields = {JQ("a[]", ".[]", .type = "number"),
			    JQ("b[]", ".[]", .type = "integer"),
			    JQ("c[]", ".[]", .regex = "^(.)"),
			    JQ("d[]", ".[2]", .type = "url")},
		 .data = "{'a':[1.5,7,8.0],'b':[7,8],'c':['1','\xf0\x9f\x98\x80',"
			 "'8'],"
			 "'d':[]}"},
		{JSON, "{\"t\": 1706697000, \"l\": \"../x\"}",
		 .fields = {JQ("a", ".t", .type = "date"),
			    JQ("b", ".l", .type = "url")},
		 .data = "{'a':'2024-01-31T10:30:00Z','b':'http://example.com/"
			 "x'}"},
	};

	(void)state;
	single_thread_only();
	CHECK(rows);
}

static void field_of_the_wrong_kind_is_null(void **state)
{
	static const struct spec inside[] = {JQ("x", "."),
					     CSS("y", ":scope"), {0}};
	static const struct row rows[] = {
		{HTML, "<p>a",
		 .fields = {JQ("a", "."), JQ("b[]", "."), CSS("c", "p")},
		 .data = "{'a':null,'b':null,'c':'a'}"},
		{JSON, "[]",
		 .fields = {CSS("a", "p"), PATH("b[]", "//p"),
			    CSS("c[]", "p", .inside = inside), JQ("d", ".")},
		 .data = "{'a':null,'b':null,'c':null,'d':[]}"},
		{OTHER, "",
		 .fields = {CSS("a", "p"), PATH("b[]", "//p"), JQ("c", "."),
			    JQ("d", ".", .fallback = "1"),
			    CSS("e", "p", .required = true)},
		 .data = "{'a':null,'b':null,'c':null,'d':1,'e':null}",
		 .missing = "'e'"},
		{HTML, "<p>a", .fields = {CSS("a", "p", .inside = inside)},
		 .data = "{'a':{'x':null,'y':'a'}}"},
		{JSON, "[]", .each = "p", .fields = {JQ("a", ".")},
		 .data = "[]"},
		{OTHER, "", .each = "p", .fields = {JQ("a", ".")},
		 .data = "[]"},
	};

	(void)state;
	single_thread_only();
	CHECK(rows);
}

static void each_gives_an_object_for_each_match(void **state)
{
	static const struct row rows[] = {
		{HTML,
		 "<b>0</b><ul><li>1 <b>x</b><li><b>y</b><b>z</b><li>3</ul>",
		 .each = "li",
		 .fields = {CSS("a", "b"), CSS("b[]", "b"),
			    CSS("c", ":scope::text"), PATH("d", "count(b)"),
			    CSS("e", "ul > li > b"), PATH("f", ".")},
		 .data = "[{'a':'x','b':['x'],'c':'1 ','d':1,'e':'x','f':'1 "
			 "x'},"
			 "{'a':'y','b':['y','z'],'c':null,'d':2,'e':'y','f':'"
			 "yz'},"
			 "{'a':null,'b':[],'c':'3','d':0,'e':null,'f':'3'}]"},
		{HTML, "<p>a", .each = "li", .fields = {CSS("a", "b")},
		 .data = "[]"},
		{XML, "<r><i><n>1</n></i><i/></r>", .each = "i",
		 .fields = {CSS("n", "n", .type = "integer")},
		 .data = "[{'n':1},{'n':null}]"},
		{HTML, "<div>1<div>2</div></div>", .each = "div",
		 .fields = {CSS("a[]", "div")},
		 .data = "[{'a':['2']},{'a':[]}]"},
	};

	(void)state;
	CHECK(rows);
}

static void objects_are_nested_in_objects(void **state)
{
	static const struct spec seller[] = {
		CSS("name", "b", .required = true),
		PATH("n", "count(.//b)"), {0}};
	static const struct spec offer[] = {
		CSS("price", "i", .type = "number", .required = true),
		CSS("seller", "u", .inside = seller),
		PATH("tags[]", "s"), {0}};
	static const struct row rows[] = {
		{HTML,
		 "<p><i>1,50</i><s>x</s><s>y</s></p><p><u><b>B</b></u></p>"
		 "<p><u>no</u></p>",
		 .fields = {CSS("offers[]", "p", .inside = offer),
			    PATH("best", "//p[2]", .inside = offer),
			    CSS("none", "q", .inside = offer),
			    PATH("nones[]", "//q", .inside = offer),
			    PATH("text", "//b/text()", .inside = offer)},
		 .data = "{'offers':[{'price':1.50,'seller':null,'tags':['x','"
			 "y']},"
			 "{'price':null,'seller':{'name':'B','n':1},'tags':[]},"
			 "{'price':null,'seller':{'name':null,'n':0},'tags':[]}"
			 "],"
			 "'best':{'price':null,'seller':{'name':'B','n':1},'"
			 "tags':[]},"
			 "'none':null,'nones':[],'text':null}",
		 .missing = "'offers[1].price','offers[2].price',"
			    "'offers[2].seller.name','best.price'"},
		{HTML, "<p><i>1</i></p><p><u></u></p>", .each = "p",
		 .fields = {CSS("x", ":scope", .inside = offer),
			    CSS("q", "q", .inside = offer, .required = true,
				.fallback = " {} "),
			    CSS("r[]", "q", .inside = offer, .required = true)},
		 .data = "[{'x':{'price':1,'seller':null,'tags':[]},'q':{},'r':"
			 "[]},"
			 "{'x':{'price':null,'seller':{'name':null,'n':0},'"
			 "tags':[]},"
			 "'q':{},'r':[]}]",
		 .missing =
			 "'[0].r','[1].x.price','[1].x.seller.name','[1].r'"},
		{HTML, "<p>", .fields = {PATH("number", "1", .inside = offer)},
		 .data = "{'number':null}"},
	};

	(void)state;
	CHECK(rows);
}

static void regex_and_type_make_or_refuse_a_value(void **state)
{
	static const struct row rows[] = {
		{HTML, "<p>id 7</p><p>none</p><p>id 8 id 9</p>",
		 .fields = {CSS("a[]", "p", .regex = "id (\\d)"),
		  CSS("b[]", "p", .regex = "id \\d"),
		  CSS("c", "p + p", .regex = "id (\\d)"),
		  CSS("d[]", "p", .type = "integer", .regex = "\\d$"),
		  CSS("e[]", "p", .type = "integer")},
		 .data =
		 "{'a':['7','8'],'b':['id 7','id 8'],'c':null,'d':[7,9],"
		 "'e':[7,8]}"},
		{HTML, "<a href='../x'>31 Jan 2024</a><a>$5.50</a>",
		 .fields = {CSS("a", "a::attr(href)", .type = "url"),
		  CSS("b", "a", .type = "date"),
		  CSS("c[]", "a", .type = "date"),
		  CSS("d[]", "a", .type = "number", .regex = "\\$(.*)"),
		  CSS("e", "a + a", .type = "integer")},
		 .data = "{'a':'http://example.com/x','b':'2024-01-31',"
		 "'c':['2024-01-31'],'d':[5.50],'e':null}"},
		{HTML, "<p>",
		 .fields = {PATH("a", "12.5", .type = "number"),
		  PATH("b", "12.5", .type = "integer"),
		  PATH("c", "true()", .type = "number"),
		  PATH("d", "12.5", .regex = "\\.(\\d)"),
		  PATH("e", "true()", .regex = "t"),
		  PATH("f", "'a1'", .type = "integer")},
		 .data = "{'a':12.5,'b':null,'c':null,'d':'5','e':null,'f':1}"},
	};

	(void)state;
	CHECK(rows);
}

static void missing_value_has_a_fallback_or_is_reported(void **state)
{
	static const struct row rows[] = {
		{HTML, "<p></p>",
		 .fields = {CSS("a", "q", .fallback = "0"),
		  CSS("b[]", "q", .fallback = "[ ]"),
		  CSS("c", "q", .fallback = "\"x\"", .required = true),
		  CSS("d", "p", .required = true),
		  CSS("e", "p", .type = "number", .required = true)},
		 .data =
		 "{'a':0,'b':[],'c':'x','d':'','e':null}", .missing = "'e'"},
		{HTML, "<p>1</p>",
		 .fields = {CSS("a", "p", .fallback = "0"),
		  CSS("b[]", "p", .fallback = "[2]"),
		  CSS("c[]", "q", .required = true),
		  CSS("\"d\"", "q", .required = true)},
		 .data = "{'a':'1','b':['1'],'c':[],'\\'d\\'':null}",
		 .missing = "'c','\\'d\\''"},
		{JSON, "{\"a\":null}",
		 .fields = {JQ("a", ".a", .fallback = "0"),
		  JQ("b", ".a", .required = true),
		  JQ("c[]", ".a", .required = true)},
		 .data = "{'a':0,'b':null,'c':[null]}", .missing = "'b'"},
	};

	(void)state;
	single_thread_only();
	CHECK(rows);
}

static void field_that_fails_is_null_and_the_others_stay(void **state)
{
	static const struct row rows[] = {
		{JSON, "{\"a\":1}",
		 .fields = {JQ("x", ".a"), JQ("y", ".a.b"),
		  JQ("z[]", "1, error(\"second\")")},
		 .data = "{'x':1,'y':null,'z':null}",
		 .why = "jq field \"y\": "},
		{HTML, "<p>(",
		 .fields = {PATH("x", "//p"),
		  PATH("y[]", "re:test('a', //p)"),
		  CSS("z", "p")},
		 .data = "{'x':'(','y':null,'z':'('}",
		 .why = "XPath field \"y\": "},
	};

	(void)state;
	single_thread_only();
	CHECK(rows);
}

/* --- Found values ----- */

/* Compares the states of the fields, then of `each`, as digits (enum
 * field_found). */
static void check_found(const struct row *row, const char *expected)
{
	struct schema *x = make(row->each, row->fields);
	struct extractor *e = extractor_new(x);
	struct extracted out = {0};

	/* The next page cannot be searched, and must not get the states of the
	 * first page. */
	(void)read_page(e, row->page, row->text, strlen(row->text), &out);
	for (size_t i = 0; i < out.found.len; i++)
		out.found.data[i] += '0';
	compare(row->text, &out.found, expected);
	assert_null(read_page(e, OTHER, NULL, 0, &out));
	assert_int_equal(out.found.len, strlen(expected));
	for (size_t i = 0; i < out.found.len; i++)
		assert_int_equal(out.found.data[i], FIELD_NOT_SEARCHED);
	extracted_release(&out);
	extractor_free(e);
	schema_free(x);
}

static void field_with_a_value_is_found(void **state)
{
	static const struct spec inside[] = {CSS("b", "q"), {0}};
	static const struct {
		struct row row;
		const char *found;
	} rows[] = {
		{{HTML, "<p>a</p><p></p><a>b</a>",
		  .fields = {CSS("a", "p"), CSS("b[]", "p"), CSS("c", "q"),
		   CSS("d[]", "q"), CSS("e", "p + p"),
		   CSS("f[]", "a::attr(href)")}}, "110010"},
		{{HTML, "<p>a</p>",
		  .fields = {CSS("a", "q", .fallback = "1"),
		   CSS("b[]", "q", .fallback = "[1]"),
		   CSS("c", "p", .type = "number"),
		   CSS("d", "p", .regex = "[0-9]"),
		   CSS("e", "p", .inside = inside),
		   CSS("f", "q", .inside = inside)}}, "000010"},
		{{HTML, "<p>a</p><p></p>",
		  .fields = {PATH("a", "//p"), PATH("b[]", "//q"),
		   PATH("c", "string(//q)"), PATH("d[]", "string(//q)"),
		   PATH("e", "number(//q)"), PATH("f", "count(//q)")}},
		 "100001"},
		{{JSON, "{\"a\":null,\"b\":[null,null],\"c\":[null,0]}",
		  .fields = {JQ("a", ".a"), JQ("b[]", ".b[]"),
		   JQ("c[]", ".c[]"), JQ("d", ".a == 1"), JQ("e", "empty"),
		   CSS("f", "a")}}, "001102"},
		{{HTML, "<li>a</li><li><b>b</b></li>", .each = "li",
		  .fields = {CSS("a", "b"), CSS("b", "i")}}, "101"},
		{{HTML, "<p>a</p>", .each = "li",
		  .fields = {CSS("a", "p"), CSS("b", "i")}}, "220"},
		{{JSON, "{}", .each = "li", .fields = {CSS("a", "p")}}, "22"},
		{{HTML, "<p>a</p>", .fields = {JQ("a", ".a"), CSS("b", "p")}},
		 "21"},
	};

	(void)state;
	single_thread_only();
	for (ROWS(rows))
		check_found(&rows[i].row, rows[i].found);
}

static void first_32768_fields_are_counted(void **state)
{
	struct schema *x = schema_new();
	struct extracted out = {0};
	struct field *field;
	struct buf why = {0};
	struct extractor *e;

	(void)state;
	single_thread_only();
	assert_int_equal(schema_add(x, &x->fields, "a", FIELD_CSS, "p",
					&field, &why), 0);
	/* Add the fields by hand, because schema_add() compares each name with
	 * all others. */
	x->fields.list = xrealloc(x->fields.list,
				  (SCHEMA_MAX_COUNTED + 1) *
					  sizeof(*field));
	for (size_t i = 1; i <= SCHEMA_MAX_COUNTED; i++)
		x->fields.list[i] = (struct field){
			.name = xstrdup("b"), .kind = FIELD_CSS,
			.query = xstrdup("q"),
			.css = css_compile("q", 1, &why, &(size_t){0}),
		};
	x->fields.count = SCHEMA_MAX_COUNTED + 1;
	assert_int_equal(schema_finish(x, &why), 0);
	e = extractor_new(x);
	assert_null(read_page(e, HTML, "<p>a", 4, &out));
	assert_int_equal(out.found.len, SCHEMA_MAX_COUNTED);
	assert_int_equal(out.found.data[0], 1);
	assert_int_equal(out.found.data[1], 0);
	extracted_release(&out);
	extractor_free(e);
	schema_free(x);
}

/* --- Large and hostile pages -------------- */

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Reads a page of the given text repeatedly, and checks that the CPU time is
 * small, with room for sanitizers. */
static const char *read_large(struct schema *x, struct buf *text,
			      struct extracted *out, struct extractor **e)
{
	const double start = seconds();
	const char *why;

	*e = extractor_new(x);
	why = read_page(*e, HTML, buf_cstr(text), text->len, out);
	assert_true(seconds() - start < 60);
	buf_release(text);
	return why;
}

static size_t count(const struct buf *b, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < b->len; i++)
		n += b->data[i] == c;
	return n;
}

static void check_json(const struct buf *data)
{
	struct buf again = {0};
	size_t at;

	assert_null(json_compact(&again, data->data, data->len, &at));
	assert_int_equal(again.len, data->len);
	assert_memory_equal(again.data, data->data, data->len);
	buf_release(&again);
}

static void page_of_links_gives_all_of_them(void **state)
{
	enum { LINKS = ROUNDS(300000) };
	static const struct spec fields[] = {
		CSS("a[]", "a::attr(href)", .type = "url"),
		PATH("b[]", "//a/@href"),
		CSS("c[]", "a"), {0}};
	struct schema *x = make(NULL, fields);
	struct buf text = {0};
	struct extracted out = {0};
	struct extractor *e;

	(void)state;
	single_thread_only();
	for (int i = 0; i < LINKS; i++)
		buf_addf(&text, "<a href=%d>%d</a>\n", i, i);
	assert_null(read_large(x, &text, &out, &e));
	assert_int_equal(count(&out.data, ','), 3 * (LINKS - 1) + 2);
	check_json(&out.data);
	extracted_release(&out);
	extractor_free(e);
	schema_free(x);
}

static void page_of_items_gives_all_fields_of_each(void **state)
{
	static const struct spec fields[] = {
		CSS("a", ".a"), CSS("b", ".b", .type = "number"),
		CSS("c", "a::attr(href)", .type = "url"),
		CSS("d[]", "li"), CSS("e", "li + li::text"),
		PATH("f", "./h2"), PATH("g", "count(.//li)"),
		CSS("h", "ul::html"),
		CSS("i", "q", .required = true),
		CSS("j", ".b", .type = "integer", .regex = "\\d+"), {0}};
	struct schema *x = make("div", fields);
	struct buf text = {0};
	struct extracted out = {0};
	struct extractor *e;

	(void)state;
	single_thread_only();
	for (int i = 0; i < 10000; i++)
		buf_addf(&text, "<div><h2 class=a>item %d</h2><p class='b c'>$"
			 "%d.50<a href=/%d>more</a><ul><li>1<li>2</ul></div>",
			 i, i, i);
	assert_null(read_large(x, &text, &out, &e));
	assert_int_equal(count(&out.data, '{'), 10000);
	assert_int_equal(count(&out.missing, ','), 9999);
	assert_non_null(strstr(buf_cstr(&out.data),
		"{\"a\":\"item 9999\",\"b\":9999.50,"
		"\"c\":\"http://example.com/9999\",\"d\":[\"1\",\"2\"],"
		"\"e\":\"2\",\"f\":\"item 9999\",\"g\":2,"
		"\"h\":\"<ul><li>1</li><li>2</li></ul>\",\"i\":null,"
		"\"j\":9999}"));
	check_json(&out.data);
	extracted_release(&out);
	extractor_free(e);
	schema_free(x);
}

/* Makes a schema of objects of divs, nested as deep as allowed. */
static struct schema *deep_objects(bool all)
{
	struct spec levels[SCHEMA_MAX_DEPTH + 1][2] = {0};
	struct schema *x;

	for (size_t i = 0; i <= SCHEMA_MAX_DEPTH; i++)
		levels[i][0] = (struct spec){
			all ? "a[]" : "a", FIELD_CSS, "div",
			.inside = i < SCHEMA_MAX_DEPTH ? levels[i + 1] :
							     NULL};
	x = make(NULL, levels[0]);
	return x;
}

static struct buf deep_page(void)
{
	struct buf text = {0};

	for (int i = 0; i < 200; i++)
		buf_addstr(&text, "<div>x");
	return text;
}

static void objects_sixteen_deep_are_found(void **state)
{
	struct schema *x = deep_objects(false);
	struct buf text = deep_page();
	struct extracted out = {0};
	struct extractor *e;

	(void)state;
	single_thread_only();
	assert_null(read_large(x, &text, &out, &e));
	assert_int_equal(count(&out.data, '{'), SCHEMA_MAX_DEPTH + 1);
	check_json(&out.data);
	extracted_release(&out);
	extractor_free(e);
	schema_free(x);
}

/* There are binomial(200, 17) ways to nest the objects. */
static void size_of_multiplying_objects_is_limited(void **state)
{
	struct extracted out = {0};
	struct extractor *e;
	struct schema *x;
	struct buf text;

	(void)state;
	if (SANITIZED)		/* is slow with sanitizers; other tests reach
				 * the limits, too */
		skip();
	x = deep_objects(true);
	text = deep_page();
	assert_non_null(read_large(x, &text, &out, &e));
	assert_string_equal(buf_cstr(&out.data), "{\"a\":null}");
	extracted_release(&out);
	extractor_free(e);
	schema_free(x);
}

static void size_of_extracted_markup_is_limited(void **state)
{
	static const struct spec fields[] = {
		CSS("a", "p"), CSS("b[]", "div::html"),
		CSS("c", "p"), {0}};
	struct schema *x = make(NULL, fields);
	struct buf text = {0};
	struct extracted out = {0};
	struct extractor *e;
	const char *why;

	(void)state;
	single_thread_only();
	for (int i = 0; i < 200; i++)
		buf_addstr(&text, "<div>");
	buf_addstr(&text, "<p>x</p>");
	for (int i = 0; i < 100000; i++)
		buf_addstr(&text, "0123456789");
	why = read_large(x, &text, &out, &e);
	assert_string_equal(why, "the extracted data is over 64 MB");
	assert_string_equal(buf_cstr(&out.data),
			    "{\"a\":\"x\",\"b\":null,\"c\":null}");
	extracted_release(&out);
	extractor_free(e);
	schema_free(x);
}

static void size_of_extracted_text_is_limited(void **state)
{
	static const struct spec fields[] = {
		CSS("a", "b"), CSS("b[]", "div", .type = "number"),
		CSS("c", "b"), {0}};
	struct schema *x = make(NULL, fields);
	struct buf text = {0};
	struct extracted out = {0};
	struct extractor *e;
	const char *why;

	(void)state;
	single_thread_only();
	for (int i = 0; i < 200; i++)
		buf_addstr(&text, "<div>");
	buf_addstr(&text, "<b>x</b>");
	for (int i = 0; i < 500000; i++)
		buf_addstr(&text, "no number ");
	why = read_large(x, &text, &out, &e);
	assert_string_equal(why, "the text of all fields is over 512 MB");
	assert_string_equal(buf_cstr(&out.data),
			    "{\"a\":\"x\",\"b\":null,\"c\":null}");
	assert_null(read_page(e, HTML, "<div>1", 6, &out));
	compare("", &out.data, "{'a':null,'b':[1],'c':null}");
	extracted_release(&out);
	extractor_free(e);
	schema_free(x);
}

/* Without the texts that are kept, the page takes 450 million steps. */
static void elements_with_many_nodes_are_walked_through_once(void **state)
{
	enum { DEPTH = 450, COUNT = 1000000 };

	static const struct spec fields[] = {
		CSS("a", "div div"), CSS("b", "body"), CSS("c[]", "div"),
		CSS("d", "p"), PATH("e", "//template/i"),
		PATH("f", "//template"), {0}};
	struct schema *x = make(NULL, fields);
	struct extractor *e;
	struct buf text = {0}, want = {0};
	struct extracted out = {0};
	clock_t before;

	(void)state;
	single_thread_only();
	buf_addstr(&text, "before<template>no text<i>of the page");
	for (int i = 0; i < COUNT / 10; i++)
		buf_addstr(&text, "<br>");
	buf_addstr(&text, "</template>");
	for (int i = 0; i < DEPTH; i++)
		buf_addstr(&text, "<div>");
	for (int i = 0; i < COUNT; i++)
		buf_addstr(&text, "<br>");
	buf_addstr(&text, "x<p>y<i>z</i>");
	buf_addstr(&want, "{'a':'xyz','b':'beforexyz','c':['xyz'");
	for (int i = 1; i < DEPTH; i++)
		buf_addstr(&want, ",'xyz'");
	buf_addstr(&want, "],'d':'yz','e':'of the page','f':''}");
	before = clock();
	assert_null(read_large(x, &text, &out, &e));
	assert_true((clock() - before) / CLOCKS_PER_SEC < 2);
	compare("", &out.data, buf_cstr(&want));
	buf_release(&want);
	extracted_release(&out);
	extractor_free(e);
	schema_free(x);
}

/* The inner elements come first. If each text were kept, that would be 100 MB;
 * the tree of the page has 3 MB. */
static void kept_texts_are_no_longer_than_the_page(void **state)
{
	enum { FIELDS = 100, TEXT = 1 << 20, NODES = 33000, MOST = 12 << 20 };

	struct spec fields[FIELDS + 1] = {0};
	char selectors[FIELDS][8];
	struct memory_account account;
	struct schema *x;
	struct extractor *e;
	struct buf text = {0};
	struct extracted out = {0};

	(void)state;
	single_thread_only();
	for (int i = 0; i < FIELDS; i++) {
		snprintf(selectors[i], sizeof(selectors[i]), ".i%d",
			 FIELDS - 1 - i);
		fields[i] = (struct spec)CSS(selectors[i], selectors[i],
					     .regex = "^xx");
		buf_addf(&text, "<div class=i%d>", i);
	}
	memset(buf_reserve(&text, TEXT), 'x', TEXT);
	text.len += TEXT;
	for (int i = 0; i < NODES; i++)
		buf_addstr(&text, "<br>");
	memory_budget_set((size_t)MOST * 16 / 11, 1);
	memory_account_init(&account);
	memory_account_start(&account);
	x = make(NULL, fields);
	assert_null(read_large(x, &text, &out, &e));
	assert_false(account.over);
	assert_non_null(strstr(buf_cstr(&out.data), "\".i0\":\"xx\""));
	extracted_release(&out);
	extractor_free(e);
	schema_free(x);
	memory_account_stop();
	memory_account_release(&account);
	memory_budget_set(0, 0);
}

static void stop_before_a_page_has_no_effect(void **state)
{
	static const struct spec fields[] = {CSS("a", "p"), {0}};
	struct schema *x = make(NULL, fields);
	struct extractor *e = extractor_new(x);
	struct extracted out = {0};

	(void)state;
	extractor_stop(e);
	assert_null(read_page(e, HTML, "<p>a", 4, &out));
	compare("", &out.data, "{'a':'a'}");
	extracted_release(&out);
	extractor_free(e);
	schema_free(x);
}

struct endless {
	struct extractor *e;
	struct extracted out;
	atomic_bool over;
};

static void *read_endless(void *arg)
{
	struct endless *endless = arg;

	assert_non_null(read_page(endless->e, JSON, "1", 1, &endless->out));
	atomic_store(&endless->over, true);
	return NULL;
}

static void stop_ends_an_endless_filter(void **state)
{
	static const struct spec fields[] = {
		JQ("a", "."), JQ("b", "def f: f; f"),
		JQ("c", "last(range(1e18))"), {0}};
	struct schema *x = make(NULL, fields);
	struct endless endless = {.e = extractor_new(x)};
	pthread_t thread;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, read_endless,
					&endless), 0);
	/* Stop repeatedly, because the thread may not have begun. */
	while (!atomic_load(&endless.over)) {
		extractor_stop(endless.e);
		sched_yield();
	}
	pthread_join(thread, NULL);
	assert_non_null(strstr(buf_cstr(&endless.out.data),
			       "\"b\":null,\"c\":null}"));
	extracted_release(&endless.out);
	extractor_free(endless.e);
	schema_free(x);
}

static int set_up(void **state)
{
	(void)state;
	parse_global_init();
	html_open();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	html_close();
	parse_global_cleanup();
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(selector_gives_the_first_match_or_all),
		cmocka_unit_test(path_gives_what_it_selects),
		cmocka_unit_test(filter_gives_json_as_it_comes),
		cmocka_unit_test(field_of_the_wrong_kind_is_null),
		cmocka_unit_test(each_gives_an_object_for_each_match),
		cmocka_unit_test(objects_are_nested_in_objects),
		cmocka_unit_test(regex_and_type_make_or_refuse_a_value),
		cmocka_unit_test(missing_value_has_a_fallback_or_is_reported),
		cmocka_unit_test(field_that_fails_is_null_and_the_others_stay),
		cmocka_unit_test(field_with_a_value_is_found),
		cmocka_unit_test(first_32768_fields_are_counted),
		cmocka_unit_test(page_of_links_gives_all_of_them),
		cmocka_unit_test(page_of_items_gives_all_fields_of_each),
		cmocka_unit_test(objects_sixteen_deep_are_found),
		cmocka_unit_test(size_of_multiplying_objects_is_limited),
		cmocka_unit_test(size_of_extracted_markup_is_limited),
		cmocka_unit_test(size_of_extracted_text_is_limited),
		cmocka_unit_test(elements_with_many_nodes_are_walked_through_once),
		cmocka_unit_test(kept_texts_are_no_longer_than_the_page),
		cmocka_unit_test(stop_before_a_page_has_no_effect),
		cmocka_unit_test(stop_ends_an_endless_filter),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
