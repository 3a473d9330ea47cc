/*
 * Reads records byte by byte and tracks brackets and quotes, so that a line may
 * have any length and its numbers any size. Only the members `time`,
 * `fetched_at`, `ip`, `index` and `error` of the line's own object are special;
 * the same names deeper in the line, or in strings, are data from a page.
 *
 * A line's digest is a polynomial in its bytes, modulo a prime, at a random
 * point that is chosen once per process: two different lines of n bytes have
 * the same digest with a probability of n / 2^61, whatever a server puts into
 * its pages. Digests of the same index are added up, so their order does not
 * matter.
 */
#include "cmd/compare/records.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/mem.h"

#define PRIME ((1ULL << 61) - 1)

enum { BLOCK_BYTES = 256 << 10, NAME_MAX_BYTES = 12 };

/* The state within a line. */
struct position {
	unsigned long depth;
	bool in_string, escaped;
	bool in_name;		/* the string being read is a member's name */
	bool wants_name;	/* the next string will be a member's name */
	char name[NAME_MAX_BYTES];
	size_t name_len;
	/* Flags: the position is inside the value of a volatile member, of
	 * `index`, of `error`, or of the message of `error`. */
	bool in_volatile, in_index, in_error, in_message;
	bool is_begun;		/* the line has at least one byte */
};

struct records {
	uint64_t *digests;	/* sums of line digests by index; 0: no
				 * record */
	size_t len, cap;
	uint64_t others;	/* sum of the digests of lines without an index,
				 * or with one above the limit */
	uint64_t lines;
	uint64_t digest, index;	/* digest and index of the line being read */
	bool has_index;
	struct position at;
};

static uint64_t point;

/* Returns a * b mod 2^61 - 1; both must be less than that. */
static uint64_t multiply(uint64_t a, uint64_t b)
{
	const unsigned __int128 product = (unsigned __int128)a * b;
	uint64_t n = (uint64_t)(product & PRIME) + (uint64_t)(product >> 61);

	if (n >= PRIME)
		n -= PRIME;
	return n;
}

static void digest_byte(struct records *r, unsigned char byte)
{
	/* Add 1, so that no byte counts as 0 and a longer line has another
	 * digest. */
	const uint64_t n = multiply(r->digest, point) + byte + 1;

	r->digest = n >= PRIME ? n - PRIME : n;
}

struct records *records_new(void)
{
	while (point < 256)
		if (getrandom(&point, sizeof(point), 0) != sizeof(point))
			point = 0;
		else
			point %= PRIME;
	return xcalloc(1, sizeof(struct records));
}

void records_free(struct records *r)
{
	if (!r)
		return;
	free(r->digests);
	free(r);
}

static void grow_digests(struct records *r, size_t index)
{
	const size_t before = r->cap;

	if (index < r->cap)
		return;
	r->cap = index + index / 2 + 64;
	r->digests = xrealloc(r->digests, r->cap * sizeof(*r->digests));
	memset(r->digests + before, 0,
	       (r->cap - before) * sizeof(*r->digests));
}

/* Returns the sum to which the digest of the line just read is added. */
static uint64_t *digest_slot(struct records *r)
{
	const size_t index = (size_t)r->index;

	if (!r->has_index || r->index >= RECORDS_INDEX_MAX)
		return &r->others;
	grow_digests(r, index);
	if (index >= r->len)
		r->len = index + 1;
	return &r->digests[index];
}

static void end_line(struct records *r)
{
	if (!r->at.is_begun)
		return;
	/* The sum wraps around. The summand is odd and so never 0: a line
	 * counts differently from no line. */
	*digest_slot(r) += r->digest * 2 + 1;
	r->lines++;
	r->digest = r->index = 0;
	r->has_index = false;
	r->at = (struct position){0};
}

static void step_in_string(struct position *at, char c)
{
	if (at->escaped) {
		at->escaped = false;
	} else if (c == '\\') {
		at->escaped = true;
	} else if (c == '"') {
		at->in_string = at->in_name = false;
		return;
	}
	/* Longer names cannot match any of the special names. */
	if (at->in_name && at->name_len <= sizeof(at->name)) {
		if (at->name_len < sizeof(at->name))
			at->name[at->name_len] = c;
		at->name_len++;
	}
}

