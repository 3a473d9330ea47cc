/* Keeps variables in a list, because there are few, and applies the functions
 * of {{NAME:FUNCTION}}. */
#include "cmd/options/variables/variables.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/json/compact.h"
#include "base/mem.h"
#include "base/slice.h"

static size_t name_length(const char *s)
{
	size_t len = 0;

	while (ascii_is_alphanumeric(s[len]) || s[len] == '_')
		len++;
	return len;
}

static int fail(struct buf *why, const char *text)
{
	buf_addstr(why, text);
	return -1;
}

/* Reads "N-M]" or "N-]". Returns the text behind it, or NULL. */
static const char *read_range(struct variable_text *v, const char *p)
{
	char *end;

	if (!ascii_is_digit(*p))
		return NULL;
	v->from = strtoul(p, &end, 10);
	if (*end != '-')
		return NULL;
	p = end + 1;
	if (ascii_is_digit(*p)) {
		v->to = strtoul(p, &end, 10);
		p = end;
	}
	return *p == ']' && v->from <= v->to ? p + 1 : NULL;
}

int variable_text_read(struct variable_text *v, const char *text,
		       struct buf *why)
{
	size_t len;

	*v = (struct variable_text){.to = SIZE_MAX};
	v->is_import = *text == '%';
	text += v->is_import;
	len = name_length(text);
	if (!len || len > VARIABLE_NAME_MAX)
		return fail(why, "must be NAME=TEXT, NAME@FILE or %NAME, where "
				 "NAME is at most 127 letters, digits and _");
	memcpy(v->name, text, len);
	text += len;
	if (*text == '[')
		text = read_range(v, text + 1);
	if (!text)
		return fail(why, "the range of bytes must be like [0-9] or "
				 "[10-]");
	if (!*text && v->is_import)
		return 0;
	if (*text != '=' && *text != '@')
		return fail(why, "= or @ must follow the name");
	v->is_file = *text == '@';
	v->content = text + 1;
	return 0;
}

static struct variable *find(const struct variables *variables,
			     struct slice name)
{
	for (size_t i = 0; i < variables->len; i++)
		if (slice_is(name, variables->items[i].name))
			return &variables->items[i];
	return NULL;
}

static struct variable *add(struct variables *variables, const char *name)
{
	struct variable *item;

	variables->items = xgrow(variables->items, variables->len, 1,
				 sizeof(*variables->items));
	item = &variables->items[variables->len++];
	*item = (struct variable){.name = xstrdup(name)};
	return item;
}

void variables_set(struct variables *variables, const struct variable_text *v,
		   const char *bytes, size_t len)
{
	struct variable *item = find(variables,
				     (struct slice){v->name, strlen(v->name)});
	const size_t from = v->from < len ? v->from : len;
	const size_t end = v->to < len ? v->to + 1 : len;
	struct buf value = {0};

	if (!item)
		item = add(variables, v->name);
	/* Make a copy first: the bytes may be part of the old value. */
	buf_add(&value, bytes + from, end - from);
	buf_release(&item->value);
	item->value = value;
}

/* --- Functions that change a value ---------------------------------------- */

static void trim(struct buf *out, struct slice s)
{
	s = slice_trim(s, " \t\n\v\f\r");
	buf_add(out, s.p, s.len);
}

/* Appends the text as a JSON string without its quotes. */
static void to_json(struct buf *out, struct slice s)
{
	struct buf quoted = {0};

	json_add_string(&quoted, s.p, s.len);
	buf_add(out, quoted.data + 1, quoted.len - 2);
	buf_release(&quoted);
}

static void to_url(struct buf *out, struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (ascii_is_alphanumeric(s.p[i]) ||
		    (s.p[i] && strchr("-._~", s.p[i])))
			buf_addch(out, s.p[i]);
		else
			buf_addf(out, "%%%02X", (unsigned char)s.p[i]);
}

static void to_base64(struct buf *out, struct slice s)
{
	base64_add(out, s.p, s.len);
}

static void from_base64(struct buf *out, struct slice s)
{
	if (!base64_decode(out, s.p, s.len))
		buf_addstr(out, "[64dec-fail]");
}

static const struct function {
	const char *name;
	void (*apply)(struct buf *out, struct slice s);
} functions[] = {
	{"trim", trim},	      {"json", to_json},      {"url", to_url},
	{"b64", to_base64},   {"64dec", from_base64},
};

static const struct function *find_function(struct slice name)
{
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++)
		if (slice_is(name, functions[i].name))
			return &functions[i];
	return NULL;
}

/* Applies the functions in "f:g" to the value, from left to right. */
static int apply_functions(struct buf *value, struct slice names,
			   struct buf *why)
{
	for (;;) {
		const char *colon = memchr(names.p, ':', names.len);
		const size_t len = colon ? (size_t)(colon - names.p)
					 : names.len;
		const struct function *f =
			find_function((struct slice){names.p, len});
		struct buf out = {0};

		if (!f) {
			buf_addf(why, "there is no function \"%.*s\", only "
				 "trim, json, url, b64 and 64dec",
				 (int)(len < 40 ? len : 40), names.p);
			return -1;
		}
		f->apply(&out, slice_of(value));
		buf_release(value);
		*value = out;
		if (!colon)
			return 0;
		names = (struct slice){colon + 1, names.len - len - 1};
	}
}

/* Appends the value that the text between {{ and }} stands for. */
static int add_value(const struct variables *variables, struct slice inside,
		     struct buf *out, struct buf *why)
{
	const char *colon = memchr(inside.p, ':', inside.len);
	const struct slice name = {inside.p, colon ? (size_t)(colon - inside.p)
						   : inside.len};
	const struct variable *item = find(variables, name);
	struct buf value = {0};
	int err = 0;

	if (!name.len || name_length(name.p) < name.len) {
		buf_addf(why, "{{%.*s}} is not a name of letters, digits and "
			 "_; write \\{{ for a literal {{",
			 (int)(name.len < 40 ? name.len : 40), name.p);
		return -1;
	}
	if (item)
		buf_add(&value, item->value.data, item->value.len);
	if (colon)
		err = apply_functions(&value, (struct slice){
			colon + 1, inside.len - name.len - 1}, why);
	if (!err && value.len && memchr(value.data, '\0', value.len)) {
		buf_addf(why, "the value of %.*s has a NUL byte",
			 (int)name.len, name.p);
		err = -1;
	}
	buf_add(out, value.data, value.len);
	buf_release(&value);
	return err;
}

int variables_expand(const struct variables *variables, const char *text,
		     struct buf *out, struct buf *why)
{
	const char *p, *end;

	for (; (p = strstr(text, "{{")); text = end + 2) {
		if (p > text && p[-1] == '\\') {
			buf_add(out, text, (size_t)(p - 1 - text));
			buf_addstr(out, "{{");
			end = p;
			continue;
		}
		buf_add(out, text, (size_t)(p - text));
		end = strstr(p, "}}");
		if (!end)
			return fail(why, "}} is missing; write \\{{ for a "
					 "literal {{");
		if (add_value(variables, (struct slice){
			p + 2, (size_t)(end - p - 2)}, out, why))
			return -1;
	}
	buf_addstr(out, text);
	return 0;
}

void variables_release(struct variables *variables)
{
	for (size_t i = 0; i < variables->len; i++) {
		struct variable *item = &variables->items[i];

		if (item->value.len)
			explicit_bzero(item->value.data, item->value.len);
		buf_release(&item->value);
		free(item->name);
	}
	free(variables->items);
	*variables = (struct variables){0};
}
