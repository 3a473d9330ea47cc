/*
 * Variables of --variable, and {{NAME}} in the values of --expand-OPTION, as in
 * curl (8.3.0; NAME[N-M] since 8.12.0, 64dec since 8.13.0). Functions follow a
 * colon: {{NAME:trim:url}}. \{{ is a literal {{. A name without a variable
 * stands for nothing.
 *
 * curl warns about malformed names and braces, and goes on; here they are
 * errors. No message has a value, which may be secret.
 */
#ifndef CMD_OPTIONS_VARIABLES_VARIABLES_H
#define CMD_OPTIONS_VARIABLES_VARIABLES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Longest name, as in curl. */
enum { VARIABLE_NAME_MAX = 127 };

/* All zero: there are none. */
struct variables {
	struct variable {
		char *name;
		struct buf value;	/* any bytes */
	} *items;
	size_t len;
};

/* A value of --variable, in its parts: [%]NAME[[N-M]][=TEXT|@FILE]. */
struct variable_text {
	bool is_import;		/* %NAME: from the environment */
	char name[VARIABLE_NAME_MAX + 1];
	size_t from, to;	/* the bytes to take, both ends included */
	const char *content;	/* borrowed: TEXT or FILE; NULL if there is
				 * none */
	bool is_file;
};

/* Reads a value of --variable. Returns 0, or -1 after adding to why. */
int variable_text_read(struct variable_text *v, const char *text,
		       struct buf *why);

/* Sets a variable to the part of the bytes that v asks for. */
void variables_set(struct variables *variables, const struct variable_text *v,
		   const char *bytes, size_t len);

/* Appends the text with its variables filled in. Returns 0, or -1 after adding
 * to why. */
int variables_expand(const struct variables *variables, const char *text,
		     struct buf *out, struct buf *why);

/* Wipes and frees the values. */
void variables_release(struct variables *variables);

#endif
