/* Finds the insertion mode that the open elements require. */
#include "parse/html/builder.h"

/* Resets the insertion mode by the topmost of the elements that determine it.
 * Walking down the stack, as the standard describes it, would take a step for
 * each open element. */
void builder_reset_mode(struct html_builder *b)
{
	static const struct {
		uint16_t id, mode;
	} deciding[] = {
		{N_TD, MODE_IN_CELL}, {N_TH, MODE_IN_CELL},
		{N_TR, MODE_IN_ROW}, {N_TBODY, MODE_IN_TABLE_BODY},
		{N_THEAD, MODE_IN_TABLE_BODY}, {N_TFOOT, MODE_IN_TABLE_BODY},
		{N_CAPTION, MODE_IN_CAPTION},
		{N_COLGROUP, MODE_IN_COLUMN_GROUP}, {N_TABLE, MODE_IN_TABLE},
		{N_HEAD, MODE_IN_HEAD}, {N_BODY, MODE_IN_BODY},
		{N_FRAMESET, MODE_IN_FRAMESET},
	};
	uint32_t top = builder_name(b, N_TEMPLATE)->top, at;
	enum html_mode mode = MODE_BEFORE_HEAD;

	if (top)
		mode = b->template_modes[b->templates - 1];
	else if (b->has_head)
		mode = MODE_AFTER_HEAD;
	for (size_t i = 0; i < sizeof(deciding) / sizeof(*deciding); i++) {
		at = builder_name(b, deciding[i].id)->top;
		if (at > top) {
			top = at;
			mode = deciding[i].mode;
		}
	}
	b->mode = mode;
}