static bool name_is(const struct position *at, const char *name)
{
	return at->name_len == strlen(name) &&
	       !memcmp(at->name, name, at->name_len);
}

static void begin_string(struct position *at)
{
	at->in_string = true;
	at->in_name = at->wants_name;
	at->wants_name = false;
	if (at->in_name)
		at->name_len = 0;
}

/* Returns true in objects whose member names matter. */
static bool has_names(const struct position *at)
{
	return at->depth == 1 || (at->depth == 2 && at->in_error);
}

static void end_value(struct position *at)
{
	if (at->depth == 1)
		at->in_volatile = at->in_index = at->in_error = false;
	if (at->depth <= 2)
		at->in_message = false;
}

/* Returns true in members whose values differ from run to run. */
static bool is_volatile(const struct position *at)
{
	return name_is(at, "time") || name_is(at, "fetched_at") ||
	       name_is(at, "ip");
}

static void begin_value(struct records *r)
{
	struct position *at = &r->at;

	if (at->depth == 1) {
		at->in_volatile = is_volatile(at);
		at->in_index = name_is(at, "index") && !r->has_index;
		at->in_error = name_is(at, "error");
	} else if (at->in_error && at->depth == 2) {
		at->in_message = name_is(at, "message");
	}
}

static void step_outside_strings(struct position *at, char c)
{
	switch (c) {
	case '"':
		begin_string(at);
		break;
	case '{':
	case '[':
		at->depth++;
		at->wants_name = has_names(at) && c == '{';
		break;
	case '}':
	case ']':
		end_value(at);
		at->depth -= at->depth > 0;
		break;
	case ',':
		end_value(at);
		at->wants_name = has_names(at);
		break;
	default:
		break;
	}
}

/* Processes one byte other than a line end. */
static void step_byte(struct records *r, char c)
{
	struct position *at = &r->at;

	at->is_begun = true;
	if (at->in_string)
		step_in_string(at, c);
	else
		step_outside_strings(at, c);
	if (!at->in_volatile && !at->in_message)
		digest_byte(r, (unsigned char)c);
	if (at->in_index && c >= '0' && c <= '9' &&
	    r->index < RECORDS_INDEX_MAX) {
		r->index = r->index * 10 + (uint64_t)(c - '0');
		r->has_index = true;
	}
	if (c == ':' && !at->in_string)
		begin_value(r);
}

void records_add(struct records *r, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (bytes[i] == '\n')
			end_line(r);
		else
			step_byte(r, bytes[i]);
	}
}

static int add_from_descriptor(struct records *r, int fd)
{
	char *block = xmalloc(BLOCK_BYTES);
	ssize_t len;
	int err = 0;

	while ((len = read(fd, block, BLOCK_BYTES)) != 0) {
		if (len > 0) {
			records_add(r, block, (size_t)len);
		} else if (errno != EINTR) {
			err = errno;
			break;
		}
	}
	end_line(r);
	free(block);
	return err;
}

int records_add_file(struct records *r, const char *path, struct buf *why)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	const int err = fd < 0 ? errno : add_from_descriptor(r, fd);

	if (fd >= 0)
		close(fd);
	if (err)
		buf_addstr(why, strerror(err));
	return err ? -1 : 0;
}

uint64_t records_lines(const struct records *r)
{
	return r->lines;
}

static uint64_t at_index(const struct records *r, size_t index)
{
	return index < r->len ? r->digests[index] : 0;
}

uint64_t records_differ(const struct records *a, const struct records *b,
			uint64_t *first)
{
	const size_t len = a->len > b->len ? a->len : b->len;
	uint64_t differing = a->others != b->others;

	if (differing)
		*first = RECORDS_INDEX_MAX;
	for (size_t i = len; i-- > 0;)
		if (at_index(a, i) != at_index(b, i)) {
			*first = i;
			differing++;
		}
	return differing;
}
