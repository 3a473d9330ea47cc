/* Writes lists, quotes and definition lists. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "parse/markdown/writer.h"

enum {
	MARKER = 16,			/* bytes of a list's marker */
};

#define MAX_NUMBER 999999999ul

/* Returns the number in an attribute; def if there is none that Markdown could
 * express. */
static unsigned long number_in(const xmlNode *n, const char *name,
			       unsigned long def)
{
	const char *s = md_attribute(n, name);
	unsigned long number = 0;

	while (s && ascii_is_space(*s))
		s++;
	if (!s || !ascii_is_digit(*s))
		return def;
	for (; ascii_is_digit(*s); s++) {
		number = number * 10 + (unsigned long)(*s - '0');
		if (number > MAX_NUMBER)
			return def;
	}
	return number;
}

static bool is_list(const xmlNode *n)
{
	return html_is(n, N_UL) || html_is(n, N_OL) || html_is(n, N_MENU) ||
	       html_is(n, N_DIR);
}

/* Returns the next node of the list, in document order: nodes of nested lists,
 * quotes and tables are left out. */
static const xmlNode *next_in_list(const xmlNode *n, const xmlNode *list)
{
	if (n->type == XML_ELEMENT_NODE && n->children &&
	    (n == list || (!is_list(n) && !html_is(n, N_TABLE) &&
			   !html_is(n, N_PRE) && !html_is(n, N_BLOCKQUOTE))))
		return n->children;
	while (n != list && !n->next)
		n = n->parent;
	return n == list ? NULL : n->next;
}

/* Returns true if no item has a paragraph element. */
static bool is_tight(const xmlNode *list)
{
	for (const xmlNode *n = list; n; n = next_in_list(n, list))
		if (n->type == XML_ELEMENT_NODE && html_is(n, N_P))
			return false;
	return true;
}

/* Returns true if a list is the block before this place. */
static bool follows_list(const struct md *md)
{
	return md->lines.out->len == md->list_end &&
	       md->lines.prefix.len == md->list_prefix;
}

/* Returns a mark that is not that of a list directly before this one, or of
 * the list that begins on the same line: "- - -" would be a rule. */
static char pick_mark(const struct md *md, bool ordered)
{
	const char *marks = ordered ? ".)" : "-*+";
	const char before = follows_list(md) ? md->list_mark : 0;
	const char around = md->lines.has_marker && md->list ? md->list->mark
							     : 0;

	while (*marks == before || (!ordered && *marks == around))
		marks++;
	return *marks;
}

static struct md_list begin_list(struct md *md, const xmlNode *n, bool ordered)
{
	struct md_list list = {
		.ordered = ordered,
		.tight = is_tight(n),
		.mark = pick_mark(md, ordered),
		.number = ordered ? number_in(n, "start", 1) : 1,
		.first = true,
		.outer = md->list,
	};

	return list;
}

static void end_list(struct md *md, struct md_list *list)
{
	md->list = list->outer;
	md->list_end = md->lines.out->len;
	md->list_prefix = md->lines.prefix.len;
	md->list_mark = list->mark;
}

static bool has_element(const xmlNode *n)
{
	for (n = n->children; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE)
			return true;
	return false;
}

static int write_marker(char marker[MARKER], struct md_list *list)
{
	const unsigned long number = list->number;

	if (!list->ordered)
		return snprintf(marker, MARKER, "%c ", list->mark);
	if (list->number < MAX_NUMBER)
		list->number++;
	return snprintf(marker, MARKER, "%lu%c ", number, list->mark);
}

/* Returns true if the item needs no empty line before it. An ordered list that
 * does not begin with 1 cannot follow a paragraph directly. */
static bool is_close(const struct md *md, const struct md_list *list)
{
	if (!list->first)
		return list->tight;
	return md->lines.tight && (!list->ordered || list->number == 1);
}

/* Begins an item of the innermost list. */
static struct md_container begin_item(struct md *md)
{
	static const char spaces[] = "                ";
	struct md_list *list = md->list;
	const bool close = is_close(md, list);
	char marker[MARKER];
	const size_t len = (size_t)write_marker(marker, list);
	struct md_container container;

	container = md_lines_enter(&md->lines, (struct slice){marker, len},
				   (struct slice){spaces, len}, list->tight,
				   close);
	list->item_prefix = md->lines.prefix.len;
	list->begins_line = md->lines.outer == container.prefix_len;
	return container;
}

/* Ends an item; before: length of the output where the item began. */
static void end_item(struct md *md, const struct md_container *container,
		     size_t before, bool keep)
{
	md_flush(md);
	md_lines_leave(&md->lines, container, keep);
	if (md->lines.out->len > before)
		md->list->first = false;
}

static void write_item(struct md *md, const xmlNode *n)
{
	const size_t before = md->lines.out->len;
	const struct md_container container = begin_item(md);

	md_write_children(md, n);
	end_item(md, &container, before, !has_element(n));
}

static bool is_blank(const xmlNode *n)
{
	const char *s = (const char *)n->content;

	if (n->type == XML_ELEMENT_NODE)
		return html_is(n, N_SCRIPT) || html_is(n, N_TEMPLATE) ||
		       html_is(n, N_STYLE);
	if (n->type != XML_TEXT_NODE && n->type != XML_CDATA_SECTION_NODE)
		return true;
	return !s || !s[strspn(s, " \t\n\f\r")];
}

/* Markdown's lists cannot be deeper, and a heading or a cell cannot contain
 * one. */
static bool is_plain(const struct md *md)
{
	return md->run.mode != MD_IN_PARAGRAPH || md->lines.depth >= MD_DEPTH;
}

