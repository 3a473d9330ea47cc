/* Setters that several options share (numbers, sizes, times, texts, lists and
 * names), and those of single options that are short. */
#include "cmd/options/setters.h"

#include <inttypes.h>
#include <limits.h>
#include <string.h>

#include "base/units.h"
#include "base/url/shard.h"
#include "cmd/engine/modes.h"
#include "cmd/input/request_headers.h"
#include "cmd/options/config_file.h"
#include "cmd/options/help.h"
#include "cmd/options/table.h"
#include "cmd/options/version.h"
#include "cmd/output/format.h"
#include "crawl/robots.h"

/* Adds the reason to use->why. Returns -1, the result of a setter that
 * fails. */
static int reject(const struct option_use *use, const char *why)
{
	buf_addstr(use->why, why);
	return -1;
}

/* Returns true if the text has control characters: values go into headers,
 * where a line end would begin another header. */
static bool has_control(const char *s)
{
	for (; *s; s++)
		if (((unsigned char)*s < 0x20 && *s != '\t') || *s == 0x7f)
			return true;
	return false;
}

/* Checks a text. If the min of the option's row is 1, the text must not be
 * empty. */
static int check_text(const struct option_use *use)
{
	if (use->row->min && !*use->value)
		return reject(use, "must not be empty");
	if (has_control(use->value))
		return reject(use, "must not hold line ends or other control "
				   "characters");
	return 0;
}

static void set_text(const struct option_use *use)
{
	*(const char **)use->to = use->value;
}

int opt_nothing(const struct option_use *use)
{
	(void)use;
	return 0;
}

int opt_flag(const struct option_use *use)
{
	*(bool *)use->to = !use->no;
	return 0;
}

int opt_choice(const struct option_use *use)
{
	*(unsigned *)use->to = (unsigned)use->row->min;
	return 0;
}

int opt_number(const struct option_use *use)
{
	uint64_t n;

	if (units_parse_number(&n, use->value, use->row->min, use->row->max,
			       use->why))
		return -1;
	*(unsigned *)use->to = (unsigned)n;
	return 0;
}

int opt_redirects(const struct option_use *use)
{
	uint64_t n = UINT_MAX;

	if (strcmp(use->value, "-1") != 0 &&
	    units_parse_number(&n, use->value, 0, 1000000, use->why))
		return reject(use, ", or -1 for no limit");
	*(unsigned *)use->to = (unsigned)n;
	return 0;
}

int opt_size(const struct option_use *use)
{
	uint64_t n;

	if (units_parse_size(&n, use->value, use->why))
		return -1;
	*(uint64_t *)use->to = n ? n : UNITS_SIZE_MAX;
	return 0;
}

int opt_seconds(const struct option_use *use)
{
	msec n;

	if (units_parse_seconds(&n, use->value, true, use->why))
		return -1;
	if (n <= 0)
		n = use->row->max ? (msec)use->row->max * 1e3 : MSEC_NEVER;
	*(msec *)use->to = n;
	return 0;
}

int opt_rate(const struct option_use *use)
{
	return units_parse_rate(use->to, use->value, use->why);
}

/* Sets the rate for all hosts, in place of the default rate, which is for
 * public hosts only. */
int opt_host_rate(const struct option_use *use)
{
	struct schedule_config *limits = use->to;
	msec interval = 0;

	if (strcmp(use->value, "none") != 0 &&
	    units_parse_rate(&interval, use->value, use->why)) {
		buf_addstr(use->why, ", or none for no limit");
		return -1;
	}
	limits->host_interval = interval;
	limits->public_interval = 0;
	limits->response_share = 0;
	return 0;
}

int opt_string(const struct option_use *use)
{
	if (check_text(use))
		return -1;
	set_text(use);
	return 0;
}

int opt_robots_agent(const struct option_use *use)
{
	const struct slice value = {use->value, strlen(use->value)};

	if (!value.len || robots_product_token(value).len != value.len) {
		buf_addf(use->why, "must be the name of a robot, of letters, "
			 "digits, \"_\" and \"-\"");
		return -1;
	}
	set_text(use);
	return 0;
}

