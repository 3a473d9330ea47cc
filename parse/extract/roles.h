/*
 * The roles of a crawl's pages: which fields the pages of a role have, which of
 * their links are followed, and which fields go along with these links.
 *
 * Made by cmd/ from the file of --extract or from --follow, and checked
 * meanwhile; then immutable, borrowed by all workers. Worker processes rebuild
 * them from the same texts (parse/config.c). A page has its role as a number:
 * its index in the list. Seeds have role 0.
 *
 * A link that leads to a page of another role carries fields: a JSON object,
 * which becomes part of the data of that page. The object has the fields of
 * `carry` that the page of the link has, by extraction or because they were
 * carried to it; but none that the pages of the other role have themselves.
 */
#ifndef PARSE_EXTRACT_ROLES_H
#define PARSE_EXTRACT_ROLES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"
#include "parse/css/css.h"

enum {
	ROLES_MAX = 1000,
	CARRIED_MAX = 16 << 10,	/* bytes of the fields that a link carries */
};

struct css_set;
struct schema;

/* A selector of links, and the role of the pages behind them. */
struct role_follow {
	char *query;		/* as given */
	struct css *css;
	struct css_set *set;
	char *lower_attr;	/* of ::attr() in lower case, or NULL */
	unsigned to;
};

struct role_field {
	char *name;
	struct slice key;	/* in JSON, without the quotes; owned */
};

struct role {
	char *name;		/* NULL: pages without a role */
	struct schema *schema;	/* owned; NULL: the fields of the options, if
				 * there are any */
	struct role_follow *follow;
	size_t follow_count;
	struct role_field *carry;
	size_t carry_count;
	/* Fields that links can bring along to pages of this role; names
	 * borrowed from carry of other roles. */
	const char **brought;
	size_t brought_count;
	bool has_rows;		/* records of these pages are written */
};

struct roles {
	struct role *list;
	size_t count;
	bool is_from_file;	/* "pages" of an --extract file */
};

struct roles *roles_new(void);
void roles_free(struct roles *r);	/* NULL is fine */

/* Returns true if a role may have the name: letters, digits, "_" and "-", the
 * first of them a letter or "_". */
bool role_name_is_valid(struct slice name);

/* Adds a role; name NULL: of pages without one. Returns its number. */
unsigned roles_add(struct roles *r, const char *name);

/* Returns the number of the role; -1: there is none. */
int roles_find(const struct roles *r, struct slice name);

/* Adds a selector of links to a role. Returns 0; or -1 after appending to why
 * what is wrong with it. Needs parse_global_init() (parse/library.h). */
int role_add_follow(struct role *role, const char *css, unsigned to,
		    struct buf *why);

void role_add_carry(struct role *role, const char *name);

/* Finds out which fields are brought to which role. Returns -1; or the number
 * of a role with a field in `carry` that its pages cannot have, with *field set
 * to its index. */
int roles_finish(struct roles *r, size_t *field);

/* Returns the name of the role, NULL if it has none. */
const char *roles_name(const struct roles *r, unsigned number);

/* Appends the fields that a link to a page of the role carries, an object, or
 * nothing if there are none. own: the object of the page or of the item with
 * the link; brought: fields that were carried to the page; either may be empty.
 * Returns false if fields were left out because of CARRIED_MAX. */
bool role_add_carried(struct buf *out, const struct role *from,
		      const struct role *to, struct slice own,
		      struct slice brought);

/* Adds fields that were carried (an object) to data: to the object, or to each
 * object of an array; without data they are the data. Returns false, and leaves
 * data unchanged, if it would have more than max bytes. */
bool carried_add_to_data(struct buf *data, struct slice carried, size_t max);

#endif
