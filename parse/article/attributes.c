/* The table of classes has no strings: two classes with the same hash of 64
 * bits would count as one. */
#include "parse/article/attributes.h"

#include <string.h>

#include "base/ascii.h"
#include "base/memory_budget.h"
#include "parse/article/blocks.h"
#include "parse/article/model.h"

struct known_class {
	uint64_t key;		/* 0: empty */
	uint32_t hash;		/* see struct attributes */
	struct token_scores scores;
};

/* --- Signs --- */

static const uint32_t tag_signs[N_COUNT] = {
	[N_HEADER] = IN_HEADER,
	[N_FOOTER] = IN_FOOTER,
	[N_NAV] = IN_NAV,
	[N_ASIDE] = IN_ASIDE,
	[N_MAIN] = IN_MAIN,
	[N_ARTICLE] = IN_ARTICLE,
	[N_FORM] = IN_FORM,
	[N_TABLE] = IN_TABLE,
	[N_UL] = IN_LIST,
	[N_OL] = IN_LIST,
	[N_DL] = IN_DEFINITION,
	[N_FIGURE] = IN_FIGURE,
	[N_BLOCKQUOTE] = IN_QUOTE,
	[N_PRE] = IN_PRE,
	[N_SECTION] = IN_SECTION,
	[N_BUTTON] = IN_BUTTON,
	[N_DIALOG] = IN_DIALOG,
	[N_DETAILS] = IN_DETAILS,
	[N_SELECT] = IN_SELECT,
	[N_TEXTAREA] = IN_SELECT,
	[N_LABEL] = IN_LABEL,
	[N_NOSCRIPT] = IN_NOSCRIPT,
	[N_H1] = IN_HEADING,
	[N_H2] = IN_HEADING,
	[N_H3] = IN_HEADING,
	[N_H4] = IN_HEADING,
	[N_H5] = IN_HEADING,
	[N_H6] = IN_HEADING,
};

static const struct {
	const char *role;
	uint32_t signs;
} role_signs[] = {
	{"navigation", IN_NAV},
	{"banner", IN_HEADER},
	{"contentinfo", IN_FOOTER},
	{"complementary", IN_ASIDE},
	{"main", IN_MAIN},
	{"article", IN_ARTICLE},
	{"dialog", IN_DIALOG},
	{"alertdialog", IN_DIALOG},
	{"form", IN_FORM},
	{"search", IN_FORM},
	{"heading", IN_HEADING},
	{"button", IN_BUTTON},
};

static uint32_t signs_of_role(const char *role)
{
	for (size_t i = 0; i < sizeof(role_signs) / sizeof(*role_signs); i++)
		if (!strcmp(role, role_signs[i].role))
			return role_signs[i].signs;
	return 0;
}

/* Returns true if the style says "display: none". */
static bool style_hides(const char *style)
{
	const char *s = strstr(style, "display");

	if (!s)
		return false;
	s += strlen("display");
	s += strspn(s, " :\t");
	return !strncmp(s, "none", 4);
}

/* Returns the signs of an attribute without a number of its own. */
static uint32_t signs_of_name(const struct html_name *name)
{
	return name->len == strlen("hidden") && !strcmp(name->text, "hidden") ?
		IN_HIDDEN : 0;
}

/* --- Tokens --- */

static struct token_sink sink_of(const struct attribute_reader *r,
				 struct token_scores *scores)
{
	struct token_sink sink = {.scores = scores};

	if (r->listener) {
		sink.on_token = r->listener->on_token;
		sink.ctx = r->listener->ctx;
	}
	return sink;
}

static void score_value(const struct attribute_reader *r,
			struct token_scores *scores, enum token_kind kind,
			const char *value)
{
	const struct token_sink sink = sink_of(r, scores);

	tokens_of_value(kind, value, &sink);
}

/* Returns the sum of the scores of the tokens in an element's name. */
static int16_t read_tag(struct attribute_reader *r, const xmlNode *n)
{
	const enum html_id id = html_name(n)->id;
	struct token_scores scores = {0};
	const struct token_sink sink = sink_of(r, &scores);

	tokens_of_tag(n, &sink);
	r->tags[id] = scores.sum;
	/* Do not keep the sum for N_OTHER, which stands for many names. */
	r->tags_known[id] = id != N_OTHER && !r->listener;
	return scores.sum;
}

