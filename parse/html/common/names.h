/*
 * Names of tags and attributes, each once: the parser compares pointers and
 * numbers, never letters. Those of names.def are known from the start; those
 * that only the page has live in its region and are forgotten with it.
 *
 * An element of SVG or MathML has a record of its own, so that what is asked
 * about an HTML element (is a <title> open?) has one answer.
 */
#ifndef PARSE_HTML_COMMON_NAMES_H
#define PARSE_HTML_COMMON_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct html_region;

enum html_space { HTML_SPACE, HTML_SPACE_SVG, HTML_SPACE_MATHML };

/* What the rules ask about an element. The first four are numbered as enum
 * html_scope. */
enum html_flags {
	SCOPE_DEFAULT = 1 << 0,		/* ends the scope of that kind */
	SCOPE_LIST = 1 << 1,
	SCOPE_BUTTON = 1 << 2,
	SCOPE_TABLE = 1 << 3,
	SCOPES = SCOPE_DEFAULT | SCOPE_LIST | SCOPE_BUTTON,
	SCOPES_ALL = SCOPES | SCOPE_TABLE,
	SPECIAL = 1 << 4,
	BARRIER = 1 << 5,	/* special, and no address, div or p */
	FORMATTING = 1 << 6,
	IMPLIED = 1 << 7,	/* its end tag may be implied */
	THOROUGH = 1 << 8,	/* the same, when it is done thoroughly */
	HEADING = 1 << 9,
	VOID = 1 << 10,
	RAW = 1 << 11,		/* its text is serialized as it is */
	HTML_POINT = 1 << 12,	/* HTML integration point */
	TEXT_POINT = 1 << 13,	/* MathML text integration point */
	ON_POP = 1 << 14,	/* something happens when it is closed */
	SAYS = 1 << 15,		/* something about the page: outlines have it */
};

enum html_id {
	N_OTHER,
#define NAME(id, text, flags) N_##id,
#define FOREIGN(id, text, flags, svg, math, tag, attr) N_##id,
#define SVG_TAG(id, text, tag) N_##id,
#define SVG_ATTR(id, text, attr) N_##id,
#define MATH_ATTR(id, text, attr) N_##id,
#define FOREIGN_ATTR(id, text) N_##id,
#include "parse/html/common/names.def"
#undef NAME
#undef FOREIGN
#undef SVG_TAG
#undef SVG_ATTR
#undef MATH_ATTR
#undef FOREIGN_ATTR
	N_COUNT,
};

enum { NAME_KEY = 16 };

union html_key {
	char bytes[NAME_KEY];
	uint64_t half[2];
};

struct html_name {
	union html_key key;	/* its beginning, padded with zeros */
	const char *text;	/* in lower case, or as SVG writes it */
	struct html_name *svg, *math;	/* of elements there; NULL: not yet */
	uint64_t tag;		/* the last tag that had it as attribute */
	uint32_t len;
	uint32_t top;		/* the topmost open element; 0: none */
	uint32_t flags;
	uint16_t id;		/* enum html_id; N_OTHER in SVG and MathML */
	uint16_t known;		/* the same in all spaces */
	uint8_t space;
	uint8_t held;			/* bits of nodes.c */
};

/* Of a hash table: names are all over the memory, so the hash says first that
 * it is another one. */
struct html_slot {
	struct html_name *name;
	uint32_t hash;			/* 0: empty */
};

struct html_names {
	struct html_slot *table;
	size_t mask;
	uint64_t seed[2];
	size_t count;			/* in the table */
	struct html_region *region;	/* borrowed; of the page's own names */
	struct html_name *known;	/* N_COUNT in each space */
	struct html_slot *base;		/* the table without them */
	uint32_t *added;		/* slots of the page's own names */
	size_t added_count, added_cap;
	char *scratch;
	size_t scratch_cap;
};

/* Draws the seed of all tables that are made from now on: before any thread.
 * Without it the seed is fixed. */
void html_names_global_init(void);

void html_names_init(struct html_names *names);
void html_names_release(struct html_names *names);

/* Forgets the names of the page. */
void html_names_clear(struct html_names *names);

/* The name of len bytes at p, in lower case and with U+FFFD for U+0000. */
struct html_name *html_names_add(struct html_names *names, const char *p,
				 size_t len);

/* The same of a key with len bytes, fewer than NAME_KEY. */
struct html_name *html_names_add_key(struct html_names *names,
				     union html_key key, size_t len);

/* The record of elements in that space. */
struct html_name *html_name_in(struct html_names *names,
			       struct html_name *name, enum html_space space);

/* How elements of that space write an attribute. */
const char *html_name_attribute(const struct html_name *name,
				enum html_space space);

/* The part behind "xlink:", "xml:" or "xmlns:" of an attribute that has a
 * namespace in foreign elements, or NULL. */
const char *html_name_local(const struct html_name *name);

/* Hashes of any text, by a seed. */
uint64_t html_hash_text(const uint64_t seed[2], const char *p, size_t len);

/* A seed for a table that has none of its own. */
const uint64_t *html_hash_seed(void);

static inline uint64_t html_hash(const uint64_t seed[2], union html_key key)
{
	const unsigned __int128 product =
		(unsigned __int128)(key.half[0] ^ seed[0]) *
		(key.half[1] ^ seed[1]);

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

#define NAME_HASH_BIT (UINT32_C(1) << 31)	/* of all names: none has 0 */

static inline uint32_t html_name_hash(const uint64_t seed[2],
				      union html_key key)
{
	return (uint32_t)html_hash(seed, key) | NAME_HASH_BIT;
}

/* The name with that key, which is shorter than NAME_KEY. */
static inline struct html_name *html_names_get(struct html_names *names,
					       union html_key key, size_t len)
{
	const uint32_t hash = html_name_hash(names->seed, key);
	const struct html_slot *slot = &names->table[hash & names->mask];

	if (__builtin_expect(slot->hash == hash &&
			     slot->name->key.half[0] == key.half[0] &&
			     slot->name->key.half[1] == key.half[1], 1))
		return slot->name;
	return html_names_add_key(names, key, len);
}

#endif
