/* Members are found by their names, whatever their order. */
#include "cmd/check/facts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/mem.h"
#include "cmd/check/status_set.h"
#include "cmd/options/audit.h"

/* Returns the value of a member; p is NULL if there is none. */
static struct slice member(struct slice object, const char *wanted)
{
	struct slice name, value;
	size_t at = 0;

	if (!object.p || object.p[0] != '{')
		return (struct slice){0};
	while (json_next(object, &at, &name, &value))
		if (slice_is(name, wanted))
			return value;
	return (struct slice){0};
}

char *facts_text(struct slice value)
{
	struct buf text = {0};

	if (!json_is_text(value))
		return NULL;
	json_string_text(&text, value);
	for (size_t i = 0; i < text.len; i++)
		if (!text.data[i])
			text.data[i] = ' ';
	buf_cstr(&text);
	return buf_detach(&text);
}

/* Returns the number; 0 if the value is not a number. */
static double number(struct slice value)
{
	char text[32];

	if (!value.len || value.len >= sizeof(text))
		return 0;
	memcpy(text, value.p, value.len);
	text[value.len] = '\0';
	return strtod(text, NULL);
}

/* Returns the HTTP status; 0 if the value is not a status. */
static unsigned status_of(struct slice value)
{
	const double status = number(value);

	return status >= 100 && status <= STATUS_MAX ? (unsigned)status : 0;
}

/* Returns the number as an integer that is not far from 0. */
static long limited(struct slice value)
{
	const double most = 1e9;

	return (long)fmax(-most, fmin(number(value), most));
}

static struct slice array(struct slice value)
{
	return value.p && value.p[0] == '[' ? value : (struct slice){0};
}

/* Returns true if a robots directive keeps the page out of an index. */
static bool is_noindex(const char *text)
{
	return text && (strcasestr(text, "noindex") ||
			!strcasecmp(text, "none"));
}

/* Looks for noindex in the header, which may be there several times. */
static void read_robots_header(struct facts *f, struct slice headers)
{
	const struct slice values = member(headers, "x-robots-tag");
	struct slice none, value;
	size_t at = 0;

	f->has_headers = headers.p && headers.p[0] == '{';
	while (values.p && !f->robots && json_next(values, &at, &none, &value)) {
		char *text = facts_text(value);

		if (is_noindex(text))
			f->robots = xasprintf("X-Robots-Tag: %s", text);
		free(text);
	}
}

static void read_meta(struct facts *f, struct slice meta)
{
	char *robots = facts_text(member(meta, "robots"));

	f->has_meta = meta.p && meta.p[0] == '{';
	f->description = facts_text(member(meta, "description"));
	f->canonical = facts_text(member(meta, "canonical"));
	if (is_noindex(robots))
		f->robots = xasprintf("meta robots: %s", robots);
	free(robots);
}

static void read_certificate(struct facts *f, struct slice tls)
{
	const struct slice days = member(tls, "days_left");

	f->has_tls = days.p && days.p[0] != 'n';
	f->days_left = limited(days);
	f->not_after = facts_text(member(tls, "not_after"));
}

static void read_error(struct facts *f, struct slice error)
{
	f->error_kind = facts_text(member(error, "kind"));
	f->error_message = facts_text(member(error, "message"));
}

void facts_read(struct facts *f, struct slice record)
{
	const struct slice data = member(record, "data");
	const struct slice count = member(record, "links_count");

	*f = (struct facts){
		.url = facts_text(member(record, "url")),
		.final_url = facts_text(member(record, "final_url")),
		.title = facts_text(member(record, "title")),
		.ip = facts_text(member(record, "ip")),
		.status = status_of(member(record, "status")),
		.seconds = number(member(member(record, "time"), "total")),
		.is_html = count.p && count.p[0] != 'n',
		.redirects = array(member(record, "redirects")),
		.links = array(member(record, "links")),
		.insecure = array(member(data, CHECK_INSECURE)),
		.styles = array(member(data, CHECK_STYLES)),
		.ids = array(member(data, CHECK_IDS)),
		.names = array(member(data, CHECK_NAMES)),
	};
	read_error(f, member(record, "error"));
	read_meta(f, member(record, "meta"));
	read_robots_header(f, member(record, "headers"));
	read_certificate(f, member(record, "tls"));
}

void facts_release(struct facts *f)
{
	free(f->url);
	free(f->final_url);
	free(f->error_kind);
	free(f->error_message);
	free(f->title);
	free(f->description);
	free(f->canonical);
	free(f->robots);
	free(f->not_after);
	free(f->ip);
	*f = (struct facts){0};
}
