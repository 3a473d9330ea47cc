/* Collects the tokens of a run. */
#include "parse/markdown/run.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"

#define NO_BREAK_SPACE "\xc2\xa0"

enum {
	/* Maximum number of bytes in a document that are repeated URLs of links
	 * with several paragraphs. */
	REPEATS = 1 << 20,
};

void md_run_init(struct md_run *run)
{
	*run = (struct md_run){.repeats = REPEATS};
}

void md_run_release(struct md_run *run)
{
	free(run->tokens);
	buf_release(&run->bytes);
	*run = (struct md_run){0};
}

static struct md_token *add_token(struct md_run *run, enum md_token_kind kind)
{
	struct md_token *token;

	if (run->count == run->cap) {
		run->cap = run->cap ? run->cap * 2 : 64;
		run->tokens = xrealloc(run->tokens,
				       run->cap * sizeof(*run->tokens));
	}
	token = &run->tokens[run->count++];
	*token = (struct md_token){.kind = kind, .text = run->bytes.len};
	return token;
}

static struct md_token *last_token(struct md_run *run)
{
	return run->count ? &run->tokens[run->count - 1] : NULL;
}

/* Appends bytes to the last token if it is of this kind, else to a new one. A
 * token of text ends where the bytes end. */
static void add_bytes(struct md_run *run, enum md_token_kind kind,
		      const char *s, size_t len)
{
	struct md_token *token = last_token(run);

	if (!token || token->kind != kind)
		token = add_token(run, kind);
	buf_add(&run->bytes, s, len);
	token->text_len += len;
}

static void store(struct md_run *run, struct slice s, size_t *at, size_t *len)
{
	*at = run->bytes.len;
	*len = s.len;
	buf_add(&run->bytes, s.p, s.len);
}

/* Adds the white space and line breaks that were held back. */
static void add_gap(struct md_run *run)
{
	if (run->count && run->breaks && run->mode == MD_IN_PARAGRAPH)
		add_token(run, MD_BREAK);
	else if (run->count && run->breaks && run->mode == MD_IN_CELL)
		for (unsigned i = 0; i < run->breaks; i++)
			add_token(run, MD_BREAK);
	else if (run->count && (run->space || run->breaks))
		add_bytes(run, MD_TEXT, " ", 1);
	run->space = false;
	run->breaks = 0;
}

static bool may_repeat(struct md_run *run, const struct md_format *format)
{
	const size_t bytes = format->url.len + format->title.len;

	if (!format->used)
		return true;
	if (bytes > run->repeats)
		return false;
	run->repeats -= bytes;
	return true;
}

/* Opens a format in the run. If the same one was closed just before, it goes on
 * instead: Markdown has no way to write one beside the other. */
static void open_format(struct md_run *run, struct md_format *format)
{
	struct md_token *last = last_token(run), *token;

	if (last && last->kind == MD_CLOSE && last->format == format->kind &&
	    format->kind != MD_LINK) {
		format->token = last->pair;
		run->count--;
		return;
	}
	token = add_token(run, MD_OPEN);
	token->format = format->kind;
	token->mark = '*';
	if (format->kind == MD_LINK) {
		if (!may_repeat(run, format))
			token->mark = 0;
		store(run, format->url, &token->url, &token->url_len);
		store(run, format->title, &token->title, &token->title_len);
	}
	format->token = run->count - 1;
	format->used = true;
}

/* Makes the run ready for something visible. */
static void begin_content(struct md_run *run)
{
	add_gap(run);
	while (run->opened < run->open)
		open_format(run, &run->formats[run->opened++]);
}

/* Returns the length of the no-break spaces at the beginning. */
static size_t leading_spaces(const char *s, size_t len)
{
	size_t n = 0;

	while (n + 2 <= len && !memcmp(s + n, NO_BREAK_SPACE, 2))
		n += 2;
	return n;
}

static size_t trailing_spaces(const char *s, size_t len)
{
	size_t n = 0;

	while (n + 2 <= len && !memcmp(s + len - n - 2, NO_BREAK_SPACE, 2))
		n += 2;
	return n;
}

/* Adds words. No-break spaces at its beginning stay outside of formats. */
static void add_words(struct md_run *run, const char *s, size_t len)
{
	const size_t spaces =
		run->opened < run->open ? leading_spaces(s, len) : 0;

	if (spaces) {
		add_gap(run);
		add_bytes(run, MD_TEXT, s, spaces);
	}
	if (spaces == len)
		return;
	begin_content(run);
	add_bytes(run, MD_TEXT, s + spaces, len - spaces);
}

static void add_code_words(struct md_run *run, const char *s, size_t len)
{
	begin_content(run);
	if (run->code_space)
		add_bytes(run, MD_CODE, " ", 1);
	run->code_space = false;
	run->code_text = true;
	add_bytes(run, MD_CODE, s, len);
}

/* Holds white space back. White space at the edges of code belongs to the code,
 * unless it has a line feed: then it is there for the layout of the source. */
static void add_space(struct md_run *run, const char *s, size_t len)
{
	if (run->code && (run->code_text || !memchr(s, '\n', len)))
		run->code_space = run->code_text || !memchr(s, '\n', len);
	else
		run->space = true;
}

