/* Reasons why a command does not have an option that other commands have. */
#ifndef CMD_OPTIONS_HINTS_REFUSALS_H
#define CMD_OPTIONS_HINTS_REFUSALS_H

/* Returns what a user of the command can do instead of using the option, a
 * complete phrase (static); NULL if there is nothing special to say. Both are
 * names, as on a command line. */
const char *refusal_find(const char *command, const char *option);

#endif
