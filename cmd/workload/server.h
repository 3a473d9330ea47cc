/*
 * The HTTP server of the workloads: what cmd/workload/request.h describes, over
 * connections that are kept.
 *
 * It must cost as little as can be, for it shares the processors with what is
 * measured: all answers are made beforehand, and a request costs a read, a
 * write, and a timer if it is held back. That is also why it is not
 * libmicrohttpd, which the demo site uses: there an answer that waits keeps a
 * thread, or is suspended and needs somebody else to wake it up, so a thousand
 * of them would need our loop and its timers beside it all the same.
 *
 * Clients may do what they want: what they send is bounded, how long they take
 * as well, and connections that cannot be had wait until others end. One that
 * closes its side is gone, even if it would still listen.
 */
#ifndef CMD_WORKLOAD_SERVER_H
#define CMD_WORKLOAD_SERVER_H

#include <stddef.h>

#include "pool/loop.h"

struct workload_server;

/* On the loop of the caller, who also keeps the listener: a TCP socket that
 * does not block. patience: how long a client may take to send a request, to
 * read an answer, or to come back. NULL with errno when the loop cannot watch
 * the listener. */
struct workload_server *workload_server_open(struct loop *loop, int listener,
					     msec patience);

/* Cuts the connections off. NULL is fine. */
void workload_server_close(struct workload_server *s);

/* Connections that are open. */
size_t workload_server_count(const struct workload_server *s);

#endif
