/*
 * A worker reads its pages itself, unless the user's expressions may run
 * without end. Then a deadline thread reads the page, and the worker abandons
 * that thread when the time limit is reached. The thread gets a copy of the
 * data that it needs of the job, because it may outlive the job.
 */
#include "parse/worker.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/job/headers.h"
#include "base/mem.h"
#include "base/memory_budget.h"
#include "crawl/sitemap/sitemap.h"
#include "parse/encoding/gunzip.h"
#include "parse/encoding/media_type.h"
#include "parse/extract/extractor.h"
#include "parse/extract/roles.h"
#include "parse/extract/schema.h"
#include "parse/reader.h"
#include "parse/record.h"
#include "pool/deadline_pool.h"

/* Largest bodies, in bytes, whose parsing costs less than waking a worker (35
 * us); LIGHT_JSON_MAX is for bodies declared as JSON. Bodies with a content
 * coding always go to a worker, because they may decode to any size. */
enum { LIGHT_BODY_MAX = 8192, LIGHT_JSON_MAX = 32768 };

_Static_assert((int)PARSE_MAX_ABANDONED == (int)DEADLINE_MAX_ABANDONED,
	       "one number");

/* State of one worker. */
struct parser {
	const struct parse_config *config;	/* borrowed */
	struct reader *reader;			/* NULL if deadline threads read
						 * the pages */
	struct deadline_pool *threads;
	struct memory_account memory;		/* account of the page being
						 * read */
};

/* A page to be read by a deadline thread; owns all it points to. */
struct task {
	struct job *job;	/* a copy of the members that the reader
				 * reads */
	struct page page;
	struct memory_account memory;
};

static struct task *task_new(struct job *job)
{
	struct task *task = xcalloc(1, sizeof(*task));
	const struct response *from = &job->res;
	struct response *res;

	memory_account_init(&task->memory);
	task->job = job_new();
	task->job->req.is_sitemap = job->req.is_sitemap;
	res = &task->job->res;
	res->status = from->status;
	res->head_only = from->head_only;
	res->is_text = from->is_text;
	res->is_decoded = from->is_decoded;
	if (from->final_url)
		res->final_url = xstrdup(from->final_url);
	buf_add(&res->headers, from->headers.data, from->headers.len);
	res->body = buf_take(&job->res.body);
	task->job->req.role = job->req.role;
	if (job->req.carried)
		task->job->req.carried = xstrdup(job->req.carried);
	return task;
}

static void task_free(void *arg)
{
	struct task *task = arg;

	page_release(&task->page);
	job_free(task->job);
	memory_account_release(&task->memory);
	free(task);
}

static void *task_begin(const void *config)
{
	return reader_new(config);
}

static void task_run(void *own, void *arg)
{
	struct task *task = arg;

	memory_account_start(&task->memory);
	reader_read(own, task->job, &task->page);
	memory_account_trim(&task->memory);
	memory_account_stop();
}

static void task_end(void *own)
{
	reader_free(own);
}

static void task_stop(void *own, void *arg)
{
	struct task *task = arg;

	memory_account_abandon(&task->memory);
	reader_stop(own);
}

static msec task_held_up(void *arg, msec now)
{
	struct task *task = arg;

	return memory_account_waited(&task->memory, now);
}

static const struct deadline_work deadline_task = {
	.begin = task_begin,
	.run = task_run,
	.end = task_end,
	.discard = task_free,
	.stop = task_stop,
	.held_up = task_held_up,
};

static void take_result(struct job *job, struct page *page, struct task *task)
{
	if (task->job->err)
		job_fail(job, task->job->err, "%s", task->job->err_message);
	job->bytes = task->job->bytes;
	*page = task->page;
	task->page = (struct page){0};
}

/* Lets a deadline thread read the page. Returns the task, to be freed, whose
 * account is charged with the page's memory; NULL if the page was not read. */
static struct task *read_with_deadline(struct parser *p, struct job *job,
				       struct page *page)
{
	struct task *task = task_new(job);

