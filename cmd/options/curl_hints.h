/* Options that curl, wget and their like have, and this program has not: what
 * to write instead, for a run over a list. */
#ifndef CMD_OPTIONS_CURL_HINTS_H
#define CMD_OPTIONS_CURL_HINTS_H

#include <stddef.h>

/* A whole phrase; NULL: there is nothing to say. */
const char *curl_hint(const char *name, size_t len);
const char *curl_hint_letter(char letter);

#endif
