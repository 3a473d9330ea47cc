/* Setters of options whose values may be in a file, @FILE. For -u,
 * --oauth2-bearer and similar options a file keeps the secret from other users,
 * who can read the command line until it is blanked, and out of the history of
 * the shell. This file also has the setter of --variable, and the expansion of
 * --expand-OPTION. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/secret_rules.h"
#include "base/secrets.h"
#include "cmd/options/setters.h"
#include "cmd/options/table.h"
#include "cmd/options/variables/variables.h"

/* --- Logins and tokens ---------------------------------------------------- */

/* Reads the only line of the file that the value names. A line end, which
 * editors add, is left out. */
static int read_line(const struct option_use *use, const char **text)
{
	struct buf line = {0};
	int err = option_read_file(&line, use);

	while (!err && line.len &&
	       (line.data[line.len - 1] == '\n' ||
		line.data[line.len - 1] == '\r'))
		line.len--;
	if (!err && (!line.len || memchr(line.data, '\n', line.len) ||
		     memchr(line.data, '\0', line.len))) {
		buf_addstr(use->why, line.len ? "must have one line of text"
					      : "the file is empty");
		err = -1;
	}
	if (err)
		buf_release(&line);
	else
		*text = command_line_keep(use->line, buf_detach(&line));
	return err;
}

static int set_or_read(const struct option_use *use,
		       int (*set_text)(const struct option_use *use))
{
	struct option_use given = *use;

	if (use->value[0] == '@' && read_line(use, &given.value))
		return -1;
	return set_text(&given);
}

static int set_login(const struct option_use *use)
{
	if (strchr(use->value, ':'))
		return opt_string(use);
	buf_addstr(use->why, "a password is needed: USER:PASSWORD (there is no "
			     "prompt)");
	return -1;
}

int opt_login(const struct option_use *use)
{
	return set_or_read(use, set_login);
}

int opt_bearer(const struct option_use *use)
{
	return set_or_read(use, opt_string);
}

int opt_refresh_token(const struct option_use *use)
{
	struct oauth2_client *client = use->to;
	struct option_use token = *use;

	token.to = &client->refresh_token;
	client->refresh_file = NULL;
	/* Do not keep new tokens in a pipe, which cannot store them and whose
	 * opening may block. */
	if (use->value[0] == '@' && !file_is_read_once(use->value + 1))
		client->refresh_file = command_line_keep(
			use->line, xstrdup(use->value + 1));
	return opt_bearer(&token);
}

/* --- Variables ------------------------------------------------------------ */

/* Sets the variable. If its name looks like that of a secret, messages hide its
 * value. */
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
