/* Parses the URL of a job: redis://[USER@]HOST[:PORT][/DB]#JOB or
 * unix://[USER@]/PATH[?db=DB]#JOB. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/units.h"
#include "fleet/hub.h"

enum { DEFAULT_PORT = 6379, MAX_JOB = 64, MAX_DATABASE = 65535 };

#define EXAMPLE "redis://hub.example/0#books"

static bool is_job_name(const char *name)
{
	const size_t len = strlen(name);

	/* Allow no character that has a meaning in a pattern of SCAN. */
	return len > 0 && len <= MAX_JOB &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV"
			    "WXYZ0123456789._-") == len;
}

/* Cuts "USER@" off the start of *rest, if it is there. */
static int parse_user(struct hub_address *a, char **rest, struct buf *why)
{
	char *at = strchr(*rest, '@');

	if (!at)
		return 0;
	*at = '\0';
	if (strchr(*rest, ':')) {
		buf_addstr(why, "a password must not be in the URL, where "
			   "others could read it: set SCRAPE_FLEET_PASSWORD, or "
			   "SCRAPE_FLEET_PASSWORD_FILE to the name of a file");
		return -1;
	}
	if (**rest)
		a->user = xstrdup(*rest);
	*rest = at + 1;
	return 0;
}

static int parse_database(struct hub_address *a, const char *text,
			  struct buf *why)
{
	struct buf reason = {0};
	uint64_t number;
	const int err = units_parse_number(&number, text, 0, MAX_DATABASE,
					   &reason);

	if (err)
		buf_addf(why, "the number of the database: %s",
			 buf_cstr(&reason));
	else
		a->database = (unsigned)number;
	buf_release(&reason);
	return err;
}

/* Finds the end of the host in HOST[:PORT], where HOST may be an IPv6 address
 * in brackets, which are removed. Returns NULL if the closing bracket is
 * missing. */
static char *end_of_host(char **host)
{
	char *end;

	if (**host != '[')
		return *host + strcspn(*host, ":");
	end = strchr(*host, ']');
	if (!end)
		return NULL;
	++*host;
	*end++ = '\0';
	return end;
}

static int parse_port(unsigned *port, const char *text, struct buf *why)
{
	struct buf reason = {0};
	uint64_t number = 0;
	const int err = units_parse_number(&number, text, 1, 65535, &reason);

	if (err)
		buf_addf(why, "the port: %s", buf_cstr(&reason));
	*port = (unsigned)number;
	buf_release(&reason);
	return err;
}

static int parse_host(struct hub_address *a, char *text, struct buf *why)
{
	char *end = end_of_host(&text);

	a->port = DEFAULT_PORT;
	if (end && *end == ':') {
		*end = '\0';
		if (parse_port(&a->port, end + 1, why))
			return -1;
		end += strlen(end);
	}
	if (!end || *end || !*text) {
		buf_addstr(why, "the host is missing, or not understood: "
			   EXAMPLE " (an IPv6 address needs brackets)");
		return -1;
	}
	a->host = xstrdup(text);
	return 0;
}

static int parse_redis(struct hub_address *a, char *rest, struct buf *why)
{
	char *slash;

	if (parse_user(a, &rest, why))
		return -1;
	slash = strchr(rest, '/');
	if (slash)
		*slash++ = '\0';
	if (slash && *slash && parse_database(a, slash, why))
		return -1;
	return parse_host(a, rest, why);
}

static int parse_unix(struct hub_address *a, char *rest, struct buf *why)
{
	char *query = strchr(rest, '?');

	if (query) {
		*query++ = '\0';
		if (strncmp(query, "db=", 3)) {
			buf_addstr(why, "only ?db=NUMBER can follow the path");
			return -1;
		}
		if (parse_database(a, query + 3, why))
			return -1;
	}
	if (*rest != '/' && parse_user(a, &rest, why))
		return -1;
	if (*rest != '/' || !rest[1]) {
		buf_addstr(why, "the path of the socket must begin with /: "
			   "unix:///run/redis/redis.sock#books");
		return -1;
	}
	a->path = xstrdup(rest);
	return 0;
}

static int parse_parts(struct hub_address *a, char *text, struct buf *why)
{
	char *job = strchr(text, '#');

	if (!job || !is_job_name(job + 1)) {
		buf_addstr(why, job ? "the name of the job, after #, may have "
				      "up to 64 letters, digits, \".\", \"_\" "
				      "and \"-\""
				    : "the name of the job is missing: "
				      EXAMPLE);
		return -1;
	}
	*job++ = '\0';
	a->job = xstrdup(job);
	if (!strncmp(text, "redis://", 8))
		return parse_redis(a, text + 8, why);
	if (!strncmp(text, "unix://", 7))
		return parse_unix(a, text + 7, why);
	if (!strncmp(text, "rediss:", 7))
		buf_addstr(why, "connections with TLS need a tunnel, such as "
			   "stunnel, in front of the server: use redis:// to "
			   "its end on this machine");
	else
		buf_addstr(why, "the URL must begin with redis:// or unix://, "
			   "such as " EXAMPLE);
	return -1;
}

int hub_address_parse(struct hub_address *a, const char *url, struct buf *why)
{
	char *text = xstrdup(url);
	int err;

	*a = (struct hub_address){.user = NULL};
	err = parse_parts(a, text, why);
	/* Wipe the text, which may have a password. */
	explicit_bzero(text, strlen(url));
	free(text);
	if (err)
		hub_address_release(a);
	return err;
}

void hub_address_release(struct hub_address *a)
{
	free(a->user);
	free(a->host);
	free(a->path);
	free(a->job);
	*a = (struct hub_address){.user = NULL};
}
