/* Setters of -u and --oauth2-bearer. Their values may also be in a file, @FILE,
 * because other users can read a command line until it is blanked, and shells
 * keep it in their history. */
#include <string.h>

#include "cmd/options/setters.h"
#include "cmd/options/table.h"

/* Reads the only line of the file that the value names, without the line end
 * that editors add. */
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
