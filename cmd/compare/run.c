/*
 * A run is a process group of its own, so that it can be killed together with
 * its children, and Ctrl-C reaches the comparison alone. If the comparison is
 * killed, the kernel sends the run SIGTERM (PR_SET_PDEATHSIG), which ends it in
 * an orderly way.
 */
#include "cmd/compare/run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/exit_code.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/compare/signals.h"

/* Shortest and longest pause between two samples of a run, in msec. Pauses are
 * SAMPLE_PAUSE times the CPU time of a sample if that lies in between, so that
 * sampling takes 1 % of a processor at most. */
static const msec pause_min = 5, pause_max = 100;
enum { SAMPLE_PAUSE = 100 };

enum { FIXED_ARGUMENTS = 24, EXIT_NO_EXEC = 127 };

/* Limits for the messages of one comparison: the number of lines that are
 * remembered and shown, and the bytes that a line is cut to. Later lines are
 * not shown: a thousand runs would print too much. */
enum { MESSAGES_MAX = 100, MESSAGE_BYTES = 1024 };

static char messages_shown[MESSAGES_MAX][MESSAGE_BYTES];
static size_t messages_shown_len;

struct arguments {
	const char **list;
	size_t len;
	char value[16];		/* the sweep's value as text */
};

static void add_argument(struct arguments *a, const char *argument)
{
	a->list[a->len++] = argument;
}

static void add_sweep_arguments(struct arguments *a,
				const struct run_plan *plan)
{
	const char *const *options = plan->sweep->options;

	snprintf(a->value, sizeof(a->value), "%u", plan->value);
	for (size_t i = 0; i < 2 && options[i]; i++) {
		add_argument(a, options[i]);
		add_argument(a, a->value);
	}
}

/* Builds the command line of a run. Where an option is given twice the last one
 * wins, so the workload's options stand before the user's options (--config),
 * and the options that the comparison needs stand after them. */
static void make_arguments(struct arguments *a, const struct run_plan *plan)
{
	const struct compare_files *f = plan->files;
	size_t more = 0;

	while (plan->options && plan->options[more])
		more++;
	a->list = xcalloc(FIXED_ARGUMENTS + more + f->sources_len,
			  sizeof(*a->list));
	add_argument(a, "scrape");
	/* The options of the user's own file are in f->options already. */
	add_argument(a, "-q");
	add_argument(a, "--mode");
	add_argument(a, plan->mode);
	for (size_t i = 0; i < more; i++)
		add_argument(a, plan->options[i]);
	add_argument(a, "--config");
	add_argument(a, f->options);
	if (plan->sweep)
		add_sweep_arguments(a, plan);
	add_argument(a, "--summary");
	add_argument(a, f->summary);
	add_argument(a, "--output");
	add_argument(a, f->records);
	add_argument(a, plan->silent ? "--silent" : "--no-progress-meter");
	add_argument(a, "--");
	for (size_t i = 0; i < f->sources_len; i++)
		add_argument(a, f->sources[i]);
}

/* Replaces the child process by the run. Only async-signal-safe functions may
 * be called between fork() and exec. */
static void exec_run(const struct arguments *a, int messages, int null)
{
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(messages, STDERR_FILENO);
	sigprocmask(SIG_SETMASK, compare_signals_saved(), NULL);
	execv("/proc/self/exe", (char *const *)a->list);
	_exit(EXIT_NO_EXEC);
}

/* Starts a run. Returns its pid; or -1 with errno. */
static pid_t start_run(const struct run_plan *plan)
{
	const int messages = open(plan->files->messages,
				  O_WRONLY | O_CREAT | O_TRUNC | O_APPEND |
					  O_CLOEXEC, 0600);
	const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	struct arguments arguments = {0};
	pid_t pid = -1;

	if (messages >= 0 && null >= 0) {
		make_arguments(&arguments, plan);
		pid = fork();
		if (pid == 0)
			exec_run(&arguments, messages, null);
		/* Set the process group in the parent and in the child: either
		 * may run first. */
		if (pid > 0)
			setpgid(pid, pid);
		free(arguments.list);
	}
	if (messages >= 0)
		close(messages);
	if (null >= 0)
		close(null);
	return pid;
}

/* Returns the CPU time of this thread in msec. Wall time would include the time
 * of other processes, which is much on a busy machine. */
static msec cpu_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Takes a sample of the run. Returns the pause before the next one. */
static msec take_sample(struct sample *peaks, pid_t pid)
{
	const msec before = cpu_now();
	const struct sample s = sample_take(pid);

	sample_keep_peaks(peaks, &s);
	return fmin(pause_max,
		    fmax(pause_min, SAMPLE_PAUSE * (cpu_now() - before)));
}

/* Waits until the run has ended, and samples it meanwhile. Kills it at the
 * limit or after a signal that ends the program. Returns the status of
 * wait(2). */
