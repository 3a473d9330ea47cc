/* Reads the head of the response, and then finds out from the bytes of the body
 * which codings have been undone. */
#include "cmd/warc/reader/response.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/job/headers.h"
#include "base/json/compact.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "base/url/url.h"
#include "base/utf8.h"
#include "cmd/warc/reader/chunks.h"
#include "cmd/warc/reader/record_head.h"

enum {
	URL_BYTES_MAX = 1 << 20,
	DATE_MAX = 64,		/* maximum length of WARC-Date in the record */
	TEXT_CHECKED = 512,	/* number of a body's bytes that are looked at
				 * to find out whether it is compressed */
};

/* A response in a block. */
struct http {
	struct slice version;	/* "1.1" */
	int status;
	struct slice head;	/* header fields */
	struct slice body;
};

/* Prefix that some programs put before the names of header fields that do not
 * describe the stored body. */
static const char prefix[] = "x-crawler-";

static struct slice after(struct slice s, size_t len)
{
	return (struct slice){s.p + len, s.len - len};
}

/* Reads "HTTP/1.1 200 OK" at the start of the bytes. */
static bool read_status_line(struct slice s, struct http *http)
{
	const size_t name = strlen("HTTP/");
	size_t i = name;

	if (s.len < name || strncasecmp(s.p, "HTTP/", name) != 0)
		return false;
	while (i < s.len && (ascii_is_digit(s.p[i]) || s.p[i] == '.'))
		i++;
	http->version = (struct slice){s.p + name, i - name};
	while (i < s.len && s.p[i] == ' ')
		i++;
	if (s.len - i < 3)
		return false;
	http->status = 0;
	for (size_t end = i + 3; i < end; i++) {
		if (!ascii_is_digit(s.p[i]))
			return false;
		http->status = http->status * 10 + (s.p[i] - '0');
	}
	return http->status >= 100;
}

static struct slice skip_line(struct slice s)
{
	const char *lf = s.len ? memchr(s.p, '\n', s.len) : NULL;

	return after(s, lf ? (size_t)(lf - s.p) + 1 : s.len);
}

/* Reads one response. If there is no empty line, the response has no body. */
static bool read_head(struct slice s, struct http *http)
{
	size_t searched = 0, len = record_head_len(s, &searched);

	if (!read_status_line(s, http))
		return false;
	if (!len)
		len = s.len;
	http->head = skip_line((struct slice){s.p, len});
	http->body = after(s, len);
	return true;
}

/* Reads the final response of a block, which interim ones may precede (RFC
 * 9110, 15.2). */
static bool read_http(struct slice block, struct http *http)
{
	struct http next;

	if (!read_head(block, http))
		return false;
	while (http->status < 200 && http->status != 101 &&
	       read_head(http->body, &next))
		*http = next;
	return true;
}

/* Returns true if the name is that of a field that may have the prefix. */
static bool is_renamed(struct slice name)
{
	return slice_is(name, "x-crawler-transfer-encoding") ||
	       slice_is(name, "x-crawler-content-length");
}

static void add_field(struct buf *to, struct slice name, struct slice value)
{
	buf_add(to, name.p, name.len);
	buf_addstr(to, ": ");
	buf_add(to, value.p, value.len);
	buf_addch(to, '\n');
}

/* Handles a header that says that the body's transfer coding was undone:
 * removes the prefix from its fields, and the Content-Length that was added.
 * Returns false if the header has no field with the prefix. */
static bool restore_fields(struct buf *headers)
{
	struct buf restored = {0};
	struct slice name, value;
	size_t at = 0;

	if (!headers_get(headers, "x-crawler-transfer-encoding", &value))
		return false;
	while (headers_next(headers, &at, &name, &value))
		if (is_renamed(name))
			add_field(&restored, after(name, strlen(prefix)),
				  value);
		else if (!slice_is(name, "content-length"))
			add_field(&restored, name, value);
	buf_release(headers);
	*headers = restored;
	return true;
}

static bool field(const struct record *record, const char *name,
		  struct slice *value)
{
	return headers_get(&record->headers, name, value) && value->len;
}

