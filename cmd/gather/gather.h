/*
 * scrape gather: requests several endpoints together and combines the results
 * into one document.
 *
 * The files of this folder, in the order in which a request passes them:
 *
 *	spec/		reads and checks the spec
 *	run.h		state of an endpoint's run, shared by all files
 *	values.c	takes a value of `each` from its start to its result
 *	dispatch.c	chooses the endpoint that makes the next request
 *	request.c	builds a request
 *	token.c		fetches the access tokens that requests wait for
 *	reply.c		reads the body and the error out of a record
 *	response.c	extracts items and queues further pages
 *	graph.c		passes values and failures on to dependent endpoints
 *	document.c	writes the output
 */
#ifndef CMD_GATHER_GATHER_H
#define CMD_GATHER_GATHER_H

struct options;

/* Runs the command and returns the exit code. */
int gather_command(struct options *options);

#endif
