#include "cmd/output/postgres_target.h"

#include <string.h>
#include <strings.h>

#include "base/percent.h"
#include "cmd/output/postgres.h"

bool postgres_target_is_url(const char *text)
{
	return !strncasecmp(text, "postgresql://", 13) ||
	       !strncasecmp(text, "postgres://", 11);
}

/* Returns true if a port follows the colon: digits, then the end of a host. */
static bool is_port(const char *colon)
{
	const size_t digits = strspn(colon + 1, "0123456789");

	return strchr("/?,", colon[1 + digits]) != NULL;
}

/* Returns true if the user in a URL is followed by a password. The password may
 * contain characters that should have been encoded, and that libpq would take
 * for the end of the host. */
static bool has_login_password(const char *url)
{
	const char *begin = strstr(url, "://") + 3;
	const char *host = *begin == '[' ? begin + strcspn(begin, "]") : begin;
	const char *colon = strchr(host, ':');
	const char *at = strrchr(begin, '@');

	if (!colon || !at || at < colon)
		return false;
	return !is_port(colon) || memchr(colon, '@', strcspn(colon, "?"));
}

/* Returns true if the text contains "password =", also as the end of
 * "sslpassword =". */
static bool has_password_pair(const char *text)
{
	for (; (text = strcasestr(text, "password")); text++)
		if (text[8 + strspn(text + 8, " \t\r\n")] == '=')
			return true;
	return false;
}

/* Returns true also in doubtful cases. Called before libpq parses the target,
 * because libpq could repeat a part of a password in its message. */
static bool may_have_password(const char *target)
{
	struct buf text = {0};
	bool has;

	if (postgres_target_is_url(target) && has_login_password(target))
		return true;
	percent_decode(&text, target, strlen(target));
	has = has_password_pair(buf_cstr(&text));
	buf_release(&text);
	return has;
}

static int refuse_password(struct buf *why)
{
	buf_addstr(why, "a password must not be on the command line, where "
		   "others can see it: put it into ~/.pgpass or the variable "
		   "PGPASSWORD, and leave it out of the URL");
	return -1;
}

int postgres_target_check(const char *target, struct buf *why)
{
	const bool is_url = postgres_target_is_url(target);
	bool has_password;

	if (may_have_password(target))
		return refuse_password(why);
	/* Otherwise the target is the name of a database. */
	if (!is_url && !strchr(target, '='))
		return 0;
	if (is_url && strncmp(target, "postgres", 8) != 0) {
		buf_addstr(why, "the scheme of a database's URL is in lower "
			   "case: postgresql://");
		return -1;
	}
	if (postgres_parse_target(target, &has_password, why))
		return -1;
	return has_password ? refuse_password(why) : 0;
}
