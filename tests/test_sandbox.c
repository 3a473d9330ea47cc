/*
 * pool/sandbox.c with the parser in it: everything that a page can ask of it
 * gives the same record there as here, so nothing is loaded too late.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/headers.h"
#include "base/mem.h"
#include "parse/labels.h"
#include "parse/parse.h"
#include "pool/loop.h"
#include "pool/procs.h"
#include "pool/zygote.h"

static const struct parse_config config = {
	.links = true, .headers = true, .body = true,
	.max_filesize = 16 << 20,
};
static struct zygote *zygote;

/* Both ways for one page. */
struct pair {
	struct loop *loop;
	struct stage *here, *there;
	size_t home;
};

static void prepare(void)
{
	parse_global_init();
	parse_global_load();
}

static void on_done(void *ctx, struct job *job)
{
	struct pair *pair = ctx;

	(void)job;
	pair->home++;
}

static void pair_open(struct pair *pair)
{
	*pair = (struct pair){.loop = loop_open(LOOP_EPOLL)};
	pair->here = inline_open(pair->loop, &parse_work, &config);
	pair->there = procs_open(pair->loop, zygote, 1, MSEC_NEVER);
	assert_non_null(pair->there);
	stage_on_done(pair->here, on_done, pair);
	stage_on_done(pair->there, on_done, pair);
}

static void pair_close(struct pair *pair)
{
	stage_close(pair->here);
	stage_close(pair->there);
	loop_close(pair->loop);
}

static struct job *make_page(const char *type, const char *body, size_t len)
{
	struct job *job = job_new();
	char *line;

	job->req.url = xstrdup("http://example.com/a?b");
	job->res.status = 200;
	job->res.final_url = xstrdup("http://example.com/a?b");
	line = xasprintf("Content-Type: %s", type);
	headers_add_line(&job->res.headers, line, strlen(line));
	free(line);
	buf_add(&job->res.body, body, len);
	return job;
}

static void same_in_both(struct pair *pair, const char *type, const char *body,
			 size_t len)
{
	struct job *here = make_page(type, body, len);
	struct job *there = make_page(type, body, len);
	const msec end = clock_now() + 60e3;

	pair->home = 0;
	stage_submit(pair->here, here);
	stage_submit(pair->there, there);
	while (pair->home < 2 && clock_now() < end)
		loop_step(pair->loop, end);
	assert_int_equal(pair->home, 2);
	assert_int_equal(there->err, here->err);
	assert_true(there->bytes == here->bytes);
	assert_int_equal(there->record.len, here->record.len);
	assert_memory_equal(there->record.data, here->record.data,
			    here->record.len);
	job_free(here);
	job_free(there);
}

static void every_encoding_is_read(void **state)
{
	struct pair pair;
	struct buf page = {0};

	(void)state;
	buf_addstr(&page, "<title>");
	for (int c = 0x20; c < 0x100; c++)
		for (int d = 0x40; d < 0x100; d += 7) {
			buf_addch(&page, (char)c);
			buf_addch(&page, (char)d);
		}
	buf_addstr(&page, "\x1b$B0!\x1b(B</title><a href=x>\xe9</a>");
	pair_open(&pair);
	for (size_t i = 0; i < ENCODINGS; i++) {
		char *type = xasprintf("text/html; charset=%s",
				       encodings[i].name);

		same_in_both(&pair, type, page.data, page.len);
		free(type);
	}
	pair_close(&pair);
	buf_release(&page);
}

static void other_kinds_of_documents_are_read(void **state)
{
	static const struct {
		const char *type, *body;
	} pages[] = {
		{"text/html", "<b><table><p><a href=//x/\xc3\xa9?\xc3\xa9>1"},
		{"application/xhtml+xml", "<?xml version='1.0' "
					  "encoding='koi8-r'?><html>\xd0"},
		{"application/json", "{\"a\": [1, 2.50, \"\\u00e9\"]}"},
		{"application/json", "{\"a\":"},
		{"text/xml", "<!DOCTYPE a SYSTEM 'http://localhost/x.dtd'>"
			     "<a>&b;</a>"},
		{"text/plain", "text \xff"},
		{"image/png", "\x89PNG\r\n\x1a\n"},
	};
	struct pair pair;

	(void)state;
	pair_open(&pair);
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++)
		same_in_both(&pair, pages[i].type, pages[i].body,
			     strlen(pages[i].body));
	pair_close(&pair);
}

/* Memory comes and goes: mmap, mremap, madvise. */
static void large_pages_are_read(void **state)
{
	struct pair pair;
	struct buf page = {0};

	(void)state;
	for (int i = 0; i < 100000; i++)
		buf_addf(&page, "<p class=c%d><a href='%d'>text</a>", i % 9, i);
	pair_open(&pair);
	for (int i = 0; i < 3; i++) {
		same_in_both(&pair, "text/html", page.data, page.len);
		same_in_both(&pair, "text/html", "<title>1", 8);
	}
	pair_close(&pair);
	buf_release(&page);
}

static const void *unpack(struct slice packed)
{
	return parse_config_unpack(packed);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_encoding_is_read),
		cmocka_unit_test(other_kinds_of_documents_are_read),
		cmocka_unit_test(large_pages_are_read),
	};
	struct zygote_task task = {
		.config = &config,
		.memory = UINT64_C(1) << 30,
	};
	int failed;

	(void)argc;
	/* With a place to look in, ICU looks for files. */
	setenv("ICU_DATA", SOURCE_ROOT, 1);
	zygote = zygote_open(&(struct zygote_config){
		.work = &parse_work,
		.unpack = unpack,
		.prepare = prepare,
	}, argv);
	if (!zygote)
		return 1;
	parse_config_pack(&task.text, &config);
	zygote_give_task(zygote, &task);
	parse_global_init();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	parse_global_cleanup();
	zygote_close(zygote);
	return failed;
}
