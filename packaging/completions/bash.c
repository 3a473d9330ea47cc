/* Completions for bash: a function for each command, which offers values of the
 * option in front of the cursor, or else the names of the command's options. */
#include "packaging/completions/completions.h"

static const char head[] =
	"# Completions of scrape for bash, generated from its table of options.\n"
	"\n"
	"_scrape_words()\n"
	"{\n"
	"\tCOMPREPLY=($(compgen -W \"$1\" -- \"$cur\"))\n"
	"}\n"
	"\n"
	"_scrape_files()\n"
	"{\n"
	"\tlocal at=\n"
	"\n"
	"\tif [[ $cur == @* ]]; then at=@; cur=${cur#@}; fi\n"
	"\tcompopt -o filenames 2>/dev/null\n"
	"\tmapfile -t COMPREPLY < <(compgen \"$1\" -- \"$cur\")\n"
	"\tCOMPREPLY=(\"${COMPREPLY[@]/#/$at}\")\n"
	"}\n"
	"\n"
	"# -d @FILE: bash would take the @ for the beginning of a host.\n"
	"COMP_WORDBREAKS=${COMP_WORDBREAKS//@}\n";

static const char tail[] =
	"\n"
	"_scrape()\n"
	"{\n"
	"\tlocal cur=${COMP_WORDS[COMP_CWORD]}\n"
	"\tlocal prev=${COMP_WORDS[COMP_CWORD-1]} command=\n"
	"\n"
	"\tCOMPREPLY=()\n"
	"\t(( COMP_CWORD < 2 )) || command=${COMP_WORDS[1]}\n"
	"\t# --resume=url is three words: --resume, = and url.\n"
	"\tif [[ $cur == = ]]; then\n"
	"\t\tcur=\n"
	"\telif [[ $prev == = ]]; then\n"
	"\t\tprev=${COMP_WORDS[COMP_CWORD-2]}\n"
	"\telif [[ ${COMP_WORDS[COMP_CWORD+1]-} != = ]]; then\n"
	"\t\tcase $prev in --resume|--retry-failed|--color|--markdown) prev= ;; esac\n"
	"\tfi\n";

/* Writes the line of the option in the case statement about its value. */
static void write_value(FILE *to, const struct option_row *row,
			const struct command *command)
{
	const enum value_kind kind = value_kind(row, command);

	if (kind == VALUE_NONE)
		return;
	fprintf(to, "\t");
	if (row->letter)
		fprintf(to, "-%c|", row->letter);
	fprintf(to, "--%s) ", row->name);
	if (kind == VALUE_WORDS || kind == VALUE_OPTIONAL)
		fprintf(to, "_scrape_words '%s'; ", value_words(row, command));
	else if (kind == VALUE_FILE || kind == VALUE_FOLDER ||
		 strstr(row->arg, "FILE"))
		fprintf(to, "_scrape_files -%c; ",
			kind == VALUE_FILE ? 'f' : 'd');
	fprintf(to, "return ;;\n");
}

static void write_names(FILE *to, const struct option_row *row)
{
	if (row->letter)
		fprintf(to, " -%c", row->letter);
	fprintf(to, " --%s", row->name);
	if (row->negatable)
		fprintf(to, " --no-%s", row->name);
}

static void write_command(FILE *to, const struct command *command)
{
	fprintf(to, "\n_scrape_command_%s()\n{\n\tcase $prev in\n",
		command->name);
	for (const struct option_row *r = option_rows; r->name; r++)
		if (option_fits(r, command))
			write_value(to, r, command);
	fprintf(to, "\tesac\n\tcase $cur in\n\t-*) _scrape_words '");
	for (const struct option_row *r = option_rows; r->name; r++)
		if (option_fits(r, command))
			write_names(to, r);
	fprintf(to, "' ;;\n\t*) ");
	if (*command_words(command))
		fprintf(to, "(( COMP_CWORD > 2 )) || _scrape_words '%s'",
			command_words(command));
	else
		fprintf(to, "_scrape_files -f");
	fprintf(to, " ;;\n\tesac\n}\n");
}

void write_bash(FILE *to, const char *name)
{
	fprintf(to, "%s", head);
	for (const struct command *c = commands; c->name; c++)
		write_command(to, c);
	fprintf(to, "%s\tcase $command in\n\t", tail);
	for (const struct command *c = commands + 1; c->name; c++)
		fprintf(to, "%s%s", c == commands + 1 ? "" : "|", c->name);
	fprintf(to, ") _scrape_command_$command ;;\n"
		    "\t*) _scrape_command_ ;;\n\tesac\n"
		    "\tif [[ $COMP_CWORD == 1 && $cur != -* ]]; then\n"
		    "\t\tCOMPREPLY+=($(compgen -W '");
	for (const struct command *c = commands + 1; c->name; c++)
		fprintf(to, "%s%s", c == commands + 1 ? "" : " ", c->name);
	fprintf(to, "' -- \"$cur\"))\n\tfi\n}\n\n"
		    "complete -F _scrape %s\n", name);
}
