/*
 * pool/process/stage.c, as far as test_stage.c does not cover it: processes
 * that die, are killed, or send wrong replies.
 *
 * The final URL of a job tells its worker what to do. A new zygote is started
 * by executing this program again, so main() begins with zygote_open().
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/job/job.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/memory_budget.h"
#include "pool/loop.h"
#include "pool/process/stage.h"
#include "pool/process/wire.h"
#include "pool/process/zygote.h"
#include "tests/unit/patience.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANDBOXED = 0 };
#else
enum { SANDBOXED = 1 };
#endif

enum {
	MANY = 1024, MEMORY = 64 << 20,
	BUDGET = 64 << 20, HELD = 40 << 20,	/* base/memory_budget.h */
};

static struct zygote *zygote;

/* Memory shared by the test and the workers of its first zygote. */
static struct {
	_Atomic int ends_at_once;	/* read by begin() */
	_Atomic unsigned begun;		/* number of jobs begun since
					 * ends_at_once was set */
	_Atomic int aborts;		/* number of jobs that have aborted */
} *shared;
static pid_t test_pid;

/* --- Functions of workers ------------------------------------------------- */

static void send_frame(const struct buf *frame)
{
	(void)!write(STDIN_FILENO, frame->data, frame->len);
}

/* Sends a reply before the hello message. */
static void talk_too_early(bool want)
{
	struct job *job = job_new();
	struct buf out = {0};

	if (want)
		wire_put_want(&out, 1);
	else
		wire_put_reply(&out, 1, job);
	send_frame(&out);
}

static void *work_begin(const void *config)
{
	if (shared->ends_at_once && getpid() != test_pid) {
		const unsigned way = shared->begun++ % 3;

		if (way)
			talk_too_early(way == 1);
		_exit(5);
	}
	return (void *)config;
}

static void spin(msec time)
{
	const msec end = clock_now() + time;

	while (clock_now() < end)
		continue;
}

static void take_all_memory(void)
{
	for (;;) {
		char *p = xmalloc(1 << 20);

		memset(p, 1, 1 << 20);
	}
}

static void answer_nonsense(void)
{
	static const char text[] =
		"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";

	(void)!write(STDIN_FILENO, text, sizeof(text));
	spin(MSEC_NEVER);
}

static void open_a_file(void)
{
	(void)!open("/etc/passwd", O_RDONLY);
}

static void hang_up(void)
{
	close(STDIN_FILENO);
	spin(MSEC_NEVER);
}

static void leave(void)
{
	_exit(5);
}

/* Waits by futex, because the sandbox allows no other call for it. */
static void rest_for(long ms)
{
	const struct timespec time = {ms / 1000, ms % 1000 * 1000000};
	uint32_t word = 0;

	syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 0, &time, NULL, 0);
}

static void rest(void)
{
	rest_for(2500);
}

static void ask_for_nothing(void)
{
	struct buf out = {0};

	wire_put_want(&out, 0);
	send_frame(&out);
	spin(MSEC_NEVER);
}

/* Requests memory a second time, while the first request may still be
 * waiting. */
static void ask_twice(void)
{
	struct buf out = {0};

	wire_put_want(&out, HELD);
	wire_put_want(&out, HELD);
	send_frame(&out);
	rest_for(300);
}

/* Sends a request for memory with the fields of another frame. */
static void ask_wrongly(void)
{
	struct buf out = {0};

	wire_put_hello(&out, 0);
	((struct wire_head *)(void *)out.data)->kind = WIRE_WANT;
	send_frame(&out);
	spin(MSEC_NEVER);
}

/* Takes so much memory that only one worker at a time can have it. */
static void hold_memory(void)
{
	struct memory_account account;

	memory_account_init(&account);
	memory_account_start(&account);
	(void)memory_charge(HELD);
	memory_account_stop();
	rest_for(300);
}

static void greet_again(void)
{
	struct buf out = {0};

	wire_put_hello(&out, 0);
	send_frame(&out);
	spin(MSEC_NEVER);
}

