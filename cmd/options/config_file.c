/* Reads -K files line by line; each option goes through
 * command_line_option(). */
#include "cmd/options/config_file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/file.h"
#include "base/mem.h"
#include "cmd/options/host_section.h"
#include "cmd/options/table.h"
#include "cmd/output/format.h"

static char *skip_space(char *p)
{
	while (ascii_is_c_space(*p))
		p++;
	return p;
}

static char unescape(char c)
{
	switch (c) {
	case 't':
		return '\t';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 'v':
		return '\v';
	default:
		return c;
	}
}

/* Undoes the escapes of a quoted text, in place. Returns the text after the
 * closing quote; NULL if there is no closing quote. */
static char *unquote(char *p)
{
	char *to = p;

	for (; *p && *p != '"'; p++) {
		if (*p == '\\' && p[1])
			p++, *to++ = unescape(*p);
		else
			*to++ = *p;
	}
	if (*p != '"')
		return NULL;
	p++;
	*to = '\0';
	return p;
}

/* Terminates the value at p in place and sets *value to it, or to NULL if there
 * is no value. Returns a message about the error; NULL if there is none. */
static const char *take_value(char *p, char **value)
{
	char *rest;

	*value = NULL;
	if (*p == '#' && (!p[1] || ascii_is_c_space(p[1])))
		return NULL;
	if (*p == '"') {
		*value = p + 1;
		rest = unquote(p + 1);
		if (!rest)
			return "the closing quote is missing";
		if (*rest && !ascii_is_c_space(*rest))
			return "text after the closing quote; write \\\" for "
			       "a quote inside";
	} else {
		if (*p)
			*value = p;
		for (rest = p; *rest && !ascii_is_c_space(*rest);)
			rest++;
		if (*rest)
			*rest++ = '\0';
	}
	rest = skip_space(rest);
	if (*rest && *rest != '#')
		return "white space in a value: leave it out (rate = 5/s), or "
		       "put the value in double quotes";
	return NULL;
}

/* Appends the environment's variable whose name begins at `name`. Returns the
 * length of "NAME}"; 0 if the text is no name; -1 after logging that there is
 * no such variable. */
static int add_variable(const struct command_line *line, struct buf *out,
			const char *name)
{
	size_t len = 0;
	const char *value;
	char *key;

	while (ascii_is_alphanumeric(name[len]) || name[len] == '_')
		len++;
	if (!len || name[len] != '}')
		return 0;
	key = xmemdup(name, len);
	value = getenv(key);
	free(key);
	if (!value)
		return command_line_fail(line, "the environment has no "
					 "variable %.*s (write $${...} for a "
					 "literal ${...})", (int)len, name);
	buf_addstr(out, value);
	return (int)len + 1;
}

/* Returns the value with each ${NAME} replaced by the environment's variable,
 * and each $${ by ${; to be freed. NULL: a variable is missing, which has been
 * logged. */
static char *expand(const struct command_line *line, const char *value)
{
	struct buf out = {0};
	const char *p;

	for (; (p = strstr(value, "${")); value = p + 2) {
		const bool is_literal = p > value && p[-1] == '$';
		int len = 0;

		buf_add(&out, value, (size_t)(p - value) - is_literal);
		if (!is_literal)
			len = add_variable(line, &out, p + 2);
		if (len < 0) {
			buf_release(&out);
			return NULL;
		}
		if (!len)
			buf_addstr(&out, "${");
		p += len;
	}
	buf_addstr(&out, value);
	return buf_detach(&out);
}

/* Returns true if the option exists, but not for the line's command: the user's
 * own file has options for several commands. */
static bool is_for_other_command(const struct command_line *line,
				 const char *word)
{
	const char *name = option_expanded_name(word + strspn(word, "-"));
	const size_t len = strcspn(name, "=");
	const struct option_row *row = word[1] != '-'
		? option_by_letter(*name) : option_by_name(name, len);

	if (!row && word[1] == '-' && !strncmp(name, "no-", 3))
		row = option_by_name(name + 3, len - 3);
	if (!row)
		return false;
	row = option_variant(row, line->command->bit);
	return !(option_is_for(row) & line->command->bit);
}

/* Returns true if the line is to be passed over without reading its value. */
static bool is_passed_over(const struct command_line *line, const char *word)
{
	if (!line->is_default_file)
		return false;
	return line->section ? !host_sections_apply(line)
			     : is_for_other_command(line, word);
}

/* Returns true if the row takes the value. The setter stores the value in a
 * line that nobody reads. */
static bool takes_value(const struct command_line *line,
			const struct option_row *row, const char *value)
{
	struct command_line other = {
		.commands = line->commands,
		.command = line->command,
	};
	struct buf why = {0};
	const bool takes = !row->set(&(struct option_use){
		.line = &other,
		.row = row,
		.to = (char *)&other + row->at,
		.spelled = row->name,
		.value = value,
		.why = &why,
	});

	buf_release(&why);
	return takes;
}

