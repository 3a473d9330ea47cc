/*
 * A set of selectors, prepared for the walk in parse/css/match.c.
 *
 * A name is a tag, an id or a class that some selector requires. The hash of a
 * name ignores letter case, so that one set serves both HTML and XML documents;
 * after a hit, the name itself must still be compared.
 */
#ifndef PARSE_CSS_SET_H
#define PARSE_CSS_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "parse/css/match.h"
#include "parse/css/memo.h"
#include "parse/css/tree.h"

enum { CSS_NO_SUBJECT = UINT32_MAX };

/* One complex selector from the list that makes up a selector. */
struct css_subject {
	const struct css_complex *complex;
	uint32_t which;		/* number of the selector in the set */
	uint32_t next;		/* index of the next subject that requires the
				 * same name */
	uint32_t names;		/* index into css_set.wanted of the subject's
				 * first entry; there is one entry per
				 * compound */
	uint64_t above;		/* set of names that the element's ancestors
				 * must have */
	bool all;		/* report every match, not only the first */
	bool is_scope;		/* :scope is in the subject, so the scope itself
				 * may match */
	bool by_type;		/* the first simple selector is a type, and has
				 * the name that the subject requires */
	bool direct;		/* all combinators are ">" and "+": at most one
				 * element can match each compound */
};

struct css_name {
	uint32_t hash;		/* 0: this slot is free */
	uint32_t subject;	/* index of the first subject that requires this
				 * name */
	uint64_t bit;		/* the name's bit in sets of names; names after
				 * the 64th share bits; 0: the name is in no
				 * set */
	const struct css_text *type;	/* if the name is a tag: the name in
					 * lower case, if it is the same in all
					 * selectors with this hash; otherwise
					 * NULL. Borrowed */
};

struct css_set {
	uint32_t id;		/* unique within the process */
	uint32_t selectors;
	struct css_subject *subjects;
	uint32_t subjects_count;
	uint64_t *wanted;
	uint32_t wanted_count;
	struct css_name *table;
	uint32_t mask;		/* table size - 1 */
	uint32_t names_count;
	uint32_t bits_count;
	uint32_t any;		/* index of the first subject that requires no
				 * name */
	uint32_t firsts;	/* number of selectors of which only the first
				 * match is reported */
	bool ids, classes;	/* some selector requires an id, or a class */
	uint8_t begins[256];	/* for each first letter of a name: which kinds
				 * of names begin with it (CSS_BEGINS_*); index:
				 * css_begin() */
	/* The lists and complex selectors that contain :scope. Cached results
	 * about them hold for one scope only. */
	struct css_memo scoped;
};

/* Hash seeds, one per kind of name, so that `a`, `#a` and `.a` differ. */
enum css_seed {
	CSS_SEED_TYPE = 0x811c9dc5,
	CSS_SEED_ID = 0x1b873593,
	CSS_SEED_CLASS = 0x5bd1e995,
};

/* Bits in css_set.begins. */
enum { CSS_BEGINS_TYPE = 1, CSS_BEGINS_CLASS = 2 };

static inline uint8_t css_begin(char c)
{
	return (unsigned char)c | 0x20;
}

static inline uint32_t css_hash_add(uint32_t h, char c)
{
	return (h ^ ((unsigned char)c | 0x20)) * 0x01000193;
}

static inline uint32_t css_hash_end(uint32_t h)
{
	return (h ^ h >> 15) | 1;
}

/* Returns the entry of the name with this hash; NULL if no selector requires
 * such a name. */
static inline const struct css_name *css_set_name(const struct css_set *set,
						  uint32_t hash)
{
	for (uint32_t i = hash >> 1;; i++) {
		const struct css_name *name = &set->table[i & set->mask];

		if (name->hash == hash)
			return name;
		if (!name->hash)
			return NULL;
	}
}

#endif
