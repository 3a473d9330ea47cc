#include "cmd/input/url_pattern.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/slice.h"

/* A piece of the text. A text between patterns is a list of one word. */
struct piece {
	struct slice words;	/* list: separated by commas */
	bool is_range, is_escaped;
	uint64_t from, step;	/* of a range; a letter is its code */
	int width;		/* number of digits if numbers have zeros in
				 * front; 0: they have none */
	bool is_letters;
	uint64_t count, at;	/* number of values, and the present one */
	struct slice word;	/* the present word of a list */
};

struct pattern {
	struct piece *pieces;
	size_t len;
};

/* Reads decimal digits. Returns true and moves *p behind them if there are 1 to
 * 18. */
static bool read_number(const char **p, uint64_t *n)
{
	char *end;

	if (!isdigit((unsigned char)**p))
		return false;
	*n = strtoull(*p, &end, 10);
	if (end - *p > 18)
		return false;
	*p = end;
	return true;
}

static bool read_letter(const char **p, uint64_t *n)
{
	if (!isalpha((unsigned char)**p))
		return false;
	*n = (unsigned char)*(*p)++;
	return true;
}

/* Reads a range at "[". Returns the byte behind it; NULL if it is not a
 * range. */
static const char *read_range(struct piece *r, const char *p)
{
	const char *from = ++p;
	uint64_t to;

	*r = (struct piece){.is_range = true, .step = 1,
			    .is_letters = isalpha((unsigned char)*p)};
	if (!(r->is_letters ? read_letter : read_number)(&p, &r->from))
		return NULL;
	if (*from == '0' && p - from > 1)
		r->width = (int)(p - from);
	if (*p++ != '-' || !(r->is_letters ? read_letter : read_number)(&p, &to))
		return NULL;
	if (*p == ':' && (p++, !read_number(&p, &r->step)))
		return NULL;
	if (*p != ']' || to < r->from || !r->step ||
	    (r->is_letters && (isupper((int)to) != 0) !=
				      (isupper((int)r->from) != 0)))
		return NULL;
	r->count = (to - r->from) / r->step + 1;
	return p + 1;
}

/* Reads a list at "{". Returns the byte behind it; NULL after adding the reason
 * to why. */
static const char *read_list(struct piece *r, const char *p, struct buf *why)
{
	const char *end = p + 1;

	*r = (struct piece){.words.p = p + 1, .count = 1};
	for (; *end != '}'; end++) {
		if (*end == '\\' && end[1]) {
			r->is_escaped = true;
			end++;
			continue;
		}
		if (!*end || *end == '{') {
			buf_addstr(why, "a { has no }; -g takes braces and "
				   "brackets literally");
			return NULL;
		}
		r->count += *end == ',';
	}
	r->words.len = (size_t)(end - r->words.p);
	if (!r->words.len) {
		buf_addstr(why, "{} has no words; -g takes braces and brackets "
			   "literally");
		return NULL;
	}
	return end + 1;
}

/* Returns the length of the text up to the next pattern. A bracket without a
 * range is text. */
static size_t text_length(const char *p, struct piece *text)
{
	struct piece range;
	size_t i = 0;

	for (; p[i] && p[i] != '{'; i++) {
		if (p[i] == '\\' && strchr("{}[]", p[i + 1]) && p[i + 1]) {
			text->is_escaped = true;
			i++;
		} else if (p[i] == '[' && read_range(&range, p + i)) {
			break;
		}
	}
	return i;
}

static void add_piece(struct pattern *pattern, const struct piece *piece)
{
	pattern->pieces = xgrow(pattern->pieces, pattern->len, 1,
				sizeof(*pattern->pieces));
	pattern->pieces[pattern->len++] = *piece;
}

/* Returns the word of the list that begins there. A text is one word. */
static struct slice word_at(const struct piece *r, const char *begin)
{
	const char *p = begin, *end = r->words.p + r->words.len;

	if (r->count == 1)
		return r->words;
	for (; p < end && *p != ','; p++)
		if (*p == '\\')
			p++;
	return (struct slice){begin, (size_t)(p - begin)};
}

/* Splits the text into pieces, and checks their combinations. */
static int split(struct pattern *pattern, const char *p, struct buf *why)
{
	uint64_t combinations = 1;

	while (*p) {
		struct piece piece = {.count = 1, .words.p = p};

		piece.words.len = text_length(p, &piece);
		if (piece.words.len)
			p += piece.words.len;
		else if (*p == '[')
			p = read_range(&piece, p);
		else
			p = read_list(&piece, p, why);
		if (!p)
			return -1;
		piece.word = word_at(&piece, piece.words.p);
		add_piece(pattern, &piece);
		if (piece.count > URL_PATTERN_MAX ||
		    (combinations *= piece.count) > URL_PATTERN_MAX) {
			buf_addf(why, "stands for more than %d URLs; write them "
				 "into a file", URL_PATTERN_MAX);
			return -1;
		}
	}
	return 0;
}

/* Moves to the next value. Returns false, at the first one again, behind the
 * last one. */
static bool next_value(struct piece *r)
{
	const bool goes_on = ++r->at < r->count;

	if (!r->is_range)
		r->word = word_at(r, goes_on ? r->word.p + r->word.len + 1
					     : r->words.p);
	if (!goes_on)
		r->at = 0;
	return goes_on;
}

static void add_word(struct buf *out, struct slice word)
{
	for (size_t i = 0; i < word.len; i++) {
		if (word.p[i] == '\\' && i + 1 < word.len &&
		    strchr("{}[],", word.p[i + 1]))
			i++;
		buf_addch(out, word.p[i]);
	}
}

static void add_value(struct buf *out, const struct piece *r)
{
	const uint64_t n = r->from + r->at * r->step;

	if (r->is_letters) {
		buf_addch(out, (char)n);
	} else if (r->is_range) {
		buf_addf(out, "%0*" PRIu64, r->width, n);
	} else if (r->is_escaped) {
		add_word(out, r->word);
	} else {
		buf_add(out, r->word.p, r->word.len);
	}
}

/* Moves to the next combination. Returns false behind the last one. */
static bool advance(struct pattern *pattern)
{
	for (size_t i = pattern->len; i-- > 0;)
		if (next_value(&pattern->pieces[i]))
			return true;
	return false;
}

int url_pattern_expand(const char *text, void (*on_url)(void *ctx, char *url),
		       void *ctx, struct buf *why)
{
	struct pattern pattern = {0};
	int err = split(&pattern, text, why);

	if (!err) {
		do {
			struct buf url = {0};

			for (size_t i = 0; i < pattern.len; i++)
				add_value(&url, &pattern.pieces[i]);
			on_url(ctx, buf_detach(&url));
		} while (advance(&pattern));
	}
	free(pattern.pieces);
	return err;
}
