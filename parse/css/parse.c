/*
 * Recursive-descent parser of Selectors Level 4: one function per part of the
 * grammar. Recursion happens only for parentheses, limited to CSS_MAX_DEPTH.
 *
 * Any error makes the whole selector invalid, also inside :is().
 *
 * Left out, as they cannot match anything: namespaces with a prefix (nothing
 * declares prefixes), columns, and pseudo-classes that need a browser
 * (parse/css/hints.c).
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "parse/css/parser.h"

void *css_grow(void *array, size_t count, size_t size)
{
	array = xgrow(array, count, 1, size);
	memset((char *)array + count * size, 0, size);
	return array;
}

struct css_simple *css_add(struct css_compound *to, enum css_kind kind)
{
	struct css_simple *s;

	to->simples = css_grow(to->simples, to->count, sizeof(*to->simples));
	s = &to->simples[to->count++];
	s->kind = kind;
	return s;
}

static bool is_combinator(char c)
{
	return c == '>' || c == '+' || c == '~';
}

static const char *unexpected_hint(const char *at)
{
	switch (*at) {
	case '\0':
	case ',':
		return "a selector is missing here";
	case '>':
	case '+':
	case '~':
		return "two combinators with nothing between them";
	case '/':
		return "a slash is XPath's, not CSS";
	case '@':
		return "@ is XPath's: CSS has attributes in brackets, [name]";
	case '(':
		return "( belongs to a pseudo-class, as in :not(...)";
	case '{':
		return "only a selector is wanted, no {...} after it";
	case '&':
		return "& is for nested rules: here it is :scope";
	case '|':
		return "a name or * should be around the |";
	case '"':
	case '\'':
		return "quotes can only be in [...] and (...)";
	case '*':
		return "* comes first, before classes and the like";
	default:
		break;
	}
	if (css_is_digit(*at))
		return "a name does not begin with a digit";
	return css_name_begins(at) ?
		"a tag comes first, before classes and the like" : NULL;
}

bool css_unexpected(struct css_parser *p)
{
	const char *at = p->c.at;
	const char *hint = unexpected_hint(at);

	if (*at == ')')
		hint = p->depth ? "a selector is missing here" :
				  "unmatched )";
	if (hint)
		return css_fail(&p->c, at, "%s", hint);
	return css_fail(&p->c, at, "unexpected %c", *at);
}

/* Reads an id or a class; c->at is at the "#" or ".". */
static bool read_named(struct css_parser *p, struct css_compound *to,
		       enum css_kind kind, const char *what)
{
	struct css_cursor *c = &p->c;
	struct css_simple *s;
	const char *at = ++c->at;

	/* "#" and the name after it are one token; "." is a token by itself. */
	if (kind == CSS_CLASS)
		css_skip_comments(c);
	if (css_is_digit(*c->at))
		return css_fail(c, at, "%s cannot begin with a digit: write "
				"\\3%c and a space for it", what, *c->at);
	if (!css_name_begins(c->at))
		return css_fail(c, at, "a name should follow the %c",
				kind == CSS_ID ? '#' : '.');
	s = css_add(to, kind);
	if (!css_take_name(c, &s->name))
		return false;
	s->lower = css_lower(s->name);
	return true;
}

static bool is_at_bar(const struct css_cursor *c)
{
	return c->at[0] == '|' && c->at[1] != '|' && c->at[1] != '=';
}

static bool read_type(struct css_parser *p, struct css_compound *to,
		      enum css_namespace ns)
{
	struct css_cursor *c = &p->c;
	const bool universal = *c->at == '*';
	struct css_simple *s;

	if (!universal && !css_name_begins(c->at))
		return css_unexpected(p);
	s = css_add(to, universal ? CSS_UNIVERSAL : CSS_TYPE);
	s->ns = ns;
	if (universal) {
		c->at++;
		return true;
	}
	if (!css_take_name(c, &s->name))
		return false;
	s->lower = css_lower(s->name);
	return true;
}

