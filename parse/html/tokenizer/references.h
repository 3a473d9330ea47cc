/* Decodes character references (HTML Standard, 13.2.5.72 and later), named and
 * numeric. */
#ifndef PARSE_HTML_TOKENIZER_REFERENCES_H
#define PARSE_HTML_TOKENIZER_REFERENCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REFERENCE_MAX = 6 };	/* bytes of UTF-8 of the longest replacement */

/*
 * Decodes the reference at p, which is at the '&' in a NUL-terminated text.
 * Writes the replacement to to, sets *len to the replacement's length and
 * returns the number of bytes read. Returns 0 if the '&' begins no reference.
 * In an attribute's value, names without ';' do not count before '=' and
 * alphanumerics.
 */
size_t html_reference(const char *p, bool in_attribute,
		      char to[REFERENCE_MAX], size_t *len);

/* Returns true if a reference may begin at p, which is at an '&'. */
static inline bool html_reference_starts(const char *p)
{
	return p[1] == '#' || (p[1] >= 'a' && p[1] <= 'z') ||
	       (p[1] >= 'A' && p[1] <= 'Z');
}

/* A row of the tables in references_data.c, which list names and their
 * replacements by hash. */
struct html_reference_row {
	uint16_t at;		/* offset of the name in html_reference_text */
	uint8_t name_len, len;	/* name_len: length of the name; len: length of
				 * the replacement, which follows the name */
};

enum { REFERENCE_SLOTS = 8192 };

extern const struct html_reference_row html_reference_rows[];
extern const uint16_t html_reference_slots[REFERENCE_SLOTS];
extern const char html_reference_text[];

#endif
