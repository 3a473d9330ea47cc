/* Looks a name up among the fields first, so that a field of any name can be
 * found, then among the members of the record. */
#include "cmd/output/column_names.h"

#include <stdbool.h>
#include <string.h>

#include "base/suggest.h"

/* --- The list ------------------------------------------------------------- */

/* Appends a name in quotes, in which "" stands for a quote. Returns the end of
 * the name, or NULL if its closing quote is missing. */
static const char *add_quoted(struct buf *name, const char *p)
{
	for (p++; *p; p++) {
		if (*p == '"' && p[1] != '"')
			return p + 1;
		if (*p == '"')
			p++;
		buf_addch(name, *p);
	}
	return NULL;
}

int column_names_next(const char **list, struct buf *name, struct buf *why)
{
	const char *p = *list + strspn(*list, " ");

	buf_clear(name);
	if (*p == '"') {
		p = add_quoted(name, p);
		if (p)
			p += strspn(p, " ");
		if (!p || (*p && *p != ',')) {
			buf_addstr(why, p ? "a comma is missing after a name "
					    "in quotes"
					  : "a name has no closing quote");
			return -1;
		}
	} else {
		const size_t len = strcspn(p, ",");
		const struct slice s = slice_trim((struct slice){p, len}, " ");

		buf_add(name, s.p, s.len);
		p += len;
	}
	if (!name->len || (*p && !p[1])) {
		buf_addstr(why, "a name is empty");
		return -1;
	}
	*list = *p ? p + 1 : p;
	return 0;
}

/* --- The meaning of a name ------------------------------------------------ */

static bool add_key(struct value_path *path, struct slice key)
{
	if (!key.len || path->len == VALUE_PATH_KEYS)
		return false;
	path->keys[path->len++] = key;
	return true;
}

/* Appends the keys of a path that leads into an object whose members are not
 * known. */
static bool add_unknown_keys(struct value_path *path, struct slice rest)
{
	const char *dot;

	path->type = COLUMN_ANY;
	while ((dot = memchr(rest.p, '.', rest.len))) {
		const size_t len = (size_t)(dot - rest.p);

		if (!add_key(path, (struct slice){rest.p, len}))
			return false;
		rest.p += len + 1;
		rest.len -= len + 1;
	}
	return add_key(path, rest);
}

static struct slice name_of(const struct shape *s)
{
	return (struct slice){s->name, strlen(s->name)};
}

/* Result of looking up a name. */
struct found {
	struct value_path path;
	const char *needs;	/* option that the value needs; NULL if there is
				 * none */
};

static bool add_member(struct found *f, const struct shape *member)
{
	f->path.type = member->type;
	if (member->needs)
		f->needs = member->needs;
	return add_key(&f->path, name_of(member));
}

/* Finds a name inside an object and appends the keys that lead there. Names of
 * members may contain dots, so the longest name that leads to a value is
 * chosen. */
static bool find_inside(const struct shape *object, struct slice name,
			struct found *f)
{
	const struct found before = *f;
	const struct shape *member = shape_member(object, name);

	if (member)
		return add_member(f, member);
	for (size_t len = name.len; len-- > 1;) {
		if (name.p[len] != '.')
			continue;
		member = shape_member(object, (struct slice){name.p, len});
		if (member && add_member(f, member) &&
		    find_inside(member, (struct slice){name.p + len + 1,
						       name.len - len - 1}, f))
			return true;
		*f = before;
	}
	if (object->is_open && add_unknown_keys(&f->path, name))
		return true;
	*f = before;
	return false;
}

/* Finds a name such as time_total, of a member of a flat object. */
static bool find_flat(const struct shape *record, struct slice name,
		      struct found *f)
{
	for (size_t i = 0; i < record->len; i++) {
		const struct shape *object = &record->list[i];
		const size_t len = strlen(object->name);
		const struct shape *part;

		if (!object->is_flat || name.len <= len + 1 ||
		    memcmp(name.p, object->name, len) || name.p[len] != '_')
			continue;
		part = shape_member(object, (struct slice){
			name.p + len + 1, name.len - len - 1});
		if (part)
			return add_member(f, object) && add_member(f, part);
	}
	return false;
}

static bool find_own(const struct shape *record, struct slice name,
		     struct found *f)
{
	const size_t len = strlen(COLUMN_NAMES_OWN);

	if (find_inside(record, name, f) || find_flat(record, name, f))
		return true;
	if (name.len <= len || memcmp(name.p, COLUMN_NAMES_OWN, len))
		return false;
	name.p += len;
	name.len -= len;
	return find_inside(record, name, f) || find_flat(record, name, f);
}

