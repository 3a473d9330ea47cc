#include "parse/article/metadata/title.h"

#include <string.h>

#include "parse/article/metadata/words.h"
#include "parse/text/node_text.h"

/* Texts that name the page, folded: <title>, meta element, JSON-LD. */
struct title_texts {
	struct buf plain[3];
	struct buf folded[3];
};

enum { TEXT_TITLE, TEXT_META, TEXT_JSON, TEXTS };

static void fold(struct buf *out, struct slice text)
{
	buf_clear(out);
	words_add_folded(out, text);
}

/* Returns true if the words of `part` are a sequence of those of `whole`; both
 * are folded. */
static bool has_words(const struct buf *whole, const struct buf *part)
{
	const char *p = whole->data, *end = bytes_end(whole->data, whole->len);

	if (!part->len || !whole->len)
		return false;
	while ((p = memmem(p, (size_t)(end - p), part->data, part->len))) {
		if (p + part->len == end || p[part->len] == ' ')
			return true;
		p++;
	}
	return false;
}

bool title_agrees(struct slice a, struct slice b)
{
	struct buf folded[2] = {0};
	bool agrees;

	words_add_folded(&folded[0], a);
	words_add_folded(&folded[1], b);
	agrees = has_words(&folded[0], &folded[1]) ||
		 has_words(&folded[1], &folded[0]);
	buf_release(&folded[0]);
	buf_release(&folded[1]);
	return agrees;
}

static bool same_words(struct slice a, struct slice b)
{
	struct buf folded[2] = {0};
	bool same;

	words_add_folded(&folded[0], a);
	words_add_folded(&folded[1], b);
	same = slice_equal(slice_of(&folded[0]), slice_of(&folded[1]));
	buf_release(&folded[0]);
	buf_release(&folded[1]);
	return same;
}

/* Returns the length of a separator between a title and a name at s; 0:
 * none. */
static size_t separator_length(const char *s, size_t left)
{
	static const char *const marks[] = {
		" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " « ",
		" ‹ ", " › ", " : ", " ~ ", ": ", "|",
	};

	if (*s != ' ' && *s != ':' && *s != '|')
		return 0;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (left > strlen(marks[i]) &&
		    !memcmp(s, marks[i], strlen(marks[i])))
			return strlen(marks[i]);
	return 0;
}

/* Returns true if a part of the title is the site's name; if the site is
 * unknown, after "|" any short part is. */
static bool is_site(struct slice part, struct slice site, bool bar)
{
	if (site.len)
		return same_words(part, site) ||
		       (bar && title_agrees(part, site));
	return bar && part.len < 40;
}

/* Returns a title without the site's name at its end or beginning. */
static struct slice without_site(struct slice title, struct slice site)
{
	size_t len;

	for (size_t i = title.len; i-- > 1;) {
		const struct slice head = {title.p, i};

		len = separator_length(title.p + i, title.len - i);
		if (!len)
			continue;
		if (is_site((struct slice){title.p + i + len,
					   title.len - i - len}, site,
			    memchr(title.p + i, '|', len)))
			return words_trim(head);
	}
	for (size_t i = 1; site.len && i < title.len; i++) {
		len = separator_length(title.p + i, title.len - i);
		if (len && same_words((struct slice){title.p, i}, site))
			return words_trim((struct slice){
				title.p + i + len, title.len - i - len});
	}
	return title;
}

static void read_texts(struct title_texts *t, const struct findings *f,
		       const struct json_item *item, struct slice site)
{
	struct buf json = {0};
	struct slice text;

	if (item)
		json_items_text(&json, item->headline.len ? item->headline
							  : item->name);
	text_collapse(&t->plain[TEXT_JSON], buf_cstr(&json), json.len);
	buf_release(&json);
	text = without_site(slice_of(&f->title), site);
	buf_add(&t->plain[TEXT_TITLE], text.p, text.len);
	text = without_site(slice_of(&f->meta[META_TITLE]), site);
	buf_add(&t->plain[TEXT_META], text.p, text.len);
	for (int i = 0; i < TEXTS; i++)
		fold(&t->folded[i], slice_of(&t->plain[i]));
}

static bool begins_with(const struct buf *text, const struct buf *folded)
{
	return text->len >= folded->len && folded->len &&
	       !memcmp(text->data, folded->data, folded->len);
}

/* Returns the number of bytes that a heading has in common with a text, if one
 * is a part of the other. */
static size_t common_part(const struct buf *text, const struct buf *folded,
			  unsigned level)
{
	size_t common = 0;

	if (level > 1 && !begins_with(text, folded))
		return 0;
	if (has_words(text, folded))
		common = folded->len;
	else if (has_words(folded, text))
		common = text->len;
	/* A short part of a long title is likely a category. */
	return common * 3 < text->len ? 0 : common;
}

/* Returns how well a heading agrees with the texts; 0: not at all. The
 * beginning of a title counts more: the name of the site is at its end. */
