/* -d and similar options, which together make one body, and -H. Both may read
 * their text from a file: @FILE, or @- for standard input. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/percent.h"
#include "cmd/input/request_headers.h"
#include "cmd/options/body.h"
#include "cmd/options/setters.h"
#include "cmd/options/table.h"

int option_read_file(struct buf *to, const struct option_use *use)
{
	const char *path = use->value + 1;

	if (!*path) {
		buf_addstr(use->why, "a file name must follow the @");
		return -1;
	}
	if (!strcmp(path, "-") &&
	    command_line_claim_stdin(use->line, use->row->name, use->why))
		return -1;
	return file_read(to, path, use->why);
}

/* Removes line ends and NUL, as curl does from a file of form data: editors add
 * a line end whether it is wanted or not. */
static void drop_line_ends(struct buf *b)
{
	size_t kept = 0;

	for (size_t i = 0; i < b->len; i++)
		if (b->data[i] && b->data[i] != '\r' && b->data[i] != '\n')
			b->data[kept++] = b->data[i];
	b->len = kept;
}

/* Reads a value of curl's --data-urlencode: TEXT, =TEXT, NAME=TEXT, @FILE or
 * NAME@FILE. The text is encoded, the name is not. Returns 0, or -1 after
 * adding to use->why. */
static int add_encoded(struct buf *out, const struct option_use *use)
{
	const size_t name = strcspn(use->value, "=@");
	const char *rest = use->value + name;
	const struct option_use file = {.line = use->line, .row = use->row,
					.value = rest, .why = use->why};
	struct buf text = {0};

	if (*rest == '@' && option_read_file(&text, &file)) {
		buf_release(&text);
		return -1;
	}
	if (!*rest)
		buf_addstr(&text, use->value);
	else if (*rest == '=')
		buf_addstr(&text, rest + 1);
	if (*rest && name) {
		buf_add(out, use->value, name);
		buf_addch(out, '=');
	}
	percent_encode_form(out, text.data, text.len);
	buf_release(&text);
	return 0;
}

int opt_url_query(const struct option_use *use)
{
	struct buf *query = &use->line->query;

	if (query->len)
		buf_addch(query, '&');
	command_line_add(&use->line->texts, use->value);
	if (*use->value != '+')
		return add_encoded(query, use);
	buf_addstr(query, use->value + 1);
	return 0;
}

int opt_data(const struct option_use *use)
{
	const enum data_how how = (enum data_how)use->row->min;
	struct command_line *line = use->line;
	struct buf piece = {0};

	if (line->data_kind == DATA_FORM_PARTS) {
		buf_addstr(use->why, "--data and --form cannot be combined in "
			   "one body");
		return -1;
	}
	if (how == DATA_ENCODED) {
		if (add_encoded(&piece, use)) {
			buf_release(&piece);
			return -1;
		}
		command_line_add(&line->texts, use->value);
	} else if (use->value[0] != '@' || how == DATA_RAW) {
		buf_addstr(&piece, use->value);
		command_line_add(&line->texts, use->value);
	} else if (option_read_file(&piece, use)) {
		buf_release(&piece);
		return -1;
	} else if (how == DATA_TEXT) {
		drop_line_ends(&piece);
	}
	/* Like curl, put "&" before each further piece, except before one of
	 * --json. */
	if (line->data_kind && how != DATA_AS_JSON)
		buf_addch(&line->data, '&');
	buf_add(&line->data, piece.data, piece.len);
	buf_release(&piece);
	if (how == DATA_AS_JSON)
		line->data_kind = DATA_JSON;
	else if (!line->data_kind)
		line->data_kind = DATA_FORM;
	return 0;
}

/* Checks a header in one of curl's forms: "Name: value", "Name:" (do not send
 * it) or "Name;" (send it empty). Returns a message about the error; NULL if
 * there is none. */
static const char *header_fault(const char *s, size_t len)
{
	size_t name = 0;

	while (name < len && s[name] != ':' && s[name] != ';')
		name++;
	if (!http_is_token((struct slice){s, name}) || name == len ||
	    (s[name] == ';' && name + 1 != len))
		return "not a header; give \"Name: value\", \"Name:\" (to "
		       "remove one) or \"Name;\" (to send it empty)";
	for (size_t i = 0; i < len; i++)
		if (((unsigned char)s[i] < 0x20 && s[i] != '\t') ||
		    s[i] == 0x7f)
			return "must not hold line ends or other control "
			       "characters";
	return NULL;
}

static void add_header(const struct option_use *use, const char *s, size_t len)
{
	char *copy = xmemdup(s, len);

	command_line_add(use->to, command_line_keep(use->line, copy));
}

/* Returns true for lines of a file that are skipped, as curl does: comments,
 * and text in none of the three forms of a header. */
static bool is_no_header(const char *s, size_t len)
{
	return *s == '#' || (!memchr(s, ':', len) && !memchr(s, ';', len));
}

/* Adds each line as a header; blank lines and lines that are not headers are
 * skipped. */
