#include "parse/article/tokens.h"

#include <string.h>

#include "base/ascii.h"
#include "parse/html/html.h"

/* A token that is being read. */
struct token {
	char text[TOKEN_MAX];
	size_t len;		/* TOKEN_MAX + 1: too long */
	size_t count;		/* tokens of this element so far */
	const struct token_sink *sink;
};

static void begin(struct token *t)
{
	t->len = 0;
}

/* Adds a byte in lower case; digits are all alike, because "post-4711" and
 * "post-4712" mean the same. */
static void add(struct token *t, char c)
{
	c = ascii_is_digit(c) ? '0' : ascii_lower(c);
	if (c == '0' && t->len && t->len <= TOKEN_MAX &&
	    t->text[t->len - 1] == '0')
		return;
	if (t->len < TOKEN_MAX)
		t->text[t->len] = c;
	if (t->len <= TOKEN_MAX)
		t->len++;
}

static void end(struct token *t, enum token_kind kind)
{
	uint32_t hash = token_begin(kind);

	if (!t->len || t->len > TOKEN_MAX || t->count >= TOKENS_MAX)
		return;
	for (size_t i = 0; i < t->len; i++)
		hash = token_add(hash, (unsigned char)t->text[i]);
	t->count++;
	t->sink->on_token(t->sink->ctx, token_end(hash), (char)kind, t->text,
			  t->len);
}

static void read_parts(struct token *t, const char *s, size_t len)
{
	begin(t);
	for (size_t i = 0; i < len; i++) {
		const bool starts = s[i] >= 'A' && s[i] <= 'Z' && i &&
				    s[i - 1] >= 'a' && s[i - 1] <= 'z';

		if (starts || !ascii_is_letter(s[i])) {
			end(t, OF_PART);
			begin(t);
		}
		if (ascii_is_letter(s[i]))
			add(t, s[i]);
	}
	end(t, OF_PART);
}

/* Reads the tokens of an attribute that has words separated by white space. */
static void read_list(struct token *t, enum token_kind kind, const char *s)
{
	const size_t before = t->count;

	while (*s && t->count - before < TOKENS_MAX / 2) {
		size_t len = 0;

		while (ascii_is_space(*s))
			s++;
		begin(t);
		while (s[len] && !ascii_is_space(s[len]))
			add(t, s[len++]);
		end(t, kind);
		if (kind == OF_CLASS || kind == OF_ID)
			read_parts(t, s, len < 64 ? len : 64);
		s += len;
	}
}

static const char *value_of(const xmlAttr *a)
{
	return a->children && a->children->content ?
		(const char *)a->children->content : "";
}

static enum token_kind kind_of(const xmlAttr *a)
{
	const struct html_name *name = a->psvi;

	switch (name->id) {
	case N_CLASS:
		return OF_CLASS;
	case N_ID:
		return OF_ID;
	case N_ROLE:
		return OF_ROLE;
	case N_ITEMPROP:
		return OF_PROPERTY;
	default:
		return !strcmp(name->text, "data-testid") ? OF_PROPERTY : 0;
	}
}

void tokens_of_element(const xmlNode *element, const struct token_sink *sink)
{
	struct token t = {.sink = sink};

	for (const char *s = (const char *)element->name; *s; s++)
		add(&t, *s);
	end(&t, OF_TAG);
	for (const xmlAttr *a = element->properties; a; a = a->next) {
		const enum token_kind kind = kind_of(a);

		if (kind)
			read_list(&t, kind, value_of(a));
	}
}

void tokens_of_words(enum token_kind kind, const char *s, size_t len,
		     const struct token_sink *sink)
{
	struct token t = {.sink = sink};

	for (size_t i = 0; i < len; i++) {
		if (ascii_is_letter(s[i]) || (s[i] & 0x80)) {
			add(&t, s[i]);
			continue;
		}
		end(&t, kind);
		begin(&t);
	}
	end(&t, kind);
}
