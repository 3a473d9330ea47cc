/* A text is kept only from its second use on: most texts have one use. */
#include "cmd/check/duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* Returns the beginning of a text that a detail shows: at most 100 bytes,
 * without a part of a character. */
static char *shown_part(const char *text)
{
	return xmemdup(text, utf8_valid_prefix(text, strnlen(text, 100)));
}

void duplicates_add(struct duplicates *d, const char *text, const char *url,
		    uint64_t order)
{
	unsigned long number = d->texts;
	const bool had = digest_set_add(
		&d->known, (struct slice){text, strlen(text)}, &number);

	if (!had)
		d->texts++;
	d->uses = xgrow(d->uses, d->len, 1, sizeof(*d->uses));
	d->uses[d->len++] = (struct text_use){
		.text = number,
		.order = order,
		.url = xstrdup(url),
		.shown = had ? shown_part(text) : NULL,
	};
}

static int compare(const void *left, const void *right)
{
	const struct text_use *a = left, *b = right;

	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return strcmp(a->url, b->url);
}

void duplicates_report(struct duplicates *d, struct finding_list *findings,
		       enum severity severity, enum finding_kind kind)
{
	const struct text_use **first = xcalloc(d->texts + 1, sizeof(*first));

	if (d->len)
		qsort(d->uses, d->len, sizeof(*d->uses), compare);
	for (size_t i = 0; i < d->len; i++) {
		const struct text_use *use = &d->uses[i];
		const struct text_use *before = first[use->text];

		if (!before)
			first[use->text] = use;
		else if (strcmp(before->url, use->url) != 0)
			finding_list_add(findings, severity, kind, use->url,
				NULL, "the same as on %s: %s", before->url,
				use->shown ? use->shown : before->shown);
	}
	free(first);
}

void duplicates_release(struct duplicates *d)
{
	for (size_t i = 0; i < d->len; i++) {
		free(d->uses[i].url);
		free(d->uses[i].shown);
	}
	free(d->uses);
	digest_set_release(&d->known);
}
