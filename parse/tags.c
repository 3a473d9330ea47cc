#include "parse/tags.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/url.h"
#include "parse/ascii.h"

/* The sum over all tags of attributes squared: one tag with 10,000 takes the
 * parser 0.12 s. No page written in good faith comes near. */
#define MAX_COMPARISONS 100e6

/* libxml2 divides a longer name (its HTML_PARSER_BUFFER_SIZE). */
enum { MAX_NAME = 99 };

/* What a tag may do to the elements that are open. Taken from libxml2 2.9.14's
 * htmlStartClose (what a start tag ends) and htmlEndPriority (what an end tag
 * cannot end). */
enum kind {
	OTHER,
	BLOCK,		/* no start tag ends it */
	INLINE,		/* nor these, but for a few */
	ENDS_INLINES,	/* the start does */
	CELL,		/* the start does, and the end ends blocks, too */
	TABLE,		/* the end ends blocks */
	PAGE,		/* the same; all are put on the first one */
	RAW,		/* what is inside is not markup */
};

/* By the length of their names; a row ends with NULL. */
static const struct {
	const char *name;
	enum kind kind;
} kinds[][7] = {
	[1] = {{"p", ENDS_INLINES}, {"b", INLINE}, {"i", INLINE},
	       {"u", INLINE}, {"s", INLINE}, {"q", INLINE}},
	[2] = {{"td", CELL}, {"th", CELL}, {"tr", TABLE}, {"em", INLINE},
	       {"tt", INLINE}},
	[3] = {{"div", BLOCK}, {"sup", INLINE}, {"sub", INLINE},
	       {"big", INLINE}, {"ins", INLINE}, {"del", INLINE}},
	[4] = {{"span", INLINE}, {"code", INLINE}, {"font", INLINE},
	       {"html", PAGE}, {"body", PAGE}, {"head", TABLE}},
	[5] = {{"style", RAW}, {"table", TABLE}, {"tbody", TABLE},
	       {"thead", TABLE}, {"tfoot", TABLE}, {"small", INLINE}},
	[6] = {{"script", RAW}, {"strong", INLINE}, {"strike", INLINE},
	       {"center", ENDS_INLINES}},
	[7] = {{"section", INLINE}, {"article", INLINE}},
};

/* What there is at least on libxml2's stack of open elements. */
struct depth {
	size_t blocks;
	size_t inlines;		/* above the topmost block */
	bool unknown;		/* from here on */
};

struct pass {
	const char *end;
	double comparisons;	/* that libxml2 makes of attributes */
	size_t merged;		/* attributes on the first html or body tag */
	struct depth depth;
};

/* As libxml2 has it: a form feed is no space, and there is only ASCII in the
 * names it knows. */
enum { SPACE = 1, NAME = 2, NAME_START = 4 };

static const unsigned char classes[256] = {
	[' '] = SPACE, ['\t'] = SPACE, ['\n'] = SPACE, ['\r'] = SPACE,
	['A' ... 'Z'] = NAME | NAME_START, ['a' ... 'z'] = NAME | NAME_START,
	['_'] = NAME | NAME_START, [':'] = NAME | NAME_START,
	['.'] = NAME | NAME_START, ['0' ... '9'] = NAME, ['-'] = NAME,
};

static bool is_space(char c)
{
	return classes[(unsigned char)c] & SPACE;
}

static bool is_name_start(char c)
{
	return classes[(unsigned char)c] & NAME_START;
}

static bool is_name(char c)
{
	return classes[(unsigned char)c] & NAME;
}

static const char *skip_space(const char *p, const char *end)
{
	while (p < end && is_space(*p))
		p++;
	return p;
}

static const char *skip_word(const char *p, const char *end)
{
	while (p < end && !is_space(*p) && *p != '>')
		p++;
	return p;
}

/* Past the first c, or the end. */
static const char *skip_past(const char *p, const char *end, char c)
{
	p = memchr(p, c, (size_t)(end - p));
	return p ? p + 1 : end;
}

/* p is behind '='. */
static const char *skip_value(const char *p, const char *end)
{
	p = skip_space(p, end);
	if (p < end && (*p == '"' || *p == '\''))
		return skip_past(p + 1, end, *p);
	return skip_word(p, end);
}

static struct slice read_name(struct pass *pass, const char *p)
{
	struct slice name = {p, 0};

	while (p < pass->end && is_name(*p))
		p++;
	name.len = (size_t)(p - name.p);
	if (__builtin_expect(name.len > MAX_NAME, 0))
		pass->depth.unknown = true;
	return name;
}