/* Returns true if the value is one that the option has in other commands
 * only: of --format, or of --resume, which has none in a crawl. */
static bool is_value_of_other_command(const struct command_line *line,
				      const char *word, const char *value)
{
	const char *name = word + strspn(word, "-");
	const struct option_row *own;

	if (!value || (strcmp(name, "format") != 0 &&
		       strcmp(name, "resume") != 0))
		return false;
	own = option_variant(option_by_name(name, strlen(name)),
			     line->command->bit);
	if (own->arg && takes_value(line, own, value))
		return false;
	for (const struct option_row *r = option_rows; r->name; r++)
		if (!strcmp(r->name, name) && r->arg &&
		    takes_value(line, r, value))
			return true;
	return false;
}

/* Reads "name", "--name" or "-x" and its value. */
static int read_option(struct command_line *line, char *p)
{
	const bool dashed = *p == '-';
	const char *name = p, *fault;
	char *value, *word;
	bool used;

	/* A name without dashes also ends at "=" or ":"; after dashes these
	 * characters belong to the option ("--name=value"). */
	while (*p && !ascii_is_c_space(*p) &&
	       (dashed || (*p != '=' && *p != ':')))
		p++;
	word = xasprintf("%s%.*s", dashed ? "" : "--", (int)(p - name), name);
	command_line_keep(line, word);
	while (ascii_is_c_space(*p) || (!dashed && (*p == '=' || *p == ':')))
		p++;
	fault = take_value(p, &value);
	if (fault)
		return command_line_fail(line, "%.100s: %s", line->section
					 ? word + strspn(word, "-") : word,
					 fault);
	if (is_passed_over(line, word))
		return 0;
	/* Copies the value, because the text of this file is freed after
	 * reading while values are needed longer. */
	if (value) {
		value = expand(line, value);
		if (!value)
			return -1;
		command_line_keep(line, value);
	}
	if (line->section)
		return host_section_set(line, word, value);
	if (line->is_default_file &&
	    is_value_of_other_command(line, word, value))
		return 0;
	if (command_line_option(line, word, value, &used))
		return -1;
	if (value && !used)
		return command_line_fail(line, "%.100s takes no value",
					 word);
	return 0;
}

static int read_line(struct command_line *line, char *text)
{
	/* Like curl, take lines that begin with / or * for comments, too. */
	if (!*text || strchr("#/*", *text))
		return 0;
	return *text == '[' ? host_section_begin(line, text)
			    : read_option(line, text);
}

/* Reads all lines; text is a C string and is cut into pieces. */
static int read_lines(struct command_line *line, char *text)
{
	char *next;

	for (; text && !line->show; text = next) {
		line->file_line++;
		next = strchr(text, '\n');
		if (next)
			*next++ = '\0';
		if (read_line(line, skip_space(text)))
			return -1;
	}
	return 0;
}

int config_file_read(struct command_line *line, const char *path,
		     struct buf *why)
{
	static const char bom[] = "\xef\xbb\xbf";
	struct buf text = {0};
	char *start;
	int err = -1;

	if (!strcmp(path, "-") && command_line_claim_stdin(line, "config", why))
		return -1;
	if (file_read(&text, path, why))
		goto out;
	if (text.len && memchr(text.data, '\0', text.len)) {
		buf_addstr(why, "has a NUL byte: not a file of options");
		goto out;
	}
	buf_cstr(&text);
	start = text.data;
	if (!strncmp(start, bom, strlen(bom)))
		start += strlen(bom);
	line->file = path;
	line->file_line = 0;
	err = read_lines(line, start);
	line->section = NULL;
	line->file = NULL;
out:
	buf_release(&text);
	return err;
}

/* Returns the path of the user's own file, to be freed; NULL if there is no
 * such file. */
static char *default_path(void)
{
	const char *named = getenv("SCRAPE_CONFIG");
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	char *path;

	if (named)
		return *named ? xstrdup(named) : NULL;
	if (config && *config == '/')
		path = xasprintf("%s/scrape/config", config);
	else if (home && *home)
		path = xasprintf("%s/.config/scrape/config", home);
	else
		return NULL;
	if (!access(path, F_OK))
		return path;
	free(path);
	return NULL;
}

int config_file_read_default(struct command_line *line, const char *first)
{
	struct buf why = {0};
	char *path;
	int err = 0;

	if (!strncmp(first, "-q", 2) || !strcmp(first, "--disable"))
		return 0;
	path = default_path();
	if (!path)
		return 0;
	command_line_keep(line, path);
	line->is_default_file = true;
	err = config_file_read(line, path, &why);
	line->is_default_file = false;
	if (why.len)
		command_line_fail(line, "%.500s: %s (-q as the first argument "
				  "leaves this file out)", path,
				  buf_cstr(&why));
	buf_release(&why);
	return err;
}
