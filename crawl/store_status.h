/*
 * The parts of a crawl's database that are for people: figures of each host,
 * and notes about the run as text. `scrape crawl --status` reads them; crawling
 * does not need them.
 *
 * Functions return 0, or -1 after an error of the database.
 */
#ifndef CRAWL_STORE_STATUS_H
#define CRAWL_STORE_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job/host_notes.h"
#include "crawl/page.h"

struct database;

/* SQL that creates the tables. */
#define STORE_STATUS_TABLES						\
	"CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY,"	\
	" value TEXT NOT NULL) WITHOUT ROWID;"				\
	"CREATE TABLE IF NOT EXISTS figures (host INTEGER PRIMARY KEY,"	\
	" done INTEGER NOT NULL, errors INTEGER NOT NULL,"		\
	" bytes INTEGER NOT NULL, held_robots REAL NOT NULL,"		\
	" held_429 REAL NOT NULL, held_rate REAL NOT NULL,"		\
	" robots INTEGER NOT NULL);"

/* The results of finished pages of one host that are not in the database yet. A
 * zeroed struct has none. */
struct status_sum {
	uint64_t host;
	uint64_t done, errors, bad_statuses, bytes;
	struct host_notes notes;
};

/* store_status_add() adds a finished page of the host to the sum; a sum of
 * another host is written first. store_status_write() adds the sum to the
 * host's figures, and makes the sum zero. */
int store_status_add(struct database *db, struct status_sum *sum,
		     uint64_t host, const struct page_result *result);
int store_status_write(struct database *db, struct status_sum *sum);

/* Takes a finished page with this outcome out of the counts, because it waits
 * again. */
int store_status_repeat(struct database *db, uint64_t page,
			enum page_outcome was);

/* Replaces the notes about the run, JSON text. */
int store_status_set_notes(struct database *db, const char *json);

/* Returns the notes, to be freed; NULL if there are none. */
char *store_status_notes(struct database *db);

struct status_counts {
	uint64_t known, done, waiting;	/* the pages that are neither done nor
					 * waiting are forbidden by
					 * robots.txt */
	uint64_t hosts;		/* number of hosts known */
	uint64_t errors;
	uint64_t bad_statuses;	/* number of pages whose status is 400 or more,
				 * without those that have an error */
};

int store_status_count(struct database *db, struct status_counts *counts);

struct status_host {
	const char *name;	/* NULL: the sum of all hosts that are not
				 * listed */
	uint64_t done, waiting, errors, bytes;
	struct host_notes notes;
};

/* Calls each() with the hosts that have the most pages done or waiting, up to
 * `most` hosts, and then with the sum of all other hosts, if there are any. */
int store_status_each_host(struct database *db, unsigned most,
			   void (*each)(void *ctx,
					const struct status_host *host),
			   void *ctx);

#endif
