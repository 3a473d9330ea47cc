#include "parse/article/metadata/authors.h"

#include <stdint.h>
#include <string.h>

#include "base/json/compact.h"
#include "parse/article/metadata/bylines.h"
#include "parse/article/metadata/place.h"
#include "parse/article/metadata/title.h"
#include "parse/article/metadata/words.h"

enum {
	BEFORE_MAX = 600,	/* bytes of text between a byline and the
				 * title after it */
	AFTER_MAX = 1500,	/* bytes of text between a byline and the title
				 * before it */
	LIST_MAX = 200,		/* bytes of text between a byline and the byline
				 * of a first author */
	NEAR = 600,		/* cost of a byline that is surely the page's */
	FAR = 1 << 20,		/* addition to the cost of a byline that is
				 * farther from the title */
};

/* Appends the letters and digits of a text, in lower case. */
static void add_letters(struct buf *out, struct slice text)
{
	struct buf words = {0};

	words_add_folded(&words, text);
	for (size_t i = 0; i < words.len; i++)
		if (words.data[i] != ' ')
			buf_addch(out, words.data[i]);
	buf_release(&words);
}

/* Returns true if the text is the site's name, written with other spaces and
 * signs perhaps. */
static bool is_site_name(struct slice text, struct slice site)
{
	struct buf letters[2] = {0};
	bool same;

	if (!site.len)
		return false;
	add_letters(&letters[0], text);
	add_letters(&letters[1], site);
	same = letters[0].len &&
	       slice_equal(slice_of(&letters[0]), slice_of(&letters[1]));
	buf_release(&letters[0]);
	buf_release(&letters[1]);
	return same;
}

/* Adds the names, but not that of the site, which is not split: "Doe & Roe". */
static void add_json_name(const struct json_items *items, struct people *out,
			  struct slice value, struct slice site)
{
	struct buf name = {0};

	json_items_name(items, &name, value);
	if (!is_site_name(slice_of(&name), site))
		people_add(out, slice_of(&name));
	buf_release(&name);
}

static void add_json(const struct json_items *items, struct people *out,
		     struct slice value, struct slice site)
{
	struct slice name, element;
	size_t at = 0;

	if (!value.len)
		return;
	if (*value.p != '[') {
		add_json_name(items, out, value, site);
		return;
	}
	while (json_next(value, &at, &name, &element))
		add_json_name(items, out, element, site);
}

/* Returns the distance of a byline from the title. */
static size_t distance_of(const struct byline *b, const struct heading *h)
{
	const size_t end = h ? h->end : 0, start = h ? h->start : 0;

	/* Microdata before the title is about the page, however far. */
	if (b->place == BYLINE_ITEMPROP && b->at < start)
		return (start - b->at) / 8;
	if (b->at >= end)
		return b->at - end + (b->at - end > AFTER_MAX ? FAR : 0);
	if (b->at >= start)
		return 0;
	return (start - b->at) * 2 + (start - b->at > BEFORE_MAX ? FAR : 0);
}

/* Returns a number that is the lower, the better, without regard to the part of
 * the page. */
static size_t least_cost(const struct byline *b, const struct heading *h)
{
	static const size_t costs[] = {
		[BYLINE_ITEMPROP] = 0, [BYLINE_REL] = 0, [BYLINE_NAME] = 50,
		[BYLINE_CLASS] = 150, [BYLINE_TEXT] = 200, [BYLINE_LINK] = 3000,
	};

	return distance_of(b, h) + costs[b->place];
}

/* Returns least_cost(), or more; SIZE_MAX: the byline is not the page's. */
static size_t cost_of(const struct byline *b, const struct heading *h,
		      struct place_context *context)
{
	const enum place place = place_of(context, b->node);

	if (place == PLACE_ELSEWHERE)
		return SIZE_MAX;
	return least_cost(b, h) + (place == PLACE_ASIDE ? 6000 : 0);
}

/* Returns true if a byline names somebody, and is not the title. */
static bool has_name(const struct byline *b, const struct heading *h)
{
	struct people people = {0};
	bool found;

	people_add(&people, slice_of(&b->text));
	found = people.count &&
		(b->place < BYLINE_NAME ||
		 byline_is_like_name(people.names[0])) &&
		!(h && title_agrees(slice_of(&b->text), slice_of(&h->text)));
	people_release(&people);
	return found;
}

/* Returns true if all bylines of its kind that are not elsewhere have the text
 * of this one, so that it is not one of a list of articles. */
static bool is_only_one(const struct findings *f,
			struct place_context *context,
			const struct byline *byline, const struct heading *h)
{
	if (byline->place == BYLINE_LINK)
		return false;
	for (size_t i = 0; i < f->bylines_count; i++) {
		const struct byline *b = &f->bylines[i];

		if (b->place == byline->place &&
		    !title_agrees(slice_of(&b->text),
				  slice_of(&byline->text)) &&
		    has_name(b, h) &&
		    place_of(context, b->node) != PLACE_ELSEWHERE)
			return false;
	}
	return true;
}

