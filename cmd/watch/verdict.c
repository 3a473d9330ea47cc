#include "cmd/watch/verdict.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd/watch/fields.h"

static enum condition condition_of(const struct job *job,
				   const struct known *known)
{
	const int status = job->res.status;

	if ((status == 404 || status == 410) && known->was_good)
		return CONDITION_GONE;
	return status >= 400 || job->err ? CONDITION_FAILED : CONDITION_GOOD;
}

static char *failure_of(const struct job *job)
{
	return job->res.status >= 400 ? xasprintf("%d", job->res.status)
				      : xstrdup(err_name(job->err));
}

/* --- Pages that are gone, or fail ----------------------------------------- */

/* Decides on a page that is gone or fails. A page that is still gone, or that
 * fails with the same error as before, is not reported again. */
static void judge_failure(struct verdict *v, const struct job *job,
			  struct known *known, enum condition condition)
{
	char *failure = failure_of(job);

	v->is_news = condition != known->condition ||
		     (condition == CONDITION_FAILED &&
		      (!known->failure ||
		       strcmp(failure, known->failure) != 0));
	v->must_keep = v->is_news;
	buf_addstr(&v->members, condition == CONDITION_GONE
					? ",\"gone\":true" : ",\"failed\":true");
	free(known->failure);
	known->failure = failure;
	known->condition = condition;
}

/* --- Good pages ----------------------------------------------------------- */

/* Returns true if the page has changed, and appends the members that describe
 * the change. If the page had fields before, only fields are compared. */
static bool has_changed(struct verdict *v, const struct job *job,
			const struct known *known, struct slice fields)
{
	const struct visit visit = {.text = known->text};

	if (job->res.status == 304)
		return false;
	if (fields.len && known->fields)
		return watch_fields_compare(&v->members,
					    (struct slice){
						    known->fields,
						    strlen(known->fields)},
					    fields);
	if (visit_has_text(&visit, &job->text))
		return false;
	buf_addstr(&v->members, ",\"changed\":true");
	return true;
}

static bool is_same(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* Stores the data with which the next response is compared. Returns true if any
 * of them differ from the stored ones. */
static bool keep_response(const struct job *job, struct known *known,
			  uint64_t meaning, struct slice fields)
{
	struct validators validators = {0};
	bool differs;

	if (job->res.status == 304)
		return false;
	if (!job->hop.redirects)
		validators_read(&validators, job, job->res.final_url);
	differs = !is_same(validators.etag, known->validators.etag) ||
		  !is_same(validators.modified, known->validators.modified) ||
		  known->text.whole != job->text.whole ||
		  known->text.body != job->text.body ||
		  known->meaning != meaning;
	validators_release(&known->validators);
	known->validators = validators;
	known->text = job->text;
	free(known->fields);
	known->fields = meaning ? xmemdup(fields.p, fields.len) : NULL;
	known->meaning = meaning;
	return differs;
}

static void judge_page(struct verdict *v, const struct job *job,
		       struct known *known, uint64_t meaning)
{
	const struct slice fields = meaning
		? watch_fields_of_record(slice_of(&job->record))
		: (struct slice){"", 0};
	const bool is_new = !known->was_good;
	const bool works_again = !is_new &&
				 known->condition != CONDITION_GOOD;

	if (is_new)
		buf_addstr(&v->members, ",\"new\":true");
	if (works_again)
		buf_addstr(&v->members, ",\"recovered\":true");
	v->is_news = is_new || works_again;
	if (!is_new && has_changed(v, job, known, fields))
		v->is_news = true;
	v->must_keep = keep_response(job, known, meaning, fields) ||
		       v->is_news;
	known->was_good = true;
	known->condition = CONDITION_GOOD;
	free(known->failure);
	known->failure = NULL;
}

struct verdict verdict_of(const struct job *job, struct known *known,
			  uint64_t meaning)
{
	const enum condition condition = condition_of(job, known);
	struct verdict v = {0};

	if (condition == CONDITION_GOOD)
		judge_page(&v, job, known, meaning);
	else
		judge_failure(&v, job, known, condition);
	return v;
}
