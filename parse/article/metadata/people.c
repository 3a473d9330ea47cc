#include "parse/article/metadata/people.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "parse/article/metadata/date_text.h"
#include "parse/article/metadata/people_words.h"
#include "parse/article/metadata/words.h"

enum {
	NAME_MIN_BYTES = 2,
	NAME_MAX_BYTES = 80,
	NAME_MAX_WORDS = 7,
	TEXT_MAX = 4096,
};

static struct slice skip(struct slice s, size_t len)
{
	return (struct slice){s.p + len, s.len - len};
}

/* Returns true if text begins with the word, in lower case, which ends
 * there. */
static bool begins_with(struct slice text, const char *word)
{
	const size_t len = strlen(word);
	char lower[64];

	/* Compares the second and third letters first, because this is asked
	 * for each short text of a page. */
	return text.len >= len && len <= sizeof(lower) &&
	       (word[1] & 0x80 || ascii_lower(text.p[1]) == word[1]) &&
	       (!word[2] || word[2] & 0x80 ||
		ascii_lower(text.p[2]) == word[2]) &&
	       words_lower(lower, sizeof(lower), (struct slice){text.p, len}) &&
	       !memcmp(lower, word, len) &&
	       (text.len == len || !words_is_inside(text.p[len]) ||
		(text.len > len + 1 && !memcmp(text.p + len, "\xc2\xa0", 2)));
}

static struct slice without_by(struct slice text)
{
	if (!text.len)
		return text;
	for (const char *const *word = people_by(text); *word; word++) {
		if (!begins_with(text, *word))
			continue;
		text = words_trim(skip(text, strlen(*word)));
		while (text.len && strchr(":-|,/>(", *text.p) && *text.p)
			text = words_trim(skip(text, 1));
		return text;
	}
	return text;
}

struct slice people_after_by(struct slice text)
{
	size_t before;

	text = words_trim(text);
	do {
		before = text.len;
		text = without_by(text);
	} while (text.len < before && text.len);
	return text;
}

bool people_is_by(struct slice text)
{
	text = words_trim(text);
	return text.len && text.len < 64 && !people_after_by(text).len;
}

/* Returns true if the text at s is the end of a sentence with the beginning of
 * a credit: ". Photos:". */
static bool ends_credit(const char *s, size_t left)
{
	size_t i = 2;

	if (left < 4 || s[0] != '.' || s[1] != ' ')
		return false;
	while (i < left && words_is_inside(s[i]))
		i++;
	return i > 2 && i < left && s[i] == ':';
}

/* Returns the length of a separator at s: a character, or a word for "and" with
 * spaces around it; 0: none. */
static size_t separator_length(const char *s, size_t left)
{
	static const char *const marks[] = {
		",", ";", "&", "\n", "|", " / ", " + ", "\xe2\x80\xa2",
		"\xc2\xb7", "、", "，",
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (left >= strlen(marks[i]) &&
		    !memcmp(s, marks[i], strlen(marks[i])))
			return strlen(marks[i]);
	if (ends_credit(s, left))
		return 2;
	if (*s != ' ')
		return 0;
	for (const char *const *word = people_and; *word; word++) {
		const size_t len = strlen(*word);

		if (left > len + 2 && !memcmp(s + 1, *word, len) &&
		    s[len + 1] == ' ')
			return len + 2;
	}
	return 0;
}

/* Returns the text before a parenthesis, unless the name goes on after it:
 * "Robert (Bob) Doe". */
static struct slice without_parenthesis(struct slice text)
{
	const char *open = memchr(text.p, '(', text.len);
	const char *close = open ? memchr(open, ')', text.len -
					  (size_t)(open - text.p)) : NULL;
	const size_t left = close ? text.len - (size_t)(close - text.p) : 0;

	if (!open || (left > 2 && close[1] == ' ' && close[2] >= 'A' &&
		      close[2] <= 'Z'))
		return text;
	text.len = (size_t)(open - text.p);
	return text;
}

/* Returns the text up to what cannot be part of names: a dash between spaces, a
 * parenthesis, or a date. */
static struct slice names_part(struct slice text)
{
	static const char *const ends[] = {
		" - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", "<", " in ",
		" on ", " at ", " for ", " updated", " Updated", " published",
		" Published", " posted ", " last ", " Last ", "[", "\xe2\x80\xba",
		" Posted ", " from ", " via ", "...",
	};
	struct date_text date;

	if (date_text_find(&date, text, 0, MONTH_FIRST)) {
		if (date.start > 8)
			text.len = date.start;
		else
			text = people_after_by(slice_trim(skip(text, date.end),
							  " |-,:/"));
	}
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		const char *end = memmem(text.p, text.len, ends[i],
					 strlen(ends[i]));

		if (end)
			text.len = (size_t)(end - text.p);
	}
	return without_parenthesis(text);
}

static bool is_listed(struct slice name, const char *const *list)
{
	char lower[NAME_MAX_BYTES];
	const struct slice folded = {
		lower, words_lower(lower, sizeof(lower), name),
	};

	for (; *list; list++)
		if (slice_is(folded, *list))
			return true;
	return false;
}

/* Returns true for a URL, a host name or an address of e-mail. */
static bool is_address(struct slice name)
{
	static const char *const marks[] = {"://", "www.", "@", ".com", ".org",
					    ".net", "http"};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (memmem(name.p, name.len, marks[i], strlen(marks[i])))
			return true;
	return false;
}

/* Returns true for the name of a variable that a template did not replace:
 * "page.head.author", "{{author}}". */
