#include "parse/article/metadata/dates.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/json/string.h"
#include "base/timestamp.h"
#include "parse/article/metadata/date_costs.h"
#include "parse/article/metadata/date_marks.h"
#include "parse/article/metadata/words.h"

enum {
	NEAR = 800,		/* cost of a date that is surely the page's */
	NEAR_INSTEAD = 1000,	/* NEAR if the page shows no other date */
	BEHIND = 400,		/* difference between the costs of the best date
				 * and one that is not the page's */
};

struct chooser {
	const struct findings *f;
	const struct json_item *item;
	const char *url;
	char latest[DATE_TEXT_MAX];	/* the last day that is not in the
					 * future anywhere in the world */
	enum day_order order;
	const struct buf *modified;	/* the date of the last change */
	size_t costs[DATES_MAX];	/* costs of the dates in the page */
};

/* Returns true if a date is before 1990, or in the future. */
static bool is_doubtful(const struct chooser *c, const char *iso)
{
	const size_t len = strcspn(iso, "T");

	return strncmp(iso, "1990", 4) < 0 ||
	       strncmp(iso, c->latest, len < 10 ? len : 10) > 0;
}

/* Returns true if a visible date is that of publication, or of unknown role. */
static bool may_be_published(const struct date_finding *d)
{
	return d->place != DATE_IN_ITEMPROP && d->role != DATE_MODIFIED;
}

/* Returns the cost from which on a date near the title is likely that of
 * something else, such as the texts that a forum's post quotes. */
static size_t shown_limit(const struct chooser *c)
{
	size_t limit = DATE_FAR;

	for (size_t i = 0; i < c->f->dates_count; i++)
		if (may_be_published(&c->f->dates[i]) &&
		    c->costs[i] < limit - BEHIND)
			limit = c->costs[i] + BEHIND;
	return limit;
}

/* Returns true if the page shows the same day near the title. as_modified:
 * counts also if the page calls that day the one of the last change. */
static bool is_shown(const struct chooser *c, const char *iso,
		     bool as_modified)
{
	const size_t limit = shown_limit(c);

	for (size_t i = 0; i < c->f->dates_count; i++) {
		const struct date_finding *d = &c->f->dates[i];

		if (c->costs[i] < limit && !strncmp(d->iso, iso, 10) &&
		    (may_be_published(d) ||
		     (as_modified && d->place != DATE_IN_ITEMPROP)))
			return true;
	}
	return false;
}

/* Reads a date that is not visible in the page. */
static bool read_date(const struct chooser *c, struct slice text,
		      char iso[DATE_TEXT_MAX])
{
	return text.len && date_marks_read(iso, text, c->order) &&
	       (!is_doubtful(c, iso) || is_shown(c, iso, false));
}

static bool read_json(const struct chooser *c, struct slice value,
		      char iso[DATE_TEXT_MAX])
{
	struct buf text = {0};
	bool good;

	json_items_name(&c->f->json, &text, value);
	good = read_date(c, slice_of(&text), iso);
	buf_release(&text);
	return good;
}

/* Returns true if a date may be of this role. A date of unknown role may be
 * that of publication. */
static bool has_role(const struct date_finding *d, enum date_role role)
{
	return d->role == role ||
	       (d->role == DATE_UNKNOWN && role == DATE_PUBLISHED);
}

/* Returns the date of a role with the lowest cost. */
static const struct date_finding *best_date(const struct chooser *c,
					    enum date_role role,
					    bool itemprop, size_t *cost)
{
	const struct date_finding *best = NULL;

	*cost = SIZE_MAX;
	for (size_t i = 0; i < c->f->dates_count; i++) {
		const struct date_finding *d = &c->f->dates[i];

		if (has_role(d, role) && c->costs[i] < *cost &&
		    (d->place == DATE_IN_ITEMPROP) == itemprop &&
		    !is_doubtful(c, d->iso)) {
			best = d;
			*cost = c->costs[i];
		}
	}
	return best;
}

/* Returns true if the date may be compared with one of that role: a date
 * without a role may be compared with all. */
static bool is_rival(const struct date_finding *d, enum date_role role)
{
	return d->role == role || role == DATE_UNKNOWN;
}

/* Returns true if all dates of the role of this one are of the same day. If the
 * page does not say its role, it must be the only date of an article. */
static bool is_only_one(const struct chooser *c, const struct date_finding *d)
{
	for (size_t i = 0; i < c->f->dates_count; i++)
		if (is_rival(&c->f->dates[i], d->role) &&
		    c->costs[i] != SIZE_MAX &&
		    strncmp(c->f->dates[i].iso, d->iso, 10))
			return false;
	return d->role != DATE_UNKNOWN || findings_are_of_article(c->f, c->item);
}

/* Finds a date of a role in the page. One far from the title is taken only if
 * it is the only one of its role. */
