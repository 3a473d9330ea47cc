/* Reads -K files line by line; each option goes through
 * command_line_option(). */
#include "cmd/options/config_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/file.h"
#include "base/mem.h"

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
 * is no value. Returns what is wrong, or NULL. */
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
		return "white space in a value; put it in double quotes";
	return NULL;
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
		return command_line_fail(line, "%.100s: %s", word, fault);
	/* Copy the value, because the text of this file is freed after reading
	 * while values are needed longer. */
	value = value ? xstrdup(value) : NULL;
	if (value)
		command_line_keep(line, value);
	if (command_line_option(line, word, value, &used))
		return -1;
	if (value && !used)
		return command_line_fail(line, "%.100s takes no value",
					 word);
	return 0;
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
		text = skip_space(text);
		/* Like curl, take lines that begin with / or * for comments,
		 * too. */
		if (*text && !strchr("#/*", *text) && read_option(line, text))
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
	line->file = NULL;
out:
	buf_release(&text);
	return err;
}
