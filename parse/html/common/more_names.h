/*
 * The names of a page that has very many different ones. Each takes as little
 * memory as possible, since the time goes into cache misses: the records lie
 * side by side, and a slot has half the size of a struct html_slot.
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
	uint32_t number;		/* of the name, from 1 on; 0: empty */
};

/* Zero it before use. */
struct html_more_names {
	struct html_more_slot *slots;
	size_t mask;
	uint32_t count;
	struct html_name **chunks;	/* of records, in the page's region */
	size_t chunks_cap;
};

/* Frees the table; the names go with the region. */
void html_more_names_clear(struct html_more_names *more);

/* Returns the name, or NULL. There must be one name at least. */
struct html_name *html_more_names_find(const struct html_more_names *more,
				       const struct html_name_text *text);

/* Adds a name that is not there yet. Returns its record, which the caller
 * fills. */
struct html_name *html_more_names_add(struct html_more_names *more,
				      struct html_region *region,
				      uint32_t hash);

#endif
