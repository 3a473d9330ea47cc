/* Writes the lines of -v about hops and the verdicts on them. */
#include "fetch/trace.h"

#include "base/secret_rules.h"

/* Longest URL shown, in bytes: a message is cut at 2,048 bytes (base/log.c),
 * and two URLs have to fit. */
enum { URL_SHOWN = 800 };

/* Appends the URL without its user and password. */
static void add_url(struct buf *line, const struct url *url)
{
	struct buf plain = {0}, shown = {0};

	if (!url->href) {
		buf_addstr(line, "?");
		return;
	}
	if (url_username(url).len || url_password(url).len) {
		buf_add(&plain, url->href, url->scheme_end);
		buf_addstr(&plain, "://");
		buf_addstr(&plain, url->href + url->host_start);
	} else {
		buf_add(&plain, url->href, url->len);
	}
	secret_url_show(&shown, plain.data, plain.len);
	buf_addf(line, "%.*s", URL_SHOWN, buf_cstr(&shown));
	buf_release(&plain);
	buf_release(&shown);
}

static void add_error(struct buf *line, const struct job *job)
{
	buf_addf(line, "%s: %s", err_name(job->err), job->err_message);
}

static void add_seconds(struct buf *line, msec time)
{
	buf_addf(line, "%.3g s", time > 0 ? time / 1e3 : 0);
}

void trace_hop(struct buf *line, const struct job *job, msec now)
{
	const struct hop *hop = &job->hop;

	buf_addf(line, "%s ", hop->method ? hop->method : "?");
	add_url(line, &hop->url);
	buf_addstr(line, " -> ");
	if (job->res.status)
		buf_addf(line, "%d", job->res.status);
	if (job->res.status && job->err)
		buf_addstr(line, ", ");
	if (job->err)
		add_error(line, job);
	buf_addf(line, " (%.3f s)", (now - hop->started) / 1e3);
}

void trace_url(struct buf *line, const struct job *job)
{
	add_url(line, &job->hop.url);
}

void trace_verdict(struct buf *line, const struct job *job,
		   enum verdict verdict, bool had_error,
		   const struct fetch_config *config, msec now,
		   const struct host_pause *pause)
{
	if (verdict == VERDICT_AGAIN && job->hop.redirects > 0) {
		buf_addstr(line, ", on to ");
		add_url(line, &job->hop.url);
	} else if (verdict == VERDICT_AGAIN) {
		buf_addstr(line, ", again in ");
		add_seconds(line, job->not_before - now);
		buf_addf(line, " (attempt %u of %u)", job->attempts + 1,
			 config->retry + 1);
	} else if (job->err && !had_error) {
		buf_addstr(line, ", ");
		add_error(line, job);
	}
	if (!pause->host)
		return;
	buf_addf(line, "; no requests to %s for ", pause->host);
	add_seconds(line, pause->until - now);
}
