/*
 * Filters that libjq has compiled but that have not run: those that were only
 * checked, before anything is fetched. The next user of a filter with the same
 * text takes the compiled filter, because compiling takes 13 ms. Any thread may
 * call these functions.
 */
#ifndef PARSE_JQ_SPARE_H
#define PARSE_JQ_SPARE_H

#include "parse/jq/libjq.h"

enum { SPARES_MAX = 8 };

/* Keeps a filter, or closes it if there is no room for it. */
void spare_put(struct libjq *jq);
bool spare_has_room(void);

/* Returns the compiled filter that has the text of jq, which the caller closes;
 * NULL if there is none. */
struct libjq *spare_take(const struct libjq *jq);

#endif
