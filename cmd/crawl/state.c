/* The output file is recognised by its length and a digest of its last
 * bytes. */
#include "cmd/crawl/state.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/exit_code.h"
#include "base/file_lock.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/crawl/notes.h"
#include "cmd/crawl/retry.h"

enum { TAIL = 4096 };

/* Stored in place of the length if the output is not a file. */
#define NO_FILE UINT64_MAX

void state_sync_name(const char *path)
{
	char *copy = xstrdup(path);
	const int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	free(copy);
	if (fd < 0)
		return;
	(void)fsync(fd);
	close(fd);
}

/* Returns false for standard output, a pipe or a device. */
static bool is_file(const char *path)
{
	struct stat st;

	return path && strcmp(path, "-") != 0 &&
	       (stat(path, &st) || S_ISREG(st.st_mode));
}

int state_open(struct state *s, const char *folder, const char *output)
{
	char *path;

	*s = (struct state){.folder = folder, .lock = -1,
			    .output = is_file(output) ? output : NULL};
	if (!folder)
		return 0;
	/* Only the user may read the folder: seeds may have secrets. */
	if (mkdir(folder, 0700) && errno != EEXIST) {
		log_fatal("--state %.500s: %s", folder, strerror(errno));
		return EXIT_NOT_COMPLETED;
	}
	path = xasprintf("%s/lock", folder);
	s->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	free(path);
	if (s->lock < 0) {
		log_fatal("--state %.500s: %s", folder, strerror(errno));
		return EXIT_NOT_COMPLETED;
	}
	if (!file_lock(s->lock)) {
		log_fatal("--state %.500s: another scrape is using it",
			  folder);
		return EXIT_NOT_COMPLETED;
	}
	state_sync_name(folder);
	return 0;
}

int state_empty(const struct state *s)
{
	/* The files beside the database go first: they would be taken for
	 * those of the next one. */
	static const char *const names[] = {"crawl.db-wal", "crawl.db-shm",
					    "crawl.db"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char *path = xasprintf("%s/%s", s->folder, names[i]);
		const int result = unlink(path);

		free(path);
		if (!result || errno == ENOENT)
			continue;
		log_fatal("--state %.500s: %s: %s", s->folder, names[i],
			  strerror(errno));
		return -1;
	}
	return 0;
}

void state_close(struct state *s)
{
	if (s->lock >= 0)
		close(s->lock);
	s->lock = -1;
}

/* Returns the digest of the last bytes before the offset `length`; 0 if they
 * cannot be read. */
static uint64_t tail_digest(int fd, uint64_t length)
{
	char bytes[TAIL];
	const size_t len = length < TAIL ? (size_t)length : TAIL;

	if (pread(fd, bytes, len, (off_t)(length - len)) != (ssize_t)len)
		return 0;
	return digest_of(bytes, len).a;
}

/* Returns true if the file is empty or begins like records. Used for a crawl
 * that was killed before it stored anything about its output. */
static bool may_be_output(int fd)
{
	static const char begin[] = "{\"index\":";
	char bytes[sizeof(begin) - 1];
	const ssize_t n = pread(fd, bytes, sizeof(bytes), 0);

	return n == 0 || (n > 0 && !memcmp(bytes, begin, (size_t)n));
}

/* Appends the name of the crawl's output, if the given one is another file. */
static void add_right_name(struct buf *out, const struct state *s,
			   struct frontier *f)
{
	char *right = notes_output(f), *given = realpath(s->output, NULL);

	if (right && (!given || strcmp(given, right) != 0))
		buf_addf(out, "; the output of this crawl is %.500s", right);
	free(right);
	free(given);
}

/* Logs that the file is not the output of the crawl. */
static void fail_output(const struct state *s, struct frontier *f,
			const char *why)
{
	struct buf name = {0};

	add_right_name(&name, s, f);
	log_fatal("--resume: %.500s is not the output of the crawl in %.500s: "
		  "%s%s", s->output, s->folder, why, buf_cstr(&name));
	buf_release(&name);
}

