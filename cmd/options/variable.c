/* --variable, and the expansion of --expand-OPTION. */
#include <stdlib.h>
#include <string.h>

#include "base/secret_rules.h"
#include "base/secrets.h"
#include "cmd/options/setters.h"
#include "cmd/options/table.h"
#include "cmd/options/variables/variables.h"

/* Sets the variable. A value whose name is that of a secret is hidden in
 * messages. */
static void set(const struct option_use *use, const struct variable_text *v,
		const char *bytes, size_t len)
{
	struct buf text = {0};

	variables_set(use->to, v, bytes, len);
	if (secret_name(v->name, strlen(v->name))) {
		buf_add(&text, bytes, len);
		secrets_add(buf_cstr(&text), NULL);
	}
	buf_release(&text);
}

static int set_from_file(const struct option_use *use,
			 const struct variable_text *v)
{
	struct option_use file = *use;
	struct buf text = {0};
	int err;

	file.value = v->content - 1;
	err = option_read_file(&text, &file);
	if (!err)
		set(use, v, text.len ? text.data : "", text.len);
	buf_release(&text);
	return err;
}

int opt_variable(const struct option_use *use)
{
	struct variable_text v;
	const char *value;

	if (variable_text_read(&v, use->value, use->why))
		return -1;
	value = v.is_import ? getenv(v.name) : NULL;
	if (!value && !v.content) {
		buf_addstr(use->why, "the environment has no such variable; "
				     "%NAME=TEXT gives a default");
		return -1;
	}
	if (!value && v.is_file)
		return set_from_file(use, &v);
	if (!value)
		value = v.content;
	set(use, &v, value, strlen(value));
	return 0;
}

const char *option_expand(struct command_line *line, const char *spelled,
			  const char *value)
{
	struct buf out = {0}, why = {0};
	const int err = variables_expand(&line->variables, value, &out, &why);

	if (err)
		command_line_fail(line, "%.100s: %s", spelled, buf_cstr(&why));
	buf_release(&why);
	if (!err)
		return command_line_keep(line, buf_detach(&out));
	buf_release(&out);
	return NULL;
}