/* Sets the URLs of the job. Some programs write the target between < and >. */
static void set_url(struct job *job, const struct record *record)
{
	struct slice uri;
	struct url url;

	if (!field(record, "warc-target-uri", &uri)) {
		job->req.url = xstrdup("");
		job_fail(job, ERR_INPUT, "the WARC record has no "
					 "WARC-Target-URI");
		return;
	}
	if (uri.len > 2 && uri.p[0] == '<' && uri.p[uri.len - 1] == '>')
		uri = (struct slice){uri.p + 1, uri.len - 2};
	job->req.url = utf8_clean(uri.p, uri.len, URL_BYTES_MAX, NULL);
	if (url_parse(&url, uri.p, uri.len, NULL)) {
		job->res.final_url = xstrdup(job->req.url);
		return;
	}
	job->res.final_url = url.href;
	url.href = NULL;
	url_release(&url);
}

/* Returns the static name of a version of HTTP; NULL: not known. */
static const char *version_name(struct slice version)
{
	static const char *const rows[][2] = {
		{"1.0", "1.0"}, {"1.1", "1.1"}, {"2", "2"}, {"2.0", "2"},
		{"3", "3"}, {"3.0", "3"}, {"h2", "2"}, {"h3", "3"},
		{"http/1.0", "1.0"}, {"http/1.1", "1.1"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (slice_is(version, rows[i][0]))
			return rows[i][1];
	return NULL;
}

/* Sets the address, the time and the protocol of the response. */
static void set_connection(struct job *job, const struct record *record,
			   const struct http *http)
{
	struct slice value;
	size_t at = 0;

	job->attempts = 1;
	job->res.http_version = version_name(http->version);
	while (headers_find(&record->headers, &at, "warc-protocol", &value))
		if (version_name(value))
			job->res.http_version = version_name(value);
	if (field(record, "warc-date", &value))
		job->res.began = timestamp_read(value);
	if (!field(record, "warc-ip-address", &value) ||
	    value.len >= sizeof(job->res.ip))
		return;
	for (size_t i = 0; i < value.len; i++)
		if (ascii_hex_digit(value.p[i]) < 0 &&
		    value.p[i] != ':' && value.p[i] != '.')
			return;
	memcpy(job->res.ip, value.p, value.len);
	job->res.ip[value.len] = '\0';
}

/* Returns true if only the beginning of the response was stored. Returns false
 * for a revisit, which is always stored without its body. */
static bool is_truncated(const struct record *record, struct slice *why)
{
	return record->type == WARC_RESPONSE &&
	       field(record, "warc-truncated", why);
}

/* Sets the value of the member "warc". */
static void set_place(struct job *job, const struct record *record,
		      const char *file)
{
	struct buf json = {0};
	struct slice value;

	buf_addstr(&json, "{\"file\":");
	json_add_string(&json, file, strlen(file));
	buf_addstr(&json, ",\"offset\":");
	buf_add_uint(&json, record->offset);
	buf_addstr(&json, ",\"date\":");
	if (field(record, "warc-date", &value) && value.len <= DATE_MAX)
		json_add_string(&json, value.p, value.len);
	else
		buf_addstr(&json, "null");
	if (is_truncated(record, &value) && value.len <= DATE_MAX) {
		buf_addstr(&json, ",\"truncated\":");
		json_add_string(&json, value.p, value.len);
	}
	buf_addch(&json, '}');
	job->res.warc = buf_detach(&json);
}

/* Fails the job if only the beginning of the response was stored. The kind of
 * error is the one that the live run had. */
static void check_truncated(struct job *job, const struct record *record)
{
	struct slice why;
	enum err err = ERR_HTTP;

	if (!is_truncated(record, &why))
		return;
	if (slice_is(why, "length"))
		err = ERR_TOO_LARGE;
	else if (slice_is(why, "time"))
		err = ERR_TIMEOUT;
	job_fail(job, err, "the archive has only the beginning of the response "
		 "(WARC-Truncated: %.*s)",
		 why.len < DATE_MAX ? (int)why.len : DATE_MAX, why.p);
}

/* Returns true if the name is the last one in the list of any header of that
 * name. */
static bool last_is(const struct job *job, const char *header, const char *name)
{
	const size_t len = strlen(name);
	struct slice value;
	size_t at = 0;
	bool is = false;

	while (headers_find(&job->res.headers, &at, header, &value)) {
		const char *start = value.p + value.len - len;

		if (!value.len)
			continue;
		is = value.len >= len && !strncasecmp(start, name, len) &&
		     (value.len == len || strchr(" ,-", start[-1]));
	}
	return is;
}

/* Returns true if the bytes are text: a compressed body of some length never
 * looks like text. The last character may be cut off. */
static bool is_text(struct slice s)
{
	if (s.len > TEXT_CHECKED)
		s.len = TEXT_CHECKED;
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] < ' ' &&
		    !memchr("\t\n\f\r", s.p[i], 4))
			return false;
	return s.len && utf8_valid_prefix(s.p, s.len) + 3 >= s.len;
}

