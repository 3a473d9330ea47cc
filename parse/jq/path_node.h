/*
 * The syntax tree of a path filter (parse/jq/path_filter.h). Private to this
 * folder.
 *
 *	parse/jq/path_token.c	tokens of a filter
 *	parse/jq/path_parse.c	from the text of a filter to its tree
 *	parse/jq/path_cost.c	how much a filter can output
 *	parse/jq/path_plan.c	finds the values of several filters in one pass
 *	parse/jq/path_eval.c	evaluates the tree on a JSON text
 *	parse/jq/path_array.c	makes arrays
 *	parse/jq/path_object.c	makes objects
 *	parse/jq/path_error.c	errors of steps
 *	parse/jq/path_members.c	members of an object, without duplicates
 *	parse/jq/path_write.c	writes values as libjq does
 */
#ifndef PARSE_JQ_PATH_NODE_H
#define PARSE_JQ_PATH_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

enum {
	PATH_MAX_NODES = 256,	/* maximum number of nodes of a filter */
	PATH_MAX_DEPTH = 32,	/* maximum nesting depth of brackets in a
				 * filter */
	PATH_MAX_MEMBERS = 64,	/* maximum number of members of an object in a
				 * filter */
};

enum path_kind {
	PATH_SELF,	/* . */
	PATH_KEY,	/* .name */
	PATH_INDEX,	/* [3], [-1] */
	PATH_EACH,	/* [] */
	PATH_LITERAL,	/* null, "text", 17, [] */
	PATH_EMPTY,	/* empty */
	PATH_PIPE,	/* left | right, and steps of a path */
	PATH_COMMA,	/* left, right */
	PATH_OR,	/* left // right */
	PATH_TRY,	/* (left)? */
	PATH_ARRAY,	/* [left] */
	PATH_OBJECT,	/* {...}; left: the first member */
	PATH_MEMBER,	/* left: the value; right: the next member */
};

struct path_node {
	enum path_kind kind;
	bool optional;		/* the step has "?": if it fails, it has no
				 * output */
	struct slice text;	/* PATH_KEY: the name; PATH_LITERAL: the value
				 * as JSON text; PATH_MEMBER: the name as JSON
				 * text */
	long index;		/* PATH_INDEX: the index; PATH_OBJECT: the
				 * number of members */
	size_t slot;		/* slot in the plan of the node's value
				 * (parse/jq/path_plan.c), if the node ends a
				 * path that begins at the input; otherwise 0 */
	struct path_node *left, *right;
};

struct path_filter {
	char *text;		/* the filter; names and literals point into
				 * it */
	struct path_node *nodes, *root;
	size_t count;
	bool is_bounded;
};

/* Parses filter->text, and sets nodes, root and count. Returns false if the
 * text is not a path filter. */
bool path_parse(struct path_filter *filter, size_t len);

/* How path_cost() counts the names and literals in the filter's text.
 * PATH_TEXTS_COUNT adds their length, because they may be in the outputs once
 * for each element of a list; PATH_TEXTS_ARE_FREE does not. */
enum path_texts { PATH_TEXTS_ARE_FREE, PATH_TEXTS_COUNT };

/* Estimates how many times as large as the input the outputs of a filter can
 * be, if path_has_product() is false for the filter. */
double path_cost(const struct path_node *node, enum path_texts texts);

/* Returns true if the filter makes an object for each element of a list, with
 * something else from the input in each object. The size of the outputs is then
 * the length of the list times the size of the other value, or times the length
 * of a second list. */
bool path_has_product(const struct path_node *node);

/* --- parse/jq/path_plan.c --- */

/* Returns the value of a slot in the input. The slice is empty if the path
 * fails in this input, so that the value is unknown. */
static inline struct slice path_plan_value(const struct buf *found, size_t slot)
{
	return ((const struct slice *)(const void *)found->data)[slot];
}

/* --- parse/jq/path_members.c --- */

struct path_member {
	struct slice name;	/* raw text between the quotes */
	struct slice key;	/* the decoded name */
	struct slice value;
};

/* The members of an object in the order of libjq: of several members with the
 * same name, there is one, at the position of the first one and with the value
 * of the last one. All zero is the empty list. */
struct path_members {
	struct buf list;	/* array of struct path_member */
	size_t count;
	struct buf names;	/* decoded names that had escapes */
};

void path_members_read(struct path_members *m, struct slice object);
void path_members_release(struct path_members *m);

static inline const struct path_member *
path_members_list(const struct path_members *m)
{
	return (const struct path_member *)m->list.data;
}

/* --- parse/jq/path_write.c --- */

/* Returns true if path_write() would copy the value unchanged. The slice must
 * not be empty. */
bool path_is_written(struct slice value);

/* Appends a value in the form that libjq writes: names once in each object,
 * escapes only where they are necessary. Numbers keep their digits. depth is
 * the number of brackets that are open around the value. Returns false if the
 * value is nested too deep: then the appended text is incomplete. */
bool path_write(struct buf *out, struct slice value, unsigned depth);

#endif