static bool from_page(const struct chooser *c, enum date_role role,
		      bool itemprop, char iso[DATE_TEXT_MAX])
{
	size_t cost;
	const struct date_finding *best = best_date(c, role, itemprop, &cost);

	if (!best || (cost >= DATE_FAR && !is_only_one(c, best)))
		return false;
	memcpy(iso, best->iso, DATE_TEXT_MAX);
	return true;
}

static bool from_itemprop(const struct chooser *c, char iso[DATE_TEXT_MAX])
{
	return from_page(c, DATE_PUBLISHED, true, iso);
}

/* Takes the day of the first publication, if the page names no other one. */
static bool from_first(const struct chooser *c, char iso[DATE_TEXT_MAX])
{
	for (size_t i = 0; i < c->f->dates_count; i++) {
		const struct date_finding *d = &c->f->dates[i];

		if (!d->first || c->costs[i] == SIZE_MAX ||
		    is_doubtful(c, d->iso) || !is_only_one(c, d))
			continue;
		memcpy(iso, d->iso, DATE_TEXT_MAX);
		return true;
	}
	return false;
}

static bool from_text(const struct chooser *c, char iso[DATE_TEXT_MAX])
{
	return from_first(c, iso) || from_page(c, DATE_PUBLISHED, false, iso);
}

/* Returns true if the page probably has a date of publication that it does not
 * show: a meta element has the date of the last change, or says that the page
 * is an article, and JSON-LD does not mention the article. */
static bool is_date_withheld(const struct chooser *c)
{
	return c->f->meta[META_MODIFIED].len ||
	       (findings_are_of_article(c->f, NULL) &&
		!(c->item && c->item->rank == JSON_ITEM_ARTICLE));
}

/* Takes the date of the last change, if the page shows it near its title. */
static bool from_modified(const struct chooser *c, char iso[DATE_TEXT_MAX])
{
	size_t cost;
	const struct date_finding *shown =
		best_date(c, DATE_MODIFIED, false, &cost);

	if (!shown || cost >= DATE_FAR || is_date_withheld(c))
		return false;
	memcpy(iso, shown->iso, DATE_TEXT_MAX);
	return true;
}

/* Returns true if b, a date of the page, may be a, a hidden one: it is in UTC
 * and one day apart at most, or the numbers of day and month are exchanged
 * because they were read in the wrong order. */
static bool may_be_same(const char *a, const char *b)
{
	const int apart = date_text_day(a) - date_text_day(b);

	return (apart >= -1 && apart <= 1 && strchr(b, 'Z')) ||
	       (strlen(a) >= 10 && strlen(b) >= 10 && !strncmp(a, b, 5) &&
		!strncmp(a + 5, b + 8, 2) && !strncmp(a + 8, b + 5, 2));
}

/* Returns true if the date is that of the last change. */
static bool is_modified_day(const struct chooser *c, const char *iso)
{
	return c->modified->len >= 10 &&
	       !strncmp(c->modified->data, iso, 10);
}

/* Returns true if the date is more than a day after the last change, so that it
 * is likely the day on which the page was sent. */
static bool is_after_change(const struct chooser *c, const char *iso)
{
	char change[] = "YYYY-MM-DD";

	if (c->modified->len < strlen(change))
		return false;
	memcpy(change, c->modified->data, strlen(change));
	return date_text_day(iso) - date_text_day(change) > 1;
}

/* Returns true if the date of publication is known from JSON-LD or itemprop
 * alone: no meta element has the same day. */
static bool is_unconfirmed(const struct chooser *c, const char *iso,
			   const char *source)
{
	char meta[DATE_TEXT_MAX];

	return (!strcmp(source, "json-ld") || !strcmp(source, "itemprop")) &&
	       !(read_date(c, slice_of(&c->f->meta[META_DATE]), meta) &&
		 !strncmp(meta, iso, 10));
}

/* A date that the page shows. */
struct shown {
	const struct date_finding *date;	/* NULL if there is none */
	size_t cost;
};

static struct shown shown_date(const struct chooser *c, enum date_role role)
{
	struct shown shown;

	shown.date = best_date(c, role, false, &shown.cost);
	return shown;
}

/* Returns true if a shown date is the only one that the page calls the date of
 * publication, and is before the date iso. */
static bool is_earlier_publication(const struct chooser *c,
				   const struct shown *shown, const char *iso)
{
	return shown->date && shown->date->role == DATE_PUBLISHED &&
	       strncmp(shown->date->iso, iso, 10) < 0 &&
	       is_only_one(c, shown->date);
}

/* Replaces a date by a shown one, unless they may be the same. */
static const char *replace(char iso[DATE_TEXT_MAX], const char *source,
			   const struct date_finding *shown,
			   const char *shown_source)
{
	if (may_be_same(iso, shown->iso))
		return source;
	memcpy(iso, shown->iso, DATE_TEXT_MAX);
	return shown_source;
}

