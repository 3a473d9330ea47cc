/* Wraps libxml2's SAX2 callbacks in checks, which refuse a document before it
 * takes too long, needs too much memory, or is nested too deep. */
#include "parse/xml/xml.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/memory_budget.h"
#include "parse/tree/libxml2.h"
#include "parse/tree/tree.h"
#include "parse/xml/mend.h"

/* XML_PARSE_HUGE is set because a text node could have 10 MB at most without
 * it. The other limits that it turns off are replaced by limits in this
 * file. */
enum {
	OPTIONS = XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
		  XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_COMPACT |
		  XML_PARSE_IGNORE_ENC | XML_PARSE_HUGE,
};

/* Maximum number of comparisons between attributes of the same tag. A tag with
 * 10,000 attributes takes the parser 0.12 s; no honest document has as many. */
#define MAX_COMPARISONS 100e6
/* Maximum number of comparisons between a prefix and a declared namespace. */
#define MAX_LOOKUPS 300e6
/* Maximum number of bytes copied to report errors. Each error may copy much:
 * for example, each "--" in a comment copies the whole comment up to there. */
#define MAX_MISTAKES 120e6

/* State of the callbacks, in addition to the parser's own. */
struct progress {
	double lookups;
	double mistakes;
	size_t elements;
	const char *refused;
	bool is_broken;		/* the first error is in `mistake` */
	bool has_unknown_entity;
};

/* The first error in the last document that this thread has parsed. */
static _Thread_local char mistake[256];

static const char *skip_space(const char *p, const char *end)
{
	while (p < end && ascii_is_blank(*p))
		p++;
	return p;
}

/* Skips an attribute; p is before or after its name. Returns the position after
 * its value, or NULL where the parser would find no more attributes either.
 * Relies only on the fact that tags contain no "<". */
static const char *skip_attribute(const char *p, const char *end)
{
	char quote;

	while (p < end && !strchr("=<>/\"'", *p))
		p++;
	if (p == end || *p != '=')
		return NULL;
	p = skip_space(p + 1, end);
	if (p == end || (*p != '"' && *p != '\''))
		return NULL;
	for (quote = *p++; p < end && *p != quote; p++)
		if (*p == '<')
			return NULL;
	return p < end ? p + 1 : NULL;
}

/* Returns true if tags have so many attributes that libxml2, which compares
 * each attribute with all others of the tag, would take too long. */
static bool tags_are_too_long(const char *p, const char *end)
{
	double comparisons = 0;

	while ((p = memchr(p, '<', (size_t)(end - p)))) {
		double attributes = 0;

		for (const char *next = ++p; next; attributes++) {
			p = next;
			next = skip_attribute(p, end);
		}
		comparisons += attributes * attributes;
		if (comparisons > MAX_COMPARISONS)
			return true;
	}
	return false;
}

/* Stops the parser like xmlStopParser(), without freeing the text that it is
 * reading. */
static void refuse_document(xmlParserCtxt *parser, const char *why)
{
	struct progress *progress = parser->_private;

	if (!progress->refused)
		progress->refused = why;
	parser->disableSAX = 1;
	parser->instate = XML_PARSER_EOF;
	parser->input->cur = parser->input->end;
}

static bool is_too_large(xmlParserCtxt *parser)
{
	if (memory_limit_reached())
		refuse_document(parser, TREE_TOO_LARGE);
	else if (xmlDictSize(parser->dict) > TREE_MAX_NAMES)
		refuse_document(parser, "too many different names in the XML");
	else
		return false;
	return true;
}

/* Returns the position after the next occurrence of s, or the end of the
 * text. */
static const xmlChar *skip_past(const xmlChar *p, const xmlChar *end,
				const char *s)
{
	const xmlChar *found = memmem(p, (size_t)(end - p), s, strlen(s));

	return found ? found + strlen(s) : end;
}

/* Skips the internal subset of a DTD; p is after the "[". Returns the position
 * after the closing "]". */
static const xmlChar *skip_subset(const xmlChar *p, const xmlChar *end)
{
	while (p < end && *p != ']') {
		if (*p == '"' || *p == '\'')
			p = skip_past(p + 1, end, *p == '"' ? "\"" : "'");
		else if (end - p > 3 && !memcmp(p, "<!--", 4))
			p = skip_past(p + 4, end, "-->");
		else if (end - p > 1 && !memcmp(p, "<?", 2))
			p = skip_past(p + 2, end, "?>");
		else
			p++;
	}
	return p < end ? p + 1 : end;
}