/* Returns the byline with the lowest cost. One far from the title is taken only
 * if it is the only one. */
static const struct byline *best_byline(const struct findings *f,
					const struct heading *h, size_t *cost)
{
	const struct byline *best = NULL;
	struct place_context context;
	size_t best_cost = SIZE_MAX;

	place_context_set(&context, h ? h->node : NULL);
	for (size_t i = 0; i < f->bylines_count; i++) {
		const struct byline *b = &f->bylines[i];
		const size_t cost_here = least_cost(b, h) < best_cost
				? cost_of(b, h, &context) : SIZE_MAX;

		if (cost_here < best_cost && has_name(b, h)) {
			best = b;
			best_cost = cost_here;
		}
	}
	*cost = best_cost;
	if (best_cost >= FAR && best && !is_only_one(f, &context, best, h))
		return NULL;
	return best;
}

/* Adds the names of a byline, and those of the bylines of the same kind that
 * follow it. */
static void add_bylines(const struct findings *f, const struct byline *first,
			struct people *out)
{
	people_add(out, slice_of(&first->text));
	for (size_t i = 0; i < f->bylines_count; i++) {
		const struct byline *b = &f->bylines[i];

		if (b > first && b->place == first->place &&
		    b->place <= BYLINE_NAME &&
		    b->at - first->at < LIST_MAX)
			people_add(out, slice_of(&b->text));
	}
}

/* Returns true if the only author is the site itself. */
static bool is_site(const struct people *people, struct slice site)
{
	return people->count == 1 && site.len &&
	       title_agrees((struct slice){people->names[0],
					   strlen(people->names[0])}, site);
}

static void take_meta(const struct findings *f, struct people *out)
{
	for (size_t i = 0; i < f->meta_authors.count; i++)
		people_add(out, (struct slice){
			f->meta_authors.names[i],
			strlen(f->meta_authors.names[i])});
}

/* Empties the list if it names only the site. */
static bool is_found(struct people *out, struct slice site)
{
	if (is_site(out, site))
		people_release(out);
	return out->count;
}

static const char *choose(const struct findings *f,
			  const struct json_item *item,
			  const struct heading *heading, struct slice site,
			  struct people *out)
{
	const struct byline *b;
	size_t cost;

	if (item)
		add_json(&f->json, out, item->author.len ? item->author
							 : item->creator, site);
	if (is_found(out, site))
		return "json-ld";
	take_meta(f, out);
	if (is_found(out, site))
		return "meta";
	b = best_byline(f, heading, &cost);
	if (b)
		add_bylines(f, b, out);
	return out->count ? "byline" : NULL;
}

static bool has_text(struct slice text, struct slice part)
{
	return part.len && memmem(text.p, text.len, part.p, part.len);
}

/* Returns true if a byline of the page has one of the names. agrees: compares
 * them. */
static bool is_shown_by(const struct findings *f, const struct people *people,
			bool (*agrees)(struct slice text, struct slice name))
{
	for (size_t i = 0; i < f->bylines_count; i++)
		for (size_t k = 0; k < people->count; k++)
			if (agrees(slice_of(&f->bylines[i].text),
				   (struct slice){people->names[k],
						  strlen(people->names[k])}))
				return true;
	return false;
}

/* Tries equal bytes first, which is quick and mostly enough. */
static bool is_shown(const struct findings *f, const struct people *people)
{
	return is_shown_by(f, people, has_text) ||
	       is_shown_by(f, people, title_agrees);
}

/* Replaces authors that readers do not see by the authors in a byline near the
 * title. Authors that readers do not see are often names of accounts. */
static const char *prefer_shown(const struct findings *f,
				const struct heading *heading,
				struct people *out, const char *source)
{
	size_t cost;
	const struct byline *b;

	/* Names written for libraries are those of authors. */
	if (!strcmp(source, "meta") &&
	    f->meta_rank[META_AUTHOR] == META_RANK_CITATION)
		return source;
	if (f->bylines_count == 0 || is_shown(f, out))
		return source;
	b = best_byline(f, heading, &cost);
	if (!b || cost >= NEAR)
		return source;
	people_release(out);
	add_bylines(f, b, out);
	return "byline";
}

const char *authors_choose(const struct findings *f,
			   const struct json_item *item,
			   const struct heading *heading, struct slice site,
			   struct people *out)
{
	const char *source = choose(f, item, heading, site, out);

	/* The site itself is the author only if no other author is named. */
	if (!source)
		return choose(f, item, heading, (struct slice){"", 0}, out);
	return prefer_shown(f, heading, out, source);
}
