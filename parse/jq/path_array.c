/* Makes the arrays of path filters: [.a[], .b]. All outputs of the value are
 * the elements of one array. */
#include "parse/jq/path_eval.h"

/* An array that is being made. */
struct making {
	struct next next;	/* first, so that a pointer to it can be cast to
				 * struct making */
	struct buf *text;
};

static enum flow take_element(const struct path_run *run,
			      const struct next *next, struct slice value)
{
	struct buf *text = ((const struct making *)next)->text;

	if (text->len > 1)
		buf_addch(text, ',');
	buf_add(text, value.p, value.len);
	return path_is_stopped(run) ? ENDED : GO_ON;
}

enum flow path_eval_array(const struct path_run *run,
			  const struct path_node *node, struct slice value,
			  const struct next *next)
{
	struct buf text = {0};
	const struct making making = {{.take = take_element}, &text};
	enum flow flow;

	buf_addch(&text, '[');
	flow = path_eval(run, node->left, value, &making.next);
	buf_addch(&text, ']');
	if (flow == GO_ON)
		flow = path_pass_on(run, next, slice_of(&text));
	buf_release(&text);
	return flow;
}
