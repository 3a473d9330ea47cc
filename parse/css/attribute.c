/* Parser of attribute selectors: [name], [name="value"], [*|name^=value i]. */
#include <stdlib.h>
#include <string.h>

#include "parse/css/parser.h"

static const struct {
	const char *text;
	enum css_operator op;
} operators[] = {
	{"=", CSS_EQUALS},
	{"~=", CSS_INCLUDES},
	{"|=", CSS_DASH},
	{"^=", CSS_PREFIX},
	{"$=", CSS_SUFFIX},
	{"*=", CSS_SUBSTRING},
};

/* HTML attributes whose values are compared case-insensitively (HTML Standard,
 * 4.16.2); sorted. */
static const char *const caseless[] = {
	"accept", "accept-charset", "align", "alink", "axis", "bgcolor",
	"charset", "checked", "clear", "codetype", "color", "compact",
	"declare", "defer", "dir", "direction", "disabled", "enctype", "face",
	"frame", "hreflang", "http-equiv", "lang", "language", "link", "media",
	"method", "multiple", "nohref", "noresize", "noshade", "nowrap",
	"readonly", "rel", "rev", "rules", "scope", "scrolling", "selected",
	"shape", "target", "text", "type", "valign", "valuetype", "vlink",
};

static int compare_names(const void *name, const void *row)
{
	return strcmp(name, *(const char *const *)row);
}

static bool is_caseless(const char *name)
{
	return bsearch(name, caseless, sizeof(caseless) / sizeof(*caseless),
		       sizeof(*caseless), compare_names);
}

static bool fail_without_name(struct css_cursor *c)
{
	if (*c->at == '@')
		return css_fail(c, c->at, "that is XPath: CSS has the name "
				"alone in its brackets, [name]");
	return css_fail(c, c->at, "an attribute's name is missing");
}

static bool take_attribute_name(struct css_cursor *c, struct css_simple *s)
{
	const char *start = c->at;

	/* Unlike an element's name, an attribute's name without a prefix means
	 * no namespace. */
	s->ns = CSS_NS_NONE;
	if (*c->at == '*') {
		s->ns = CSS_NS_ANY;
		c->at++;
		css_skip_comments(c);
		if (*c->at != '|')
			return css_fail(c, start, "an attribute's name "
					"cannot be a pattern");
	}
	if (*c->at == '|') {
		c->at++;
		css_skip_comments(c);
	}
	if (!css_name_begins(c->at))
		return fail_without_name(c);
	if (!css_take_name(c, &s->name))
		return false;
	s->lower = css_lower(s->name);
	s->caseless = is_caseless(s->lower.p);
	css_skip_comments(c);
	if (c->at[0] == '|' && c->at[1] != '=')
		return css_fail(c, start, "no namespace is declared: *| "
				"stands for any");
	return true;
}

static bool take_operator(struct css_cursor *c, struct css_simple *s)
{
	const size_t count = sizeof(operators) / sizeof(*operators);

	for (size_t i = 0; i < count; i++) {
		const size_t len = strlen(operators[i].text);

		if (strncmp(c->at, operators[i].text, len) != 0)
			continue;
		s->op = operators[i].op;
		c->at += len;
		return true;
	}
	if (c->at[0] == '!' && c->at[1] == '=')
		return css_fail(c, c->at, "!= is not CSS: write "
				":not([name=\"value\"])");
	return css_fail(c, c->at, "= or ] should be here (or ~= |= ^= $= *=)");
}

static bool take_value(struct css_cursor *c, struct css_simple *s)
{
	if (*c->at == '"' || *c->at == '\'')
		return css_take_string(c, &s->value);
	if (css_name_begins(c->at))
		return css_take_name(c, &s->value);
	if (*c->at == ']' || !*c->at)
		return css_fail(c, c->at, "a value is missing (\"\" is the "
				"empty one)");
	return css_fail(c, c->at, "a value that is not a name needs quotes");
}

/* Reads the optional "i" or "s". */
static bool take_flag(struct css_cursor *c, struct css_simple *s)
{
	const char *start = c->at;
	struct css_text name;
	char flag;

	if (*c->at == ']' || !*c->at)
		return true;
	if (!css_name_begins(c->at))
		return css_fail(c, c->at, "a value that is not a name needs "
				"quotes, and ] ends it");
	if (!css_take_name(c, &name))
		return false;
	flag = name.len == 1 ? name.p[0] : '\0';
	css_text_release(&name);
	if (flag == 'i' || flag == 'I')
		s->letters = CSS_CASE_IGNORED;
	else if (flag == 's' || flag == 'S')
		s->letters = CSS_CASE_KEPT;
	else
		return css_fail(c, start, "only i or s can follow a value "
				"(one with spaces needs quotes)");
	return true;
}

bool css_parse_attribute(struct css_parser *p, struct css_compound *to)
{
	struct css_simple *s = css_add(to, CSS_ATTRIBUTE);
	struct css_cursor *c = &p->c;
	const char *open = c->at++;

	css_skip_space(c);
	if (!take_attribute_name(c, s))
		return false;
	css_skip_space(c);
	if (*c->at && *c->at != ']') {
		if (!take_operator(c, s))
			return false;
		css_skip_space(c);
		if (!take_value(c, s))
			return false;
		css_skip_space(c);
		if (!take_flag(c, s))
			return false;
		css_skip_space(c);
	}
	if (!*c->at)
		return css_fail(c, open, "no ] closes it");
	if (*c->at != ']')
		return css_fail(c, c->at, "] should be here");
	c->at++;
	return true;
}
