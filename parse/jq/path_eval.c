/* Evaluates the nodes of path filters, except those that make objects and
 * arrays. */
#include "parse/jq/path_eval.h"

#include <string.h>

#include "base/json/cursor.h"

static const struct slice null_value = {"null", 4};

/* Returns the value; or null if it is empty, which happens in text that is not
 * compact JSON. */
static struct slice or_null(struct slice value)
{
	return value.len ? value : null_value;
}

/* --- Steps ---------------------------------------------------------------- */

/* Returns the value of the last member with this name; null if there is
 * none. */
static struct slice member_of(struct slice object, struct slice name)
{
	struct json_cursor c = json_cursor_of(object);
	struct slice found = null_value;

	if (!json_cursor_enter(&c))
		return found;
	do {
		if (json_name_is(json_cursor_name(&c), name))
			found = or_null(json_cursor_value(&c));
		else
			json_skip_value(&c);
	} while (json_cursor_more(&c));
	return found;
}

static long length_of(struct slice array)
{
	struct json_cursor c = json_cursor_of(array);
	long length = 0;

	if (!json_cursor_enter(&c))
		return 0;
	do {
		json_skip_value(&c);
		length++;
	} while (json_cursor_more(&c));
	return length;
}

/* Returns the element with this index; null if there is none. A negative index
 * counts from the end. */
static struct slice element_of(struct slice array, long index)
{
	struct json_cursor c = json_cursor_of(array);

	if (index < 0)
		index += length_of(array);
	if (index < 0 || !json_cursor_enter(&c))
		return null_value;
	do {
		if (!index--)
			return or_null(json_cursor_value(&c));
		json_skip_value(&c);
	} while (json_cursor_more(&c));
	return null_value;
}

static enum flow eval_key(const struct path_run *run,
			  const struct path_node *node, struct slice value,
			  const struct next *next)
{
	if (value.p[0] == '{')
		return path_pass_on(run, next, member_of(value, node->text));
	if (path_is_null(value))
		return path_pass_on(run, next, value);
	return path_fail_step(run, node, value);
}

static enum flow eval_index(const struct path_run *run,
			    const struct path_node *node, struct slice value,
			    const struct next *next)
{
	if (value.p[0] == '[')
		return path_pass_on(run, next, element_of(value, node->index));
	if (path_is_null(value))
		return path_pass_on(run, next, value);
	return path_fail_step(run, node, value);
}

static enum flow each_element(const struct path_run *run, struct slice array,
			      const struct next *next)
{
	struct json_cursor c = json_cursor_of(array);
	enum flow flow;

	if (!json_cursor_enter(&c))
		return GO_ON;
	do {
		const struct slice element = or_null(json_cursor_value(&c));

		flow = path_is_stopped(run) ? ENDED : path_pass_on(run, next, element);
	} while (flow == GO_ON && json_cursor_more(&c));
	return flow;
}

static enum flow each_member(const struct path_run *run, struct slice object,
			     const struct next *next)
{
	struct path_members members = {0};
	const struct path_member *list;
	enum flow flow = GO_ON;

	path_members_read(&members, object);
	list = path_members_list(&members);
	for (size_t i = 0; flow == GO_ON && i < members.count; i++)
		flow = path_is_stopped(run) ? ENDED
				       : path_pass_on(run, next, list[i].value);
	path_members_release(&members);
	return flow;
}

static enum flow eval_each(const struct path_run *run,
			   const struct path_node *node, struct slice value,
			   const struct next *next)
{
	if (value.p[0] == '[')
		return each_element(run, value, next);
	if (value.p[0] == '{')
		return each_member(run, value, next);
	return path_fail_step(run, node, value);
}

/* --- Operators ------------------------------------------------------------ */

static enum flow eval_self(const struct path_run *run,
			   const struct path_node *node, struct slice value,
			   const struct next *next)
{
	(void)node;
	return path_pass_on(run, next, value);
}

static enum flow eval_literal(const struct path_run *run,
			      const struct path_node *node, struct slice value,
			      const struct next *next)
{
	(void)value;
	return path_pass_on(run, next, node->text);
}

static enum flow eval_empty(const struct path_run *run,
			    const struct path_node *node, struct slice value,
			    const struct next *next)
{
	(void)run;
	(void)node;
	(void)value;
	(void)next;
	return GO_ON;
}

static enum flow take_piped(const struct path_run *run, const struct next *next,
			    struct slice value)
{
	return path_eval(run, next->node, value, next->then);
}