/* Called by the parser at a DOCTYPE, before it checks for "[". Moves the parser
 * past the declarations, so that it does not read them. */
static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *id,
		       const xmlChar *url)
{
	xmlParserCtxt *parser = ctx;
	xmlParserInput *input = parser->input;

	xmlSAX2InternalSubset(ctx, name, id, url);
	if (input->cur == input->end || *input->cur != '[')
		return;
	input->cur = skip_subset(input->cur + 1, input->end);
	while (input->cur < input->end && ascii_is_blank((char)*input->cur))
		input->cur++;
}

/* Sets the namespace of an element with an undeclared prefix. libxml2 creates a
 * namespace without a URL for such a prefix but does not set it in the
 * element. */
static void take_prefix(xmlNode *element, const xmlChar *prefix)
{
	for (xmlNs *ns = element->nsDef; ns; ns = ns->next)
		if (!ns->href && xmlStrEqual(ns->prefix, prefix))
			element->ns = ns;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix,
		     const xmlChar *url, int namespaces,
		     const xmlChar **declared, int attributes, int defaulted,
		     const xmlChar **values)
{
	xmlParserCtxt *parser = ctx;
	struct progress *progress = parser->_private;
	const bool is_undeclared = prefix && !url;

	/* Any URL will do: it keeps the name apart from its prefix. */
	if (is_undeclared)
		url = prefix;
	progress->lookups += (1.0 + attributes) *
			     ((url ? parser->nodeNr : 0) + parser->nsNr);
	if (++progress->elements == TREE_MAX_IDS)
		parser->loadsubset |= XML_SKIP_IDS;
	if (parser->nodeNr >= XML_TREE_DEPTH)
		refuse_document(parser, "XML nested too deep");
	else if (progress->lookups > MAX_LOOKUPS)
		refuse_document(parser, "too many XML namespaces");
	else if (!is_too_large(parser))
		xmlSAX2StartElementNs(ctx, name, prefix, url, namespaces,
				      declared, attributes, defaulted, values);
	if (is_undeclared && !progress->refused && parser->node)
		take_prefix(parser->node, prefix);
}

static void on_instruction(void *ctx, const xmlChar *target,
			   const xmlChar *data)
{
	if (!is_too_large(ctx))
		xmlSAX2ProcessingInstruction(ctx, target, data);
}

static void on_comment(void *ctx, const xmlChar *text)
{
	if (!is_too_large(ctx))
		xmlSAX2Comment(ctx, text);
}

static xmlEntity *on_entity(void *ctx, const xmlChar *name)
{
	(void)ctx;
	return xmlGetPredefinedEntity(name);
}

static void add_text(void *ctx, const char *s)
{
	xmlSAX2Characters(ctx, BAD_CAST s, (int)strlen(s));
}

/* Returns true if the error may have changed a value in the tree. */
static bool does_harm(const xmlParserCtxt *parser, const xmlError *error)
{
	/* Errors that only occur in comments and declarations. */
	static const int harmless[] = {
		XML_ERR_HYPHEN_IN_COMMENT, XML_ERR_RESERVED_XML_NAME,
		XML_ERR_XMLDECL_NOT_STARTED, XML_ERR_XMLDECL_NOT_FINISHED,
		XML_ERR_UNSUPPORTED_ENCODING, XML_ERR_UNKNOWN_VERSION,
	};

	if (error->code == XML_NS_ERR_ATTRIBUTE_REDEFINED)
		return true;
	if (error->level != XML_ERR_FATAL)
		return false;
	/* An error in the XML declaration is harmless; a text without any tag
	 * is not. */
	if (parser->instate == XML_PARSER_START)
		return error->code == XML_ERR_DOCUMENT_EMPTY;
	for (size_t i = 0; i < sizeof(harmless) / sizeof(*harmless); i++)
		if (error->code == harmless[i])
			return false;
	return true;
}

static void note_mistake(struct progress *progress, const xmlError *error)
{
	const char *said = error->message ? error->message : "";

	if (progress->is_broken)
		return;
	progress->is_broken = true;
	snprintf(mistake, sizeof(mistake),
		 "the XML is not well-formed: line %d: %.*s", error->line,
		 (int)strcspn(said, "\n"), said);
}