static bool is_empty_end(const char *p, const char *end)
{
	return *p == '/' && end - p > 1 && p[1] == '>';
}

/* What is no attribute is left out up to the next space. */
static const char *skip_bogus(const char *p, const char *end)
{
	while (p < end && !is_space(*p) && *p != '>' && !is_empty_end(p, end))
		p++;
	return p;
}

/* Counts the attributes of a tag, as libxml2 divides them; p is behind its
 * name. Returns where the tag ends: at ">", "/>" or the end. */
static const char *count_attributes(struct pass *pass, const char *p,
				    size_t *attributes)
{
	const char *end = pass->end;

	for (;;) {
		p = skip_space(p, end);
		if (p == end || *p == '>' || is_empty_end(p, end))
			return p;
		++*attributes;
		if (!is_name_start(*p)) {
			p = skip_bogus(p, end);
			continue;
		}
		p += read_name(pass, p).len;
		p = skip_space(p, end);
		if (p < end && *p == '=')
			p = skip_value(p + 1, end);
	}
}

static enum kind kind_of(struct slice name)
{
	const char first = ascii_lower(*name.p);

	if (name.len >= sizeof(kinds) / sizeof(kinds[0]))
		return OTHER;
	for (size_t i = 0; kinds[name.len][i].name; i++)
		if (first == *kinds[name.len][i].name &&
		    ascii_is(name, kinds[name.len][i].name))
			return kinds[name.len][i].kind;
	return OTHER;
}

static void on_start(struct depth *depth, enum kind kind, bool empty)
{
	if (kind == BLOCK && !empty) {
		depth->blocks++;
		depth->inlines = 0;
	} else if (kind == INLINE && !empty) {
		depth->inlines++;
	} else if (kind == ENDS_INLINES || kind == CELL) {
		depth->inlines = 0;
	} else if ((kind == TABLE || kind == PAGE) && empty) {
		/* A misplaced <body/> ends whatever is open. */
		depth->blocks = depth->inlines = 0;
	}
}

/* An end tag ends all that is above its element, wherever that is; but nothing
 * if there is a block among it, unless it is a block's own or a table's. */
static void on_end(struct depth *depth, enum kind kind)
{
	depth->inlines = 0;
	if (kind == CELL || kind == TABLE || kind == PAGE)
		depth->blocks = 0;
	else if (kind == BLOCK && depth->blocks)
		depth->blocks--;
}

/* p is behind "<!". What is not "DOCTYPE" is text. */
static const char *skip_doctype(struct pass *pass, const char *p)
{
	static const char doctype[] = "doctype";
	const size_t len = strlen(doctype);
	char quote = '\0';

	if ((size_t)(pass->end - p) < len || strncasecmp(p, doctype, len) != 0)
		return p;
	for (; p < pass->end && *p != '>'; p++)
		if (*p == quote)
			quote = '\0';
		else if (!quote && (*p == '"' || *p == '\''))
			quote = *p;
	/* In some it does not end here, then. And what follows one in the
	 * middle of a page is not looked at for being an end tag. */
	if (quote || (pass->end - p > 3 && p[1] == '<' &&
		      (p[2] == '/' || (p[2] == '!' && p[3] != '-'))))
		pass->depth.unknown = true;
	return p;
}

/* p is behind "<!--". */
static const char *skip_comment(struct pass *pass, const char *p)
{
	const char *end = pass->end;

	if ((p < end && *p == '>') || (end - p > 1 && !memcmp(p, "->", 2))) {
		pass->depth.unknown = true;
		return p;
	}
	while (p < end) {
		p = skip_past(p, end, '-');
		if (end - p > 1 && *p == '-' &&
		    (p[1] == '>' || (p[1] == '!' && end - p > 2 &&
				     p[2] == '>')))
			return p;
	}
	return end;
}

static bool begins_with(const char *p, const char *end, struct slice word)
{
	return (size_t)(end - p) >= word.len &&
	       !strncasecmp(p, word.p, word.len);
}

/* Past the end tag of an element whose content is not markup. */
static const char *skip_raw(struct pass *pass, const char *p,
			    struct slice name)
{
	const char *end = pass->end;

	/* A script that has just begun: <noscript>, for example, ends it, and
	 * an end tag of another element is one. */
	if (end - p > 1 && *p == '<' && (ascii_is_letter(p[1]) ||
	    (p[1] == '/' && !begins_with(p + 2, end, name))))
		pass->depth.unknown = true;
	while (p < end) {
		p = skip_past(p, end, '<');
		if (p == end || *p != '/' || !begins_with(p + 1, end, name))
			continue;
		if (read_name(pass, p + 1).len != name.len)
			pass->depth.unknown = true;
		return skip_past(p, end, '>');
	}
	return end;
}