static bool find_field(const struct shape *record, struct slice name,
		       struct found *f)
{
	const struct shape *data = shape_member(record,
						(struct slice){"data", 4});
	const struct found before = *f;

	/* If data is an array, its fields are looked up last, so that the
	 * message can say that data is an array. */
	if (data && add_member(f, data) && find_inside(data, name, f))
		return true;
	*f = before;
	return false;
}

/* --- Unknown names -------------------------------------------------------- */

/* Calls add() for each name that a column may have, except paths. */
static void for_each_name(const struct shape *record,
			  void (*add)(void *ctx, const char *name), void *ctx)
{
	const struct shape *fields = shape_fields(record);
	struct buf name = {0};

	for (size_t i = 0; i < record->len; i++) {
		const struct shape *m = &record->list[i];
		const bool has_twin = fields && shape_member(fields,
							     name_of(m));

		if (m->needs)
			continue;
		buf_clear(&name);
		buf_addf(&name, "%s%s", has_twin ? COLUMN_NAMES_OWN : "",
			 m->name);
		add(ctx, buf_cstr(&name));
		for (size_t k = 0; m->is_flat && k < m->len; k++) {
			buf_clear(&name);
			buf_addf(&name, "%s_%s", m->name, m->list[k].name);
			add(ctx, buf_cstr(&name));
		}
	}
	for (size_t i = 0; fields && i < fields->len; i++)
		add(ctx, fields->list[i].name);
	buf_release(&name);
}

/* The known name that is most similar to an unknown one. */
struct nearest {
	const char *word;
	char name[SUGGEST_MAX + 1];
	size_t distance;
};

static void compare_name(void *ctx, const char *name)
{
	struct nearest *n = ctx;
	const size_t distance = suggest_distance(n->word, name);

	if (strlen(name) > SUGGEST_MAX || distance >= n->distance)
		return;
	n->distance = distance;
	memcpy(n->name, name, strlen(name) + 1);
}

/* A list of names for a message. */
struct name_list {
	struct buf *out;
	size_t len;
};

enum { NAMES_SHOWN = 100 };

static void list_name(void *ctx, const char *name)
{
	struct name_list *l = ctx;

	if (l->len < NAMES_SHOWN)
		buf_addf(l->out, "%s %.100s", l->len ? "," : "", name);
	else if (l->len == NAMES_SHOWN)
		buf_addstr(l->out, ", ...");
	l->len++;
}

/* Returns the name of the member of the record that is an object with a member
 * `name`; NULL if there is none. */
static const char *find_parent(const struct shape *record, struct slice name,
			       const char *word)
{
	/* The shape does not have the members of meta, which parse/meta/meta.c
	 * writes. */
	static const char meta[] = " description canonical language robots "
				   "favicon feeds opengraph twitter json_ld "
				   "microdata ";

	for (size_t i = 0; i < record->len; i++)
		if (shape_member(&record->list[i], name))
			return record->list[i].name;
	return suggest_has_word(meta, word) &&
	       shape_member(record, (struct slice){"meta", 4}) ? "meta" : NULL;
}

static void explain_unknown(const struct shape *record, struct slice name,
			    struct buf *why)
{
	struct buf word = {0};
	struct nearest n = {.distance = SIZE_MAX};
	struct name_list names = {why, 0};
	const char *parent;
	bool is_near;

	buf_add(&word, name.p, name.len);
	n.word = buf_cstr(&word);
	parent = find_parent(record, name, n.word);
	for_each_name(record, compare_name, &n);
	is_near = *n.name && suggest_is_near(n.word, n.name, n.distance);
	buf_addf(why, "there is no \"%.100s\"", n.word);
	if (parent)
		buf_addf(why, "; did you mean \"%s.%s\"?", parent,
			 n.word);
	else if (is_near)
		buf_addf(why, "; did you mean \"%s\"?", n.name);
	buf_addstr(why, parent || is_near ? " There are:" : "; there are:");
	for_each_name(record, list_name, &names);
	buf_release(&word);
}

int column_names_find(const struct shape *record, struct slice name,
		      struct value_path *path, struct buf *why)
{
	struct found f = {0};
	const struct shape *fields = shape_fields(record);

	/* If the fields are not known, any name may be that of a field. */
	if (!(fields && fields->len && find_field(record, name, &f)) &&
	    !find_own(record, name, &f) && !find_field(record, name, &f)) {
		explain_unknown(record, name, why);
		return -1;
	}
	*path = f.path;
	if (!f.needs)
		return 0;
	buf_addf(why, "records have \"%.*s\" only with %s", (int)name.len,
		 name.p, f.needs);
	return -1;
}
