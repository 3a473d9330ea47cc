/* Options of `scrape compare`. Its runs get the user's options in a -K file
 * that only the user can read, not as arguments: values that came from a file
 * stay hidden from ps. The options keep their order, because the last of
 * several equal options wins. */
#include "cmd/options/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/units.h"
#include "cmd/engine/modes.h"
#include "cmd/options/command_line.h"
#include "cmd/options/secrets.h"
#include "cmd/options/table.h"
#include "cmd/workload/workload.h"

enum { REPEAT = 3, REPEAT_WORKLOAD = 5 };

/* A workload whose run would take longer than this in mode serial is run in
 * that mode only on request. */
static const msec serial_max = 60e3;

/* Indexed by enum compare_format. */
static const char *const format_names[COMPARE_FORMATS] = {"table", "json",
							  "html"};

/* serial has no concurrency; only async and fork have separate parse
 * workers. */
static const struct sweep_row sweep_rows[] = {
	{"concurrency", "parallel-max",
	 {"--parallel-max", "--parallel-max-host"},
	 ",threads,async,fork,", 20000},
	{"workers", "workers", {"--workers", NULL}, ",async,fork,", 1024},
	{.name = NULL},
};

/* Returns the next of the words between commas, to be freed; NULL at the
 * end. */
static char *next_word(const char **list)
{
	const char *word = *list;
	size_t len;

	if (!word)
		return NULL;
	len = strcspn(word, ",");
	*list = word[len] ? word + len + 1 : NULL;
	return xmemdup(word, len);
}

static int add_mode(struct compare_options *c, const char *name,
		    struct buf *why)
{
	const struct mode *mode = mode_find(name);
	size_t i = 0;

	if (!mode) {
		buf_addf(why, "there is no mode \"%.100s\"; there are", name);
		for (const struct mode *m = modes; m->name; m++)
			buf_addf(why, "%s %s", m == modes ? "" : ",", m->name);
		return -1;
	}
	for (; i < COMPARE_MODES && c->modes[i]; i++)
		if (c->modes[i] == mode) {
			buf_addf(why, "%s is named twice", name);
			return -1;
		}
	c->modes[i] = mode;
	return 0;
}

int opt_modes(const struct option_use *use)
{
	struct compare_options *c = use->to;
	const char *list = use->value;
	char *word;
	int err = 0;

	memset(c->modes, 0, sizeof(c->modes));
	while (!err && (word = next_word(&list))) {
		err = add_mode(c, word, use->why);
		free(word);
	}
	return err;
}

static int set_sweep_values(struct sweep *sweep, const char *list,
			    struct buf *why)
{
	char *word;
	uint64_t n;
	int err = 0;

	sweep->len = 0;
	while (!err && (word = next_word(&list))) {
		err = units_parse_number(&n, word, 1, sweep->row->max, why);
		free(word);
		if (!err && sweep->len == SWEEP_VALUES) {
			buf_addf(why, "more than %d values", SWEEP_VALUES);
			return -1;
		}
		if (!err)
			sweep->values[sweep->len++] = (unsigned)n;
	}
	return err;
}

int opt_sweep(const struct option_use *use)
{
	struct compare_options *c = use->to;
	const size_t len = strcspn(use->value, "=");

	for (const struct sweep_row *r = sweep_rows; r->name; r++)
		if (use->value[len] && strlen(r->name) == len &&
		    !strncmp(use->value, r->name, len)) {
			c->sweep.row = r;
			return set_sweep_values(&c->sweep, use->value + len + 1,
						use->why);
		}
	buf_addstr(use->why, "must be concurrency=N,N... or workers=N,N...");
	return -1;
}

int opt_workload(const struct option_use *use)
{
	for (const struct workload_row *w = workloads; w->name; w++)
		if (!strcmp(w->name, use->value)) {
			*(const char **)use->to = w->name;
			return 0;
		}
	buf_addstr(use->why, "there is no such workload; there are");
	for (const struct workload_row *w = workloads; w->name; w++)
		buf_addf(use->why, "%s %s", w == workloads ? "" : ",",
			 w->name);
	return -1;
}

int opt_compare_format(const struct option_use *use)
{
	for (int i = 0; i < COMPARE_FORMATS; i++)
		if (!strcmp(format_names[i], use->value)) {
			*(enum compare_format *)use->to = i;
			return 0;
		}
	buf_addstr(use->why, "must be one of table, json, html");
	return -1;
}

static bool is_one_of(const struct option_row *row, const char *const *names)
{
	while (*names && strcmp(*names, row->name) != 0)
		names++;
	return *names;
}

