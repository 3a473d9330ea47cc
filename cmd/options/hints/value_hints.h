/* Hints for values of options that other programs take, and for names of output
 * files that suggest another format. */
#ifndef CMD_OPTIONS_HINTS_VALUE_HINTS_H
#define CMD_OPTIONS_HINTS_VALUE_HINTS_H

/* Returns the hint for a value that the option of that name has refused, a
 * complete phrase (static); or NULL. */
const char *value_hint(const char *option, const char *value);

/* Warns if the ending of the name of a FILE for lines of JSON suggests another
 * format, as .csv does. */
void value_hint_output(const char *path);

#endif
