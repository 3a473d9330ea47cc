/* Reads the delimiters of a paragraph as a parser of Markdown would. */
#include "parse/markdown/emphasis.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "parse/markdown/characters.h"

#define NONE ((size_t)-1)

/* Rules that differ between parsers. */
struct rules {
	bool symbols;		/* symbols are punctuation */
	bool skips_tildes;	/* tildes are passed over in the search for the
				 * neighbours of '*' and '_' */
	bool forgets_openers;	/* a search for an opener that found none is
				 * also over for closers that cannot open */
};

/* A delimiter run: delimiters of the same mark side by side. */
struct stretch {
	char mark;
	size_t len;			/* length of the whole run */
	size_t start, end;		/* the part of the run that is not
					 * matched yet */
	size_t first, last;		/* delimiters that are not matched
					 * yet */
	bool can_open, can_close;
	size_t before, after;		/* neighbours in the list */
};

/* Number of places below which no opener can be found ("openers_bottom" in the
 * specification of CommonMark). The place depends on the closer: on its mark,
 * its length modulo 3, and whether it can open, too. */
enum { BOTTOMS = 3 * 3 * 2 };

struct reader {
	const char *text, *end;
	struct rules rules;
	struct md_delimiter *delimiters;
	struct stretch *stretches;
	size_t top;			/* last one in the list, or NONE */
};

static enum md_class classify(enum md_class class, const struct rules *rules)
{
	if (class != MD_SYMBOL)
		return class;
	return rules->symbols ? MD_PUNCTUATION : MD_LETTER;
}

static enum md_class class_before(const struct reader *r, char mark, size_t at)
{
	const char *p = r->text + at;

	if (mark != '~' && r->rules.skips_tildes)
		while (p > r->text && p[-1] == '~')
			p--;
	return classify(md_class_before(r->text, p), &r->rules);
}

static enum md_class class_after(const struct reader *r, char mark, size_t at)
{
	const char *p = r->text + at;

	if (mark != '~' && r->rules.skips_tildes)
		while (p < r->end && *p == '~')
			p++;
	return classify(md_class_at(p, r->end), &r->rules);
}

/* Applies the rules for left- and right-flanking delimiter runs. */
static void set_flanks(const struct reader *r, struct stretch *s)
{
	const enum md_class before = class_before(r, s->mark, s->start);
	const enum md_class after = class_after(r, s->mark, s->end);
	const bool left = after != MD_SPACE &&
			  (after != MD_PUNCTUATION || before != MD_LETTER);
	const bool right = before != MD_SPACE &&
			   (before != MD_PUNCTUATION || after != MD_LETTER);

	s->can_open = left;
	s->can_close = right;
	if (s->mark == '_') {
		s->can_open = left && (!right || before == MD_PUNCTUATION);
		s->can_close = right && (!left || after == MD_PUNCTUATION);
	}
	for (size_t i = s->first; i <= s->last; i++) {
		struct md_delimiter *d = &r->delimiters[i];

		d->hopeless |= !(d->opens ? left : right);
	}
}

static void push(struct reader *r, size_t index)
{
	struct stretch *s = &r->stretches[index];

	s->before = r->top;
	s->after = NONE;
	if (r->top != NONE)
		r->stretches[r->top].after = index;
	r->top = index;
}

static void unlink_stretch(struct reader *r, size_t index)
{
	const struct stretch *s = &r->stretches[index];

	if (s->before != NONE)
		r->stretches[s->before].after = s->after;
	if (s->after != NONE)
		r->stretches[s->after].before = s->before;
	else
		r->top = s->before;
}

/* Adds the delimiter run that begins at index i. Returns the index after it. */
static size_t add_stretch(struct reader *r, size_t i, size_t count)
{
	struct md_delimiter *d = r->delimiters;
	struct stretch *s = &r->stretches[i];

	*s = (struct stretch){.mark = d[i].mark, .start = d[i].at, .first = i};
	s->end = d[i].at + d[i].len;
	while (++i < count && d[i].mark == s->mark && d[i].at == s->end)
		s->end += d[i].len;
	s->last = i - 1;
	s->len = s->end - s->start;
	set_flanks(r, s);
	if (s->can_open || s->can_close)
		push(r, s->first);
	return i;
}

static bool can_match(const struct stretch *open, const struct stretch *close)
{
	if (!open->can_open || open->mark != close->mark)
		return false;
	return !(open->can_close || close->can_open) || close->len % 3 == 0 ||
	       (open->len + close->len) % 3 != 0;
}

static size_t *bottom_for(const struct reader *r, size_t *bottoms,
			  const struct stretch *close)
{
	const size_t mark = close->mark == '*' ? 0 : close->mark == '_' ? 1 : 2;
	const size_t opens = close->can_open && !r->rules.forgets_openers;

	return &bottoms[(mark * 3 + close->len % 3) * 2 + opens];
}

