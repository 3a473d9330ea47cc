/* The warcinfo record, with which each file of an archive begins. */
#ifndef CMD_WARC_WRITER_INFO_H
#define CMD_WARC_WRITER_INFO_H

#include "base/buf.h"
#include "cmd/warc/config.h"

/* The facts about a run in the warcinfo record. Strings are borrowed. */
struct warc_run {
	const char *arguments;	/* the command line without secrets */
	const char *user_agent;	/* "": none is sent */
	bool obeys_robots;
};

/* Appends the block, which is the same for all files of a run. */
void warc_info_add(struct buf *out, const struct warc_config *config,
		   const struct warc_run *run);

#endif
