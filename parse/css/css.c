/* Accessor and destructor of compiled selectors; parse/css/parse.c builds
 * them. */
#include "parse/css/css.h"

#include <stdlib.h>

#include "parse/css/token.h"
#include "parse/css/tree.h"

static void release_list(struct css_list *list);

/* Calls itself for nested selectors, at most CSS_MAX_DEPTH levels deep. */
static void release_simple(struct css_simple *s)
{
	css_text_release(&s->name);
	css_text_release(&s->lower);
	css_text_release(&s->value);
	for (size_t i = 0; i < s->words_count; i++)
		css_text_release(&s->words[i]);
	free(s->words);
	if (s->list)
		release_list(s->list);
	free(s->list);
}

static void release_compound(struct css_compound *k)
{
	for (size_t i = 0; i < k->count; i++)
		release_simple(&k->simples[i]);
	free(k->simples);
}

static void release_list(struct css_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct css_complex *x = &list->items[i];

		for (size_t j = 0; j < x->count; j++)
			release_compound(&x->compounds[j]);
		free(x->compounds);
	}
	free(list->items);
}

void css_free(struct css *css)
{
	if (!css)
		return;
	release_list(&css->list);
	free(css->attr);
	free(css);
}

enum css_take css_take(const struct css *css, const char **attr)
{
	*attr = css->attr;
	return css->take;
}

bool css_is_url(const struct css *css)
{
	return css->is_url;
}
