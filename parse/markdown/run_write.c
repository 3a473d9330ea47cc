/*
 * Writes a run as Markdown. Emphasis that a parser would not read as intended
 * gets another mark ('_' instead of '*'), and if that does not help, is left
 * out. The paragraph is written again after each such change; the number of
 * times is limited.
 */
#include "parse/markdown/run.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "parse/markdown/emphasis.h"
#include "parse/markdown/escape.h"

enum {
	CAREFUL_ROUNDS = 6,	/* number of rounds in which only one pair of
				 * delimiters is changed */
	ROUNDS = 10,		/* after this number, all emphasis is left
				 * out */
};

struct writer {
	struct md_run *run;
	struct buf *out;
	size_t start;			/* offset of the run in out */
	struct md_escapes escapes;
	struct md_delimiter *delimiters;
	size_t count, cap;
};

static const char *bytes_of(const struct writer *w, size_t at)
{
	return w->run->bytes.data ? w->run->bytes.data + at : "";
}

/* Returns true if the character, or a sequence of it, occurs more than once. */
static bool is_repeated(const struct md_run *run, char c)
{
	const char *p = run->bytes.data, *end = bytes_end(p, run->bytes.len);

	p = p < end ? memchr(p, c, (size_t)(end - p)) : NULL;
	while (p && p < end && *p == c)
		p++;
	return p && p < end && memchr(p, c, (size_t)(end - p));
}

static bool has_token(const struct md_run *run, enum md_token_kind kind)
{
	for (size_t i = 0; i < run->count; i++)
		if (run->tokens[i].kind == kind)
			return true;
	return false;
}

static bool has_math(const struct md_run *run)
{
	for (size_t i = 0; i < run->count; i++)
		if (run->tokens[i].kind == MD_RAW &&
		    run->bytes.data[run->tokens[i].text] == '$')
			return true;
	return false;
}

/* A character that occurs only once, and is not in the markup either, has no
 * partner and cannot be markup. */
static struct md_escapes find_escapes(const struct md_run *run)
{
	const bool formats = has_token(run, MD_OPEN);

	return (struct md_escapes){
		.backtick = has_token(run, MD_CODE) ||
			    is_repeated(run, '`'),
		.star = formats || is_repeated(run, '*'),
		.underscore = formats || is_repeated(run, '_'),
		.tilde = formats || is_repeated(run, '~'),
		.dollar = has_math(run),
		.in_cell = run->mode == MD_IN_CELL,
	};
}

static void add_delimiter(struct writer *w, size_t token, char mark,
			  unsigned len)
{
	const struct md_token *t = &w->run->tokens[token];

	if (w->count == w->cap) {
		w->cap = w->cap ? w->cap * 2 : 32;
		w->delimiters = xrealloc(w->delimiters,
					 w->cap * sizeof(*w->delimiters));
	}
	w->delimiters[w->count++] = (struct md_delimiter){
		.at = w->out->len - w->start, .len = len, .mark = mark,
		.opens = t->kind == MD_OPEN, .token = token, .pair = t->pair};
	while (len--)
		buf_addch(w->out, mark);
}

/* Returns true if the link's text is its URL, which is written as <URL>. */
static bool is_autolink(const struct writer *w, size_t open)
{
	const struct md_token *t = &w->run->tokens[open], *text = t + 1;
	const char *url = bytes_of(w, t->url);

	if (t->pair != open + 2 || text->kind != MD_TEXT || t->title_len ||
	    t->url_len != text->text_len || !t->mark ||
	    (strncmp(url, "http://", 7) && strncmp(url, "https://", 8)))
		return false;
	for (size_t i = 0; i < t->url_len; i++)
		if ((unsigned char)url[i] <= ' ' || strchr("<>|\\`", url[i]))
			return false;
	return !memcmp(url, bytes_of(w, text->text), t->url_len);
}

static void write_link_end(struct writer *w, const struct md_token *t)
{
	buf_addstr(w->out, "](");
	md_add_destination(w->out, bytes_of(w, t->url), t->url_len,
			   w->escapes.in_cell);
	if (t->title_len)
		md_add_title(w->out, bytes_of(w, t->title), t->title_len,
			     w->escapes.in_cell);
	buf_addch(w->out, ')');
}

