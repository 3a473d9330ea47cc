/*
 * Tokens of HTML, and the tokenizer that makes them (HTML Standard, 13.2.5).
 *
 * Its states are sections of code that take a run of bytes each. It does not
 * change the text: a token borrows from it, and what has to be decoded is done
 * by the owner of the tree, where it stands (nodes.h). A character reference
 * in text is a token of its own, and so is U+0000.
 */
#ifndef PARSE_HTML_TOKENIZER_TOKEN_H
#define PARSE_HTML_TOKENIZER_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parse/html/common/names.h"

enum html_token_kind {
	TOKEN_NONE,		/* markup that is nothing: there are more */
	TOKEN_END_OF_FILE,
	TOKEN_TEXT,
	TOKEN_NUL,		/* U+0000 in text */
	TOKEN_START,
	TOKEN_END,
	TOKEN_COMMENT,
	TOKEN_INSTRUCTION,
	TOKEN_DOCTYPE,
};

/* A value as it stands in the text, between its quotes. */
struct html_attr {
	struct html_name *name;
	const char *value;
	uint32_t len;
	bool raw;		/* has references or U+0000 */
};

struct html_text {
	const char *p;
	size_t len;
	bool missing;		/* of a doctype's identifiers: there is none */
};

struct html_token {
	enum html_token_kind kind;
	bool self_closing;		/* START, END */
	bool decoded;			/* TEXT: made of a reference, which
					 * stands at source */
	bool quirks;			/* DOCTYPE: force-quirks */
	struct html_name *name;		/* START, END */
	struct html_attr *attrs;	/* START, END */
	size_t count, cap;
	struct html_text text;		/* TEXT, COMMENT, INSTRUCTION: data;
					 * DOCTYPE: name */
	struct html_text target;	/* INSTRUCTION */
	struct html_text public, system;	/* DOCTYPE */
	const char *source, *behind;	/* TEXT that is decoded */
	char chars[8];
};

/* What the text is, by the element it is in. */
enum html_content {
	CONTENT_DATA,
	CONTENT_RCDATA,
	CONTENT_RAWTEXT,
	CONTENT_SCRIPT,
	CONTENT_PLAINTEXT,
	CONTENT_CDATA,
};

struct html_tokenizer {
	const char *p, *end;		/* *end is NUL */
	enum html_content content;
	const char *raw_end;		/* SCRIPT: where the text ends */
	const struct html_name *last;	/* whose end tag ends raw text */
	bool foreign;			/* <![CDATA[ is one here */
	uint64_t tag;
	struct html_names *names;	/* borrowed */
	struct html_token token;
};

/* The text has a NUL behind it and no CR, which is normalized beforehand. */
void html_tokenizer_init(struct html_tokenizer *t, struct html_names *names,
			 const char *text, size_t len);
void html_tokenizer_release(struct html_tokenizer *t);

/* Makes the next token in t->token. */
void html_tokenizer_next(struct html_tokenizer *t);

/* Between the files of the tokenizer. */

/* The next token of text that is not CONTENT_DATA; false: there is none before
 * the end tag or the end. */
bool html_tokenizer_raw(struct html_tokenizer *t);

/* p is behind "<!", "<?", or "</" in front of what is no tag. */
void html_tokenizer_declaration(struct html_tokenizer *t, const char *p);
void html_tokenizer_instruction(struct html_tokenizer *t, const char *p);
void html_tokenizer_bogus(struct html_tokenizer *t, const char *p);

/* Text up to the first reference, U+0000 or, if tags end it, tag. False: there
 * is none of it. */
bool html_tokenizer_text(struct html_tokenizer *t, bool tags);

#endif
