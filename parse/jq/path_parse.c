/*
 * Parses path filters: a part of the grammar of jq 1.6. Parsing fails for any
 * other text, which is no error for the user: libjq then compiles the filter,
 * and reports errors in it. So this parser may refuse a filter that libjq
 * accepts, but it must not accept one that libjq refuses or understands
 * differently.
 */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "parse/jq/path_token.h"

/* Maximum number of digits of an index. */
enum { INDEX_DIGITS_MAX = 9 };

typedef struct path_node *parser(struct parse *p);

static struct path_node *new_node(struct parse *p, enum path_kind kind)
{
	struct path_filter *f = p->filter;
	struct path_node *node;

	if (f->count == PATH_MAX_NODES)
		return NULL;
	node = &f->nodes[f->count++];
	node->kind = kind;
	return node;
}

/* Returns a node with two operands; NULL if an operand is NULL or the filter
 * has too many nodes. */
static struct path_node *join(struct parse *p, enum path_kind kind,
			      struct path_node *left, struct path_node *right)
{
	struct path_node *node = left && right ? new_node(p, kind) : NULL;

	if (!node)
		return NULL;
	node->left = left;
	node->right = right;
	return node;
}

/* --- Paths ---------------------------------------------------------------- */

static struct path_node *parse_pipe(struct parse *p);

static struct path_node *parse_key(struct parse *p)
{
	struct path_node *node = new_node(p, PATH_KEY);

	if (!node)
		return NULL;
	if (path_peek(p) == '"')
		return path_take_string(p, &node->text) ? node : NULL;
	node->text = path_take_name(p);
	return node;
}

static struct path_node *parse_index(struct parse *p)
{
	const bool negative = path_take(p, '-');
	struct path_node *node = new_node(p, PATH_INDEX);
	struct slice digits;

	(void)path_peek(p);
	if (!node || !path_take_digits(p, &digits) ||
	    digits.len > INDEX_DIGITS_MAX)
		return NULL;
	node->index = strtol(digits.p, NULL, 10);
	if (negative)
		node->index = -node->index;
	return node;
}

/* Parses the rest of a step after "[": a name, an index or nothing, and "]". */
static struct path_node *parse_brackets(struct parse *p)
{
	struct path_node *node;
	const char c = path_peek(p);

	if (c == ']')
		node = new_node(p, PATH_EACH);
	else
		node = c == '"' ? parse_key(p) : parse_index(p);
	return path_take(p, ']') ? node : NULL;
}

/* Returns true if a step of a path follows: .name, ."name" or "[". The position
 * stays before the step. */
static bool has_step(struct parse *p)
{
	const char c = path_peek(p);
	const char *dot = p->at;
	bool has_name;

	if (c != '.')
		return c == '[';
	p->at++;
	has_name = p->at < p->end &&
		   (path_begins_name(*p->at) || path_peek(p) == '"');
	p->at = dot;
	return has_name;
}

static struct path_node *parse_step(struct parse *p)
{
	struct path_node *step;

	if (path_take(p, '['))
		step = parse_brackets(p);
	else
		step = path_take(p, '.') ? parse_key(p) : NULL;
	if (step)
		step->optional = path_take_question(p);
	return step;
}

/* Parses the steps that follow a value. */
static struct path_node *parse_steps(struct parse *p, struct path_node *node)
{
	while (node && has_step(p)) {
		struct path_node *step = parse_step(p);

		if (step && node->kind == PATH_SELF)
			node = step;
		else
			node = join(p, PATH_PIPE, node, step);
	}
	return node;
}

/* --- Values --------------------------------------------------------------- */

static struct path_node *new_literal(struct parse *p, const char *start)
{
	struct path_node *node = new_node(p, PATH_LITERAL);

	if (node)
		node->text = (struct slice){start, (size_t)(p->at - start)};
	return node;
}

/* Parses "."; but if the "." begins a step, as in .name, leaves it for the
 * step. */
static struct path_node *parse_dot(struct parse *p)
{
	if (has_step(p))
		return new_node(p, PATH_SELF);
	p->at++;
	if (p->at < p->end && (*p->at == '.' || path_continues_name(*p->at)))
		return NULL;
	return new_node(p, PATH_SELF);
}

static struct path_node *parse_word(struct parse *p)
{
	const char *start = p->at;
	const struct slice word = path_take_name(p);

	if (p->at < p->end && *p->at == ':')
		return NULL;
	if (slice_is(word, "empty"))
		return new_node(p, PATH_EMPTY);
	if (slice_is(word, "null") || slice_is(word, "true") ||
	    slice_is(word, "false"))
		return new_literal(p, start);
	return NULL;
}

static struct path_node *parse_number(struct parse *p)
{
	const char *start = p->at;
	struct slice digits;

	return path_take_digits(p, &digits) ? new_literal(p, start) : NULL;
}

/* Parses a negative number. If a step follows the number, parsing fails,
 * because the minus sign applies to the result of the step. */
static struct path_node *parse_negative(struct parse *p)
{
	const char *start = p->at;
	struct path_node *node = NULL;
	struct slice digits;

	p->at++;
	if (p->at < p->end && *p->at != '0' && path_take_digits(p, &digits))
		node = new_literal(p, start);
	return path_peek(p) != '?' && !has_step(p) ? node : NULL;
}

static struct path_node *parse_string(struct parse *p)
{
	const char *start = p->at;
	struct slice text;

	return path_take_string(p, &text) ? new_literal(p, start) : NULL;
}

