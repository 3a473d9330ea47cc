/* Writes a request as a command line of curl (--print-curl). */
#ifndef CMD_SCRAPE_CURL_COMMAND_H
#define CMD_SCRAPE_CURL_COMMAND_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/job/job.h"
#include "fetch/config.h"

/*
 * Appends a line for a POSIX shell that makes the job's request, which
 * fetch_prepare() has set up. A body that cannot be an argument on one line
 * comes from printf through a pipe. Unless with_secrets is set, "***" replaces
 * logins, secret headers, cookies, and a body with a secret. It always replaces
 * an access token that a run would fetch (--oauth2-token-url).
 *
 * Limits of the run (rates, retries, sizes) are left out, and so are files that
 * curl would write (--cookie-jar).
 */
void curl_command_add(struct buf *out, const struct job *job,
		      const struct fetch_config *config, bool with_secrets);

#endif
