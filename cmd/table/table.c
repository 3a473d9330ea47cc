/*
 * The command table: finds out which values the records have, chooses the
 * columns, and passes the records to the same output as the commands that make
 * them. A line that is not a record is reported and left out.
 *
 * Files are read twice, so that every value has its column although no more
 * than a line is in memory. A pipe can be read once: its columns are those of
 * its first records.
 */
#include "cmd/table/table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/exit_code.h"
#include "base/json/compact.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/engine/signals.h"
#include "cmd/output/columns.h"
#include "cmd/output/format.h"
#include "cmd/session/session.h"
#include "cmd/table/record_line.h"
#include "cmd/table/scan.h"
#include "cmd/table/source.h"

struct table {
	struct session session;
	const struct options *options;
	struct source *sources;
	size_t len, next;		/* number of sources; index of the one
					 * being read */
	bool is_watched;		/* the loop watches the current
					 * source */
	struct scan scan;
	bool is_partly_seen;		/* some source is a pipe with more lines
					 * than the scan has read */
	struct columns *columns;	/* NULL: records are written as a
					 * whole */
	struct slice *values;		/* values of the current record */
	struct buf record;
	uint64_t records;		/* number of records written */
	uint64_t others;		/* number of lines that are not
					 * records */
	bool read_failed;
};

static void fail_read(struct table *t, const struct source *s)
{
	(void)source_fail(s);
	t->read_failed = true;
}

/* --- First step: finding the values --------------------------------------- */

static bool has_seen_enough(const struct source *s)
{
	return s->is_pipe && (s->line >= SOURCE_LOOK_LINES ||
			      s->bytes.len >= SOURCE_LOOK);
}

static void scan_line(struct table *t, struct source *s, struct slice line)
{
	const char *why;

	if (record_line_read(s, line, &t->record, &why) == LINE_RECORD)
		scan_add(&t->scan, slice_of(&t->record));
}

static int scan_source(struct table *t, struct source *s)
{
	struct slice line;

	if (source_open(s))
		return -1;
	s->keeps = s->is_pipe;
	for (;;) {
		while (!has_seen_enough(s) && source_next(s, &line))
			scan_line(t, s, line);
		if (s->ended || has_seen_enough(s))
			break;
		if (source_fill(s))
			return -1;
	}
	t->is_partly_seen |= !s->ended;
	return source_rewind(s);
}

/* Returns -1 after a message if --upsert has no key. */
static int check_key(const struct table *t)
{
	size_t at;

	if (!t->options->upsert || columns_find(t->columns, "url", &at))
		return 0;
	log_fatal("--upsert replaces rows by url, so --columns must have url");
	return -1;
}

/* Makes the columns of the output. Returns 0 or the exit code. */
static int make_columns(struct table *t)
{
	const struct options *o = t->options;
	int (*const same)(const char *, const char *) =
		o->format->compare ? o->format->compare : strcmp;
	struct buf why = {0};

	for (size_t i = 0; i < t->len; i++) {
		if (!scan_source(t, &t->sources[i]))
			continue;
		fail_read(t, &t->sources[i]);
		return EXIT_NOT_COMPLETED;
	}
	scan_close(&t->scan);
	if (o->format->open_database)
		shape_keep_time(t->scan.shape);
	t->columns = columns_new(t->scan.shape, o->columns, same, &why);
	if (!t->columns)
		log_fatal("%s \"%.200s\": %s%s",
			  o->columns ? "--columns" : "--format",
			  o->columns ? o->columns : o->format->name,
			  buf_cstr(&why),
			  t->is_partly_seen ? " (in the first records; of a "
					      "file, all are looked at)"
					    : "");
	buf_release(&why);
	if (!t->columns || check_key(t))
		return EXIT_USAGE;
	t->columns->items = t->scan.has_items;
	t->columns->safe = o->csv_safe;
	t->columns->bom = o->bom;
	t->values = xcalloc(t->columns->len, sizeof(*t->values));
	return 0;
}

/* --- Second step: writing the records ------------------------------------- */

/* Appends the columns of a record as a JSON object. */
static void add_object(struct table *t, struct buf *out, struct slice record)
{
	const struct columns *c = t->columns;

	columns_read(c, record, t->values);
	for (size_t i = 0; i < c->len; i++) {
		const struct slice value = t->values[i];

		buf_addch(out, i ? ',' : '{');
		json_add_string(out, c->list[i].name, strlen(c->list[i].name));
		buf_addch(out, ':');
		if (value.p)
			buf_add(out, value.p, value.len);
		else
			buf_addstr(out, "null");
	}
	buf_addch(out, '}');
}

