/* Parser of pseudo-classes and of the endings ::text, ::attr(name) and
 * ::html. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "parse/css/parser.h"

enum { MAX_SHOWN = 40 };	/* bytes of a pseudo-class's name that an error
				 * message shows */

struct row {
	const char *name;
	enum css_kind kind;
	/* Reads the argument in parentheses; NULL: the pseudo-class has
	 * none. */
	bool (*read)(struct css_parser *p, struct css_simple *s);
	bool from_end, of_type;
	bool both_ends;		/* counts from both ends, as
				 * :first-child:last-child does */
};

static bool read_not(struct css_parser *p, struct css_simple *s)
{
	return css_parse_nested_list(p, s, false);
}

/* The list of :is() may be empty; then the pseudo-class matches nothing. An
 * invalid selector in the list is an error. Browsers skip invalid ones, so that
 * style sheets work in older and newer versions, but the user here should be
 * told. */
static bool read_is(struct css_parser *p, struct css_simple *s)
{
	css_skip_space(&p->c);
	if (*p->c.at != ')')
		return css_parse_nested_list(p, s, false);
	s->list = xcalloc(1, sizeof(*s->list));
	return true;
}

static bool read_has(struct css_parser *p, struct css_simple *s)
{
	bool valid;

	p->in_has = true;
	valid = css_parse_nested_list(p, s, true);
	p->in_has = false;
	return valid;
}

static bool read_range(struct css_cursor *c, struct css_text *range)
{
	if (*c->at == '"' || *c->at == '\'')
		return css_take_string(c, range);
	if (css_name_begins(c->at))
		return css_take_name(c, range);
	return css_fail(c, c->at, "a language should be here (one with * "
			"needs quotes)");
}

static bool read_lang(struct css_parser *p, struct css_simple *s)
{
	struct css_cursor *c = &p->c;

	for (;;) {
		css_skip_space(c);
		s->words = css_grow(s->words, s->words_count,
				    sizeof(*s->words));
		if (!read_range(c, &s->words[s->words_count++]))
			return false;
		css_skip_space(c);
		if (*c->at != ',')
			return true;
		c->at++;
	}
}

static const struct row rows[] = {
	{"not", .kind = CSS_NOT, .read = read_not},
	{"is", .kind = CSS_IS, .read = read_is},
	{"where", .kind = CSS_IS, .read = read_is},
	{"has", .kind = CSS_HAS, .read = read_has},
	{"nth-child", .kind = CSS_NTH, .read = css_parse_nth},
	{"nth-last-child", .kind = CSS_NTH, .read = css_parse_nth,
	 .from_end = true},
	{"nth-of-type", .kind = CSS_NTH, .read = css_parse_nth,
	 .of_type = true},
	{"nth-last-of-type", .kind = CSS_NTH, .read = css_parse_nth,
	 .from_end = true,
	 .of_type = true},
	{"first-child", .kind = CSS_NTH},
	{"last-child", .kind = CSS_NTH, .from_end = true},
	{"only-child", .kind = CSS_NTH, .both_ends = true},
	{"first-of-type", .kind = CSS_NTH, .of_type = true},
	{"last-of-type", .kind = CSS_NTH, .from_end = true, .of_type = true},
	{"only-of-type", .kind = CSS_NTH, .of_type = true, .both_ends = true},
	{"empty", .kind = CSS_EMPTY},
	{"root", .kind = CSS_ROOT},
	{"scope", .kind = CSS_SCOPE},
	{"lang", .kind = CSS_LANG, .read = read_lang},
	{"link", .kind = CSS_LINK},
	{"any-link", .kind = CSS_LINK},
	{"checked", .kind = CSS_CHECKED},
	{"disabled", .kind = CSS_DISABLED},
	{"enabled", .kind = CSS_ENABLED},
};

static bool close_parenthesis(struct css_parser *p, const char *open)
{
	css_skip_space(&p->c);
	if (!*p->c.at)
		return css_fail(&p->c, open, "no ) closes it");
	if (*p->c.at != ')')
		return css_fail(&p->c, p->c.at, ") should be here");
	p->c.at++;
	return true;
}

static bool unknown(struct css_cursor *c, const char *start, const char *name,
		    bool element)
{
	const char *hint = css_pseudo_hint(name);
	char *shown = utf8_clean(name, strlen(name), MAX_SHOWN, NULL);

	if (element)
		css_fail(c, start, "unknown pseudo-element ::%s (there are "
			 "::text, ::attr(name) and ::html)", shown);
	else if (hint)
		css_fail(c, start, ":%s %s", shown, hint);
	else
		css_fail(c, start, "unknown pseudo-class :%s", shown);
	free(shown);
	return false;
}