/* Reads an optional type selector, with a namespace or without. */
static bool read_qualified(struct css_parser *p, struct css_compound *to)
{
	struct css_cursor *c = &p->c;
	const char *start = c->at;
	enum css_namespace ns = CSS_NS_NONE;

	if (*c->at == '*' || css_name_begins(c->at)) {
		if (!read_type(p, to, CSS_NS_ANY))
			return false;
		css_skip_comments(c);
		if (!is_at_bar(c))
			return true;
		if (*start != '*')
			return css_fail(c, start, "no namespace is declared: "
					"*| stands for any");
		/* This "*" was the namespace of *|name, not a universal
		 * selector. */
		to->count = 0;
		ns = CSS_NS_ANY;
	}
	if (!is_at_bar(c))
		return true;
	c->at++;
	css_skip_comments(c);
	return read_type(p, to, ns);
}

/* Reads simple selectors as long as they follow each other. */
static bool read_simples(struct css_parser *p, struct css_compound *to)
{
	bool valid = read_qualified(p, to);

	while (valid && !p->end_mark) {
		css_skip_comments(&p->c);
		switch (*p->c.at) {
		case '#':
			valid = read_named(p, to, CSS_ID, "an id");
			break;
		case '.':
			valid = read_named(p, to, CSS_CLASS, "a class");
			break;
		case '[':
			valid = css_parse_attribute(p, to);
			break;
		case ':':
			valid = css_parse_pseudo(p, to);
			break;
		default:
			return true;
		}
	}
	return valid;
}

static bool read_compound(struct css_parser *p, struct css_complex *x,
			  enum css_combinator combinator)
{
	struct css_compound *k;

	x->compounds = css_grow(x->compounds, x->count, sizeof(*k));
	k = &x->compounds[x->count++];
	/* The combinator to the left of the compound. It gets between the right
	 * two compounds when their order is reversed. */
	k->combinator = combinator;
	if (!read_simples(p, k))
		return false;
	if (k->count)
		return true;
	if (!p->end_mark)
		return css_unexpected(p);
	css_add(k, x->count == 1 ? CSS_SCOPE : CSS_UNIVERSAL);
	return true;
}

static enum css_combinator take_combinator(struct css_cursor *c)
{
	const char sign = *c->at++;

	css_skip_space(c);
	return sign == '>' ? CSS_CHILD :
	       sign == '+' ? CSS_NEXT : CSS_SUBSEQUENT;
}

static bool read_begin(struct css_parser *p, bool relative,
		       enum css_combinator *combinator)
{
	struct css_cursor *c = &p->c;

	*combinator = CSS_DESCENDANT;
	css_skip_space(c);
	if (!is_combinator(*c->at))
		return true;
	if (!relative)
		return css_fail(c, c->at, "a selector cannot begin with "
				"%c: write :scope before it for the element "
				"that is searched", *c->at);
	*combinator = take_combinator(c);
	return true;
}

/* Returns 1 if another compound follows (and sets *combinator), 0 if the
 * selector ends, or -1 after css_fail(). */
static int read_between(struct css_parser *p, enum css_combinator *combinator)
{
	struct css_cursor *c = &p->c;
	const bool spaced = css_skip_space(c);

	if (!*c->at || *c->at == ',' || *c->at == ')')
		return 0;
	if (p->end_mark) {
		css_fail(c, c->at, "::text, ::attr() and ::html come last");
		return -1;
	}
	*combinator = CSS_DESCENDANT;
	if (!is_combinator(*c->at)) {
		if (!spaced)
			css_unexpected(p);
		return spaced ? 1 : -1;
	}
	*combinator = take_combinator(c);
	return 1;
}

static void turn_around(struct css_complex *x)
{
	for (size_t i = 0; i < x->count / 2; i++) {
		struct css_compound *a = &x->compounds[i];
		struct css_compound *b = &x->compounds[x->count - 1 - i];
		const struct css_compound left = *a;

		*a = *b;
		*b = left;
	}
}

