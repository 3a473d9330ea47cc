/*
 * The list of active formatting elements (HTML Standard, 13.2.4.3). An entry
 * records its element's position on the stack of open elements.
 */
#ifndef PARSE_HTML_FORMATTING_H
#define PARSE_HTML_FORMATTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parse/html/common/names.h"
#include "parse/html/stack.h"
#include "parse/html/tokenizer/token.h"

struct _xmlNode;
struct html_builder;

struct html_format {
	struct _xmlNode *node;
	union {
		const char *source;	/* html_token.after_name of the
					 * element's start tag */
		uint64_t hash;		/* used if `hashed` is set: hash of the
					 * element's attributes */
	};
	/* Total size of the values of the element's attributes. In a marker:
	 * number of markers that follow it directly and have no entries of
	 * their own. */
	uint32_t bytes;
	uint32_t serial;		/* serial number of the open element */
	/* The element's position on the stack; valid only if the element is
	 * still open, see html_format_position(). In a marker: the value of
	 * html_formatting.marker before the marker was added. */
	uint32_t at;
	uint16_t id;			/* enum html_id of the element's name;
					 * N_OTHER: the entry is a marker */
	bool hashed;
};

struct html_formatting {
	struct html_format *list;
	size_t count, cap;
	size_t marker;			/* number of entries up to and including
					 * the last marker */
};

void html_formatting_release(struct html_formatting *f);

/* Returns the name of the entry's element. */
struct html_name *html_format_name(struct html_builder *b,
				   const struct html_format *f);

/* Adds the element on top of the stack, which was created from the token. If
 * the list has three equal elements since the last marker, the earliest of them
 * is removed (the Noah's Ark clause). */
void html_formatting_push(struct html_builder *b);

void html_formatting_add_marker(struct html_builder *b);
/* Clears the list up to and including the last marker. */
void html_formatting_clear(struct html_builder *b);

/* html_formatting_find() returns the last entry of that name since the last
 * marker, or NULL. */
struct html_format *html_formatting_find(struct html_builder *b,
					 const struct html_name *name);
void html_formatting_remove(struct html_builder *b, struct html_format *f);
void html_formatting_insert(struct html_builder *b, size_t at,
			    struct html_format f);

/* Returns a copy of the entry's element. The copy is not in the tree yet. */
struct _xmlNode *html_formatting_clone(struct html_builder *b,
				       const struct html_format *f);

/* Returns the stack position of the entry's element, or 0 if the element is not
 * open. */
static inline uint32_t html_format_position(const struct html_stack *s,
					    const struct html_format *f)
{
	return f->at <= s->count && s->open[f->at].serial == f->serial ?
		f->at : 0;
}

/* Reopens the elements at the end of the list that are not open. Use
 * builder_reconstruct() instead. */
void html_formatting_reconstruct(struct html_builder *b);

#endif
