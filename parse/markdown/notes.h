/*
 * Footnotes: the elements that links in the text refer to, and their numbers.
 *
 * A footnote is an element with an id, such as the item of a list, to which an
 * earlier link refers that is marked as a reference to a footnote. Both must be
 * part of the content. Any other link stays an ordinary link, even if it looks
 * like a reference to a footnote.
 */
#ifndef PARSE_MARKDOWN_NOTES_H
#define PARSE_MARKDOWN_NOTES_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

struct md;
struct md_note;

/* Zero is empty. */
struct md_notes {
	struct md_note *by_id;		/* hash table, owned */
	struct md_note *by_node;	/* hash table of the notes whose element
					 * was found */
	unsigned count;
};

/* Finds the footnotes of the content. */
void md_notes_find(struct md *md);

/* Returns the number of the footnote to which a link refers; 0: the link does
 * not refer to one. */
unsigned md_note_reference(const struct md *md, const xmlNode *link);

/* Returns the number of the footnote that the element is; 0: none. */
unsigned md_note_of(const struct md *md, const xmlNode *element);

/* Returns true if the link leads from a footnote back to the text. */
bool md_is_back_link(const struct md *md, const xmlNode *link);

/* Writes the element as footnote. */
void md_write_note(struct md *md, const xmlNode *element, unsigned number);

void md_notes_release(struct md_notes *notes);

#endif
