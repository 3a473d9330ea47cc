/*
 * Chooses members of records by their names. A name is a path, as in the
 * columns of a table: "data.price" is the member price of the object data. A
 * name stands for everything inside of the member, too. Zero chooses all.
 */
#ifndef CMD_DIFF_FIELD_CHOICE_H
#define CMD_DIFF_FIELD_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

enum field_use {
	FIELD_LEFT_OUT,
	FIELD_INSIDE,	/* only members inside of it are chosen */
	FIELD_MOSTLY,	/* chosen, except for members inside of it */
	FIELD_CHOSEN,
};

/* A list of names. */
struct field_names {
	struct slice *list;	/* borrowed from the text */
	size_t len;
};

struct field_choice {
	struct field_names chosen;	/* empty: all */
	struct field_names ignored;
};

/* Appends the names of a text, separated by commas. Returns false if a name is
 * empty. */
bool field_names_add(struct field_names *names, const char *text);

enum field_use field_choice_of(const struct field_choice *c,
			       struct slice path);

void field_choice_release(struct field_choice *c);

#endif
