/* Compiles a path to a list of steps. Values are found by walking over the JSON
 * text, without building a tree. */
#include "parse/meta/meta_path.h"

#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/mem.h"
#include "base/suggest.h"
#include "base/utf8.h"

enum { DIGITS_MAX = 9, SHOWN_MAX = 60 };

enum step_kind { STEP_MEMBER, STEP_ELEMENT, STEP_ALL };

struct step {
	enum step_kind kind;
	char *name;		/* for STEP_MEMBER: the member's name as plain
				 * text; owned */
	long index;		/* for STEP_ELEMENT: negative numbers count from
				 * the end */
};

struct meta_path {
	struct step *steps;
	size_t count;
	bool is_url;
};

/* The members of the object that meta_read() writes. */
static const char *const members[] = {
	"description", "canonical", "language", "robots", "favicon", "feeds",
	"opengraph", "twitter", "json_ld", "json_ld_invalid", "microdata",
};

enum { MEMBERS = sizeof(members) / sizeof(*members) };

/* State while a path is compiled. */
struct cursor {
	const char *at;
	struct buf *why;
	struct meta_path *path;
};

static bool fail(struct cursor *c, const char *at, const char *what)
{
	c->at = at;
	buf_addstr(c->why, what);
	return false;
}

static void add_step(struct meta_path *path, struct step step)
{
	path->steps = xgrow(path->steps, path->count, 1, sizeof(step));
	path->steps[path->count++] = step;
}

/* Returns the length of the name without quotes at s. */
static size_t name_length(const char *s)
{
	size_t len = 0;

	while (s[len] && !strchr(".[]", s[len]) &&
	       strcmp(s + len, "::url") != 0)
		len++;
	return len;
}

static bool is_member(struct slice name)
{
	for (size_t i = 0; i < MEMBERS; i++)
		if (strlen(members[i]) == name.len &&
		    !memcmp(members[i], name.p, name.len))
			return true;
	return false;
}

static const char *nearest_member(const char *name)
{
	const char *best = members[0];
	size_t distance = suggest_distance(name, best);

	for (size_t i = 1; i < MEMBERS; i++) {
		const size_t d = suggest_distance(name, members[i]);

		if (d >= distance)
			continue;
		best = members[i];
		distance = d;
	}
	return suggest_is_near(name, best, distance) ? best : NULL;
}

/* Checks that the first name of the path, which begins at start, is a member of
 * the metadata object. */
static bool check_member(struct cursor *c, const char *start, const char *name)
{
	const char *near;
	char *shown;

	if (is_member((struct slice){name, strlen(name)}))
		return true;
	near = nearest_member(name);
	shown = utf8_clean(name, strlen(name), SHOWN_MAX, NULL);
	buf_addf(c->why, "there is no metadata \"%s\"", shown);
	free(shown);
	c->at = start;
	if (near) {
		buf_addf(c->why, " (did you mean %s?)", near);
		return false;
	}
	for (size_t i = 0; i < MEMBERS; i++)
		buf_addf(c->why, "%s%s", i ? ", " : " (there are ",
			 members[i]);
	buf_addch(c->why, ')');
	return false;
}

static bool read_name(struct cursor *c)
{
	const char *start = c->at;
	const size_t len = name_length(start);

	if (!len)
		return fail(c, start, "a member's name should be here");
	add_step(c->path, (struct step){
		.kind = STEP_MEMBER, .name = xmemdup(start, len)});
	c->at += len;
	return c->path->count > 1 ||
	       check_member(c, start, c->path->steps[0].name);
}

/* Reads a name in quotes and brackets; after a backslash any character is part
 * of the name. */
static bool read_quoted(struct cursor *c)
{
	const char *start = c->at;
	const char quote = *c->at++;
	struct buf name = {0};

	for (; *c->at && *c->at != quote; c->at++) {
		if (*c->at == '\\' && c->at[1])
			c->at++;
		buf_addch(&name, *c->at);
	}
	buf_cstr(&name);
	add_step(c->path, (struct step){
		.kind = STEP_MEMBER, .name = buf_detach(&name)});
	if (!*c->at)
		return fail(c, start, "no quote closes it");
	c->at++;
	return true;
}

static bool read_index(struct cursor *c)
{
	const char *start = c->at;
	const size_t sign = *start == '-';
	const size_t digits = strspn(start + sign, "0123456789");

	if (!digits)
		return fail(c, start, "an index, a \"name\" or a ] should be "
				      "here");
	if (digits > DIGITS_MAX)
		return fail(c, start, "an index this large is never found");
	add_step(c->path, (struct step){
		.kind = STEP_ELEMENT, .index = strtol(start, NULL, 10)});
	c->at += sign + digits;
	return true;
}

