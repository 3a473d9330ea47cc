/* Tokenizes tags: their names and their attributes. */
#include "parse/html/tokenizer/token.h"

#include "base/ascii.h"
#include "base/memory_budget.h"
#include "parse/html/tokenizer/find.h"

/* Distance in bytes, ahead of the current position, at which names are
 * prefetched. */
enum { LOOK_AHEAD = 256 };

static inline const char *skip_space(const char *p)
{
	while (find_is(*p, IS_SPACE))
		p++;
	return p;
}

/* Returns true if new names are to be added: names of tags, or of the
 * attributes of the current token. */
static bool adds_names(const struct html_tokenizer *t, int class)
{
	if (t->token.kind == TOKEN_END)
		return t->detail == DETAIL_ALL;
	if (class == ENDS_TAG)
		return !(t->foreign && t->detail == DETAIL_OUTLINE);
	return t->detail != DETAIL_OUTLINE ||
	       t->token.name->flags & FORMATTING;
}

/* Reads a name of any length, from p to the first character of the given class.
 * The first character always belongs to the name. Returns NULL if the name is
 * new and is not to be added. Sets t->p to the end of the name. */
static struct html_name *read_long_name(struct html_tokenizer *t, const char *p,
					int class)
{
	t->p = find_class(p + 1, t->end, class);
	return html_names_look_up(t->names, p, (size_t)(t->p - p),
				  adds_names(t, class));
}

/* Prefetches the memory that looking up the next names of tags and attributes
 * will read. Each part of the text is scanned once. */
static void look_ahead(struct html_tokenizer *t, const char *p)
{
	const size_t left = (size_t)(t->end - p);
	const char *until = p + (left < LOOK_AHEAD ? left : LOOK_AHEAD);
	union html_key key;

	for (p = t->ahead > p ? t->ahead : p; p < until; p++) {
		p = find3(p, until, '<', ' ', '/');
		if (find_key(p + 1, t->end, ENDS_ATTR, &key) < NAME_KEY)
			__builtin_prefetch(
				html_names_first_read(t->names, key));
	}
	t->ahead = p;
}

/* Looks up a name that html_names_guess() has not found. */
static struct html_name *look_up(struct html_tokenizer *t, const char *p,
				 union html_key key, size_t len, bool add)
{
	if (t->names->more.count)
		look_ahead(t, p);
	return html_names_look_up_key(t->names, key, len, add);
}

/* Reads any name; otherwise like read_long_name(). */
static __attribute__((noinline)) struct html_name *read_any_name(
	struct html_tokenizer *t, const char *p, int class)
{
	union html_key key;
	struct html_name *name;
	const size_t len = find_key(p, t->end, class, &key);

	if (len == NAME_KEY || !len)
		return read_long_name(t, p, class);
	t->p = p + len;
	name = html_names_guess(t->names, key);
	return name ? name : look_up(t, t->p, key, len, adds_names(t, class));
}

/* Reads a name and moves *p past the name. Most names are short, predefined and
 * in lower case. Changes t->p. */
static inline struct html_name *read_name(struct html_tokenizer *t,
					  const char **p, int class)
{
	uint64_t key;
	const size_t len = find_quick(*p, t->end, class, &key);
	const struct html_quick *slot = html_quick_slot(t->names, key);
	struct html_name *name;

	if (__builtin_expect(slot->key == key, 1)) {
		*p += len;
		return slot->name;
	}
	name = read_any_name(t, *p, class);
	*p = t->p;
	return name;
}

static void grow_attrs(struct html_token *token)
{
	const size_t cap = token->cap ? token->cap * 2 : 32;

	token->attrs = memory_resize(token->attrs,
				 token->cap * sizeof(*token->attrs),
				 cap * sizeof(*token->attrs));
	token->cap = cap;
}

/* Notes that a value contains a reference or U+0000. */
static void set_raw(struct html_tokenizer *t, struct html_attr *a)
{
	a->raw = t->token.has_raw = true;
}

/* Reads the rest of a value in quotes that contains a reference or U+0000, at
 * p. */
static __attribute__((noinline)) const char *read_raw_rest(
	struct html_tokenizer *t, const char *p, struct html_attr *a,
	char quote)
{
	if (p < t->end)
		set_raw(t, a);
	p = find1(p, t->end, quote);
	a->len = (uint32_t)(p - a->value);
	return p < t->end ? p + 1 : p;
}

/* Reads a value in quotes; p is just after the opening quote. Returns the
 * position after the value. */
static inline const char *read_quoted(struct html_tokenizer *t, const char *p,
				      struct html_attr *a, char quote)
{
	a->value = p;
	a->raw = false;
	p = find3(p, t->end, quote, '&', '\0');
	if (__builtin_expect(*p != quote, 0))
		return read_raw_rest(t, p, a, quote);
	a->len = (uint32_t)(p - a->value);
	return p + 1;
}

static const char *read_unquoted(struct html_tokenizer *t, const char *p,
				 struct html_attr *a)
{
	a->value = p;
	for (; p < t->end && !find_is(*p, ENDS_VALUE); p++)
		if (*p == '&' || !*p)
			set_raw(t, a);
	a->len = (uint32_t)(p - a->value);
	return p;
}

/* Reads the value of an attribute, which may have none; p is just after the
 * name. Returns the position after the value. */
