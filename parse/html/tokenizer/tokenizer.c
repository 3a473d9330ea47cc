/* Tokenizes CONTENT_DATA: text, references, tags and attributes. */
#include "parse/html/tokenizer/token.h"

#include <string.h>

#include "base/ascii.h"
#include "base/memory_budget.h"
#include "parse/html/tokenizer/find.h"
#include "parse/html/tokenizer/references.h"

/* How many bytes ahead of the current position names are prefetched. */
enum { LOOK_AHEAD = 256 };

static inline const char *skip_space(const char *p)
{
	while (find_is(*p, IS_SPACE))
		p++;
	return p;
}

/* Reads a name of any length, from *p to the first character of the given
 * class, and moves *p past the name. The first character always belongs to the
 * name. Returns NULL if the name is new and is not to be added. */
static struct html_name *read_long_name(struct html_tokenizer *t,
					const char **p, int class)
{
	const char *start = *p, *s = start + 1;

	while (s < t->end && !find_is(*s, class))
		s++;
	*p = s;
	return html_names_look_up(t->names, start, (size_t)(s - start),
				  t->adds_names);
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
				 union html_key key, size_t len)
{
	if (t->names->more.count)
		look_ahead(t, p);
	return html_names_look_up_key(t->names, key, len, t->adds_names);
}

/* Reads a predefined name of one or two lower-case characters, which most tags
 * have, and moves *p behind the name. Returns NULL for any other name. */
static inline struct html_name *read_short_name(const struct html_names *names,
						const char **p, int class)
{
	const char *s = *p;
	struct html_name *name;

	if (find_is(s[1], class)) {
		name = html_names_guess_short(names, s[0], '\0');
		*p += name ? 1 : 0;
		return name;
	}
	if (!s[1] || !find_is(s[2], class))
		return NULL;
	name = html_names_guess_short(names, s[0], s[1]);
	*p += name ? 2 : 0;
	return name;
}

static inline struct html_name *read_name(struct html_tokenizer *t,
					  const char **p, int class)
{
	struct html_name *name = read_short_name(t->names, p, class);
	union html_key key;
	size_t len;

	if (name)
		return name;
	len = find_key(*p, t->end, class, &key);

	if (__builtin_expect(len == NAME_KEY || !len, 0))
		return read_long_name(t, p, class);
	*p += len;
	name = html_names_guess(t->names, key);
	return __builtin_expect(name != NULL, 1) ? name :
						   look_up(t, *p, key, len);
}

static void grow_attrs(struct html_token *token)
{
	const size_t cap = token->cap ? token->cap * 2 : 32;

	token->attrs = memory_resize(token->attrs,
				 token->cap * sizeof(*token->attrs),
				 cap * sizeof(*token->attrs));
	token->cap = cap;
}

/* Reads a quoted value; p is at the opening quote. Returns the position after
 * the value. */
static inline const char *read_quoted(struct html_tokenizer *t, const char *p,
				      struct html_attr *a)
{
	const char quote = *p;

	a->value = ++p;
	for (;;) {
		p = find3(p, t->end, quote, '&', '\0');
		if (__builtin_expect(*p == quote, 1))
			break;
		if (p == t->end)
			return p;
		a->raw = true;
		p++;
	}
	a->len = (uint32_t)(p - a->value);
	return p + 1;
}

static const char *read_unquoted(struct html_tokenizer *t, const char *p,
				 struct html_attr *a)
{
	a->value = p;
	for (; p < t->end && !find_is(*p, ENDS_VALUE); p++)
		if (*p == '&' || !*p)
			a->raw = true;
	a->len = (uint32_t)(p - a->value);
	return p;
}

/* Reads an attribute's value; p is just after '='. Returns the position after
 * the value. */
static inline const char *read_value(struct html_tokenizer *t, const char *p,
				     struct html_attr *a)
{
	p = skip_space(p);
	if (*p == '"' || *p == '\'')
		return read_quoted(t, p, a);
	if (*p == '>')
		return p;
	return read_unquoted(t, p, a);
}

/* Reads an attribute; p is at the attribute's name. Returns the position after
 * the attribute. */
