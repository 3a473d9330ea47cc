/*
 * Variables: ${NAME} in the texts of a spec. The value comes from --var, else
 * from the environment, else from the "vars" of the spec. "$${" is a literal
 * "${".
 *
 * A variable may hold a secret, so no message has a value.
 */
#ifndef CMD_GATHER_TEMPLATE_VARIABLES_H
#define CMD_GATHER_TEMPLATE_VARIABLES_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"

/* Values of --var: "NAME=VALUE" strings, borrowed. */
struct gather_vars {
	const char **list;
	size_t count;
};

struct gather_variables {
	const struct gather_vars *given;	/* borrowed; NULL if there is
						 * none */
	const json_t *defaults;			/* borrowed; NULL if there is
						 * none */
};

/* Flags for filling in variables. DOUBLE_VALUES and DOUBLE_TEXT are for
 * templates (cmd/gather/template/template.h), in which literal braces are
 * doubled. 0: the text is not a template. */
enum {
	VARIABLES_DOUBLE_VALUES = 1, /* double the braces in values */
	VARIABLES_DOUBLE_TEXT = 2,   /* double the braces in the text */
	VARIABLES_KEEP_NAMES = 4,    /* write "${NAME}" instead of its value, or
				      * "${{NAME}}" with
				      * VARIABLES_DOUBLE_VALUES: for people */
};

/* Returns true if the text may have variables ("${" and a name). */
bool gather_text_has_variables(const char *text);

/* Returns true if the text s is a valid name of a variable. */
bool gather_variables_is_name(const char *s, size_t len);

/* Appends the text with its variables replaced; how is a set of the flags
 * above. Returns 0, or -1 after adding to why which variable is not set and how
 * to set it. Values are registered as secrets of the program
 * (base/secrets.h). */
int gather_variables_fill(const struct gather_variables *v, struct buf *out,
			  const char *text, unsigned how, struct buf *why);

#endif
