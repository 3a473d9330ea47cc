/* Creates text nodes, comments, processing instructions and the doctype. */
#include "parse/html/nodes/internal.h"

#include "base/ascii.h"
#include "base/utf8.h"

const xmlChar html_nodes_text_name[] = "text";
const xmlChar html_nodes_comment_name[] = "comment";

/* Header of the content of a text node that was moved to the region. The node's
 * _private points to the header (other code uses _private of elements only). */
struct room {
	size_t len, cap;
};

/* Returns true if the text of the current token begins at p, so that the byte
 * at p must not be overwritten yet. */
static bool is_token_start(const struct html_nodes *n, const char *p)
{
	return n->token->kind == TOKEN_TEXT && !n->token->decoded &&
	       n->token->text.p == p;
}

void html_nodes_end_text(struct html_nodes *n)
{
	xmlNode *text = n->text;
	size_t len;
	char *copy;

	n->text = NULL;
	if (!is_token_start(n, n->text_end)) {
		*n->text_end = '\0';
		return;
	}
	len = (size_t)(n->text_end - (char *)text->content);
	copy = html_region_get(&n->region, len + 1);
	memcpy(copy, text->content, len);
	copy[len] = '\0';
	text->content = (xmlChar *)copy;
}

/* Copies len bytes to the region, with U+FFFD in place of U+0000. */
static xmlChar *copy_text(struct html_nodes *n, const char *p, size_t len)
{
	size_t nuls = 0;
	char *to, *start;

	for (size_t i = 0; i < len; i++)
		nuls += !p[i];
	start = to = html_region_get(&n->region, len + nuls * 2 + 1);
	for (size_t i = 0; i < len; i++) {
		if (p[i]) {
			*to++ = p[i];
			continue;
		}
		memcpy(to, UTF8_REPLACEMENT, 3);
		to += 3;
	}
	*to = '\0';
	return (xmlChar *)start;
}

void html_nodes_replace_nuls(struct html_nodes *n, struct html_token *token)
{
	struct html_text *text = &token->text;

	token->decoded = true;
	token->has_nul = false;
	token->source = text->p;
	token->source_end = text->p + text->len;
	text->p = (const char *)copy_text(n, text->p, text->len);
	text->len = strlen(text->p);
}

/* Returns the text as a C string: terminated in place, or as a copy if it
 * contains U+0000, which would make it grow. */
static xmlChar *terminate_text(struct html_nodes *n, const char *p, size_t len)
{
	if (memchr(p, '\0', len))
		return copy_text(n, p, len);
	((char *)p)[len] = '\0';
	return (xmlChar *)p;
}


/* Makes room in the region for `more` bytes at the end of the node's text. */
static void grow_text(struct html_nodes *n, xmlNode *text, size_t more)
{
	size_t len, cap;
	struct room *room = text->_private;

	if (room) {
		if (room->cap - room->len > more)
			return;
		len = room->len;
	} else {
		len = strlen((const char *)text->content);
	}
	cap = (len + more) * 2 + 32;
	room = html_region_get(&n->region, sizeof(*room) + cap);
	memcpy(room + 1, text->content, len);
	*room = (struct room){.len = len, .cap = cap};
	text->content = (xmlChar *)(room + 1);
	text->_private = room;
}

static void append_grown(struct html_nodes *n, xmlNode *text, const char *p,
			 size_t len)
{
	struct room *room;

	grow_text(n, text, len);
	room = text->_private;
	memcpy((char *)text->content + room->len, p, len);
	room->len += len;
	text->content[room->len] = '\0';
}

void html_nodes_add_text(struct html_nodes *n, xmlNode *text, const char *p,
			 size_t len)
{
	append_grown(n, text, p, len);
}

/* Returns true if len bytes may be written at to: for a decoded token, only
 * bytes that it was decoded from may be overwritten. */
static bool may_write(const struct html_token *token, const char *to,
		      size_t len)
{
	return !token->decoded || to + len <= token->source_end;
}

static __attribute__((noinline)) void append_text(
	struct html_nodes *n, xmlNode *text, const struct html_token *token,
	const char *p, size_t len)
{
	if (text == n->text && may_write(token, n->text_end, len)) {
		/* If nothing was decoded, the bytes are there already. */
		if (n->text_end != p)
			memmove(n->text_end, p, len);
		n->text_end += len;
		return;
	}
	html_nodes_close_text(n);
	append_grown(n, text, p, len);
}

