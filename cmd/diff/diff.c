/*
 * The command diff: reads the records of the first file, then those of the
 * second one, of which one at a time is in memory, and writes each difference
 * as soon as it is found.
 *
 * Signals keep their default actions: nothing is lost when the command is
 * interrupted while it waits for a pipe.
 */
#include "cmd/diff/diff.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "cmd/diff/old_records.h"
#include "cmd/diff/rows.h"
#include "cmd/diff/writer.h"
#include "cmd/options/options.h"
#include "cmd/output/output.h"
#include "cmd/table/record_line.h"

/* Members of two runs that differ although the pages are the same. */
static const char volatile_members[] =
	"index,attempts,time,fetched_at,ip,http_version,tls.days_left,"
	"headers.date,headers.age,headers.expires";

/* The members that name a record. --items writes several with the same url, and
 * scrape check several findings, with a kind and a page. */
static const char key_members[] = "url,id,item,kind,page";

struct diff {
	const struct options *options;
	struct loop *loop;
	struct output *output;
	bool is_text;
	bool has_rows;		/* differences are written as rows of a
				 * table, with the member `rows` */
	struct difference_rows rows;
	struct field_choice choice, key;
	struct source before, after;
	struct old_records old;
	struct fields fields;
	struct buf record, old_record;
	struct difference_counts counts;
	uint64_t lines;		/* number of lines written */
	uint64_t others;	/* number of lines that are not records */
	bool has_failed;
};

static const struct slice no_record = {"{}", 2};

/* --- Writing -------------------------------------------------------------- */

static void put(struct diff *d, struct buf *text)
{
	if (!text->len)
		return;
	while (output_full(d->output) && !output_error(d->output))
		loop_step(d->loop, MSEC_NEVER);
	output_put(d->output, d->lines++, text);
}

static void report(struct diff *d, enum difference kind, struct slice record)
{
	struct buf text = {0};

	d->counts.of[kind]++;
	if (d->has_rows)
		difference_rows_add(&d->rows, &text, kind, record, &d->fields);
	else if (d->is_text)
		difference_add_text(&text, kind, record, &d->fields,
				    d->options->coloured);
	else
		difference_add_json(&text, kind, record, &d->fields);
	put(d, &text);
}

/* --- Reading -------------------------------------------------------------- */

static void fail_read(struct diff *d, const struct source *s)
{
	(void)source_fail(s);
	d->has_failed = true;
}

/* Reads more of the source. The differences so far are written first, because
 * the next bytes of a pipe may be long in coming. */
static int fill(struct diff *d, struct source *s)
{
	if (s->is_pipe)
		(void)output_flush(d->output);
	return source_fill(s);
}

/* Stores the next record in d->record, and its line in *line. Returns false at
 * the end, or after reporting an error. */
static bool next_record(struct diff *d, struct source *s, struct slice *line)
{
	while (!record_line_next(s, line, &d->record, &d->others)) {
		if (s->ended)
			return false;
		if (fill(d, s)) {
			fail_read(d, s);
			return false;
		}
	}
	return true;
}

static void read_old(struct diff *d)
{
	struct slice line;

	while (next_record(d, &d->before, &line)) {
		const struct slice record = slice_of(&d->record);

		old_records_add(&d->old, fields_digest(&d->key, record),
				fields_digest(&d->choice, record), record,
				source_place(&d->before, line), line.len);
	}
	old_records_end(&d->old);
}

/* Reads a record of the first file again. Returns false after an error. */
static bool read_again(struct diff *d, const struct old_record *r)
{
	if (old_records_read(&d->old, r, &d->old_record) &&
	    digest_equal(r->fields, fields_digest(&d->choice,
						  slice_of(&d->old_record))))
		return true;
	log_fatal("%.200s has changed while it was read",
		  source_name(&d->before));
	d->has_failed = true;
	return false;
}

/* Compares the record that was read with its old one; NULL if there is none. */
static void compare(struct diff *d, const struct old_record *r)
{
	const struct slice record = slice_of(&d->record);

	if (r && digest_equal(r->fields, fields_digest(&d->choice, record))) {
		d->counts.same++;
		return;
	}
	if (r && !read_again(d, r))
		return;
	fields_compare(&d->fields, &d->choice,
		       r ? slice_of(&d->old_record) : no_record, record);
	/* The digest counts an empty object, even if nothing that could be in
	 * it is compared. */
	if (r && !d->fields.len)
		d->counts.same++;
	else
		report(d, r ? DIFFERENCE_CHANGED : DIFFERENCE_APPEARED,
		       record);
}

