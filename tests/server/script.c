#include "tests/server/script.h"

#include <ctype.h>
#include <libgen.h>
#include <stdlib.h>

#include "base/mem.h"
#include "tests/server/answer.h"
#include "tests/server/text.h"

struct parser {
	struct script *script;
	const char *path;
	const struct ports *ports;
	struct answer answer;
	char *error;
};

static struct section *add_section(struct script *script, unsigned number)
{
	struct section *s;

	script->sections = xrealloc(script->sections,
				    (script->len + 1) * sizeof(*s));
	s = &script->sections[script->len++];
	*s = (struct section){.number = number};
	if (number)
		script->counted = true;
	return s;
}

static struct op *add_op(struct parser *p, enum op_kind kind)
{
	struct section *s;
	struct op *op;

	if (!p->script->len)
		add_section(p->script, 0);
	s = &p->script->sections[p->script->len - 1];
	s->ops = xrealloc(s->ops, (s->len + 1) * sizeof(*op));
	op = &s->ops[s->len++];
	*op = (struct op){.kind = kind, .times = 1};
	return op;
}

static void end_answer(struct parser *p)
{
	struct op *op;

	if (!p->answer.open)
		return;
	op = add_op(p, OP_SEND);
	op->head_len = answer_write(&p->answer, &op->bytes);
}

static bool read_beside(const struct parser *p, const char *name,
			struct buf *out)
{
	char *copy = xstrdup(p->path);
	char *path = xasprintf("%s/%s", dirname(copy), name);
	const bool ok = text_file(path, out);

	free(path);
	free(copy);
	return ok;
}

static void repeat(struct buf *out, const struct buf *text, uint64_t times)
{
	while (times--)
		buf_add(out, text->data, text->len);
}

/* --- The directives: each gets the rest of its line ----------------------- */

static bool do_reply(struct parser *p, const char *rest)
{
	uint64_t status;

	end_answer(p);
	if (!text_number(&rest, &status))
		return false;
	rest += strspn(rest, " \t");
	p->answer.open = true;
	p->answer.status = (unsigned)status;
	if (*rest && strcmp(rest, "-") != 0)
		buf_addf(&p->answer.fields, "Content-Type: %s\r\n", rest);
	return true;
}

static bool do_header(struct parser *p, const char *rest)
{
	buf_addf(&p->answer.fields, "%s\r\n", rest);
	return strchr(rest, ':') != NULL;
}

static bool do_body(struct parser *p, const char *rest)
{
	return text_quoted(rest, &p->answer.body);
}

static bool do_body_file(struct parser *p, const char *rest)
{
	return read_beside(p, rest, &p->answer.body);
}

static bool do_body_repeat(struct parser *p, const char *rest)
{
	struct buf text = {0};
	uint64_t times;
	const bool ok = text_number(&rest, &times) && text_quoted(rest, &text);

	if (ok)
		repeat(&p->answer.body, &text, times);
	buf_release(&text);
	return ok;
}

static bool do_encode(struct parser *p, const char *rest)
{
	struct answer *a = &p->answer;

	if (!encode(&a->body, rest))
		return false;
	if (strcmp(rest, "raw-deflate") == 0)
		rest = "deflate";
	buf_addf(&a->encodings, "%s%s", a->encodings.len ? ", " : "", rest);
	return true;
}

static bool do_cut(struct parser *p, const char *rest)
{
	uint64_t n;

	if (!text_number(&rest, &n) || n > p->answer.body.len)
		return false;
	p->answer.body.len -= n;
	return true;
}

static bool do_length(struct parser *p, const char *rest)
{
	p->answer.has_length = true;
	return text_number(&rest, &p->answer.length);
}

static bool do_chunked(struct parser *p, const char *rest)
{
	uint64_t size;

	if (!text_number(&rest, &size) || !size)
		return false;
	p->answer.chunk = size;
	return true;
}

static bool do_send(struct parser *p, const char *rest)
{
	return text_quoted(rest, &add_op(p, OP_SEND)->bytes);
}

static bool do_file(struct parser *p, const char *rest)
{
	return read_beside(p, rest, &add_op(p, OP_SEND)->bytes);
}

/* Makes a block of some kilobytes from a short text that is to be repeated, so
 * that endless bodies take little CPU time. */
static bool do_repeat(struct parser *p, const char *rest)
{
	enum { BLOCK = 16384 };
	struct buf text = {0};
	uint64_t times, each;
	const bool ok = text_number(&rest, &times) && text_quoted(rest, &text) &&
			text.len;
	struct op *op;

	if (ok) {
		each = text.len < BLOCK ? BLOCK / text.len : 1;
		op = add_op(p, OP_SEND);
		op->times = times / each;
		repeat(&op->bytes, &text, each);
		repeat(&add_op(p, OP_SEND)->bytes, &text, times % each);
	}
	buf_release(&text);
	return ok;
}

static bool do_sleep(struct parser *p, const char *rest)
{
	uint64_t ms;

	if (!text_number(&rest, &ms))
		return false;
	add_op(p, OP_SLEEP)->ms = (unsigned)ms;
	return true;
}

