/*
 * scrape check: an audit of the pages and links of one's own site.
 *
 * Pages are requested, or their saved records are read. Either way, findings
 * are made from records, so both have the same code.
 *
 * The files of this folder, in the order in which a page passes them:
 *
 *	status_set.c	the statuses of --accept
 *	given.c		reads the sources
 *	targets.c	the URLs that are to be requested, each once
 *	requests.c	chooses the next request
 *	results.c	takes the records, and finds links
 *	records.c	judges saved records together
 *	facts.c		what a record says about its page
 *	redirects.c	where a record leads
 *	audit.c		from the facts to findings
 *	fragments.c	whether the fragments of links exist
 *	duplicates.c	texts that several pages have
 *	findings.c	collects findings, without those of --baseline
 *	kind_set.c	the findings of --ignore and --fail-on
 *	writer.c, write_markup.c, write_csv.c	write findings
 *	check.c		the command
 */
#ifndef CMD_CHECK_CHECK_H
#define CMD_CHECK_CHECK_H

struct options;

/* Runs the command and returns the exit code: 1 if something is broken. */
int check_command(struct options *options);

#endif
