/* Reads "paginate". The table of kinds has the key that selects a kind and the
 * keys that may stand beside it. */
#include <stdlib.h>
#include <string.h>

#include "base/json/pointer.h"
#include "base/mem.h"
#include "cmd/gather/spec/reader.h"
#include "cmd/input/request_headers.h"

enum {
	MOST_PAGES = 1000000000,
	MOST_STEP = 1000000000,
};
static const json_int_t FARTHEST = (json_int_t)1 << 53;

static const char *const all_keys[] = {
	"link", "next", "next_header", "cursor", "cursor_header", "page",
	"offset", "param", "header", "json", "more", "total", "from", "step",
	"max", "max_empty", NULL,
};

struct paging {
	const char *key;
	enum pages_kind kind;
	const char *keys[9];	/* keys that may stand beside that key */
};

static const struct paging pagings[] = {
	{"link", PAGES_LINK, {"link", "max", "max_empty"}},
	{"next", PAGES_NEXT, {"next", "max", "max_empty"}},
	{"next_header", PAGES_NEXT_HEADER, {"next_header", "max", "max_empty"}},
	{"cursor", PAGES_CURSOR,
	 {"cursor", "param", "header", "json", "more", "max", "max_empty"}},
	{"cursor_header", PAGES_CURSOR_HEADER,
	 {"cursor_header", "param", "header", "json", "more", "max",
	  "max_empty"}},
	{"page", PAGES_NUMBER, {"page", "from", "total", "max"}},
	{"offset", PAGES_OFFSET, {"offset", "step", "total", "max"}},
};

static const struct paging *find_paging(struct spec_reader *r,
					const json_t *object)
{
	const struct paging *found = NULL;

	for (size_t i = 0; i < sizeof(pagings) / sizeof(*pagings); i++) {
		if (!json_object_get(object, pagings[i].key))
			continue;
		if (found) {
			json_path_failf(&r->place, "has both \"%s\" and "
						   "\"%s\": give one way to "
						   "find pages", found->key,
					pagings[i].key);
			return NULL;
		}
		found = &pagings[i];
	}
	if (!found)
		json_path_fail(&r->place, "needs one of \"link\", \"next\", "
					  "\"next_header\", \"cursor\", "
					  "\"cursor_header\", \"page\" and "
					  "\"offset\"");
	return found;
}

/* Fails on keys that belong to another kind of paging. */
static int check_other_keys(struct spec_reader *r, json_t *object,
			    const struct paging *paging)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value) {
		const char *const *k = paging->keys;

		while (*k && strcmp(*k, key) != 0)
			k++;
		if (*k)
			continue;
		json_path_enter(&r->place, key);
		return json_path_failf(&r->place, "cannot be used with \"%s\"",
				       paging->key);
	}
	return 0;
}

/* Reads a text that must not be empty if it is present. */
static int read_name(struct spec_reader *r, const json_t *object,
		     const char *key, char **to)
{
	if (gather_read_text(r, object, key, to))
		return -1;
	if (!*to || **to)
		return 0;
	json_path_enter(&r->place, key);
	return json_path_fail(&r->place, "is empty");
}

static int read_header(struct spec_reader *r, const json_t *object,
		       const char *key, char **to)
{
	if (read_name(r, object, key, to))
		return -1;
	if (!*to || http_is_token((struct slice){*to, strlen(*to)}))
		return 0;
	json_path_enter(&r->place, key);
	return json_path_fail(&r->place, "is not a header name");
}

/* Reads the name of a response header into lower case, as their names are
 * kept. */
