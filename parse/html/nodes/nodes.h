/*
 * The tree: nodes have libxml2's layout and live in the page's region, so that
 * XPath and all other read-only code of libxml2 works on them. Only the files
 * in nodes/ know the layout.
 *
 * Strings are not copied but point into the page's text, which is modified:
 * each string gets a terminating NUL, and character references are decoded in
 * place. The tokenizer has passed a string by then, so it does not read the
 * modified bytes. A string that grows is moved to the region.
 */
#ifndef PARSE_HTML_NODES_NODES_H
#define PARSE_HTML_NODES_NODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parse/html/common/region.h"
#include "parse/html/tokenizer/token.h"

struct _xmlNode;
struct _xmlDoc;

/* The kinds of document that are built for a page: the whole tree, or an
 * outline with only the elements that have information about the page.
 * HTML_OUTLINE_COUNT: links are only counted; HTML_OUTLINE_META: also the
 * elements that --meta needs; HTML_OUTLINE_CRAWL: also the elements that a
 * crawl needs. */
enum html_outline {
	HTML_WHOLE_TREE,
	HTML_OUTLINE_COUNT,
	HTML_OUTLINE,
	HTML_OUTLINE_META,
	HTML_OUTLINE_CRAWL,
};

/* Receives the text of a page while an outline is built, in the order of the
 * page, without the text of title, scripts, style sheets and templates. */
struct html_text_sink {
	/* goes_on: no tag is between this text and the previous one. */
	void (*on_text)(void *ctx, const char *p, size_t len, bool goes_on);
	void *ctx;
	/* Memory of `size` bytes, of which *used are used. A text after a tag
	 * that fits is added there, after a space, instead of a call of
	 * on_text(): most texts are short, and there are many. on_text() may
	 * change *used. */
	char *room;
	size_t *used, size;
};

enum html_quirks { HTML_NO_QUIRKS, HTML_LIMITED_QUIRKS, HTML_QUIRKS };

/* The place at which a node is inserted: before a child of parent, or after the
 * last child if before is NULL. */
struct html_place {
	struct _xmlNode *parent, *before;
};

/* The element <html> or <body>, to which later tags add attributes. */
struct html_held {
	struct _xmlNode *element, *last;
};

struct html_nodes {
	struct html_region region;
	struct _xmlDoc *doc;
	enum html_outline outline;	/* not HTML_WHOLE_TREE: most nodes are
					 * NULL */
	const struct html_name *template;	/* borrowed */
	const struct html_token *token;	/* borrowed */
	struct _xmlNode *text;		/* the text node whose content lies in
					 * the page's text and has no
					 * terminating NUL yet; or NULL */
	char *text_end;
	struct html_held held[2];
	struct _xmlNode *markers;	/* only in outlines: list of marker
					 * nodes */
	const struct html_text_sink *sink;	/* only in outlines; NULL: the
						 * text is not needed. Borrowed
						 */
	const char *sink_end;		/* position in the page after the last
					 * text that the sink got */
	struct _xmlNode *some_link;	/* only in HTML_OUTLINE_COUNT: one
					 * element that is used for all links;
					 * NULL: no link yet */
	size_t links;			/* only in HTML_OUTLINE_COUNT: number of
					 * links */
	bool has_title, has_base;	/* only in outlines: a <title>, or a
					 * <base>, is kept */
};

/* Starts a document. token is where all tokens will be stored. The caller must
 * have set region.on_full, outline and template; the region must be empty. */
void html_nodes_begin(struct html_nodes *n, const struct html_token *token);
void html_nodes_end(struct html_nodes *n);
void html_nodes_set_quirks(struct html_nodes *n, enum html_quirks quirks);

/* Creates an element with a name (which includes the namespace) and attributes,
 * and inserts it. */
struct _xmlNode *html_nodes_element(struct html_nodes *n,
				    struct html_place place,
				    struct html_name *name,
				    const struct html_attr *attrs,
				    size_t count);

/* Appends an element with this name and the token's attributes to a node. For
 * trees only. */
struct _xmlNode *html_nodes_append(struct html_nodes *n,
				   struct _xmlNode *parent,
				   struct html_name *name);

/* Adds those of the attributes that the element (<html> or <body>) does not
 * have yet. */
void html_nodes_add_attrs(struct html_nodes *n, struct _xmlNode *element,
			  const struct html_attr *attrs, size_t count);

/* Inserts len bytes at p, which are part of the token's text. */
void html_nodes_text(struct html_nodes *n, struct html_place place,
		     const struct html_token *token, const char *p,
		     size_t len);

/* Appends the token's text, which was not decoded and is not empty, to a node.
 * For trees only. */
void html_nodes_run(struct html_nodes *n, struct _xmlNode *parent,
		    const struct html_token *token);

