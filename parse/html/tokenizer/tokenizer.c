/* Tokenizes CONTENT_DATA: text and references. Tags are in tags.c, other markup
 * in markup.c. */
#include "parse/html/tokenizer/token.h"

#include <string.h>

#include "base/ascii.h"
#include "base/memory_budget.h"
#include "parse/html/tokenizer/find.h"
#include "parse/html/tokenizer/references.h"

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

/* Reads the text after "</": an end tag or a bogus comment. p is just after
 * "</". */
static void read_end_markup(struct html_tokenizer *t, const char *p)
{
	if (ascii_is_letter(*p)) {
		html_tokenizer_end_tag(t, p);
	} else if (*p == '>') {
		t->p = p + 1;
		t->token.kind = TOKEN_NONE;
	} else {
		html_tokenizer_bogus_comment(t, p);
	}
}

static void read_markup(struct html_tokenizer *t)
{
	const char *p = t->p + 1;

	switch (*p) {
	case '/':
		read_end_markup(t, p + 1);
		break;
	case '!':
		html_tokenizer_declaration(t, p + 1);
		break;
	case '?':
		html_tokenizer_instruction(t, p + 1);
		break;
	default:
		html_tokenizer_start_tag(t, p);
	}
}

static inline void emit_text(struct html_tokenizer *t, const char *p, size_t len)
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

static void read_token(struct html_tokenizer *t)
{
	if (t->content != CONTENT_DATA && html_tokenizer_raw(t))
		return;
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

/* Reads text up to a tag. Returns false if there is anything else that needs
 * attention. */
static inline bool read_plain_text(struct html_tokenizer *t)
{
	const char *start = t->p, *p = find3(start, t->end, '<', '&', '\0');

	if (*p != '<' || p == start || p + 2 >= t->end ||
	    !(p[1] == '/' || ascii_is_letter(p[1])))
		return false;
	t->p = p;
	emit_text(t, start, (size_t)(p - start));
	return true;
}

/* Reads a tag, or text up to a tag, which is what most tokens are. */
static inline bool read_quickly(struct html_tokenizer *t)
{
	const char *p = t->p;

	if (__builtin_expect(t->content != CONTENT_DATA, 0))
		return false;
	if (*p != '<')
		return read_plain_text(t);
	if (ascii_is_letter(p[1])) {
		html_tokenizer_start_tag(t, p + 1);
		return true;
	}
	if (p[1] != '/' || !ascii_is_letter(p[2]))
		return false;
	html_tokenizer_end_tag(t, p + 2);
	return true;
}

void html_tokenizer_next(struct html_tokenizer *t)
{
	if (__builtin_expect(read_quickly(t), 1))
		return;
	do
		read_token(t);
	while (t->token.kind == TOKEN_NONE);
}

bool html_tokenizer_plain_text(struct html_tokenizer *t)
{
	return read_plain_text(t);
}

void html_tokenizer_skip_text(struct html_tokenizer *t)
{
	const char *p = find1(t->p, t->end, '<');

	while (p < t->end && !is_markup(t, p))
		p = find1(p + 1, t->end, '<');
	t->p = p;
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
