/*
 * Splits the text into numbers and words, and looks around each number that can
 * be a year. The parts of the date are then put together as an ISO 8601 date.
 */
#include "parse/article/metadata/date_text.h"

#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/timestamp.h"
#include "parse/article/metadata/months.h"
#include "parse/article/metadata/words.h"

enum { TOKENS_MAX = 128, TEXT_MAX = 600 };

/* A word, or a number of at most four digits. */
struct token {
	struct slice text;
	int number;		/* -1: a word, or a longer number */
	char before;		/* the only byte between this token and the one
				 * before it; 0: nothing; ' ': several bytes
				 * that may stand between the parts of a date;
				 * '!': other bytes */
};

struct tokens {
	struct token list[TOKENS_MAX];
	int count;
};

/* A date found in the tokens. */
struct parts {
	int year, month, day;
	int first, last;	/* indexes of tokens */
	bool ambiguous;
	enum day_order written;
};

static int number_of(struct slice s)
{
	int n = 0;

	if (s.len > 4)
		return -1;
	for (size_t i = 0; i < s.len; i++)
		n = n * 10 + (s.p[i] - '0');
	return n;
}

static bool is_no_break_space(struct slice text, size_t i)
{
	return text.len - i >= 2 && !memcmp(text.p + i, "\xc2\xa0", 2);
}

/* Returns the end of the token at i: digits, or letters. */
static size_t token_end(struct slice text, size_t i)
{
	const bool digits = ascii_is_digit(text.p[i]);

	while (i < text.len && words_is_inside(text.p[i]) &&
	       ascii_is_digit(text.p[i]) == digits &&
	       !is_no_break_space(text, i))
		i++;
	return i;
}

static char gap_of(const char *p, size_t len)
{
	if (len <= 1)
		return len ? *p : '\0';
	for (size_t i = 0; i < len; i++)
		if (!strchr(" ,.-\t\n\r\xc2\xa0", p[i]) || !p[i])
			return '!';
	return ' ';
}

static void split(struct tokens *t, struct slice text)
{
	size_t end = 0;

	t->count = 0;
	for (size_t i = 0; i < text.len && t->count < TOKENS_MAX;) {
		struct token *token = &t->list[t->count];
		size_t next = token_end(text, i);

		if (next == i) {
			i += is_no_break_space(text, i) ? 2 : 1;
			continue;
		}
		token->text = (struct slice){text.p + i, next - i};
		token->number = ascii_is_digit(text.p[i])
					? number_of(token->text) : -1;
		token->before = gap_of(text.p + end, i - end);
		t->count++;
		i = end = next;
	}
}

static bool is_number(const struct tokens *t, int i, size_t max_digits)
{
	return i >= 0 && i < t->count && t->list[i].number > 0 &&
	       t->list[i].text.len <= max_digits;
}

static bool is_word(const struct tokens *t, int i, const char *word)
{
	return i >= 0 && i < t->count && slice_is(t->list[i].text, word);
}

/* Returns true for a word that may stand between the parts of a date, or after
 * the number of a day. */
static bool is_filler(const struct tokens *t, int i)
{
	static const char *const words[] = {
		"st", "nd", "rd", "th", "er", "de", "del", "of", "di", "do",
		"da", "\xc2\xba", "\xc2\xaa", "\xc2\xb0",
	};

	for (size_t w = 0; i >= 0 && w < sizeof(words) / sizeof(*words); w++)
		if (ascii_is(t->list[i].text, words[w]))
			return true;
	return false;
}

/* Returns the index of the token before i that is not a filler; -1: none, or
 * the text between them cannot be inside a date. */
static int step_back(const struct tokens *t, int i)
{
	do {
		if (i <= 0 || t->list[i].before == '!')
			return -1;
		i--;
	} while (is_filler(t, i));
	return i;
}

static int month_at(const struct tokens *t, int i)
{
	return i >= 0 && t->list[i].number < 0
		       ? month_by_name(t->list[i].text) : 0;
}

/* 8 October 2024, October 8, 2024 */
static bool read_named(const struct tokens *t, int year, struct parts *p)
{
	const int second = step_back(t, year);
	const int first = second < 0 ? -1 : step_back(t, second);
	bool day_first;

	if (first < 0)
		return false;
	day_first = t->list[first].number > 0;
	p->first = first;
	p->last = year;
	p->day = t->list[day_first ? first : second].number;
	if (p->day <= 0 || p->day > 31)
		return false;
	p->month = month_at(t, day_first ? second : first);
	if (p->month)
		p->written = day_first ? DAY_FIRST : MONTH_FIRST;
	return p->month;
}

