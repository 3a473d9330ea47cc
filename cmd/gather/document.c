/* Writes the results of gather as JSON. Values are kept as JSON text and copied
 * as they are; nothing is parsed again. */
#include "cmd/gather/document.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json/compact.h"
#include "base/log.h"
#include "base/printable.h"
#include "cmd/output/output.h"

/* Lines are passed to the output together when they have this many bytes. */
enum { LINES_AT_ONCE = 32 << 10 };

static void add_text(struct buf *out, const char *s)
{
	if (s)
		json_add_string(out, s, strlen(s));
	else
		buf_addstr(out, "null");
}

static void add_error(struct buf *out, const struct gather_error *error)
{
	buf_addstr(out, "{\"kind\":");
	add_text(out, error->kind);
	buf_addstr(out, ",\"message\":");
	add_text(out, error->message);
	buf_addstr(out, ",\"status\":");
	if (error->status)
		json_add_int(out, error->status);
	else
		buf_addstr(out, "null");
	buf_addstr(out, ",\"url\":");
	add_text(out, error->url);
	buf_addch(out, '}');
}

/* Passes one line to the output, or several with line ends between them, and
 * adds the last line end. */
static void put_line(struct gather *g, struct buf *line)
{
	buf_addch(line, '\n');
	output_put(g->session.output, g->lines++, line);
}

/* --- Lines of --stream ---------------------------------------------------- */

static void begin_line(struct buf *line, const struct gather_run *run,
		       const struct gather_value *v)
{
	buf_addstr(line, "{\"endpoint\":");
	add_text(line, run->e->name);
	if (!v || run->e->each == EACH_ONCE)
		return;
	buf_addstr(line, ",\"index\":");
	json_add_int(line, (int64_t)v->number);
}

/* Writes the part of a line that is the same for all items of a value. */
static void begin_item(struct buf *line, const struct gather_value *v)
{
	begin_line(line, v->run, v);
	buf_addstr(line, ",\"item\":");
}

void gather_stream_item(const struct gather_value *v, struct slice json)
{
	struct buf line = {0};

	begin_item(&line, v);
	buf_add(&line, json.p, json.len);
	buf_addch(&line, '}');
	put_line(v->run->g, &line);
}

/* Passes several lines to the output at once, because output_put() costs more
 * than copying a line. */
void gather_stream_items(const struct gather_value *v, const struct outputs *o)
{
	struct buf begin = {0}, lines = {0};

	begin_item(&begin, v);
	for (size_t i = 0; i < o->count; i++) {
		const struct slice json = outputs_get(o, i);

		buf_add(&lines, begin.data, begin.len);
		buf_add(&lines, json.p, json.len);
		buf_addch(&lines, '}');
		if (lines.len >= LINES_AT_ONCE || i + 1 == o->count)
			put_line(v->run->g, &lines);
		else
			buf_addch(&lines, '\n');
	}
	buf_release(&begin);
}

void gather_stream_error(const struct gather_run *run,
			 const struct gather_value *v,
			 const struct gather_error *error)
{
	struct buf line = {0};

	begin_line(&line, run, v);
	buf_addstr(&line, ",\"error\":");
	add_error(&line, error);
	buf_addch(&line, '}');
	put_line(run->g, &line);
}

/* --- The document --------------------------------------------------------- */

/* Length of the keys being sorted, in numbers; a variable of the file because
 * qsort() passes no context. All sorting is done on the loop's thread. */
static size_t sort_key_len;

static int compare_keys(const void *a, const void *b)
{
	const struct slot *x = a, *y = b;

	for (size_t i = 0; i < sort_key_len; i++)
		if (x->key[i] != y->key[i])
			return x->key[i] < y->key[i] ? -1 : 1;
	return 0;
}

void gather_result_sort(struct gather_run *run)
{
	sort_key_len = run->key_len;
	if (run->slots_len > 1)
		qsort(run->slots, run->slots_len, sizeof(*run->slots),
		      compare_keys);
}

static void add_slot(struct buf *out, const struct slot *slot)
{
	if (slot->error)
		buf_addstr(out, "null");
	else
		buf_add(out, slot->json.data, slot->json.len);
}

