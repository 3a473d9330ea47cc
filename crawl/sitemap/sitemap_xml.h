/*
 * Divides the XML of a sitemap into tags and texts while it arrives, in pieces
 * of any size.
 *
 * It is not an XML parser: it does not check whether a document is well-formed.
 * DTDs, comments and processing instructions are skipped. The five entities of
 * XML and numeric character references are decoded; any other "&" is text as
 * written, because many URLs are not escaped. Time and memory are bounded for
 * any document: each byte is read once, and at most SITEMAP_TOKEN_MAX bytes of
 * a tag or text are kept. Only sitemap.c includes this.
 */
#ifndef CRAWL_SITEMAP_SITEMAP_XML_H
#define CRAWL_SITEMAP_SITEMAP_XML_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

enum { SITEMAP_TOKEN_MAX = 8192 };

/* Slices are valid during the call. */
struct sitemap_xml_handler {
	/* A tag opens an element; inside: the text with the attributes, for
	 * sitemap_xml_attribute(). A tag like <a/> calls both on_open() and
	 * on_close(). */
	void (*on_open)(void *ctx, struct slice name, struct slice inside);
	void (*on_close)(void *ctx, struct slice name);
	/* A part of the text of an element. is_cut: bytes are missing. Called
	 * only while wants_text is true. */
	void (*on_text)(void *ctx, struct slice text, bool is_cut);
	void *ctx;
};

struct sitemap_xml {
	struct sitemap_xml_handler handler;
	bool wants_text;	/* set by the handler */
	/* The rest is private. */
	enum {
		XML_TEXT,
		XML_MARKUP,	/* after "<": its kind is not known */
		XML_TAG,
		XML_COMMENT,
		XML_CDATA,
		XML_INSTRUCTION,
		XML_DOCTYPE,
	} place;
	struct buf text, tag;	/* text, and tag, read so far */
	bool is_cut;		/* the text, or the tag, is longer than the
				 * limit */
	char quote;		/* quote character of the value being read; 0:
				 * none */
	unsigned ending;	/* number of bytes so far that may belong to an
				 * end such as "-->" */
	unsigned brackets;	/* number of open brackets in a DOCTYPE */
	bool in_comment;	/* in a comment inside of a DOCTYPE */
};

/* Reads the next bytes. A struct that is zero but for its handler is the start
 * of a document. */
void sitemap_xml_feed(struct sitemap_xml *x, struct slice bytes);
void sitemap_xml_release(struct sitemap_xml *x);

/* Appends the value of the attribute to the buffer. Returns false if the tag
 * has no such attribute. */
bool sitemap_xml_attribute(struct slice inside, const char *name,
			   struct buf *value);

#endif