static inline const char *read_attr(struct html_tokenizer *t, const char *p)
{
	struct html_token *token = &t->token;
	struct html_attr *a;
	const char *after;

	if (__builtin_expect(token->count == token->cap, 0))
		grow_attrs(token);
	a = &token->attrs[token->count];
	a->name = read_name(t, &p, ENDS_ATTR);
	a->value = "";
	a->len = 0;
	a->raw = false;
	/* A second attribute of the same name is dropped. */
	if (__builtin_expect(a->name && a->name->tag != t->tag, 1)) {
		a->name->tag = t->tag;
		token->count++;
	}
	after = skip_space(p);
	return *after == '=' ? read_value(t, after + 1, a) : after;
}

/* Reads the attributes of a tag; p is just after the tag's name. Returns false
 * if the text ends inside the tag. */
static inline bool read_attrs(struct html_tokenizer *t, const char *p)
{
	struct html_token *token = &t->token;

	token->count = 0;
	token->self_closing = false;
	t->tag++;
	for (;;) {
		p = skip_space(p);
		if (*p == '>')
			break;
		if (*p == '/') {
			if (*++p != '>')
				continue;
			token->self_closing = true;
			break;
		}
		if (p >= t->end)
			return false;
		p = read_attr(t, p);
	}
	t->p = p + 1;
	return true;
}

/* Reads the attributes and the end of a start tag, from the end of the tag's
 * name. */
static inline void finish_tag(struct html_tokenizer *t, const char *p)
{
	if (__builtin_expect(read_attrs(t, p), 1))
		return;
	t->token.kind = TOKEN_END_OF_FILE;
	t->p = t->end;
}

/* Ends a tag without attributes; p is at its '>'. */
static inline void end_bare_tag(struct html_tokenizer *t, const char *p)
{
	t->token.count = 0;
	t->token.self_closing = false;
	t->tag++;
	t->p = p + 1;
}