/* Truncates the output to the length that the store knows. */
static int cut_output(const struct state *s, struct frontier *f,
		      const struct store_output *known)
{
	const int fd = open(s->output, O_RDWR | O_CLOEXEC);
	struct stat st;
	int code = 0;

	if (fd < 0 || fstat(fd, &st)) {
		fail_output(s, f, strerror(errno));
		code = EXIT_USAGE;
	} else if ((uint64_t)st.st_size < known->length ||
		   tail_digest(fd, known->length) != known->tail ||
		   !may_be_output(fd)) {
		fail_output(s, f, "it is shorter, or has other records");
		code = EXIT_USAGE;
	} else if ((uint64_t)st.st_size > known->length &&
		   ftruncate(fd, (off_t)known->length)) {
		log_fatal("--resume: %.500s cannot be cut to its complete "
			  "records: %s", s->output, strerror(errno));
		code = EXIT_NOT_COMPLETED;
	}
	if (fd >= 0)
		close(fd);
	return code;
}

/* Returns 0 if the output is a file or no file, as in the earlier run;
 * otherwise the exit code, after logging the reason. */
static int check_kind(const struct state *s, const struct store_output *known)
{
	if (s->output && known->length == NO_FILE)
		log_fatal("--resume: the records of the crawl in %.500s did "
			  "not go to a file: continue it without -o, or begin "
			  "another one", s->folder);
	else if (!s->output && known->length != NO_FILE)
		log_fatal("--resume: the records of the crawl in %.500s are "
			  "in a file: continue it with -o FILE", s->folder);
	else
		return 0;
	return EXIT_USAGE;
}

int state_read_output(const char *path, struct store_output *known)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	int result = -1;

	if (fd < 0)
		return -1;
	if (!fstat(fd, &st)) {
		known->length = (uint64_t)st.st_size;
		known->tail = tail_digest(fd, known->length);
		result = 0;
	}
	close(fd);
	return result;
}

bool state_has_output(const char *path, const struct store_output *known)
{
	struct store_output is = {0};

	return !state_read_output(path, &is) && is.length == known->length &&
	       is.tail == known->tail;
}

int state_begin(struct state *s, struct frontier *f, bool resume)
{
	struct store_output known;

	if (!s->folder)
		return 0;
	s->is_resumed = frontier_is_resumed(f);
	if (!s->is_resumed)
		return 0;
	if (!resume) {
		log_fatal("--state %.500s has a crawl: --resume continues it",
			  s->folder);
		return EXIT_USAGE;
	}
	known = frontier_output(f);
	if (check_kind(s, &known))
		return EXIT_USAGE;
	if (!s->output)
		return 0;
	if (retry_recover(s, &known))
		return EXIT_NOT_COMPLETED;
	return cut_output(s, f, &known);
}

/* Reads the length and the digest of the output. Returns 0, or -1 after logging
 * the reason. */
static int read_output(struct state *s, struct store_output *known)
{
	const int fd = open(s->output, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) || (!s->open && fdatasync(fd))) {
		log_fatal("%.500s: %s", s->output, strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	/* Use the length that was put when the commit began: the open file may
	 * have grown. */
	known->length = s->open ? s->length + output_growth(s->open, s->put)
				: (uint64_t)st.st_size;
	known->tail = tail_digest(fd, known->length);
	close(fd);
	if (!s->has_synced_name)
		state_sync_name(s->output);
	s->has_synced_name = true;
	return 0;
}

bool state_can_commit(const struct state *s, struct output *o)
{
	return s->output || output_is_written(o);
}

/* Makes the output permanent, in the frontier's thread. */
static int sync_output(void *ctx, struct store_output *known)
{
	struct state *s = ctx;

	*known = (struct store_output){.length = NO_FILE,
				       .bytes = s->bytes_then};
	if (s->open && output_sync(s->open, s->put))
		return -1;	/* logged by the output */
	return s->output ? read_output(s, known) : 0;
}

void state_commit(struct state *s, struct frontier *f, struct output *o)
{
	s->open = o;
	s->put = o ? output_flush(o) : 0;
	s->bytes_then = s->bytes;
	frontier_commit(f, &(struct frontier_sync){sync_output, s});
}

int state_finish(struct state *s, struct frontier *f)
{
	if (!s->folder)
		return 0;
	state_commit(s, f, NULL);
	frontier_wait(f);
	if (!frontier_has_failed(f))
		return 0;
	if (frontier_error(f))
		log_fatal("the state in %.500s cannot be written: %s",
			  s->folder, frontier_error(f));
	return -1;
}