/* Inserts a text node whose content is at p and has no terminating NUL yet. */
static inline void insert_open_text(struct html_nodes *n,
				    struct html_place place, const char *p,
				    size_t len)
{
	xmlNode *text;

	html_nodes_close_text(n);
	text = node_new(n, XML_TEXT_NODE, html_nodes_text_name, (xmlChar *)p);
	node_link(text, place);
	n->text = text;
	n->text_end = (char *)p + len;
}

/* Inserts a text node for text that was decoded. */
static __attribute__((noinline)) void insert_decoded(
	struct html_nodes *n, struct html_place place,
	const struct html_token *token, const char *p, size_t len)
{
	char *at = (char *)token->source_end - len;
	xmlNode *text;

	/* The NUL of the previous text needs room in front of this text. */
	if (at > token->source) {
		insert_open_text(n, place, at, len);
		memcpy(at, p, len);
		return;
	}
	html_nodes_close_text(n);
	text = node_new(n, XML_TEXT_NODE, html_nodes_text_name,
			(xmlChar *)"");
	node_link(text, place);
	append_grown(n, text, p, len);
}

static __attribute__((noinline)) void run_slowly(
	struct html_nodes *n, xmlNode *parent, const struct html_token *token)
{
	xmlNode *text = parent->last;

	if (text && text->type == XML_TEXT_NODE)
		append_text(n, text, token, token->text.p, token->text.len);
	else
		insert_open_text(n, (struct html_place){parent, NULL},
				 token->text.p, token->text.len);
}

/* Written for speed: the usual path calls no function, so that no registers
 * have to be saved. */
void html_nodes_run(struct html_nodes *n, xmlNode *parent,
		    const struct html_token *token)
{
	xmlNode *text = parent->last;

	if (__builtin_expect((text && text->type == XML_TEXT_NODE) ||
			     !html_nodes_ends_simply(n) ||
			     !html_region_has(&n->region, NODE_TEXT_BYTES),
			     0)) {
		run_slowly(n, parent, token);
		return;
	}
	html_nodes_end_simply(n);
	text = html_region_take(&n->region, NODE_TEXT_BYTES);
	node_init(text, XML_TEXT_NODE, n->doc, html_nodes_text_name,
		  (xmlChar *)token->text.p);
	node_link(text, (struct html_place){parent, NULL});
	n->text = text;
	n->text_end = (char *)token->text.p + token->text.len;
}

void html_nodes_text(struct html_nodes *n, struct html_place place,
		     const struct html_token *token, const char *p, size_t len)
{
	xmlNode *text;

	if (__builtin_expect(!len, 0))
		return;
	if (__builtin_expect(n->outline, 0)) {
		html_outline_text(n, place.parent, p, len);
		return;
	}
	text = place.before ? place.before->prev : place.parent->last;
	if (text && text->type == XML_TEXT_NODE)
		append_text(n, text, token, p, len);
	else if (token->decoded)
		insert_decoded(n, place, token, p, len);
	else
		insert_open_text(n, place, p, len);
}

void html_nodes_comment(struct html_nodes *n, struct html_place place,
			const struct html_token *token)
{
	xmlNode *node;

	if (n->outline)
		return;
	html_nodes_close_text(n);
	node = node_new(n, XML_COMMENT_NODE, html_nodes_comment_name,
			terminate_text(n, token->text.p, token->text.len));
	node_link(node, place);
}

void html_nodes_instruction(struct html_nodes *n, struct html_place place,
			    const struct html_token *token)
{
	xmlNode *node;

	if (n->outline)
		return;
	html_nodes_close_text(n);
	node = node_new(n, XML_PI_NODE,
			copy_text(n, token->target.p, token->target.len),
			terminate_text(n, token->text.p, token->text.len));
	node_link(node, place);
}

static xmlChar *copy_identifier(struct html_nodes *n,
				const struct html_text *id)
{
	return id->missing ? NULL : copy_text(n, id->p, id->len);
}

void html_nodes_doctype(struct html_nodes *n, const struct html_token *token)
{
	xmlDtd *dtd;
	xmlChar *name;

	if (n->outline)
		return;
	html_nodes_close_text(n);
	dtd = html_region_get(&n->region, sizeof(*dtd));
	memset(dtd, 0, sizeof(*dtd));
	name = copy_text(n, token->text.p, token->text.len);
	for (xmlChar *c = name; *c; c++)
		*c = (xmlChar)ascii_lower((char)*c);
	dtd->type = XML_DTD_NODE;
	dtd->doc = n->doc;
	dtd->name = name;
	dtd->ExternalID = copy_identifier(n, &token->public);
	dtd->SystemID = copy_identifier(n, &token->system);
	n->doc->intSubset = dtd;
	node_link((xmlNode *)dtd, (struct html_place){(xmlNode *)n->doc, NULL});
}

