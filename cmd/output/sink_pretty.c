/* Writes records as indented or coloured JSON, for people. */
#include <stdlib.h>

#include "base/json/pretty.h"
#include "base/mem.h"
#include "cmd/output/sink.h"

struct pretty_sink {
	struct sink sink;
	int fd;
	enum pretty_layout layout;
	struct buf out;
};

static void add_record(struct pretty_sink *t, struct slice line)
{
	if (t->layout == PRETTY_COLOURED_LINES)
		json_coloured_line(&t->out, line);
	else
		json_pretty(&t->out, line, t->layout == PRETTY_COLOURED);
}

static int pretty_write(struct sink *s, const char *lines, size_t len)
{
	struct pretty_sink *t = (struct pretty_sink *)s;
	struct slice line;
	int error;

	while (sink_next_line(&lines, &len, &line))
		add_record(t, line);
	error = sink_write_all(t->fd, t->out.data, t->out.len);
	buf_clear(&t->out);
	return error;
}

static void pretty_free(struct sink *s)
{
	struct pretty_sink *t = (struct pretty_sink *)s;

	buf_release(&t->out);
	free(t);
}

static const struct sink_ops pretty_ops = {
	.write = pretty_write,
	.free = pretty_free,
};

struct sink *sink_pretty_open(int fd, enum pretty_layout layout)
{
	struct pretty_sink *t = xcalloc(1, sizeof(*t));

	t->sink.ops = &pretty_ops;
	t->fd = fd;
	t->layout = layout;
	return &t->sink;
}
