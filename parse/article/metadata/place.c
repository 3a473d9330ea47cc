#include "parse/article/metadata/place.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "parse/article/metadata/words.h"
#include "parse/html/html.h"
#include "parse/text/node_text.h"

/* Parts of classes and ids. */
static const char *const elsewhere_parts[] = {
	"comment", "comments", "commentlist", "related", "recommended",
	"recommendations", "breadcrumbs", "breadcrumb", "copyright", "trending",
	"testimonial", "testimonials", "citation", "citations", "references",
	"bibliography", NULL,
};

/* Whole classes and ids. As parts of others, such as "with-sidebar", these
 * words are about the layout of the whole page. */
static const char *const elsewhere_words[] = {
	"menu", "nav", "navigation", "navbar", NULL,
};

static const char *const aside_words[] = {"sidebar", "aside", NULL};

static enum place place_by_name(struct place_context *c, const char *value)
{
	if (!value)
		return PLACE_CONTENT;
	c->bytes += 1 + strnlen(value, WORDS_ATTRIBUTE_MAX);
	if (words_have_part(value, elsewhere_parts) ||
	    words_have_token(value, elsewhere_words))
		return PLACE_ELSEWHERE;
	return words_have_token(value, aside_words) ? PLACE_ASIDE
						    : PLACE_CONTENT;
}

/* Returns the place that the name, class or id of an element tells. */
static enum place place_of_element(struct place_context *c, const xmlNode *n)
{
	struct buf scratch = {0};
	enum place place, by_id;

	if (html_is(n, N_NAV))
		return PLACE_ELSEWHERE;
	/* Ignore the classes of these elements, which describe the layout of
	 * the page. */
	if (html_is(n, N_HTML) || html_is(n, N_BODY) || html_is(n, N_MAIN) ||
	    html_is(n, N_ARTICLE))
		return PLACE_CONTENT;
	place = place_by_name(c, text_attribute(n, "class", &scratch));
	by_id = place_by_name(c, text_attribute(n, "id", &scratch));
	buf_release(&scratch);
	if (by_id > place)
		place = by_id;
	if (place == PLACE_CONTENT &&
	    (html_is(n, N_ASIDE) || html_is(n, N_FOOTER)))
		place = PLACE_ASIDE;
	return place;
}

/* Returns the result of place_of_element(), from a cache: findings are near
 * each other and have most of the elements around them in common. */
static enum place place_seen(struct place_context *c, const xmlNode *n)
{
	const size_t i = ((uintptr_t)n / sizeof(xmlNode)) & (PLACE_SEEN - 1);

	if (n->type != XML_ELEMENT_NODE)
		return PLACE_CONTENT;
	if (c->seen[i].element != n) {
		c->seen[i].element = n;
		c->seen[i].place = place_of_element(c, n);
	}
	return c->seen[i].place;
}

/* Returns the number of ancestors. */
static int depth_of(const xmlNode *n)
{
	int depth = 0;

	while ((n = n->parent))
		depth++;
	return depth;
}

void place_context_set(struct place_context *c, const xmlNode *title)
{
	const int depth = title ? depth_of(title) : 0;

	c->bytes = 0;
	memset(c->seen, 0, sizeof(c->seen));
	c->depth = depth < PLACE_DEPTH_MAX ? depth : 0;
	for (int i = c->depth; i-- > 0;) {
		title = title->parent;
		c->around[i] = title;
	}
}

enum place place_of(struct place_context *c, const xmlNode *n)
{
	enum place place = PLACE_CONTENT, here;
	int depth = depth_of(n);

	if (c->bytes > PLACE_BYTES_MAX)
		return PLACE_ELSEWHERE;
	for (; n->parent; n = n->parent, depth--) {
		if (depth < c->depth && c->around[depth] == n)
			break;
		here = place_seen(c, n);
		if (here > place)
			place = here;
		if (place == PLACE_ELSEWHERE)
			break;
	}
	return place;
}
