#include "parse/article/metadata/bylines.h"

#include <string.h>

#include "base/ascii.h"
#include "parse/article/metadata/element_text.h"
#include "parse/article/metadata/people_words.h"
#include "parse/article/metadata/words.h"
#include "parse/html/html.h"
#include "parse/text/node_text.h"

enum { BYLINE_MAX_BYTES = 240, NODES_MAX = 60 };

static const char *const author_parts[] = {"author", "authors", "byline",
					   "writer", "creator", "username", "bigusername",
					   "contributor", NULL};

/* Parts of the class of something that belongs to an author, but is no name. */
static const char *const other_parts[] = {
	"bio", "box", "avatar", "image", "img", "photo", "picture", "social",
	"description", "desc", "title", "role", "job", "position", "icon",
	"links", "about", "comment", "date", "time", "twitter", "posts", NULL,
};

static const char *const name_parts[] = {"name", "fn", NULL};

static bool has_word(const char *list, const char *word)
{
	const size_t len = strlen(word);

	for (const char *p = strstr(list, word); p; p = strstr(p + 1, word))
		if ((p == list || ascii_is_space(p[-1])) &&
		    (!p[len] || ascii_is_space(p[len])))
			return true;
	return false;
}

/* Returns the element with itemprop="name" inside of an author's element; the
 * element itself if there is none. */
static const xmlNode *name_element(const xmlNode *author)
{
	struct buf scratch = {0};
	const xmlNode *last = author, *n = author;

	while (last->last)
		last = last->last;
	for (int i = 0; n != last && i < NODES_MAX; i++) {
		const char *value;

		n = html_next_node(n);
		if (!n)
			break;
		value = n->type == XML_ELEMENT_NODE
				? text_attribute(n, "itemprop", &scratch)
				: NULL;
		if (value && has_word(value, "name")) {
			author = n;
			break;
		}
	}
	buf_release(&scratch);
	return author;
}

/* Returns a number of a pair of letters, in upper or lower case. */
#define PAIR(a, b) (((a) & 31) << 5 | ((b) & 31))

/* Positions of pairs of letters, from 1 to PAIR_LAST, in the first six letters
 * of "author", "byline", "writer", "creator", "username" and "contributor"; the
 * highest if there are several. 0: none of them has the pair. */
enum { WINDOW = 6, PAIR_LAST = 5 };
static const unsigned char pair_positions[1024] = {
	[PAIR('a', 'u')] = 1, [PAIR('u', 't')] = 2, [PAIR('t', 'h')] = 3,
	[PAIR('h', 'o')] = 4, [PAIR('o', 'r')] = 5,
	[PAIR('b', 'y')] = 1, [PAIR('y', 'l')] = 2, [PAIR('l', 'i')] = 3,
	[PAIR('i', 'n')] = 4, [PAIR('n', 'e')] = 5,
	[PAIR('w', 'r')] = 1, [PAIR('i', 't')] = 3, [PAIR('t', 'e')] = 4,
	[PAIR('c', 'r')] = 1, [PAIR('r', 'e')] = 2, [PAIR('e', 'a')] = 3,
	[PAIR('a', 't')] = 4, [PAIR('t', 'o')] = 5,
	[PAIR('u', 's')] = 1, [PAIR('s', 'e')] = 2, [PAIR('e', 'r')] = 5,
	[PAIR('r', 'n')] = 4, [PAIR('n', 'a')] = 5,
	[PAIR('c', 'o')] = 1, [PAIR('o', 'n')] = 2, [PAIR('n', 't')] = 3,
	[PAIR('t', 'r')] = 4, [PAIR('r', 'i')] = 5,
};

/* Returns false if the class has none of author_parts, which is true of nearly
 * all classes of a page. Reads few of their bytes, as in the algorithm of Wu
 * and Manber: if the last pair of a window of six letters is in no word, the
 * next window begins at the last letter. */
static bool may_have_author_part(const char *class)
{
	const size_t len = strlen(class);

	for (size_t i = WINDOW; i <= len;) {
		const char *p = class + i;
		const unsigned position = pair_positions[PAIR(p[-2], p[-1])];

		if (position == PAIR_LAST &&
		    pair_positions[PAIR(p[-WINDOW], p[1 - WINDOW])] == 1)
			return true;
		i += position == PAIR_LAST ? 1 : PAIR_LAST - position;
	}
	return false;
}

/* Returns true, and sets *place, if the element's class is that of an
 * author. */
static bool is_author_class(const char *class, enum byline_place *place)
{
	if (!may_have_author_part(class) ||
	    !words_have_part(class, author_parts))
		return false;
	if (words_have_part(class, name_parts)) {
		*place = BYLINE_NAME;
		return true;
	}
	*place = BYLINE_CLASS;
	return !words_have_part(class, other_parts);
}

static bool is_one_of(struct slice name, const char *const *names)
{
	for (; *names; names++)
		if (slice_is(name, *names))
			return true;
	return false;
}

/* Returns true if a URL is that of an author's page: one of the names is in its
 * path, and another name follows. */
static bool is_author_link(const char *href)
{
	enum { NAMES_MAX = 13 };
	static const char *const names[] = {
		"author", "authors", "people", "profile", "writers", "staff",
		"contributors", "team", NULL,
	};

	for (const char *end = strchrnul(href, '/'); *end;) {
		const char *name = end + 1;

		end = strchrnul(name, '/');
		if (end[0] && end[1] && end - name < NAMES_MAX &&
		    strchr("acpstw", *name) &&
		    is_one_of((struct slice){name, (size_t)(end - name)},
			      names))
			return true;
	}
	return false;
}