static void write_record(struct table *t)
{
	const struct slice record = slice_of(&t->record);
	struct buf line = {0};

	if (!t->options->columns && t->columns)
		scan_add(&t->scan, record);
	if (t->columns && !t->options->format->compare)
		add_object(t, &line, record);
	else
		buf_add(&line, record.p, record.len);
	buf_addch(&line, '\n');
	output_put(t->session.output, t->records++, &line);
}

static void unwatch(struct table *t)
{
	if (t->is_watched)
		loop_unwatch(t->session.loop, t->sources[t->next].fd);
	t->is_watched = false;
}

static void end_source(struct table *t)
{
	unwatch(t);
	source_close(&t->sources[t->next++]);
}

/* Processes the lines that have been read. Returns true if more has to be
 * read. */
static bool use_lines(struct table *t, struct source *s)
{
	struct slice line;

	while (!t->session.stopping && !output_full(t->session.output)) {
		if (!record_line_next(s, &line, &t->record, &t->others))
			return !s->ended;
		write_record(t);
	}
	return false;
}

static void on_readable(void *ctx, int fd, int events);

/* Processes the sources as far as they have been read, and watches the current
 * one if more has to be read. */
static void go_on(void *ctx)
{
	struct table *t = ctx;

	while (t->next < t->len && !t->session.stopping &&
	       !output_full(t->session.output)) {
		struct source *s = &t->sources[t->next];

		if (source_open(s)) {
			fail_read(t, s);
			end_source(t);
		} else if (!use_lines(t, s)) {
			if (s->ended && s->at == s->bytes.len)
				end_source(t);
		} else if (t->is_watched ||
			   !loop_watch(t->session.loop, s->fd, LOOP_READ,
				       on_readable, t)) {
			t->is_watched = true;
			return;
		} else {
			fail_read(t, s);
			end_source(t);
		}
	}
	unwatch(t);
}

static void on_readable(void *ctx, int fd, int events)
{
	struct table *t = ctx;

	(void)fd;
	(void)events;
	if (source_fill(&t->sources[t->next])) {
		fail_read(t, &t->sources[t->next]);
		end_source(t);
	}
	go_on(t);
}

/* --- The command ---------------------------------------------------------- */

/* Reports values that have no column. Returns true if there are any. */
static bool report_late(const struct table *t)
{
	struct buf names = {0};

	if (!t->scan.late.len || t->options->columns)
		return false;
	scan_add_late_names(&names, &t->scan);
	log_warn("these values are not in the table: %s. %s",
		 buf_cstr(&names),
		 t->is_partly_seen
			 ? "The first records do not have them: save the "
			   "records in a file, of which all are looked at, or "
			   "name the columns with --columns"
			 : "Name the columns with --columns");
	buf_release(&names);
	return true;
}

static int exit_code(struct table *t)
{
	const int failed = session_close_output(&t->session);
	const bool has_late = report_late(t);

	if (t->others > RECORD_LINE_MESSAGES)
		log_warn("%" PRIu64 " lines in all are no records",
			 t->others);
	if (failed)
		return EXIT_NOT_COMPLETED;
	if (signals_caught()) {
		log_warn("stopped: the table has the first %" PRIu64
			 " records only", t->records);
		return 128 + signals_caught();
	}
	if (t->read_failed)
		return EXIT_NOT_COMPLETED;
	if (!t->records && !t->others)
		log_warn("there were no records");
	return t->others || has_late ? EXIT_SOME_FAILED : 0;
}

static bool is_done(void *ctx)
{
	const struct table *t = ctx;

	return t->session.stopping || t->next == t->len;
}

static int run_table(struct table *t)
{
	const struct options *o = t->options;
	int code;

	if (o->format->compare || o->columns) {
		code = make_columns(t);
		if (code)
			return code;
	}
	if (session_open(&t->session, o) ||
	    session_open_output(&t->session, &(struct session_owner){
		.columns = t->columns,
		.on_change = go_on,
		.on_stop = go_on,
		.ctx = t,
	}))
		return EXIT_NOT_COMPLETED;
	go_on(t);
	if (session_run(&t->session, is_done, t))
		return EXIT_NOT_COMPLETED;
	unwatch(t);
	return exit_code(t);
}

int table_command(struct options *options)
{
	struct table t = {
		.options = options,
		.len = options->sources.len,
		.sources = xcalloc(options->sources.len,
				   sizeof(*t.sources)),
	};
	int code;

	for (size_t i = 0; i < t.len; i++)
		t.sources[i] = (struct source){
			.path = options->sources.items[i], .fd = -1};
	scan_init(&t.scan);
	code = run_table(&t);
	session_stop(&t.session);
	session_close(&t.session);
	for (size_t i = 0; i < t.len; i++)
		source_close(&t.sources[i]);
	free(t.sources);
	columns_free(t.columns);
	free(t.values);
	buf_release(&t.record);
	scan_release(&t.scan);
	return code;
}
