/* Finds cookies whose expiry date libcurl misread, and deletes them from
 * libcurl's list by setting each of them again with an expiry date in 1970. */
#include "fetch/cookie_date.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/url/url.h"

static const char set_cookie[] = "set-cookie:";

/* Columns of a line in the Netscape cookie file format, separated by tabs:
 * domain, whether subdomains match, path, secure, expires, name, value. */
enum { DOMAIN, SUBDOMAINS, PATH, SECURE, EXPIRES, NAME, VALUE, COLUMNS };

/* Returns the expiry time (seconds since 1970) that libcurl has wrongly stored
 * for the date, which is 0, as for a session cookie, if the date is before
 * 1970. Returns -1 if libcurl has read the date correctly. */
static long long wrong_expiry(const char *date)
{
	enum { FIRST_OF_2070 = 3155760000, FIRST_OF_2071 = 3187296000 };
	const long long time = (long long)curl_getdate(date, NULL);

	if (time < -1)
		return 0;
	if (time >= FIRST_OF_2070 && time < FIRST_OF_2071 &&
	    !strstr(date, "2070"))
		return time;
	return -1;
}

static const char *skip_space(const char *s)
{
	return s + strspn(s, " \t");
}

/* Returns the value of the first Expires attribute, or NULL. The value is
 * terminated in place. */
static char *take_expires(char *attributes)
{
	static const char name[] = "expires";

	for (char *s = attributes; s; s = strchr(s, ';')) {
		char *value;

		s = (char *)skip_space(s + 1);
		if (strncasecmp(s, name, sizeof(name) - 1) != 0)
			continue;
		value = (char *)skip_space(s + sizeof(name) - 1);
		if (*value != '=')
			continue;
		value[strcspn(value, ";")] = '\0';
		return value + 1;
	}
	return NULL;
}

static bool split_columns(char *line, char *columns[COLUMNS])
{
	for (int i = 0; i < COLUMNS; i++) {
		columns[i] = line;
		line = strchr(line, '\t');
		if (!line)
			return i == COLUMNS - 1;
		if (i < COLUMNS - 1)
			*line++ = '\0';
	}
	return true;
}

static bool is_of_host(const char *domain, struct slice host)
{
	static const char http_only[] = "#HttpOnly_";

	if (!strncmp(domain, http_only, sizeof(http_only) - 1))
		domain += sizeof(http_only) - 1;
	if (*domain == '.')
		domain++;
	return url_host_is_under(host, domain);
}

/* Sets the cookie again with an expiry in 1970, which deletes it. */
static void remove_cookie(CURL *easy, char *columns[COLUMNS])
{
	char *line = xasprintf("%s\t%s\t%s\t%s\t1\t%s\t%s", columns[DOMAIN],
			       columns[SUBDOMAINS], columns[PATH],
			       columns[SECURE], columns[NAME], columns[VALUE]);

	/* If this fails (out of memory), the cookie stays. */
	curl_easy_setopt(easy, CURLOPT_COOKIELIST, line);
	free(line);
}

static void remove_from_list(CURL *easy, const char *name, long long expires,
			     struct slice host)
{
	struct curl_slist *list = NULL;
	char text[32];

	snprintf(text, sizeof(text), "%lld", expires);
	curl_easy_getinfo(easy, CURLINFO_COOKIELIST, &list);
	for (struct curl_slist *c = list; c; c = c->next) {
		char *columns[COLUMNS];

		if (split_columns(c->data, columns) &&
		    !strcmp(columns[NAME], name) &&
		    !strcmp(columns[EXPIRES], text) &&
		    is_of_host(columns[DOMAIN], host))
			remove_cookie(easy, columns);
	}
	curl_slist_free_all(list);
}

/* Deletes the cookie if its date was misread. cookie is "name=value;
 * attribute..." and is modified. */
static void correct_cookie(CURL *easy, char *cookie, struct slice host)
{
	char *attributes = strchr(cookie, ';'), *equals, *expires;
	long long time;
	size_t len;

	if (!attributes)
		return;
	expires = take_expires(attributes);
	if (!expires)
		return;
	time = wrong_expiry(expires);
	equals = strchr(cookie, '=');
	if (time < 0 || !equals || equals > attributes)
		return;
	len = (size_t)(equals - cookie);
	while (len && strchr(" \t", cookie[len - 1]))
		len--;
	cookie[len] = '\0';
	remove_from_list(easy, cookie, time, host);
}

void cookie_date_correct(CURL *easy, const char *line, size_t len,
			 struct slice host)
{
	const size_t name = sizeof(set_cookie) - 1;
	char *text;

	if (len <= name || (line[0] | 0x20) != 's' ||
	    strncasecmp(line, set_cookie, name) != 0)
		return;
	text = xmemdup(line + name, len - name);
	text[strcspn(text, "\r\n")] = '\0';
	correct_cookie(easy, (char *)skip_space(text), host);
	free(text);
}
