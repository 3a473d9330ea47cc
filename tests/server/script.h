/*
 * What the test server answers: one file per behaviour, in a small language,
 * a directive a line. `/name/anything` is answered by the file `name`.
 *
 *	# a comment
 *	reply STATUS TYPE	an ordinary answer: status line, Content-Type
 *				(none with "-"), what follows, Content-Length
 *	    header NAME: VALUE	    one field more
 *	    body "TEXT"		    its body; several are joined
 *	    body-file PATH	    a file's bytes (beside the script)
 *	    body-repeat N "TEXT"    N times the text
 *	    encode NAME		    the body so far through gzip, deflate,
 *				    raw-deflate, br or zstd, and says so
 *	    cut N		    without its last N bytes
 *	    length N		    claims this Content-Length
 *	    chunked N		    in chunks of N bytes, no Content-Length
 *	send "TEXT"		bytes as they are, nothing added
 *	file PATH		a file's bytes, nothing added
 *	repeat N "TEXT"		N times the text, nothing added
 *	sleep MS		nothing for so long (also: delay)
 *	hold			nothing until the server gets SIGUSR1, after
 *				which nothing is held
 *	drip BYTES MS		from here on so many bytes at a time
 *	close			end of the connection; reset: by RST
 *	stall			nothing more, connection open
 *	read			goes on when the client has sent more
 *	tls NAME		first of all: speaks TLS, with that certificate
 *	echo [NAME...]		answers with the request as JSON: method, path,
 *				query, body, headers (only those named; none
 *				named: all but the client's own)
 *	[N]			what follows is for the N-th time this path is
 *				asked for; [*] for every other time
 *
 * The file `D` is done to each connection to port D before it may ask for
 * anything, and [N] counts them; so with E, F and G.
 *
 * TEXT knows \r \n \t \0 \\ \" \xNN. {A} to {G} are the server's ports.
 * A HEAD request gets an answer's head alone. Without an end of its own an
 * answer leaves the connection open for the next request.
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

/* Returns the section for the request with that number (from 1); NULL: none. */
const struct section *script_section(const struct script *script,
				     unsigned asked);

#endif
