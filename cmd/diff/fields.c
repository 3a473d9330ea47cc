/* Records of the same run have their members in the same order, so a member is
 * first looked for behind the one found last. Other members are found by an
 * index, because an object of a page may have 100,000 members, and different
 * ones on the next day. */
#include "cmd/diff/fields.h"

#include <stdlib.h>

#include "base/digest_set.h"
#include "base/json/compact.h"
#include "base/mem.h"

static const struct slice empty_object = {"{}", 2};

static bool is_object(struct slice value)
{
	return value.p && value.p[0] == '{';
}

/* Returns true if members inside of the value count by themselves. */
static bool has_members(struct slice value)
{
	return is_object(value) && !slice_is(value, "{}");
}

/* Appends a name to the path. Returns the length of the path before. */
static size_t enter(struct buf *path, struct slice name)
{
	const size_t before = path->len;

	if (before)
		buf_addch(path, '.');
	buf_add(path, name.p, name.len);
	return before;
}

/* --- Digests -------------------------------------------------------------- */

struct summing {
	const struct field_choice *choice;
	struct digest sum;
	struct buf path, text;
};

/* Adds the digest of a member to the sum, which does not depend on their
 * order. */
static void sum_value(struct summing *s, struct slice value)
{
	struct digest digest;

	buf_clear(&s->text);
	buf_add(&s->text, s->path.data, s->path.len);
	buf_addch(&s->text, '\0');
	buf_add(&s->text, value.p, value.len);
	digest = digest_of(s->text.data, s->text.len);
	s->sum.a += digest.a;
	s->sum.b += digest.b;
}

static void sum_members(struct summing *s, struct slice object)
{
	struct slice name, value;
	size_t at = 0;

	while (json_next(object, &at, &name, &value)) {
		const size_t before = enter(&s->path, name);
		const enum field_use use =
			field_choice_of(s->choice, slice_of(&s->path));

		if (use != FIELD_LEFT_OUT && has_members(value))
			sum_members(s, value);
		else if (use > FIELD_INSIDE)
			sum_value(s, value);
		s->path.len = before;
	}
}

struct digest fields_digest(const struct field_choice *c, struct slice record)
{
	struct summing s = {.choice = c};

	sum_members(&s, record);
	buf_release(&s.path);
	buf_release(&s.text);
	return s.sum;
}

/* --- Differences ---------------------------------------------------------- */

struct comparing {
	struct fields *fields;
	const struct field_choice *choice;
	struct buf path;
};

/* An object whose members are found by their names. */
struct lookup {
	struct slice object;
	size_t at;		/* behind the member found last */
	struct digest_set places;	/* names; number: offset of the
					 * member */
	bool has_places;
};

static void find_places(struct lookup *l)
{
	struct slice name, value;
	unsigned long place = 0;
	size_t at = 0;

	while (json_next(l->object, &at, &name, &value)) {
		(void)digest_set_add(&l->places, name, &place);
		place = at;
	}
	l->has_places = true;
}

/* Returns the value of a member, with p NULL if there is none. */
static struct slice find(struct lookup *l, struct slice wanted)
{
	struct slice name, value;
	unsigned long place;
	size_t at = l->at;

	if (!json_next(l->object, &at, &name, &value) ||
	    !slice_equal(name, wanted)) {
		if (!l->has_places)
			find_places(l);
		if (!digest_set_has(&l->places, wanted))
			return (struct slice){0};
		(void)digest_set_add(&l->places, wanted, &place);
		at = place;
		(void)json_next(l->object, &at, &name, &value);
	}
	l->at = at;
	return value;
}

static void add_field(struct comparing *c, struct slice before,
		      struct slice after)
{
	struct fields *f = c->fields;

	f->list = xgrow(f->list, f->len, 1, sizeof(*f->list));
	f->list[f->len++] = (struct field){
		.path = f->paths.len,
		.path_len = c->path.len,
		.before = before,
		.after = after,
	};
	buf_add(&f->paths, c->path.data, c->path.len);
}

static void compare_objects(struct comparing *c, struct slice before,
			    struct slice after);

/* Compares the values of a member, of which one may be missing. */
static void compare_values(struct comparing *c, struct slice before,
			   struct slice after)
{
	const enum field_use use =
		field_choice_of(c->choice, slice_of(&c->path));
	const bool are_objects = is_object(before) && is_object(after);
	const bool is_partly = use == FIELD_INSIDE || use == FIELD_MOSTLY;

	if (use == FIELD_LEFT_OUT || (before.p && slice_equal(before, after)))
		return;
	if (are_objects ||
	    (is_partly && (has_members(before) || has_members(after))))
		compare_objects(c, is_object(before) ? before : empty_object,
				is_object(after) ? after : empty_object);
	else if (use != FIELD_INSIDE)
		add_field(c, before, after);
}

static void compare_objects(struct comparing *c, struct slice before,
			    struct slice after)
{
	struct lookup old = {.object = before}, new = {.object = after};
	struct slice name, value;
	size_t at = 0;

	while (json_next(before, &at, &name, &value)) {
		const size_t len = enter(&c->path, name);

		compare_values(c, value, find(&new, name));
		c->path.len = len;
	}
	at = 0;
	while (json_next(after, &at, &name, &value)) {
		const size_t len = enter(&c->path, name);
		const struct slice found = find(&old, name);

		if (!found.p)
			compare_values(c, found, value);
		c->path.len = len;
	}
	digest_set_release(&old.places);
	digest_set_release(&new.places);
}

void fields_compare(struct fields *f, const struct field_choice *c,
		    struct slice before, struct slice after)
{
	struct comparing comparing = {.fields = f, .choice = c};

	f->len = 0;
	buf_clear(&f->paths);
	compare_objects(&comparing, before, after);
	buf_release(&comparing.path);
}

struct slice field_path(const struct fields *f, const struct field *field)
{
	return (struct slice){f->paths.data + field->path, field->path_len};
}

void fields_release(struct fields *f)
{
	free(f->list);
	buf_release(&f->paths);
	*f = (struct fields){0};
}