/* Takes the matched delimiters from the two runs, and notes if they belong
 * together. */
static void take(struct reader *r, struct stretch *open, struct stretch *close,
		 size_t used)
{
	struct md_delimiter *o = &r->delimiters[open->last];
	struct md_delimiter *c = &r->delimiters[close->first];

	open->end -= used;
	close->start += used;
	if (o->opens && o->at == open->end && o->len == used &&
	    c->at + c->len == close->start && c->len == used &&
	    o->pair == c->token)
		o->survives = c->survives = true;
	while (open->last > open->first &&
	       r->delimiters[open->last].at >= open->end)
		open->last--;
	while (close->first < close->last &&
	       r->delimiters[close->first].at < close->start)
		close->first++;
}

static void drop_between(struct reader *r, size_t open, size_t close)
{
	while (r->stretches[close].before != open)
		unlink_stretch(r, r->stretches[close].before);
}

/* Matches a closer with its opener. Returns the next closer to look at. */
static size_t match(struct reader *r, size_t open, size_t close)
{
	struct stretch *o = &r->stretches[open], *c = &r->stretches[close];
	const size_t o_len = o->end - o->start, c_len = c->end - c->start;
	const bool tildes = c->mark == '~';
	size_t next = close;

	drop_between(r, open, close);
	if (!tildes || o_len == c_len)
		take(r, o, c, tildes ? c_len : o_len >= 2 && c_len >= 2 ? 2 : 1);
	if (tildes || o->start == o->end)
		unlink_stretch(r, open);
	if (tildes || c->start == c->end) {
		next = c->after;
		unlink_stretch(r, close);
	}
	return next;
}

/* Returns true if run i is above the bottom. Indexes are in the order of the
 * text; the bottom itself may have left the list. */
static bool is_above(size_t i, size_t bottom)
{
	return i != NONE && (bottom == NONE || i > bottom);
}

static size_t find_opener(const struct reader *r, size_t close, size_t bottom)
{
	size_t i = r->stretches[close].before;

	while (is_above(i, bottom) &&
	       !can_match(&r->stretches[i], &r->stretches[close]))
		i = r->stretches[i].before;
	return is_above(i, bottom) ? i : NONE;
}

/* Handles a run that can close. Returns the next run. */
static size_t close_stretch(struct reader *r, size_t close, size_t *bottoms)
{
	const struct stretch *c = &r->stretches[close];
	size_t *stop = bottom_for(r, bottoms, c);
	const size_t open = find_opener(r, close, *stop);
	const size_t next = c->after;

	if (open != NONE)
		return match(r, open, close);
	*stop = c->before;
	if (!c->can_open)
		unlink_stretch(r, close);
	return next;
}

/* Matches the runs above bottom (NONE: all), and removes them from the list. */
static void process(struct reader *r, size_t bottom)
{
	size_t bottoms[BOTTOMS], i = r->top;

	for (size_t b = 0; b < BOTTOMS; b++)
		bottoms[b] = bottom;
	if (i == bottom)
		return;
	while (r->stretches[i].before != bottom)
		i = r->stretches[i].before;
	while (i != NONE)
		i = r->stretches[i].can_close
			    ? close_stretch(r, i, bottoms)
			    : r->stretches[i].after;
	while (r->top != bottom)
		unlink_stretch(r, r->top);
}

static void read_delimiters(struct reader *r, size_t count)
{
	size_t link_bottom = NONE;

	for (size_t i = 0; i < count;) {
		const char mark = r->delimiters[i].mark;

		if (mark == '[') {
			link_bottom = r->top;
			r->delimiters[i++].survives = true;
		} else if (mark == ']') {
			process(r, link_bottom);
			r->delimiters[i++].survives = true;
		} else {
			i = add_stretch(r, i, count);
		}
	}
	process(r, NONE);
}

static bool all_survive(const struct md_delimiter *d, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!d[i].survives)
			return false;
	return true;
}

bool md_emphasis_check(const char *text, size_t len,
		       struct md_delimiter *delimiters, size_t count)
{
	static const struct rules parsers[] = {
		{.skips_tildes = true, .forgets_openers = true},
		{.symbols = true},
	};
	struct reader r = {.text = text, .end = text + len,
			   .delimiters = delimiters};
	bool fine = true;

	r.stretches = xcalloc(count, sizeof(*r.stretches));
	for (size_t p = 0; fine && p < sizeof(parsers) / sizeof(*parsers);
	     p++) {
		for (size_t i = 0; i < count; i++)
			delimiters[i].survives = false;
		r.rules = parsers[p];
		r.top = NONE;
		read_delimiters(&r, count);
		fine = all_survive(delimiters, count);
	}
	free(r.stretches);
	return fine;
}