static void add_plain(struct css_compound *to, const struct row *row)
{
	struct css_simple *s = css_add(to, row->kind);

	if (row->kind != CSS_NTH)
		return;
	s->b = 1;
	s->from_end = row->from_end;
	s->of_type = row->of_type;
	if (!row->both_ends)
		return;
	s = css_add(to, CSS_NTH);
	s->b = 1;
	s->from_end = true;
	s->of_type = row->of_type;
}

static bool add_function(struct css_parser *p, struct css_compound *to,
			 const struct row *row)
{
	struct css_simple *s = css_add(to, row->kind);
	const char *open = p->c.at++;

	s->from_end = row->from_end;
	s->of_type = row->of_type;
	return row->read(p, s) && close_parenthesis(p, open);
}

static bool read_class(struct css_parser *p, struct css_compound *to,
		       const char *start, const char *name)
{
	const struct row *end = rows + sizeof(rows) / sizeof(*rows);
	const bool function = *p->c.at == '(';
	const struct row *row = rows;

	while (row < end && strcmp(row->name, name) != 0)
		row++;
	if (row == end)
		return unknown(&p->c, start, name, false);
	if (row->read && !function)
		return css_fail(&p->c, start, "an argument is missing: "
				":%s(...), without a space", name);
	if (!row->read && function)
		return css_fail(&p->c, p->c.at, ":%s has no argument", name);
	if (row->kind == CSS_HAS && p->in_has)
		return css_fail(&p->c, start, ":has() cannot be inside of "
				"another :has()");
	if (row->read)
		return add_function(p, to, row);
	add_plain(to, row);
	return true;
}

static bool read_attr(struct css_parser *p)
{
	struct css_cursor *c = &p->c;
	const char *open = c->at++;

	css_skip_space(c);
	if (!css_name_begins(c->at))
		return css_fail(c, c->at, "an attribute's name should be "
				"here, as in ::attr(href)");
	if (!css_take_name(c, &p->attr))
		return false;
	if (*c->at == ':')
		return css_fail(c, c->at,
				"a colon of a name is written \\:, as "
				"in ::attr(xlink\\:href)");
	return close_parenthesis(p, open);
}

/* Reads ::url if it comes next; moves past nothing else. */
static bool read_url(struct css_parser *p)
{
	const struct css_cursor before = p->c;
	struct css_text name, lower;

	css_skip_comments(&p->c);
	if (strncmp(p->c.at, "::", 2) != 0 || !css_name_begins(p->c.at + 2)) {
		p->c = before;
		return true;
	}
	p->c.at += 2;
	if (!css_take_name(&p->c, &name))
		return false;
	lower = css_lower(name);
	p->is_url = !strcmp(lower.p, "url");
	css_text_release(&name);
	css_text_release(&lower);
	if (!p->is_url)
		p->c = before;
	return true;
}

/* Reads the rest of ::text, ::html or ::attr(). name is the part after the
 * colons, in lower case. */
static bool read_take(struct css_parser *p, const char *start,
		      const char *name)
{
	const bool function = *p->c.at == '(';

	if (p->take != CSS_TAKE_ATTR && function)
		return css_fail(&p->c, p->c.at, "::%s has no argument", name);
	if (p->take == CSS_TAKE_ATTR && !function)
		return css_fail(&p->c, start, "an argument is missing: "
				"::attr(name), without a space");
	return p->take != CSS_TAKE_ATTR || read_attr(p);
}

static bool read_element(struct css_parser *p, const char *start,
			 const char *name)
{
	if (!strcmp(name, "text"))
		p->take = CSS_TAKE_TEXT;
	else if (!strcmp(name, "html"))
		p->take = CSS_TAKE_HTML;
	else if (!strcmp(name, "attr"))
		p->take = CSS_TAKE_ATTR;
	else if (!strcmp(name, "url"))
		return css_fail(&p->c, start, "::url follows ::attr(name) or "
				"::text, as in a::attr(href)::url");
	else
		return unknown(&p->c, start, name, true);
	if (p->depth)
		return css_fail(&p->c, start, "::%s is for the end of the "
				"whole selector", name);
	p->end_mark = start;
	if (!read_take(p, start, name))
		return false;
	return p->take == CSS_TAKE_HTML || read_url(p);
}

bool css_parse_pseudo(struct css_parser *p, struct css_compound *to)
{
	const char *start = p->c.at++;
	struct css_text name, lower;
	bool element, valid;

	css_skip_comments(&p->c);
	element = *p->c.at == ':';
	if (element) {
		p->c.at++;
		css_skip_comments(&p->c);
	}
	if (!css_name_begins(p->c.at))
		return css_fail(&p->c, p->c.at, "a name should follow the "
				"colon");
	if (!css_take_name(&p->c, &name))
		return false;
	lower = css_lower(name);
	valid = element ? read_element(p, start, lower.p)
		       : read_class(p, to, start, lower.p);
	css_text_release(&name);
	css_text_release(&lower);
	return valid;
}
