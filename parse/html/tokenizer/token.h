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
	TOKEN_NONE,		/* markup without effect: read the next token */
	TOKEN_END_OF_FILE,
	TOKEN_TEXT,
	TOKEN_NUL,		/* a U+0000 in text */
	TOKEN_START,
	TOKEN_END,
	TOKEN_COMMENT,
	TOKEN_INSTRUCTION,
	TOKEN_DOCTYPE,
};

/* An attribute of a tag. value is the text between the quotes, with its
 * references not decoded. */
struct html_attr {
	struct html_name *name;
	const char *value;
	uint32_t len;
	bool raw;		/* the value contains references or U+0000 */
};

struct html_text {
	const char *p;
	size_t len;
	bool missing;		/* in a DOCTYPE: the name or identifier is
				 * absent */
};

struct html_token {
	enum html_token_kind kind;
	bool self_closing;		/* of START, END */
	bool decoded;			/* of TEXT: p was decoded from the bytes
					 * between source and source_end */
	bool has_nul;			/* of TEXT in CONTENT_RCDATA, RAWTEXT
					 * and SCRIPT: each U+0000 in the text
					 * stands for U+FFFD */
	bool has_raw;			/* of START: the value of an attribute
					 * is raw (html_attr.raw) */
	bool quirks;			/* of DOCTYPE: the force-quirks flag */
	struct html_name *name;		/* of START, END */
	const char *name_start;		/* of START: start of the tag's name in
					 * the page */
	const char *after_name;		/* of START: the text of the
					 * attributes */
	struct html_attr *attrs;	/* of START; see also
					 * html_tokenizer.attrs_of */
	size_t count, cap;
	struct html_text text;		/* of TEXT, COMMENT, INSTRUCTION: the
					 * data; of DOCTYPE: the name */
	struct html_text target;	/* of INSTRUCTION */
	struct html_text public, system;	/* of DOCTYPE */
	const char *source, *source_end;	/* of TEXT with decoded set */
	char chars[8];
};

/* The kind of text, which depends on the element that contains it. */
enum html_content {
	CONTENT_DATA,
	CONTENT_RCDATA,
	CONTENT_RAWTEXT,
	CONTENT_SCRIPT,
	CONTENT_PLAINTEXT,
	CONTENT_CDATA,
};

/* The parts of tokens that are needed, on a page with many names. End tags
 * never have attributes. */
enum html_detail {
	DETAIL_ALL,
	/* An end tag may have the name html_names.unknown if nothing in the
	 * page had its name before. */
	DETAIL_TREE,
	/* Like DETAIL_TREE, but start tags may also lack attributes that are
	 * not in names.def, except on formatting elements, and start tags
	 * inside SVG or MathML may also have the name html_names.unknown; see
	 * html_tokenizer_name(). */
	DETAIL_OUTLINE,
};

struct html_tokenizer {
	const char *p, *end;		/* rest of the text; *end is NUL */
	enum html_content content;
	const char *raw_end;		/* end of the text that is not
					 * CONTENT_DATA; NULL: not searched for
					 * yet */
	const struct html_name *last;	/* the element whose end tag ends raw
					 * text */
	bool foreign;			/* inside SVG or MathML, where
					 * "<![CDATA[" begins a CDATA section */
	uint32_t tag;			/* number of the last tag, never 0 */
	enum html_detail detail;
	const char *ahead;		/* names before this position were
					 * prefetched; NULL if there is none */
	uint32_t attrs_of;		/* 0: start tags have all their
					 * attributes; otherwise enum
					 * html_flags: only tags with one of
					 * these flags have attributes */
	struct html_names *names;	/* borrowed */
	struct html_token token;
};

/* Sets the tokenizer to the start of a text, with detail DETAIL_ALL. The text
 * must be NUL-terminated and free of CRs (newlines are normalized). */
void html_tokenizer_init(struct html_tokenizer *t, struct html_names *names,
			 const char *text, size_t len);
void html_tokenizer_release(struct html_tokenizer *t);

/* Reads the next token into t->token. */
void html_tokenizer_next(struct html_tokenizer *t);

/* Skips text, with its references and U+0000, up to the next markup. The
 * content must be CONTENT_DATA. */
void html_tokenizer_skip_text(struct html_tokenizer *t);

/* Reads text up to a tag into t->token. Returns false, with nothing read, if
 * there is anything else that needs attention. The content must be
 * CONTENT_DATA. */
bool html_tokenizer_plain_text(struct html_tokenizer *t);

/* Returns the name of the current token, a start tag. If the name is
 * html_names.unknown, finds the true name and sets it in the token. */
struct html_name *html_tokenizer_name(struct html_tokenizer *t);

/* Reads the attributes of an earlier tag again into t->token, which must be the
 * start tag of a formatting element. after_name is the earlier tag's
 * html_token.after_name. The text must be unchanged. */
void html_tokenizer_read_attrs(struct html_tokenizer *t, const char *after_name);

/* --- For the files of the tokenizer --- */

/* Read a tag; p is at the tag's name, which begins with a letter. */
void html_tokenizer_start_tag(struct html_tokenizer *t, const char *p);
void html_tokenizer_end_tag(struct html_tokenizer *t, const char *p);

/* Reads the next token of text that is not CONTENT_DATA. Returns false if the
 * end tag or the end of the page comes next. */
bool html_tokenizer_raw(struct html_tokenizer *t);

/* Read the markup at p, which is just after "<!", "<?", or a "</" that does not
 * begin a tag. */
void html_tokenizer_declaration(struct html_tokenizer *t, const char *p);
void html_tokenizer_instruction(struct html_tokenizer *t, const char *p);
void html_tokenizer_bogus_comment(struct html_tokenizer *t, const char *p);

/* Reads text up to the first reference, U+0000 or, with tags true, tag. Returns
 * false if there is no text. */
bool html_tokenizer_text(struct html_tokenizer *t, bool tags);

#endif
