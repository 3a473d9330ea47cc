/* The scripts that run in the server (fleet/scripts/). Each is a call of the
 * hub, and takes effect as a whole or not at all. */
#ifndef FLEET_SCRIPTS_H
#define FLEET_SCRIPTS_H

#include "base/buf.h"

enum script {
	SCRIPT_JOIN, SCRIPT_LOAD, SCRIPT_CONTROL, SCRIPT_LEASE, SCRIPT_RENEW,
	SCRIPT_SUBMIT, SCRIPT_GIVE_BACK, SCRIPT_TRIM, SCRIPT_STATUS,
	SCRIPT_DELETE, SCRIPT_HOLD, SCRIPT_LEAVE,
	SCRIPTS
};

/* Texts of the files. */
extern const char script_common[], script_check[], script_join[],
	script_load[], script_control[], script_lease[], script_renew[],
	script_submit[], script_give_back[], script_trim[], script_status[],
	script_delete[], script_hold[], script_leave[];

/* Appends the whole text of a script. */
void script_add_text(struct buf *to, enum script script);

#endif
