/*
 * The list of active formatting elements (HTML Standard, 13.2.4.3). An entry
 * knows where its element is on the stack of open elements, if it is.
 */
#ifndef PARSE_HTML_FORMATTING_H
#define PARSE_HTML_FORMATTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parse/html/common/names.h"
#include "parse/html/tokenizer/token.h"

struct _xmlNode;
struct html_builder;

struct html_format {
	struct html_name *name;		/* NULL: a marker */
	struct _xmlNode *node;
	size_t bytes;			/* of its attributes' values */
	uint32_t serial;		/* of the open element */
	uint32_t at;			/* its position on the stack, if it is
					 * there; see html_format_position().
					 * Of a marker: the one before */
};

struct html_formatting {
	struct html_format *list;
	size_t count, cap;
	size_t marker;			/* entries up to the last marker */
};

void html_formatting_release(struct html_formatting *f);

/* Adds the element on top of the stack, which the token made; of three like it
 * the first one is left out (the Noah's Ark clause). */
void html_formatting_push(struct html_builder *b);

void html_formatting_add_marker(struct html_builder *b);
void html_formatting_clear(struct html_builder *b);	/* to the marker */

/* The last one of that name since the marker; NULL: none. */
struct html_format *html_formatting_find(struct html_builder *b,
					 const struct html_name *name);
void html_formatting_remove(struct html_builder *b, struct html_format *f);
void html_formatting_insert(struct html_builder *b, size_t at,
			    struct html_format f);

/* A copy of its element, which has no place yet. */
struct _xmlNode *html_formatting_clone(struct html_builder *b,
				       const struct html_format *f);

/* The position of its element on the stack; 0: it is not there. */
uint32_t html_format_position(const struct html_builder *b,
			      struct html_format *f);

/* Opens those that were closed by the end of what they are in. */
void html_formatting_reconstruct(struct html_builder *b);

#endif
