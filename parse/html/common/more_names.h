/*
 * Table for the names of a page with very many different names. Most of the
 * time goes into cache misses, so each name takes as little memory as possible:
 * the records lie side by side, and a slot has half the size of a struct
 * html_slot.
 */
#ifndef PARSE_HTML_COMMON_MORE_NAMES_H
#define PARSE_HTML_COMMON_MORE_NAMES_H

#include <stddef.h>
#include <stdint.h>

struct html_name;
struct html_name_text;
struct html_region;

struct html_more_slot {
	uint32_t hash;
	uint32_t number;		/* number of the name's record, from 1;
					 * 0: the slot is empty */
};

/* All zero is an empty table. */
struct html_more_names {
	struct html_more_slot *slots;
	size_t mask;
	uint32_t count;
	struct html_name **chunks;	/* arrays of records, in the page's
					 * region */
	size_t chunks_cap;
};

/* Frees the table. The names are freed with the page's region. */
void html_more_names_clear(struct html_more_names *more);

/* Returns the name, or NULL. The table must not be empty. */
struct html_name *html_more_names_find(const struct html_more_names *more,
				       const struct html_name_text *text);

/* Adds a name that the table does not have yet. Returns the name's record, to
 * be filled by the caller. */
struct html_name *html_more_names_add(struct html_more_names *more,
				      struct html_region *region,
				      uint32_t hash);

#endif
