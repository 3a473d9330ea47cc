/* Makes the objects of path filters: {id, name: .a.b}. If the value of a member
 * has several outputs, there is an object for each of them. If several members
 * have several outputs, there is an object for each combination, and the
 * outputs of the last member change first. */
#include "parse/jq/path_eval.h"

/* An object that is being made. values[] is filled up to the current member. */
struct making {
	struct next next;	/* first, so that a pointer to it can be cast to
				 * struct making; node: the current member */
	const struct path_node *object;
	struct slice input;
	struct slice *values;	/* one for each member */
	size_t at;		/* index of the current member */
};

/* Returns the index of the last member with this name. */
static size_t last_with_name(const struct path_node *object, struct slice name)
{
	size_t last = 0, i = 0;

	for (const struct path_node *m = object->left; m; m = m->right, i++)
		if (slice_equal(m->text, name))
			last = i;
	return last;
}

static bool is_repeated(const struct path_node *object,
			const struct path_node *member)
{
	for (const struct path_node *m = object->left; m != member;
	     m = m->right)
		if (slice_equal(m->text, member->text))
			return true;
	return false;
}

static void add_object(struct buf *out, const struct path_node *object,
		       const struct slice *values)
{
	buf_addch(out, '{');
	for (const struct path_node *m = object->left; m; m = m->right) {
		const struct slice *value;

		if (is_repeated(object, m))
			continue;
		value = &values[last_with_name(object, m->text)];
		if (out->data[out->len - 1] != '{')
			buf_addch(out, ',');
		buf_addch(out, '"');
		buf_add(out, m->text.p, m->text.len);
		buf_addstr(out, "\":");
		buf_add(out, value->p, value->len);
	}
	buf_addch(out, '}');
}

static enum flow make_member(const struct path_run *run,
			     const struct making *up,
			     const struct path_node *member);

static enum flow take_member(const struct path_run *run,
			     const struct next *next, struct slice value)
{
	const struct making *making = (const struct making *)next;

	making->values[making->at] = value;
	return make_member(run, making, next->node->right);
}

/* Evaluates this member and those after it; after the last member, passes the
 * object on. */
static enum flow make_member(const struct path_run *run,
			     const struct making *up,
			     const struct path_node *member)
{
	struct making making = *up;
	struct buf text = {0};
	enum flow flow;

	if (member) {
		making.next = (struct next){take_member, member, up->next.then};
		making.at = up->at + 1;
		return path_eval(run, member->left, up->input, &making.next);
	}
	add_object(&text, up->object, up->values);
	flow = path_is_stopped(run)
		       ? ENDED
		       : path_pass_on(run, up->next.then, slice_of(&text));
	buf_release(&text);
	return flow;
}

enum flow path_eval_object(const struct path_run *run,
			   const struct path_node *node, struct slice value,
			   const struct next *next)
{
	struct slice values[PATH_MAX_MEMBERS];
	const struct making making = {
		.next.then = next,
		.object = node,
		.input = value,
		.values = values,
		.at = (size_t)-1,
	};

	return make_member(run, &making, node->left);
}
