/* Hints for options that curl, wget and similar programs have and this one has
 * not: what to write instead, for a run over a list. */
#ifndef CMD_OPTIONS_CURL_HINTS_H
#define CMD_OPTIONS_CURL_HINTS_H

#include <stddef.h>

/* Return the hint for an option, a complete phrase (static); or NULL. */
const char *curl_hint(const char *name, size_t len);
const char *curl_hint_letter(char letter);

#endif