/* Appends a reply to the job of that number. The worker's own job is number
 * 1. */
static void add_answer(struct buf *out, uint64_t seq)
{
	struct job *job = job_new();

	buf_addstr(&job->record, "record");
	wire_put_reply(out, seq, job);
	buf_add(out, job->record.data, job->record.len);
}

static void answer_ahead(void)
{
	struct buf out = {0};

	add_answer(&out, 1);
	add_answer(&out, 2);
	send_frame(&out);
	spin(MSEC_NEVER);
}

static void ask_ahead(void)
{
	struct buf out = {0};

	add_answer(&out, 1);
	wire_put_want(&out, 1);
	send_frame(&out);
	spin(MSEC_NEVER);
}

static void crash(void)
{
	__builtin_trap();
}

static void abort_counted(void)
{
	shared->aborts++;
	abort();
}

static const struct {
	const char *url;
	void (*act)(void);
} acts[] = {
	{"crash", crash},
	{"abort", abort_counted},
	{"memory", take_all_memory},
	{"nonsense", answer_nonsense},
	{"open", open_a_file},
	{"hang up", hang_up},
	{"leave", leave},
	{"rest", rest},
	{"ask for nothing", ask_for_nothing},
	{"ask ahead", ask_ahead},
	{"ask twice", ask_twice},
	{"ask wrongly", ask_wrongly},
	{"hold", hold_memory},
	{"greet again", greet_again},
	{"answer ahead", answer_ahead},
};

static void work_run(void *own, struct job *job)
{
	const char *record = own;
	bool lost = job->err != ERR_NONE;

	if (!lost && !strncmp(job->res.final_url, "spin", 4))
		spin(strtod(job->res.final_url + 4, NULL));
	for (size_t i = 0; !lost && i < sizeof(acts) / sizeof(*acts); i++)
		if (!strcmp(acts[i].url, job->res.final_url))
			acts[i].act();
	if (!lost && !strcmp(job->res.final_url, "headers") &&
	    strcmp(buf_cstr(&job->res.headers), "content-type: a\n"))
		crash();
	buf_addstr(&job->record, lost ? "lost" : record);
}

static void work_end(void *own)
{
	(void)own;
}

static const struct work work = {
	.begin = work_begin, .run = work_run, .end = work_end,
};

/* --- A stage at work ------------------------------------------------------ */

struct trial {
	struct loop *loop;
	struct stage *stage;
	struct job *jobs[MANY];
	size_t made, home;

	/* The kind of process that is killed from time to time. */
	struct loop_timer timer;
	bool zygote_too;
	unsigned kills;
	size_t home_at_kill;
};

static void on_done(void *ctx, struct job *job)
{
	struct trial *t = ctx;

	assert_int_equal(job->record.len, job->err ? 4 : 6);
	assert_null(job->stage_data);
	t->home++;
}

static void trial_begin(struct trial *t, unsigned workers, msec timeout)
{
	*t = (struct trial){.loop = loop_open(LOOP_EPOLL)};
	t->stage = procs_open(t->loop, zygote, workers, timeout);
	assert_non_null(t->stage);
	stage_set_on_done(t->stage, on_done, t);
}

static struct job *trial_submit(struct trial *t, const char *url)
{
	struct job *job = job_new();

	job->res.final_url = xstrdup(url);
	t->jobs[t->made++] = job;
	stage_submit(t->stage, job);
	return job;
}

static void trial_submit_many(struct trial *t, const char *url, size_t count)
{
	for (size_t i = 0; i < count; i++)
		trial_submit(t, url);
}

static struct job *trial_submit_large(struct trial *t, size_t len)
{
	struct job *job = job_new();

	job->res.final_url = xstrdup("quick");
	memset(buf_reserve(&job->res.body, len), 1, len);
	job->res.body.len = len;
	t->jobs[t->made++] = job;
	stage_submit(t->stage, job);
	return job;
}