void gather_result_whole(const struct gather_run *run, struct buf *out)
{
	const size_t before = out->len;

	if (run->e->each == EACH_ONCE) {
		add_slot(out, &run->slots[0]);
		return;
	}
	buf_addch(out, '[');
	for (size_t i = 0; i < run->slots_len; i++) {
		if (run->slots[i].error)
			continue;
		if (out->len > before + 1)
			buf_addch(out, ',');
		add_slot(out, &run->slots[i]);
	}
	buf_addch(out, ']');
}

/* Appends the result of a run, and releases each slot once it is copied. */
static void move_result(struct buf *out, struct gather_run *run)
{
	const bool is_array = run->e->each != EACH_ONCE;

	if (run->error) {
		buf_addstr(out, "null");
		return;
	}
	if (is_array)
		buf_addch(out, '[');
	for (size_t i = 0; i < run->slots_len; i++) {
		if (i)
			buf_addch(out, ',');
		add_slot(out, &run->slots[i]);
		buf_release(&run->slots[i].json);
	}
	if (is_array)
		buf_addch(out, ']');
}

static void move_data(struct buf *out, struct gather *g)
{
	buf_addch(out, '{');
	for (size_t i = 0; i < g->spec->count; i++) {
		if (i)
			buf_addch(out, ',');
		gather_result_sort(&g->runs[i]);
		add_text(out, g->runs[i].e->name);
		buf_addch(out, ':');
		move_result(out, &g->runs[i]);
	}
	buf_addch(out, '}');
}

static void add_named(struct buf *out, const char *name, ssize_t index,
		      const struct gather_error *error)
{
	struct buf text = {0};

	if (!error)
		return;
	if (out->data[out->len - 1] != '{')
		buf_addch(out, ',');
	buf_addstr(&text, name);
	if (index >= 0)
		buf_addf(&text, "[%zd]", index);
	json_add_string(out, text.data, text.len);
	buf_addch(out, ':');
	add_error(out, error);
	buf_release(&text);
}

static void add_errors(struct buf *out, const struct gather *g)
{
	buf_addch(out, '{');
	for (size_t i = 0; i < g->spec->count; i++) {
		const struct gather_run *run = &g->runs[i];

		add_named(out, run->e->name, -1, run->error);
		if (run->e->each == EACH_ONCE)
			continue;
		for (size_t k = 0; k < run->slots_len; k++)
			add_named(out, run->e->name, (ssize_t)k,
				  run->slots[k].error);
	}
	buf_addch(out, '}');
}

static bool on_first(void *ctx, struct slice json)
{
	struct buf *out = ctx;

	buf_add(out, json.p, json.len);
	return false;
}

/* Writes the errors to standard error as one line of JSON, which is a part of
 * the result, not a message. */
static void write_errors(const struct gather *g)
{
	struct buf line = {0};

	add_errors(&line, g);
	printable_make(&line);
	buf_addch(&line, '\n');
	for (size_t at = 0; at < line.len;) {
		const ssize_t n = write(STDERR_FILENO, line.data + at,
					line.len - at);

		if (n <= 0)
			break;
		at += (size_t)n;
	}
	buf_release(&line);
}

static int put_result(struct gather *g, struct buf *data)
{
	struct buf line = {0}, why = {0};
	const int err = filter_cache_run(
		g->filters, g->spec->result,
		(struct slice){data->data, data->len}, on_first, &line, &why);

	if (err)
		log_fatal("result: %s", buf_cstr(&why));
	else if (line.len)
		put_line(g, &line);
	if (g->failed)
		write_errors(g);
	buf_release(&line);
	buf_release(&why);
	return err;
}

int gather_document_put(struct gather *g)
{
	struct buf out = {0};
	int err = 0;

	if (!g->spec->result)
		buf_addstr(&out, "{\"data\":");
	move_data(&out, g);
	if (g->spec->result) {
		err = put_result(g, &out);
	} else {
		buf_addstr(&out, ",\"errors\":");
		add_errors(&out, g);
		buf_addch(&out, '}');
		put_line(g, &out);
	}
	buf_release(&out);
	return err;
}
