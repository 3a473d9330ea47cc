/*
 * A run is a process group of its own: it can be ended with all it has
 * started, and a Ctrl-C meant for the comparison does not reach it. When the
 * comparison itself is killed, the kernel tells the run (PR_SET_PDEATHSIG), and
 * that one winds up.
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

/* Between looks at a run. Longer when they are expensive: they take 1 % of a
 * processor at most. */
static const msec look_every = 5, look_at_least_every = 100;
enum { LOOK_SHARE = 100 };

enum { FIXED_WORDS = 24, EXIT_NO_EXEC = 127 };

/* Number of message lines that are remembered and shown in one comparison,
 * and the length they are cut to. Later lines are not shown: a thousand runs
 * would print too much. */
enum { MESSAGES_MAX = 100, MESSAGE_BYTES = 1024 };

static char messages_shown[MESSAGES_MAX][MESSAGE_BYTES];
static size_t messages_shown_len;

struct words {
	const char **list;
	size_t len;
	char value[16];
};

static void add_word(struct words *w, const char *word)
{
	w->list[w->len++] = word;
}

static void add_sweep(struct words *w, const struct run_plan *plan)
{
	const char *const *options = plan->sweep->options;

	snprintf(w->value, sizeof(w->value), "%u", plan->value);
	for (size_t i = 0; i < 2 && options[i]; i++) {
		add_word(w, options[i]);
		add_word(w, w->value);
	}
}

/* Ours come after the user's, since the last one wins. */
static void make_words(struct words *w, const struct run_plan *plan)
{
	const struct compare_files *f = plan->files;
	size_t more = 0;

	while (plan->options && plan->options[more])
		more++;
	w->list = xcalloc(FIXED_WORDS + more + f->sources_len,
			  sizeof(*w->list));
	add_word(w, "scrape");
	add_word(w, "--mode");
	add_word(w, plan->mode);
	for (size_t i = 0; i < more; i++)
		add_word(w, plan->options[i]);
	add_word(w, "--config");
	add_word(w, f->options);
	if (plan->sweep)
		add_sweep(w, plan);
	add_word(w, "--summary");
	add_word(w, f->summary);
	add_word(w, "--output");
	add_word(w, f->records);
	add_word(w, plan->silent ? "--silent" : "--no-progress-meter");
	add_word(w, "--");
	for (size_t i = 0; i < f->sources_len; i++)
		add_word(w, f->sources[i]);
}

/* In the child: only what is allowed between fork() and exec. */
static void become(const struct words *w, int messages, int nothing)
{
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	dup2(nothing, STDIN_FILENO);
	dup2(nothing, STDOUT_FILENO);
	dup2(messages, STDERR_FILENO);
	sigprocmask(SIG_SETMASK, compare_signals_saved(), NULL);
	execv("/proc/self/exe", (char *const *)w->list);
	_exit(EXIT_NO_EXEC);
}

/* The child's pid; or -1 with errno. */
static pid_t start(const struct run_plan *plan)
{
	const int messages = open(plan->files->messages,
				  O_WRONLY | O_CREAT | O_TRUNC | O_APPEND |
					  O_CLOEXEC, 0600);
	const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	struct words words = {0};
	pid_t pid = -1;

	if (messages >= 0 && nothing >= 0) {
		make_words(&words, plan);
		pid = fork();
		if (pid == 0)
			become(&words, messages, nothing);
		/* Whoever of both comes first. */
		if (pid > 0)
			setpgid(pid, pid);
		free(words.list);
	}
	if (messages >= 0)
		close(messages);
	if (nothing >= 0)
		close(nothing);
	return pid;
}

/* Of this thread: on a busy machine much of the clock's is others'. */
static msec cpu_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Looks, and returns how long not to look again. */
static msec look(struct sample *peaks, pid_t pid)
{
	const msec before = cpu_now();
	const struct sample s = sample_take(pid);

	sample_keep_peaks(peaks, &s);
	return fmin(look_at_least_every,
		    fmax(look_every, LOOK_SHARE * (cpu_now() - before)));
}

/* Waits, and looks, until it has ended. The status of wait(2). */
static int watch(struct run_result *to, pid_t pid, msec started, msec limit,
		 struct rusage *usage)
{
	msec pause = look_every;
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
		pause = look(&to->peaks, pid);
		to->samples++;
	}
	to->wall = (clock_now() - started) / 1e3;
	return status;
}

static double seconds(struct timeval t)
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

/* Logs the lines of the run's message file that no earlier run has written:
 * all runs have much the same messages. */
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

/* The exit code that the program is to have; 0: the run is good. */
static int judge(const struct run_plan *plan, int status)
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
		log_fatal("the program cannot start itself: /proc/self/exe");
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
	buf_release(&why);
	return code;
}

/* Or the next run would write over them, and should it fail, they would be
 * taken for its own. */
static void remove_results(const struct compare_files *f)
{
	unlink(f->summary);
	unlink(f->records);
}

/* The kernel keeps the peak of the largest process (RSS); what looking now and
 * then has missed of it is added. Until its exec a child's memory is a copy of
 * ours: a peak that is not above that says nothing. */
static void add_peak(struct run_result *to, const struct rusage *usage,
		     uint64_t ours)
{
	const uint64_t peak = (uint64_t)usage->ru_maxrss << 10;

	if (peak > ours && peak > to->peaks.largest)
		to->peaks.memory += peak - to->peaks.largest;
}

int compare_run(struct run_result *to, const struct run_plan *plan)
{
	const uint64_t ours = sample_resident();
	const msec started = clock_now();
	const pid_t pid = start(plan);
	struct rusage usage = {0};
	int status, code;

	if (pid < 0) {
		log_fatal("mode %s cannot be run: %s", plan->mode,
			  strerror(errno));
		return EXIT_NOT_COMPLETED;
	}
	status = watch(to, pid, started, plan->limit, &usage);
	add_peak(to, &usage, ours);
	to->user = seconds(usage.ru_utime);
	to->system = seconds(usage.ru_stime);
	/* What a run that warms up says is said again by the others. */
	if (plan->limit <= 0 || (WIFEXITED(status) && WEXITSTATUS(status) > 1))
		show_messages(plan->files->messages);
	code = judge(plan, status);
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
