/* -d and similar options, which together make one body, and -H. Both may read
 * their text from a file: @FILE, or @- for standard input. */
#include <ctype.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "cmd/input/request_headers.h"
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

int opt_data(const struct option_use *use)
{
	const enum data_how how = (enum data_how)use->row->min;
	struct command_line *line = use->line;
	struct buf piece = {0};

	if (use->value[0] != '@' || how == DATA_RAW) {
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
 * it) or "Name;" (send it empty). Returns what is wrong, or NULL. */
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
	command_line_add(use->to, use->value);
	return 0;
}
