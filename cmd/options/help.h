/* Prints the table of options for --help. */
#ifndef CMD_OPTIONS_HELP_H
#define CMD_OPTIONS_HELP_H

struct command_line;

/* Prints all options of the line's command to standard output, or those of the
 * category line->help. */
void help_print(const struct command_line *line);

/* Prints the most important options and examples, in at most 24 lines. */
void help_print_short(const struct command_line *line);

/* Chooses what --help prints: --help CATEGORY is the same as --help=CATEGORY.
 * next is the argument behind the option, or NULL. Returns 0, or -1 after
 * logging the categories of the line's command. */
int help_choose(struct command_line *line, const char *next);

#endif
