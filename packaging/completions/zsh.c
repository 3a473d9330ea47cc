/* Completions for zsh: a function for each command, with a specification of
 * _arguments (zshcompsys(1)) for each of its options. */
#include <string.h>

#include "packaging/completions/completions.h"

/* Writes text inside single quotes, with a backslash in front of the characters
 * that mean something to _arguments. */
static void write_text(FILE *to, const char *text)
{
	for (; *text; text++) {
		if (*text == '\'')
			fprintf(to, "'\\''");
		else if (strchr("[]:\\", *text))
			fprintf(to, "\\%c", *text);
		else
			fputc(*text, to);
	}
}

/* Writes ":message:action" for the value. */
static void write_value(FILE *to, const struct option_row *row,
			const struct command *command)
{
	const enum value_kind kind = value_kind(row, command);

	if (kind == VALUE_NONE)
		return;
	fprintf(to, kind == VALUE_OPTIONAL ? "::" : ":");
	write_text(to, kind == VALUE_OPTIONAL ? "value" : row->arg);
	if (kind == VALUE_WORDS || kind == VALUE_OPTIONAL)
		fprintf(to, ":(%s)", value_words(row, command));
	else
		fprintf(to, kind == VALUE_FILE ? ":_files"
			    : kind == VALUE_FOLDER ? ":_files -/" : ": ");
}

/* Any option may be repeated ("*"), and the later one counts. */
static void write_option(FILE *to, const struct option_row *row,
			 const struct command *command)
{
	const bool optional = value_kind(row, command) == VALUE_OPTIONAL;

	if (row->letter)
		fprintf(to, "\t\t'*'{-%c,--%s}'[", row->letter, row->name);
	else
		fprintf(to, "\t\t'*--%s%s[", row->name, optional ? "=-" : "");
	write_text(to, row->help);
	fprintf(to, "]");
	write_value(to, row, command);
	fprintf(to, "' \\\n");
	if (row->negatable) {
		fprintf(to, "\t\t'*--no-%s[not: ", row->name);
		write_text(to, row->help);
		fprintf(to, "]' \\\n");
	}
}

static void write_command(FILE *to, const struct command *command)
{
	fprintf(to, "\n_scrape_command_%s()\n{\n\t_arguments -s -S : \\\n",
		command->name);
	for (const struct option_row *r = option_rows; r->name; r++)
		if (option_fits(r, command))
			write_option(to, r, command);
	if (*command_words(command))
		fprintf(to, "\t\t'1:action:(%s)' '*:URL: '\n}\n",
			command_words(command));
	else
		fprintf(to, "\t\t'*:source:_files'\n}\n");
}

void write_zsh(FILE *to, const char *name)
{
	fprintf(to, "#compdef %s\n# Completions of scrape for zsh, "
		    "generated from its table of options.\n", name);
	for (const struct command *c = commands; c->name; c++)
		write_command(to, c);
	fprintf(to, "\n_scrape()\n{\n\tlocal -a names\n\n"
		    "\tif (( CURRENT > 2 )); then\n\t\tcase $words[2] in\n");
	for (const struct command *c = commands + 1; c->name; c++)
		fprintf(to, "\t\t%s) shift words; (( CURRENT-- ))\n"
			    "\t\t\t_scrape_command_%s; return ;;\n",
			c->name, c->name);
	fprintf(to, "\t\tesac\n\telif [[ $words[2] != -* ]]; then\n"
		    "\t\tnames=(\n");
	for (const struct command *c = commands + 1; c->name; c++) {
		fprintf(to, "\t\t\t'%s:", c->name);
		write_text(to, c->brief);
		fprintf(to, "'\n");
	}
	fprintf(to, "\t\t)\n\t\t_describe command names\n\tfi\n"
		    "\t_scrape_command_\n}\n\n_scrape \"$@\"\n");
}
