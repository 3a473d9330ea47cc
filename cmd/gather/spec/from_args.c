/* Makes a spec from NAME=URL arguments. Each argument is an endpoint without
 * options of its own. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret_rules.h"
#include "base/utf8.h"
#include "cmd/gather/spec/reader.h"

static const char *url_fault(const char *url)
{
	if (utf8_valid_prefix(url, strlen(url)) < strlen(url))
		return "is not UTF-8";
	return gather_url_fault(url);
}

/* Returns the length of NAME in NAME=URL; 0 if there is no name. A name has no
 * ":" or "/": "https://example.com/?a=b" was meant to be a URL. */
static size_t name_length(const char *arg)
{
	const size_t len = strcspn(arg, "=");

	return arg[len] && !memchr(arg, ':', len) && !memchr(arg, '/', len)
		       ? len
		       : 0;
}

static int fail_arg(struct spec_reader *r, const char *arg)
{
	struct buf shown = {0}, clean = {0};

	secret_url_show(&shown, arg, strlen(arg));
	utf8_add(&clean, shown.data, shown.len);
	json_path_enter(&r->place, buf_cstr(&clean));
	buf_release(&shown);
	buf_release(&clean);
	return json_path_fail(&r->place, "must be NAME=URL, as in "
					 "users=https://example.com/users");
}

static int read_arg(struct spec_reader *r, const char *arg)
{
	const size_t len = name_length(arg);
	struct buf shown = {0};
	const char *url = arg + len + 1, *fault;
	char *name;
	int err;

	if (!len)
		return fail_arg(r, arg);
	name = xmemdup(arg, len);
	json_path_enter(&r->place, name);
	err = gather_add_endpoint(r, name);
	free(name);
	if (err)
		return -1;
	secret_url_show(&shown, url, strlen(url));
	r->current.e = r->spec->list[r->spec->count - 1];
	r->current.e->url = xstrdup(url);
	r->current.e->shown = buf_detach(&shown);
	fault = url_fault(url);
	if (fault)
		return json_path_failf(&r->place, "the URL %s", fault);
	gather_plan_make(r);
	json_path_leave(&r->place, 0);
	return 0;
}

int gather_spec_from_args(struct gather_spec *spec, const char *const *args,
			  size_t count, struct buf *why)
{
	struct spec_reader r = {.spec = spec, .place.why = why};
	int err = 0;

	*spec = (struct gather_spec){.list = xcalloc(count + 1,
						     sizeof(*spec->list))};
	if (!count)
		err = json_path_fail(&r.place, "needs NAME=URL arguments, or "
					       "--spec FILE");
	r.names = json_object();
	for (size_t i = 0; !err && i < count; i++)
		err = read_arg(&r, args[i]);
	endpoint_reader_release(&r.current);
	json_decref(r.names);
	json_path_release(&r.place);
	return err;
}