static int read_from_header(struct spec_reader *r, const json_t *object,
			    const char *key, char **to)
{
	if (read_header(r, object, key, to))
		return -1;
	for (char *c = *to; c && *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return 0;
}

/* Returns a message about the error in a JSON pointer (RFC 6901); NULL if there
 * is none. */
static const char *pointer_fault(const char *s)
{
	if (*s != '/')
		return "is not a JSON pointer; give one like "
		       "\"/variables/after\"";
	for (; *s; s++)
		if (*s == '~' && s[1] != '0' && s[1] != '1')
			return "is not a JSON pointer: \"~\" is written ~0 and "
			       "\"/\" in a name ~1";
	return NULL;
}

/* Checks that the pointer points to something in the request's body. Otherwise
 * the request of the second page would fail. */
static int check_pointer_target(struct spec_reader *r, json_t *body,
				const char *pointer)
{
	struct buf why = {0};
	int result = 0;

	buf_addstr(&why, "has no target: ");
	if (!json_pointer_find(body, pointer, &why))
		result = json_path_fail(&r->place, buf_cstr(&why));
	buf_release(&why);
	return result;
}

static int read_pointer(struct spec_reader *r, const json_t *object,
			char **to)
{
	json_t *body = r->current.e->json;
	const char *fault;

	if (gather_read_text(r, object, "json", to))
		return -1;
	if (!*to)
		return 0;
	json_path_enter(&r->place, "json");
	fault = pointer_fault(*to);
	if (fault)
		return json_path_fail(&r->place, fault);
	if (!body)
		return json_path_fail(&r->place, "points into the \"json\" of "
						 "the request, which has none");
	return check_pointer_target(r, body, *to);
}

static int read_cursor(struct spec_reader *r, const json_t *object,
		       struct gather_pages *p)
{
	const size_t before = r->place.path.len;

	if (gather_read_filter(r, object, "cursor", &p->filter) ||
	    read_from_header(r, object, "cursor_header", &p->from_header) ||
	    gather_read_filter(r, object, "more", &p->more) ||
	    read_name(r, object, "param", &p->param) ||
	    read_header(r, object, "header", &p->header) ||
	    read_pointer(r, object, &p->pointer))
		return -1;
	json_path_leave(&r->place, before);
	if (!!p->param + !!p->header + !!p->pointer == 1)
		return 0;
	return json_path_fail(&r->place, "needs one of \"param\", \"header\" "
					 "and \"json\": where the cursor "
					 "goes");
}

static int check_param(struct spec_reader *r, const struct paging *paging,
		       const struct gather_pages *p)
{
	if (!json_object_get(r->current.e->params, p->param))
		return 0;
	json_path_enter(&r->place, paging->key);
	return json_path_failf(&r->place, "is also in \"params\": leave it "
					  "out there");
}

static int read_number(struct spec_reader *r, const json_t *object,
		       struct gather_pages *p, const struct paging *paging)
{
	json_int_t from = p->kind == PAGES_NUMBER, step = 1;

	if (read_name(r, object, paging->key, &p->param) ||
	    gather_read_filter(r, object, "total", &p->total) ||
	    gather_read_number(r, object, "from", 0, FARTHEST, &from) ||
	    gather_read_number(r, object, "step", 1, MOST_STEP, &step) ||
	    check_param(r, paging, p))
		return -1;
	if (p->kind == PAGES_OFFSET && !json_object_get(object, "step"))
		return json_path_fail(&r->place, "needs \"step\": how many "
						 "items a page has");
	p->from = (long)from;
	p->step = (long)step;
	return 0;
}

static int read_kind(struct spec_reader *r, const json_t *object,
		     struct gather_pages *p, const struct paging *paging)
{
	switch (p->kind) {
	case PAGES_LINK:
		p->from_header = xstrdup("link");
		return read_name(r, object, "link", &p->link);
	case PAGES_NEXT:
		return gather_read_filter(r, object, "next", &p->filter);
	case PAGES_NEXT_HEADER:
		return read_from_header(r, object, "next_header",
					&p->from_header);
	case PAGES_CURSOR:
	case PAGES_CURSOR_HEADER:
		return read_cursor(r, object, p);
	default:
		return read_number(r, object, p, paging);
	}
}

int gather_read_paginate(struct spec_reader *r, const json_t *value)
{
	const size_t before = json_path_enter(&r->place, "paginate");
	struct gather_pages *p = &r->current.e->pages;
	const struct paging *paging;
	json_int_t max = 0, max_empty = 0;

	if (!json_is_object(value))
		return json_path_fail(&r->place, "must be an object like "
						 "{\"link\": \"next\"}");
	if (json_path_keys(&r->place, value, all_keys))
		return -1;
	paging = find_paging(r, value);
	if (!paging || check_other_keys(r, (json_t *)value, paging) ||
	    gather_read_number(r, value, "max", 1, MOST_PAGES, &max) ||
	    gather_read_number(r, value, "max_empty", 1, MOST_PAGES,
			       &max_empty))
		return -1;
	p->kind = paging->kind;
	p->max = (unsigned long)max;
	p->max_empty = (unsigned long)max_empty;
	if (read_kind(r, value, p, paging))
		return -1;
	json_path_leave(&r->place, before);
	return 0;
}

void gather_pages_release(struct gather_pages *p)
{
	free(p->link);
	free(p->from_header);
	free(p->filter);
	free(p->param);
	free(p->header);
	free(p->pointer);
	free(p->more);
	free(p->total);
	*p = (struct gather_pages){0};
}
