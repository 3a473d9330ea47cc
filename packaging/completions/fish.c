/* Completions for fish: a line for each option of each command. */
#include "packaging/completions/completions.h"

static const char *program;	/* name of the installed program */

static void write_text(FILE *to, const char *text)
{
	fputc('\'', to);
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			fputc('\\', to);
		fputc(*text, to);
	}
	fputc('\'', to);
}

static void write_value(FILE *to, const struct option_row *row,
			const struct command *command)
{
	switch (value_kind(row, command)) {
	case VALUE_WORDS:
		fprintf(to, " -x -a '%s'", value_words(row, command));
		break;
	case VALUE_FILE:
		fprintf(to, " -r -F");
		break;
	case VALUE_FOLDER:
		fprintf(to, " -x -a '(__fish_complete_directories)'");
		break;
	case VALUE_ANY:
		fprintf(to, " -x");
		break;
	case VALUE_NONE:
	case VALUE_OPTIONAL:
		break;
	}
}

static void write_begin(FILE *to, const struct command *command)
{
	fprintf(to, "complete -c %s -n 'test \"$(__scrape_command)\" = "
		    "\"%s\"'", program, command->name);
}

static void write_option(FILE *to, const struct option_row *row,
			 const struct command *command)
{
	write_begin(to, command);
	if (row->letter)
		fprintf(to, " -s '%c'", row->letter);
	fprintf(to, " -l %s", row->name);
	write_value(to, row, command);
	fprintf(to, " -d ");
	write_text(to, row->help);
	fprintf(to, "\n");
	if (row->negatable) {
		write_begin(to, command);
		fprintf(to, " -l no-%s -d 'undo --%s'\n", row->name, row->name);
	}
}

/* --resume=url is one word for fish, which completes it as a value of its
 * own: the words are offered with the name. */
static void write_optional_values(FILE *to, const struct option_row *row,
				  const struct command *command)
{
	const char *word = value_words(row, command);

	if (value_kind(row, command) != VALUE_OPTIONAL || !*word)
		return;
	write_begin(to, command);
	fprintf(to, " -a '(__scrape_values --%s %s)'\n", row->name, word);
}

/* Writes the words of the command's first argument. */
static void write_words(FILE *to, const struct command *command)
{
	fprintf(to, "complete -c %s -f -n 'test \"$(__scrape_command)\" = "
		    "\"%s\"; and test (count (commandline -opc)) -eq 2' "
		    "-a '%s'\n",
		program, command->name, command_words(command));
}

void write_fish(FILE *to, const char *name)
{
	program = name;
	fprintf(to,
		"# Completions of scrape for fish, generated from its table of "
		"options.\n\n"
		"function __scrape_command\n"
		"\tset -l words (commandline -opc)\n"
		"\tif test (count $words) -gt 1; and contains -- $words[2]");
	for (const struct command *c = commands + 1; c->name; c++)
		fprintf(to, " %s", c->name);
	fprintf(to, "\n\t\techo $words[2]\n\tend\nend\n\n"
		    "function __scrape_values\n"
		    "\tif string match -q -- \"$argv[1]*\" (commandline -ct)\n"
		    "\t\tprintf '%%s\\n' $argv[1]=$argv[2..]\n"
		    "\tend\nend\n\n");
	for (const struct command *c = commands + 1; c->name; c++) {
		fprintf(to, "complete -c %s -n '__fish_is_first_arg' -a %s -d ",
			program, c->name);
		write_text(to, c->brief);
		fprintf(to, "\n");
	}
	for (const struct command *c = commands; c->name; c++)
		if (*command_words(c))
			write_words(to, c);
	for (const struct command *c = commands; c->name; c++)
		for (const struct option_row *r = option_rows; r->name; r++) {
			if (!option_fits(r, c))
				continue;
			write_option(to, r, c);
			write_optional_values(to, r, c);
		}
}