static size_t agreement(const struct title_texts *t, const struct heading *h,
			const struct buf *folded)
{
	size_t best = 0;

	for (int i = 0; i < TEXTS; i++) {
		const struct buf *text = &t->folded[i];
		size_t common = common_part(text, folded, h->level);

		if (folded->len >= text->len || begins_with(text, folded))
			common *= 3;
		if (common > best)
			best = common;
	}
	/* The text is often that of a list of links to parent pages. */
	return h->level == 3 && best ? 1 : best;
}

/* Returns the heading that agrees best; NULL if none agrees. */
static const struct heading *agreeing_heading(const struct findings *f,
					      const struct title_texts *t,
					      struct slice site)
{
	const struct heading *found = NULL;
	struct buf folded = {0};
	size_t best = 0;

	for (size_t i = 0; i < f->headings_count; i++) {
		const struct heading *h = &f->headings[i];
		size_t common;

		fold(&folded, slice_of(&h->text));
		common = agreement(t, h, &folded);
		if (common > best && !same_words(slice_of(&h->text), site)) {
			best = common;
			found = h;
		}
	}
	buf_release(&folded);
	return found;
}

/* Returns the number of words of a, which is folded, that b has, too. */
static size_t shared_words(const struct buf *a, const struct buf *b,
			   size_t *words)
{
	size_t at = 0, n = 0;
	struct slice word;

	*words = 0;
	while (words_next(slice_of(a), &at, &word)) {
		/* The word with the space before it. */
		const struct buf one = {.data = (char *)word.p - 1,
					.len = word.len + 1};

		++*words;
		n += has_words(b, &one);
	}
	return n;
}

/* Returns the heading of the first level that has the most words in common with
 * the texts, at least two fifths of its words. */
static const struct heading *similar_heading(const struct findings *f,
					     const struct title_texts *t)
{
	const struct heading *found = NULL;
	struct buf folded = {0};
	size_t most = 1;

	for (size_t i = 0; i < f->headings_count; i++) {
		const struct heading *h = &f->headings[i];

		fold(&folded, slice_of(&h->text));
		for (int text = 0; h->level == 1 && text < TEXTS; text++) {
			size_t words;
			const size_t n = shared_words(&folded,
						&t->folded[text], &words);

			if (n > most && n * 5 >= words * 2) {
				most = n;
				found = h;
			}
		}
	}
	buf_release(&folded);
	return found;
}

/* Returns the only heading of the first level; NULL if there is not exactly
 * one, or it is the name of the site. */
static const struct heading *only_heading(const struct findings *f,
					  struct slice site)
{
	const struct heading *found = NULL;

	for (size_t i = 0; i < f->headings_count; i++) {
		if (f->headings[i].level != 1)
			continue;
		if (found)
			return NULL;
		found = &f->headings[i];
	}
	return found && !same_words(slice_of(&found->text), site) ? found
								  : NULL;
}

static const struct heading *find_heading(const struct findings *f,
					  const struct title_texts *t,
					  const struct json_item *item,
					  struct slice site)
{
	const struct heading *h = agreeing_heading(f, t, site);

	/* On pages other than articles, the heading is often a slogan. */
	if (h || !findings_are_of_article(f, item))
		return h;
	h = similar_heading(f, t);
	return h ? h : only_heading(f, site);
}

/* Returns the heading near which dates and authors are: that of the title, or
 * one of the first level that is similar, because the title may be repeated
 * further down. */
static const struct heading *place_heading(const struct findings *f,
					   const struct title_texts *t,
					   const struct heading *title)
{
	const struct heading *similar =
		title->level == 1 ? NULL : similar_heading(f, t);

	return similar ? similar : title;
}

static const struct heading *first_h1(const struct findings *f)
{
	for (size_t i = 0; i < f->headings_count; i++)
		if (f->headings[i].level == 1)
			return &f->headings[i];
	return NULL;
}

/* Appends the first text that there is, and returns the name of its source. */
static const char *take_text(const struct title_texts *t, struct buf *out)
{
	static const struct {
		int text;
		const char *source;
	} rows[] = {
		{TEXT_META, "meta"}, {TEXT_JSON, "json-ld"},
		{TEXT_TITLE, "title"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct buf *text = &t->plain[rows[i].text];

		if (!text->len)
			continue;
		buf_add(out, text->data, text->len);
		return rows[i].source;
	}
	return NULL;
}

const char *title_choose(const struct findings *f,
			 const struct json_item *item, struct slice site,
			 struct buf *out, const struct heading **heading)
{
	struct title_texts t = {0};
	const struct heading *h;
	const char *source = NULL;

	read_texts(&t, f, item, site);
	h = find_heading(f, &t, item, site);
	*heading = h ? place_heading(f, &t, h) : first_h1(f);
	if (!h)
		source = take_text(&t, out);
	if (!h && !source)
		h = *heading;
	if (h) {
		buf_add(out, h->text.data, h->text.len);
		source = "heading";
	}
	for (int i = 0; i < TEXTS; i++) {
		buf_release(&t.plain[i]);
		buf_release(&t.folded[i]);
	}
	return source;
}
