/* Tokenizes comments, doctypes and processing instructions. */
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "parse/html/tokenizer/find.h"
#include "parse/html/tokenizer/token.h"

static const char *find_char(const char *p, const char *end, char c)
{
	p = memchr(p, c, (size_t)(end - p));
	return p ? p : end;
}

static const char *skip_space(const char *p)
{
	while (find_is(*p, IS_SPACE))
		p++;
	return p;
}

static struct html_text text_between(const char *p, const char *end)
{
	return (struct html_text){.p = p, .len = (size_t)(end - p)};
}

/* Produces a comment token. next: where the next token begins, possibly after
 * the end of the text. */
static void emit_comment(struct html_tokenizer *t, const char *p,
			 const char *end, const char *next)
{
	t->token.kind = TOKEN_COMMENT;
	t->token.text = text_between(p, end);
	t->p = next < t->end ? next : t->end;
}

void html_tokenizer_bogus_comment(struct html_tokenizer *t, const char *p)
{
	const char *end = find_char(p, t->end, '>');

	emit_comment(t, p, end, end + 1);
}

/* Returns true if text stands directly before end and does not begin before
 * p. */
static bool is_before(const char *p, const char *end, const char *text)
{
	const size_t len = strlen(text);

	return (size_t)(end - p) >= len && !memcmp(end - len, text, len);
}

/* Reads a comment; p is just after "<!--". */
static void read_comment(struct html_tokenizer *t, const char *p)
{
	const char *end = p;

	if (*p == '>' || (*p == '-' && p[1] == '>')) {
		emit_comment(t, p, p, p + (*p == '-') + 1);
		return;
	}
	while ((end = find_char(end, t->end, '>')) < t->end &&
	       !is_before(p, end, "--") && !is_before(p, end, "--!"))
		end++;
	if (is_before(p, end, "--!"))
		emit_comment(t, p, end - 3, end + 1);
	else if (is_before(p, end, "--"))
		emit_comment(t, p, end - 2, end + 1);
	else if (is_before(p, end, "-"))
		emit_comment(t, p, end - 1, end + 1);
	else
		emit_comment(t, p, end, end + 1);
}

/* Reads the quoted identifier at p. Returns the position after it and white
 * space, or NULL if the doctype ends inside the identifier; then t->p is set to
 * the end of the doctype. */
static const char *read_identifier(struct html_tokenizer *t, const char *p,
				   struct html_text *id)
{
	const char *end = find4(p + 1, t->end, *p, '>', '>', '>');

	*id = text_between(p + 1, end);
	if (end < t->end && *end == *p)
		return skip_space(end + 1);
	t->token.quirks = true;
	t->p = end < t->end ? end + 1 : end;
	return NULL;
}

/* Skips the rest of the doctype without evaluating it. */
static void skip_doctype(struct html_tokenizer *t, const char *p, bool quirks)
{
	const char *end = find_char(p, t->end, '>');

	t->token.quirks |= quirks;
	t->p = end < t->end ? end + 1 : end;
}

static bool is_quote(char c)
{
	return c == '"' || c == '\'';
}

/* Reads the identifiers of a doctype; p is just after the doctype's name. */
static void read_identifiers(struct html_tokenizer *t, const char *p)
{
	struct html_token *token = &t->token;
	const bool public = !strncasecmp(p, "public", 6);

	if (!public && strncasecmp(p, "system", 6)) {
		skip_doctype(t, p, *p != '>');
		return;
	}
	p = skip_space(p + 6);
	if (!is_quote(*p)) {
		skip_doctype(t, p, true);
		return;
	}
	if (public) {
		p = read_identifier(t, p, &token->public);
		if (!p)
			return;
		if (!is_quote(*p)) {
			skip_doctype(t, p, *p != '>');
			return;
		}
	}
	p = read_identifier(t, p, &token->system);
	if (p)
		skip_doctype(t, p, p == t->end);
}

/* Reads a doctype; p is just after "<!doctype". */
static void read_doctype(struct html_tokenizer *t, const char *p)
{
	struct html_token *token = &t->token;
	const char *start;

	token->kind = TOKEN_DOCTYPE;
	token->quirks = false;
	token->text = token->public = token->system =
		(struct html_text){.missing = true};
	start = p = skip_space(p);
	while (p < t->end && *p != '>' && !find_is(*p, IS_SPACE))
		p++;
	if (p == start) {
		skip_doctype(t, p, true);
		return;
	}
	token->text = text_between(start, p);
	read_identifiers(t, skip_space(p));
}

void html_tokenizer_declaration(struct html_tokenizer *t, const char *p)
{
	static const char doctype[] = "doctype", cdata[] = "[CDATA[";

	if (p[0] == '-' && p[1] == '-') {
		read_comment(t, p + 2);
	} else if (!strncasecmp(p, doctype, strlen(doctype))) {
		read_doctype(t, p + strlen(doctype));
	} else if (t->foreign && !strncmp(p, cdata, strlen(cdata))) {
		t->content = CONTENT_CDATA;
		t->p = p + strlen(cdata);
		t->token.kind = TOKEN_NONE;
	} else {
		html_tokenizer_bogus_comment(t, p);
	}
}

static bool is_target(char c)
{
	return ascii_is_letter(c) || c == '_' || c == '-' ||
	       (c >= '0' && c <= '9');
}

/* Returns true for targets that are not allowed in HTML: "<?xml ...>", which is
 * common, becomes a bogus comment. */
static bool is_reserved(struct slice target)
{
	return ascii_is(target, "xml") || ascii_is(target, "xml-stylesheet");
}

void html_tokenizer_instruction(struct html_tokenizer *t, const char *p)
{
	struct html_token *token = &t->token;
	const char *s = p, *end;

	if (ascii_is_letter(*s) || *s == '_')
		while (is_target(*s))
			s++;
	token->target = text_between(p, s);
	if (s == t->end) {
		token->kind = TOKEN_END_OF_FILE;
		t->p = t->end;
		return;
	}
	if (s == p || !(find_is(*s, IS_SPACE) || *s == '?' || *s == '>') ||
	    is_reserved((struct slice){p, (size_t)(s - p)})) {
		html_tokenizer_bogus_comment(t, p - 1);
		return;
	}
	s = skip_space(s);
	end = find_char(s, t->end, '>');
	token->kind = end < t->end ? TOKEN_INSTRUCTION : TOKEN_END_OF_FILE;
	token->text = text_between(s, end - (end > s && end[-1] == '?'));
	t->p = end < t->end ? end + 1 : end;
}