static void score_tag(struct attribute_reader *r, struct token_scores *scores,
		      const xmlNode *n)
{
	const enum html_id id = html_name(n)->id;

	token_scores_add(scores, r->tags_known[id] ? r->tags[id]
						   : read_tag(r, n));
}

/* --- Classes --- */

/* The hash has a random seed, so that no page can have many classes with the
 * same slot. */
static uint64_t key_of(const char *class)
{
	const uint64_t key = html_hash_text(html_hash_seed(), class,
					    strlen(class));

	return key ? key : 1;
}

static uint32_t hash_of(const char *class)
{
	uint32_t hash = 2166136261u;

	for (; *class; class++)
		if (!ascii_is_digit(*class))
			hash = token_add(hash, (unsigned char)*class);
	return hash ^ hash >> 15;
}

static struct known_class *slot_of(struct known_class *classes, size_t size,
				   uint64_t key)
{
	size_t at = (size_t)key;

	while (classes[at & (size - 1)].key &&
	       classes[at & (size - 1)].key != key)
		at++;
	return &classes[at & (size - 1)];
}

/* Doubles the table when it is half full. */
static void make_room(struct attribute_reader *r)
{
	const size_t size = r->size ? 2 * r->size : 128;
	const size_t bytes = size * sizeof(*r->classes);
	struct known_class *classes;

	if (2 * r->count < r->size)
		return;
	classes = memset(memory_resize(NULL, 0, bytes), 0, bytes);
	for (size_t i = 0; i < r->size; i++)
		if (r->classes[i].key)
			*slot_of(classes, size, r->classes[i].key) =
				r->classes[i];
	memory_resize(r->classes, r->size * sizeof(*r->classes), 0);
	r->classes = classes;
	r->size = size;
}

static void read_class(struct attribute_reader *r, const char *value,
		       struct attributes *out)
{
	const uint64_t key = key_of(value);
	struct known_class *known;

	make_room(r);
	known = slot_of(r->classes, r->size, key);
	if (!known->key || r->listener) {
		r->count += !known->key;
		*known = (struct known_class){.key = key,
					      .hash = hash_of(value)};
		score_value(r, &known->scores, OF_CLASS, value);
	}
	out->class = known->hash;
	token_scores_join(&out->scores, &known->scores);
}

static void read_attribute(struct attribute_reader *r, const xmlAttr *a,
			   struct attributes *out)
{
	const struct html_name *name = a->psvi;
	const char *value = a->children && a->children->content ?
		(const char *)a->children->content : "";

	switch (name->id) {
	case N_CLASS:
		read_class(r, value, out);
		break;
	case N_ID:
		score_value(r, &out->scores, OF_ID, value);
		break;
	case N_ROLE:
		out->signs |= signs_of_role(value);
		score_value(r, &out->scores, OF_ROLE, value);
		break;
	case N_ITEMPROP:
		score_value(r, &out->scores, OF_PROPERTY, value);
		break;
	case N_ITEMTYPE:
		out->has_type = true;
		break;
	case N_ARIA_HIDDEN:
		if (!strcmp(value, "true"))
			out->signs |= IN_ARIA_HIDDEN;
		break;
	case N_STYLE:
		if (style_hides(value))
			out->signs |= IN_HIDDEN;
		break;
	default:
		out->signs |= signs_of_name(name);
		if (name->len == strlen("data-testid") &&
		    !strcmp(name->text, "data-testid"))
			score_value(r, &out->scores, OF_PROPERTY, value);
	}
}

void attributes_read(struct attribute_reader *r, const xmlNode *element,
		     struct attributes *out)
{
	*out = (struct attributes){
		.signs = tag_signs[html_name(element)->id]};
	score_tag(r, &out->scores, element);
	for (const xmlAttr *a = element->properties; a; a = a->next)
		read_attribute(r, a, out);
}

void attributes_release(struct attribute_reader *r)
{
	memory_resize(r->classes, r->size * sizeof(*r->classes), 0);
	r->classes = NULL;
	r->size = r->count = 0;
}