static void write_link(struct writer *w, size_t i)
{
	const struct md_token *t = &w->run->tokens[i];

	if (t->kind == MD_OPEN) {
		add_delimiter(w, i, '[', 1);
		w->escapes.in_link = true;
		return;
	}
	add_delimiter(w, i, ']', 0);
	write_link_end(w, t);
	w->escapes.in_link = false;
}

static void write_format(struct writer *w, size_t i)
{
	const struct md_token *t = &w->run->tokens[i];
	const bool opens = t->kind == MD_OPEN;

	switch (t->format) {
	case MD_EM:
		add_delimiter(w, i, t->mark, 1);
		return;
	case MD_STRONG:
		add_delimiter(w, i, t->mark, 2);
		return;
	case MD_DELETED:
		add_delimiter(w, i, '~', 2);
		return;
	case MD_SUB:
		buf_addstr(w->out, opens ? "<sub>" : "</sub>");
		return;
	case MD_SUP:
		buf_addstr(w->out, opens ? "<sup>" : "</sup>");
		return;
	case MD_LINK:
		write_link(w, i);
	}
}

/* Returns a character for the markup that follows token i, as in struct
 * md_escapes. */
static char next_of(const struct writer *w, size_t i)
{
	const struct md_token *t = &w->run->tokens[i + 1];

	if (i + 1 == w->run->count)
		return 0;
	switch (t->kind) {
	case MD_BREAK:
		return 0;
	case MD_CODE:
		return '`';
	case MD_IMAGE:
		return '!';
	case MD_OPEN:
	case MD_CLOSE:
		if (!t->mark)
			return '?';
		if (t->format != MD_LINK)
			return '*';
		return t->kind == MD_CLOSE || is_autolink(w, i + 1) ? ']' : '[';
	default:
		return '?';
	}
}

static void write_text(struct writer *w, size_t i)
{
	const struct md_token *t = &w->run->tokens[i];

	w->escapes.next = next_of(w, i);
	md_add_text(w->out, bytes_of(w, t->text), t->text_len, &w->escapes);
}

static void write_image(struct writer *w, const struct md_token *t)
{
	struct md_escapes escapes = w->escapes;

	escapes.in_link = true;
	escapes.star = escapes.underscore = escapes.tilde = true;
	escapes.backtick = true;
	escapes.next = ']';
	buf_addstr(w->out, "![");
	/* "![^" would be a footnote. */
	if (t->text_len && *bytes_of(w, t->text) == '^')
		buf_addch(w->out, '\\');
	md_add_text(w->out, bytes_of(w, t->text), t->text_len, &escapes);
	write_link_end(w, t);
}