static bool read_brackets(struct cursor *c)
{
	const char *open = c->at++;

	if (*c->at == ']')
		add_step(c->path, (struct step){.kind = STEP_ALL});
	else if (*c->at == '"' || *c->at == '\'') {
		if (!read_quoted(c))
			return false;
	} else if (!read_index(c)) {
		return false;
	}
	if (*c->at != ']')
		return fail(c, open, "no ] closes it");
	c->at++;
	return true;
}

static bool read_steps(struct cursor *c)
{
	/* As in jq, the path may begin with a dot. */
	if (*c->at == '.')
		c->at++;
	if (!read_name(c))
		return false;
	for (;;) {
		if (!strcmp(c->at, "::url")) {
			c->path->is_url = true;
			return true;
		}
		if (!*c->at)
			return true;
		if (*c->at == '[') {
			if (!read_brackets(c))
				return false;
		} else if (*c->at == '.') {
			c->at++;
			/* As in jq, ".[0]" means "[0]". */
			if (*c->at != '[' && !read_name(c))
				return false;
		} else {
			return fail(c, c->at, "a . or a [ should be here");
		}
	}
}

struct meta_path *meta_path_compile(const char *s, size_t len, struct buf *why,
				    size_t *at)
{
	char *text = xmemdup(s, len);
	struct meta_path *path = xcalloc(1, sizeof(*path));
	struct cursor c = {.at = text, .why = why, .path = path};

	if (!read_steps(&c)) {
		*at = (size_t)(c.at - text);
		meta_path_free(path);
		path = NULL;
	}
	free(text);
	return path;
}

void meta_path_free(struct meta_path *path)
{
	if (!path)
		return;
	for (size_t i = 0; i < path->count; i++)
		free(path->steps[i].name);
	free(path->steps);
	free(path);
}

bool meta_path_is_meant(const char *s)
{
	size_t len;
	char *name;
	bool meant;

	s += *s == '.';
	len = name_length(s);
	name = xmemdup(s, len);
	meant = len && !strpbrk(name, ":( ") &&
		(nearest_member(name) || s[len]);
	free(name);
	return meant;
}

bool meta_path_is_url(const struct meta_path *path)
{
	return path->is_url;
}

bool meta_path_takes_elements(const struct meta_path *path)
{
	return path->steps[path->count - 1].kind == STEP_ALL;
}

/* State while values are searched. */
struct search {
	const struct meta_path *path;
	bool (*on_value)(void *ctx, struct slice json);
	void *ctx;
};

/* Returns true if a name as written in JSON, perhaps with escapes, equals a
 * plain name. */
static bool is_name(struct slice raw, const char *name)
{
	struct buf text = {0};
	bool same;

	if (!raw.len || !memchr(raw.p, '\\', raw.len))
		return raw.len == strlen(name) &&
		       !memcmp(raw.p, name, raw.len);
	json_string_text(&text, json_quoted(raw));
	same = !strcmp(buf_cstr(&text), name) && strlen(name) == text.len;
	buf_release(&text);
	return same;
}

/* Returns the value of the member. If the name occurs several times, the last
 * one counts, as in JSON parsers. p is NULL if there is no such member. */
static struct slice find_member(struct slice json, const char *name)
{
	struct slice key, value, found = {0};
	size_t at = 0;

	if (json.p[0] != '{')
		return found;
	while (json_next(json, &at, &key, &value))
		if (is_name(key, name))
			found = value;
	return found;
}

static struct slice find_element(struct slice json, long index)
{
	struct slice key, value;
	size_t at = 0;

	if (json.p[0] != '[')
		return (struct slice){0};
	if (index < 0) {
		while (json_next(json, &at, &key, &value))
			index++;
		at = 0;
	}
	while (index >= 0 && json_next(json, &at, &key, &value))
		if (!index--)
			return value;
	return (struct slice){0};
}

/* Follows the path from step n on, from the given value. Returns false if no
 * further value is wanted. */
static bool walk(const struct search *s, size_t n, struct slice json)
{
	const struct step *step = &s->path->steps[n];
	struct slice key, value = {0};
	size_t at = 0;

	if (n == s->path->count)
		return s->on_value(s->ctx, json);
	switch (step->kind) {
	case STEP_MEMBER:
		value = find_member(json, step->name);
		break;
	case STEP_ELEMENT:
		value = find_element(json, step->index);
		break;
	case STEP_ALL:
		if (json.p[0] != '[')
			break;
		while (json_next(json, &at, &key, &value))
			if (!walk(s, n + 1, value))
				return false;
		return true;
	}
	return !value.p || walk(s, n + 1, value);
}

void meta_path_find(const struct meta_path *path, struct slice meta,
		    bool (*on_value)(void *ctx, struct slice json), void *ctx)
{
	walk(&(struct search){path, on_value, ctx}, 0, meta);
}
