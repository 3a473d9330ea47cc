/*
 * Repairs an archive whose run was killed, before the next run adds to it: torn
 * ends of files are cut off, and, if the next run continues the first one, so
 * are the exchanges of requests that have no record, because these requests are
 * made again. So each record has its exchange, and none twice.
 *
 * DESIGN: a file is cut where the first exchange to be removed begins. Those
 * behind it that stay are copied to the next file first. The journal has the
 * copies between "move" and "settled"; until "settled" is on the disk, the old
 * exchanges are valid, and then the new ones are. So a recovery may itself be
 * killed at any time.
 *
 * An exchange stays, although its request has no record, if its payload is that
 * of a revisit record that stays.
 */
#ifndef CMD_WARC_WRITER_RECOVERY_H
#define CMD_WARC_WRITER_RECOVERY_H

#include "cmd/warc/writer/file.h"
#include "cmd/warc/writer/rows.h"

/* How warc_recover() opens the next file, with its warcinfo record, if
 * exchanges have to be copied; and what it does with the journal before the
 * lines are removed because the run continues nothing. Return 0 or an errno. */
struct warc_recoverer {
	int (*begin_file)(void *ctx);
	int (*leave_journal)(void *ctx);
	void *ctx;
};

/* Repairs the archive by its journal, which is open. Returns 0; or an errno,
 * EBADMSG if the file with the journal's name is none, ENOTSUP if exchanges
 * cannot be copied because the files are compressed and the next one is not, or
 * the other way round. */
int warc_recover(struct warc_file *f, const struct warc_rows *rows,
		 const struct warc_recoverer *by);

#endif
