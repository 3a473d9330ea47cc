/* Links with a fragment are judged at the end: their pages may come later. */
#include "cmd/check/audit.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json/compact.h"
#include "base/mem.h"
#include "base/percent.h"
#include "base/url/url.h"

/* Returns "URL#" of a URL in any form, whose fragment is left out. */
static struct buf begin_anchor(const char *url)
{
	struct buf key = {0};
	struct url parsed;

	if (url_parse(&parsed, url, strlen(url), NULL)) {
		buf_addstr(&key, url);
	} else {
		url_set_fragment(&parsed, NULL, 0);
		buf_addstr(&key, parsed.href);
		url_release(&parsed);
	}
	buf_addch(&key, '#');
	return key;
}

static void add_names(struct audit *a, struct buf *key, struct slice names)
{
	const size_t len = key->len;
	struct slice none, value;
	unsigned long number = 0;
	size_t at = 0;

	while (names.p && json_next(names, &at, &none, &value)) {
		char *name = facts_text(value);

		buf_addstr(key, name ? name : "");
		(void)digest_set_add(&a->anchors, slice_of(key), &number);
		key->len = len;
		free(name);
	}
}

/* Notes the names to which fragments of links to this URL may refer. */
static void add_anchors(struct audit *a, const struct facts *f, const char *url)
{
	struct buf key;
	unsigned long number = 0;

	if (!url || !f->is_html || f->status >= 300 ||
	    (!f->ids.p && !f->names.p))
		return;
	key = begin_anchor(url);
	(void)digest_set_add(&a->anchored, slice_of(&key), &number);
	add_names(a, &key, f->ids);
	add_names(a, &key, f->names);
	buf_release(&key);
}

void audit_add_anchors(struct audit *a, const struct facts *f)
{
	if (!a->options->fragments)
		return;
	add_anchors(a, f, f->url);
	add_anchors(a, f, f->final_url);
}

/* Returns true for fragments that need no element (HTML Standard, "Scrolling to
 * a fragment"; and text fragments). */
static bool needs_no_anchor(const char *fragment)
{
	return !*fragment || !strcasecmp(fragment, "top") ||
	       strstr(fragment, ":~:") || *fragment == '!' || *fragment == '/';
}

static bool has_anchor(const struct audit *a, struct buf *key,
		       const char *fragment)
{
	const size_t len = key->len;
	bool has;

	buf_addstr(key, fragment);
	has = digest_set_has(&a->anchors, slice_of(key));
	key->len = len;
	if (has)
		return true;
	percent_decode(key, fragment, strlen(fragment));
	has = digest_set_has(&a->anchors, slice_of(key));
	key->len = len;
	return has;
}

static void find_fragment(struct audit *a, const struct fragment_link *link)
{
	const char *fragment = strchr(link->url, '#');
	struct buf key = begin_anchor(link->url);

	if (fragment && !needs_no_anchor(fragment + 1) &&
	    digest_set_has(&a->anchored, slice_of(&key)) &&
	    !has_anchor(a, &key, fragment + 1))
		finding_list_add(a->findings, SEVERITY_ERROR, FINDING_FRAGMENT,
			     link->url, link->page,
			     "the page has no element with this id or name");
	buf_release(&key);
}

void audit_add_fragment(struct audit *a, const char *url, const char *page)
{
	a->links = xgrow(a->links, a->links_len, 1, sizeof(*a->links));
	a->links[a->links_len++] =
		(struct fragment_link){xstrdup(url),
				       page ? xstrdup(page) : NULL};
}

void audit_find_fragments(struct audit *a)
{
	for (size_t i = 0; i < a->links_len; i++)
		find_fragment(a, &a->links[i]);
}