/* Reads a start tag; p is at the tag's name. */
static inline void read_start_tag(struct html_tokenizer *t, const char *p)
{
	t->token.kind = TOKEN_START;
	t->adds_names = !(t->foreign && t->detail == DETAIL_OUTLINE);
	t->token.name_start = p;
	t->token.name = read_name(t, &p, ENDS_TAG);
	if (__builtin_expect(!t->token.name, 0))
		t->token.name = &t->names->unknown;
	t->token.after_name = p;
	t->adds_names = t->detail != DETAIL_OUTLINE ||
			t->token.name->flags & FORMATTING;
	if (*p == '>')
		end_bare_tag(t, p);
	else
		finish_tag(t, p);
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

void html_tokenizer_read_attrs(struct html_tokenizer *t, const char *after_name)
{
	const char *p = t->p;

	t->adds_names = true;
	read_attrs(t, after_name);
	t->p = p;
}

/* Reads an end tag; p is at the tag's name. */
static void read_end_name(struct html_tokenizer *t, const char *p)
{
	t->token.kind = TOKEN_END;
	t->adds_names = t->detail == DETAIL_ALL;
	t->token.name = read_name(t, &p, ENDS_TAG);
	if (!t->token.name)
		t->token.name = &t->names->unknown;
	if (__builtin_expect(*p == '>', 1))
		t->p = p + 1;
	else
		finish_tag(t, p);
	t->token.count = 0;
}

/* Reads what follows "</": an end tag or a bogus comment. p is just after
 * "</". */
static void read_end_tag(struct html_tokenizer *t, const char *p)
{
	if (ascii_is_letter(*p)) {
		read_end_name(t, p);
	} else if (*p == '>') {
		t->p = p + 1;
		t->token.kind = TOKEN_NONE;
	} else {
		html_tokenizer_bogus_comment(t, p);
	}
}

/* Returns true if markup begins at p, which is at a '<'. */
static inline bool is_markup(const struct html_tokenizer *t, const char *p)
{
	switch (p[1]) {
	case '/':
		return p + 2 < t->end;
	case '!':
	case '?':
		return true;
	default:
		return ascii_is_letter(p[1]);
	}
}

static void read_markup(struct html_tokenizer *t)
{
	const char *p = t->p + 1;

	switch (*p) {
	case '/':
		read_end_tag(t, p + 1);
		break;
	case '!':
		html_tokenizer_declaration(t, p + 1);
		break;
	default:
		html_tokenizer_instruction(t, p + 1);
	}
}

static void emit_text(struct html_tokenizer *t, const char *p, size_t len)
{
	t->token.kind = TOKEN_TEXT;
	t->token.decoded = false;
	t->token.text = (struct html_text){.p = p, .len = len};
}

/* Reads the reference at t->p as a text token. Returns false if the '&' begins
 * no reference. */
static bool read_reference(struct html_tokenizer *t)
{
	struct html_token *token = &t->token;
	size_t len;
	const size_t taken = html_reference(t->p, false, token->chars, &len);

	if (!taken)
		return false;
	emit_text(t, token->chars, len);
	token->decoded = true;
	token->source = t->p;
	token->source_end = t->p += taken;
	return true;
}

bool html_tokenizer_text(struct html_tokenizer *t, bool tags)
{
	const char *start = t->p, *p = start;

	if (*p == '&' && read_reference(t))
		return true;
	if (!*p && p < t->end) {
		t->token.kind = TOKEN_NUL;
		t->p++;
		return true;
	}
	for (;; p++) {
		p = tags ? find3(p, t->end, '<', '&', '\0') :
			   find3(p, t->end, '&', '\0', '\0');
		if (p == t->end || (*p == '<' && is_markup(t, p)))
			break;
		if (p > start && (!*p || (*p == '&' &&
					  html_reference_starts(p))))
			break;
	}
	t->p = p;
	if (p == start)
		return false;
	emit_text(t, start, (size_t)(p - start));
	return true;
}

/* Reads a tag that has a known name of one or two characters and no attributes.
 * Returns false if there is none. Such tags make up the longest floods. */
static inline bool read_short_tag(struct html_tokenizer *t)
{
	struct html_token *token = &t->token;
	const char *p = t->p, *start;
	bool is_end;

	if (!find_may_be_short_tag(p++) || t->content != CONTENT_DATA)
		return false;
	is_end = *p == '/';
	start = p += is_end;
	if (!ascii_is_letter(*p))
		return false;
	token->name = read_short_name(t->names, &p, ENDS_TAG);
	if (!token->name || *p != '>')
		return false;
	token->kind = is_end ? TOKEN_END : TOKEN_START;
	token->name_start = start;
	token->after_name = p;
	end_bare_tag(t, p);
	return true;
}

static inline void read_token(struct html_tokenizer *t)
{
	if (__builtin_expect(t->content != CONTENT_DATA, 0) &&
	    html_tokenizer_raw(t))
		return;
	if (t->p[0] == '<' && ascii_is_letter(t->p[1])) {
		read_start_tag(t, t->p + 1);
		return;
	}
	if (t->p[0] != '<' || !is_markup(t, t->p)) {
		if (html_tokenizer_text(t, true))
			return;
		if (t->p == t->end) {
			t->token.kind = TOKEN_END_OF_FILE;
			return;
		}
	}
	read_markup(t);
}

void html_tokenizer_next(struct html_tokenizer *t)
{
	if (read_short_tag(t))
		return;
	do
		read_token(t);
	while (__builtin_expect(t->token.kind == TOKEN_NONE, 0));
}

void html_tokenizer_init(struct html_tokenizer *t, struct html_names *names,
			 const char *text, size_t len)
{
	const struct html_token token = {.attrs = t->token.attrs,
					 .cap = t->token.cap};

	/* Not reached in practice: no text has that many tags. */
	if (t->tag > UINT32_MAX / 2) {
		html_names_forget_tags(names);
		t->tag = 0;
	}
	*t = (struct html_tokenizer){
		.p = text, .end = text + len, .names = names, .token = token,
		.tag = t->tag,
	};
}

void html_tokenizer_release(struct html_tokenizer *t)
{
	memory_resize(t->token.attrs,
		      t->token.cap * sizeof(*t->token.attrs), 0);
	*t = (struct html_tokenizer){0};
}
