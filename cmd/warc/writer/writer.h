/*
 * Writes the exchanges of a run to an archive (ISO 28500, WARC/1.1): for each
 * exchange a request record and a response record, one after the other, each as
 * a gzip member.
 *
 * DESIGN: each thread that stores an exchange compresses it itself, in parallel
 * with the others, and then writes it under a lock. A slow disk blocks only
 * these threads, never the loop. Bodies of more than a megabyte are compressed
 * under the lock, directly to the file, so that no second copy is in memory.
 * When put() returns, the kernel has the whole exchange: if the program is
 * killed, the archive has the exchange of each record that was written.
 * Exchanges without a record are removed when the run is continued
 * (cmd/warc/writer/recovery.h).
 */
#ifndef CMD_WARC_WRITER_WRITER_H
#define CMD_WARC_WRITER_WRITER_H

#include <stdbool.h>

#include "base/job/exchange.h"
#include "cmd/warc/config.h"
#include "cmd/warc/writer/info.h"
#include "cmd/warc/writer/rows.h"

struct warc_writer;

/* Creates a writer; opens no file. config is borrowed, run is copied. */
struct warc_writer *warc_writer_new(const struct warc_config *config,
				    const struct warc_run *run);

/* Reads the index of --warc-dedup. It may be the index of this archive, and
 * need not exist yet. Returns 0; or -1 after logging the reason. */
int warc_writer_read_index(struct warc_writer *w);

/* Repairs the archive if a run was killed, and creates the first file. rows is
 * borrowed during the call. Returns 0; or -1 after logging the reason. Without
 * this call, the first exchange begins an archive without rows. */
int warc_writer_begin(struct warc_writer *w, const struct warc_rows *rows);

/* Makes all exchanges so far permanent. Called before their records are
 * committed. Any thread. Returns 0; or -1 after logging the reason. */
int warc_writer_sync(struct warc_writer *w);

/* Returns the store for struct fetch_config. */
struct exchange_store *warc_writer_store(struct warc_writer *w);

/* Returns true if an exchange could not be stored, which was logged. No record
 * may be written from then on. Any thread. */
bool warc_writer_has_failed(const struct warc_writer *w);

/* Closes the archive. is_complete: no run will continue this one, so the
 * journal is removed. NULL is fine. Returns 0; or -1, after logging the reason,
 * if something could not be written. */
int warc_writer_close(struct warc_writer *w, bool is_complete);

#endif