static void trial_wait(struct trial *t)
{
	struct patience p = {0};

	while (t->home < t->made && patience_lasts(&p, t->home))
		loop_step(t->loop, p.until);
	assert_int_equal(t->home, t->made);
	assert_int_equal(t->stage->jobs, 0);
}

static size_t trial_losses(const struct trial *t)
{
	size_t losses = 0;

	for (size_t i = 0; i < t->made; i++)
		losses += t->jobs[i]->err != ERR_NONE;
	return losses;
}

static void trial_end(struct trial *t)
{
	loop_set_timer(t->loop, &t->timer, MSEC_NEVER);
	stage_close(t->stage);
	for (size_t i = 0; i < t->made; i++)
		job_free(t->jobs[i]);
	loop_close(t->loop);
}

/* --- Looking at processes ------------------------------------------------- */

static pid_t parent_of(pid_t pid)
{
	char path[64], text[256] = "";
	const char *end;
	FILE *f;
	int parent = 0;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	f = fopen(path, "re");
	if (!f)
		return 0;
	(void)!fgets(text, sizeof(text), f);
	fclose(f);
	end = strrchr(text, ')');
	if (!end || sscanf(end, ") %*c %d", &parent) != 1)
		return 0;
	return parent;
}

/* Returns the children of this process except for the zygote, alive or not. */
static size_t find_workers(pid_t *pids, size_t room)
{
	DIR *dir = opendir("/proc");
	const struct dirent *e;
	size_t found = 0;

	assert_non_null(dir);
	while ((e = readdir(dir)) && found < room) {
		const pid_t pid = (pid_t)strtol(e->d_name, NULL, 10);

		if (pid > 0 && pid != zygote_pid(zygote) &&
		    parent_of(pid) == getpid())
			pids[found++] = pid;
	}
	closedir(dir);
	return found;
}

/* Lists the descriptors of a process in ascending order, as "0 2 ". */
static void list_descriptors(pid_t pid, char *out, size_t room)
{
	char path[64];
	bool open[64] = {false};
	const struct dirent *e;
	DIR *dir;
	size_t len = 0;

	snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	dir = opendir(path);
	assert_non_null(dir);
	while ((e = readdir(dir)))
		if (e->d_name[0] != '.')
			open[strtoul(e->d_name, NULL, 10) % 64] = true;
	closedir(dir);
	*out = '\0';
	for (int i = 0; i < 64; i++)
		if (open[i])
			len += (size_t)snprintf(out + len, room - len, "%d ",
						i);
}

/* Kills only if a job has returned since the last kill. On a busy machine,
 * where a fork takes longer than the timer, no job would ever return
 * otherwise. */
static void on_kill(void *ctx, msec now)
{
	struct trial *t = ctx;
	pid_t pids[16];
	size_t found;

	loop_set_timer(t->loop, &t->timer, now + 7);
	if (t->home == t->home_at_kill)
		return;
	t->home_at_kill = t->home;
	found = find_workers(pids, 16);
	if (found) {
		t->kills++;
		kill(pids[(size_t)lrand48() % found], SIGKILL);
	}
	if (t->zygote_too && zygote_is_up(zygote))
		kill(zygote_pid(zygote), SIGKILL);
}

static void kill_now_and_then(struct trial *t)
{
	t->timer = (struct loop_timer){.on_due = on_kill, .ctx = t};
	loop_set_timer(t->loop, &t->timer, clock_now() + 7);
}

/* --- Tests ---------------------------------------------------------------- */

/* Maximum number of tries of a test with a time limit for jobs: on a busy
 * machine, jobs that should stay within the limit may exceed it. */
enum { TRIES = 4 };

/* Runs one job of the given kind, which must fail with the message, between
 * other jobs. Returns the number of jobs that failed. */
