/* Decides how a job continues after a hop: it is done, follows a redirect, or
 * is retried. Pure: clock and randomness are arguments. */
#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"
#include "fetch/content_length.h"
#include "fetch/fetch.h"
#include "fetch/hop.h"
#include "fetch/retry.h"
#include "fetch/trace.h"

static enum verdict follow_redirect(struct job *job,
				    const struct fetch_config *config,
				    msec now)
{
	job_clear_error(job);
	hop_redirect(job, config);
	if (job->err)
		return VERDICT_DONE;
	job->deadline -= now;
	if (job->deadline <= 0) {
		job_fail(job, ERR_TIMEOUT, "the redirects took longer than "
			 "--max-time");
		return VERDICT_DONE;
	}
	job->not_before = 0;
	job->again = true;
	return VERDICT_AGAIN;
}

/* Sets up a retry, which repeats the whole request from its first URL. */
static enum verdict retry_request(struct job *job,
				  const struct fetch_config *config, msec at)
{
	job_clear_result(job);
	hop_reset(job, config);
	job->not_before = at;
	job->again = true;
	return VERDICT_AGAIN;
}

/* Returns true if a retry would start after --retry-max-time, so that the
 * response is the result. */
static bool is_after_retry_time(const struct job *job,
				const struct fetch_config *config, msec at)
{
	return at > job->first_start + config->retry_max_time;
}

/* Returns for how long the host asks for no requests, or 0. */
static msec pause_asked_for(const struct job *job,
			    const struct verdict_context *context)
{
	msec asked;

	if (job->err)
		return 0;
	asked = retry_after(job, context->unix_now);
	if (asked <= 0 && job->res.status == 429)
		asked = context->throttle_backoff;
	return asked;
}

/* Pauses the host. If the pause is longer than any request may wait, the host
 * is only paused briefly (BUSY_PAUSE), and each request ends with its response
 * as the result. */
static void pause_host(const struct job *job,
		       const struct fetch_config *config, msec now, msec asked,
		       struct host_pause *pause)
{
	const struct slice host = url_host(&job->hop.url);

	pause->host = xmemdup(host.p, host.len);
	pause->until = now + (asked < config->retry_max_time ? asked
							     : BUSY_PAUSE);
}

bool fetch_token_is_refused(const struct job *job)
{
	return !job->cancelled && !job->err && job->res.status == 401 &&
	       job->hop.authorization && !job->token_of && !job->token_renewed;
}

void fetch_repeat_hop(struct job *job, msec now)
{
	job_clear_result(job);
	free(job->hop.authorization);
	job->hop.authorization = NULL;
	/* Between two hops, deadline holds the time that is left. */
	job->deadline -= now;
	job->not_before = 0;
	job->again = true;
}

bool fetch_is_final(const struct job *job, const struct fetch_config *config)
{
	if (job->cancelled)
		return true;
	if (hop_is_redirect(job, config) || fetch_token_is_refused(job))
		return false;
	if (retry_is_worth_it(job) && job->attempts <= config->retry)
		return false;
	return job->err || content_length_is_valid(job);
}

/* Accepts the response as the result. Fails the job if the Content-Length
 * fields are not valid, because then the length of the body is not known. */
static enum verdict accept_result(struct job *job)
{
	if (!job->err && !content_length_is_valid(job))
		job_fail(job, ERR_HTTP, "the Content-Length is not a number, "
			 "or there are several that differ");
	return VERDICT_DONE;
}

static enum verdict decide_verdict(struct job *job,
				   const struct fetch_config *config,
				   const struct verdict_context *context,
				   struct host_pause *pause)
{
	const msec now = context->now;
	msec asked, at;

	*pause = (struct host_pause){0};
	if (job->cancelled)
		return VERDICT_DONE;
	if (hop_is_redirect(job, config))
		return follow_redirect(job, config, now);
	/* The pause applies to the host even if this request (a POST, say) is
	 * not repeated. */
	asked = pause_asked_for(job, context);
	if (asked > 0)
		pause_host(job, config, now, asked, pause);
	if (!retry_is_worth_it(job))
		return accept_result(job);
	at = now + (asked > 0 ? asked : retry_back_off(job->attempts,
						       context->random));
	if (job->attempts > config->retry ||
	    is_after_retry_time(job, config, at))
		return accept_result(job);
	return retry_request(job, config, at);
}

/* Decides, and logs the hop with the decision. */
static enum verdict trace_decision(struct job *job,
				   const struct fetch_config *config,
				   const struct verdict_context *context,
				   struct host_pause *pause)
{
	const bool had_error = job->err;
	const struct slice name = url_host(&job->hop.url);
	struct log_about about = {.status = job->res.status};
	struct buf line = {0}, url = {0}, host = {0};
	enum verdict verdict;

	/* A redirect replaces the URL of the hop. */
	trace_url(&url, job);
	buf_add(&host, name.p, name.len);
	about.url = slice_of(&url);
	about.host = slice_of(&host);
	about.error = had_error ? err_name(job->err) : NULL;
	trace_hop(&line, job, context->now);
	verdict = decide_verdict(job, config, context, pause);
	trace_verdict(&line, job, verdict, had_error, config, context->now,
		      pause);
	if (job->err)
		about.error = err_name(job->err);
	log_debug_about(&about, "%s", buf_cstr(&line));
	buf_release(&line);
	buf_release(&url);
	buf_release(&host);
	return verdict;
}

enum verdict fetch_verdict(struct job *job, const struct fetch_config *config,
			   const struct verdict_context *context,
			   struct host_pause *pause)
{
	if (log_level() < LOG_VERBOSE)
		return decide_verdict(job, config, context, pause);
	return trace_decision(job, config, context, pause);
}
