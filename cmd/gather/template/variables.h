/*
 * ${NAME} in the texts of a spec: from --var, else the environment, else the
 * "vars" of the spec. "$${" is "${".
 *
 * What a variable holds may be a secret, so no message has it.
 */
#ifndef CMD_GATHER_TEMPLATE_VARIABLES_H
#define CMD_GATHER_TEMPLATE_VARIABLES_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"

/* Variables of --var: "NAME=VALUE" strings, borrowed. */
struct gather_vars {
	const char **list;
	size_t count;
};

struct gather_variables {
	const struct gather_vars *given;	/* borrowed; NULL: none */
	const json_t *defaults;			/* borrowed; NULL: none */
};

/* In a template (cmd/gather/template/template.h), braces that are just braces are
 * doubled. 0: the text becomes none. */
enum {
	VARIABLES_DOUBLE_VALUES = 1, /* in what variables hold */
	VARIABLES_DOUBLE_TEXT = 2,   /* in the text */
	VARIABLES_KEEP_NAMES = 4,    /* "${NAME}" instead, "${{NAME}}" with
				      * values doubled: for people */
};

bool gather_text_has_variables(const char *text);

/* Whether it may be the name of one. */
bool gather_variables_is_name(const char *s, size_t len);

/* 0; or -1 and has added to why which variable is not set, and how to. */
int gather_variables_fill(const struct gather_variables *v, struct buf *out,
			  const char *text, unsigned how, struct buf *why);

#endif