static size_t losses_with(const char *url, msec timeout, const char *message)
{
	struct trial t;
	struct job *lost;
	size_t losses;

	trial_begin(&t, 1, timeout);
	trial_submit_many(&t, "quick", 3);
	lost = trial_submit(&t, url);
	trial_submit_many(&t, "quick", 9);
	trial_wait(&t);
	losses = trial_losses(&t);
	assert_int_equal(lost->err, ERR_PARSE);
	assert_string_equal(lost->err_message, message);
	trial_end(&t);
	return losses;
}

/* Runs losses_with(); all jobs but the one must succeed. */
static void lose_one(const char *url, msec timeout, const char *message)
{
	assert_int_equal(losses_with(url, timeout, message), 1);
}

static void job_that_crashes_is_lost_alone(void **state)
{
	(void)state;
	if (SANDBOXED)
		lose_one("crash", MSEC_NEVER, "the parser died (signal 4)");
}

static void abort_is_reported_with_its_signal(void **state)
{
	(void)state;
	lose_one("abort", MSEC_NEVER, "the parser died (signal 6)");
}

static void job_that_ends_its_worker_is_not_given_to_another(void **state)
{
	const int before = shared->aborts;

	(void)state;
	lose_one("abort", MSEC_NEVER, "the parser died (signal 6)");
	assert_int_equal(shared->aborts, before + 1);
}

static void job_that_takes_too_long_is_lost_alone(void **state)
{
	size_t losses = 0;
	msec timeout = 1000;

	(void)state;
	for (int i = 0; i < TRIES && losses != 1; i++, timeout *= 4) {
		char *message = xasprintf("parsing took longer than %g s and "
					  "was stopped", timeout / 1000);

		losses = losses_with("spin600000", timeout, message);
		free(message);
	}
	assert_int_equal(losses, 1);
}

static void waiting_time_of_queued_jobs_is_not_limited(void **state)
{
	size_t losses = 1;

	(void)state;
	for (int i = 0; i < TRIES && losses; i++) {
		struct trial t;

		trial_begin(&t, 1, 1500);
		trial_submit_many(&t, "spin400", 6);
		trial_wait(&t);
		losses = trial_losses(&t);
		trial_end(&t);
	}
	assert_int_equal(losses, 0);
}

static void job_that_takes_all_memory_is_lost_alone(void **state)
{
	(void)state;
	if (SANDBOXED)
		lose_one("memory", MSEC_NEVER, "parsing needed more memory "
			 "than --parse-memory allows");
}

static void body_larger_than_the_memory_is_lost_alone(void **state)
{
	struct trial t;
	struct job *job;

	(void)state;
	if (!SANDBOXED)
		return;
	trial_begin(&t, 1, MSEC_NEVER);
	job = trial_submit_large(&t, 2 * MEMORY);
	trial_submit_many(&t, "quick", 5);
	trial_wait(&t);
	assert_int_equal(trial_losses(&t), 1);
	assert_string_equal(job->err_message, "parsing needed more memory "
			    "than --parse-memory allows");
	trial_end(&t);
}

static void forbidden_call_ends_the_worker(void **state)
{
	(void)state;
	if (SANDBOXED)
		lose_one("open", MSEC_NEVER, "the parser died (signal 31)");
}

static void worker_that_writes_garbage_is_killed(void **state)
{
	(void)state;
	lose_one("nonsense", MSEC_NEVER,
		 "the parser was stopped: its answer was not valid");
}

static void worker_with_an_impossible_reply_is_killed(void **state)
{
	static const char *const urls[] = {
		"ask for nothing", "ask wrongly", "greet again",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++)
		lose_one(urls[i], MSEC_NEVER, "the parser was stopped: its "
			 "answer was not valid");
}

/* A reply to a job that the worker has not received yet is not accepted. */
static void reply_to_a_later_job_is_refused(void **state)
{
	static const char *const urls[] = {"answer ahead", "ask ahead"};

	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++) {
		struct trial t;
		struct job *job;

		trial_begin(&t, 1, MSEC_NEVER);
		trial_submit(&t, urls[i]);
		job = trial_submit_large(&t, 16 << 20);
		trial_wait(&t);
		assert_int_equal(t.jobs[0]->err, ERR_NONE);
		assert_int_equal(job->err, ERR_PARSE);
		trial_end(&t);
	}
}

