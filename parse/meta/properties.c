/* A uthash table whose memory is charged to the page. */
#include "parse/meta/properties.h"

#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/mem.h"
#include "base/memory_budget.h"

#define uthash_malloc(bytes) memory_resize(NULL, 0, bytes)
#define uthash_free(p, bytes) memory_resize(p, bytes, 0)
#include <uthash.h>

struct property {
	UT_hash_handle hh;
	struct slice name;	/* owned */
	size_t count;
	struct buf values;	/* joined by "," */
};

static size_t bytes_of(const struct property *p)
{
	return sizeof(*p) + p->name.len;
}

struct buf *properties_add(struct property **table, struct slice name)
{
	struct property *p;

	HASH_FIND(hh, *table, name.p, name.len, p);
	if (!p) {
		p = xcalloc(1, sizeof(*p));
		p->name = (struct slice){xmemdup(name.p, name.len), name.len};
		(void)memory_charge(bytes_of(p));
		HASH_ADD_KEYPTR(hh, *table, p->name.p, p->name.len, p);
	}
	if (p->count++)
		buf_addch(&p->values, ',');
	return &p->values;
}

static void write_one(struct buf *out, const struct property *p, bool arrays)
{
	const bool array = arrays || p->count > 1;

	json_add_string(out, p->name.p, p->name.len);
	buf_addstr(out, array ? ":[" : ":");
	buf_add(out, p->values.data, p->values.len);
	if (array)
		buf_addch(out, ']');
}

void properties_write(struct buf *out, struct property **table, bool arrays)
{
	struct property *p, *next;
	const char *before = "";

	buf_addch(out, '{');
	HASH_ITER(hh, *table, p, next) {
		buf_addstr(out, before);
		before = ",";
		write_one(out, p, arrays);
		HASH_DEL(*table, p);
		buf_release(&p->values);
		memory_uncharge(bytes_of(p));
		free((char *)p->name.p);
		free(p);
	}
	buf_addch(out, '}');
}