/* p is at the name; past the tag, or past the raw text it begins. Grows the
 * number of comparisons by those it takes to tell the tag's attributes apart.
 * Those of all html and body tags are put on one element each. */
static const char *skip_tag(struct pass *pass, const char *p)
{
	const struct slice name = read_name(pass, p);
	const enum kind kind = kind_of(name);
	size_t attributes = 0, others;

	p = count_attributes(pass, p + name.len, &attributes);
	others = attributes;
	if (kind == PAGE)
		others = pass->merged += attributes;
	pass->comparisons += (double)attributes * (double)others;
	if (p == pass->end)
		return p;
	on_start(&pass->depth, kind, *p == '/');
	if (kind == RAW && *p == '>')
		return skip_raw(pass, p + 1, name);
	return p;
}

/* p is behind "</". */
static const char *skip_end_tag(struct pass *pass, const char *p)
{
	struct slice name;

	if (p == pass->end || !is_name_start(*p))
		return p;
	name = read_name(pass, p);
	on_end(&pass->depth, kind_of(name));
	return skip_past(p + name.len, pass->end, '>');
}

/* p is behind "<?". */
static const char *skip_instruction(struct pass *pass, const char *p)
{
	if (p == pass->end)
		return p;
	if (*p & 0x80)
		pass->depth.unknown = true;
	else if (!is_name_start(*p) || *p == '.')
		return p;
	return skip_past(p, pass->end, '>');
}

/* p is behind '<'. */
static const char *skip_markup(struct pass *pass, const char *p)
{
	switch (*p) {
	case '!':
		if (pass->end - p > 2 && p[1] == '-' && p[2] == '-')
			return skip_comment(pass, p + 3);
		return skip_doctype(pass, p + 1);
	case '/':
		return skip_end_tag(pass, p + 1);
	case '?':
		return skip_instruction(pass, p + 1);
	default:
		return ascii_is_letter(*p) ? skip_tag(pass, p) : p;
	}
}

/* p is behind "<!"; the length of the rest of a short comment, or 0. */
static size_t short_comment(const char *p, const char *end)
{
	const size_t left = (size_t)(end - p);

	if (left >= 3 && !memcmp(p, "-->", 3))
		return 3;
	return left >= 4 && !memcmp(p, "--->", 4) ? 4 : 0;
}

/* Whether a page is too short, or has too few tags, for a pass. The latter is
 * not asked of long ones, where it is no longer cheap beside the pass. */
static bool is_harmless(const char *p, size_t len, size_t max_depth)
{
	const char *end = bytes_end(p, len);
	size_t tags = 0;

	/* An attribute takes two bytes at least. */
	if ((double)len * (double)len / 4 >= MAX_COMPARISONS)
		return false;
	while ((p = skip_past(p, end, '<')) < end)
		if (++tags > max_depth)
			return false;
	return true;
}

const char *tags_refuse(const char *p, size_t len, size_t max_depth)
{
	struct pass pass = {.end = bytes_end(p, len)};
	const struct depth *depth = &pass.depth;

	if (is_harmless(p, len, max_depth))
		return NULL;
	while ((p = skip_past(p, pass.end, '<')) < pass.end) {
		p = skip_markup(&pass, p);
		if (pass.comparisons > MAX_COMPARISONS)
			return "too many attributes on an HTML tag";
		if (depth->blocks + depth->inlines > max_depth &&
		    !depth->unknown)
			return "HTML nested too deep";
	}
	return NULL;
}

bool tags_have_short_comments(const char *p, size_t len)
{
	const char *end = bytes_end(p, len);

	while ((p = skip_past(p, end, '!')) < end)
		if (short_comment(p, end))
			return true;
	return false;
}

void tags_write_out(struct buf *out, const char *p, size_t len)
{
	struct pass pass = {.end = bytes_end(p, len)};
	const char *done = p;
	size_t rest;

	while ((p = skip_past(p, pass.end, '<')) < pass.end) {
		rest = *p == '!' ? short_comment(p + 1, pass.end) : 0;
		if (!rest) {
			p = skip_markup(&pass, p);
			continue;
		}
		p++;
		buf_add(out, done, (size_t)(p - done));
		buf_addstr(out, "---->");
		done = p += rest;
	}
	buf_add(out, done, (size_t)(pass.end - done));
}
