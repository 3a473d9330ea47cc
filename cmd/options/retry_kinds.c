/* --retry-failed=timeout,5xx,404 */
#include "cmd/options/retry_kinds.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/job/err.h"
#include "cmd/options/setters.h"
#include "cmd/options/table.h"

static void add_statuses(struct retry_kinds *kinds, unsigned from, unsigned to)
{
	for (; from <= to; from++)
		kinds->statuses[from / 64] |= UINT64_C(1) << from % 64;
}

static bool has_status(const struct retry_kinds *kinds, unsigned status)
{
	return kinds->statuses[status / 64] >> status % 64 & 1;
}

/* Adds "404" or "4xx". Returns false if the word is neither. */
static bool add_status(struct retry_kinds *kinds, struct slice word)
{
	unsigned status;

	if (word.len != 3 || word.p[0] < '1' || word.p[0] > '9')
		return false;
	status = (unsigned)(word.p[0] - '0') * 100;
	if (!strncasecmp(word.p + 1, "xx", 2)) {
		add_statuses(kinds, status, status + 99);
		return true;
	}
	if (!ascii_is_digit(word.p[1]) || !ascii_is_digit(word.p[2]))
		return false;
	status += (unsigned)(word.p[1] - '0') * 10 +
		  (unsigned)(word.p[2] - '0');
	add_statuses(kinds, status, status);
	return true;
}

/* Records of scrape have every kind of error but "cancelled". */
static bool is_kind(enum err err)
{
	return err != ERR_NONE && err != ERR_CANCELLED;
}

static bool add_error(struct retry_kinds *kinds, struct slice word)
{
	for (enum err err = ERR_NONE; err < ERR_COUNT; err++) {
		if (!is_kind(err) || !slice_is(word, err_name(err)))
			continue;
		kinds->errors |= UINT32_C(1) << err;
		return true;
	}
	return false;
}

static int fail_word(const struct option_use *use, struct slice word)
{
	if (word.len)
		buf_addf(use->why, "there is no kind \"%.*s\"; ",
			 word.len < 40 ? (int)word.len : 40, word.p);
	else
		buf_addstr(use->why, "a kind is empty; ");
	buf_addstr(use->why, "kinds are statuses (404), their classes (5xx) "
			     "and errors:");
	for (enum err err = ERR_NONE; err < ERR_COUNT; err++)
		if (is_kind(err))
			buf_addf(use->why, " %s", err_name(err));
	return -1;
}

int opt_retry_failed(const struct option_use *use)
{
	struct retry_kinds *kinds = use->to;
	const char *p = use->value;

	*kinds = (struct retry_kinds){.is_wanted = !use->no, .list = p};
	while (p) {
		const char *end = strchr(p, ',');
		struct slice word = {p, end ? (size_t)(end - p) : strlen(p)};

		word = slice_trim(word, " ");
		if (!add_status(kinds, word) && !add_error(kinds, word))
			return fail_word(use, word);
		p = end ? end + 1 : NULL;
	}
	return 0;
}

/* Returns 0 if the text is not a status. */
static unsigned read_status(struct slice text)
{
	unsigned status = 0;

	if (text.len != 3)
		return 0;
	for (size_t i = 0; i < 3; i++) {
		if (!ascii_is_digit(text.p[i]))
			return 0;
		status = status * 10 + (unsigned)(text.p[i] - '0');
	}
	return status;
}

/* Returns the kind in {"kind":"timeout","message":...}; empty if there is
 * none. */
static struct slice read_kind(struct slice error)
{
	static const char start[] = "{\"kind\":\"";
	const size_t len = strlen(start);
	const char *end;

	if (error.len < len || memcmp(error.p, start, len) != 0)
		return (struct slice){0};
	error.p += len;
	error.len -= len;
	end = memchr(error.p, '"', error.len);
	return (struct slice){error.p, end ? (size_t)(end - error.p) : 0};
}

bool retry_kinds_have(const struct retry_kinds *kinds, struct slice status,
		      struct slice error)
{
	const unsigned code = read_status(status);
	const struct slice kind = read_kind(error);

	if (!kinds->is_wanted)
		return false;
	if (!kinds->list)
		return kind.len > 0 || code >= 400;
	if (has_status(kinds, code))
		return true;
	for (enum err err = ERR_NONE; err < ERR_COUNT; err++)
		if (kinds->errors >> err & 1 && slice_is(kind, err_name(err)))
			return true;
	return false;
}
