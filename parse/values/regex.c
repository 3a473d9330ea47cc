/* Calls PCRE2, and counts the work of a whole search: see
 * parse/values/regex.h. */
#include "parse/values/regex.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/mem.h"
#include "base/utf8.h"

enum {
	MAX_WORK = 20000000,	/* maximum number of items tried plus bytes
				 * moved over */
	MAX_FRAMES_KB = 64 << 10,	/* kilobytes of memory for
					 * backtracking */
	MAX_DEPTH = 1000000,	/* depth of backtracking */
};

struct pattern {
	pcre2_code *code;
	pcre2_match_context *limits;
	unsigned groups;
};

/* Work of the search that runs in this thread. */
static _Thread_local struct {
	size_t done;
	size_t position;		/* position in the text of the previous
					 * item */
} work;

static int on_item(pcre2_callout_block *item, void *user)
{
	const size_t here = item->current_position;

	(void)user;
	work.done += 1 + (here > work.position ? here - work.position
						 : work.position - here);
	work.position = here;
	return work.done > MAX_WORK ? PCRE2_ERROR_MATCHLIMIT : 0;
}

/* Sets *options. Returns 0, or the first unknown flag. */
static char options_of(const char *flags, uint32_t *options)
{
	for (; *flags; flags++)
		switch (*flags) {
		case 'i':
			*options |= PCRE2_CASELESS;
			break;
		case 'm':
			*options |= PCRE2_MULTILINE;
			break;
		case 's':
			*options |= PCRE2_DOTALL;
			break;
		case 'x':
			*options |= PCRE2_EXTENDED;
			break;
		default:
			return *flags;
		}
	return 0;
}

static pcre2_match_context *limits_new(void)
{
	pcre2_match_context *limits =
		mem_must(pcre2_match_context_create(NULL));

	pcre2_set_match_limit(limits, MAX_WORK);
	pcre2_set_depth_limit(limits, MAX_DEPTH);
	pcre2_set_heap_limit(limits, MAX_FRAMES_KB);
	pcre2_set_callout(limits, on_item, NULL);
	return limits;
}

/* Returns the offset of the next character after the one at `at`. */
static size_t next_place(struct slice text, size_t at)
{
	do
		at++;
	while (at < text.len && (text.p[at] & 0xc0) == 0x80);
	return at;
}

/* Moves *from past a match. After an empty match, *from moves by one character,
 * because the same match would be found forever. */
static void move_past(struct slice text, size_t *from, const size_t *ends)
{
	if (ends[1] > ends[0] && ends[1] > *from)
		*from = ends[1];
	else
		*from = next_place(text, ends[1] > *from ? ends[1] : *from);
}

/* Searches the first match from *from on. Returns a positive number for a
 * match. Adds to the work of the current search. */
static int match_pattern(const struct pattern *p, struct slice text,
			 size_t from, pcre2_match_data *data)
{
	/* Without PCRE2_NO_UTF_CHECK, PCRE2 would validate the whole text at
	 * each match. */
	work.position = from;
	return pcre2_match(p->code, (PCRE2_SPTR)text.p, text.len, from,
			   PCRE2_NO_UTF_CHECK, data, p->limits);
}

static pcre2_match_data *data_new(const struct pattern *p)
{
	work.done = 0;
	return mem_must(pcre2_match_data_create_from_pattern(p->code, NULL));
}

/* Returns true if the text is valid UTF-8. PCRE2 does not check the text (see
 * match_pattern()) and could misbehave with invalid UTF-8. */
static bool is_utf8(struct slice text)
{
	return utf8_valid_prefix(text.p, text.len) == text.len;
}

/* Returns the number of the group that s, the text after "$", begins with; two
 * digits are read only if there is a group with that number. Returns -1 if
 * there is none. */
static int group_in(struct slice s, unsigned groups, size_t *digits)
{
	int number = -1;

	for (size_t i = 0; i < s.len && i < 2; i++) {
		const int next = (number < 0 ? 0 : number * 10) + s.p[i] - '0';

		if (s.p[i] < '0' || s.p[i] > '9' || next > (int)groups)
			break;
		number = next;
		*digits = i + 1;
	}
	return number;
}

/* Appends the replacement for one match. Stops when out has more than max
 * bytes. */
