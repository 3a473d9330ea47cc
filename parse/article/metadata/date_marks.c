#include "parse/article/metadata/date_marks.h"

#include <string.h>

#include "base/ascii.h"
#include "parse/article/metadata/date_words.h"
#include "parse/article/metadata/element_text.h"
#include "parse/article/metadata/words.h"
#include "parse/html/html.h"
#include "parse/text/node_text.h"
#include "parse/values/date.h"

enum {
	TEXT_MAX_BYTES = 400,	/* a longer text is a paragraph */
	SENTENCE_MIN_BYTES = 80,	/* a text of that length is a sentence,
					 * if the date is not at its beginning:
					 * in the first BEGINNING_BYTES */
	BEGINNING_BYTES = 25,
	LABEL_MAX_BYTES = 30,
	NEXT_MAX_BYTES = 40,	/* maximum distance of a date from the date of a
				 * change behind it: "8 October 2024, updated 9
				 * October" */
	TIME_MAX_BYTES = 60,	/* maximum length of the text of a <time> */
	ANCESTORS = 3,		/* number of elements whose class may name the
				 * role of a date */
};

/* Reads "2024-10" and "2024". */
static bool read_partial(char iso[DATE_TEXT_MAX], struct slice text)
{
	const bool month = text.len == 7 &&
			   (text.p[4] == '-' || text.p[4] == '/');

	if (text.len != 4 && !month)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (i != 4 && !ascii_is_digit(text.p[i]))
			return false;
	if (month && (memcmp(text.p + 5, "01", 2) < 0 ||
		      memcmp(text.p + 5, "12", 2) > 0))
		return false;
	memcpy(iso, text.p, text.len);
	iso[text.len] = '\0';
	if (month)
		iso[4] = '-';
	return true;
}

/* Writes the date of a text as date_marks_read() does. *ambiguous: as in struct
 * date_text. */
static bool read_marked(char iso[DATE_TEXT_MAX], bool *ambiguous,
			struct slice text, enum day_order order)
{
	struct buf json = {0};
	struct date_text found;
	bool good;

	*ambiguous = false;
	text = words_trim(text);
	if (read_partial(iso, text))
		return true;
	good = date_read(&json, text) && json.len - 2 < DATE_TEXT_MAX;
	if (good) {
		memcpy(iso, json.data + 1, json.len - 2);
		iso[json.len - 2] = '\0';
	} else if (date_text_find(&found, text, 0, order)) {
		memcpy(iso, found.iso, sizeof(found.iso));
		*ambiguous = found.ambiguous;
		good = true;
	}
	buf_release(&json);
	return good;
}

bool date_marks_read(char iso[DATE_TEXT_MAX], struct slice text,
		     enum day_order order)
{
	bool ambiguous;

	return read_marked(iso, &ambiguous, text, order);
}

/* Sets the role of a date from the classes of the elements around it. */
static void judge_by_class(struct date_finding *d, const xmlNode *n)
{
	static const char *const published[] = {"published", "publish",
						"posted", "pubdate", "created",
						NULL};
	static const char *const modified[] = {"updated", "modified", "update",
					       "revised", "changed", NULL};
	static const char *const date[] = {"date", "time", "timestamp",
					   "datetime", "dateline", "meta",
					   "byline", NULL};
	struct buf scratch = {0};

	for (int i = 0; n && i < ANCESTORS && d->role == DATE_UNKNOWN;
	     i++, n = n->parent) {
		const char *value = text_attribute(n, "class", &scratch);

		if (!value)
			continue;
		if (words_have_part(value, published))
			d->role = DATE_PUBLISHED;
		else if (words_have_part(value, modified))
			d->role = DATE_MODIFIED;
		if (words_have_part(value, date) || d->role != DATE_UNKNOWN)
			d->labelled = true;
	}
	buf_release(&scratch);
}

/* Returns the text node before, if it can be a label ("Last updated:"): it is
 * short. */
static struct slice label_before(const struct walk *w)
{
	return w->before.len <= LABEL_MAX_BYTES ? w->before
						: (struct slice){"", 0};
}