static bool is_variable(struct slice name)
{
	size_t dots = 0;

	for (size_t i = 0; i < name.len; i++) {
		if (name.p[i] == ' ')
			return false;
		if (strchr("{}$%", name.p[i]))
			return true;
		dots += name.p[i] == '.';
	}
	return dots > 1;
}

static bool has_letter(struct slice name)
{
	for (size_t i = 0; i < name.len; i++)
		if (ascii_is_letter(name.p[i]) || name.p[i] & 0x80)
			return true;
	return false;
}

static size_t count_words(struct slice name)
{
	struct slice word;
	size_t at = 0, n = 0;

	while (words_next(name, &at, &word))
		n++;
	return n;
}

/* Returns true if a word of the text is a role or a degree. */
static bool has_role(struct slice name)
{
	struct slice word;
	size_t at = 0;

	while (words_next(name, &at, &word))
		if (is_listed(word, people_roles))
			return true;
	return false;
}

/* Returns true if all words are roles: "Contributing Writer". */
static bool is_role(struct slice name)
{
	struct slice word;
	size_t at = 0;

	while (words_next(name, &at, &word))
		if (!is_listed(word, people_roles))
			return false;
	return true;
}

/* Returns true for the text of a degree: "Ph.D.", "MPH". */
static bool is_degree(struct slice name)
{
	char plain[8];
	size_t len = 0;

	for (size_t i = 0; i < name.len; i++) {
		if (name.p[i] == '.' || name.p[i] == ' ')
			continue;
		if (len == sizeof(plain) - 1 || !ascii_is_letter(name.p[i]))
			return false;
		plain[len++] = name.p[i];
	}
	return is_listed((struct slice){plain, len}, people_roles);
}

/* Returns name without an address at its end, or a handle's "@" at its
 * beginning. */
static struct slice without_address(struct slice name)
{
	const char *at, *space;

	if (name.len && *name.p == '@')
		name = skip(name, 1);
	at = memchr(name.p, '@', name.len);
	space = at ? memrchr(name.p, ' ', (size_t)(at - name.p)) : NULL;
	if (space)
		name.len = (size_t)(space - name.p);
	return words_trim(name);
}

/* Returns the name after a label that says that it is the one of who wrote the
 * text; empty if the label says something else. */
static struct slice without_label(struct slice name)
{
	const char *colon = memchr(name.p, ':', name.len);
	const struct slice label = {name.p, colon ? (size_t)(colon - name.p)
						  : 0};

	if (!colon || (colon + 1 < name.p + name.len && colon[1] == '/'))
		return name;
	if (!is_listed(words_trim(label), people_text_credits))
		return (struct slice){"", 0};
	return skip(name, label.len + 1);
}

static struct slice clean(struct slice name)
{
	name = without_label(slice_trim(name, " :"));
	name = people_after_by(without_address(words_trim(name)));
	return words_trim(slice_trim(name, "\"'*:-_,;|()[] ."));
}

/* Returns true if the text may be the name of a person. is_later: the text
 * follows another name, where a role or a degree may stand instead. */
static bool is_name(struct slice name, bool is_later)
{
	return name.len >= NAME_MIN_BYTES && name.len <= NAME_MAX_BYTES &&
	       has_letter(name) && !is_address(name) && !is_variable(name) &&
	       !is_listed(name, people_nobody) &&
	       count_words(name) <= NAME_MAX_WORDS && !is_degree(name) &&
	       !is_role(name) && !(is_later && has_role(name));
}

static bool has_name(const struct people *people, struct slice name)
{
	for (size_t i = 0; i < people->count; i++)
		if (strlen(people->names[i]) == name.len &&
		    !strncasecmp(people->names[i], name.p, name.len))
			return true;
	return false;
}

static void add_name(struct people *people, struct slice name, bool is_later)
{
	name = clean(name);
	if (people->count == PEOPLE_MAX || !is_name(name, is_later) ||
	    has_name(people, name))
		return;
	people->names = xgrow(people->names, people->count, 1,
			      sizeof(*people->names));
	people->names[people->count++] = xmemdup(name.p, name.len);
}

void people_add(struct people *people, struct slice text)
{
	const size_t before = people->count;
	size_t start = 0;

	if (text.len > TEXT_MAX)
		text.len = utf8_valid_prefix(text.p, TEXT_MAX);
	text = names_part(people_after_by(text));
	for (size_t i = 0; i < text.len; i++) {
		const size_t len = separator_length(text.p + i, text.len - i);

		if (!len)
			continue;
		add_name(people, (struct slice){text.p + start, i - start},
			 people->count > before);
		start = i + len;
		i = start - 1;
	}
	add_name(people, skip(text, start), people->count > before);
}

void people_add_inverted(struct people *people, struct slice text)
{
	const char *comma = memchr(text.p, ',', text.len);
	struct buf name = {0};
	struct slice last, first;

	if (!comma || memchr(comma + 1, ',',
			     (size_t)(text.p + text.len - comma) - 1)) {
		people_add(people, text);
		return;
	}
	last = (struct slice){text.p, (size_t)(comma - text.p)};
	first = words_trim(skip(text, last.len + 1));
	if (!is_name(first, true) || count_words(last) > 3) {
		people_add(people, text);
		return;
	}
	buf_add(&name, first.p, first.len);
	buf_addch(&name, ' ');
	buf_add(&name, last.p, last.len);
	people_add(people, slice_of(&name));
	buf_release(&name);
}

void people_release(struct people *people)
{
	for (size_t i = 0; i < people->count; i++)
		free(people->names[i]);
	free(people->names);
	*people = (struct people){0};
}
