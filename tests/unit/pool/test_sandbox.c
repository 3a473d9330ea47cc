/*
 * pool/process/sandbox.c with the parser inside. Every feature of the parser
 * must give the same record inside and outside of the sandbox, so nothing may
 * be loaded after entering it. Then tests the system calls that a parser might
 * try after a page has taken it over; the URL of the page names the call.
 */
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/job/headers.h"
#include "base/mem.h"
#include "parse/encoding/labels.h"
#include "parse/library.h"
#include "parse/worker.h"
#include "pool/loop.h"
#include "pool/process/sandbox.h"
#include "pool/process/stage.h"
#include "pool/process/zygote.h"
#include "tests/unit/patience.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { IN_USE = 0 };
#else
enum { IN_USE = 1 };
#endif

static const struct parse_config config = {
	.links = true, .headers = true, .body = true,
	.max_filesize = 16 << 20,
};
static struct zygote *zygote;

/* --- System calls that a parser may try ----------------------------------- */

static char byte[1];
static struct iovec part = {byte, 1};

static long read_standard_error(void)
{
	return read(STDERR_FILENO, byte, 1);
}

/* The kernel uses only the low 32 bits of a descriptor's number. */
static long read_it_by_a_longer_number(void)
{
	return syscall(SYS_read, (1L << 32) | STDERR_FILENO, byte, 1);
}

static long read_it_by_readv(void)
{
	return readv(STDERR_FILENO, &part, 1);
}

static long read_it_by_pread(void)
{
	return pread(STDERR_FILENO, byte, 1, 0);
}

static long read_another(void)
{
	return read(5, byte, 1);
}

static long write_standard_output(void)
{
	return write(STDOUT_FILENO, byte, 1);
}

static long write_another(void)
{
	return write(5, byte, 1);
}

static long writev_another(void)
{
	return writev(5, &part, 1);
}

static long ask_the_terminal(void)
{
	return ioctl(STDERR_FILENO, TIOCSTI, byte);
}

static long change_the_socket(void)
{
	return fcntl(SANDBOX_SOCKET, F_SETFL, 0);
}

static long copy_the_socket(void)
{
	return dup(SANDBOX_SOCKET);
}

static long send_descriptors(void)
{
	const struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	return sendmsg(SANDBOX_SOCKET, &message, 0);
}

static long open_a_file(void)
{
	return open("/dev/null", O_RDONLY);
}

static long make_a_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0);
}

static long make_a_process(void)
{
	return syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
}

static long run_a_program(void)
{
	char *const none[] = {NULL};

	return execve("/bin/true", none, none);
}

static long make_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED;
}

static long make_code_of_data(void)
{
	return mprotect((void *)((uintptr_t)byte & ~(uintptr_t)4095), 4096,
			PROT_READ | PROT_EXEC);
}

static long map_a_file(void)
{
	return mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, SANDBOX_SOCKET, 0) ==
	       MAP_FAILED;
}

static long signal_another(void)
{
	return kill(1, 0);
}

static long signal_another_by_tgkill(void)
{
	return syscall(SYS_tgkill, 1, 1, 0);
}

static long look_into_another(void)
{
	return syscall(SYS_process_vm_readv, 1, &part, 1, &part, 1, 0);
}

static long raise_a_limit(void)
{
	const struct rlimit limit = {9, 9};

	return setrlimit(RLIMIT_NOFILE, &limit);
}

static long be_debugged(void)
{
	return prctl(PR_SET_DUMPABLE, 1);
}

static long write_standard_error(void)
{
	return write(STDERR_FILENO, "", 0) + writev(STDERR_FILENO, NULL, 0);
}

static long ask_the_time(void)
{
	struct timespec now;

	return syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
}

static long take_memory(void)
{
	void *p = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED || mprotect(p, 4096, PROT_READ) ||
	       munmap(p, 1 << 20);
}