/* A worker without a job may not send a reply. */
static void reply_without_a_job_is_refused(void **state)
{
	static const char *const urls[] = {"answer ahead", "ask ahead"};

	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++) {
		struct trial t;
		pid_t pid;

		trial_begin(&t, 1, MSEC_NEVER);
		trial_submit(&t, urls[i]);
		trial_wait(&t);
		while (find_workers(&pid, 1))
			loop_step(t.loop, clock_now() + 100);
		trial_submit(&t, "quick");
		trial_wait(&t);
		assert_int_equal(trial_losses(&t), 0);
		trial_end(&t);
	}
}

/* The last job waits longer than the time limit of a job. */
static void jobs_wait_for_memory_of_others(void **state)
{
	static const msec timeouts[] = {MSEC_NEVER, 1500};

	(void)state;
	memory_budget_set(BUDGET, 8);
	for (size_t i = 0; i < sizeof(timeouts) / sizeof(*timeouts); i++) {
		size_t losses = 1;

		for (int n = 0; n < TRIES && losses; n++) {
			struct trial t;

			trial_begin(&t, 8, timeouts[i]);
			trial_submit_many(&t, "hold", i ? 8 : 2);
			trial_wait(&t);
			losses = trial_losses(&t);
			trial_end(&t);
		}
		assert_int_equal(losses, 0);
	}
	memory_budget_set(0, 1);
}

static void worker_that_asks_for_memory_twice_is_killed(void **state)
{
	struct trial t;

	(void)state;
	memory_budget_set(BUDGET, 2);
	trial_begin(&t, 2, MSEC_NEVER);
	/* Repeat this, because a worker may get the memory at once. */
	for (int i = 0; i < 20 && !trial_losses(&t); i++) {
		trial_submit(&t, "hold");
		trial_submit(&t, "ask twice");
		trial_submit(&t, "hold");
		trial_wait(&t);
	}
	assert_int_equal(trial_losses(&t), 1);
	trial_end(&t);
	memory_budget_set(0, 1);
}

static void message_gives_the_way_a_worker_ended(void **state)
{
	(void)state;
	lose_one("leave", MSEC_NEVER, "the parser died (exit 5)");
}

/* The time during which the whole program was stopped does not count as the
 * worker's. */
static void time_while_the_loop_is_stopped_does_not_count(void **state)
{
	size_t losses = 1;

	(void)state;
	for (int i = 0; i < TRIES && losses; i++) {
		struct trial t;

		trial_begin(&t, 1, 1000);
		trial_submit(&t, "quick");
		trial_wait(&t);
		trial_submit(&t, "rest");
		/* Sleep for longer than the timeout plus the delay that a timer
		 * may have. */
		usleep(2100000);
		trial_wait(&t);
		losses = trial_losses(&t);
		trial_end(&t);
	}
	assert_int_equal(losses, 0);
}

/* Workers get no cookies: a page might take a worker over. */
static void workers_see_the_headers_that_parsing_needs(void **state)
{
	struct trial t;
	struct job *job = job_new();

	(void)state;
	trial_begin(&t, 1, MSEC_NEVER);
	job->res.final_url = xstrdup("headers");
	buf_addstr(&job->res.headers, "set-cookie: b\ncontent-type: a\n"
		   "x-as-long-as: c\nx-12-letters: d\n");
	t.jobs[t.made++] = job;
	stage_submit(t.stage, job);
	trial_wait(&t);
	assert_int_equal(trial_losses(&t), 0);
	trial_end(&t);
}

static void worker_that_hangs_up_is_ended(void **state)
{
	(void)state;
	/* The sandbox forbids close(). */
	lose_one("hang up", MSEC_NEVER,
		 SANDBOXED ? "the parser died (signal 31)"
			   : "the parser died (signal 9)");
}

