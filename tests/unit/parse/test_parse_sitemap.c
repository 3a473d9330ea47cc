#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"
#include "crawl/sitemap/sitemap_list.h"
#include "parse/library.h"
#include "parse/sitemap.h"

#define SITEMAP "<urlset><url><loc>x?a</loc></url>" \
		"<url><loc>http://b/\xc3\xa4</loc></url></urlset>"

/* Compresses a text. window: as for deflateInit2(): 31 for gzip, 15 for
 * deflate. */
static struct buf packed(const struct buf *from, int window)
{
	struct buf out = {0};
	z_stream z = {.next_in = (Bytef *)from->data,
		      .avail_in = (uInt)from->len};
	const size_t room = from->len + from->len / 100 + 1000;

	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, window, 8,
				      Z_DEFAULT_STRATEGY), Z_OK);
	z.next_out = (Bytef *)buf_reserve(&out, room);
	z.avail_out = (uInt)room;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	out.len = room - z.avail_out;
	deflateEnd(&z);
	return out;
}

/* Compresses the text, repeated that many times, as a gzip file. */
static struct buf gzip_times(const char *text, size_t len, int times)
{
	struct buf body = {0};

	buf_add(&body, text, len);
	while (times--) {
		struct buf more = packed(&body, 31);

		buf_release(&body);
		body = more;
	}
	return body;
}

/* Reads the body, which is then released, as a sitemap. Returns the URLs, each
 * with a space, and then the error. */
static char *read_body(struct buf body, int status, const char *coding)
{
	struct job *job = job_new();
	struct buf list = {0}, out = {0};
	struct sitemap_entry e;
	size_t at = 0;

	job->res.status = status;
	job->res.final_url = xstrdup("https://a/b/s.xml");
	job->res.body = body;
	if (coding)
		buf_addf(&job->res.headers, "content-encoding: %s\n", coding);
	sitemap_read(job, &list);
	while (sitemap_list_next(slice_of(&list), &at, &e))
		buf_addf(&out, "%.*s ", (int)e.url.len, e.url.p);
	if (job->err)
		buf_addf(&out, "%s: %s", err_name(job->err), job->err_message);
	assert_true(job->bytes <= SITEMAP_BYTES_MAX);
	buf_release(&list);
	job_free(job);
	return buf_detach(&out);
}

static void check(struct buf body, const char *coding, const char *wanted)
{
	char *got = read_body(body, 200, coding);

	assert_string_equal(got, wanted);
	free(got);
}

static void urls_are_resolved_against_the_documents(void **state)
{
	(void)state;
	check(gzip_times(SITEMAP, sizeof(SITEMAP) - 1, 0), NULL,
	      "https://a/b/x?a http://b/%C3%A4 ");
}

static void body_is_unpacked_whatever_it_is_called(void **state)
{
	static const char *const wanted = "https://a/b/x?a http://b/%C3%A4 ";
	struct buf text = {0};

	(void)state;
	for (int times = 0; times <= SITEMAP_GZIP_MAX; times++) {
		check(gzip_times(SITEMAP, sizeof(SITEMAP) - 1, times), NULL,
		      wanted);
		check(gzip_times(SITEMAP, sizeof(SITEMAP) - 1, times + 1),
		      "gzip", wanted);
		check(gzip_times(SITEMAP, sizeof(SITEMAP) - 1, times + 2),
		      "gzip, identity, x-gzip", wanted);
	}
	/* The Content-Encoding is unknown, so the body cannot be decoded. */
	check(gzip_times(SITEMAP, sizeof(SITEMAP) - 1, 1), "utf-8", wanted);
	buf_addstr(&text, SITEMAP);
	check(packed(&text, 15), "deflate", wanted);
	buf_release(&text);
}

static void gzip_files_in_each_other_end(void **state)
{
	(void)state;
	check(gzip_times(SITEMAP, sizeof(SITEMAP) - 1, SITEMAP_GZIP_MAX + 1),
	      NULL, "decode: it is a gzip file inside of others");
	check(gzip_times(SITEMAP, sizeof(SITEMAP) - 1, 1),
	      "gzip,gzip,gzip,gzip,gzip,gzip",
	      "decode: it has too many content codings");
}

static void broken_gzip_gives_what_came_before(void **state)
{
	struct buf body = gzip_times(SITEMAP, sizeof(SITEMAP) - 1, 1);

	(void)state;
	body.len -= 8;	/* the check sum and length of the gzip file */
	check(body, NULL, "https://a/b/x?a http://b/%C3%A4 decode: its "
	      "compressed data is cut off; the entries before that are used");
	body = gzip_times(SITEMAP, sizeof(SITEMAP) - 1, 1);
	body.len = 12;
	check(body, NULL, "decode: its compressed data is cut off; the "
	      "entries before that are used");
	body = gzip_times(SITEMAP, sizeof(SITEMAP) - 1, 1);
	memset(body.data + 15, 0xff, 20);
	check(body, NULL, "decode: its compressed data is broken; the "
	      "rest is not read");
}

static void bombs_end_at_fifty_megabytes(void **state)
{
	enum { BYTES = SITEMAP_BYTES_MAX + (1 << 20) };
	static const char begin[] = "<urlset><url><loc>/1</loc></url>";
	char *text = malloc(BYTES);

	(void)state;
	memset(text, ' ', BYTES);
	memcpy(text, begin, sizeof(begin) - 1);
	for (int times = 0; times < 3; times++)
		check(gzip_times(text, BYTES, times), NULL,
		      "https://a/1 too_large: it is larger than 50 MB; the "
		      "rest is not read");
	free(text);
}

static void errors_have_no_entries(void **state)
{
	char *got = read_body(gzip_times(SITEMAP, sizeof(SITEMAP) - 1, 0), 404,
			      NULL);

	(void)state;
	assert_string_equal(got, "");
	free(got);
	check((struct buf){0}, NULL, "parse: it is not a sitemap");
	check(gzip_times("\x1f", 1, 0), NULL, "parse: it is not a sitemap");
	check(gzip_times("", 0, 1), NULL, "parse: it is not a sitemap");
	check(gzip_times("<p>Not found", 12, 1), NULL,
	      "parse: it is not a sitemap");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(urls_are_resolved_against_the_documents),
		cmocka_unit_test(body_is_unpacked_whatever_it_is_called),
		cmocka_unit_test(gzip_files_in_each_other_end),
		cmocka_unit_test(broken_gzip_gives_what_came_before),
		cmocka_unit_test(bombs_end_at_fifty_megabytes),
		cmocka_unit_test(errors_have_no_entries),
	};

	parse_global_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
