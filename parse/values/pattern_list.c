/* Searches a text for the expressions one after the other. */
#include "parse/values/pattern_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "parse/values/regex.h"

int pattern_list_add(struct pattern_list *p, const char *text, struct buf *why)
{
	size_t at;
	struct pattern *new = pattern_compile(text, strlen(text), NULL, why,
					      &at);

	if (!new)
		return -1;
	p->list = xgrow(p->list, p->len, 1, sizeof(*p->list));
	p->list[p->len++] = new;
	return 0;
}

bool pattern_list_matches(const struct pattern_list *p, struct slice text,
			  bool if_too_much)
{
	for (size_t i = 0; i < p->len; i++) {
		struct slice found;
		size_t from = 0;
		const enum pattern_result result =
			pattern_find(p->list[i], text, &from, &found);

		if (result == PATTERN_FOUND ||
		    (result == PATTERN_TOO_MUCH && if_too_much))
			return true;
	}
	return false;
}

void pattern_list_release(struct pattern_list *p)
{
	for (size_t i = 0; i < p->len; i++)
		pattern_free(p->list[i]);
	free(p->list);
	*p = (struct pattern_list){0};
}