/* Returns the value, borrowed from the tree or from scratch. */
static const char *value_of(const xmlAttr *a, struct buf *scratch)
{
	if (a->children && !a->children->next && a->children->content)
		return (const char *)a->children->content;
	buf_clear(scratch);
	text_of(scratch, (const xmlNode *)a);
	return buf_cstr(scratch);
}

/* Returns true, and sets *place, if an attribute of the element names an
 * author. */
static bool place_by_attribute(const xmlNode *n, const xmlAttr *a,
			       struct buf *scratch, enum byline_place *place)
{
	const struct html_name *name = a->psvi;
	const char *value;

	if (!name || (name->known != N_CLASS && name->known != N_REL &&
		      name->known != N_ITEMPROP && name->known != N_HREF))
		return false;
	value = value_of(a, scratch);
	switch (name->known) {
	case N_CLASS:
		return is_author_class(value, place);
	case N_REL:
		*place = BYLINE_REL;
		return has_word(value, "author");
	case N_ITEMPROP:
		*place = BYLINE_ITEMPROP;
		return has_word(value, "author");
	default:
		*place = BYLINE_LINK;
		return html_is(n, N_A) && is_author_link(value);
	}
}

/* Returns true, and sets *place, if the element names an author. */
static bool find_place(const xmlNode *n, struct buf *scratch,
		       enum byline_place *place)
{
	bool found = false;

	for (const xmlAttr *a = n->properties; a; a = a->next) {
		enum byline_place here;

		if (place_by_attribute(n, a, scratch, &here) &&
		    (!found || here < *place)) {
			*place = here;
			found = true;
		}
	}
	return found;
}

static struct byline *next_byline(struct walk *w, const xmlNode *n)
{
	struct byline *b = &w->f->bylines[w->f->bylines_count];

	*b = (struct byline){.node = n, .at = w->at};
	return b;
}

/* Keeps only the first line of a text that has several: the others are roles,
 * dates and the like. A line such as "By" is joined with the next one. */
static void keep_line(struct buf *text)
{
	char *end = text->len ? memchr(text->data, '\n', text->len) : NULL;

	while (end) {
		const size_t len = (size_t)(end - text->data);

		if (!people_is_by((struct slice){text->data, len})) {
			text->len = len;
			return;
		}
		*end = ' ';
		end = memchr(end, '\n', text->len - len);
	}
}

/* Returns true if all words of a text, up to a comma or the like, begin with a
 * capital letter or one that is not ASCII, except those between names ("and")
 * and inside of them ("Ludwig van Beethoven"), and there are at most five. */
static bool is_like_name(struct slice text)
{
	static const char *const inner[] = {"de", "van", "von", "der", "den",
					    "da", "la", "le", "bin",
					    "di", "del", "dos", "al", NULL};
	size_t at = 0, words = 0;
	struct slice word;

	while (words_next(text, &at, &word)) {
		if (ascii_is_digit(*word.p) || words > 5)
			return false;
		if (*word.p >= 'a' && *word.p <= 'z' &&
		    (!words || !(words_are_listed(word, inner) ||
				 words_are_listed(word, people_and))))
			return false;
		words++;
		if (at < text.len && strchr(",|(\n", text.p[at]))
			break;
	}
	return words;
}

/* Returns true for two capital letters: the initials in place of a picture. */
static bool is_initials(const char *name)
{
	return name[0] >= 'A' && name[0] <= 'Z' && name[1] >= 'A' &&
	       name[1] <= 'Z' && !name[2];
}

bool byline_is_like_name(const char *name)
{
	const struct slice text = {name, strlen(name)};
	struct slice word;
	size_t at = 0, words = 0;

	if (is_initials(name))
		return false;
	while (words < 3 && words_next(text, &at, &word))
		words++;
	return words < 3 || is_like_name(text);
}

void bylines_element(struct walk *w, const xmlNode *n)
{
	enum byline_place place = BYLINE_LINK;
	const char *content;
	struct byline *b;

	if (w->f->bylines_count == BYLINES_MAX ||
	    w->bylines_read == BYLINES_READ_MAX || !find_place(n, &w->scratch, &place))
		return;
	w->bylines_read++;
	b = next_byline(w, n);
	if (place == BYLINE_ITEMPROP)
		n = name_element(n);
	content = text_attribute(n, "content", &w->scratch);
	if (content)
		text_collapse(&b->text, content,
			      words_clip(content, BYLINE_MAX_BYTES).len);
	else
		element_text(&b->text, n, BYLINE_MAX_BYTES);
	keep_line(&b->text);
	b->place = place;
	if (b->text.len)
		w->f->bylines_count++;
	else
		buf_release(&b->text);
}

void bylines_text(struct walk *w, const xmlNode *n, struct slice text,
		  struct slice after_by)
{
	const struct slice name = w->before_is_by ? text : after_by;
	struct byline *b;

	if (text.len > BYLINE_TEXT_MAX || w->f->bylines_count == BYLINES_MAX ||
	    (name.len == text.len && !w->before_is_by) || !is_like_name(name))
		return;
	b = next_byline(w, n);
	buf_add(&b->text, name.p, name.len);
	b->place = BYLINE_TEXT;
	w->f->bylines_count++;
}