static bool do_hold(struct parser *p, const char *rest)
{
	add_op(p, OP_HOLD);
	return !*rest;
}

static bool do_drip(struct parser *p, const char *rest)
{
	uint64_t count, ms;
	struct op *op;

	if (!text_number(&rest, &count) || !text_number(&rest, &ms) || !count)
		return false;
	op = add_op(p, OP_DRIP);
	op->count = (unsigned)count;
	op->ms = (unsigned)ms;
	return true;
}

static bool do_echo(struct parser *p, const char *rest)
{
	struct op *op = add_op(p, OP_ECHO);

	for (; *rest; rest++)
		buf_addch(&op->bytes, (char)tolower((unsigned char)*rest));
	return true;
}

static bool do_close(struct parser *p, const char *rest)
{
	add_op(p, OP_CLOSE);
	return !*rest;
}

static bool do_reset(struct parser *p, const char *rest)
{
	add_op(p, OP_RESET);
	return !*rest;
}

static bool do_stall(struct parser *p, const char *rest)
{
	add_op(p, OP_STALL);
	return !*rest;
}

static bool do_read(struct parser *p, const char *rest)
{
	add_op(p, OP_READ);
	return !*rest;
}

static bool do_tls(struct parser *p, const char *rest)
{
	const struct op *first = add_op(p, OP_TLS);
	const struct script *script = p->script;

	buf_addstr(&script->sections[script->len - 1].ops[0].bytes, rest);
	return *rest && first == script->sections[script->len - 1].ops;
}

static const struct directive {
	const char *name;
	bool (*run)(struct parser *p, const char *rest);
	bool of_answer;		/* the directive must follow a reply */
} directives[] = {
	{"reply", do_reply, false},
	{"header", do_header, true},
	{"body", do_body, true},
	{"body-file", do_body_file, true},
	{"body-repeat", do_body_repeat, true},
	{"encode", do_encode, true},
	{"cut", do_cut, true},
	{"length", do_length, true},
	{"chunked", do_chunked, true},
	{"send", do_send, false},
	{"file", do_file, false},
	{"repeat", do_repeat, false},
	{"sleep", do_sleep, false},
	{"delay", do_sleep, false},
	{"hold", do_hold, false},
	{"drip", do_drip, false},
	{"echo", do_echo, false},
	{"close", do_close, false},
	{"reset", do_reset, false},
	{"stall", do_stall, false},
	{"read", do_read, false},
	{"tls", do_tls, false},
};

static bool read_section(struct parser *p, const char *line)
{
	uint64_t number = 0;

	end_answer(p);
	line++;
	if (*line == '*')
		line++;
	else if (!text_number(&line, &number) || !number)
		return false;
	add_section(p->script, (unsigned)number);
	return strcmp(line, "]") == 0;
}

static bool read_line(struct parser *p, char *line)
{
	size_t len;

	line += strspn(line, " \t");
	len = strlen(line);
	while (len && (line[len - 1] == ' ' || line[len - 1] == '\t'))
		line[--len] = '\0';
	if (!*line || *line == '#')
		return true;
	if (*line == '[')
		return read_section(p, line);
	len = strcspn(line, " \t");
	for (size_t i = 0; i < sizeof(directives) / sizeof(*directives); i++) {
		const struct directive *d = &directives[i];
		const char *rest = line + len + strspn(line + len, " \t");

		if (strlen(d->name) != len || memcmp(d->name, line, len) != 0)
			continue;
		if (!d->of_answer)
			end_answer(p);
		else if (!p->answer.open)
			return false;
		return d->run(p, rest);
	}
	return false;
}

struct script *script_load(const char *path, const struct ports *ports,
			   char **error)
{
	struct parser p = {.path = path, .ports = ports};
	struct buf raw = {0}, text;
	unsigned number = 0;
	char *line, *rest;

	*error = NULL;
	if (!text_file(path, &raw))
		return NULL;
	text = text_fill_in(&raw, ports);
	buf_release(&raw);
	p.script = xcalloc(1, sizeof(*p.script));
	buf_cstr(&text);
	rest = text.data;
	while (!*error && (line = strsep(&rest, "\n")) != NULL) {
		number++;
		if (!read_line(&p, line))
			*error = xasprintf("%s:%u: cannot be understood", path,
					   number);
	}
	end_answer(&p);
	buf_release(&text);
	if (*error) {
		script_free(p.script);
		return NULL;
	}
	return p.script;
}

void script_free(struct script *script)
{
	if (!script)
		return;
	for (size_t i = 0; i < script->len; i++) {
		struct section *s = &script->sections[i];

		for (size_t k = 0; k < s->len; k++)
			buf_release(&s->ops[k].bytes);
		free(s->ops);
	}
	free(script->sections);
	free(script);
}

const struct section *script_section(const struct script *script,
				     unsigned asked)
{
	const struct section *other = NULL;

	for (size_t i = 0; i < script->len; i++) {
		if (script->sections[i].number == asked)
			return &script->sections[i];
		if (script->sections[i].number == 0)
			other = &script->sections[i];
	}
	return other;
}
