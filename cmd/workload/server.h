/*
 * The workload server: answers the requests of cmd/workload/request.h over
 * HTTP, with persistent connections.
 *
 * It must use little CPU time, because it shares the processors with the runs
 * that are measured: all answers are made when it starts, and a request costs
 * one read, one write, and a timer if it is delayed. For this reason it does
 * not use libmicrohttpd, as the demo site does: there a delayed answer keeps a
 * thread, or is suspended until the program resumes it, so that a thousand
 * delayed answers would need a loop with timers as well.
 *
 * Misbehaving clients do no harm: the bytes they may send and the time they may
 * take are limited, and connections without a free descriptor wait until others
 * end. A client that closes its side of the connection is taken to be gone,
 * even if it could still read.
 */
#ifndef CMD_WORKLOAD_SERVER_H
#define CMD_WORKLOAD_SERVER_H

#include <stddef.h>

#include "pool/loop.h"

struct workload_server;

/* Starts to serve on the caller's loop. The listener, a non-blocking TCP
 * socket, is borrowed. client_timeout: how long a client may take to send a
 * request, to read an answer, or to send the next request. Returns NULL with
 * errno if the loop cannot watch the listener. */
struct workload_server *workload_server_open(struct loop *loop, int listener,
					     msec client_timeout);

/* Closes all connections, and frees the server. NULL is fine. */
void workload_server_close(struct workload_server *s);

/* Returns the number of open connections. */
size_t workload_server_count(const struct workload_server *s);

#endif
