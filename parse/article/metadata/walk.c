/* Looks at each node once. Labels and texts of elements are looked up only for
 * findings, whose number is limited. */
#include "parse/article/metadata/walk.h"

#include <string.h>

#include "base/ascii.h"
#include "parse/article/metadata/bylines.h"
#include "parse/article/metadata/date_marks.h"
#include "parse/article/metadata/element_text.h"
#include "parse/article/metadata/entities.h"
#include "parse/article/metadata/people.h"
#include "parse/article/metadata/walk_state.h"
#include "parse/article/metadata/words.h"
#include "parse/html/html.h"
#include "parse/meta/json_ld.h"
#include "parse/text/node_text.h"

enum {
	HEADING_MAX_BYTES = 400,
	TITLE_MAX_BYTES = 1000,
	CONNECTOR_MAX_BYTES = 3,
	TITLE_TEXT_MIN = 8,	/* minimum length of a text that is a heading
				 * because it is the title */
};

static void set_text(struct buf *to, const char *s, size_t max)
{
	struct slice text = words_clip(s, max);

	if (to->len)
		return;
	text = words_trim(text);
	text_collapse(to, text.p, text.len);
}

/* As set_text(), with character references decoded: many pages escape text that
 * is escaped already. */
static void set_decoded(struct buf *to, const char *s, size_t max)
{
	struct buf text = {0};

	if (!strchr(s, '&')) {
		set_text(to, s, max);
		return;
	}
	entities_decode(&text, words_clip(s, max));
	set_text(to, buf_cstr(&text), max);
	buf_release(&text);
}

/* Keeps the content of a meta element if its rank is the lowest so far. */
static void set_meta(struct findings *f, const struct meta_name *name,
		     const char *content)
{
	struct buf *to = &f->meta[name->kind];

	if (to->len && name->rank >= f->meta_rank[name->kind])
		return;
	buf_clear(to);
	set_decoded(to, content, META_VALUE_MAX);
	f->meta_rank[name->kind] = name->rank;
}

/* Adds the author of a meta element. Several elements of the same rank name
 * several authors. */
static void add_meta_author(struct findings *f, unsigned rank,
			    const char *content)
{
	const struct slice text = words_clip(content, META_VALUE_MAX);
	struct people found = {0};
	unsigned *best = &f->meta_rank[META_AUTHOR];

	if (f->meta_authors.count && rank > *best)
		return;
	people_add(&found, text);
	if (found.count && f->meta_authors.count && rank < *best)
		people_release(&f->meta_authors);
	if (found.count) {
		*best = rank;
		if (rank == META_RANK_CITATION)
			people_add_inverted(&f->meta_authors, text);
		else
			people_add(&f->meta_authors, text);
	}
	people_release(&found);
}

static void add_meta(struct walk *w, const char *name, const char *content)
{
	const struct meta_name *row = meta_name_find(name);

	if (!strcmp(name, "og:url"))
		set_text(&w->f->canonical, content, META_VALUE_MAX);
	if (!row)
		return;
	if (row->kind == META_AUTHOR)
		add_meta_author(w->f, row->rank, content);
	else
		set_meta(w->f, row, content);
}

/* Reads a <meta>. Inside of the body, elements with itemprop are about a part
 * of the page, and have a position like text. */
static void read_meta(struct walk *w, const xmlNode *n)
{
	struct buf scratch[4] = {0};
	const char *content = text_attribute(n, "content", &scratch[0]);
	const char *names[] = {
		text_attribute(n, "property", &scratch[1]),
		text_attribute(n, "name", &scratch[2]),
		text_attribute(n, "itemprop", &scratch[3]),
	};
	const bool in_head = n->parent->type == XML_ELEMENT_NODE &&
			     html_is(n->parent, N_HEAD);

	if (content && names[2] && !in_head)
		date_marks_itemprop(w, n, names[2], content);
	for (int i = 0; content && i < 3; i++)
		if (names[i] && *names[i] && (i < 2 || in_head))
			add_meta(w, names[i], content);
	for (int i = 0; i < 4; i++)
		buf_release(&scratch[i]);
}

static void read_link(struct walk *w, const xmlNode *n)
{
	struct buf scratch[2] = {0};
	const char *rel = text_attribute(n, "rel", &scratch[0]);
	const char *href = text_attribute(n, "href", &scratch[1]);

	if (rel && href && ascii_is((struct slice){rel, strlen(rel)},
				    "canonical")) {
		buf_clear(&w->f->canonical);
		set_text(&w->f->canonical, href, META_VALUE_MAX);
	}
	buf_release(&scratch[0]);
	buf_release(&scratch[1]);
}

static void read_script(struct walk *w, const xmlNode *n)
{
	struct buf scratch = {0}, text = {0};
	const char *type = text_attribute(n, "type", &scratch);

	if (type && json_ld_is_type(type)) {
		text_of(&text, n);
		json_items_add(&w->f->json, slice_of(&text));
	}
	buf_release(&text);
	buf_release(&scratch);
}

