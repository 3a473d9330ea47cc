/* A URL is known by its serialisation, so that "https://a.example" and
 * "HTTPS://a.example/#top" are the same. */
#include "cmd/check/targets.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/url/url.h"

/* Returns the URL without its fragment, or a copy of a text that is not a
 * URL. */
static char *plain_url(const char *text)
{
	struct url url;
	char *plain;

	if (url_parse(&url, text, strlen(text), NULL)) {
		char *with = xasprintf("https://%s", text);
		const int err = url_parse(&url, with, strlen(with), NULL);

		free(with);
		if (err)
			return xstrdup(text);
	}
	url_set_fragment(&url, NULL, 0);
	plain = xstrdup(url.href);
	url_release(&url);
	return plain;
}

struct target *targets_find(struct targets *t, const char *url)
{
	char *plain = plain_url(url);
	unsigned long number = t->len;

	if (digest_set_add(&t->known, (struct slice){plain, strlen(plain)},
			   &number)) {
		free(plain);
		return &t->list[number];
	}
	t->list = xgrow(t->list, t->len, 1, sizeof(*t->list));
	t->list[t->len] = (struct target){.url = plain};
	return &t->list[t->len++];
}

size_t target_index(const struct targets *t, const struct target *target)
{
	return (size_t)(target - t->list);
}

uint64_t page_order(size_t sitemap, size_t entry)
{
	return (uint64_t)sitemap << 32 | entry;
}

void targets_make_page(struct targets *t, struct target *target,
		       uint64_t order)
{
	const size_t index = target_index(t, target);

	if (!target->is_page || target->order > order)
		target->order = order;
	target->is_page = true;
	if (t->next_page > index)
		t->next_page = index;
}

void targets_add_link(struct targets *t, size_t target, size_t page)
{
	struct target *to = &t->list[target];

	to->pages = xgrow(to->pages, to->pages_len, 1, sizeof(*to->pages));
	to->pages[to->pages_len++] = page;
	if (t->next_link > target)
		t->next_link = target;
}

void target_drop_pages(struct target *target)
{
	free(target->pages);
	target->pages = NULL;
	target->pages_len = 0;
}

/* Returns the first target from *next on that was not started: a page, or a
 * link. A URL to which no page has a link is not a link. */
static struct target *find_next(struct targets *t, size_t *next, bool is_page)
{
	for (; *next < t->len; ++*next) {
		struct target *target = &t->list[*next];

		if (target->is_page == is_page && !target->is_started &&
		    (is_page || target->pages_len))
			return target;
	}
	return NULL;
}

struct target *targets_next_page(struct targets *t)
{
	return find_next(t, &t->next_page, true);
}

struct target *targets_next_link(struct targets *t)
{
	return find_next(t, &t->next_link, false);
}

size_t targets_to_start(const struct targets *t, bool links)
{
	const size_t first = t->next_page < t->next_link ? t->next_page
							 : t->next_link;
	size_t count = 0;

	for (size_t i = first; i < t->len; i++) {
		const struct target *target = &t->list[i];

		count += !target->is_started &&
			 (target->is_page || (links && target->pages_len));
	}
	return count;
}

void targets_release(struct targets *t)
{
	for (size_t i = 0; i < t->len; i++) {
		free(t->list[i].url);
		free(t->list[i].broken);
		free(t->list[i].pages);
	}
	free(t->list);
	digest_set_release(&t->known);
	*t = (struct targets){0};
}