static enum flow eval_pipe(const struct path_run *run,
			   const struct path_node *node, struct slice value,
			   const struct next *next)
{
	const struct next right = {take_piped, node->right, next};

	return path_eval(run, node->left, value, &right);
}

static enum flow eval_comma(const struct path_run *run,
			    const struct path_node *node, struct slice value,
			    const struct next *next)
{
	const enum flow flow = path_eval(run, node->left, value, next);

	return flow == GO_ON ? path_eval(run, node->right, value, next) : flow;
}

/* State of the left side of the operator "//": its outputs are passed on unless
 * they are null or false. */
struct or_left {
	struct next next;	/* first, so that a pointer to it can be cast to
				 * struct or_left */
	bool found;
};

static enum flow take_unless_false(const struct path_run *run,
				   const struct next *next, struct slice value)
{
	struct or_left *left = (struct or_left *)next;

	if (path_is_null(value) || value.p[0] == 'f')
		return GO_ON;
	left->found = true;
	return path_pass_on(run, next->then, value);
}

static enum flow eval_or(const struct path_run *run,
			 const struct path_node *node, struct slice value,
			 const struct next *next)
{
	struct or_left left = {.next = {take_unless_false, NULL, next}};
	const enum flow flow = path_eval(run, node->left, value, &left.next);

	if (flow != GO_ON || left.found)
		return flow;
	return path_eval(run, node->right, value, next);
}

static enum flow eval_try(const struct path_run *run,
			  const struct path_node *node, struct slice value,
			  const struct next *next)
{
	const enum flow flow = path_eval(run, node->left, value, next);

	if (flow != FAILED)
		return flow;
	buf_clear(run->error);
	return GO_ON;
}

/* --- Runs ----------------------------------------------------------------- */

enum flow path_eval(const struct path_run *run, const struct path_node *node,
		    struct slice value, const struct next *next)
{
	static enum flow (*const evals[])(const struct path_run *run,
					  const struct path_node *node,
					  struct slice value,
					  const struct next *next) = {
		[PATH_SELF] = eval_self, [PATH_KEY] = eval_key,
		[PATH_INDEX] = eval_index, [PATH_EACH] = eval_each,
		[PATH_LITERAL] = eval_literal, [PATH_EMPTY] = eval_empty,
		[PATH_PIPE] = eval_pipe, [PATH_COMMA] = eval_comma,
		[PATH_OR] = eval_or, [PATH_TRY] = eval_try,
		[PATH_OBJECT] = path_eval_object, [PATH_ARRAY] = path_eval_array,
	};

	if (node->slot && run->found) {
		const struct slice found = path_plan_value(run->found,
							   node->slot);

		if (found.len)
			return path_pass_on(run, next, found);
	}
	return evals[node->kind](run, node, value, next);
}

/* The take() of the last struct next: passes the output to the caller. */
static enum flow take_output(const struct path_run *run,
			     const struct next *next, struct slice value)
{
	(void)next;
	if (!path_is_written(value)) {
		buf_clear(run->out);
		if (!path_write(run->out, value, 0)) {
			buf_clear(run->error);
			buf_addstr(run->error,
				   "an output is nested deeper than 200");
			return ENDED;
		}
		value = slice_of(run->out);
	}
	return run->on_output(run->ctx, value) ? GO_ON : ENDED;
}

/* Removes the next line that is not empty from the front of the text. Returns
 * false if there is none. */
static bool next_line(struct slice *text, struct slice *line)
{
	do {
		const char *end = text->len ? memchr(text->p, '\n', text->len)
					    : NULL;

		*line = *text;
		if (end)
			line->len = (size_t)(end - text->p);
		text->p += line->len;
		text->len -= line->len;
		if (end) {
			text->p++;
			text->len--;
		}
	} while (!line->len && text->len);
	return line->len > 0;
}

bool path_filter_run(const struct path_filter *filter, struct slice json,
		     const struct path_run *run)
{
	const struct next output = {.take = take_output};
	struct slice rest = json, value;
	struct path_run one = *run;
	enum flow flow = GO_ON;

	buf_clear(run->error);
	while (flow == GO_ON && next_line(&rest, &value)) {
		if (value.len != json.len)
			one.found = NULL;
		flow = path_is_stopped(run)
			       ? ENDED
			       : path_eval(&one, filter->root, value, &output);
	}
	if (path_is_stopped(run)) {
		buf_clear(run->error);
		buf_addstr(run->error, "jq was stopped");
	}
	return !run->error->len;
}
