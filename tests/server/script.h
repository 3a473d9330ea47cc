/*
 * The responses of the test server. Each behaviour is a file in a small
 * language, with one directive per line; the file `name` answers requests for
 * `/name/anything`.
 *
 *	# a comment
 *	reply STATUS TYPE	a complete response: status line, Content-Type
 *				(none if TYPE is "-"), Content-Length, and what
 *				the next lines add:
 *	    header NAME: VALUE	    a header
 *	    body "TEXT"		    text of the body; several are joined
 *	    body-file PATH	    a file as body (in the script's folder)
 *	    body-repeat N "TEXT"    the text N times
 *	    encode NAME		    compresses the body so far with gzip,
 *				    deflate, raw-deflate, br or zstd, and sets
 *				    Content-Encoding
 *	    cut N		    leaves out the last N bytes
 *	    length N		    sends this Content-Length
 *	    chunked N		    sends chunks of N bytes, no Content-Length
 *	send "TEXT"		sends the bytes unchanged
 *	file PATH		sends the bytes of a file unchanged
 *	repeat N "TEXT"		sends the text N times, unchanged
 *	sleep MS		waits for this time (also: delay)
 *	hold			waits until the server gets SIGUSR1; after that
 *				no response is held
 *	drip BYTES MS		from here on sends BYTES bytes every MS msec
 *	close			closes the connection
 *	reset			closes the connection with RST
 *	stall			sends nothing more, keeps the connection open
 *	read			waits until the client has sent more
 *	tls NAME		must be first: speaks TLS with this certificate
 *	echo [NAME...]		responds with the request as JSON: method, path,
 *				query, body, and the headers with these names
 *				(without names: all but those that every client
 *				sends)
 *	[N]			the next lines answer the N-th request for this
 *				path; [*]: every other request
 *
 * The file `D` runs for each connection to port D, before the server reads a
 * request; [N] counts the connections. The same holds for E, F and G.
 *
 * TEXT may contain the escapes \r \n \t \0 \\ \" \xNN. {A} to {G} are replaced
 * by the server's ports. For a HEAD request, only the head of a `reply` is
 * sent. A connection that no directive ends stays open for the next request.
 */
#ifndef TESTS_SERVER_SCRIPT_H
#define TESTS_SERVER_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum op_kind {
	OP_SEND,
	OP_SLEEP,
	OP_HOLD,
	OP_DRIP,
	OP_ECHO,
	OP_CLOSE,
	OP_RESET,
	OP_STALL,
	OP_READ,
	OP_TLS,
};

struct op {
	enum op_kind kind;
	struct buf bytes;	/* for send: the bytes; echo: names, "a b c";
				 * tls: a name */
	size_t head_len;	/* for send: number of bytes that are sent for
				 * HEAD; 0: all */
	uint64_t times;		/* for send: number of repetitions */
	unsigned count, ms;	/* for drip and sleep */
};

struct section {
	unsigned number;	/* number of the request that the section is
				 * for; 0: every other request */
	struct op *ops;
	size_t len;
};

struct script {
	struct section *sections;
	size_t len;
	bool counted;		/* there are sections other than [*] */
};

/* A and B are HTTP ports, C is the HTTPS port, and the others follow the file
 * of their name. */
enum { PORTS = 7, PORT_TLS = 2, PORT_OWN = 3 };

struct ports {
	int port[PORTS];	/* 0: no such port */
};

/* Reads a behaviour. Returns NULL on failure: *error is then the message, to be
 * freed, or NULL if there is no such file. */
struct script *script_load(const char *path, const struct ports *ports,
			   char **error);
void script_free(struct script *script);

/* Returns the section for the request with that number (from 1); NULL if there
 * is none. */
const struct section *script_section(const struct script *script,
				     unsigned asked);

#endif