static bool begins(struct slice s, const char *magic, size_t len)
{
	return s.len >= len && !memcmp(s.p, magic, len);
}

/* Returns true if the content coding that the header declares has been
 * undone. */
static bool is_decoded(const struct job *job, struct slice body)
{
	if (!body.len)
		return false;
	if (last_is(job, "content-encoding", "gzip"))
		return !begins(body, "\x1f\x8b", 2);
	if (last_is(job, "content-encoding", "zstd"))
		return !begins(body, "\x28\xb5\x2f\xfd", 4);
	/* The body ";" is an empty body in the brotli coding. */
	if (last_is(job, "content-encoding", "br") && slice_is(body, ";"))
		return false;
	if (last_is(job, "content-encoding", "br") ||
	    last_is(job, "content-encoding", "deflate"))
		return is_text(body);
	return false;
}

/* Returns true if the response looks like one to a HEAD request: it has no body
 * although its header declares one, and the archive does not say that the body
 * is missing. */
static bool is_of_head(const struct job *job)
{
	struct slice value;

	if (headers_get(&job->res.headers, "content-length", &value))
		return !slice_is(value, "0");
	return headers_get(&job->res.headers, "transfer-encoding", &value);
}

/* may_be_chunked: the header does not say that the transfer coding was
 * undone. */
static void set_body(struct job *job, struct slice stored, uint64_t max,
		     bool may_be_chunked)
{
	struct buf *body = &job->res.body;
	enum chunks chunks = CHUNKS_NONE;

	if (may_be_chunked && last_is(job, "transfer-encoding", "chunked"))
		chunks = chunks_decode(body, stored);
	if (chunks == CHUNKS_NONE)
		buf_add(body, stored.p, stored.len);
	if (chunks == CHUNKS_CUT_OFF)
		job_fail(job, ERR_HTTP, "the stored body is cut off: its last "
					"chunk is missing");
	if (max && body->len > max)
		job_fail(job, ERR_TOO_LARGE, "larger than --max-filesize");
	job->res.is_decoded = is_decoded(job, slice_of(body));
	job->res.head_only = !stored.len &&
			     (job->res.status == 204 ||
			      job->res.status == 304 ||
			      (may_be_chunked && is_of_head(job)));
}

struct job *response_job(const struct record *record, const char *file,
			 uint64_t max)
{
	bool may_be_chunked;
	struct http http;
	struct job *job;

	if ((record->type != WARC_RESPONSE && record->type != WARC_REVISIT) ||
	    !read_http(record->block, &http))
		return NULL;
	job = job_new();
	job->res.status = http.status;
	record_head_fields(&job->res.headers, http.head);
	may_be_chunked = !restore_fields(&job->res.headers);
	set_url(job, record);
	set_connection(job, record, &http);
	set_place(job, record, file);
	if (record->is_large)
		job_fail(job, ERR_TOO_LARGE, "larger than --max-filesize");
	check_truncated(job, record);
	if (!job->err)
		set_body(job, http.body, max, may_be_chunked);
	return job;
}
