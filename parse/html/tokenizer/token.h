/*
 * HTML tokens, and the tokenizer that produces them (HTML Standard, 13.2.5).
 *
 * The standard's states are sections of code that read a run of bytes each. The
 * tokenizer does not change the text: tokens borrow from it, and the owner of
 * the tree decodes strings in place later (nodes.h). A character reference in
 * text is a separate token, and so is U+0000.
 */
#ifndef PARSE_HTML_TOKENIZER_TOKEN_H
#define PARSE_HTML_TOKENIZER_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parse/html/common/names.h"

enum html_token_kind {
	TOKEN_NONE,		/* markup without effect; read on */
	TOKEN_END_OF_FILE,
	TOKEN_TEXT,
	TOKEN_NUL,		/* U+0000 in text */
	TOKEN_START,
	TOKEN_END,
	TOKEN_COMMENT,
	TOKEN_INSTRUCTION,
	TOKEN_DOCTYPE,
};

/* An attribute; value is the text between the quotes, not decoded. */
struct html_attr {
	struct html_name *name;
	const char *value;
	uint32_t len;
	bool raw;		/* the value has references or U+0000 */
};

struct html_text {
	const char *p;
	size_t len;
	bool missing;		/* DOCTYPE: the name or identifier is absent */
};

struct html_token {
	enum html_token_kind kind;
	bool self_closing;		/* START, END */
	bool decoded;			/* TEXT: decoded from the bytes from
					 * source to source_end */
	bool has_nul;			/* TEXT of CONTENT_RCDATA, RAWTEXT and
					 * SCRIPT: each U+0000 in it stands for
					 * U+FFFD */
	bool quirks;			/* DOCTYPE: force-quirks */
	struct html_name *name;		/* START, END */
	const char *after_name;		/* START: the text of the attributes */
	struct html_attr *attrs;	/* START */
	size_t count, cap;
	struct html_text text;		/* TEXT, COMMENT, INSTRUCTION: data;
					 * DOCTYPE: name */
	struct html_text target;	/* INSTRUCTION */
	struct html_text public, system;	/* DOCTYPE */
	const char *source, *source_end;	/* TEXT with decoded set */
	char chars[8];
};

/* The kind of text, as determined by its element. */
enum html_content {
	CONTENT_DATA,
	CONTENT_RCDATA,
	CONTENT_RAWTEXT,
	CONTENT_SCRIPT,
	CONTENT_PLAINTEXT,
	CONTENT_CDATA,
};

/* What the tokens of a page with many names must tell. End tags never have
 * attributes. */
enum html_detail {
	DETAIL_ALL,
	/* The name of an end tag may be html_names.unknown, if nothing in the
	 * page had that name before. */
	DETAIL_TREE,
	/* The same; and start tags, except those of formatting elements, may
	 * lack attributes that names.def does not have. */
	DETAIL_OUTLINE,
};

struct html_tokenizer {
	const char *p, *end;		/* *end is NUL */
	enum html_content content;
	const char *raw_end;		/* end of the text that is not
					 * CONTENT_DATA; NULL: not searched
					 * yet */
	const struct html_name *last;	/* the element whose end tag ends raw
					 * text */
	bool foreign;			/* <![CDATA[ begins a CDATA section
					 * here */
	uint32_t tag;			/* number of the last tag, never 0 */
	enum html_detail detail;
	const char *ahead;		/* names up to here were prefetched;
					 * NULL: none */
	bool adds_names;		/* the tag's new names are added to
					 * names */
	struct html_names *names;	/* borrowed */
	struct html_token token;
};

/* The text must be NUL-terminated and free of CRs (newlines are normalized).
 * detail is DETAIL_ALL afterwards. */
void html_tokenizer_init(struct html_tokenizer *t, struct html_names *names,
			 const char *text, size_t len);
void html_tokenizer_release(struct html_tokenizer *t);

/* Reads the next token into t->token. */
void html_tokenizer_next(struct html_tokenizer *t);

/* Reads the attributes of an earlier tag again, from its after_name, into
 * t->token. The text must be unchanged. */
void html_tokenizer_read_attrs(struct html_tokenizer *t, const char *after_name);

/* --- For the files of the tokenizer --- */

/* Reads the next token of text that is not CONTENT_DATA. Returns false if the
 * end tag or the end of the page follows. */
bool html_tokenizer_raw(struct html_tokenizer *t);

/* Read the markup at p, which is just after "<!", "<?", or a "</" that does not
 * begin a tag. */
void html_tokenizer_declaration(struct html_tokenizer *t, const char *p);
void html_tokenizer_instruction(struct html_tokenizer *t, const char *p);
void html_tokenizer_bogus_comment(struct html_tokenizer *t, const char *p);

/* Reads text up to the first reference, U+0000 or (with tags) tag. Returns
 * false if there is none. */
bool html_tokenizer_text(struct html_tokenizer *t, bool tags);

#endif