int opt_list(const struct option_use *use)
{
	if (check_text(use))
		return -1;
	command_line_add(use->to, use->value);
	return 0;
}

int opt_method(const struct option_use *use)
{
	if (!http_is_token((struct slice){use->value, strlen(use->value)}))
		return reject(use, "not a method; give one like GET or PUT");
	set_text(use);
	return 0;
}

int opt_referer(const struct option_use *use)
{
	const char *semicolon = strrchr(use->value, ';');

	if (semicolon && !strcmp(semicolon, ";auto"))
		return reject(use, "\";auto\" is not supported; give a URL");
	if (check_text(use))
		return -1;
	*(const char **)use->to = *use->value ? use->value : NULL;
	return 0;
}

int opt_cookie(const struct option_use *use)
{
	struct fetch_config *f = &use->line->o.engine.fetch;

	if (check_text(use))
		return -1;
	/* Like curl: "@FILE", and a text without "=", is the name of a file. */
	if (*use->value == '@')
		command_line_add(&f->cookie_files, use->value + 1);
	else if (strchr(use->value, '='))
		command_line_add(&f->cookies, use->value);
	else
		command_line_add(&f->cookie_files, use->value);
	return 0;
}

int opt_file_out(const struct option_use *use)
{
	if (!*use->value)
		return reject(use, "must not be empty");
	if (!strcmp(use->value, "-"))
		return reject(use, "standard output is for records; "
				   "give a file, or /dev/stderr");
	set_text(use);
	return 0;
}

int opt_output(const struct option_use *use)
{
	if (!*use->value)
		return reject(use, "must not be empty");
	*(const char **)use->to =
		strcmp(use->value, "-") != 0 ? use->value : NULL;
	return 0;
}

int opt_scheme(const struct option_use *use)
{
	if (strcmp(use->value, "http") != 0 && strcmp(use->value, "https") != 0)
		return reject(use, "not a scheme; give http or https");
	set_text(use);
	return 0;
}

int opt_input_format(const struct option_use *use)
{
	static const struct {
		const char *name;
		char separator;
	} rows[] = {{"lines", '\0'}, {"csv", ','}, {"tsv", '\t'}};
	char *separator = use->to;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (strcmp(use->value, rows[i].name) != 0)
			continue;
		*separator = rows[i].separator;
		return 0;
	}
	buf_addstr(use->why, "must be one of lines, csv, tsv");
	return -1;
}

int opt_format(const struct option_use *use)
{
	const struct format *format = format_find(use->value);

	if (format) {
		*(const struct format **)use->to = format;
		use->line->has_format = !use->line->is_default_file;
		return 0;
	}
	buf_addstr(use->why, "must be one of");
	for (const struct format *f = formats; f->name; f++)
		buf_addf(use->why, "%s %s", f == formats ? "" : ",", f->name);
	return -1;
}

int opt_audit_format(const struct option_use *use)
{
	static const char *const names[AUDIT_FORMATS] = {
		[AUDIT_TABLE] = "table",
		[AUDIT_JSONL] = "jsonl",
		[AUDIT_MARKDOWN] = "md",
		[AUDIT_HTML] = "html",
		[AUDIT_CSV] = "csv",
		[AUDIT_JUNIT] = "junit",
	};

	for (uint64_t i = AUDIT_TABLE; i <= use->row->min; i++) {
		if (strcmp(names[i], use->value) != 0)
			continue;
		*(enum audit_format *)use->to = (enum audit_format)i;
		return 0;
	}
	buf_addstr(use->why, "must be one of");
	for (uint64_t i = AUDIT_TABLE; i <= use->row->min; i++)
		buf_addf(use->why, "%s %s", i == AUDIT_TABLE ? "" : ",",
			 names[i]);
	return -1;
}

int opt_shard(const struct option_use *use)
{
	struct shard shard;

	if (shard_parse(&shard, use->value)) {
		buf_addf(use->why, "must be I/N, with I from 1 to N, and N at "
			 "most %d: 2/8", SHARDS_MAX);
		return -1;
	}
	*(struct shard *)use->to = shard;
	return 0;
}

