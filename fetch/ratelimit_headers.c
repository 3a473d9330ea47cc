/* Parses rate limit headers. Each family of headers is read into a separate
 * policy; the result is the tightest policy. */
#include "fetch/ratelimit_headers.h"

#include <string.h>

#include "base/job/headers.h"
#include "fetch/header_date.h"
#include "fetch/retry.h"

/* Longest run of digits that is parsed; real values have fewer. */
enum { DIGITS = 17 };

/* Seconds added to a reset in whole seconds, which may have been rounded down:
 * a request that is slightly early costs a 429, and a 429 costs a back-off. */
#define ROUNDED 1.0

/* Seconds since 1970; a clock that shows an earlier time is not set. */
#define YEAR_2001 1e9

struct number {
	double value;		/* negative: there is no number */
	bool is_whole;
};

/* The numbers of one rate limit policy. */
struct policy {
	struct number remaining, reset;
};

enum family { X_RATELIMIT, X_RATE_LIMIT, RATELIMIT, FAMILIES };

struct reader {
	double clock;		/* the server's time, in seconds since 1970 */
	struct policy families[FAMILIES];
	double remaining, seconds;	/* the tightest policy so far; remaining
					 * < 0: none */
};

static const struct policy nothing = {{-1, false}, {-1, false}};

/* Parses digits with an optional fraction; parameters may follow
 * ("76;w=21600"). */
static struct number parse_number(struct slice s)
{
	struct number n = {0, true};
	double place = 1;
	size_t i = 0;

	for (; i < s.len && i < DIGITS && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		n.value = n.value * 10 + (s.p[i] - '0');
	if (i == 0)
		return nothing.reset;
	if (i < s.len && s.p[i] == '.')
		for (i++; i < s.len && i < 2 * DIGITS && s.p[i] >= '0' &&
			  s.p[i] <= '9'; i++) {
			n.is_whole = false;
			n.value += (s.p[i] - '0') * (place /= 10);
		}
	while (i < s.len && (s.p[i] == ' ' || s.p[i] == '\t'))
		i++;
	return i == s.len || s.p[i] == ';' ? n : nothing.reset;
}

/* If a field is repeated, the tighter value counts: fewer requests, or a later
 * reset. */
static void keep_less(struct number *to, struct number n)
{
	if (n.value >= 0 && (to->value < 0 || n.value < to->value))
		*to = n;
}

static void keep_more(struct number *to, struct number n)
{
	if (n.value > to->value)
		*to = n;
}

/*
 * Returns the seconds until the reset. The value may be seconds from now,
 * seconds since 1970 or milliseconds since 1970. The magnitude of the value
 * shows which unit it has, because values of the three are far apart. Returns a
 * negative number if the value fits none of them, or is long past.
 */
static double seconds_until(const struct reader *r, struct number reset)
{
	double seconds = reset.value;

	if (seconds < YEAR_2001 / 2)
		return seconds + (reset.is_whole ? ROUNDED : 0);
	if (seconds > r->clock * 100)
		seconds /= 1e3;
	if (seconds > r->clock * 100)
		return -1;
	return seconds - r->clock + (reset.is_whole ? ROUNDED : 0);
}

static void consider_policy(struct reader *r, const struct policy *p)
{
	double seconds;

	if (p->remaining.value < 0 || p->reset.value < 0)
		return;
	seconds = seconds_until(r, p->reset);
	if (seconds < 0)
		return;
	if (r->remaining < 0 || p->remaining.value < r->remaining ||
	    (p->remaining.value <= r->remaining && seconds > r->seconds)) {
		r->remaining = p->remaining.value;
		r->seconds = seconds;
	}
}

/* Returns the next member or parameter, which ends at the next comma or
 * semicolon outside of a string (RFC 8941), and moves *s past the item. *end is
 * the comma or semicolon, or 0 at the end. */
static struct slice next_item(struct slice *s, char *end)
{
	struct slice item = {s->p, 0};
	bool quoted = false;
	size_t i = 0;