static void read_new(struct diff *d)
{
	struct slice line;

	while (!d->has_failed && next_record(d, &d->after, &line))
		compare(d, old_records_take(&d->old,
				fields_digest(&d->key, slice_of(&d->record))));
}

static void report_vanished(struct diff *d)
{
	for (size_t i = 0; i < d->old.len && !d->has_failed; i++) {
		if (d->old.list[i].is_taken || !read_again(d, &d->old.list[i]))
			continue;
		fields_compare(&d->fields, &d->choice,
			       slice_of(&d->old_record), no_record);
		report(d, DIFFERENCE_VANISHED, slice_of(&d->old_record));
	}
}

/* --- The command ---------------------------------------------------------- */

static int fail_names(const char *option)
{
	log_fatal("%s: a name is empty; names are separated by commas, like "
		  "status,data.price", option);
	return EXIT_USAGE;
}

/* Reads the options. Returns 0 or the exit code. */
static int read_choice(struct diff *d)
{
	const struct diff_options *o = &d->options->diff;

	(void)field_names_add(&d->key.chosen, key_members);
	if (o->fields && !field_names_add(&d->choice.chosen, o->fields))
		return fail_names("--fields");
	if (!o->fields)
		(void)field_names_add(&d->choice.ignored, volatile_members);
	if (o->ignore && !field_names_add(&d->choice.ignored, o->ignore))
		return fail_names("--ignore");
	return 0;
}

static bool is_text(const struct options *o)
{
	if (o->diff.format != AUDIT_AUTO)
		return o->diff.format == AUDIT_TABLE;
	return !o->output && isatty(STDOUT_FILENO);
}

/* Chooses the format of the differences, and writes the text before the first
 * one. */
static void begin_output(struct diff *d)
{
	const struct diff_options *o = &d->options->diff;
	struct buf text = {0};

	d->is_text = is_text(d->options);
	d->has_rows = o->format > AUDIT_JSONL;
	if (!d->has_rows)
		return;
	d->rows = (struct difference_rows){
		.format = o->format,
		.has_chosen_fields = o->fields,
		.before = d->before.path,
		.after = d->after.path,
	};
	difference_rows_begin(&d->rows, &text);
	put(d, &text);
}

static int open_files(struct diff *d)
{
	const struct options *o = d->options;

	if (source_open(&d->before))
		fail_read(d, &d->before);
	else if (source_open(&d->after))
		fail_read(d, &d->after);
	if (d->has_failed)
		return -1;
	d->loop = loop_open(LOOP_EPOLL);
	if (!d->loop) {
		log_fatal("the event loop cannot be created: %s",
			  strerror(errno));
		return -1;
	}
	d->output = output_open(d->loop, &(struct output_config){
		.path = o->output,
	});
	return d->output ? 0 : -1;
}

static void end_output(struct diff *d)
{
	struct buf text = {0};

	if (d->has_rows)
		difference_rows_end(&d->rows, &text, &d->counts);
	else if (d->is_text)
		difference_add_counts(&text, &d->counts);
	put(d, &text);
}

static int exit_code(const struct diff *d)
{
	if (d->others > RECORD_LINE_MESSAGES)
		log_warn("%" PRIu64 " lines in all are no records",
			 d->others);
	if (d->has_failed || d->others)
		return EXIT_NOT_COMPLETED;
	for (int kind = 0; kind < DIFFERENCES; kind++)
		if (d->counts.of[kind])
			return EXIT_SOME_FAILED;
	return 0;
}

static int run_diff(struct diff *d)
{
	const int code = read_choice(d);

	if (code)
		return code;
	if (open_files(d))
		return EXIT_NOT_COMPLETED;
	begin_output(d);
	d->old.source = &d->before;
	read_old(d);
	read_new(d);
	report_vanished(d);
	if (!d->has_failed)
		end_output(d);
	if (output_close(d->output))
		d->has_failed = true;
	d->output = NULL;
	return exit_code(d);
}

int diff_command(struct options *options)
{
	struct diff d = {
		.options = options,
		.before = {.path = options->sources.items[0], .fd = -1},
		.after = {.path = options->sources.items[1], .fd = -1},
	};
	const int code = run_diff(&d);

	if (d.loop)
		loop_close(d.loop);
	source_close(&d.before);
	source_close(&d.after);
	old_records_release(&d.old);
	difference_rows_release(&d.rows);
	fields_release(&d.fields);
	field_choice_release(&d.choice);
	field_choice_release(&d.key);
	buf_release(&d.record);
	buf_release(&d.old_record);
	return code;
}
