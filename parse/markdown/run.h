/*
 * A run of inline content: the text of a paragraph, a heading or a cell, with
 * its emphasis, links and images.
 *
 * White space and line breaks are held back until something visible follows,
 * and so are the beginnings of formats. So the white space around a format is
 * outside of it, as Markdown requires, and a format without content leaves
 * nothing. The formats that are open at the end of a run are opened again in
 * the next one: in HTML, an <a> may contain several paragraphs.
 */
#ifndef PARSE_MARKDOWN_RUN_H
#define PARSE_MARKDOWN_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

enum md_format_kind {
	MD_EM,
	MD_STRONG,
	MD_DELETED,
	MD_SUB,
	MD_SUP,
	MD_LINK,
};

enum md_token_kind {
	MD_TEXT,		/* text, with its white space collapsed */
	MD_CODE,
	MD_OPEN,		/* beginning and end of a format */
	MD_CLOSE,
	MD_IMAGE,		/* text: the alternative text */
	MD_BREAK,
	MD_RAW,			/* Markdown, written as it is */
};

struct md_token {
	enum md_token_kind kind;
	enum md_format_kind format;	/* kind of MD_OPEN and MD_CLOSE */
	char mark;			/* '*' or '_'; 0: the format is left
					 * out, since it would not survive */
	size_t pair;			/* index of the other end */
	size_t text, text_len;		/* offsets in the run's bytes */
	size_t url, url_len;
	size_t title, title_len;	/* title of a link or image, also in the
					 * run's bytes */
};

/* A format that is open at this place of the document. */
struct md_format {
	enum md_format_kind kind;
	struct slice url, title;	/* for a link; borrowed */
	size_t token;			/* index of its MD_OPEN, if it is
					 * opened */
	bool used;			/* the format was opened in some run */
};

/* Maximum number of nested formats in a run; further ones are left out. */
enum { MD_FORMATS = 8 };

enum md_run_mode {
	MD_IN_PARAGRAPH,
	MD_IN_HEADING,		/* a line break is a space */
	MD_IN_CELL,		/* a line break is <br> */
};

struct md_run {
	enum md_run_mode mode;
	struct md_token *tokens;	/* array, owned */
	size_t count, cap;
	struct buf bytes;		/* texts and URLs of the tokens */
	struct md_format formats[MD_FORMATS];
	size_t open;			/* number of open formats */
	size_t opened;			/* number of open formats whose token is
					 * in this run */
	unsigned links;			/* open links: 0 or 1 */
	unsigned code;			/* open <code> elements */
	bool code_text;			/* the innermost one has text */
	bool space;			/* white space has been held back */
	unsigned breaks;		/* number of line breaks that have been
					 * held back */
	bool code_space;		/* a space inside of <code> has been
					 * held back */
	size_t repeats;			/* bytes of URLs that links may still
					 * repeat */
};

void md_run_init(struct md_run *run);
void md_run_release(struct md_run *run);

/* Returns true if the run has anything visible. */
static inline bool md_run_has_content(const struct md_run *run)
{
	return run->count > run->opened;
}

/* Appends text as it is in the document. */
void md_run_text(struct md_run *run, const char *s);

/* Begin and end a <code> element. */
void md_run_begin_code(struct md_run *run);
void md_run_end_code(struct md_run *run);

/* Opens a format; url and title (borrowed until the format is closed) are those
 * of a link. Returns false if the format is left out; then md_run_close() must
 * not be called. */
bool md_run_open(struct md_run *run, enum md_format_kind kind,
		 struct slice url, struct slice title);

/* Closes the innermost format. keep_empty: a link without any content is
 * written, too. */
void md_run_close(struct md_run *run, bool keep_empty);

void md_run_image(struct md_run *run, struct slice alt, struct slice url,
		  struct slice title);

/* Appends a link outside of the open formats: Markdown has no links in
 * links. */
void md_run_link_apart(struct md_run *run, struct slice text,
		       struct slice url);

/* Appends Markdown, written as it is. */
void md_run_raw(struct md_run *run, const char *s, size_t len);

/* Appends white space, or a line break. */
static inline void md_run_space(struct md_run *run)
{
	run->space = true;
}

static inline void md_run_break(struct md_run *run)
{
	run->breaks++;
	run->code_space = false;
}

/* Returns true if the next content begins another paragraph: several line
 * breaks are held back. */
bool md_run_is_over(const struct md_run *run);

/* Closes the formats in the run, so that the run can be written. */
void md_run_finish(struct md_run *run);

/* Empties the run for the text that follows. Formats that are open (emphasis,
 * links) stay open. */
void md_run_clear(struct md_run *run);

/* Appends the Markdown of a finished run. Lines of a paragraph are separated by
 * a backslash and a line feed. */
void md_run_write(struct md_run *run, struct buf *out);

#endif
