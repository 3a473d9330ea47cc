#include "cmd/warc/writer/info.h"

#include <unistd.h>

/* Longest host name that POSIX allows. */
enum { HOST_NAME_SIZE = 256 };

/* Adds a field. A line end in the value, which an argument may have, becomes a
 * space. */
static void add_field(struct buf *out, const char *name, const char *value)
{
	const size_t before = out->len;

	buf_addf(out, "%s: %s", name, value);
	for (size_t i = before; i < out->len; i++)
		if (out->data[i] == '\r' || out->data[i] == '\n')
			out->data[i] = ' ';
	buf_addstr(out, "\r\n");
}

void warc_info_add(struct buf *out, const struct warc_config *config,
		   const struct warc_run *run)
{
	char host[HOST_NAME_SIZE] = "";

	add_field(out, "software", "scrape/" SCRAPE_VERSION);
	add_field(out, "format", "WARC File Format 1.1");
	add_field(out, "conformsTo", "http://iipc.github.io/warc-specifications"
		  "/specifications/warc-format/warc-1.1/");
	add_field(out, "robots", run->obeys_robots ? "obey" : "ignore");
	if (*run->user_agent)
		add_field(out, "http-header-user-agent", run->user_agent);
	if (!gethostname(host, sizeof(host) - 1) && *host)
		add_field(out, "hostname", host);
	add_field(out, "arguments", run->arguments);
	for (size_t i = 0; i < config->headers.len; i++)
		buf_addf(out, "%s\r\n", config->headers.items[i]);
}