static void add_replacement(struct buf *out, size_t max,
			    const struct pattern *p, struct slice text,
			    struct slice by, const size_t *ends)
{
	for (size_t i = 0, digits; i < by.len && out->len <= max; i++) {
		const struct slice rest = {by.p + i + 1, by.len - i - 1};
		int group;

		if (by.p[i] != '$') {
			buf_addch(out, by.p[i]);
		} else if (rest.len && *rest.p == '$') {
			buf_addch(out, '$');
			i++;
		} else if ((group = group_in(rest, p->groups, &digits)) < 0) {
			buf_addch(out, '$');
		} else {
			const size_t *const g = ends + 2 * group;

			if (g[0] != PCRE2_UNSET && g[1] > g[0])
				buf_add(out, text.p + g[0], g[1] - g[0]);
			i += digits;
		}
	}
}

struct pattern *pattern_compile(const char *s, size_t len, const char *flags,
				struct buf *why, size_t *at)
{
	uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_AUTO_CALLOUT |
			   PCRE2_NEVER_BACKSLASH_C, groups = 0;
	struct pattern *p;
	pcre2_code *code;
	PCRE2_UCHAR text[256];
	char unknown;
	int error;

	*at = 0;
	if (flags && (unknown = options_of(flags, &options))) {
		buf_addf(why, "unknown flag '%c' of a regular expression",
			 unknown);
		return NULL;
	}
	code = pcre2_compile((PCRE2_SPTR)(len ? s : ""), len, options, &error,
			     at, NULL);
	if (!code && error == PCRE2_ERROR_HEAP_FAILED)
		mem_exhausted();
	if (!code) {
		pcre2_get_error_message(error, text, sizeof(text));
		buf_addstr(why, (const char *)text);
		if (*at > len)
			*at = len;
		return NULL;
	}
	p = xcalloc(1, sizeof(*p));
	p->code = code;
	p->limits = limits_new();
	pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
	p->groups = groups;
	return p;
}

void pattern_free(struct pattern *p)
{
	if (!p)
		return;
	pcre2_code_free(p->code);
	pcre2_match_context_free(p->limits);
	free(p);
}

unsigned pattern_groups(const struct pattern *p)
{
	return p->groups;
}

enum pattern_result pattern_find_groups(const struct pattern *p,
					struct slice text, size_t *from,
					struct slice *found, size_t max)
{
	pcre2_match_data *data;
	const size_t *ends;
	int code;

	if (!text.len)
		text.p = "";
	if (*from > text.len || (!*from && !is_utf8(text)))
		return PATTERN_NONE;
	data = data_new(p);
	code = match_pattern(p, text, *from, data);
	ends = pcre2_get_ovector_pointer(data);
	for (size_t i = 0; code > 0 && i < max; i++, ends += 2) {
		found[i] = (struct slice){0};
		if (i > p->groups || ends[0] == PCRE2_UNSET)
			continue;
		found[i].p = text.p + ends[0];
		found[i].len = ends[1] > ends[0] ? ends[1] - ends[0] : 0;
	}
	if (code > 0)
		move_past(text, from, pcre2_get_ovector_pointer(data));
	pcre2_match_data_free(data);
	if (code > 0)
		return PATTERN_FOUND;
	return code == PCRE2_ERROR_NOMATCH ? PATTERN_NONE : PATTERN_TOO_MUCH;
}

enum pattern_result pattern_find(const struct pattern *p, struct slice text,
				 size_t *from, struct slice *found)
{
	struct slice groups[2];
	const enum pattern_result result =
		pattern_find_groups(p, text, from, groups, 2);

	if (result != PATTERN_FOUND)
		return result;
	*found = groups[p->groups > 0];
	if (!found->p)
		*found = (struct slice){groups[0].p, 0};
	return PATTERN_FOUND;
}

bool pattern_replace(const struct pattern *p, struct slice text, bool all,
		     struct slice by, struct buf *out)
{
	const size_t start = out->len, max = start + PATTERN_MAX_RESULT;
	size_t from = 0, done = 0;
	pcre2_match_data *data;
	const size_t *ends;
	int found = PCRE2_ERROR_NOMATCH;

	if (!text.len)
		text.p = "";
	if (!is_utf8(text))
		return false;
	data = data_new(p);
	ends = pcre2_get_ovector_pointer(data);
	while (from <= text.len && out->len <= max &&
	       (found = match_pattern(p, text, from, data)) > 0) {
		buf_add(out, text.p + done, ends[0] - done);
		add_replacement(out, max, p, text, by, ends);
		done = ends[1];
		move_past(text, &from, ends);
		if (!all)
			break;
	}
	pcre2_match_data_free(data);
	buf_add(out, text.p + done, text.len - done);
	if ((found > 0 || found == PCRE2_ERROR_NOMATCH) && out->len <= max)
		return true;
	out->len = start;
	return false;
}
