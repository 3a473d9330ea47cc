/*
 * Interned names of tags and attributes: the parser compares pointers and ids
 * instead of strings. Names in names.def are known from the start; other names
 * live in the page's region and are dropped with the page.
 *
 * Names of SVG and MathML elements have separate records, so that they do not
 * affect questions about an HTML element (is a <title> open?).
 */
#ifndef PARSE_HTML_COMMON_NAMES_H
#define PARSE_HTML_COMMON_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "parse/html/common/more_names.h"

struct html_region;

enum html_space { HTML_SPACE, HTML_SPACE_SVG, HTML_SPACE_MATHML };

/* Properties of elements that the standard's rules depend on. The first five
 * are in the order of enum html_scope. */
enum html_flags {
	SCOPE_DEFAULT = 1 << 0,		/* SCOPE_*: the element is a boundary of
					 * that scope */
	SCOPE_LIST = 1 << 1,
	SCOPE_BUTTON = 1 << 2,
	SCOPE_TABLE = 1 << 3,
	SCOPES = SCOPE_DEFAULT | SCOPE_LIST | SCOPE_BUTTON,
	SCOPES_ALL = SCOPES | SCOPE_TABLE,
	BARRIER = 1 << 4,	/* SPECIAL elements except address, div and p */
	BOUNDARY = SCOPES_ALL | BARRIER,
	SPECIAL = 1 << 5,	/* set for all elements that have a BOUNDARY
				 * flag */
	FORMATTING = 1 << 6,
	IMPLIED = 1 << 7,	/* the element's end tag may be implied */
	THOROUGH = 1 << 8,	/* the element's end tag may be implied
				 * "thoroughly" */
	HEADING = 1 << 9,
	VOID = 1 << 10,
	RAW = 1 << 11,		/* the element's text is serialised without
				 * escaping */
	HTML_POINT = 1 << 12,	/* HTML integration point */
	TEXT_POINT = 1 << 13,	/* MathML text integration point */
	ON_POP = 1 << 14,	/* builder_pop() does more than popping for this
				 * element */
	IN_OUTLINE = 1 << 15,	/* the element has information about the page,
				 * so outlines keep it */
	FOREIGN_NAME = 1 << 16,	/* the name is that of an SVG or MathML
				 * element */
	ATTRIBUTES = 1 << 17,	/* rules depend on the element's attributes, or
				 * each outline needs them */
	END_RULE = 1 << 18,	/* an end tag of the current node does more, in
				 * some mode, than popping that node */
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
	union html_key key;	/* the first bytes of the name, padded with
				 * zeros */
	const char *text;	/* the name in lower case, or in the spelling
				 * that SVG uses */
	struct html_name *next;	/* the record of this name for another
				 * namespace, or NULL; the record for HTML is
				 * the first */
	uint32_t tag;		/* number of the last tag that had this
				 * attribute */
	uint32_t len;
	uint32_t top;		/* stack position of the topmost open element
				 * with this name; 0: none is open */
	uint32_t flags;
	uint16_t id;		/* an enum html_id; N_OTHER in SVG and MathML */
	uint16_t known;		/* the enum html_id, in all namespaces */
	uint8_t space;
	uint8_t held;			/* bits that are set if <html> or <body>
					 * has this attribute (nodes.c) */
};

/* Slot of the hash table. The hash is compared before the name, because reading
 * the name is likely a cache miss. */
struct html_slot {
	struct html_name *name;
	uint32_t hash;			/* 0: the slot is empty */
};

/* Slot of a table in which a name is found by one comparison. Each name has one
 * slot; of two names with the same slot, the table has one. */
struct html_quick {
	uint64_t key;			/* html_key.half[0] of the name */
	struct html_name *name;		/* NULL: the slot is empty */
};

enum { QUICK_KEY = 8, QUICK_BITS = 11, QUICK_SLOTS = 1 << QUICK_BITS };

struct html_names {
	struct html_slot *table;	/* array of NAME_SLOTS slots */
	struct html_quick *quick;	/* array of QUICK_SLOTS slots with names
					 * of at most QUICK_KEY bytes that are
					 * in the table */
	uint64_t seed[2];
	struct html_region *region;	/* borrowed; the page's own names are in
					 * it */
	struct html_name *known;	/* records of the predefined names:
					 * N_COUNT for each namespace, then the
					 * record that html_names_point()
					 * returns */
	uint16_t *added;		/* indexes of the slots with the page's
					 * own names */
	size_t added_count;
	struct html_more_names more;	/* names for which the table has no
					 * room */
	struct html_name unknown;	/* stands for a name that no element or
					 * attribute has had */
	char *scratch;
	size_t scratch_cap;
};

