/* Tokenizes text whose kind is not CONTENT_DATA (as in <title> or <script>):
 * finds the end of the text and produces its tokens. */
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "parse/html/tokenizer/find.h"
#include "parse/html/tokenizer/token.h"

/* Returns true if name (in any case) is at p, followed by a character that ends
 * a tag's name. */
static bool has_name(const char *p, const char *end, const char *name,
		     size_t len)
{
	return (size_t)(end - p) > len && !strncasecmp(p, name, len) &&
	       find_is(p[len], ENDS_TAG);
}

/* Returns true if an "appropriate end tag token" (one that closes the current
 * element) begins at p, which is at a '<'. */
static bool is_end_tag(const struct html_tokenizer *t, const char *p)
{
	return t->last && p[1] == '/' &&
	       has_name(p + 2, t->end, t->last->text, t->last->len);
}

static const char *find_char(const char *p, const char *end, char c)
{
	p = memchr(p, c, (size_t)(end - p));
	return p ? p : end;
}

static const char *find_end_tag(const struct html_tokenizer *t)
{
	const char *p = t->p;

	while ((p = find_char(p, t->end, '<')) < t->end && !is_end_tag(t, p))
		p++;
	return p;
}

/* Returns the end of a "<!-- ... -->" part of a script. Inside it, "<script"
 * makes the next end tag part of the text. The part ends at "-->" or at the end
 * tag of the script. */
static const char *skip_escaped(const struct html_tokenizer *t, const char *p)
{
	static const char script[] = "script";
	const size_t len = strlen(script);
	bool twice = false;

	for (;; p++) {
		p = find3(p, t->end, '-', '<', '<');
		if (p == t->end || !strncmp(p, "-->", 3))
			return p;
		if (*p != '<')
			continue;
		if (twice) {
			twice = !(p[1] == '/' &&
				  has_name(p + 2, t->end, script, len));
		} else if (is_end_tag(t, p)) {
			return p;
		} else {
			twice = has_name(p + 1, t->end, script, len);
		}
	}
}

static const char *find_script_end(const struct html_tokenizer *t)
{
	const char *p = t->p;

	while ((p = find_char(p, t->end, '<')) < t->end && !is_end_tag(t, p)) {
		/* Searching begins at p + 2, because the dashes of "<!--" may
		 * also be those of "-->". */
		if (!strncmp(p, "<!--", 4))
			p = skip_escaped(t, p + 2);
		else
			p++;
	}
	return p;
}

static const char *find_cdata_end(const struct html_tokenizer *t)
{
	const char *p = memmem(t->p, (size_t)(t->end - t->p), "]]>", 3);

	return p ? p : t->end;
}

static const char *find_end(const struct html_tokenizer *t)
{
	switch (t->content) {
	case CONTENT_RCDATA:
	case CONTENT_RAWTEXT:
		return find_end_tag(t);
	case CONTENT_SCRIPT:
		return find_script_end(t);
	case CONTENT_CDATA:
		return find_cdata_end(t);
	default:
		return t->end;
	}
}

static void emit_nul(struct html_tokenizer *t)
{
	struct html_token *token = &t->token;

	token->source = t->p++;
	token->source_end = t->p;
	token->kind = TOKEN_NUL;
	if (t->content == CONTENT_CDATA)
		return;
	token->kind = TOKEN_TEXT;
	token->decoded = true;
	memcpy(token->chars, UTF8_REPLACEMENT, 3);
	token->text = (struct html_text){.p = token->chars, .len = 3};
}

static void emit_run(struct html_tokenizer *t, const char *end)
{
	t->token.kind = TOKEN_TEXT;
	t->token.decoded = false;
	t->token.text = (struct html_text){
		.p = t->p, .len = (size_t)(end - t->p)};
	t->p = end;
}

/* Produces a token for text that may contain U+0000. */
static void emit_raw(struct html_tokenizer *t, const char *end)
{
	emit_run(t, end);
	t->token.has_nul = memchr(t->token.text.p, '\0', t->token.text.len);
}

static void emit_rcdata(struct html_tokenizer *t)
{
	const char *end = t->end;

	if (*t->p != '&') {
		emit_raw(t, find_char(t->p, t->raw_end, '&'));
		return;
	}
	t->end = t->raw_end;
	html_tokenizer_text(t, false);
	t->end = end;
}

/* Reads a token of text; each U+0000 is a token of its own. */
static void emit_between_nuls(struct html_tokenizer *t)
{
	if (*t->p)
		emit_run(t, find_char(t->p, t->raw_end, '\0'));
	else
		emit_nul(t);
}

bool html_tokenizer_raw(struct html_tokenizer *t)
{
	if (!t->raw_end)
		t->raw_end = find_end(t);
	if (t->p == t->raw_end) {
		if (t->content == CONTENT_CDATA && t->p < t->end)
			t->p += strlen("]]>");
		t->content = CONTENT_DATA;
		t->raw_end = NULL;
		return false;
	}
	t->token.has_nul = false;
	switch (t->content) {
	case CONTENT_RCDATA:
		emit_rcdata(t);
		break;
	case CONTENT_RAWTEXT:
	case CONTENT_SCRIPT:
		emit_raw(t, t->raw_end);
		break;
	default:
		emit_between_nuls(t);
	}
	return true;
}