/* Skips the opening bracket "(", "[" or "{", and parses the text inside. */
static struct path_node *parse_inside(struct parse *p, parser *parse)
{
	struct path_node *node;

	p->at++;
	if (p->depth == PATH_MAX_DEPTH)
		return NULL;
	p->depth++;
	node = parse(p);
	p->depth--;
	return node;
}

static struct path_node *parse_group(struct parse *p)
{
	struct path_node *node = parse_inside(p, parse_pipe);

	return path_take(p, ')') ? node : NULL;
}

/* Parses the text between the brackets of an array: nothing, or a filter. */
static struct path_node *parse_elements(struct parse *p)
{
	struct path_node *node, *elements;

	if (path_peek(p) == ']') {
		node = new_node(p, PATH_LITERAL);
		if (node)
			node->text = (struct slice){"[]", 2};
		return node;
	}
	elements = parse_pipe(p);
	node = elements ? new_node(p, PATH_ARRAY) : NULL;
	if (node)
		node->left = elements;
	return node;
}

static struct path_node *parse_array(struct parse *p)
{
	struct path_node *array = parse_inside(p, parse_elements);

	return path_take(p, ']') ? array : NULL;
}

static struct path_node *parse_object(struct parse *p);

/* Parses a value with its steps ("Term" in the grammar of jq). */
static struct path_node *parse_term(struct parse *p)
{
	static const struct {
		char first;
		parser *parse;
	} begins[] = {
		{'.', parse_dot}, {'(', parse_group}, {'{', parse_object},
		{'[', parse_array}, {'"', parse_string},
	};
	const char c = path_peek(p);
	parser *parse = path_begins_name(c) ? parse_word : parse_number;

	for (size_t i = 0; i < sizeof(begins) / sizeof(*begins); i++)
		if (begins[i].first == c)
			parse = begins[i].parse;
	return parse_steps(p, parse(p));
}

/* --- Objects -------------------------------------------------------------- */

/* Returns true for words that jq does not accept as a member without a value,
 * as in {and}. */
static bool is_keyword(struct slice word)
{
	static const char *const keywords[] = {
		"__loc__", "and", "as", "catch", "def", "elif", "else", "end",
		"foreach", "if", "import", "include", "label", "module", "or",
		"reduce", "then", "try",
	};

	for (size_t i = 0; i < sizeof(keywords) / sizeof(*keywords); i++)
		if (slice_is(word, keywords[i]))
			return true;
	return false;
}

/* Parses the value of a member ("ExpD"), which has no commas and no "//". */
static struct path_node *parse_member_value(struct parse *p)
{
	struct path_node *node;

	node = path_peek(p) == '-' ? parse_negative(p) : parse_term(p);
	if (!node || !path_take(p, '|'))
		return node;
	return join(p, PATH_PIPE, node, parse_member_value(p));
}

static struct path_node *parse_member(struct parse *p)
{
	struct path_node *member = new_node(p, PATH_MEMBER), *value;
	const bool is_word = path_begins_name(path_peek(p));

	if (!member)
		return NULL;
	if (is_word)
		member->text = path_take_name(p);
	else if (!path_take_string(p, &member->text))
		return NULL;
	if (path_take(p, ':')) {
		value = parse_member_value(p);
	} else if (is_word && is_keyword(member->text)) {
		return NULL;
	} else {
		value = new_node(p, PATH_KEY);
		if (value)
			value->text = member->text;
	}
	member->left = value;
	return value ? member : NULL;
}

/* Parses the members of an object, up to the bracket that closes it. jq allows
 * a comma after the last one. */
static struct path_node *parse_members(struct parse *p)
{
	struct path_node *object = new_node(p, PATH_OBJECT);
	struct path_node **last = object ? &object->left : NULL;

	while (object && path_peek(p) != '}') {
		*last = parse_member(p);
		if (!*last || ++object->index > PATH_MAX_MEMBERS)
			return NULL;
		last = &(*last)->right;
		if (!path_take(p, ','))
			break;
	}
	return object;
}

static struct path_node *parse_object(struct parse *p)
{
	struct path_node *object = parse_inside(p, parse_members);

	return path_take(p, '}') ? object : NULL;
}

/* --- Operators ------------------------------------------------------------ */

static struct path_node *parse_operand(struct parse *p)
{
	struct path_node *node;

	if (path_peek(p) == '-')
		return parse_negative(p);
	node = parse_term(p);
	while (node && path_take_question(p)) {
		struct path_node *inner = node;

		node = new_node(p, PATH_TRY);
		if (node)
			node->left = inner;
	}
	return node;
}

static struct path_node *parse_or(struct parse *p)
{
	struct path_node *node = parse_operand(p);

	if (!node || !path_take_operator(p, "//"))
		return node;
	return join(p, PATH_OR, node, parse_or(p));
}

static struct path_node *parse_comma(struct parse *p)
{
	struct path_node *node = parse_or(p);

	while (node && path_take(p, ','))
		node = join(p, PATH_COMMA, node, parse_or(p));
	return node;
}

static struct path_node *parse_pipe(struct parse *p)
{
	struct path_node *node = parse_comma(p);

	if (!node || !path_take_operator(p, "|"))
		return node;
	return join(p, PATH_PIPE, node, parse_pipe(p));
}

bool path_parse(struct path_filter *filter, size_t len)
{
	struct parse p = {
		.at = filter->text,
		.end = filter->text + len,
		.filter = filter,
	};

	filter->nodes = xcalloc(PATH_MAX_NODES, sizeof(*filter->nodes));
	filter->root = parse_pipe(&p);
	return filter->root && !path_peek(&p);
}
