/* Cache of compiled filters, and the watchdog that they run under. */
#include "cmd/gather/filter_cache.h"

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "base/mem.h"
#include "base/memory_budget.h"
#include "parse/jq/jq.h"
#include "pool/watchdog.h"

struct filter {
	char *text;
	struct jq *jq;
	UT_hash_handle hh;
};

struct filter_cache {
	struct filter *filters;
	struct watchdog *watchdog;
	msec limit;
};

struct filter_cache *filter_cache_new(msec limit)
{
	struct filter_cache *c = xcalloc(1, sizeof(*c));

	c->limit = limit;
	c->watchdog = watchdog_open(limit);
	return c;
}

static void remove_filter(struct filter_cache *c, struct filter *f)
{
	HASH_DEL(c->filters, f);
	jq_close(f->jq);
	free(f->text);
	free(f);
}

void filter_cache_free(struct filter_cache *c)
{
	struct filter *f, *next;

	if (!c)
		return;
	HASH_ITER(hh, c->filters, f, next)
		remove_filter(c, f);
	watchdog_close(c->watchdog);
	free(c);
}

static struct filter *find_filter(struct filter_cache *c, const char *text,
				  struct buf *why)
{
	struct filter *f;
	struct jq *jq;

	HASH_FIND_STR(c->filters, text, f);
	if (f)
		return f;
	jq = jq_open(text, strlen(text), why);
	if (!jq)
		return NULL;
	f = xcalloc(1, sizeof(*f));
	f->text = xstrdup(text);
	f->jq = jq;
	HASH_ADD_KEYPTR(hh, c->filters, f->text, strlen(f->text), f);
	return f;
}

/* Begins to charge memory to the account. Filters run on the loop's thread, and
 * their memory is part of --parse-memory: if they need much, the parsing of
 * pages waits for it. */
static void begin_charging(struct memory_account *a)
{
	memory_account_init(a);
	a->never_waits = true;
	memory_account_start(a);
}

static void end_charging(struct memory_account *a)
{
	memory_account_trim(a);
	memory_account_stop();
	memory_account_release(a);
}

static void stop_filter(void *ctx)
{
	jq_stop(ctx);
}

static void add_stopped(const struct filter_cache *c, struct buf *why)
{
	buf_addf(why, "took longer than %g s and was stopped", c->limit / 1e3);
}

/* Runs a filter once. Returns -1 if the filter was stopped or has failed. */
static int run_filter(struct filter_cache *c, struct filter *f,
	       struct jq_input *input,
	       bool (*on_output)(void *ctx, struct slice json), void *ctx,
	       struct buf *why)
{
	const char *error;

	watchdog_begin(c->watchdog, stop_filter, f->jq);
	error = jq_run(f->jq, input, on_output, ctx);
	if (watchdog_end(c->watchdog)) {
		add_stopped(c, why);
		error = "";
		/* The watchdog may have stopped the filter after it had ended,
		 * which would stop its next run. */
		remove_filter(c, f);
	} else if (error) {
		buf_addstr(why, error);
	}
	return error ? -1 : 0;
}

int filter_cache_run(struct filter_cache *c, const char *filter,
		     struct slice json,
		     bool (*on_output)(void *ctx, struct slice json), void *ctx,
		     struct buf *why)
{
	struct filter *f = find_filter(c, filter, why);
	struct memory_account memory;
	struct jq_input *input;
	int err;

	if (!f)
		return -1;
	begin_charging(&memory);
	input = jq_input_new(json, NULL);
	err = run_filter(c, f, input, on_output, ctx, why);
	jq_input_free(input);
	end_charging(&memory);
	return err;
}

static void stop_filters(void *ctx)
{
	gather_filters_stop(ctx);
}

/* Replaces stopped filters by fresh ones in place, because other values point
 * to the same struct. Compiling cannot fail: it has succeeded before. */
static void reopen_filters(struct gather_filters *filters,
			   const struct gather_pages *pages)
{
	struct buf why = {0};
	struct gather_filters *fresh = gather_filters_open(pages, &why);
	struct gather_filters old = *filters;

	if (fresh) {
		*filters = *fresh;
		*fresh = old;
	}
	gather_filters_close(fresh);
	buf_release(&why);
}

int filter_cache_pages(struct filter_cache *c, struct gather_pages_state *s,
		       const struct gather_pages *pages,
		       struct gather_filters *filters, unsigned long number,
		       const struct page_reply *reply,
		       struct page_request **next, size_t *count,
		       struct buf *why)
{
	const size_t before = why->len;
	struct memory_account memory;
	int err;

	begin_charging(&memory);
	watchdog_begin(c->watchdog, stop_filters, filters);
	err = gather_pages_on_page(s, number, reply, next, count, why);
	end_charging(&memory);
	if (!watchdog_end(c->watchdog))
		return err;
	reopen_filters(filters, pages);
	if (!err)	/* the stop came after the filter had ended */
		return 0;
	why->len = before;
	buf_addstr(why, "paginate: a filter ");
	add_stopped(c, why);
	return -1;
}

/* Returns the end of a quoted string. Returns NULL if the string is not closed,
 * or if it has an escape or an expression, which could refer to the whole
 * array. */
static const char *skip_string(const char *s)
{
	for (s++; *s != '"'; s++)
		if (!*s || *s == '\\')
			return NULL;
	return s + 1;
}

/* Returns the end of [3], [2:4], ["name"] or []; NULL if it is anything
 * else. */
static const char *skip_brackets(const char *s)
{
	s++;
	if (*s == '"')
		s = skip_string(s);
	else
		s += strspn(s, "0123456789:");
	return s && *s == ']' ? s + 1 : NULL;
}

static const char *skip_path(const char *s)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

	while (s && *s && strchr(".[?\"", *s)) {
		if (*s == '[')
			s = skip_brackets(s);
		else if (*s == '"')
			s = skip_string(s);
		else
			s += 1 + strspn(s + 1, *s == '.' ? letters : "");
	}
	return s;
}

bool filter_is_itemwise(const char *filter)
{
	static const char white[] = " \t\r\n";

	if (!filter)
		return true;
	filter += strspn(filter, white);
	if (strncmp(filter, ".[]", 3) != 0)
		return false;
	filter = skip_path(filter + 3);
	if (!filter)
		return false;
	filter += strspn(filter, white);
	/* "|=" is not a pipe. */
	return !*filter || (*filter == '|' && filter[1] != '=');
}