static void read_title(struct walk *w, const xmlNode *n)
{
	struct buf text = {0};

	if (w->f->title.len || html_space(n) != HTML_SPACE)
		return;
	text_of(&text, n);
	set_decoded(&w->f->title, buf_cstr(&text), TITLE_MAX_BYTES);
	buf_release(&text);
}

static void read_heading(struct walk *w, const xmlNode *n, unsigned level)
{
	struct heading *h = &w->f->headings[w->f->headings_count];

	/* Half of the places are kept for headings of the first level. */
	if (w->f->headings_count == HEADINGS_MAX ||
	    (level > 1 && w->f->headings_count >= HEADINGS_MAX / 2))
		return;
	buf_clear(&h->text);
	element_text(&h->text, n, HEADING_MAX_BYTES);
	if (!h->text.len)
		return;
	for (size_t i = 0; i < h->text.len; i++)
		if (h->text.data[i] == '\n')
			h->text.data[i] = ' ';
	h->level = level;
	h->node = n;
	h->start = w->at;
	h->end = w->at + h->text.len;
	w->f->headings_count++;
}

static void read_html(struct walk *w, const xmlNode *n)
{
	struct buf scratch = {0};
	const char *lang = text_attribute(n, "lang", &scratch);

	if (lang)
		set_text(&w->f->language, lang, META_VALUE_MAX);
	w->order = findings_day_order(w->f);
	buf_release(&scratch);
}

static void read_element(struct walk *w, const xmlNode *n)
{
	switch (html_name(n)->id) {
	case N_HTML:
		read_html(w, n);
		break;
	case N_META:
		read_meta(w, n);
		return;
	case N_LINK:
		read_link(w, n);
		return;
	case N_SCRIPT:
		read_script(w, n);
		return;
	case N_TITLE:
		read_title(w, n);
		return;
	case N_H1:
		read_heading(w, n, 1);
		break;
	case N_H2:
		read_heading(w, n, 2);
		break;
	case N_TIME:
		date_marks_time(w, n);
		break;
	case N_OTHER:
		if (strstr((const char *)n->name, "time"))
			date_marks_time(w, n);
		break;
	}
	if (n->properties)
		bylines_element(w, n);
}

static bool is_heading(const xmlNode *n)
{
	return html_name(n)->flags & HEADING;
}

/* Adds a text that the <title> element begins with as a heading: some pages use
 * other elements for headings. */
static void add_title_text(struct walk *w, const xmlNode *n, struct slice text)
{
	const struct buf *title = &w->f->title;
	struct heading *h = &w->f->headings[w->f->headings_count];

	if (text.len < TITLE_TEXT_MIN || text.len > title->len ||
	    text.len * 2 < title->len ||
	    memcmp(title->data, text.p, text.len) ||
	    w->f->headings_count >= HEADINGS_MAX / 2 || is_heading(n->parent))
		return;
	buf_clear(&h->text);
	buf_add(&h->text, text.p, text.len);
	h->level = 3;
	h->node = n;
	h->start = w->at;
	h->end = w->at + text.len;
	w->f->headings_count++;
}

/* Returns s without the white space at its beginning: most texts of a page have
 * nothing else. */
static const char *skip_space(const char *s)
{
	if (ascii_is_space(*s))
		s++;
	return ascii_is_space(*s) ? s + strspn(s, " \t\n\f\r") : s;
}

/* Returns true for a text that may stand between a label and a date: "on", or
 * no letters. */
static bool is_connector(struct slice text)
{
	struct slice word;
	size_t at = 0;

	return text.len <= CONNECTOR_MAX_BYTES &&
	       (!words_next(text, &at, &word) || ascii_is(word, "on"));
}

/* Sets the text that the next one may have as its label. A heading of several
 * words is not a label. */
static void set_before(struct walk *w, const xmlNode *n, struct slice text)
{
	if (is_connector(text))
		return;
	w->before = text;
	if (text.len > BEFORE_MAX_BYTES ||
	    (is_heading(n->parent) && memchr(text.p, ' ', text.len)))
		w->before.len = 0;
}

static void read_text(struct walk *w, const xmlNode *n)
{
	const char *s = n->content ? skip_space((const char *)n->content) : "";
	struct slice text, after_by;

	if (!*s || element_is_hidden(n->parent))
		return;
	text = words_trim((struct slice){s, strlen(s)});
	if (!text.len)
		return;
	after_by = text.len <= BYLINE_TEXT_MAX ? people_after_by(text) : text;
	date_marks_text(w, n, text);
	bylines_text(w, n, text, after_by);
	add_title_text(w, n, text);
	w->before_is_by = text.len <= BEFORE_MAX_BYTES && !after_by.len;
	set_before(w, n, text);
	w->at += text.len;
}

void findings_collect(struct findings *f, const xmlDoc *doc)
{
	struct walk w = {.f = f, .before = {"", 0}};

	for (const xmlNode *n = doc->children; n; n = html_next_node(n)) {
		if (n->type == XML_ELEMENT_NODE)
			read_element(&w, n);
		else if (n->type == XML_TEXT_NODE)
			read_text(&w, n);
	}
	date_marks_settle(f);
	json_items_read(&f->json);
	buf_release(&w.scratch);
}