/* 2024 Oct 8 */
static bool read_year_month_day(const struct tokens *t, int year,
				struct parts *p)
{
	if (!is_number(t, year + 2, 2) || t->list[year + 1].before != ' ' ||
	    t->list[year + 2].before != ' ')
		return false;
	p->first = year;
	p->last = year + 2;
	p->month = month_at(t, year + 1);
	p->day = t->list[year + 2].number;
	return p->month;
}

static bool is_separator(char c)
{
	return c == '-' || c == '/' || c == '.';
}

/* 2024-10-08, 2024.10.8; and with signs: 2024年10月8日 */
static bool read_year_first(const struct tokens *t, int year, struct parts *p)
{
	const bool signs =
		(is_word(t, year + 1, "年") && is_word(t, year + 3, "月")) ||
		(is_word(t, year + 1, "년") && is_word(t, year + 3, "월"));
	const int month = signs ? year + 2 : year + 1;
	const int day = signs ? year + 4 : year + 2;

	if (!is_number(t, month, 2) || !is_number(t, day, 2))
		return false;
	if (!signs && (!is_separator(t->list[month].before) ||
		       t->list[month].before != t->list[day].before))
		return false;
	p->first = year;
	p->last = day;
	p->month = t->list[month].number;
	p->day = t->list[day].number;
	return true;
}

/* 08/10/2024, 8.10.2024. With full stops, the day comes first. */
static bool read_year_last(const struct tokens *t, int year,
			   enum day_order order, struct parts *p)
{
	const char separator = t->list[year].before;
	int a, b;

	if (!is_number(t, year - 2, 2) || !is_number(t, year - 1, 2) ||
	    !is_separator(separator) ||
	    t->list[year - 1].before != separator)
		return false;
	a = t->list[year - 2].number;
	b = t->list[year - 1].number;
	if (a > 12)
		p->written = DAY_FIRST;
	else if (b > 12)
		p->written = MONTH_FIRST;
	if (separator == '.' || a > 12)
		order = DAY_FIRST;
	else if (b > 12 || a == b)
		order = MONTH_FIRST;
	else
		p->ambiguous = true;
	p->first = year - 2;
	p->last = year;
	p->month = order == DAY_FIRST ? b : a;
	p->day = order == DAY_FIRST ? a : b;
	return order != DAY_ORDER_UNKNOWN;
}

static bool read_at(const struct tokens *t, int i, enum day_order order,
		    struct parts *p)
{
	if (t->list[i].text.len != 4 || t->list[i].number < 1900 ||
	    t->list[i].number > 2100)
		return false;
	p->year = t->list[i].number;
	p->ambiguous = false;
	p->written = DAY_ORDER_UNKNOWN;
	return read_named(t, i, p) || read_year_first(t, i, p) ||
	       read_year_last(t, i, order, p) || read_year_month_day(t, i, p);
}

/* Writes the date; returns false if there is no such day. */
static bool write_iso(struct date_text *found, const struct parts *p)
{
	if (!calendar_has_day(p->year, p->month, p->day))
		return false;
	snprintf(found->iso, sizeof(found->iso), "%04d-%02d-%02d", p->year,
		 p->month, p->day);
	return true;
}

bool date_text_find(struct date_text *found, struct slice text, size_t from,
		    enum day_order order)
{
	struct tokens t;
	struct parts p = {0};

	if (from >= text.len)
		return false;
	split(&t, (struct slice){text.p + from,
				 text.len - from < TEXT_MAX ? text.len - from
							    : TEXT_MAX});
	for (int i = 0; i < t.count; i++) {
		const struct token *first, *last;

		if (!read_at(&t, i, order, &p) || !write_iso(found, &p))
			continue;
		first = &t.list[p.first];
		last = &t.list[p.last];
		found->start = (size_t)(first->text.p - text.p);
		found->end = (size_t)(last->text.p - text.p) + last->text.len;
		found->ambiguous = p.ambiguous;
		found->written = p.written;
		return true;
	}
	return false;
}

int date_text_day(const char *iso)
{
	int year, month, day;

	if (sscanf(iso, "%4d-%2d-%2d", &year, &month, &day) != 3)
		return 0;
	/* The year begins in March, so that its last day may be 29 February. */
	year -= month < 3;
	month += month < 3 ? 9 : -3;
	return year * 365 + year / 4 - year / 100 + year / 400 +
	       (month * 153 + 2) / 5 + day;
}

enum day_order day_order_of(const char *language)
{
	static const char *const month_first[] = {"en", "en-us", "en_us",
						  "en-ph", "fil", "es-us"};

	if (!language || !*language)
		return DAY_ORDER_UNKNOWN;
	for (size_t i = 0; i < sizeof(month_first) / sizeof(*month_first); i++)
		if (ascii_is((struct slice){language, strlen(language)},
			     month_first[i]))
			return MONTH_FIRST;
	return DAY_FIRST;
}