	switch (deadline_pool_run(p->threads, task, p->config->timeout)) {
	case DEADLINE_DONE:
		take_result(job, page, task);
		return task;
	case DEADLINE_ABANDONED:
		job_fail(job, ERR_PARSE,
			 "parsing took longer than %g s and was stopped",
			 p->config->timeout / 1e3);
		return NULL;
	case DEADLINE_REFUSED:
		job_fail(job, ERR_PARSE, "not parsed: %u pages that took too "
			 "long are still being parsed", deadline_abandoned());
		task_free(task);
		return NULL;
	}
	return NULL;
}

static bool may_run_without_end(const struct schema *x)
{
	return x && schema_may_run_long(x);
}

static bool needs_deadline(const struct parse_config *config)
{
	const struct roles *roles = config->roles;
	bool may = may_run_without_end(config->schema);

	for (size_t i = 0; roles && i < roles->count; i++)
		may |= may_run_without_end(roles->list[i].schema);
	return may && config->timeout > 0;
}

static void *parser_begin(const void *arg)
{
	const struct parse_config *config = arg;
	struct parser *p = xcalloc(1, sizeof(*p));

	p->config = config;
	if (needs_deadline(config))
		p->threads = deadline_pool_join(&deadline_task, config,
						config->deadline_threads);
	else
		p->reader = reader_new(config);
	return p;
}

/* Sets the error that -f reports for an error status of HTTP. It replaces a
 * parse error, including one that the job got because another worker died while
 * reading it. */
static void fail_by_status(const struct parse_config *config, struct job *job)
{
	if (!config->fail || job->res.status < 400 ||
	    (job->err && job->err != ERR_PARSE))
		return;
	job_clear_error(job);
	job_fail(job, ERR_STATUS, "HTTP %d", job->res.status);
}

/* Fails the job if its page has exceeded its memory limit. Before the check,
 * charges the memory of the record, which is as large as the parts of the page.
 * A page that ran out of memory was not read to its end, so its parse error, if
 * any, is replaced. */
static void check_memory(struct job *job, const struct page *page)
{
	const size_t record = page->links.len + page->json.len +
			      page->meta.len + page->article.len +
			      page->markdown.len + page->extracted.data.len +
			      page->body.len + page->crawl.len;

	(void)memory_charge(record);
	memory_uncharge(record);
	if (!memory_limit_reached() || (job->err && job->err != ERR_PARSE))
		return;
	job_clear_error(job);
	job_fail(job, ERR_TOO_LARGE, "reading the page needs more than %zu "
		 "bytes of memory (11/16 of --parse-memory)",
		 memory_budget_of_page());
}

/* Adds the fields that were carried to the page to the page's data, even if the
 * page could not be read. */
static void add_carried(struct job *job, struct page *page)
{
	const char *carried = job->req.carried;

	if (!carried)
		return;
	page->has_data = true;
	if (!carried_add_to_data(&page->extracted.data,
				 (struct slice){carried, strlen(carried)},
				 EXTRACTED_MAX))
		job_fail(job, ERR_PARSE, "the extracted data is over 64 MB "
			 "with the fields that were carried to the page");
}

typedef void record_writer(struct job *job, const struct page *page,
			   const struct parse_config *config);

static void parse_job(struct parser *p, struct job *job, record_writer *write)
{
	const bool readable = !job->err;
	const msec began = clock_now();
	struct task *task = NULL;
	struct page page = {0};

	/* Called before parsing, because a job keeps its first error. */
	fail_by_status(p->config, job);
	memory_account_init(&p->memory);
	if (readable && p->threads)
		task = read_with_deadline(p, job, &page);
	memory_account_start(task ? &task->memory : &p->memory);
	if (readable && !p->threads)
		reader_read(p->reader, job, &page);
	add_carried(job, &page);
	check_memory(job, &page);
	write(job, &page, p->config);
	buf_release(&job->found);
	job->found = buf_take(&page.extracted.found);
	job->links = buf_take(&page.crawl);
	job->text = page.text;
	page_release(&page);
	buf_release(&job->res.body);
	memory_account_trim(memory_account_current);
	memory_account_stop();
	memory_account_release(&p->memory);
	if (task)
		task_free(task);
	job->time.parse = clock_now() - began;
}

static void parser_run(void *own, struct job *job)
{
	parse_job(own, job, record_write);
}

static void parser_examine(void *own, struct job *job)
{
	parse_job(own, job, record_write_part);
	if (!job->links.len)
		return;
	job->links_at = job->record.len;
	buf_add(&job->record, job->links.data, job->links.len);
	buf_release(&job->links);
}

