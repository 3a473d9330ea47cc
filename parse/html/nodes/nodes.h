/*
 * The tree: nodes with the layout of libxml2's, in the page's region, so that
 * XPath and everything else of libxml2's that only reads can work on it. The
 * only file that knows their layout is nodes.c.
 *
 * Strings stay in the page's text, which is written to: a NUL after each, and
 * references are decoded where they stand. That is possible because it is
 * done when the tokenizer is past them. What grows goes to the region.
 */
#ifndef PARSE_HTML_NODES_NODES_H
#define PARSE_HTML_NODES_NODES_H

#include <stdbool.h>
#include <stddef.h>

#include "parse/html/common/region.h"
#include "parse/html/tokenizer/token.h"

struct _xmlNode;
struct _xmlDoc;

/* What is made of a page: its tree, or only the elements that say something
 * about it; META: with what --meta asks for. */
enum html_outline { HTML_WHOLE_TREE, HTML_OUTLINE, HTML_OUTLINE_META };

enum html_quirks { HTML_NO_QUIRKS, HTML_LIMITED_QUIRKS, HTML_QUIRKS };

/* Where a node goes: before a child, or behind the last one (NULL). */
struct html_place {
	struct _xmlNode *parent, *before;
};

/* An element that later tags give attributes: <html>, <body>. */
struct html_held {
	struct _xmlNode *element, *last;
};

struct html_nodes {
	struct html_region region;
	struct _xmlDoc *doc;
	enum html_outline outline;	/* other than the whole tree: most
					 * nodes are NULL */
	const struct html_name *template;	/* borrowed */
	const struct html_token *token;	/* borrowed */
	struct _xmlNode *text;		/* whose content ends in the page, and
					 * has no NUL yet; NULL: none */
	char *text_end;
	struct html_held held[2];
	struct _xmlNode *markers;	/* of an outline */
};

/* A document begins, made of the tokens that stand in token; the region must
 * be empty and have its on_full; outline and template are set. */
void html_nodes_begin(struct html_nodes *n, const struct html_token *token);
void html_nodes_end(struct html_nodes *n);
void html_nodes_set_quirks(struct html_nodes *n, enum html_quirks quirks);

/* An element of a tag's name (of its space) and attributes, put in its
 * place. */
struct _xmlNode *html_nodes_element(struct html_nodes *n,
				    struct html_place place,
				    struct html_name *name,
				    const struct html_attr *attrs,
				    size_t count);

/* Those that the element, which is <html> or <body>, does not have yet. */
void html_nodes_add_attrs(struct html_nodes *n, struct _xmlNode *element,
			  const struct html_attr *attrs, size_t count);

/* Text of the token, or a part of it that begins later. */
void html_nodes_text(struct html_nodes *n, struct html_place place,
		     const struct html_token *token, const char *p,
		     size_t len);

/* Writes the NUL behind the text in the page, if there is one that has none.
 * If the token's text begins there, the one before makes way. */
void html_nodes_close_text(struct html_nodes *n);

void html_nodes_comment(struct html_nodes *n, struct html_place place,
			const struct html_token *token);
void html_nodes_instruction(struct html_nodes *n, struct html_place place,
			    const struct html_token *token);
void html_nodes_doctype(struct html_nodes *n, const struct html_token *token);

/* An element without place, with the name and attributes of another. */
struct _xmlNode *html_nodes_clone(struct html_nodes *n,
				  const struct _xmlNode *element);

/* Moves or puts the node there. */
void html_nodes_move(struct html_nodes *n, struct _xmlNode *node,
		     struct html_place place);
void html_nodes_remove(struct html_nodes *n, struct _xmlNode *node);
void html_nodes_move_children(struct html_nodes *n, struct _xmlNode *from,
			      struct _xmlNode *to);

struct _xmlNode *html_nodes_document(const struct html_nodes *n);
struct _xmlNode *html_nodes_parent(const struct _xmlNode *node);

/* *steps grows by what it took. */
bool html_nodes_have_same_attrs(const struct _xmlNode *a,
				const struct _xmlNode *b, size_t *steps);

/* Of an outline: whether elements of that name are kept, and with these
 * attributes; the last one; a place
 * behind one (NULL: in front of all), or an owner's marker there, and whether it is
 * one; all behind it are dropped. */
bool html_outline_keeps(const struct html_nodes *n,
			const struct html_name *name);
bool html_outline_wants(const struct html_nodes *n,
			const struct html_name *name,
			const struct html_attr *attrs, size_t count);
struct _xmlNode *html_outline_last(const struct html_nodes *n);
struct html_place html_outline_behind(const struct html_nodes *n,
				      struct _xmlNode *node);
struct _xmlNode *html_outline_mark(struct html_nodes *n,
				   struct _xmlNode *node, uint32_t owner);
bool html_outline_is_mark(const struct _xmlNode *node, uint32_t owner);
struct _xmlNode *html_outline_previous(const struct _xmlNode *node);
void html_outline_drop_behind(struct html_nodes *n, struct _xmlNode *node);

/* Moves out what is deeper than HTML_TREE_DEPTH allows. Of a whole tree, when
 * no more tokens come. */
void html_nodes_flatten(struct html_nodes *n);

/* An option was closed: the <selectedcontent> of its <select> shows it, if it
 * is the one that is selected (HTML Standard, 4.10.11). */
size_t html_nodes_select(struct html_nodes *n, struct _xmlNode *option);

#endif
