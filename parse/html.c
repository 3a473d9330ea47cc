#include "parse/html.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>

#include "base/buf.h"
#include "base/memory_budget.h"
#include "parse/arena.h"
#include "parse/tags.h"
#include "parse/tree.h"

enum {
	MAX_STRAY_ENDS = 200000,	/* each is searched for among the
					 * open elements */
};

/* HTML_PARSE_ has no name for HUGE, but the parser knows it. */
enum {
	OPTIONS = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
		  HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
		  HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC | XML_PARSE_HUGE,
};

/* What the callbacks keep beside the parser. */
struct progress {
	size_t flat;		/* open, but closed in the tree */
	size_t elements;
	size_t stray_ends;
	const char *refused;
};

static void refuse(htmlParserCtxt *parser, const char *why)
{
	struct progress *progress = parser->_private;

	if (progress->refused)
		return;
	progress->refused = why;
	xmlStopParser(parser);
}

static void check_size(htmlParserCtxt *parser)
{
	if (memory_is_over())
		refuse(parser, TREE_TOO_LARGE);
	if (xmlDictSize(parser->dict) > TREE_MAX_NAMES)
		refuse(parser, "too many different names in the HTML");
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar **atts)
{
	htmlParserCtxt *parser = ctx;
	struct progress *progress = parser->_private;

	/* tags_refuse() counts those that are open for certain. */
	if (parser->nameNr > HTML_MAX_DEPTH) {
		refuse(parser, "HTML nested too deep");
		return;
	}
	if (++progress->elements == TREE_MAX_IDS)
		parser->loadsubset |= XML_SKIP_IDS;
	check_size(parser);
	xmlSAX2StartElement(ctx, name, atts);
	if (parser->nodeNr > HTML_TREE_DEPTH) {
		nodePop(parser);
		progress->flat++;
	}
}

static void on_end(void *ctx, const xmlChar *name)
{
	htmlParserCtxt *parser = ctx;
	struct progress *progress = parser->_private;

	/* Elements end in the reverse order of their beginning, so the flat
	 * ones end first. */
	if (progress->flat)
		progress->flat--;
	else
		xmlSAX2EndElement(ctx, name);
}

/* An unknown &entity; comes here, too, with its name in the table. */
static void on_text(void *ctx, const xmlChar *text, int len)
{
	check_size(ctx);
	xmlSAX2Characters(ctx, text, len);
}

static void on_instruction(void *ctx, const xmlChar *target,
			   const xmlChar *data)
{
	check_size(ctx);
	xmlSAX2ProcessingInstruction(ctx, target, data);
}

static void on_comment(void *ctx, const xmlChar *text)
{
	check_size(ctx);
	xmlSAX2Comment(ctx, text);
}

static void on_error(void *user, xmlErrorPtr error)
{
	htmlParserCtxt *parser = error->ctxt;
	struct progress *progress;

	(void)user;
	if (!parser)
		return;
	check_size(parser);
	progress = parser->_private;
	if (error->code == XML_ERR_TAG_NAME_MISMATCH &&
	    ++progress->stray_ends == MAX_STRAY_ENDS)
		refuse(parser, "too many HTML end tags without a start");
}

static xmlDoc *read_doc(const char *s, size_t len, const char **why)
{
	htmlParserCtxt *parser = htmlNewParserCtxt();
	struct progress progress = {0};
	xmlDoc *doc = NULL;

	*why = "no memory for the parser";
	if (!parser)
		return NULL;
	parser->_private = &progress;
	parser->sax->startElement = on_start;
	parser->sax->endElement = on_end;
	parser->sax->characters = on_text;
	parser->sax->processingInstruction = on_instruction;
	parser->sax->comment = on_comment;
	parser->sax->initialized = XML_SAX2_MAGIC;
	parser->sax->serror = on_error;
	doc = htmlCtxtReadMemory(parser, s, (int)len, NULL, "UTF-8", OPTIONS);
	if (progress.refused)
		*why = progress.refused;
	else if (parser->errNo == XML_ERR_NO_MEMORY)
		*why = "HTML too large for the parser";
	else if (doc || (doc = xmlNewDoc(BAD_CAST "1.0")))
		*why = NULL;
	if (*why) {
		xmlFreeDoc(doc);
		doc = NULL;
	}
	htmlFreeParserCtxt(parser);
	return doc;
}

void html_open(void)
{
	static const char bad[] = "<p a=1 a=2></b>&x;";

	/* With errors, for the reason arena.h has. */
	xmlFreeDoc(htmlReadMemory(bad, (int)strlen(bad), NULL, "UTF-8",
				  OPTIONS));
	xmlResetLastError();
	arena_open();
}

void html_close(void)
{
	arena_close();
	xmlResetLastError();
}

void html_free(xmlDoc *doc)
{
	tree_free(doc);
}

xmlDoc *html_parse(const char *s, size_t len, const char **why)
{
	struct buf clean = {0}, written_out = {0};
	struct slice text = tree_text(s, len, &clean);
	xmlDoc *doc = NULL;

	if (tags_have_short_comments(text.p, text.len)) {
		tags_write_out(&written_out, text.p, text.len);
		text = (struct slice){written_out.data, written_out.len};
	}
	*why = tags_refuse(text.p, text.len, HTML_MAX_DEPTH);
	if (text.len > INT_MAX)
		*why = "HTML over 2 GB";
	if (!*why) {
		tree_begin();
		doc = tree_end(read_doc(text.p, text.len, why));
	}
	buf_release(&clean);
	buf_release(&written_out);
	return doc;
}

const xmlNode *html_next_node(const xmlNode *n)
{
	if (n->type == XML_ELEMENT_NODE && n->children &&
	    strcmp((const char *)n->name, "template") != 0)
		return n->children;
	while (!n->next) {
		n = n->parent;
		if (!n || n->type != XML_ELEMENT_NODE)
			return NULL;
	}
	return n->next;
}