static __attribute__((noinline)) const char *read_any_value(
	struct html_tokenizer *t, const char *p, struct html_attr *a)
{
	a->value = "";
	a->len = 0;
	a->raw = false;
	p = skip_space(p);
	if (*p != '=')
		return p;
	p = skip_space(p + 1);
	switch (*p) {
	case '"':
		return read_quoted(t, p + 1, a, '"');
	case '\'':
		return read_quoted(t, p + 1, a, '\'');
	case '>':
		return p;
	default:
		return read_unquoted(t, p, a);
	}
}

/* Returns the position after an attribute's value; p is just after '='. */
static inline const char *skip_value(const struct html_tokenizer *t,
				     const char *p)
{
	p = skip_space(p);
	switch (*p) {
	case '"':
	case '\'':
		p = find1(p + 1, t->end, *p);
		return p < t->end ? p + 1 : p;
	case '>':
		return p;
	default:
		return find_class_slowly(p, t->end, ENDS_VALUE);
	}
}

/* Reads an attribute; p is at the attribute's name. Returns the position after
 * the attribute. */
static inline const char *read_attr(struct html_tokenizer *t, const char *p)
{
	struct html_token *token = &t->token;
	struct html_attr *a;

	if (__builtin_expect(token->count == token->cap, 0))
		grow_attrs(token);
	a = &token->attrs[token->count];
	a->name = read_name(t, &p, ENDS_ATTR);
	if (__builtin_expect(p[0] == '=' && p[1] == '"', 1))
		p = read_quoted(t, p + 2, a, '"');
	else
		p = read_any_value(t, p, a);
	/* A second attribute of the same name is dropped. */
	if (__builtin_expect(a->name && a->name->tag != t->tag, 1)) {
		a->name->tag = t->tag;
		token->count++;
	}
	return p;
}

/* Returns the position after an attribute; p is at the attribute's name. */
static inline const char *skip_attr(const struct html_tokenizer *t,
				    const char *p)
{
	p = find_class(p + 1, t->end, ENDS_ATTR);
	if (__builtin_expect(p[0] == '=' && p[1] == '"', 1)) {
		p = find1(p + 2, t->end, '"');
		return p < t->end ? p + 1 : p;
	}
	if (*p != '=')
		p = skip_space(p);
	return *p == '=' ? skip_value(t, p + 1) : p;
}

/* Ends the page inside of a tag, which is dropped. */
static void end_in_tag(struct html_tokenizer *t)
{
	t->token.kind = TOKEN_END_OF_FILE;
	t->p = t->end;
}

/* Reads the attributes of a tag and the tag's end; p is just after the tag's
 * name. keep: the attributes are stored in the token. */
static inline __attribute__((always_inline)) void read_to_end(
	struct html_tokenizer *t, const char *p, bool keep)
{
	while (*p != '>') {
		if (*p == ' ')
			p++;
		if (find_is(*p, ENDS_TAG)) {
			p = skip_space(p);
			if (*p == '>')
				break;
			if (*p == '/') {
				if (*++p != '>')
					continue;
				t->token.self_closing = true;
				break;
			}
		}
		if (p >= t->end) {
			end_in_tag(t);
			return;
		}
		p = keep ? read_attr(t, p) : skip_attr(t, p);
	}
	t->p = p + 1;
}

static __attribute__((noinline)) void read_attrs(struct html_tokenizer *t,
						 const char *p)
{
	read_to_end(t, p, true);
}

static __attribute__((noinline)) void skip_attrs(struct html_tokenizer *t,
						 const char *p)
{
	read_to_end(t, p, false);
}

/* Returns true if the attributes of the current start tag are needed. */
static inline bool needs_attrs(const struct html_tokenizer *t)
{
	return !t->attrs_of || t->token.name->flags & t->attrs_of;
}

void html_tokenizer_start_tag(struct html_tokenizer *t, const char *p)
{
	struct html_token *token = &t->token;

	token->kind = TOKEN_START;
	token->count = 0;
	token->self_closing = token->has_raw = false;
	token->name_start = p;
	token->name = read_name(t, &p, ENDS_TAG);
	if (__builtin_expect(!token->name, 0))
		token->name = &t->names->unknown;
	token->after_name = p;
	t->tag++;
	if (*p == '>')
		t->p = p + 1;
	else if (needs_attrs(t))
		read_attrs(t, p);
	else
		skip_attrs(t, p);
}

void html_tokenizer_end_tag(struct html_tokenizer *t, const char *p)
{
	struct html_token *token = &t->token;

	token->kind = TOKEN_END;
	token->count = 0;
	token->self_closing = false;
	token->name = read_name(t, &p, ENDS_TAG);
	if (__builtin_expect(!token->name, 0))
		token->name = &t->names->unknown;
	if (__builtin_expect(*p == '>', 1))
		t->p = p + 1;
	else
		skip_attrs(t, p);
}

struct html_name *html_tokenizer_name(struct html_tokenizer *t)
{
	struct html_token *token = &t->token;

	if (token->name == &t->names->unknown)
		token->name = html_names_add(
			t->names, token->name_start,
			(size_t)(token->after_name - token->name_start));
	return token->name;
}

void html_tokenizer_read_attrs(struct html_tokenizer *t,
			       const char *after_name)
{
	const char *p = t->p;

	t->token.count = 0;
	t->tag++;
	read_attrs(t, after_name);
	t->p = p;
}
