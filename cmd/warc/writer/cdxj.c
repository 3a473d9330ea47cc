#include "cmd/warc/writer/cdxj.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest_set.h"
#include "base/job/exchange.h"
#include "base/job/headers.h"
#include "base/job/job.h"
#include "base/json/compact.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/new_file.h"
#include "base/timestamp.h"
#include "cmd/warc/writer/exchange.h"
#include "cmd/warc/writer/past.h"
#include "cmd/warc/writer/surt.h"

enum { FLUSH_AT = 256 << 10 };

/* --- Lines ---------------------------------------------------------------- */

/* Media type in the line of a revisit record. */
static const char revisit[] = "warc/revisit";

/* Appends a time as 14 digits. */
static void add_digits(struct buf *out, int64_t date)
{
	struct buf text = {0};
	unsigned digits = 0;

	timestamp_add(&text, date);
	for (size_t i = 0; i < text.len && digits < 14; i++)
		if (text.data[i] >= '0' && text.data[i] <= '9') {
			buf_addch(out, text.data[i]);
			digits++;
		}
	buf_release(&text);
}

static void add_member(struct buf *out, const char *name, const char *value,
		       size_t len)
{
	buf_addf(out, "\"%s\": ", name);
	json_add_string(out, value, len);
	buf_addstr(out, ", ");
}

/* Returns the media type that the response declares, without parameters. */
static struct slice media_type(const struct job *job)
{
	struct slice type = {"", 0};
	size_t len = 0;

	(void)headers_get(&job->res.headers, "content-type", &type);
	while (len < type.len && type.p[len] > ' ' && type.p[len] < 0x7f &&
	       type.p[len] != ';')
		len++;
	return len ? (struct slice){type.p, len} : (struct slice){"unk", 3};
}

void cdxj_add_note(struct buf *out, const struct warc_exchange *x)
{
	const struct job *job = x->job;
	const struct slice type =
		x->answer == WARC_ANSWER_RESPONSE
			? media_type(job)
			: (struct slice){revisit, strlen(revisit)};
	char *url = url_plain(&job->hop.url);
	char status[16];

	surt_add(out, &job->hop.url);
	buf_addch(out, ' ');
	add_digits(out, job->exchange->began);
	buf_addstr(out, " {");
	add_member(out, "url", url, strlen(url));
	add_member(out, "mime", type.p, type.len);
	snprintf(status, sizeof(status), "%d", job->res.status);
	add_member(out, "status", status, strlen(status));
	if (*x->payload.text)
		add_member(out, "digest", x->payload.text,
			   strlen(x->payload.text));
	free(url);
}

/* Returns the text behind the name and its colon in the object of a line; p is
 * NULL if the object has no such member. The name in quotes may also occur in
 * the key, where no space comes before it, or as the value of another
 * member. */
static struct slice after_name(struct slice line, struct slice name)
{
	const char *end = bytes_end(line.p, line.len), *value;
	const char *p = memmem(line.p, line.len, " {", 2);

	while (p && (p = memmem(p, (size_t)(end - p), name.p, name.len))) {
		p += name.len;
		for (value = p; value < end && *value == ' '; value++)
			;
		if (value < end && *value == ':')
			return (struct slice){value + 1,
					      (size_t)(end - value - 1)};
	}
	return (struct slice){NULL, 0};
}

struct slice cdxj_member(struct slice line, const char *name)
{
	static const struct slice none = {"", 0};
	char quoted[32];
	const int len = snprintf(quoted, sizeof(quoted), "\"%s\"", name);
	struct slice rest = after_name(line, (struct slice){quoted,
							    (size_t)len});
	const char *quote;

	while (rest.len && *rest.p == ' ')
		rest = (struct slice){rest.p + 1, rest.len - 1};
	if (!rest.len || *rest.p != '"')
		return none;
	rest = (struct slice){rest.p + 1, rest.len - 1};
	quote = memchr(rest.p, '"', rest.len);
	if (!quote || memchr(rest.p, '\\', (size_t)(quote - rest.p)))
		return none;
	rest.len = (size_t)(quote - rest.p);
	return rest;
}

bool cdxj_is_revisit(struct slice line)
{
	return slice_is(cdxj_member(line, "mime"), revisit);
}

/* --- The file ------------------------------------------------------------- */

/* A file to which lines are written through a buffer. */
struct writing {
	struct new_file file;
	struct buf bytes;
	int error;
};

static void flush(struct writing *w)
{
	const char *p = w->bytes.data;
	size_t left = w->bytes.len;

	while (left && !w->error) {
		const ssize_t n = write(w->file.fd, p, left);

		if (n > 0) {
			p += n;
			left -= (size_t)n;
		} else if (!n || errno != EINTR) {
			w->error = n ? errno : EIO;
		}
	}
	buf_clear(&w->bytes);
}

static void flush_if_large(struct writing *w)
{
	if (w->bytes.len >= FLUSH_AT)
		flush(w);
}

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The context of write_line(). */
struct index {
	struct writing *writing;
	const struct warc_file *file;
	const struct warc_past *past;
	uint64_t missing;	/* number of exchanges without a line */
};

static int write_line(void *ctx, size_t file, const struct warc_line *line)
{
	struct index *x = ctx;
	const struct warc_place *p = &line->place;
	struct buf *out = &x->writing->bytes;
	char *path;
	const char *name;

	if (!line->text.len) {
		/* A warcinfo record has no id in the journal, and no line. */
		x->missing += *p->id != '-';
		return 0;
	}
	path = past_file_path(x->past->files + file, x->file->prefix);
	name = name_of(path);
	buf_add(out, line->text.p, line->text.len);
	buf_addf(out, "\"length\": \"%" PRIu64 "\", \"offset\": \"%" PRIu64
		 "\", \"filename\": ", p->last, p->at + p->len - p->last);
	json_add_string(out, name, strlen(name));
	buf_addstr(out, "}\n");
	flush_if_large(x->writing);
	free(path);
	return x->writing->error;
}

