/* A table of the types that a text can be converted to, each with the function
 * that writes the value. */
#include "parse/values/value.h"

#include <stdlib.h>
#include <string.h>

#include "base/json/bytes.h"
#include "base/json/compact.h"
#include "base/mem.h"
#include "parse/values/date.h"
#include "parse/values/number.h"

static bool add_string(struct buf *out, struct slice text,
		       const struct url *base)
{
	(void)base;
	json_add_string(out, text.p, text.len);
	return true;
}

static bool add_number(struct buf *out, struct slice text,
		       const struct url *base)
{
	(void)base;
	return number_read(out, text, false);
}

static bool add_integer(struct buf *out, struct slice text,
			const struct url *base)
{
	(void)base;
	return number_read(out, text, true);
}

/* Resolves the URL straight into the JSON: serialised URLs seldom need an
 * escape. */
static bool add_url(struct buf *out, struct slice text, const struct url *base)
{
	const size_t start = out->len;
	size_t len;
	char *href;

	buf_addch(out, '"');
	if (url_resolve(out, text.p, text.len, base)) {
		out->len = start;
		return false;
	}
	href = out->data + start + 1;
	len = out->len - start - 1;
	if (json_plain_length(href, len) == len) {
		buf_addch(out, '"');
		return true;
	}
	href = xmemdup(href, len);
	out->len = start;
	json_add_string(out, href, len);
	free(href);
	return true;
}

static bool add_date(struct buf *out, struct slice text, const struct url *base)
{
	(void)base;
	return date_read(out, text);
}

static const struct {
	const char *name;
	bool (*add)(struct buf *out, struct slice text, const struct url *base);
} types[] = {
	[VALUE_STRING] = {"string", add_string},
	[VALUE_NUMBER] = {"number", add_number},
	[VALUE_INTEGER] = {"integer", add_integer},
	[VALUE_URL] = {"url", add_url},
	[VALUE_DATE] = {"date", add_date},
};

int value_type_by_name(const char *name, enum value_type *type)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		if (strcmp(name, types[i].name) != 0)
			continue;
		*type = (enum value_type)i;
		return 0;
	}
	return -1;
}

bool value_add(struct buf *out, enum value_type type, struct slice text,
	       const struct url *base)
{
	return types[type].add(out, text, base);
}