static bool is_space(char c)
{
	return (uint8_t)c <= ' ' && ascii_is_space(c);
}

/* Returns the end of the words at s that have one space between them. */
static const char *words_end(const char *s)
{
	for (;; s++) {
		if ((uint8_t)*s > ' ')
			continue;
		if (!*s || (ascii_is_space(*s) &&
			    (*s != ' ' || !s[1] || is_space(s[1]))))
			return s;
	}
}

void md_run_text(struct md_run *run, const char *s)
{
	while (*s) {
		const char *start = s;

		while (is_space(*s))
			s++;
		if (s > start)
			add_space(run, start, (size_t)(s - start));
		start = s;
		s = words_end(s);
		if (s == start)
			return;
		if (run->code)
			add_code_words(run, start, (size_t)(s - start));
		else
			add_words(run, start, (size_t)(s - start));
	}
}

/* Ends the text inside of code, before something else that it contains. */
static void interrupt_code(struct md_run *run)
{
	run->space |= run->code_space;
	run->code_space = false;
}

void md_run_begin_code(struct md_run *run)
{
	if (!run->code++)
		run->code_text = run->code_space = false;
}

void md_run_end_code(struct md_run *run)
{
	if (--run->code)
		return;
	if (run->code_space && !run->code_text)
		begin_content(run);
	else if (run->code_space &&
		 (!run->count || last_token(run)->kind != MD_CODE))
		interrupt_code(run);
	if (run->code_space)
		add_bytes(run, MD_CODE, " ", 1);
	run->code_space = false;
}

bool md_run_open(struct md_run *run, enum md_format_kind kind,
		 struct slice url, struct slice title)
{
	if (kind == MD_LINK ? run->links > 0
			    : run->code || run->open - run->links ==
						   MD_FORMATS - 1)
		return false;
	interrupt_code(run);
	run->links += kind == MD_LINK;
	run->formats[run->open++] = (struct md_format){
		.kind = kind, .url = url, .title = title};
	return true;
}

static void close_format(struct md_run *run, const struct md_format *format)
{
	struct md_token *open = &run->tokens[format->token];
	const struct md_token old = *open;
	struct md_token *close = add_token(run, MD_CLOSE);

	close->format = format->kind;
	close->mark = old.mark;
	close->pair = format->token;
	close->url = old.url;
	close->url_len = old.url_len;
	close->title = old.title;
	close->title_len = old.title_len;
	run->tokens[format->token].pair = run->count - 1;
	run->opened--;
}

/* Closes a format that is open in the run. No-break spaces at its end are moved
 * out of it. */
static void close_opened(struct md_run *run, const struct md_format *format)
{
	struct md_token *last = last_token(run);
	size_t spaces = 0;

	if (last->kind == MD_TEXT)
		spaces = trailing_spaces(run->bytes.data + last->text,
					 last->text_len);
	if (spaces == last->text_len)
		spaces = 0;
	last->text_len -= spaces;
	run->bytes.len -= spaces;
	close_format(run, format);
	for (; spaces; spaces -= 2)
		add_bytes(run, MD_TEXT, NO_BREAK_SPACE, 2);
}

void md_run_close(struct md_run *run, bool keep_empty)
{
	struct md_format *format = &run->formats[run->open - 1];

	interrupt_code(run);
	if (keep_empty && format->kind == MD_LINK && !format->used)
		begin_content(run);
	if (run->opened == run->open)
		close_opened(run, format);
	run->open--;
	run->links -= format->kind == MD_LINK;
}

void md_run_image(struct md_run *run, struct slice alt, struct slice url,
		  struct slice title)
{
	struct md_token token = {.kind = MD_IMAGE};

	interrupt_code(run);
	begin_content(run);
	store(run, url, &token.url, &token.url_len);
	store(run, title, &token.title, &token.title_len);
	store(run, alt, &token.text, &token.text_len);
	*add_token(run, MD_IMAGE) = token;
}

static void close_all(struct md_run *run)
{
	while (run->opened)
		close_opened(run, &run->formats[run->opened - 1]);
}

void md_run_link_apart(struct md_run *run, struct slice text,
		       struct slice url)
{
	struct md_format link = {.kind = MD_LINK, .url = url};

	interrupt_code(run);
	close_all(run);
	add_gap(run);
	open_format(run, &link);
	if (text.len)
		add_bytes(run, MD_TEXT, text.p, text.len);
	run->opened++;
	close_format(run, &link);
}

void md_run_raw(struct md_run *run, const char *s, size_t len)
{
	interrupt_code(run);
	begin_content(run);
	add_token(run, MD_RAW);
	add_bytes(run, MD_RAW, s, len);
}

bool md_run_is_over(const struct md_run *run)
{
	return run->breaks > 1 && run->mode == MD_IN_PARAGRAPH &&
	       !run->links && md_run_has_content(run);
}

void md_run_finish(struct md_run *run)
{
	close_all(run);
	run->space = run->code_space = false;
	run->breaks = 0;
}

void md_run_clear(struct md_run *run)
{
	run->count = 0;
	buf_clear(&run->bytes);
}