static int add_lines(const struct option_use *use, const struct buf *text)
{
	const char *p = text->data, *end = p + text->len;

	for (unsigned number = 1; p < end; number++) {
		const char *eol = memchr(p, '\n', (size_t)(end - p));
		const char *next = eol ? eol + 1 : end;
		const char *fault;

		if (!eol)
			eol = end;
		while (eol > p && isspace((unsigned char)eol[-1]))
			eol--;
		if (eol > p && !is_no_header(p, (size_t)(eol - p))) {
			fault = header_fault(p, (size_t)(eol - p));
			if (fault) {
				buf_addf(use->why, "line %u: %s", number,
					 fault);
				return -1;
			}
			add_header(use, p, (size_t)(eol - p));
		}
		p = next;
	}
	return 0;
}

int opt_header(const struct option_use *use)
{
	struct buf text = {0};
	const char *fault;
	int err = -1;

	if (use->value[0] == '@') {
		if (!option_read_file(&text, use))
			err = text.len ? add_lines(use, &text) : 0;
		buf_release(&text);
		return err;
	}
	fault = header_fault(use->value, strlen(use->value));
	if (fault) {
		buf_addstr(use->why, fault);
		return -1;
	}
	if (!use->line->file && strstr(use->value, "${"))
		use->line->has_unreplaced = true;
	command_line_add(use->to, use->value);
	return 0;
}

void header_hint(const struct command_line *line)
{
	if (line->has_unreplaced)
		log_warn("-H contains \"${\", which is sent as it is: a shell "
			 "replaces variables in double quotes only");
}

static bool has_header(const struct strings *headers, const char *name)
{
	const size_t len = strlen(name);

	for (size_t i = 0; i < headers->len; i++) {
		const char *h = headers->items[i];

		if (!strncasecmp(h, name, len) &&
		    (h[len] == ':' || h[len] == ';'))
			return true;
	}
	return false;
}

/* Adds a header, unless the user has given one of that name, or has removed it
 * ("Accept:"). */
static void add_unless_given(struct strings *headers, const char *name,
			     const char *header)
{
	if (!has_header(headers, name))
		command_line_add(headers, header);
}

/* Moves the data to the query of URLs (-G). */
static void data_to_query(struct command_line *line)
{
	if (line->query.len && line->data.len)
		buf_addch(&line->query, '&');
	buf_add(&line->query, line->data.data, line->data.len);
	buf_clear(&line->data);
	line->data_kind = DATA_NONE;
}

/* Adds the boundary to a Content-Type of the user that is multipart and has
 * none, as curl does. */
static void add_boundary(struct command_line *line, const char **header)
{
	static const char type[] = "Content-Type:";
	const char *value = *header + strlen(type);

	if (strncasecmp(*header, type, strlen(type)) != 0)
		return;
	value += strspn(value, " \t");
	if (!strncasecmp(value, "multipart/", strlen("multipart/")) &&
	    !strcasestr(value, "boundary="))
		*header = command_line_keep(
			line, xasprintf("%s; boundary=%s", *header,
					line->boundary));
}

/* Applies -G and --url-query. Characters that no query can have are encoded: a
 * space or a line end would end the URL on the wire. */
static void finish_query(struct command_line *line)
{
	struct buf query = {0};

	if (line->get)
		data_to_query(line);
	if (!line->query.len)
		return;
	percent_encode(&query, line->query.data, line->query.len,
		       PERCENT_SPECIAL_QUERY);
	line->o.engine.fetch.query =
		command_line_keep(line, buf_detach(&query));
}

/* Ends the body of --form, and sets its type. The type is not added to the
 * headers, because lines of JSON may have bodies of other types. */
static void finish_form(struct command_line *line)
{
	struct fetch_config *f = &line->o.engine.fetch;

	buf_addf(&line->data, "--%s--\r\n", line->boundary);
	for (size_t i = 0; i < f->headers.len; i++)
		add_boundary(line, &f->headers.items[i]);
	f->body_type = command_line_keep(
		line, xasprintf("Content-Type: multipart/form-data; "
				"boundary=%s", line->boundary));
}

int body_finish(struct command_line *line)
{
	static const char json_type[] = "Content-Type: application/json",
			  json_accept[] = "Accept: application/json";
	struct fetch_config *f = &line->o.engine.fetch;

	if (line->get && line->data_kind == DATA_FORM_PARTS)
		return command_line_fail(line, "--get and --form contradict "
					 "each other");
	finish_query(line);
	if (line->head && line->data_kind)
		return command_line_fail(line, "--head and --data (or --json) "
					 "contradict each other: HEAD has no "
					 "body");
	if (line->head && f->method && strcmp(f->method, "HEAD") != 0)
		return command_line_fail(line, "--head and --request %.100s "
					 "contradict each other", f->method);
	if (line->head)
		f->method = "HEAD";
	if (line->data_kind == DATA_FORM_PARTS)
		finish_form(line);
	if (line->data_kind) {
		f->body_len = line->data.len;
		f->body = command_line_keep(line, buf_detach(&line->data));
	}
	/* The Content-Type of form data is not added here: libcurl adds it to
	 * any body without a Content-Type (CURLOPT_POSTFIELDS). If it were in
	 * the list, JSON lines and redirects would treat it as the user's own
	 * header. */
	if (line->data_kind == DATA_JSON) {
		add_unless_given(&f->headers, "Content-Type", json_type);
		add_unless_given(&f->headers, "Accept", json_accept);
	}
	return 0;
}