/* Returns true for the errors that reading a page can cause. */
static bool is_of_a_page(enum err err)
{
	return err == ERR_NONE || err == ERR_DECODE || err == ERR_PARSE ||
	       err == ERR_TOO_LARGE;
}

/* Returns true if an extractor may have reported this list of found fields. */
static bool is_possible(const struct buf *found,
			const struct schema *x)
{
	if (found->len && (!x || found->len != schema_counted_fields(x)))
		return false;
	for (size_t i = 0; i < found->len; i++)
		if ((unsigned char)found->data[i] > FIELD_NOT_SEARCHED)
			return false;
	return true;
}

/* Accepts the error that a worker process reports only if it is the error that
 * the status implies, or one that reading a page can cause. */
static int accept_error(const struct parse_config *config, struct job *job,
			const struct job *got)
{
	fail_by_status(config, job);
	if (job->err)
		return got->err == job->err ? 0 : -1;
	if (!is_of_a_page(got->err))
		return -1;
	if (got->err)
		job_fail(job, got->err, "%s", got->err_message
			 ? got->err_message : err_name(got->err));
	return 0;
}

/* Moves the links from the end of the worker's record to the job. Returns -1 if
 * the record cannot have come from record_write_part(). */
static int take_links(const struct parse_config *config, struct job *got)
{
	struct buf *record = &got->record;

	if (!got->links_at)
		return 0;
	if (!config->crawl || got->links_at > record->len)
		return -1;
	buf_add(&got->links, record->data + got->links_at,
		record->len - got->links_at);
	record->len = got->links_at;
	return 0;
}

static int parser_accept(const void *arg, struct job *job, struct job *got)
{
	const struct parse_config *config = arg;
	const msec most = clock_now() - job->parse_queued_at;
	const uint64_t max = job->req.is_sitemap ? SITEMAP_BYTES_MAX
						 : config->max_filesize;

	if ((max && got->bytes > max) ||
	    !is_possible(&got->found, parse_config_schema(config, job)) ||
	    take_links(config, got))
		return -1;
	job->bytes = got->bytes;
	if (accept_error(config, job, got) ||
	    record_join(job, &got->record, config)) {
		job_clear_error(job);
		job->bytes = 0;
		return -1;
	}
	job->found = buf_take(&got->found);
	job->links = buf_take(&got->links);
	job->text = got->text;
	/* Parsing cannot have taken longer than the worker had the job. */
	job->time.parse = job->parse_queued_at > 0 && got->time.parse > most
				  ? most : got->time.parse;
	return 0;
}

static void parser_end(void *own)
{
	struct parser *p = own;

	if (p->threads)
		deadline_pool_leave(p->threads);
	reader_free(p->reader);
	free(p);
}

const struct work parse_work = {
	.begin = parser_begin,
	.run = parser_run,
	.end = parser_end,
	.split = &(const struct work_split){parser_examine, parser_accept},
};

/* Returns the largest body of a media type that is light. */
static size_t light_body_max(enum media media)
{
	switch (media) {
	case MEDIA_JSON:
	case MEDIA_JSON_LINES:
		return LIGHT_JSON_MAX;
	case MEDIA_NONE:
	case MEDIA_HTML:
	case MEDIA_XHTML:
		return 0;
	default:
		return LIGHT_BODY_MAX;
	}
}

bool parse_is_light(const struct job *job, const struct parse_config *config)
{
	const struct schema *x = parse_config_schema(config, job);
	const struct response *res = &job->res;
	struct slice value;
	size_t max;

	if (job->err)
		return true;
	/* An expression may run without end even on an empty body. */
	if (x && schema_may_run_long(x))
		return false;
	if (!res->body.len && !x)
		return true;
	max = light_body_max(media_declared(&res->headers, &value));
	if (x && max != LIGHT_JSON_MAX)
		return false;
	if (!res->body.len)
		return true;
	return res->body.len <= max && !job->req.is_sitemap &&
	       !gunzip_is_packed((struct slice){res->body.data,
						res->body.len}) &&
	       !headers_get(&res->headers, "content-encoding", &value);
}

bool parse_has_abandoned_threads(void)
{
	return deadline_abandoned() > 0;
}
