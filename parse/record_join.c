/*
 * Joins the program's own record head with a part from a worker that may have
 * been taken over by its page. The part is checked against a table of the
 * members it must have; anything else (a second "url", a line end, half a
 * string) fails because it is not the next expected member.
 *
 * Each byte of the part is scanned twice, the second time while it is copied.
 * This takes a few instructions per byte, and less than one inside strings.
 */
#include "base/json/compact.h"
#include "base/utf8.h"
#include "parse/extract/schema.h"
#include "parse/record.h"

enum type {
	TEXT = 1,
	COUNT = 2,
	ARRAY = 4,
	OBJECT = 8,
	NULL_VALUE = 16,	/* the value null */
	OTHER = 32,	 /* numbers that are no COUNT, true, false */
	ANY = 63,
};

typedef bool is_wanted_fn(const struct parse_config *config,
			  const struct job *job);

static bool always(const struct parse_config *config, const struct job *job)
{
	(void)config;
	(void)job;
	return true;
}

/* Returns true if gather will read the record: only gather needs these
 * members. */
static bool for_gather(const struct parse_config *config, const struct job *job)
{
	(void)job;
	return config->want_json;
}

static bool with_links(const struct parse_config *config, const struct job *job)
{
	(void)job;
	return config->links;
}

static bool with_data(const struct parse_config *config, const struct job *job)
{
	return parse_config_has_data(config, job);
}

static bool with_fields(const struct parse_config *config,
			const struct job *job)
{
	return parse_config_schema(config, job) != NULL;
}

static bool with_meta(const struct parse_config *config, const struct job *job)
{
	(void)job;
	return config->meta;
}

static bool with_article(const struct parse_config *config,
			 const struct job *job)
{
	(void)job;
	return config->article;
}

static bool with_markdown(const struct parse_config *config,
			  const struct job *job)
{
	(void)job;
	return config->markdown != MARKDOWN_NOT;
}

static bool with_body(const struct parse_config *config, const struct job *job)
{
	(void)job;
	return config->body;
}

struct member {
	const char *name;
	unsigned types;		/* allowed types of the value: bits of enum
				 * type */
	is_wanted_fn *is_wanted;
	bool optional;
};

/* Members of a page in the order of record.c. Headers do not come from the
 * worker; they are written between the page's members and the body. */
static const struct member first_members[] = {
	{"title", TEXT | NULL_VALUE, always, false},
	{"links_count", COUNT | NULL_VALUE, always, false},
	{0},
};
static const struct member json_member = {"json", ANY, always, false};
static const struct member stream_member = {"json_stream", OTHER, for_gather,
					    true};
static const struct member page_members[] = {
	{"links", ARRAY | NULL_VALUE, with_links, false},
	{"data", OBJECT | ARRAY | NULL_VALUE, with_data, false},
	{"missing", ARRAY, with_fields, true},
	{"meta", OBJECT | NULL_VALUE, with_meta, false},
	{"article", OBJECT | NULL_VALUE, with_article, false},
	{"markdown", TEXT | NULL_VALUE, with_markdown, false},
	{0},
};

static const struct member item_members[] = {
	{"data", OBJECT, with_fields, false},
	{"missing", ARRAY, with_fields, true},
	{0},
};

/* A record has one of the two members for the body. */
static const struct member text_members[] = {
	{"body", TEXT | NULL_VALUE, with_body, false},
	{0},
};
static const struct member binary_members[] = {
	{"body_base64", TEXT, with_body, false},
	{0},
};

static bool take_text(struct slice *rest, const char *text)
{
	const size_t len = strlen(text);

	if (rest->len < len || memcmp(rest->p, text, len) != 0)
		return false;
	rest->p += len;
	rest->len -= len;
	return true;
}

static bool is_count(struct slice value)
{
	/* a number of 18 digits always fits an int64_t */
	enum { DIGITS_MAX = 18 };

	for (size_t i = 0; i < value.len; i++)
		if (value.p[i] < '0' || value.p[i] > '9')
			return false;
	return value.len <= DIGITS_MAX;
}

