/* Hints for values of options that other programs take, and for names of output
 * files that suggest another format. */
#ifndef CMD_OPTIONS_VALUE_HINTS_H
#define CMD_OPTIONS_VALUE_HINTS_H

struct options;

/* Returns the hint for a value that the option of that name has refused, a
 * complete phrase (static); or NULL. */
const char *value_hint(const char *option, const char *value);

/* Warns if the ending of --output FILE names a format, as .csv does, but the
 * records are written as lines of JSON. */
void value_hint_output(const struct options *o);

#endif
