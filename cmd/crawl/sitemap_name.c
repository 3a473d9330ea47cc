/* Compares the last segment of the path with names of sitemaps. */
#include "cmd/crawl/sitemap_name.h"

#include <string.h>

#include "base/ascii.h"

static const char *const endings[] = {
	".xml", ".gz", ".txt", ".rss", ".atom", ".rdf",
};
static const char *const names[] = {"feed", "rss", "atom"};

/* Returns the last part of the path, without a slash at its end. */
static struct slice last_part(const struct url *url)
{
	struct slice s = url_path(url);
	const char *slash;

	if (s.len && s.p[s.len - 1] == '/')
		s.len--;
	slash = s.len ? memrchr(s.p, '/', s.len) : NULL;
	if (!slash)
		return s;
	return (struct slice){slash + 1, (size_t)(s.p + s.len - slash) - 1};
}

static bool ends_with(struct slice s, const char *lower)
{
	const size_t len = strlen(lower);

	return s.len >= len &&
	       ascii_is((struct slice){s.p + s.len - len, len}, lower);
}

static bool has_word(struct slice s, const char *lower)
{
	const size_t len = strlen(lower);

	for (; s.len >= len; s.p++, s.len--)
		if (ascii_is((struct slice){s.p, len}, lower))
			return true;
	return false;
}

bool sitemap_has_name(const struct url *url)
{
	const struct slice name = last_part(url);

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (ends_with(name, endings[i]))
			return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (ascii_is(name, names[i]))
			return true;
	return has_word(name, "sitemap");
}
