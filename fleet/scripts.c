#include "fleet/scripts.h"

static const struct {
	const char *text;
	bool without_job;	/* the script may run if there is no job */
} scripts[SCRIPTS] = {
	[SCRIPT_JOIN] = {script_join, true},
	[SCRIPT_LOAD] = {script_load, false},
	[SCRIPT_CONTROL] = {script_control, false},
	[SCRIPT_LEASE] = {script_lease, false},
	[SCRIPT_RENEW] = {script_renew, false},
	[SCRIPT_SUBMIT] = {script_submit, false},
	[SCRIPT_GIVE_BACK] = {script_give_back, false},
	[SCRIPT_TRIM] = {script_trim, false},
	[SCRIPT_STATUS] = {script_status, false},
	[SCRIPT_HOLD] = {script_hold, false},
	[SCRIPT_LEAVE] = {script_leave, false},
	[SCRIPT_DELETE] = {script_delete, true},
};

void script_add_text(struct buf *to, enum script script)
{
	/* Scripts run even if the memory is full. Scripts that may add links
	 * check the memory themselves. */
	buf_addstr(to, "#!lua flags=allow-oom\n");
	buf_addstr(to, script_common);
	if (!scripts[script].without_job)
		buf_addstr(to, script_check);
	buf_addstr(to, scripts[script].text);
}
