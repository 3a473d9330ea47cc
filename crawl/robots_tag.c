/* Splits directives at commas. A colon ends the name of a robot, except after
 * directives that have a value. */
#include "crawl/robots_tag.h"

#include <string.h>

#include "base/ascii.h"
#include "base/job/headers.h"

/* Directives with a value after a colon. */
static const char *const with_value[] = {
	"unavailable_after", "max-snippet", "max-image-preview",
	"max-video-preview",
};

static bool is_nofollow(struct slice directive)
{
	directive = ascii_trim(directive);
	return ascii_is(directive, "nofollow") || ascii_is(directive, "none");
}

/* Removes the part before the first comma from the front of the value, and
 * returns that part. */
static struct slice next_part(struct slice *value)
{
	const char *comma = value->len ? memchr(value->p, ',', value->len)
				       : NULL;
	const size_t len = comma ? (size_t)(comma - value->p) : value->len;
	const struct slice part = {value->p, len};

	value->p += len + !!comma;
	value->len -= len + !!comma;
	return part;
}

static bool has_value(struct slice name)
{
	for (size_t i = 0; i < sizeof(with_value) / sizeof(*with_value); i++)
		if (ascii_is(name, with_value[i]))
			return true;
	return false;
}

/* Removes the name of a robot from the front of the directive. Returns false if
 * the directive has no name. */
static bool take_name(struct slice *directive, struct slice *name)
{
	const char *colon = directive->len
		? memchr(directive->p, ':', directive->len) : NULL;

	if (!colon)
		return false;
	*name = ascii_trim((struct slice){directive->p,
					  (size_t)(colon - directive->p)});
	if (has_value(*name))
		return false;
	directive->len -= (size_t)(colon + 1 - directive->p);
	directive->p = colon + 1;
	return true;
}

bool robots_tag_is_nofollow(struct slice value, const char *agent)
{
	bool is_for_us = true;

	while (value.len) {
		struct slice directive = next_part(&value), name;

		if (take_name(&directive, &name))
			is_for_us = ascii_is(name, agent);
		if (is_for_us && is_nofollow(directive))
			return true;
	}
	return false;
}

bool robots_tags_are_nofollow(const struct buf *headers, const char *agent)
{
	struct slice value;
	size_t at = 0;

	while (headers_find(headers, &at, "x-robots-tag", &value))
		if (robots_tag_is_nofollow(value, agent))
			return true;
	return false;
}

bool robots_meta_is_nofollow(struct slice content)
{
	while (content.len)
		if (is_nofollow(next_part(&content)))
			return true;
	return false;
}

bool robots_meta_is_for(struct slice name, const char *agent)
{
	name = ascii_trim(name);
	return ascii_is(name, "robots") || (*agent && ascii_is(name, agent));
}