static void many_crashes_lose_only_their_jobs(void **state)
{
	struct trial t;

	(void)state;
	trial_begin(&t, 2, MSEC_NEVER);
	for (int i = 0; i < 300; i++)
		trial_submit(&t, i % 10 == 3 ? "abort" : "quick");
	trial_wait(&t);
	for (int i = 0; i < 300; i++)
		assert_int_equal(t.jobs[i]->err,
				 i % 10 == 3 ? ERR_PARSE : ERR_NONE);
	trial_end(&t);
}

static void lose_no_more_than_was_killed(bool zygote_too)
{
	struct trial t;

	trial_begin(&t, 2, MSEC_NEVER);
	t.zygote_too = zygote_too;
	kill_now_and_then(&t);
	trial_submit_many(&t, "spin1", 200);
	trial_wait(&t);
	assert_true(t.kills > 2);
	assert_true(trial_losses(&t) <= t.kills);
	for (size_t i = 0; i < t.made; i++)
		if (t.jobs[i]->err)
			assert_string_equal(t.jobs[i]->err_message,
					    "the parser died (signal 9)");
	trial_end(&t);
}

static void killed_workers_lose_only_their_current_job(void **state)
{
	(void)state;
	lose_no_more_than_was_killed(false);
}

static void killed_zygotes_lose_no_further_job(void **state)
{
	(void)state;
	lose_no_more_than_was_killed(true);
}

/* One job was running; those queued behind it had not begun and are not
 * lost. */
static void job_that_was_not_begun_is_not_lost(void **state)
{
	struct trial t;
	pid_t pid;

	(void)state;
	trial_begin(&t, 1, MSEC_NEVER);
	trial_submit(&t, "quick");
	trial_wait(&t);
	assert_int_equal(find_workers(&pid, 1), 1);
	kill(pid, SIGSTOP);
	trial_submit_many(&t, "quick", 5);
	kill(pid, SIGKILL);
	trial_wait(&t);
	assert_int_equal(trial_losses(&t), 0);
	trial_end(&t);
}

static void running_workers_outlive_the_zygote(void **state)
{
	struct trial t;

	(void)state;
	trial_begin(&t, 2, MSEC_NEVER);
	trial_submit_many(&t, "quick", 50);
	trial_wait(&t);
	assert_true(zygote_is_up(zygote));
	kill(zygote_pid(zygote), SIGKILL);
	trial_submit_many(&t, "spin1", 200);
	trial_wait(&t);
	assert_int_equal(trial_losses(&t), 0);
	trial_end(&t);
}

static void zygote_that_does_not_answer_is_replaced(void **state)
{
	struct trial t;
	pid_t before;

	(void)state;
	trial_begin(&t, 1, MSEC_NEVER);
	while (!zygote_is_up(zygote))
		loop_step(t.loop, clock_now() + 100);
	before = zygote_pid(zygote);
	kill(before, SIGSTOP);
	trial_submit_many(&t, "quick", 10);
	trial_wait(&t);
	assert_int_equal(trial_losses(&t), 0);
	assert_int_not_equal(zygote_pid(zygote), before);
	trial_end(&t);
}

static void processes_hold_a_socket_and_standard_error(void **state)
{
	struct trial t;
	pid_t pids[4];
	char list[200];

	(void)state;
	trial_begin(&t, 2, MSEC_NEVER);
	trial_submit_many(&t, "spin5", 20);
	trial_wait(&t);
	assert_int_equal(find_workers(pids, 4), 2);
	for (int i = 0; i < 2; i++) {
		list_descriptors(pids[i], list, sizeof(list));
		assert_string_equal(list, "0 2 ");
	}
	list_descriptors(zygote_pid(zygote), list, sizeof(list));
	assert_string_equal(list, "2 3 ");
	trial_end(&t);
}

