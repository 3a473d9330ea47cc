/*
 * Repairs an archive whose run was killed, before the next run adds to it.
 * Unfinished ends of files are cut off. If the next run continues the killed
 * one, the exchanges of requests without a record are removed, too, because
 * these requests are made again. So the archive has the exchange of each record
 * exactly once.
 *
 * DESIGN: a file is cut where the first exchange to be removed begins. The
 * exchanges behind it that stay are first copied to the next file. The journal
 * has the copies between "move" and "settled". Until "settled" is on the disk,
 * the old exchanges are valid; after that, the copies are. So the recovery may
 * be killed at any time, too.
 *
 * An exchange without a record stays if a revisit record that stays refers to
 * its payload.
 */
#ifndef CMD_WARC_WRITER_RECOVERY_H
#define CMD_WARC_WRITER_RECOVERY_H

#include "cmd/warc/writer/file.h"
#include "cmd/warc/writer/rows.h"

/* Callbacks of warc_recover(): begin_file() opens the next file, with its
 * warcinfo record, if exchanges have to be copied. leave_journal() is called
 * before the lines of a run that is not continued are removed. Both return 0 or
 * an errno. */
struct warc_recoverer {
	int (*begin_file)(void *ctx);
	int (*leave_journal)(void *ctx);
	void *ctx;
};

/* Repairs the archive by its journal, which must be open. Returns 0 or an
 * errno: EBADMSG if the file with the journal's name is not a journal; ENOTSUP
 * if exchanges would have to be copied between compressed files and files
 * without compression. */
int warc_recover(struct warc_file *f, const struct warc_rows *rows,
		 const struct warc_recoverer *by);

#endif