static const struct try {
	const char *name;
	long (*run)(void);	/* makes the call; returns 0 if it succeeded */
	bool allowed;
} tries[] = {
#define FORBIDDEN(name) {#name, name, false}
#define ALLOWED(name) {#name, name, true}
	FORBIDDEN(read_standard_error),
	FORBIDDEN(read_it_by_a_longer_number),
	FORBIDDEN(read_it_by_readv),
	FORBIDDEN(read_it_by_pread),
	FORBIDDEN(read_another),
	FORBIDDEN(write_standard_output),
	FORBIDDEN(write_another),
	FORBIDDEN(writev_another),
	FORBIDDEN(ask_the_terminal),
	FORBIDDEN(change_the_socket),
	FORBIDDEN(copy_the_socket),
	FORBIDDEN(send_descriptors),
	FORBIDDEN(open_a_file),
	FORBIDDEN(make_a_socket),
	FORBIDDEN(make_a_process),
	FORBIDDEN(run_a_program),
	FORBIDDEN(make_code),
	FORBIDDEN(make_code_of_data),
	FORBIDDEN(map_a_file),
	FORBIDDEN(signal_another),
	FORBIDDEN(signal_another_by_tgkill),
	FORBIDDEN(look_into_another),
	FORBIDDEN(raise_a_limit),
	FORBIDDEN(be_debugged),
	ALLOWED(write_standard_error),
	ALLOWED(ask_the_time),
	ALLOWED(take_memory),
};

/* Replaces the function of the parser: makes the call that the URL names. */
static void examine(void *own, struct job *job)
{
	for (size_t i = 0; i < sizeof(tries) / sizeof(*tries); i++)
		if (!strcmp(job->res.final_url, tries[i].name) &&
		    tries[i].run())
			abort();
	parse_work.split->examine(own, job);
}

static struct work_split apart;
static struct work work;

static void make_work(void)
{
	apart = *parse_work.split;
	apart.examine = examine;
	work = parse_work;
	work.split = &apart;
}

/* --- Pages ---------------------------------------------------------------- */

/* The records of one page from inside and outside of the sandbox. */
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
	stage_set_on_done(pair->here, on_done, pair);
	stage_set_on_done(pair->there, on_done, pair);
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
	struct patience p = {0};

	pair->home = 0;
	stage_submit(pair->here, here);
	stage_submit(pair->there, there);
	while (pair->home < 2 && patience_lasts(&p, pair->home))
		loop_step(pair->loop, p.until);
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

/* Large pages need mmap, mremap and madvise. */
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

static void sandbox_forbids_everything_else(void **state)
{
	struct pair pair;

	(void)state;
	if (!IN_USE)
		return;
	pair_open(&pair);
	for (size_t i = 0; i < sizeof(tries) / sizeof(*tries); i++) {
		struct job *job = make_page("text/html", "<title>t", 8);
		struct patience p = {0};
		const char *why = NULL;

		free(job->res.final_url);
		job->res.final_url = xstrdup(tries[i].name);
		pair.home = 0;
		stage_submit(pair.there, job);
		while (!pair.home && patience_lasts(&p, 0))
			loop_step(pair.loop, p.until);
		assert_int_equal(pair.home, 1);
		if (tries[i].allowed)
			assert_int_equal(job->err, ERR_NONE);
		else
			why = job->err_message;
		/* The worker must be killed by SIGSYS. */
		if (!tries[i].allowed &&
		    (!why || strcmp(why, "the parser died (signal 31)") != 0))
			fail_msg("%s: %s", tries[i].name, why ? why : "done");
		job_free(job);
	}
	pair_close(&pair);
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
		cmocka_unit_test(sandbox_forbids_everything_else),
	};
	struct zygote_task task = {
		.config = &config,
		.memory = UINT64_C(1) << 30,
	};
	int failed;

	(void)argc;
	/* ICU looks for files if it has a folder to look in. */
	setenv("ICU_DATA", SOURCE_ROOT, 1);
	make_work();
	zygote = zygote_open(&(struct zygote_config){
		.work = &work,
		.unpack = unpack,
		.prepare = prepare,
	}, argv);
	if (!zygote)
		return 1;
	parse_config_pack(&task.text, &config);
	zygote_set_task(zygote, &task);
	parse_global_init();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	parse_global_cleanup();
	zygote_close(zygote);
	return failed;
}
