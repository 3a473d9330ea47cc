/*
 * Writes the Markdown of each page to a file of its own, and the records to
 * records.jsonl beside them. A record has the name of its page's file in place
 * of the Markdown, or null if the page has no file: it failed, is an error
 * page, or has no Markdown. So the file with the records has a record of each
 * page, and --resume and the state of a crawl read this file like any JSON
 * lines.
 *
 * The page's file is written before its record. So a run that is killed in
 * between makes the request again, and replaces the file.
 */
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/json/compact.h"
#include "base/json/string.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/output/key_tree.h"
#include "cmd/output/markdown/front_matter.h"
#include "cmd/output/markdown/page_file.h"
#include "cmd/output/markdown/page_name.h"
#include "cmd/output/sink.h"

/* The values of a record that a file needs. */
enum value {
	VALUE_URL,
	VALUE_FINAL_URL,
	VALUE_OK,
	VALUE_FETCHED,
	VALUE_PAGE_TITLE,
	VALUE_ARTICLE,
	VALUE_TITLE,
	VALUE_AUTHORS,
	VALUE_DATE,
	VALUE_MARKDOWN,
	VALUES,
};

/* Lengths of the lines and of the file after a batch. */
struct progress {
	uint64_t lines, file;	/* in bytes */
};

struct markdown_sink {
	struct sink sink;
	int fd;			/* descriptor of the file with the records;
				 * borrowed */
	struct folder to;	/* borrowed */
	struct key_tree keys;
	struct buf records;	/* records to be written */
	struct buf page;	/* contents of a page's file */
	struct buf markdown, url, url_line, name;
	uint64_t pages, without;	/* number of records; number of those
					 * without a file */
	struct progress now;
	/* Guards progress, which has an entry for each batch after the last
	 * call of growth(). */
	pthread_mutex_t lock;
	struct progress *progress;
	size_t progress_len, progress_cap;
};

static void add_key(struct key_tree *keys, const char *outer, const char *name,
		    enum value value)
{
	const struct slice path[] = {{outer, strlen(outer)},
				     {name, name ? strlen(name) : 0}};

	key_tree_add(keys, path, name ? 2 : 1, value);
}

static void add_keys(struct key_tree *keys)
{
	add_key(keys, "url", NULL, VALUE_URL);
	add_key(keys, "final_url", NULL, VALUE_FINAL_URL);
	add_key(keys, "ok", NULL, VALUE_OK);
	add_key(keys, "fetched_at", NULL, VALUE_FETCHED);
	add_key(keys, "title", NULL, VALUE_PAGE_TITLE);
	add_key(keys, "article", NULL, VALUE_ARTICLE);
	add_key(keys, "article", "title", VALUE_TITLE);
	add_key(keys, "article", "authors", VALUE_AUTHORS);
	add_key(keys, "article", "date", VALUE_DATE);
	add_key(keys, "markdown", NULL, VALUE_MARKDOWN);
}

/* Returns true if the page gets a file: it could be read, and is no error
 * page. */
static bool has_file(const struct markdown_sink *m, const struct slice *v)
{
	return slice_is(v[VALUE_OK], "true") && m->markdown.len;
}

static void write_page(struct markdown_sink *m, const struct slice *v)
{
	buf_clear(&m->page);
	front_matter_add(&m->page, &(struct front_matter){
		.title = json_is_text(v[VALUE_TITLE]) ? v[VALUE_TITLE]
						      : v[VALUE_PAGE_TITLE],
		.url = v[VALUE_URL],
		.final_url = v[VALUE_FINAL_URL],
		.authors = v[VALUE_AUTHORS],
		.date = v[VALUE_DATE],
		.fetched = v[VALUE_FETCHED],
		.markdown = slice_of(&m->markdown),
	});
	buf_add(&m->page, m->markdown.data, m->markdown.len);
}

/* Writes the page's file and sets m->name. Returns 0 or an errno. */
static int put_page(struct markdown_sink *m, const struct slice *v)
{
	int error;

	write_page(m, v);
	buf_clear(&m->url);
	json_string_text(&m->url, v[VALUE_URL]);
	buf_clear(&m->url_line);
	front_matter_add_url(&m->url_line, v[VALUE_URL]);
	error = page_file_write(&(struct page_file){
		.folder = m->to.path,
		.url = slice_of(&m->url),
		.url_line = slice_of(&m->url_line),
		.bytes = &m->page,
	}, &m->name);
	if (!error)
		return 0;
	m->sink.why = xasprintf("the file of a page, %s, cannot be written: %s",
				buf_cstr(&m->name), strerror(error));
	return error;
}

/* Returns the member that has the value: the value with its name and the comma
 * before it. */
static struct slice member_of(struct slice value, const char *name)
{
	const size_t before = strlen(name) + strlen(",\"\":");

	return (struct slice){value.p - before, value.len + before};
}

/* Appends the line without the members article and markdown, and with the name
 * of the file. */