static bool is_item(const xmlNode *n)
{
	return n->type == XML_ELEMENT_NODE && html_is(n, N_LI);
}

static void write_list_item(struct md *md, const xmlNode *n)
{
	if (md_skips(md, n))
		return;
	md->list->number = number_in(n, "value", md->list->number);
	if (md_note_of(md, n))
		md_write_node(md, n);
	else
		write_item(md, n);
}

/* Writes the nodes from n up to the next <li> as one item: they are not inside
 * of one. Returns the node after them. */
static const xmlNode *write_stray_nodes(struct md *md, const xmlNode *n)
{
	const size_t before = md->lines.out->len;
	const unsigned long number = md->list->number;
	const struct md_container container = begin_item(md);

	for (; n && !is_item(n) && !md_is_full(md); n = n->next)
		md_write_node(md, n);
	end_item(md, &container, before, false);
	if (md->lines.out->len == before)
		md->list->number = number;
	return n;
}

static void write_list_nodes(struct md *md, const xmlNode *n)
{
	while (n && !md_is_full(md)) {
		if (!is_item(n) && !is_blank(n)) {
			n = write_stray_nodes(md, n);
			continue;
		}
		if (is_item(n))
			write_list_item(md, n);
		n = n->next;
	}
}

void md_write_list(struct md *md, const xmlNode *n)
{
	struct md_list list;

	md_begin_structure(md);
	if (is_plain(md)) {
		md_write_block(md, n);
		return;
	}
	list = begin_list(md, n, html_is(n, N_OL));
	md->list = &list;
	write_list_nodes(md, n->children);
	end_list(md, &list);
}

/* Writes an <li> outside of a list. */
void md_write_item(struct md *md, const xmlNode *n)
{
	struct md_list list;

	md_begin_structure(md);
	if (is_plain(md)) {
		md_write_block(md, n);
		return;
	}
	list = begin_list(md, n, false);
	/* Items beside one another are one list. */
	list.first = !follows_list(md) || md->list_mark != '-';
	if (!md->lines.has_marker)
		list.mark = '-';
	md->list = &list;
	write_item(md, n);
	end_list(md, &list);
}

void md_write_quote(struct md *md, const xmlNode *n)
{
	const struct slice marker = {"> ", 2};
	struct md_list *list = md->list;
	struct md_container container;

	md_begin_structure(md);
	if (is_plain(md)) {
		md_write_block(md, n);
		return;
	}
	/* Two quotes without an empty line between them would be one. */
	container = md_lines_enter(&md->lines, marker, marker, false,
				   md->lines.tight &&
					   md->lines.last != MD_CONTAINER);
	md->list = NULL;
	md_write_children(md, n);
	md_flush(md);
	md->list = list;
	md_lines_leave(&md->lines, &container, !has_element(n));
}

static bool begins_term(const xmlNode *n, const xmlNode *before)
{
	return html_is(n, N_DT) && !(before && html_is(before, N_DT));
}

/* Writes the terms and descriptions from n up to the next term that follows a
 * description, as one item. Returns the node after them. */
static const xmlNode *write_definition(struct md *md, const xmlNode *n)
{
	const struct slice marker = {"- ", 2}, rest = {"  ", 2};
	const bool close = md->list->first && md->lines.tight;
	const struct md_container container =
		md_lines_enter(&md->lines, marker, rest, false, close);
	const size_t start = md->lines.out->len;
	const xmlNode *before = NULL;

	for (; n && !md_is_full(md); n = n->next) {
		if (n->type == XML_ELEMENT_NODE) {
			if (before && begins_term(n, before))
				break;
			before = n;
		}
		md_write_node(md, n);
	}
	end_item(md, &container, start, false);
	return n;
}

static void write_definitions(struct md *md, const xmlNode *n)
{
	n = n->children;
	while (n && !md_is_full(md)) {
		/* <dl> may have its groups in <div> elements. */
		if (n->type == XML_ELEMENT_NODE && html_is(n, N_DIV) &&
		    !md_skips(md, n)) {
			const xmlNode *group = n->children;

			while (group && !md_is_full(md))
				group = write_definition(md, group);
			n = n->next;
		} else {
			n = write_definition(md, n);
		}
	}
}

/* Writes a definition list as a list: each item has the term, in bold, and its
 * descriptions. */
void md_write_definitions(struct md *md, const xmlNode *n)
{
	struct md_list list;

	md_begin_structure(md);
	if (is_plain(md)) {
		md_write_block(md, n);
		return;
	}
	list = begin_list(md, n, false);
	list.tight = false;
	md->list = &list;
	write_definitions(md, n);
	end_list(md, &list);
}

void md_write_term(struct md *md, const xmlNode *n)
{
	const struct slice none = {"", 0};
	bool opened;

	md_end_block(md);
	opened = md_run_open(&md->run, MD_STRONG, none, none);
	md_write_children(md, n);
	if (opened)
		md_run_close(&md->run, false);
	md_end_block(md);
}

static bool is_checkbox(const xmlNode *n)
{
	const char *type = md_attribute(n, "type");

	return type && ascii_is((struct slice){type, strlen(type)},
				"checkbox");
}

/* Writes the checkbox at the beginning of an item as that of a task list. */
void md_write_input(struct md *md, const xmlNode *n)
{
	if (!is_checkbox(n) || !md->lines.has_marker || !md->list ||
	    !md->list->begins_line ||
	    md->list->item_prefix != md->lines.prefix.len ||
	    md_run_has_content(&md->run))
		return;
	md_add_raw(md, md_attribute(n, "checked") ? "[x]" : "[ ]", 3);
	md_run_space(&md->run);
}