int opt_warc_digests(const struct option_use *use)
{
	enum warc_digest_name *name = use->to;

	*name = strcmp(use->value, "sha256") ? WARC_SHA1 : WARC_SHA256;
	if (*name == WARC_SHA256 || !strcmp(use->value, "sha1"))
		return 0;
	buf_addstr(use->why, "must be sha1 or sha256");
	return -1;
}

int opt_warc_header(const struct option_use *use)
{
	const char *colon = strchr(use->value, ':');

	if (!colon || colon == use->value || strpbrk(use->value, "\r\n")) {
		buf_addstr(use->why, "must be one line, NAME: VALUE");
		return -1;
	}
	return opt_list(use);
}

int opt_mode(const struct option_use *use)
{
	const struct mode *mode = mode_find(use->value);

	if (!mode) {
		buf_addstr(use->why, "there is no such mode; there are");
		for (const struct mode *m = modes; m->name; m++)
			buf_addf(use->why, "%s %s", m == modes ? "" : ",",
				 m->name);
		return -1;
	}
	*(const struct mode **)use->to = mode;
	return 0;
}

int opt_fail_over(const struct option_use *use)
{
	struct options *o = &use->line->o;

	if (units_parse_percent(&o->fail_over, use->value, use->why))
		return -1;
	o->has_fail_over = true;
	return 0;
}

int opt_on_or_off(const struct option_use *use)
{
	*(enum choice *)use->to = use->no ? CHOICE_OFF : CHOICE_ON;
	return 0;
}

int opt_color(const struct option_use *use)
{
	static const char *const names[] = {[CHOICE_AUTO] = "auto",
					    [CHOICE_ON] = "always",
					    [CHOICE_OFF] = "never"};
	enum choice *to = use->to;

	if (use->no || !use->value) {
		*to = use->no ? CHOICE_OFF : CHOICE_ON;
		return 0;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i], use->value)) {
			*to = (enum choice)i;
			return 0;
		}
	return reject(use, "must be always, never or auto");
}

int opt_log_format(const struct option_use *use)
{
	const bool is_json = !strcmp(use->value, "json");

	if (!is_json && strcmp(use->value, "text") != 0)
		return reject(use, "must be text or json");
	*(bool *)use->to = is_json;
	return 0;
}

int opt_url(const struct option_use *use)
{
	if (!*use->value)
		return reject(use, "must not be empty");
	command_line_add_source(use->line, use->value, true);
	return 0;
}

int opt_config(const struct option_use *use)
{
	if (use->line->file)
		return reject(use, "a -K file cannot name another one");
	return config_file_read(use->line, use->value, use->why);
}

int opt_help(const struct option_use *use)
{
	if (strcmp(use->spelled, "--help") != 0) {
		use->line->show = help_print_short;
		return 0;
	}
	use->line->help = use->value ? use->value : "";
	use->line->show = help_print;
	return 0;
}

int opt_version(const struct option_use *use)
{
	use->line->show = version_print;
	return 0;
}

/* The file is read later, when all options are known. */
int opt_spec(const struct option_use *use)
{
	if (!*use->value)
		return reject(use, "must not be empty");
	if (!strcmp(use->value, "-") &&
	    command_line_claim_stdin(use->line, "spec", use->why))
		return -1;
	*(const char **)use->to = use->value;
	return 0;
}

static bool is_variable_name(const char *s, size_t len)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

	return len && strspn(s, letters) >= len && !(*s >= '0' && *s <= '9');
}

/* Messages never contain a part of the value, which may be a password. */
int opt_var(const struct option_use *use)
{
	const char *equals = strchr(use->value, '=');

	if (!equals ||
	    !is_variable_name(use->value, (size_t)(equals - use->value)))
		return command_line_fail(use->line, "--var must be NAME=VALUE, "
					 "where NAME is letters, digits and _, "
					 "not a digit first");
	command_line_add(use->to, use->value);
	return 0;
}