/* Sets the role of a date from the text before it. Returns false if the date is
 * not one of the page. */
static bool judge_by_text(struct date_finding *d, struct slice before)
{
	switch (date_label_of(before)) {
	case DATE_LABEL_FIRST:
		d->first = true;
		/* fall through */
	case DATE_LABEL_PUBLISHED:
		d->role = DATE_PUBLISHED;
		break;
	case DATE_LABEL_MODIFIED:
		d->role = DATE_MODIFIED;
		break;
	case DATE_LABEL_OTHER:
		return false;
	case DATE_LABEL_NONE:
		return true;
	}
	d->labelled = true;
	return true;
}

/* Returns the next free finding, at this node; NULL: the limit is reached. */
static struct date_finding *next_finding(struct walk *w, const xmlNode *n)
{
	struct date_finding *d;

	if (w->f->dates_count == DATES_MAX)
		return NULL;
	d = &w->f->dates[w->f->dates_count];
	*d = (struct date_finding){.node = n, .at = w->at};
	return d;
}

void date_marks_itemprop(struct walk *w, const xmlNode *n,
			 const char *itemprop, const char *value)
{
	const struct slice name = {itemprop, strlen(itemprop)};
	const bool modified = ascii_is(name, "datemodified");
	struct date_finding *d;

	if (!modified && !ascii_is(name, "datepublished") &&
	    !ascii_is(name, "datecreated"))
		return;
	d = next_finding(w, n);
	if (!d || !date_marks_read(d->iso, (struct slice){value, strlen(value)},
				   w->order))
		return;
	d->place = DATE_IN_ITEMPROP;
	d->role = modified ? DATE_MODIFIED : DATE_PUBLISHED;
	d->labelled = true;
	w->f->dates_count++;
}

/* Reads the text of a <time>: the meaning of the date, and the day. If the
 * attribute is in UTC and has the day before or after, the day of the text
 * replaces it. */
static void read_time_text(struct walk *w, struct date_finding *d,
			   const xmlNode *n)
{
	struct buf shown = {0};
	struct slice label;
	struct date_text found;
	int apart = 0;

	element_text(&shown, n, TIME_MAX_BYTES);
	label = slice_of(&shown);
	if (date_text_find(&found, label, 0, w->order)) {
		label.len = found.start;
		apart = date_text_day(found.iso) - date_text_day(d->iso);
	}
	if ((apart == 1 || apart == -1) && strchr(d->iso, 'Z'))
		memcpy(d->iso, found.iso, sizeof(found.iso));
	if (d->role == DATE_UNKNOWN)
		judge_by_text(d, label);
	buf_release(&shown);
}

/* Returns the machine-readable date of a <time>, or of an element of scripts
 * such as <relative-time> and <faceplate-timeago ts="...">. */
static const char *time_attribute(const xmlNode *n, struct buf *scratch)
{
	const char *value = text_attribute(n, "datetime", scratch);

	return value || html_is(n, N_TIME) ? value
					   : text_attribute(n, "ts", scratch);
}

void date_marks_time(struct walk *w, const xmlNode *n)
{
	struct buf scratch[2] = {0};
	const char *value = time_attribute(n, &scratch[0]);
	const char *itemprop = text_attribute(n, "itemprop", &scratch[1]);
	const size_t before = w->f->dates_count;
	struct date_finding *d;

	if (value && itemprop)
		date_marks_itemprop(w, n, itemprop, value);
	d = value && w->f->dates_count == before ? next_finding(w, n) : NULL;
	if (d && read_marked(d->iso, &d->ambiguous,
			     (struct slice){value, strlen(value)}, w->order)) {
		d->place = DATE_IN_TIME;
		if (judge_by_text(d, label_before(w))) {
			read_time_text(w, d, n);
			if (d->role == DATE_UNKNOWN)
				judge_by_class(d, n);
			w->f->dates_count++;
		}
	}
	if (w->f->dates_count > before)
		w->time = n;
	buf_release(&scratch[0]);
	buf_release(&scratch[1]);
}

/* Returns true if the digit at i is one of four in sequence, from 1900 to
 * 2199. */
