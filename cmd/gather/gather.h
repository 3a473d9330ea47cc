/*
 * scrape gather: several endpoints, asked together, as one document.
 *
 * Its parts, in the order in which a request meets them:
 *
 *	gather_spec	what is to be asked
 *	gather_run	an endpoint while it is asked: the structures of all
 *	gather_values	from a value of an each to its result
 *	gather_turn	which endpoint may make the next request
 *	gather_request	a request is made
 *	gather_token	a token that requests wait for
 *	gather_reply	what came back
 *	gather_on_response	what is done with it: items, further pages
 *	gather_graph	values and failures, handed on to who depends on them
 *	gather_document	what is printed
 */
#ifndef CMD_GATHER_GATHER_H
#define CMD_GATHER_GATHER_H

struct options;

/* Returns the exit code. */
int gather_command(struct options *options);

#endif