/* Replaces a date that readers do not see by the date that the page shows near
 * the title. A date that readers do not see is often the time of a migration or
 * of a build, and its day is in UTC. The date of the last change is taken only
 * if no meta element confirms the date that readers do not see. */
static const char *prefer_shown(const struct chooser *c,
				char iso[DATE_TEXT_MAX], const char *source)
{
	struct shown day = shown_date(c, DATE_PUBLISHED);
	struct shown change = {NULL, SIZE_MAX};

	if (is_shown(c, iso, !day.date || day.date->role != DATE_PUBLISHED))
		return source;
	if (is_modified_day(c, iso) && is_earlier_publication(c, &day, iso))
		return replace(iso, source, day.date, "text");
	if (is_unconfirmed(c, iso, source))
		change = shown_date(c, DATE_MODIFIED);
	if (day.date && is_modified_day(c, day.date->iso)) {
		if (day.cost < change.cost && is_unconfirmed(c, iso, source))
			change = day;
		day.date = NULL;
	}
	if (day.date && is_after_change(c, day.date->iso))
		day.date = NULL;
	if (change.date && change.cost < NEAR_INSTEAD &&
	    !(day.date && day.cost < change.cost))
		return replace(iso, source, change.date, "modified");
	return day.date && day.cost < NEAR
		       ? replace(iso, source, day.date, "text") : source;
}

/* Reads the dates of the main item, or else of those about the page. */
static bool from_json(const struct chooser *c, char iso[DATE_TEXT_MAX])
{
	if (c->item && (read_json(c, c->item->published, iso) ||
			read_json(c, c->item->created, iso)))
		return true;
	for (size_t i = 0; i < c->f->json.count; i++) {
		const struct json_item *item = &c->f->json.list[i];

		if (item->rank == JSON_ITEM_PAGE &&
		    read_json(c, item->published, iso))
			return true;
	}
	return false;
}

static bool from_meta(const struct chooser *c, char iso[DATE_TEXT_MAX])
{
	return read_date(c, slice_of(&c->f->meta[META_DATE]), iso);
}

/* Reads "/2024/10/08/" or "/2024-10-08" in the path of a URL. */
static bool read_path(struct slice path, char iso[DATE_TEXT_MAX])
{
	struct date_text found;

	for (size_t i = 0; i + 9 < path.len; i++) {
		if (path.p[i] != '/' || !ascii_is_digit(path.p[i + 1]))
			continue;
		if (!date_text_find(&found, path, i + 1, DAY_ORDER_UNKNOWN) ||
		    found.start != i + 1)
			continue;
		memcpy(iso, found.iso, sizeof(found.iso));
		return true;
	}
	return false;
}

static bool from_url(const struct chooser *c, char iso[DATE_TEXT_MAX])
{
	struct slice s = slice_of(&c->f->canonical);
	bool found = read_path(s, iso);

	if (!found && c->url)
		found = read_path(words_clip(c->url, META_VALUE_MAX), iso);
	return found && !is_doubtful(c, iso);
}

/* Sources of the date of publication, the first that has one counts. */
static const struct {
	const char *name;
	bool (*find)(const struct chooser *c, char iso[DATE_TEXT_MAX]);
	bool shown;	/* readers see the date */
} sources[] = {
	{"json-ld", from_json, false}, {"meta", from_meta, false},
	{"itemprop", from_itemprop, false}, {"text", from_text, true},
	{"url", from_url, false}, {"modified", from_modified, true},
};

static void choose_modified(const struct chooser *c, struct buf *out)
{
	char iso[DATE_TEXT_MAX];

	if ((c->item && read_json(c, c->item->modified, iso)) ||
	    read_date(c, slice_of(&c->f->meta[META_MODIFIED]), iso) ||
	    from_page(c, DATE_MODIFIED, true, iso) ||
	    from_page(c, DATE_MODIFIED, false, iso))
		buf_addstr(out, iso);
}

const char *dates_choose(const struct findings *f,
			 const struct json_item *item,
			 const struct heading *heading, const char *url,
			 int64_t now, struct buf *date, struct buf *modified)
{
	const struct calendar_day day = calendar_day_of(now + 1);
	struct chooser c = {
		.f = f, .item = item, .url = url,
		.order = findings_day_order(f), .modified = modified,
	};
	const char *source;
	char iso[DATE_TEXT_MAX];

	snprintf(c.latest, sizeof(c.latest), "%04d-%02d-%02d", day.year,
		 day.month, day.day);
	date_costs_set(c.costs, f, heading);
	choose_modified(&c, modified);
	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
		if (!sources[i].find(&c, iso))
			continue;
		source = sources[i].shown
				 ? sources[i].name
				 : prefer_shown(&c, iso, sources[i].name);
		buf_addstr(date, iso);
		return source;
	}
	return NULL;
}
