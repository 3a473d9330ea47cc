#include "fleet/command.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

void command_add(struct command *c, struct slice argument)
{
	buf_addch(&c->arguments, '$');
	buf_add_uint(&c->arguments, argument.len);
	buf_addstr(&c->arguments, "\r\n");
	buf_add(&c->arguments, argument.p, argument.len);
	buf_addstr(&c->arguments, "\r\n");
	c->count++;
}

void command_add_text(struct command *c, const char *argument)
{
	command_add(c, (struct slice){argument, strlen(argument)});
}

void command_add_int(struct command *c, int64_t argument)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, argument);
	command_add_text(c, text);
}

void command_add_time(struct command *c, msec duration)
{
	/* Limit the time to a year: a time that never comes is infinite. */
	const msec most = 365 * 86400e3;

	command_add_int(c, (int64_t)ceil(fmin(fmax(duration, 0), most)));
}

void command_write(struct buf *to, const struct command *head,
		   const struct command *tail)
{
	buf_addch(to, '*');
	buf_add_uint(to, head->count + tail->count);
	buf_addstr(to, "\r\n");
	buf_add(to, head->arguments.data, head->arguments.len);
	buf_add(to, tail->arguments.data, tail->arguments.len);
	/* Add a NUL: hiredis 0.14 searches the text with strchr(). */
	buf_cstr(to);
}

void command_release(struct command *c)
{
	buf_release(&c->arguments);
	c->count = 0;
}