enum { NAME_SLOTS = 2048 };

/* Chooses a random hash seed for all tables created later. Call it before
 * starting threads; without it, the seed is fixed. */
void html_names_global_init(void);

void html_names_init(struct html_names *names);
void html_names_release(struct html_names *names);

/* Removes the names added for the current page; the predefined names of HTML
 * remain. */
void html_names_clear(struct html_names *names);

/* Sets html_name.top of all predefined names to 0: no element is open. */
void html_names_close_all(struct html_names *names);

/* Sets html_name.tag of all names to 0. */
void html_names_forget_tags(struct html_names *names);

/* Returns the name for len bytes at p, converted to lower case and with U+FFFD
 * for U+0000. With add, a new name is added; without add, the function may
 * return NULL for a new name. */
struct html_name *html_names_look_up(struct html_names *names, const char *p,
				     size_t len, bool add);

/* Returns the name for a key of len bytes, fewer than NAME_KEY; otherwise like
 * html_names_look_up(). */
struct html_name *html_names_look_up_key(struct html_names *names,
					 union html_key key, size_t len,
					 bool add);

static inline struct html_name *html_names_add(struct html_names *names,
					       const char *p, size_t len)
{
	return html_names_look_up(names, p, len, true);
}

/* Returns the record of a name for elements of the given namespace. name is the
 * record for HTML. */
struct html_name *html_name_in(struct html_names *names,
			       struct html_name *name, enum html_space space);

/* Returns the name, in the stack of open elements only, of MathML
 * annotation-xml elements that are HTML integration points because of an
 * attribute. The nodes of these elements have the usual name. */
static inline struct html_name *html_names_point(struct html_names *names)
{
	return &names->known[N_COUNT * 3];
}

/* Returns the spelling of an attribute's name on elements of the given
 * namespace. */
const char *html_name_attribute(const struct html_name *name,
				enum html_space space);

/* Returns the part after "xlink:", "xml:" or "xmlns:" of an attribute that has
 * a namespace on foreign elements; NULL for any other attribute. */
const char *html_name_local(const struct html_name *name);

/* Returns the hash of a text of any length. */
uint64_t html_hash_text(const uint64_t seed[2], const char *p, size_t len);

/* The global seed, for tables that have no seed of their own. */
const uint64_t *html_hash_seed(void);

static inline uint64_t html_hash(const uint64_t seed[2], union html_key key)
{
	const unsigned __int128 product =
		(unsigned __int128)(key.half[0] ^ seed[0]) *
		(key.half[1] ^ seed[1]);

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* A name to be looked up. */
struct html_name_text {
	union html_key key;
	const char *p;
	uint32_t len, hash;
};

static inline bool html_name_is(const struct html_name *name,
				const struct html_name_text *text)
{
	return name->len == text->len &&
	       name->key.half[0] == text->key.half[0] &&
	       name->key.half[1] == text->key.half[1] &&
	       (text->len <= NAME_KEY ||
		!memcmp(name->text, text->p, text->len));
}

#define NAME_HASH_BIT (UINT32_C(1) << 31)	/* set in every name's hash, so
						 * that no hash is 0 */

static inline uint32_t html_name_hash(const uint64_t seed[2],
				      union html_key key)
{
	return (uint32_t)html_hash(seed, key) | NAME_HASH_BIT;
}

/* Returns the name with this key if the first slot for its hash has it. NULL:
 * call html_names_look_up_key(). */
static inline struct html_name *html_names_guess(const struct html_names *names,
						 union html_key key)
{
	const uint32_t hash = html_name_hash(names->seed, key);
	const struct html_slot *slot = &names->table[hash % NAME_SLOTS];

	if (__builtin_expect(slot->hash == hash &&
			     slot->name->key.half[0] == key.half[0] &&
			     slot->name->key.half[1] == key.half[1], 1))
		return slot->name;
	return NULL;
}

/* Returns the slot of names->quick for a key, which is that of a name of one to
 * QUICK_KEY bytes, or 0: no slot has the key 0. The factor was chosen so that
 * hardly any two names of names.def have the same slot. */
static inline struct html_quick *html_quick_slot(const struct html_names *names,
						 uint64_t key)
{
	return &names->quick[key * UINT64_C(0xdde89da8efb21449) >>
			     (64 - QUICK_BITS)];
}

/* Returns the address that is read first when a name with this key is looked up
 * in names->more, for prefetching. names->more must not be empty. */
static inline const void *html_names_first_read(const struct html_names *names,
						union html_key key)
{
	const uint32_t hash = html_name_hash(names->seed, key);

	return &names->more.slots[hash & names->more.mask];
}

#endif