static void add_record(struct markdown_sink *m, struct slice line,
		       const struct slice *v, bool is_written)
{
	const char *end = line.p + line.len;
	struct slice cut = member_of(v[VALUE_MARKDOWN], "markdown");
	const char *rest = cut.p + cut.len;

	/* The article is directly before the Markdown. */
	if (v[VALUE_ARTICLE].p && !m->to.keeps_article)
		cut = member_of(v[VALUE_ARTICLE], "article");
	buf_add(&m->records, line.p, (size_t)(cut.p - line.p));
	buf_addstr(&m->records, ",\"file\":");
	if (is_written)
		json_add_string(&m->records, m->name.data, m->name.len);
	else
		buf_addstr(&m->records, "null");
	buf_add(&m->records, rest, (size_t)(end - rest));
	buf_addch(&m->records, '\n');
}

static int put_line(struct markdown_sink *m, struct slice line)
{
	struct slice v[VALUES] = {{0}};
	bool is_written;
	int error = 0;

	key_tree_read(&m->keys, line, v);
	m->pages++;
	if (!v[VALUE_MARKDOWN].p) {
		/* A copy of a record that was written before (--unique). */
		buf_add(&m->records, line.p, line.len);
		buf_addch(&m->records, '\n');
		return 0;
	}
	buf_clear(&m->markdown);
	if (json_is_text(v[VALUE_MARKDOWN]))
		json_string_text(&m->markdown, v[VALUE_MARKDOWN]);
	is_written = has_file(m, v);
	if (is_written)
		error = put_page(m, v);
	else
		m->without++;
	if (!error)
		add_record(m, line, v, is_written);
	return error;
}

static void note_progress(struct markdown_sink *m)
{
	pthread_mutex_lock(&m->lock);
	if (m->progress_len == m->progress_cap) {
		m->progress_cap = m->progress_cap ? m->progress_cap * 2 : 64;
		m->progress = xrealloc(m->progress, m->progress_cap *
				       sizeof(*m->progress));
	}
	m->progress[m->progress_len++] = m->now;
	pthread_mutex_unlock(&m->lock);
}

static int markdown_write_lines(struct sink *s, const char *lines, size_t len)
{
	struct markdown_sink *m = (struct markdown_sink *)s;
	const size_t all = len;
	struct slice line;
	int error = 0, record_error;

	while (!error && sink_next_line(&lines, &len, &line))
		error = put_line(m, line);
	/* Write the records even after an error: the pages before it have their
	 * files. */
	record_error = sink_write_all(m->fd, m->records.data, m->records.len);
	m->now.lines += all;
	m->now.file += m->records.len;
	buf_clear(&m->records);
	note_progress(m);
	return error ? error : record_error;
}

static uint64_t markdown_growth(struct sink *s, uint64_t lines)
{
	struct markdown_sink *m = (struct markdown_sink *)s;
	uint64_t growth = 0;
	size_t i = 0;

	pthread_mutex_lock(&m->lock);
	while (i < m->progress_len && m->progress[i].lines <= lines)
		growth = m->progress[i++].file;
	/* Keep the last one, for the case that nothing is added until the next
	 * call. */
	if (i > 1) {
		m->progress_len -= i - 1;
		memmove(m->progress, m->progress + i - 1,
			m->progress_len * sizeof(*m->progress));
	}
	pthread_mutex_unlock(&m->lock);
	return growth;
}

/* Syncs the whole file system, because the files of the pages and their names
 * must be permanent, too, and are in many folders. */
static int markdown_sync(struct sink *s)
{
	return syncfs(((struct markdown_sink *)s)->fd) ? errno : 0;
}

static int markdown_finish(struct sink *s)
{
	const struct markdown_sink *m = (struct markdown_sink *)s;

	if (m->without)
		log_warn("no file in %.200s for %llu of %llu pages, which "
			 "failed or have no Markdown: in " PAGE_NAME_RECORDS
			 ", their \"file\" is null", m->to.path,
			 (unsigned long long)m->without,
			 (unsigned long long)m->pages);
	return 0;
}

static void markdown_free(struct sink *s)
{
	struct markdown_sink *m = (struct markdown_sink *)s;

	key_tree_release(&m->keys);
	buf_release(&m->records);
	buf_release(&m->page);
	buf_release(&m->markdown);
	buf_release(&m->url);
	buf_release(&m->url_line);
	buf_release(&m->name);
	pthread_mutex_destroy(&m->lock);
	free(m->progress);
	free(m);
}

static const struct sink_ops markdown_ops = {
	.write = markdown_write_lines,
	.finish = markdown_finish,
	.free = markdown_free,
	.growth = markdown_growth,
	.sync = markdown_sync,
};

struct sink *sink_markdown_open(int fd, const struct folder *to)
{
	struct markdown_sink *m = xcalloc(1, sizeof(*m));

	m->sink.ops = &markdown_ops;
	m->fd = fd;
	m->to = *to;
	m->keys.column = KEY_TREE_NONE;
	add_keys(&m->keys);
	pthread_mutex_init(&m->lock, NULL);
	return &m->sink;
}