static size_t longest_backticks(const char *s, size_t len)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < len; i++) {
		run = s[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

/* Appends code between backticks. Parsers take one space away from both ends if
 * there are spaces at both, unless there is nothing else. */
static void add_code_span(struct buf *out, const char *s, size_t len,
			  bool in_cell)
{
	const size_t ticks = longest_backticks(s, len) + 1;
	const bool pads = *s == '`' || s[len - 1] == '`' ||
			  (*s == ' ' && s[len - 1] == ' ' &&
			   strspn(s, " ") < len);

	for (size_t i = 0; i < ticks; i++)
		buf_addch(out, '`');
	if (pads)
		buf_addch(out, ' ');
	for (size_t i = 0; i < len; i++) {
		if (in_cell && s[i] == '|')
			buf_addch(out, '\\');
		buf_addch(out, s[i]);
	}
	if (pads)
		buf_addch(out, ' ');
	for (size_t i = 0; i < ticks; i++)
		buf_addch(out, '`');
}

/* In a cell, a pipe after a backslash cannot be in a code span. */
static void add_code(struct writer *w, struct buf *code)
{
	const struct md_escapes all = {
		.backtick = true, .star = true, .underscore = true,
		.tilde = true, .in_link = true, .in_cell = true, .next = '?',
	};

	buf_cstr(code);
	if (!w->escapes.in_cell || !strstr(code->data, "\\|")) {
		add_code_span(w->out, code->data, code->len,
			      w->escapes.in_cell);
		return;
	}
	buf_addstr(w->out, "<code>");
	md_add_text(w->out, code->data, code->len, &all);
	buf_addstr(w->out, "</code>");
}

/* Writes a code token with those that follow it directly: two code spans cannot
 * be side by side. Returns the last of them. */
static size_t write_code(struct writer *w, size_t i)
{
	const struct md_token *tokens = w->run->tokens;
	struct buf code = {0};
	size_t last = i;

	for (; i < w->run->count; i++) {
		if (tokens[i].kind == MD_CODE) {
			buf_add(&code, bytes_of(w, tokens[i].text),
				tokens[i].text_len);
			last = i;
		} else if ((tokens[i].kind != MD_OPEN &&
			    tokens[i].kind != MD_CLOSE) || tokens[i].mark) {
			break;
		}
	}
	add_code(w, &code);
	buf_release(&code);
	return last;
}

/* Writes token i, or several tokens. Returns the last of them. */
static size_t write_token(struct writer *w, size_t i)
{
	const struct md_token *t = &w->run->tokens[i];

	switch (t->kind) {
	case MD_TEXT:
		write_text(w, i);
		return i;
	case MD_CODE:
		return write_code(w, i);
	case MD_OPEN:
		if (t->format == MD_LINK && is_autolink(w, i)) {
			buf_addch(w->out, '<');
			buf_add(w->out, bytes_of(w, t->url), t->url_len);
			buf_addch(w->out, '>');
			return t->pair;
		}
		if (t->mark)
			write_format(w, i);
		return i;
	case MD_CLOSE:
		if (t->mark)
			write_format(w, i);
		return i;
	case MD_IMAGE:
		write_image(w, t);
		return i;
	case MD_BREAK:
		buf_addstr(w->out, w->escapes.in_cell ? "<br>" : "\\\n");
		return i;
	default:
		buf_add(w->out, bytes_of(w, t->text), t->text_len);
		return i;
	}
}

static void write_tokens(struct writer *w)
{
	w->out->len = w->start;
	w->count = 0;
	w->escapes.in_link = false;
	for (size_t i = 0; i < w->run->count; i++)
		i = write_token(w, i);
}

static void set_mark(struct md_run *run, size_t token, char mark)
{
	run->tokens[token].mark = mark;
	run->tokens[run->tokens[token].pair].mark = mark;
}

/* Leaves out the formats that cannot survive, whatever their mark. Returns true
 * if there are any. */
static bool drop_hopeless(struct writer *w)
{
	bool found = false;

	for (size_t i = 0; i < w->count; i++) {
		if (!w->delimiters[i].hopeless)
			continue;
		set_mark(w->run, w->delimiters[i].token, 0);
		found = true;
	}
	return found;
}

/* Gives the first format that does not survive its other mark, or leaves it
 * out; if there is a choice, the first <em>. */
static void change_first(struct writer *w)
{
	size_t i = 0;

	while (i < w->count &&
	       (w->delimiters[i].survives || w->delimiters[i].len != 1 ||
		w->delimiters[i].mark != '*'))
		i++;
	for (i = i < w->count ? i : 0; w->delimiters[i].survives;)
		i++;
	set_mark(w->run, w->delimiters[i].token,
		 w->delimiters[i].mark == '*' ? '_' : 0);
}

/* Leaves out all formats that do not survive; or all, but for links. */
static void drop_formats(struct writer *w, bool all)
{
	for (size_t i = 0; i < w->count; i++)
		if (!w->delimiters[i].survives ||
		    (all && !strchr("[]", w->delimiters[i].mark)))
			set_mark(w->run, w->delimiters[i].token, 0);
}

void md_run_write(struct md_run *run, struct buf *out)
{
	struct writer w = {.run = run, .out = out, .start = out->len};

	w.escapes = find_escapes(run);
	for (unsigned round = 0;; round++) {
		write_tokens(&w);
		if (!w.count ||
		    md_emphasis_check(out->data + w.start, out->len - w.start,
				      w.delimiters, w.count))
			break;
		if (round < ROUNDS && drop_hopeless(&w))
			continue;
		if (round < CAREFUL_ROUNDS)
			change_first(&w);
		else
			drop_formats(&w, round >= ROUNDS);
	}
	free(w.delimiters);
}