static void on_error(void *user, xmlErrorPtr error)
{
	xmlParserCtxt *parser = error->ctxt;
	struct progress *progress;

	(void)user;
	if (!parser || is_too_large(parser))
		return;
	progress = parser->_private;
	progress->mistakes += 100;
	if (error->str1)
		progress->mistakes += (double)strlen(error->str1);
	if (progress->mistakes > MAX_MISTAKES)
		refuse_document(parser, "too many errors in the XML");
	if (does_harm(parser, error))
		note_mistake(progress, error);
	progress->has_unknown_entity |=
		error->code == XML_ERR_UNDECLARED_ENTITY ||
		error->code == XML_WAR_UNDECLARED_ENTITY;
	if ((error->code != XML_ERR_UNDECLARED_ENTITY &&
	     error->code != XML_WAR_UNDECLARED_ENTITY) ||
	    parser->instate != XML_PARSER_CONTENT || !error->str1)
		return;
	/* Keeps the "&" of an unknown reference, which libxml2 would drop. */
	add_text(parser, "&");
	add_text(parser, error->str1);
	add_text(parser, ";");
}

static void set_callbacks(xmlSAXHandler *sax)
{
	sax->internalSubset = on_doctype;
	sax->externalSubset = NULL;
	sax->getEntity = on_entity;
	sax->getParameterEntity = NULL;
	sax->entityDecl = NULL;
	sax->attributeDecl = NULL;
	sax->reference = NULL;
	sax->startElementNs = on_start;
	sax->processingInstruction = on_instruction;
	sax->comment = on_comment;
	sax->serror = on_error;
}

static xmlDoc *read_doc(struct slice text, struct progress *progress,
			const char **why)
{
	xmlParserCtxt *parser = xmlNewParserCtxt();
	xmlDoc *doc;

	*why = "no memory for the parser";
	if (!parser)
		return NULL;
	parser->_private = progress;
	set_callbacks(parser->sax);
	doc = xmlCtxtReadMemory(parser, text.p, (int)text.len, NULL, "UTF-8",
				OPTIONS);
	if (progress->refused)
		*why = progress->refused;
	else if (parser->errNo == XML_ERR_NO_MEMORY)
		*why = "XML too large for the parser";
	else if (doc || (doc = xmlNewDoc(BAD_CAST "1.0")))
		*why = NULL;
	if (*why) {
		xmlFreeDoc(doc);
		doc = NULL;
	}
	xmlFreeParserCtxt(parser);
	return doc;
}

static xmlDoc *read_once(struct slice text, struct progress *progress,
			 const char **why)
{
	*progress = (struct progress){0};
	if (text.len > INT_MAX) {
		*why = "XML over 2 GB";
		return NULL;
	}
	if (tags_are_too_long(text.p, bytes_end(text.p, text.len))) {
		*why = "too many attributes on an XML tag";
		return NULL;
	}
	tree_begin();
	return tree_end(read_doc(text, progress, why));
}

/* Parses the text. If it is not well-formed but can be repaired, parses the
 * repaired text instead. */
static xmlDoc *read_mended(struct slice text, struct progress *progress,
			   const char **why)
{
	xmlDoc *doc = read_once(text, progress, why);
	struct buf mended = {0};

	if (doc && (progress->is_broken || progress->has_unknown_entity) &&
	    xml_mend(&mended, text)) {
		xml_free(doc);
		doc = read_once((struct slice){mended.data, mended.len},
				progress, why);
	}
	buf_release(&mended);
	return doc;
}

void xml_free(xmlDoc *doc)
{
	tree_free(doc);
}

xmlDoc *xml_parse(const char *s, size_t len, const char **why)
{
	struct progress progress;
	struct buf clean = {0};
	struct slice text = tree_text(s, len, &clean);
	xmlDoc *doc;

	/* White space before "<?xml" is a common mistake: with it, "<?xml"
	 * would be an ordinary processing instruction. */
	for (; text.len && ascii_is_blank(*text.p); text.len--)
		text.p++;
	doc = read_mended(text, &progress, why);
	if (doc && clean.len)
		*why = "the XML is not well-formed: it contains a NUL";
	else if (doc && text.len && progress.is_broken)
		*why = mistake;
	buf_release(&clean);
	return doc;
}
