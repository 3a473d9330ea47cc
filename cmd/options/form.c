/* -F: fields and files of a body of the type multipart/form-data (RFC 7578),
 * with curl's notation: NAME=TEXT, NAME=@FILE (a file to upload), NAME=<FILE
 * (text from a file), and behind a ";" type=TYPE and filename=NAME. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/slice.h"
#include "cmd/options/setters.h"
#include "cmd/options/table.h"

/* A part while it is read from an option. */
struct part {
	struct slice name;
	struct slice content;	/* text; or behind @ or < the name of a file */
	struct slice type, filename;
	bool is_upload, is_from_file;
	bool is_quoted;		/* the file name was in quotes, in which a
				 * backslash may stand before a quote */
};

/* The types that curl gives to files, by the end of their name. */
static const struct {
	const char *end, *type;
} types[] = {
	{".gif", "image/gif"},	     {".jpg", "image/jpeg"},
	{".jpeg", "image/jpeg"},     {".png", "image/png"},
	{".svg", "image/svg+xml"},   {".txt", "text/plain"},
	{".htm", "text/html"},	     {".html", "text/html"},
	{".pdf", "application/pdf"}, {".xml", "application/xml"},
};

static const char *type_of_file(struct slice name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		const size_t len = strlen(types[i].end);

		if (name.len > len && !strncasecmp(name.p + name.len - len,
						   types[i].end, len))
			return types[i].type;
	}
	return "application/octet-stream";
}

/* A parameter behind the content, and where its value goes. */
struct parameter {
	const char *key;
	struct slice *value;
};

/* Returns the parameter that a ";" at the start of text begins, or NULL. *skip
 * becomes the length up to its value. */
static const struct parameter *parameter_at(const struct parameter *list,
					    const char *text, size_t *skip)
{
	const char *key;

	if (*text != ';')
		return NULL;
	key = text + 1 + strspn(text + 1, " ");
	for (; list->key; list++) {
		const size_t len = strlen(list->key);

		if (strncmp(key, list->key, len) != 0)
			continue;
		*skip = (size_t)(key - text) + len;
		return list;
	}
	return NULL;
}

/* Takes ";type=" and ";filename=" off the content. The value of either ends
 * where the other begins: a type may have parameters of its own. */
static void split_parameters(struct part *part)
{
	const struct parameter list[] = {{"type=", &part->type},
					 {"filename=", &part->filename},
					 {NULL, NULL}};
	const char *p = part->content.p, *end = p + part->content.len;
	struct slice *value = &part->content;
	size_t skip;

	for (const char *begin = p; p <= end; p++) {
		const struct parameter *next = parameter_at(list, p, &skip);

		if (!next && p < end)
			continue;
		*value = (struct slice){begin, (size_t)(p - begin)};
		if (!next)
			break;
		value = next->value;
		begin = p + skip;
		p = begin - 1;
	}
	part->filename = slice_trim(part->filename, " ");
	if (part->filename.len > 1 && part->filename.p[0] == '"') {
		part->filename.p++;
		part->filename.len -= 2;
		part->is_quoted = true;
	}
}

/* Splits the value of the option. Returns false if it has no name. */
static bool split_part(struct part *part, const char *value, bool is_text)
{
	const char *equals = strchr(value, '=');

	if (!equals || equals == value)
		return false;
	*part = (struct part){
		.name = {value, (size_t)(equals - value)},
		.content = {equals + 1, strlen(equals + 1)},
	};
	if (is_text)
		return true;
	part->is_upload = equals[1] == '@';
	part->is_from_file = part->is_upload || equals[1] == '<';
	part->content.p += part->is_from_file;
	part->content.len -= part->is_from_file;
	split_parameters(part);
	return true;
}

/* Appends a value in quotes, encoded as browsers do:
 * https://html.spec.whatwg.org/#multipart-form-data */
static void add_quoted(struct buf *out, struct slice value, bool has_escapes)
{
	buf_addch(out, '"');
	for (size_t i = 0; i < value.len; i++) {
		if (has_escapes && value.p[i] == '\\' && i + 1 < value.len)
			i++;
		if (strchr("\"\r\n", value.p[i]) && value.p[i])
			buf_addf(out, "%%%02X", (unsigned)value.p[i]);
		else
			buf_addch(out, value.p[i]);
	}
	buf_addch(out, '"');
}

/* Returns the last segment of a path. */
static struct slice base_name(struct slice path)
{
	const char *slash = memrchr(path.p, '/', path.len);

	return slash ? (struct slice){slash + 1, (size_t)(path.p + path.len -
							  slash - 1)}
		     : path;
}

static void add_head(struct buf *out, const struct part *part)
{
	struct slice filename = part->filename;

	if (!filename.p && part->is_upload)
		filename = base_name(part->content);
	buf_addstr(out, "Content-Disposition: form-data; name=");
	add_quoted(out, part->name, false);
	if (filename.p) {
		buf_addstr(out, "; filename=");
		add_quoted(out, filename, part->is_quoted);
	}
	if (part->type.p)
		buf_addf(out, "\r\nContent-Type: %.*s", (int)part->type.len,
			 part->type.p);
	else if (part->is_upload)
		buf_addf(out, "\r\nContent-Type: %s", type_of_file(filename));
	buf_addstr(out, "\r\n\r\n");
}

/* Appends the text, or the contents of the file. Returns 0, or -1 after adding
 * to use->why. */
static int add_content(const struct option_use *use, const struct part *part)
{
	struct buf *out = &use->line->data;
	/* "@" in front of the name, as option_read_file() expects. */
	char *path = xasprintf("@%.*s", (int)part->content.len,
			       part->content.p);
	const struct option_use file = {.line = use->line, .row = use->row,
					.value = path, .why = use->why};
	int err = 0;

	if (part->is_from_file)
		err = option_read_file(out, &file);
	else
		buf_add(out, part->content.p, part->content.len);
	free(path);
	return err;
}

/* Draws the boundary of the body, which stands between its parts: 128 random
 * bits, which no part contains. */
static void draw_boundary(char boundary[static FORM_BOUNDARY_MAX])
{
	uint64_t bits[2] = {0, 0};

	if (getrandom(bits, sizeof(bits), 0) != sizeof(bits))
		log_warn("no random number for the boundary of the form");
	snprintf(boundary, FORM_BOUNDARY_MAX, "------------------------"
		 "%016" PRIx64 "%016" PRIx64, bits[0], bits[1]);
}

int opt_form(const struct option_use *use)
{
	struct command_line *line = use->line;
	struct part part;

	if (line->data_kind && line->data_kind != DATA_FORM_PARTS) {
		buf_addstr(use->why, "--data and --form cannot be combined in "
			   "one body");
		return -1;
	}
	if (!split_part(&part, use->value, use->row->min)) {
		buf_addstr(use->why, "must be NAME=TEXT, NAME=@FILE or "
			   "NAME=<FILE");
		return -1;
	}
	if (!line->data_kind)
		draw_boundary(line->boundary);
	line->data_kind = DATA_FORM_PARTS;
	command_line_add(&line->texts, use->value);
	buf_addf(&line->data, "--%s\r\n", line->boundary);
	add_head(&line->data, &part);
	if (add_content(use, &part))
		return -1;
	buf_addstr(&line->data, "\r\n");
	return 0;
}