/* Replaces each U+0000 of the token's text by U+FFFD, in a copy. */
void html_nodes_replace_nuls(struct html_nodes *n, struct html_token *token);

/* Terminates the content of the node n->text with a NUL. If the token's text
 * begins at the byte for the NUL, the content is moved to the region first. */
void html_nodes_end_text(struct html_nodes *n);

/* Returns true if the NUL may be written without html_nodes_end_text(), or is
 * not needed. */
static inline bool html_nodes_ends_simply(const struct html_nodes *n)
{
	return !n->text || n->text_end != n->token->text.p;
}

/* Terminates the content of n->text, if html_nodes_ends_simply(). */
static inline void html_nodes_end_simply(struct html_nodes *n)
{
	if (n->text)
		*n->text_end = '\0';
	n->text = NULL;
}

/* Terminates the content of n->text, if there is such a node. */
static inline void html_nodes_close_text(struct html_nodes *n)
{
	if (__builtin_expect(html_nodes_ends_simply(n), 1))
		html_nodes_end_simply(n);
	else
		html_nodes_end_text(n);
}

void html_nodes_comment(struct html_nodes *n, struct html_place place,
			const struct html_token *token);
void html_nodes_instruction(struct html_nodes *n, struct html_place place,
			    const struct html_token *token);
void html_nodes_doctype(struct html_nodes *n, const struct html_token *token);

/* Returns a new element with the same name and attributes. It is not
 * inserted. */
struct _xmlNode *html_nodes_clone(struct html_nodes *n,
				  const struct _xmlNode *element);

/* html_nodes_move() inserts a node at a place, after removing it from the place
 * where it is, if any. */
void html_nodes_move(struct html_nodes *n, struct _xmlNode *node,
		     struct html_place place);
void html_nodes_remove(struct html_nodes *n, struct _xmlNode *node);
void html_nodes_move_children(struct html_nodes *n, struct _xmlNode *from,
			      struct _xmlNode *to);

struct _xmlNode *html_nodes_document(const struct html_nodes *n);
struct _xmlNode *html_nodes_parent(const struct _xmlNode *node);

/* Return a hash of the names and values of the attributes of an element, or of
 * the current token. The hash does not depend on the order of the attributes;
 * 0: there are none. Both functions return the same hash for the same
 * attributes. */
uint64_t html_nodes_hash_attrs(const struct _xmlNode *element);
uint64_t html_nodes_hash_token(struct html_nodes *n,
			       const struct html_token *token);

/* --- Functions for outlines only ------------------------------------------ */

/* html_outline_keeps() returns true if elements of that name are kept,
 * html_outline_wants() if an element of that name with these attributes is
 * kept. */
bool html_outline_keeps(const struct html_nodes *n,
			const struct html_name *name);
bool html_outline_wants(const struct html_nodes *n,
			const struct html_name *name,
			const struct html_attr *attrs, size_t count);

/* Returns true if elements with this name are only counted.
 * html_outline_keeps() must be true for the name. */
bool html_outline_counts(const struct html_nodes *n,
			 const struct html_name *name);

/* Returns true if one of the attributes is an href, without which no link is
 * kept or counted. */
bool html_outline_has_href(const struct html_attr *attrs, size_t count);

/* Creates a link for HTML_OUTLINE_COUNT, and counts it if it is inserted.
 * Returns n->some_link, the same element for all links. */
struct _xmlNode *html_outline_count_link(struct html_nodes *n,
					 const struct html_name *name,
					 bool inserted);

/* Returns the last element kept, or NULL. */
struct _xmlNode *html_outline_last(const struct html_nodes *n);

/* Returns the place after a node; NULL: before all nodes. */
struct html_place html_outline_place_after(const struct html_nodes *n,
					   struct _xmlNode *node);

/* html_outline_add_marker() inserts a marker node after a node (NULL: before
 * all nodes). owner tells markers apart. */
struct _xmlNode *html_outline_add_marker(struct html_nodes *n,
					 struct _xmlNode *node, uint32_t owner);
bool html_outline_is_marker(const struct _xmlNode *node, uint32_t owner);

struct _xmlNode *html_outline_previous(const struct _xmlNode *node);

/* Drops all nodes after a node; NULL: all nodes. */
void html_outline_drop_after(struct html_nodes *n, struct _xmlNode *node);

/* Moves elements up that are deeper than HTML_TREE_DEPTH. For whole trees only.
 * Called after the last token. */
void html_nodes_flatten(struct html_nodes *n);

/* Called after an option was closed. If it is the selected option of its
 * <select>, its content is copied to the <selectedcontent> (HTML Standard,
 * 4.10.11). Returns the work steps to charge. */
size_t html_nodes_copy_option(struct html_nodes *n, struct _xmlNode *option);

#endif
