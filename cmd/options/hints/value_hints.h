/* Hints for values of options that other programs take, and for names of output
 * files that suggest another format. */
#ifndef CMD_OPTIONS_HINTS_VALUE_HINTS_H
#define CMD_OPTIONS_HINTS_VALUE_HINTS_H

/* Returns a hint for a value that the option has refused, a complete phrase
 * (static); or NULL. */
const char *value_hint(const char *option, const char *value);

/* Warns if the name of a FILE for JSON lines ends as that of another format,
 * such as .csv. */
void value_hint_output(const char *path);

#endif
