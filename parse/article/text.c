#include "parse/article/text.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "parse/article/blocks.h"
#include "parse/article/run_text.h"
#include "parse/article/tags.h"
#include "parse/html/html.h"

/* The text that is being written. A separator between two pieces of text is
 * written before the second one. */
struct writer {
	struct buf *out;
	const struct content *content;
	int breaks;		/* line ends to be written: 0 to 2 */
	bool space, tab, item;	/* a space, a tab, "- " is to be written */
	int pre;		/* number of open <pre> elements */
	size_t skipped;		/* see content_skips_next() */
};

/* Removes white space from the end, which only <pre> leaves there. */
static void trim_end(struct buf *out)
{
	while (out->len && ascii_is_space(out->data[out->len - 1]))
		out->len--;
}

static void write_separator(struct writer *w)
{
	if (w->breaks)
		trim_end(w->out);
	if (w->out->len) {
		for (int i = 0; i < w->breaks; i++)
			buf_addch(w->out, '\n');
		if (!w->breaks && (w->tab || w->space))
			buf_addch(w->out, w->tab ? '\t' : ' ');
	}
	if (w->item && (w->breaks || !w->out->len))
		buf_addstr(w->out, "- ");
	w->breaks = 0;
	w->space = w->tab = w->item = false;
}

/* Writes white space in <pre>, except at the beginning. */
static void write_pre_space(struct writer *w, char c)
{
	if (w->breaks && c == '\n')
		return;
	if (w->breaks)
		write_separator(w);
	buf_addch(w->out, c);
}

/* Returns the end of the words at s that are separated by single spaces. */
static const char *words_end(const char *s)
{
	while ((unsigned char)*s > ' ' ||
	       (*s == ' ' && (unsigned char)s[1] > ' ') ||
	       (*s && !ascii_is_space(*s)))
		s++;
	return s;
}

static void write_text(struct writer *w, const char *s)
{
	while (*s) {
		if (!ascii_is_space(*s)) {
			const char *end = words_end(s);

			if (w->breaks || w->space || w->tab || w->item)
				write_separator(w);
			buf_add(w->out, s, (size_t)(end - s));
			s = end;
		} else if (w->pre) {
			write_pre_space(w, *s++);
		} else {
			w->space = true;
			s++;
		}
	}
}

static int breaks_of(const xmlNode *n)
{
	switch (html_name(n)->id) {
	case N_LI:
	case N_TR:
	case N_DT:
	case N_DD:
	case N_OPTION:
		return 1;
	case N_TD:
	case N_TH:
	case N_TBODY:
		return 0;
	default:
		return tag_is_inline(n) ? 0 : 2;
	}
}

static void want_breaks(struct writer *w, int breaks)
{
	if (breaks > w->breaks)
		w->breaks = breaks;
}

static void open_element(struct writer *w, const xmlNode *n)
{
	want_breaks(w, breaks_of(n));
	switch (html_name(n)->id) {
	case N_BR:
		w->breaks = w->breaks ? 2 : 1;
		break;
	case N_LI:
		w->item = true;
		break;
	case N_TD:
	case N_TH:
		w->tab = true;
		break;
	case N_PRE:
		w->pre++;
		break;
	}
}

static void close_element(void *ctx, const xmlNode *n)
{
	struct writer *w = ctx;

	want_breaks(w, breaks_of(n));
	if (html_is(n, N_PRE))
		w->pre--;
}

/* Enters a node; returns true if its children are to be written. */
static bool enter(struct writer *w, const xmlNode *n)
{
	if (content_skips_next(w->content, &w->skipped, n))
		return false;
	if (n->type == XML_TEXT_NODE)
		write_text(w, (const char *)n->content);
	if (n->type != XML_ELEMENT_NODE)
		return false;
	open_element(w, n);
	if (!n->children)
		close_element(w, n);
	return n->children;
}

static void write_root(struct writer *w, const xmlNode *root)
{
	open_element(w, root);
	for (const xmlNode *n = root->children; n;)
		n = enter(w, n) ? n->children :
			blocks_skip(n, root, close_element, w);
}

void text_limit(struct buf *text, uint64_t max)
{
	if (max && text->len > max)
		text->len = utf8_valid_prefix(text->data, (size_t)max);
}

uint64_t text_words(const struct buf *text)
{
	return run_text_count_words(text->data, text->len);
}

void text_write(struct buf *out, const struct content *content, uint64_t max)
{
	struct writer w = {.out = out, .content = content, .breaks = 2};

	buf_reserve(out, max && max < content->size ? (size_t)max :
		    content->size);
	for (size_t i = 0; i < content->count; i++)
		write_root(&w, content->roots[i]);
	trim_end(out);
	text_limit(out, max);
}