static bool read_complex(struct css_parser *p, struct css_complex *x,
			 bool relative)
{
	enum css_combinator combinator;
	int more;

	if (!read_begin(p, relative, &combinator))
		return false;
	do {
		if (!read_compound(p, x, combinator))
			return false;
		more = read_between(p, &combinator);
	} while (more > 0);
	turn_around(x);
	return more == 0;
}

bool css_parse_list(struct css_parser *p, struct css_list *list, bool relative)
{
	struct css_cursor *c = &p->c;

	for (;;) {
		struct css_complex *x;

		list->items = css_grow(list->items, list->count, sizeof(*x));
		x = &list->items[list->count++];
		if (!read_complex(p, x, relative))
			return false;
		if (*c->at != ',' || !p->depth)
			return true;
		c->at++;
	}
}

bool css_parse_nested_list(struct css_parser *p, struct css_simple *s,
			   bool relative)
{
	bool valid;

	css_skip_space(&p->c);
	if (p->depth == CSS_MAX_DEPTH)
		return css_fail(&p->c, p->c.at, "more than %d parentheses "
				"inside of each other", (int)CSS_MAX_DEPTH);
	s->list = xcalloc(1, sizeof(*s->list));
	p->depth++;
	valid = css_parse_list(p, s->list, relative);
	p->depth--;
	return valid;
}

/* Returns true if the selector just read has the same ending (::text, ::attr(),
 * ::html or none) as the selectors before it in the list; otherwise reports an
 * error. */
static bool agree_on_take(struct css_parser *p, struct css *css)
{
	char *attr = p->attr.p;
	bool same;

	p->attr = (struct css_text){0};
	if (css->list.count == 1) {
		css->take = p->take;
		css->attr = attr;
		css->is_url = p->is_url;
		return true;
	}
	same = css->take == p->take && css->is_url == p->is_url &&
	       (!attr || !strcmp(attr, css->attr));
	free(attr);
	return same || css_fail(&p->c, p->end_mark ? p->end_mark : p->c.at,
				"all selectors of a list must end in the same "
				"::text, ::attr() or ::html");
}

static bool read_all(struct css_parser *p, struct css *css)
{
	struct css_cursor *c = &p->c;

	for (;;) {
		p->end_mark = NULL;
		p->take = CSS_TAKE_ELEMENT;
		p->is_url = false;
		if (!css_parse_list(p, &css->list, false) ||
		    !agree_on_take(p, css))
			return false;
		if (!*c->at)
			return true;
		if (*c->at != ',')
			return css_unexpected(p);
		c->at++;
	}
}

/* Returns true if s is short enough, valid UTF-8 and without NUL; otherwise
 * appends the reason to why and sets *at to the position. */
static bool check_text(const char *s, size_t len, struct buf *why, size_t *at)
{
	const char *nul = memchr(s, '\0', len);

	*at = utf8_valid_prefix(s, len < CSS_MAX_LENGTH ? len : CSS_MAX_LENGTH);
	if (len > CSS_MAX_LENGTH) {
		buf_addf(why, "a selector of more than %d bytes",
			 (int)CSS_MAX_LENGTH);
		return false;
	}
	if (nul && (size_t)(nul - s) < *at) {
		*at = (size_t)(nul - s);
		buf_addstr(why, "a NUL byte");
		return false;
	}
	if (*at < len)
		buf_addstr(why, "this is not UTF-8");
	return *at == len;
}

struct css *css_compile(const char *s, size_t len, struct buf *why,
			size_t *at)
{
	struct css_parser p = {.c = {.why = why}};
	struct css *css;
	char *text;

	if (!check_text(s, len, why, at))
		return NULL;
	text = xmemdup(s, len);
	p.c.at = text;
	css = xcalloc(1, sizeof(*css));
	if (!read_all(&p, css) || p.c.wrong) {
		*at = (size_t)(p.c.wrong - text);
		css_free(css);
		css = NULL;
	}
	free(p.attr.p);
	free(text);
	return css;
}
