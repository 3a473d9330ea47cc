/* Reads the URL of an endpoint, and the base_url of the spec. */
#include <string.h>

#include "base/mem.h"
#include "base/secret_rules.h"
#include "base/secrets.h"
#include "base/url/url.h"
#include "cmd/gather/spec/reader.h"
#include "cmd/gather/template/template.h"

const char *gather_url_fault(const char *url)
{
	const char *fault = NULL;
	struct url u;

	if (url_parse(&u, url, strlen(url), NULL))
		return "is not a URL; give one like https://example.com/";
	if (!url_scheme_is(&u, "http") && !url_scheme_is(&u, "https"))
		fault = "must begin with http:// or https://";
	url_release(&u);
	return fault;
}

static bool has_scheme(const char *s)
{
	const size_t len = strcspn(s, ":/?#{$");

	return len && !strncmp(s + len, "://", 3);
}

/* Checks the URL with a sample in place of each placeholder; values cannot
 * change its scheme. */
static const char *sample_fault(struct spec_reader *r, const char *url)
{
	const unsigned how = r->current.has_each ? PIECES_PLACEHOLDERS : 0;
	struct buf sample = {0};
	const char *fault;
	struct piece piece;

	while ((piece = piece_next(&url, how)).kind) {
		if (piece.kind == PIECE_PLACEHOLDER)
			buf_addch(&sample, '1');
		else
			buf_add(&sample, piece.text.p, piece.text.len);
	}
	fault = gather_url_fault(buf_cstr(&sample));
	buf_release(&sample);
	return fault;
}

/* Fails with a message that shows the URL as written in the file, with its
 * secrets masked. */
static int fail_url(struct spec_reader *r, const char *text,
		    const char *fault)
{
	struct buf masked = {0}, shown = {0};

	secret_url_show(&masked, text, strlen(text));
	json_path_add_shown(&shown, buf_cstr(&masked));
	json_path_failf(&r->place, "\"%s\" %s", buf_cstr(&shown), fault);
	buf_release(&masked);
	buf_release(&shown);
	return -1;
}

/* Registers the secrets that are written in the URL itself and do not come from
 * a value. */
static void register_url_secrets(const char *url)
{
	struct slice secret;

	for (size_t at = 0; secret_url_next(url, strlen(url), &at, &secret);) {
		char *text = xmemdup(secret.p, secret.len);

		if (!strchr(text, '{'))
			secrets_add(text, NULL);
		free(text);
	}
}

/* Checks the URL and stores it in the endpoint. text is the URL as written in
 * the file. */
static int finish_url(struct spec_reader *r, const char *text, struct buf *url,
		      struct buf *shown)
{
	struct gather_endpoint *e = r->current.e;
	struct buf masked = {0};
	const char *fault = sample_fault(r, buf_cstr(url));

	if (fault)
		return fail_url(r, text, fault);
	secret_url_show(&masked, buf_cstr(shown), strlen(buf_cstr(shown)));
	e->shown = buf_detach(&masked);
	e->url = xstrdup(buf_cstr(url));
	register_url_secrets(e->url);
	gather_keep_template(r, e->url, IN_URL);
	return 0;
}

/* Fails if a URL has placeholders but the endpoint has no `each`: "{id}" was
 * meant to be a value. Variables ("${ID}") are removed before, because they are
 * no placeholders. */
static int check_placeholders(struct spec_reader *r, const char *text)
{
	const char *fault;
	struct piece piece;
	struct buf own = {0};

	if (r->current.has_each)
		return 0;
	while ((piece = piece_next(&text, PIECES_VARIABLES)).kind)
		buf_add(&own, piece.text.p, piece.text.len);
	fault = template_check(buf_cstr(&own), false);
	buf_release(&own);
	return fault ? json_path_fail(&r->place, fault) : 0;
}

static void prepend(struct buf *b, struct buf *start)
{
	buf_add(start, b->data, b->len);
	buf_release(b);
	*b = buf_take(start);
}

static void prepend_base(struct buf *path, struct buf *base)
{
	const bool has_slash = base->len && base->data[base->len - 1] == '/';
	const char first = path->len ? path->data[0] : '\0';

	if (first == '/' || first == '?' || first == '#')
		base->len -= has_slash && first == '/';
	else if (first && !has_slash)
		buf_addch(base, '/');
	prepend(path, base);
}

/* Prepends base_url to a path. A base without a slash at its end is a folder,
 * too, and a path that begins with a slash is inside of it: "https://api/v1"
 * and "/posts" give https://api/v1/posts, unlike links on a page. */
static int join_to_base(struct spec_reader *r, struct buf *path,
			struct buf *shown)
{
	struct buf base = {0}, base_shown = {0};

	if (!r->base)
		return json_path_fail(&r->place,
				      "there is no \"base_url\" to join it "
				      "to: add one, or give a whole URL that "
				      "begins with https://");
	r->current.is_common = true;
	if (gather_read_template(r, r->base, &base, &base_shown)) {
		buf_release(&base);
		buf_release(&base_shown);
		return -1;
	}
	r->current.is_common = false;
	prepend_base(path, &base);
	prepend_base(shown, &base_shown);
	return 0;
}

static int read_url(struct spec_reader *r, const char *text, bool is_path)
{
	struct buf url = {0}, shown = {0};
	int err = -1;

	if (check_placeholders(r, text) ||
	    gather_read_template(r, text, &url, &shown))
		goto out;
	if (!has_scheme(buf_cstr(&url))) {
		if (!is_path) {
			json_path_fail(&r->place,
				       "must begin with https:// or http://; "
				       "use \"path\" for a path below "
				       "\"base_url\"");
			goto out;
		}
		if (join_to_base(r, &url, &shown))
			goto out;
	}
	err = finish_url(r, text, &url, &shown);
out:
	buf_release(&url);
	buf_release(&shown);
	return err;
}

int gather_read_path(struct spec_reader *r, const char *path)
{
	return read_url(r, path, true);
}

int gather_read_url(struct spec_reader *r, const json_t *endpoint)
{
	const char *path, *url;
	size_t before;
	int err;

	if (json_path_text(&r->place, endpoint, "path", &path) ||
	    json_path_text(&r->place, endpoint, "url", &url))
		return -1;
	if (path && url)
		return json_path_fail(&r->place, "has both \"path\" and "
						 "\"url\": leave one out");
	if (!path && !url)
		return json_path_fail(&r->place, "needs \"path\" (joined to "
						 "\"base_url\") or \"url\"");
	before = json_path_enter(&r->place, path ? "path" : "url");
	err = read_url(r, path ? path : url, path != NULL);
	if (!err)
		json_path_leave(&r->place, before);
	return err;
}

/* Called while r->place is at base_url. */
int gather_check_base(struct spec_reader *r)
{
	struct buf base = {0};
	const char *fault;
	int err = -1;

	if (check_placeholders(r, r->base) ||
	    gather_read_template(r, r->base, &base, NULL))
		goto out;
	fault = gather_url_fault(buf_cstr(&base));
	if (fault)
		fail_url(r, r->base, fault);
	else if (strpbrk(buf_cstr(&base), "?#"))
		json_path_fail(&r->place, "has a query or a fragment, so no "
					  "path can follow it: put common "
					  "parameters into \"params\"");
	else
		err = 0;
	if (!err)
		r->spec->base_url = buf_detach(&base);
out:
	buf_release(&base);
	return err;
}