static int wait_for_run(struct run_result *to, pid_t pid, msec started,
			msec limit, struct rusage *usage)
{
	msec pause = pause_min;
	bool killed = false;
	int status;

	while (wait4(pid, &status, WNOHANG, usage) != pid) {
		const msec now = clock_now();

		if (!killed && (compare_end_signal() ||
				(limit > 0 && now > started + limit))) {
			kill(-pid, SIGKILL);
			killed = true;
		}
		compare_wait(-1, pause);
		if (limit > 0)
			continue;
		pause = take_sample(&to->peaks, pid);
		to->samples++;
	}
	to->wall = (clock_now() - started) / 1e3;
	return status;
}

static double timeval_seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static bool is_new_message(const char *line)
{
	for (size_t i = 0; i < messages_shown_len; i++)
		if (!strcmp(messages_shown[i], line))
			return false;
	return true;
}

/* Logs the lines of the run's message file that no earlier run has written,
 * because all runs have much the same messages. */
static void show_messages(const char *path)
{
	FILE *f = fopen(path, "re");
	char line[MESSAGE_BYTES];

	while (f && messages_shown_len < MESSAGES_MAX &&
	       fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		if (!*line || !is_new_message(line))
			continue;
		memcpy(messages_shown[messages_shown_len++], line,
		       sizeof(line));
		log_more("%s", line);
	}
	if (f)
		fclose(f);
}

/* Returns 0 if the run succeeded, if some of its requests failed, or if it was
 * a warm-up run that has reached its limit. Otherwise logs the reason and
 * returns the exit code of the program. */
static int check_status(const struct run_plan *plan, int status)
{
	int code = EXIT_NOT_COMPLETED;

	if (compare_end_signal())
		return 128 + compare_end_signal();
	if (plan->limit > 0 && WIFSIGNALED(status) &&
	    WTERMSIG(status) == SIGKILL)
		return 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) <= EXIT_SOME_FAILED)
		return 0;
	if (WIFSIGNALED(status)) {
		log_fatal("the run in mode %s was ended by signal %d",
			  plan->mode, WTERMSIG(status));
	} else if (WEXITSTATUS(status) == EXIT_NO_EXEC) {
		log_fatal("the run in mode %s cannot be started: "
			  "/proc/self/exe cannot be executed", plan->mode);
	} else {
		if (WEXITSTATUS(status) == EXIT_USAGE)
			code = EXIT_USAGE;
		log_fatal("the run in mode %s failed (exit code %d)",
			  plan->mode, WEXITSTATUS(status));
	}
	return code;
}

static int read_results(struct run_result *to, const struct run_plan *plan)
{
	struct buf why = {0};
	json_error_t error;
	int code = 0;

	to->summary = json_load_file(plan->files->summary, 0, &error);
	to->records = records_new();
	if (!to->summary) {
		log_fatal("the summary of mode %s cannot be read: %s",
			  plan->mode, error.text);
		code = EXIT_NOT_COMPLETED;
	} else if (records_add_file(to->records, plan->files->records, &why)) {
		log_fatal("the records of mode %s cannot be read: %s",
			  plan->mode, buf_cstr(&why));
		code = EXIT_NOT_COMPLETED;
	} else if (!records_lines(to->records)) {
		log_fatal("the list is empty: there is nothing to compare");
		code = EXIT_USAGE;
	}
	/* Leave out the lists of URLs, which are the same in each run. */
	json_object_del(to->summary, "broken");
	json_object_del(to->summary, "redirected");
	buf_release(&why);
	return code;
}

/* Removes the result files, so that a run that fails does not leave the files
 * of the run before it as its results. */
static void remove_results(const struct compare_files *f)
{
	unlink(f->summary);
	unlink(f->records);
}

/* Adds to the peak memory what sampling has missed: the kernel knows the peak
 * of the run's largest process (RSS). Before its exec, the memory of a child is
 * a copy of this process's (own_memory), so a peak that is not above own_memory
 * means nothing. */
static void add_missed_peak(struct run_result *to, const struct rusage *usage,
			    uint64_t own_memory)
{
	const uint64_t peak = (uint64_t)usage->ru_maxrss << 10;

	if (peak > own_memory && peak > to->peaks.largest)
		to->peaks.memory += peak - to->peaks.largest;
}

int compare_run(struct run_result *to, const struct run_plan *plan)
{
	const uint64_t own_memory = sample_resident();
	const msec started = clock_now();
	const pid_t pid = start_run(plan);
	struct rusage usage = {0};
	int status, code;

	if (pid < 0) {
		log_fatal("the run in mode %s cannot be started: %s",
			  plan->mode, strerror(errno));
		return EXIT_NOT_COMPLETED;
	}
	status = wait_for_run(to, pid, started, plan->limit, &usage);
	add_missed_peak(to, &usage, own_memory);
	to->user = timeval_seconds(usage.ru_utime);
	to->system = timeval_seconds(usage.ru_stime);
	/* Messages of a warm-up run come again in later runs, so they are shown
	 * only if it failed. */
	if (plan->limit <= 0 || (WIFEXITED(status) && WEXITSTATUS(status) > 1))
		show_messages(plan->files->messages);
	code = check_status(plan, status);
	if (!code && plan->limit <= 0)
		code = read_results(to, plan);
	remove_results(plan->files);
	return code;
}

void run_result_release(struct run_result *r)
{
	json_decref(r->summary);
	records_free(r->records);
	*r = (struct run_result){0};
}