	for (; i < s->len; i++) {
		if (s->p[i] == '"')
			quoted = !quoted;
		else if (quoted && s->p[i] == '\\')
			i++;
		else if (!quoted && (s->p[i] == ',' || s->p[i] == ';'))
			break;
	}
	item.len = i < s->len ? i : s->len;
	*end = i < s->len ? s->p[i] : 0;
	i += *end != 0;
	if (i > s->len)
		i = s->len;
	s->p += i;
	s->len -= i;
	while (item.len && (*item.p == ' ' || *item.p == '\t')) {
		item.p++;
		item.len--;
	}
	return item;
}

/* Reads the value of RateLimit in both draft formats. In draft 07, all members
 * of the dictionary make one policy; from draft 08 on, each member of a list is
 * a policy, with parameters. */
static void read_structured(struct reader *r, struct slice value)
{
	struct policy all = nothing, own = nothing;
	char end = ',';

	while (end) {
		const struct slice item = next_item(&value, &end);
		const char *equals = memchr(item.p, '=', item.len);

		if (equals) {
			const struct slice key = {item.p,
						  (size_t)(equals - item.p)};
			const struct number n = parse_number((struct slice){
				equals + 1, item.len - key.len - 1});

			if (slice_is(key, "remaining"))
				keep_less(&all.remaining, n);
			else if (slice_is(key, "reset"))
				keep_more(&all.reset, n);
			else if (slice_is(key, "r"))
				own.remaining = n;
			else if (slice_is(key, "t"))
				own.reset = n;
		}
		if (end != ';') {
			consider_policy(r, &own);
			own = nothing;
		}
	}
	consider_policy(r, &all);
}

static bool strip_prefix(struct slice *s, const char *prefix)
{
	const size_t len = strlen(prefix);

	if (s->len < len || memcmp(s->p, prefix, len))
		return false;
	s->p += len;
	s->len -= len;
	return true;
}

static void read_field(struct reader *r, struct slice name,
		       struct slice value)
{
	static const char *const prefixes[FAMILIES] = {
		[X_RATELIMIT] = "x-ratelimit-",
		[X_RATE_LIMIT] = "x-rate-limit-",
		[RATELIMIT] = "ratelimit-",
	};

	if (slice_is(name, "ratelimit"))
		read_structured(r, value);
	for (int i = 0; i < FAMILIES; i++) {
		struct policy *p = &r->families[i];

		if (!strip_prefix(&name, prefixes[i]))
			continue;
		if (slice_is(name, "remaining"))
			keep_less(&p->remaining, parse_number(value));
		else if (slice_is(name, "reset"))
			keep_more(&p->reset, parse_number(value));
		return;
	}
}

/* Returns the server's time (from Date), or else this machine's, in seconds
 * since 1970. */
static double server_clock(const struct buf *headers, int64_t unix_now)
{
	int64_t date;

	if (!header_date_get(headers, "date", &date))
		date = unix_now;
	return (double)date > YEAR_2001 ? (double)date : YEAR_2001;
}

/* Returns true if the response comes from a cache, so that it was made earlier
 * and for another client. */
static bool is_from_a_cache(const struct buf *headers)
{
	struct slice age;

	return headers_get(headers, "age", &age) && parse_number(age).value > 0;
}

struct ratelimit_info
ratelimit_headers_read(const struct buf *headers, msec now, int64_t unix_now,
		       msec patience)
{
	struct reader r = {
		.clock = server_clock(headers, unix_now),
		.families = {nothing, nothing, nothing},
		.remaining = -1,
	};
	struct ratelimit_info info = {0};
	struct slice name, value;
	msec window;

	for (size_t at = 0; headers_next(headers, &at, &name, &value);)
		read_field(&r, name, value);
	for (int i = 0; i < FAMILIES; i++)
		consider_policy(&r, &r.families[i]);
	if (r.remaining < 0 || is_from_a_cache(headers))
		return info;
	window = r.seconds * 1e3;
	info.remaining = r.remaining < INT32_MAX ? (unsigned)r.remaining
						 : INT32_MAX;
	info.resets_at = now + (window < RATELIMIT_WINDOW_MAX
				? window : RATELIMIT_WINDOW_MAX);
	info.probe_at = window < patience ? info.resets_at : now + BUSY_PAUSE;
	return info;
}
