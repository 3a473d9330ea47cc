/* Each function both writes and reads, so that writer and reader agree. */
#include "base/codec.h"

#include <stdint.h>

#include "base/mem.h"

/* The length that stands for a NULL string. */
#define ABSENT UINT64_MAX

void code_bytes(struct codec *c, void *value, size_t len)
{
	if (c->out) {
		buf_add(c->out, value, len);
	} else if (c->broken || c->left < len) {
		c->broken = true;
		memset(value, 0, len);
	} else {
		memcpy(value, c->p, len);
		c->p += len;
		c->left -= len;
	}
}

/* Writes the bool as a byte, because a bool that is read with a value other
 * than 0 and 1 is undefined behaviour. */
void code_bool(struct codec *c, bool *value)
{
	unsigned char byte = *value;

	CODE(c, byte);
	if (byte > 1)
		c->broken = true;
	*value = byte == 1;
}

/* When reading: returns a pointer to the next len bytes, or NULL if fewer are
 * left. */
static const char *read_bytes(struct codec *c, uint64_t len)
{
	const char *p = c->p;

	if (c->broken || len > c->left) {
		c->broken = true;
		return NULL;
	}
	c->p += len;
	c->left -= (size_t)len;
	return p;
}

void code_string(struct codec *c, char **s)
{
	uint64_t len = *s ? strlen(*s) : ABSENT;
	const char *p;

	CODE(c, len);
	if (c->out) {
		if (*s)
			buf_addstr(c->out, *s);
		return;
	}
	*s = NULL;
	if (len == ABSENT)
		return;
	p = read_bytes(c, len);
	if (!p)
		return;
	if (memchr(p, '\0', (size_t)len))
		c->broken = true;
	else
		*s = xmemdup(p, (size_t)len);
}

void code_buf(struct codec *c, struct buf *b)
{
	uint64_t len = b->len;
	const char *p;

	CODE(c, len);
	if (c->out) {
		buf_add(c->out, b->data, b->len);
		return;
	}
	p = read_bytes(c, len);
	if (p)
		buf_add(b, p, (size_t)len);
}
