/* Character references (HTML Standard, 13.2.5.72 and on): named ones, and
 * numbers. */
#ifndef PARSE_HTML_TOKENIZER_REFERENCES_H
#define PARSE_HTML_TOKENIZER_REFERENCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REFERENCE_MAX = 6 };	/* bytes of UTF-8 that one may stand for */

/* Reads the reference at p, which is at '&' in a text with a NUL behind it. Returns how many
 * bytes it takes and what it stands for; or 0: the '&' is one. In the value of
 * an attribute, names without ';' are none before '=' and alphanumerics. */
size_t html_reference(const char *p, bool in_attribute,
		      char to[REFERENCE_MAX], size_t *len);

/* Whether there may be one at p. */
static inline bool html_reference_starts(const char *p)
{
	return p[1] == '#' || (p[1] >= 'a' && p[1] <= 'z') ||
	       (p[1] >= 'A' && p[1] <= 'Z');
}

/* Of references_data.c: the names and what they stand for, by hash. */
struct html_reference_row {
	uint16_t at;		/* of the name in html_reference_text */
	uint8_t name_len, len;	/* the second is of what is behind the name */
};

enum { REFERENCE_SLOTS = 8192 };

extern const struct html_reference_row html_reference_rows[];
extern const uint16_t html_reference_slots[REFERENCE_SLOTS];
extern const char html_reference_text[];

#endif