static void no_process_is_left_when_the_stage_is_closed(void **state)
{
	struct trial t;
	pid_t pid;

	(void)state;
	trial_begin(&t, 4, MSEC_NEVER);
	trial_submit_many(&t, "spin1", 100);
	trial_wait(&t);
	trial_end(&t);
	assert_int_equal(find_workers(&pid, 1), 0);
}

/* This test has to be the first, because later zygotes do not share the
 * memory. */
static void without_processes_jobs_come_back_with_an_error(void **state)
{
	struct trial t;

	(void)state;
	shared->ends_at_once = 1;
	trial_begin(&t, 2, MSEC_NEVER);
	trial_submit_many(&t, "quick", 50);
	trial_wait(&t);
	assert_int_equal(trial_losses(&t), 50);
	assert_int_equal(t.jobs[0]->err, ERR_INTERNAL);
	/* The stage tries to start a worker again. */
	shared->ends_at_once = 0;
	for (int i = 0; i < 100 && t.jobs[t.made - 1]->err; i++) {
		trial_submit(&t, "quick");
		trial_wait(&t);
		loop_step(t.loop, clock_now() + 100);
	}
	assert_int_equal(t.jobs[t.made - 1]->err, ERR_NONE);
	trial_end(&t);
}

static const void *unpack(struct slice text)
{
	return xmemdup(text.p, text.len);
}

static int start_zygote(char **argv)
{
	struct zygote_task task = {.config = "record", .memory = MEMORY};

	zygote = zygote_open(&(struct zygote_config){
		.work = &work,
		.unpack = unpack,
	}, argv);
	if (!zygote)
		return -1;
	buf_addstr(&task.text, task.config);
	zygote_set_task(zygote, &task);
	return 0;
}

static int share_memory(void)
{
	void *page = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		return -1;
	shared = page;
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			without_processes_jobs_come_back_with_an_error),
		cmocka_unit_test(job_that_crashes_is_lost_alone),
		cmocka_unit_test(abort_is_reported_with_its_signal),
		cmocka_unit_test(
			job_that_ends_its_worker_is_not_given_to_another),
		cmocka_unit_test(job_that_takes_too_long_is_lost_alone),
		cmocka_unit_test(waiting_time_of_queued_jobs_is_not_limited),
		cmocka_unit_test(job_that_takes_all_memory_is_lost_alone),
		cmocka_unit_test(body_larger_than_the_memory_is_lost_alone),
		cmocka_unit_test(forbidden_call_ends_the_worker),
		cmocka_unit_test(worker_that_writes_garbage_is_killed),
		cmocka_unit_test(
			worker_with_an_impossible_reply_is_killed),
		cmocka_unit_test(reply_to_a_later_job_is_refused),
		cmocka_unit_test(reply_without_a_job_is_refused),
		cmocka_unit_test(jobs_wait_for_memory_of_others),
		cmocka_unit_test(worker_that_asks_for_memory_twice_is_killed),
		cmocka_unit_test(message_gives_the_way_a_worker_ended),
		cmocka_unit_test(time_while_the_loop_is_stopped_does_not_count),
		cmocka_unit_test(workers_see_the_headers_that_parsing_needs),
		cmocka_unit_test(worker_that_hangs_up_is_ended),
		cmocka_unit_test(many_crashes_lose_only_their_jobs),
		cmocka_unit_test(killed_workers_lose_only_their_current_job),
		cmocka_unit_test(job_that_was_not_begun_is_not_lost),
		cmocka_unit_test(running_workers_outlive_the_zygote),
		cmocka_unit_test(killed_zygotes_lose_no_further_job),
		cmocka_unit_test(zygote_that_does_not_answer_is_replaced),
		cmocka_unit_test(processes_hold_a_socket_and_standard_error),
		cmocka_unit_test(no_process_is_left_when_the_stage_is_closed),
	};
	int failed;

	(void)argc;
	log_set_level(LOG_QUIET);
	test_pid = getpid();
	if (share_memory() || start_zygote(argv))
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	zygote_close(zygote);
	return failed;
}
