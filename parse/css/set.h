/*
 * Selectors to look for together, as parse/css/match.c walks with them.
 *
 * A name is a tag, an id or a class that is asked for. Names are found by a
 * hash that takes no notice of letter case, so that one set serves documents
 * of both kinds: who finds one still has to compare.
 */
#ifndef PARSE_CSS_SET_H
#define PARSE_CSS_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "parse/css/match.h"
#include "parse/css/memo.h"
#include "parse/css/tree.h"

enum { CSS_NO_SUBJECT = UINT32_MAX };

/* A way to match: an item of a selector's list. */
struct css_subject {
	const struct css_complex *complex;
	uint32_t which;		/* the selector */
	uint32_t next;		/* that is asked for by the same name */
	uint32_t names;		/* into css_set.wanted, for each compound */
	uint64_t above;		/* of all compounds that are ancestors */
	bool all;		/* every match */
	bool is_scope;		/* the scope itself may be one */
};

struct css_name {
	uint32_t hash;		/* 0: a free place of the table */
	uint32_t subject;	/* the first that needs this name */
	uint64_t bit;		/* stands for it in sets of names; those behind
				 * the 64th share theirs. 0: in none */
};

struct css_set {
	uint32_t id;		/* of this set alone, in this process */
	uint32_t selectors;
	struct css_subject *subjects;
	uint32_t subjects_count;
	uint64_t *wanted;
	uint32_t wanted_count;
	struct css_name *table;
	uint32_t mask;		/* its places, but one */
	uint32_t names_count;
	uint32_t bits_count;
	uint32_t any;		/* the first subject that needs no name */
	uint32_t firsts;	/* selectors whose first match is wanted */
	bool ids, classes;	/* some are asked for */
	uint8_t begins[256];	/* which kinds of names begin so; css_begin() */
	/* The lists and complex selectors with a :scope somewhere: what is
	 * found out about them is true for one scope only. */
	struct css_memo scoped;
};

/* Where hashes of the kinds of names begin. */
enum css_seed {
	CSS_SEED_TYPE = 0x811c9dc5,
	CSS_SEED_ID = 0x1b873593,
	CSS_SEED_CLASS = 0x5bd1e995,
};

/* In css_set.begins. */
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

/* NULL: nobody asks for it. */
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