void compare_keep_option(struct compare_options *c,
			 const struct option_row *row, const char *value,
			 bool no)
{
	/* Options that are not passed on to the runs: -K (the options in its
	 * file are passed on one by one), --url (sources are passed on
	 * separately), options about messages (cmd/compare/run.c sets them for
	 * each run), and options that start no run. */
	static const char *const others[] = {"config", "url", "progress-meter",
					     "silent", "help", "version",
					     NULL};

	if (row->group == GROUP_COMPARE || is_one_of(row, others))
		return;
	c->given = xgrow(c->given, c->given_len, 1, sizeof(*c->given));
	c->given[c->given_len++] = (struct given_option){row, value, no};
}

/* Returns the file that an option's value names: "@FILE", or the whole value of
 * an option that takes a file. NULL if there is none. */
static const char *given_file(const struct given_option *g)
{
	static const char *const files[] = {"extract", "cookie", "cacert",
					    "cert", "key", NULL};

	if (!g->value)
		return NULL;
	if (g->value[0] == '@')
		return g->value + 1;
	return is_one_of(g->row, files) ? g->value : NULL;
}

/* Fails if an option names a file that can be read only once (-d @-, -H
 * @<(...)), because every run reads the file again. */
static int check_readable_again(const struct command_line *line)
{
	const struct compare_options *c = &line->o.compare;

	for (size_t i = 0; i < c->given_len; i++) {
		const char *file = given_file(&c->given[i]);

		if (file && file_is_read_once(file))
			return command_line_fail(
				line, "--%s: \"%.200s\" can be read only once, "
				      "but every run reads it: give a regular "
				      "file",
				c->given[i].row->name, file);
	}
	return 0;
}

/* Returns the shortest time in msec that a run of the workload takes in mode
 * serial; 0: unknown. */
static msec serial_duration(const struct compare_options *c)
{
	for (const struct workload_row *w = workloads; w->name; w++)
		if (c->workload && !strcmp(w->name, c->workload))
			return workload_minimum_time(w, 1);
	return 0;
}

static void set_all_modes(struct compare_options *c)
{
	static const char *const all[COMPARE_MODES] = {"serial", "threads",
						       "async", "fork"};
	const msec serial = serial_duration(c);
	const size_t from = serial > serial_max ? 1 : 0;

	if (from)
		log_warn("serial is left out: a run of %s would take it %.0f "
			 "minutes (name it in --modes to run it)",
			 c->workload, serial / 60e3);
	for (size_t i = from; i < COMPARE_MODES; i++)
		c->modes[i - from] = mode_find(all[i]);
}

int compare_apply_defaults(struct command_line *line)
{
	struct compare_options *c = &line->o.compare;

	if (line->command->bit != FOR_COMPARE)
		return 0;
	if (check_readable_again(line))
		return -1;
	if (!c->modes[0])
		set_all_modes(c);
	if (!c->repeat)
		c->repeat = c->workload ? REPEAT_WORKLOAD : REPEAT;
	return 0;
}

void compare_options_release(struct compare_options *c)
{
	free(c->given);
	*c = (struct compare_options){0};
}

/* Appends a value so that reading the file gives it back. */
static void add_quoted(struct buf *to, const char *s)
{
	static const char plain[] = "\"\\\t\n\r\v", letters[] = "\"\\tnrv";

	buf_addch(to, '"');
	for (; *s; s++) {
		const char *special = strchr(plain, *s);

		if (special)
			buf_addch(to, '\\');
		else if (s[0] == '$' && s[1] == '{')
			buf_addch(to, '$');
		buf_addch(to, special ? letters[special - plain] : *s);
	}
	buf_addch(to, '"');
}

void compare_options_to_file(struct buf *to, const struct compare_options *c)
{
	for (size_t i = 0; i < c->given_len; i++) {
		const struct given_option *g = &c->given[i];

		buf_addf(to, "--%s%s ", g->no ? "no-" : "", g->row->name);
		if (g->value)
			add_quoted(to, g->value);
		buf_addch(to, '\n');
	}
}

json_t *compare_text(const char *s)
{
	/* json_string() returns NULL if s is not UTF-8. */
	json_t *text = json_string(s);

	return text ? text : json_string("(not UTF-8)");
}

json_t *compare_options_to_json(const struct compare_options *c)
{
	static const char *const secret[] = {
		"user", "oauth2-bearer", "header", "cookie", "proxy", "data",
		"data-raw", "data-binary", "json", NULL};
	json_t *list = json_array();

	for (size_t i = 0; i < c->given_len; i++) {
		const struct given_option *g = &c->given[i];
		struct buf shown = {0};

		if (g->value && is_one_of(g->row, secret))
			buf_addstr(&shown, "...");
		else if (g->value)
			option_secrets_show(&shown, g->row, g->value);
		json_array_append_new(list, json_sprintf("--%s%s",
							 g->no ? "no-" : "",
							 g->row->name));
		if (g->value)
			json_array_append_new(list,
					      compare_text(buf_cstr(&shown)));
		buf_release(&shown);
	}
	return list;
}