/* Writes the lines of all exchanges that are in the files. */
static int add_journal(struct writing *w, const struct warc_file *f,
		       const struct warc_past *past)
{
	struct index x = {.writing = w, .file = f, .past = past};
	const int error = warc_past_each_kept(past, &f->journal, write_line,
					      &x);

	if (x.missing)
		log_warn("%.500s.cdxj: %" PRIu64 " responses are missing, "
			 "because they were stored without --warc-cdx",
			 f->prefix, x.missing);
	return error;
}

/* Returns the names, without their folder, of the files in the journal. */
static struct digest_set names_of(const struct warc_file *f,
				  const struct warc_past *past)
{
	struct digest_set names = {0};
	unsigned long number = 0;

	for (size_t i = 0; i < past->len; i++) {
		char *path = past_file_path(past->files + i, f->prefix);
		const char *name = name_of(path);

		digest_set_add(&names, (struct slice){name, strlen(name)},
			       &number);
		free(path);
	}
	return names;
}

/* Maps a file into memory and returns its bytes. p is NULL if the file is
 * empty, or if *error is set. */
static struct slice map_file(int fd, int *error)
{
	struct stat st;
	void *p;

	if (fstat(fd, &st)) {
		*error = errno;
		return (struct slice){NULL, 0};
	}
	if (!st.st_size)
		return (struct slice){NULL, 0};
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (p != MAP_FAILED)
		return (struct slice){p, (size_t)st.st_size};
	*error = errno;
	return (struct slice){NULL, 0};
}

static void unmap(struct slice bytes)
{
	if (bytes.p)
		munmap((void *)bytes.p, bytes.len);
}

/* Cuts the first line off the bytes, and returns it without its line end. */
static struct slice take_line(struct slice *bytes)
{
	const char *end = memchr(bytes->p, '\n', bytes->len);
	const struct slice line = {bytes->p, end ? (size_t)(end - bytes->p)
						 : bytes->len};
	const size_t taken = line.len + (end != NULL);

	bytes->p += taken;
	bytes->len -= taken;
	return line;
}

/* Copies those lines of the existing index that are about files outside the
 * journal. */
static int add_old(struct writing *w, const struct warc_file *f,
		   const struct warc_past *past, const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct slice bytes, rest;
	struct digest_set names;

	if (fd < 0)
		return errno == ENOENT ? 0 : errno;
	names = names_of(f, past);
	bytes = rest = map_file(fd, &w->error);
	close(fd);
	while (rest.len && !w->error) {
		const struct slice line = take_line(&rest);

		if (!line.len ||
		    digest_set_has(&names, cdxj_member(line, "filename")))
			continue;
		buf_add(&w->bytes, line.p, line.len);
		buf_addch(&w->bytes, '\n');
		flush_if_large(w);
	}
	unmap(bytes);
	digest_set_release(&names);
	return w->error;
}

static int compare_lines(const void *a, const void *b)
{
	const struct slice *x = a, *y = b;
	const size_t least = x->len < y->len ? x->len : y->len;
	const int order = least ? memcmp(x->p, y->p, least) : 0;

	return order ? order : x->len < y->len ? -1 : x->len > y->len;
}

/* Writes the lines of one file to another, sorted by their bytes. The file is
 * mapped into memory, so that only the positions of its lines are allocated. */
static int sort_lines(struct writing *to, int from)
{
	const struct slice bytes = map_file(from, &to->error);
	struct slice rest = bytes, *lines = NULL;
	size_t len = 0, cap = 0;

	while (rest.len) {
		if (len == cap) {
			cap = cap * 2 + 1024;
			lines = xrealloc(lines, cap * sizeof(*lines));
		}
		lines[len++] = take_line(&rest);
	}
	if (len)
		qsort(lines, len, sizeof(*lines), compare_lines);
	for (size_t i = 0; i < len && !to->error; i++) {
		buf_add(&to->bytes, lines[i].p, lines[i].len);
		buf_addch(&to->bytes, '\n');
		flush_if_large(to);
	}
	flush(to);
	free(lines);
	unmap(bytes);
	return to->error;
}

static int sort_file(struct writing *to, const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	int error;

	if (fd < 0)
		return errno;
	error = sort_lines(to, fd);
	close(fd);
	return error;
}

/* Writes all lines to a temporary file, and then writes the index: the same
 * lines, sorted. */
static int write_both(const struct warc_file *f, const struct warc_past *past,
		      const char *path)
{
	struct writing all = {.file.fd = -1}, sorted = {.file.fd = -1};
	int error = new_file_open(&all.file, path);

	if (!error)
		error = add_journal(&all, f, past);
	if (!error)
		error = add_old(&all, f, past, path);
	flush(&all);
	if (!error)
		error = all.error ? all.error
				  : new_file_open(&sorted.file, path);
	if (!error)
		error = sort_file(&sorted, all.file.name);
	if (!error)
		error = new_file_commit(&sorted.file, NULL);
	else
		new_file_discard(&sorted.file);
	new_file_discard(&all.file);
	buf_release(&all.bytes);
	buf_release(&sorted.bytes);
	return error;
}

int cdxj_write(const struct warc_file *f)
{
	char *path = xasprintf("%s.cdxj", f->prefix);
	struct warc_past past;
	int error = warc_past_read(&past, &f->journal, "");

	if (!error)
		error = write_both(f, &past, path);
	warc_past_release(&past);
	free(path);
	return error;
}