static bool is_in_year(struct slice text, size_t i)
{
	size_t end = i;

	while (i && ascii_is_digit(text.p[i - 1]))
		i--;
	while (end < text.len && ascii_is_digit(text.p[end]))
		end++;
	return end - i == 4 && (!memcmp(text.p + i, "19", 2) ||
				!memcmp(text.p + i, "20", 2) ||
				!memcmp(text.p + i, "21", 2));
}

/* Returns true if the text may have a year, one digit of which is the fourth
 * byte of the text, the eighth, or the like. */
static bool may_have_year(struct slice text)
{
	for (size_t i = 3; i < text.len; i += 4)
		if (ascii_is_digit(text.p[i]) && is_in_year(text, i))
			return true;
	return false;
}

/* Adds a date of a text. before: the part of the text between the previous date
 * and this one. A date inside of a sentence is a date of the page only if the
 * sentence says so. */
static void add_text_date(struct walk *w, const xmlNode *n,
			  const struct date_text *found, struct slice text,
			  struct slice before)
{
	struct date_finding *d = next_finding(w, n);

	if (!d)
		return;
	memcpy(d->iso, found->iso, sizeof(d->iso));
	d->ambiguous = found->ambiguous;
	d->place = html_is(n->parent, N_TIME) ? DATE_IN_TIME : DATE_IN_TEXT;
	d->at = w->at + found->start;
	if (!judge_by_text(d, before.len ? before : label_before(w)))
		return;
	if (!d->labelled && text.len >= SENTENCE_MIN_BYTES &&
	    found->start >= BEGINNING_BYTES)
		return;
	if (d->role == DATE_UNKNOWN)
		judge_by_class(d, n->parent);
	w->f->days_first |= found->written == DAY_FIRST;
	w->f->months_first |= found->written == MONTH_FIRST;
	w->f->dates_count++;
}

void date_marks_text(struct walk *w, const xmlNode *n, struct slice text)
{
	struct date_text found;
	size_t from = 0;

	if (text.len > TEXT_MAX_BYTES || n->parent == w->time ||
	    w->f->dates_count == DATES_MAX || !may_have_year(text))
		return;
	while (date_text_find(&found, text, from, w->order)) {
		add_text_date(w, n, &found, text,
			      (struct slice){text.p + from,
					     found.start - from});
		from = found.end;
	}
}

/* Exchanges day and month. */
static void exchange(char iso[DATE_TEXT_MAX])
{
	char month[2];

	memcpy(month, iso + 5, 2);
	memcpy(iso + 5, iso + 8, 2);
	memcpy(iso + 8, month, 2);
}

/* Returns true if another date of the page, which is not ambiguous, is the same
 * day. */
static bool is_confirmed(const struct findings *f, const char *iso)
{
	for (size_t i = 0; i < f->dates_count; i++)
		if (!f->dates[i].ambiguous &&
		    !strncmp(f->dates[i].iso, iso, 10))
			return true;
	return false;
}

/* Reads an ambiguous date, which was read with the month first, with the day
 * first if days_first is true, or if another date is only then the same day. */
static void settle_order(const struct findings *f, struct date_finding *d,
			 bool days_first)
{
	bool confirmed = is_confirmed(f, d->iso);

	exchange(d->iso);
	if (days_first || (!confirmed && is_confirmed(f, d->iso)))
		return;
	exchange(d->iso);
}

void date_marks_settle(struct findings *f)
{
	const enum day_order order = findings_day_order(f);
	const bool days_first = slice_is(slice_of(&f->language), "en") &&
				f->days_first && !f->months_first;

	for (size_t i = 0; i < f->dates_count; i++) {
		struct date_finding *d = &f->dates[i];

		if (d->ambiguous && order == MONTH_FIRST)
			settle_order(f, d, days_first);
		if (i + 1 < f->dates_count && d->role == DATE_UNKNOWN &&
		    d[1].role == DATE_MODIFIED &&
		    d[1].at - d->at <= NEXT_MAX_BYTES &&
		    strcmp(d->iso, d[1].iso) <= 0)
			d->role = DATE_PUBLISHED;
	}
}
