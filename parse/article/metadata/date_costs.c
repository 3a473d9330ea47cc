#include "parse/article/metadata/date_costs.h"

#include <stdint.h>

#include "parse/article/metadata/place.h"

enum {
	BEFORE_MAX = 400,	/* maximum bytes of text between a date and the
				 * title after it */
	AFTER_MAX = 1200,	/* maximum bytes of text between a date and the
				 * title before it */
	MARKED_MAX = 2500,	/* AFTER_MAX for a date in a <time>, or one that
				 * a text or class calls a date */
	LABELLED_MAX = 3000,	/* AFTER_MAX for a date that the page calls the
				 * day of publication or of the last change */
};

/* Returns the maximum number of bytes between the title and a date after it
 * that is not far from the title. */
static size_t after_max(const struct date_finding *d)
{
	if (d->role != DATE_UNKNOWN)
		return LABELLED_MAX;
	return d->labelled || d->place == DATE_IN_TIME ? MARKED_MAX
							: AFTER_MAX;
}

/* Returns the distance of a date from the title, doubled if the date is before
 * the title. Adds DATE_FAR if the date is far. */
static size_t distance_of(const struct date_finding *d,
			  const struct heading *h)
{
	const size_t end = h ? h->end : 0, start = h ? h->start : 0;
	const size_t max = after_max(d);

	if (d->at >= end)
		return d->at - end + (d->at - end > max ? DATE_FAR : 0);
	if (d->at >= start)
		return 0;
	return (start - d->at) * 2 + (start - d->at > BEFORE_MAX ? DATE_FAR : 0);
}

static size_t cost_of(const struct heading *heading,
		      const struct date_finding *d,
		      struct place_context *context)
{
	static const size_t costs[] = {
		[DATE_IN_ITEMPROP] = 0, [DATE_IN_TIME] = 0, [DATE_IN_TEXT] = 100,
	};
	const enum place place = place_of(context, d->node);

	if (place == PLACE_ELSEWHERE)
		return SIZE_MAX;
	return distance_of(d, heading) + costs[d->place] +
	       (d->role == DATE_PUBLISHED ? 0 : 200) +
	       (d->labelled ? 0 : 200) + (place == PLACE_ASIDE ? 2000 : 0);
}

void date_costs_set(size_t costs[DATES_MAX], const struct findings *f,
		    const struct heading *heading)
{
	struct place_context context;

	place_context_set(&context, heading ? heading->node : NULL);
	for (size_t i = 0; i < f->dates_count; i++)
		costs[i] = cost_of(heading, &f->dates[i], &context);
}
