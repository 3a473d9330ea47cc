/*
 * The roles of a crawl's pages: which fields the pages of a role have, which of
 * their links are followed, and which fields go along with these links.
 *
 * cmd/ makes and checks the roles from the file of --extract or from --follow.
 * After that they are immutable, and all workers borrow them. Worker processes
 * rebuild them from the same texts (parse/config.c). The role of a page is
 * stored as a number, the role's index in the list. Seeds have role 0.
 *
 * A link that leads to a page of another role carries fields: a JSON object,
 * which becomes part of the data of that page. The object has those fields
 * listed in `carry` that the page with the link has, because they were
 * extracted from it or carried to it. Fields that pages of the other role
 * extract themselves are left out.
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

/* A selector of links, and the role (to) of the pages that these links lead
 * to. */
struct role_follow {
	char *query;		/* the selector as the user wrote it */
	struct css *css;
	struct css_set *set;
	char *lower_attr;	/* the name in ::attr(), in lower case, or
				 * NULL */
	unsigned to;
};

struct role_field {
	char *name;
	struct slice key;	/* the name in JSON, without the quotes;
				 * owned */
};

struct role {
	char *name;		/* NULL: the pages have no named role */
	struct schema *schema;	/* fields to extract, owned; NULL: the fields
				 * that the options give, if any */
	struct role_follow *follow;
	size_t follow_count;
	struct role_field *carry;
	size_t carry_count;
	/* Fields that links can carry to pages of this role. The names are
	 * borrowed from the carry of other roles. */
	const char **brought;
	size_t brought_count;
	bool has_rows;		/* pages of this role have records in the
				 * output */
};

struct roles {
	struct role *list;
	size_t count;
	bool is_from_file;	/* the roles are the "pages" of an --extract
				 * file */
};

struct roles *roles_new(void);
void roles_free(struct roles *r);	/* NULL is fine */

/* Returns true if the name is allowed for a role: letters, digits, "_" and "-",
 * beginning with a letter or "_". */
bool role_name_is_valid(struct slice name);

/* Adds a role and returns its number. name NULL: the role has no name; its
 * pages are those to which the user gave no role. */
unsigned roles_add(struct roles *r, const char *name);

/* Returns the number of the role; -1: there is none. */
int roles_find(const struct roles *r, struct slice name);

/* Adds a selector of links that leads from role to the role number to. Returns
 * 0; or -1 if the selector is wrong, with the reason appended to why. Call
 * parse_global_init() (parse/library.h) before. */
int role_add_follow(struct role *role, const char *css, unsigned to,
		    struct buf *why);

void role_add_carry(struct role *role, const char *name);

/* Completes the roles: finds out which fields links carry to which role.
 * Returns -1 if all is well. Otherwise returns the number of a role that lists
 * a field in `carry` that its pages can never have, and sets *field to the
 * index of the field. */
int roles_finish(struct roles *r, size_t *field);

/* Returns the name of the role with that number; NULL if it has none. */
const char *roles_name(const struct roles *r, unsigned number);

/*
 * Appends a JSON object with the fields that a link from a page of one role to
 * a page of another carries; appends nothing if there are none. own: the
 * extracted object of the page or of the item with the link; brought: fields
 * that were carried to the page; either may be empty. Returns false if fields
 * were left out because of CARRIED_MAX.
 */
bool role_add_carried(struct buf *out, const struct role *from,
		      const struct role *to, struct slice own,
		      struct slice brought);

/* Adds carried fields (an object) to data: to the object, or to each object if
 * data is an array; empty data becomes the carried fields. Returns false, and
 * leaves data unchanged, if the result would have more than max bytes. */
bool carried_add_to_data(struct buf *data, struct slice carried, size_t max);

#endif
