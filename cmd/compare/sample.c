/*
 * Memory is measured as PSS, because forked processes share most of their pages
 * and RSS would count those once per process. The kernel walks the page tables
 * for it (0.3 ms for 40 MB), so cmd/compare/run.c samples less often if a
 * sample takes long.
 *
 * The children are those of a process's first thread, which is the one that
 * starts processes in this program; their list is in the folder of that thread
 * (proc(5): needs CONFIG_PROC_CHILDREN; without it only the first process
 * counts).
 */
#include "cmd/compare/sample.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	FILE_MAX_BYTES = 16384,	/* room for the pids of some 2,000 children */
	DEPTH_MAX = 4,		/* depth of the process tree: program, zygote,
				 * worker, and one more */
};

/* Reads /proc/PID/NAME into `to` as a C string, empty if the file cannot be
 * read. Returns `to`. */
static const char *read_file(char *to, size_t size, pid_t pid,
			     const char *name)
{
	char path[64];
	ssize_t len = -1;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		len = read(fd, to, size - 1);
		close(fd);
	}
	to[len > 0 ? len : 0] = '\0';
	return to;
}

/* Returns the PSS of the process in bytes; 0: it may not be read. */
static uint64_t read_pss(pid_t pid)
{
	char text[2048];
	const char *pss = strstr(read_file(text, sizeof(text), pid,
					   "smaps_rollup"), "\nPss:");

	return pss ? strtoull(pss + strlen("\nPss:"), NULL, 10) << 10 : 0;
}

/* Adds a process to the sample. Returns false if the process has ended. */
static bool add_process(struct sample *s, pid_t pid)
{
	char text[1024], state;
	const char *rest;
	unsigned threads;
	unsigned long long pages;
	uint64_t pss, rss;

	/* The command name, in brackets, may contain any character. */
	rest = strrchr(read_file(text, sizeof(text), pid, "stat"), ')');
	/* Fields 3, 20 and 24 of proc(5). */
	if (!rest || sscanf(rest + 1, " %c %*d %*d %*d %*d %*d %*u %*u %*u "
				      "%*u %*u %*u %*u %*d %*d %*d %*d %u %*d "
				      "%*u %*u %llu",
			    &state, &threads, &pages) != 3 ||
	    state == 'Z' || state == 'X')
		return false;
	rss = pages * (uint64_t)sysconf(_SC_PAGESIZE);
	pss = read_pss(pid);
	s->memory += pss ? pss : rss;
	if (rss > s->largest)
		s->largest = rss;
	s->threads += threads;
	s->processes++;
	return true;
}

static void add_tree(struct sample *s, pid_t pid, unsigned depth)
{
	char name[64], text[FILE_MAX_BYTES], *end;
	const char *at;

	if (!add_process(s, pid) || depth == DEPTH_MAX)
		return;
	snprintf(name, sizeof(name), "task/%d/children", (int)pid);
	at = read_file(text, sizeof(text), pid, name);
	for (;; at = end) {
		const long child = strtol(at, &end, 10);

		if (end == at || child <= 0)
			break;
		add_tree(s, (pid_t)child, depth + 1);
	}
}

struct sample sample_take(pid_t root)
{
	struct sample s = {0};

	add_tree(&s, root, 0);
	return s;
}

uint64_t sample_resident(void)
{
	char text[256];
	unsigned long long pages = 0;

	read_file(text, sizeof(text), getpid(), "statm");
	if (sscanf(text, "%*u %llu", &pages) != 1)
		return 0;
	return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

void sample_keep_peaks(struct sample *peaks, const struct sample *now)
{
	if (now->memory > peaks->memory)
		peaks->memory = now->memory;
	if (now->largest > peaks->largest)
		peaks->largest = now->largest;
	if (now->threads > peaks->threads)
		peaks->threads = now->threads;
	if (now->processes > peaks->processes)
		peaks->processes = now->processes;
}