static enum type type_of(struct slice value)
{
	switch (value.p[0]) {
	case '"':
		return TEXT;
	case '[':
		return ARRAY;
	case '{':
		return OBJECT;
	case 'n':
		return NULL_VALUE;
	default:
		return is_count(value) ? COUNT : OTHER;
	}
}

/* Skips `,"NAME":`. Returns false if the part does not continue with it. */
static bool take_name(struct slice *rest, const char *name)
{
	struct slice left = *rest;

	if (!take_text(&left, ",\"") || !take_text(&left, name) ||
	    !take_text(&left, "\":"))
		return false;
	*rest = left;
	return true;
}

static int join_member(struct buf *out, struct slice *rest,
		       const struct member *m)
{
	struct slice value;

	if (!take_name(rest, m->name))
		return m->optional ? 0 : -1;
	value = (struct slice){rest->p, json_value_length(*rest)};
	if (!value.len || !(type_of(value) & m->types))
		return -1;
	buf_addstr(out, ",\"");
	buf_addstr(out, m->name);
	buf_addstr(out, "\":");
	if (!json_add_checked(out, value))
		return -1;
	rest->p += value.len;
	rest->len -= value.len;
	return 0;
}

static int join_members(struct buf *out, struct slice *rest,
			const struct member *members, const struct job *job,
			const struct parse_config *config)
{
	for (const struct member *m = members; m->name; m++)
		if (m->is_wanted(config, job) && join_member(out, rest, m))
			return -1;
	return 0;
}

static int join_body(struct buf *out, struct slice *rest,
		     const struct job *job, const struct parse_config *config)
{
	struct slice look = *rest;
	const bool is_text = take_name(&look, text_members->name);

	return join_members(out, rest, is_text ? text_members : binary_members,
			    job, config);
}

static int join_end(struct buf *out, struct slice *rest)
{
	buf_addstr(out, "}\n");
	return take_text(rest, "}\n") ? 0 : -1;
}

/* Copies "json" and "json_stream" into the record and stores in the job where
 * the value of "json" is. */
static int join_json(struct job *job, struct buf *out, struct slice *rest,
		     const struct parse_config *config)
{
	struct record_json *json = &job->json;

	json->at = out->len + strlen(",\"json\":");
	if (join_member(out, rest, &json_member))
		return -1;
	json->len = out->len - json->at;
	if (stream_member.is_wanted(config, job) &&
	    join_member(out, rest, &stream_member))
		return -1;
	json->is_stream = out->len > json->at + json->len;
	return 0;
}

static int join_page(struct buf *out, struct slice *rest, struct job *job,
		     const struct parse_config *config)
{
	record_add_head(out, job, config);
	if (join_members(out, rest, first_members, job, config) ||
	    join_json(job, out, rest, config) ||
	    join_members(out, rest, page_members, job, config))
		return -1;
	if (config->headers)
		record_add_headers(out, job);
	if (join_body(out, rest, job, config) || join_end(out, rest))
		return -1;
	return rest->len ? -1 : 0;
}

static int join_items(struct buf *out, struct slice *rest,
		      const struct job *job, const struct parse_config *config)
{
	for (size_t n = 0; rest->len; n++) {
		record_add_item_head(out, job, n);
		if (join_members(out, rest, item_members, job, config) ||
		    join_end(out, rest))
			return -1;
	}
	return 0;
}

/* Returns true if the part consists of items. An item begins with "data", the
 * part of a page with its title. */
static bool are_items(const struct slice *part, const struct job *job,
		      const struct parse_config *config)
{
	struct slice look = *part;

	return record_may_have_items(job, config) &&
	       take_name(&look, item_members->name);
}

int record_join(struct job *job, const struct buf *part,
		const struct parse_config *config)
{
	struct slice rest = {part->data, part->len};
	struct buf *out = &job->record;
	int err;

	buf_clear(out);
	job->json = (struct record_json){0};
	if (!rest.len || utf8_valid_prefix(rest.p, rest.len) != rest.len)
		return -1;
	buf_reserve(out, RECORD_USUAL_HEAD + rest.len);
	if (are_items(&rest, job, config))
		err = join_items(out, &rest, job, config);
	else
		err = join_page(out, &rest, job, config);
	if (err) {
		buf_release(out);
		job->json = (struct record_json){0};
	}
	return err;
}
