/* Finds and writes footnotes. */
#include "parse/markdown/notes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "parse/markdown/writer.h"

struct md_note {
	const char *id;			/* borrowed from the tree */
	const xmlNode *node;		/* the footnote's element, or NULL */
	unsigned number;
	UT_hash_handle hh_id, hh_node;
};

/* Returns the id to which a link within the page leads, or NULL. */
static const char *target_of(const xmlNode *link)
{
	const char *href = md_attribute(link, "href");

	return href && *href == '#' && href[1] ? href + 1 : NULL;
}

static bool has_role(const xmlNode *n, const char *role)
{
	const char *value = md_attribute(n, "role");

	return value && !strcmp(value, role);
}

/* Returns true if the link is marked as a reference: by its own role or class,
 * or because it is raised. */
static bool is_reference(const xmlNode *link)
{
	static const char *const classes[] = {
		"footnote-ref", "footnote-reference", "footnote", "noteref",
		"footnoteRef", NULL};

	return has_role(link, "doc-noteref") || md_has_class(link, classes) ||
	       md_attribute(link, "data-footnote-ref") ||
	       (link->parent && link->parent->type == XML_ELEMENT_NODE &&
		html_is(link->parent, N_SUP));
}

static bool begins_with(const char *s, const char *word)
{
	return !strncmp(s, word, strlen(word));
}

/* Returns true if an id looks like that of a footnote. */
static bool is_note_id(const char *id)
{
	return (begins_with(id, "fn") && !begins_with(id, "fnref")) ||
	       begins_with(id, "footnote") || begins_with(id, "cite_note") ||
	       begins_with(id, "endnote") || begins_with(id, "note") ||
	       begins_with(id, "user-content-fn");
}

static bool may_be_note(const xmlNode *n)
{
	return html_is(n, N_LI) || html_is(n, N_DIV) || html_is(n, N_P) ||
	       html_is(n, N_ASIDE);
}

static struct md_note *find_id(const struct md_notes *notes, const char *id)
{
	struct md_note *note;

	HASH_FIND(hh_id, notes->by_id, id, strlen(id), note);
	return note;
}

/* Returns true if the element is part of the content, and not in text that is
 * written unchanged. Called for few elements, because it asks about all that
 * the element is in. */
static bool is_written(const struct md *md, const xmlNode *n,
		       const xmlNode *root)
{
	for (; n != root; n = n->parent)
		if (html_is(n, N_PRE) || html_is(n, N_TEMPLATE) ||
		    html_space(n) != HTML_SPACE || md_skips(md, n))
			return false;
	return true;
}

/* Cells of tables cannot have a footnote. */
static bool is_in_table(const xmlNode *n, const xmlNode *root)
{
	while (n != root && !html_is(n, N_TABLE))
		n = n->parent;
	return n != root;
}

static void add_reference(struct md *md, const xmlNode *link,
			  const xmlNode *root)
{
	const char *id = target_of(link);
	struct md_notes *notes = &md->notes;
	struct md_note *note;

	if (!id || !is_note_id(id) || !is_reference(link) ||
	    find_id(notes, id) || !is_written(md, link, root))
		return;
	note = xcalloc(1, sizeof(*note));
	note->id = id;
	HASH_ADD_KEYPTR(hh_id, notes->by_id, note->id, strlen(note->id), note);
}

static void add_target(struct md *md, const xmlNode *n, const xmlNode *root)
{
	const char *id = md_attribute(n, "id");
	struct md_notes *notes = &md->notes;
	struct md_note *note = id ? find_id(notes, id) : NULL;

	if (!note || note->node || is_in_table(n, root) ||
	    !is_written(md, n, root))
		return;
	note->node = n;
	note->number = ++notes->count;
	HASH_ADD(hh_node, notes->by_node, node, sizeof(note->node), note);
}

static const xmlNode *next_inside(const xmlNode *n, const xmlNode *root)
{
	if (n->type == XML_ELEMENT_NODE && n->children)
		return n->children;
	while (n != root && !n->next)
		n = n->parent;
	return n == root ? NULL : n->next;
}

static void find_in(struct md *md, const xmlNode *root)
{
	for (const xmlNode *n = root; (n = next_inside(n, root));) {
		if (n->type != XML_ELEMENT_NODE || !html_name(n))
			continue;
		if (html_is(n, N_A))
			add_reference(md, n, root);
		else if (md->notes.by_id && may_be_note(n))
			add_target(md, n, root);
	}
}

void md_notes_find(struct md *md)
{
	for (size_t i = 0; i < md->source->count; i++)
		find_in(md, md->source->roots[i]);
}

unsigned md_note_reference(const struct md *md, const xmlNode *link)
{
	const char *id = md->notes.count ? target_of(link) : NULL;
	const struct md_note *note = id ? find_id(&md->notes, id) : NULL;

	return note && note->node && is_reference(link) ? note->number : 0;
}

unsigned md_note_of(const struct md *md, const xmlNode *element)
{
	const struct md_note *note;

	if (!md->notes.count || md->note || md->run.mode != MD_IN_PARAGRAPH)
		return 0;
	HASH_FIND(hh_node, md->notes.by_node, &element, sizeof(element), note);
	return note ? note->number : 0;
}

bool md_is_back_link(const struct md *md, const xmlNode *link)
{
	static const char *const classes[] = {
		"footnote-backref", "footnote-back", "footnoteBack",
		"reversefootnote", "data-footnote-backref", NULL};
	const char *id = target_of(link);

	if (!md->note || !id)
		return false;
	return has_role(link, "doc-backlink") || md_has_class(link, classes) ||
	       begins_with(id, "fnref") || begins_with(id, "cite_ref");
}

void md_write_note(struct md *md, const xmlNode *element, unsigned number)
{
	const struct slice rest = {"    ", 4};
	struct md_list *list = md->list;
	struct md_container container;
	char marker[32];
	const int len = snprintf(marker, sizeof(marker), "[^%u]: ", number);

	md_flush(md);
	md->note = element;
	md->list = NULL;
	container = md_lines_enter(&md->lines,
				   (struct slice){marker, (size_t)len}, rest,
				   false, false);
	md_write_children(md, element);
	md_flush(md);
	md_lines_leave(&md->lines, &container, true);
	md->note = NULL;
	md->list = list;
}

void md_notes_release(struct md_notes *notes)
{
	struct md_note *note, *next;

	HASH_CLEAR(hh_node, notes->by_node);
	HASH_ITER(hh_id, notes->by_id, note, next) {
		HASH_DELETE(hh_id, notes->by_id, note);
		free(note);
	}
}
