/* A table of libcurl's result codes, and the cases in which the code and the
 * message have to be interpreted. */
#include "fetch/curl/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/secrets.h"

/* Result codes of libcurl 7.88. Messages of libcurl that are misleading are
 * replaced. temporary: the same request may succeed later. A code without a row
 * counts as an error of the server if there was a connection, otherwise as one
 * of this program. */
static const struct row {
	CURLcode code;
	enum err err;
	bool temporary;
	const char *text;	/* NULL: libcurl's message */
} rows[] = {
	{CURLE_UNSUPPORTED_PROTOCOL, ERR_HTTP, false,
	 "the reply does not begin with an HTTP status line"},
	{CURLE_URL_MALFORMAT, ERR_URL, false, NULL},
	{CURLE_COULDNT_RESOLVE_PROXY, ERR_DNS, true, NULL},
	{CURLE_COULDNT_RESOLVE_HOST, ERR_DNS, true, NULL},
	{CURLE_COULDNT_CONNECT, ERR_CONNECT, true, NULL},
	{CURLE_WEIRD_SERVER_REPLY, ERR_HTTP, false, NULL},
	{CURLE_HTTP2, ERR_HTTP, true, NULL},
	{CURLE_HTTP2_STREAM, ERR_HTTP, true, NULL},
	{CURLE_PARTIAL_FILE, ERR_HTTP, true, NULL},
	{CURLE_OUT_OF_MEMORY, ERR_HTTP, false,
	 "a header line is too long, or there is no memory"},
	{CURLE_OPERATION_TIMEDOUT, ERR_TIMEOUT, true, NULL},
	{CURLE_SSL_CONNECT_ERROR, ERR_TLS, false, NULL},
	{CURLE_GOT_NOTHING, ERR_HTTP, true,
	 "the connection was closed without a reply"},
	{CURLE_SSL_ENGINE_NOTFOUND, ERR_TLS, false, NULL},
	{CURLE_SSL_ENGINE_SETFAILED, ERR_TLS, false, NULL},
	{CURLE_SSL_ENGINE_INITFAILED, ERR_TLS, false, NULL},
	{CURLE_SEND_ERROR, ERR_HTTP, true, NULL},
	{CURLE_RECV_ERROR, ERR_HTTP, false, NULL},
	{CURLE_SSL_CERTPROBLEM, ERR_TLS, false, NULL},
	{CURLE_SSL_CIPHER, ERR_TLS, false, NULL},
	{CURLE_PEER_FAILED_VERIFICATION, ERR_TLS, false, NULL},
	{CURLE_USE_SSL_FAILED, ERR_TLS, false, NULL},
	{CURLE_SSL_CACERT_BADFILE, ERR_TLS, false, NULL},
	{CURLE_SSL_SHUTDOWN_FAILED, ERR_TLS, false, NULL},
	{CURLE_SSL_CRL_BADFILE, ERR_TLS, false, NULL},
	{CURLE_SSL_ISSUER_ERROR, ERR_TLS, false, NULL},
	{CURLE_SSL_PINNEDPUBKEYNOTMATCH, ERR_TLS, false, NULL},
	{CURLE_SSL_INVALIDCERTSTATUS, ERR_TLS, false, NULL},
	{CURLE_SSL_CLIENTCERT, ERR_TLS, false, NULL},
	{CURLE_PROXY, ERR_CONNECT, true, NULL},
	{CURLE_FILESIZE_EXCEEDED, ERR_TOO_LARGE, false, NULL},
};

static const struct row *find_row(CURLcode code)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].code == code)
			return &rows[i];
	return NULL;
}

/* Returns true if the connection was dropped. CURLE_RECV_ERROR stands for
 * resets as well as for broken chunks and too many headers, and only a reset is
 * temporary. OpenSSL reports a dropped connection as an unexpected end.
 * "Connection died" comes from libcurl after it has retried by itself: it
 * happens with servers that close HTTP/2 connections after a number of requests
 * (nginx: keepalive_requests). CURLINFO_OS_ERRNO does not help: unless
 * connecting failed, it may be left over from an earlier transfer of the
 * handle. */
static bool was_dropped(const char *message)
{
	static const char *const signs[] = {
		"Recv failure", "Connection reset", "unexpected eof",
		"Connection died",
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (strstr(message, signs[i]))
			return true;
	return false;
}

/* Returns true for an error of OpenSSL after the handshake. With TLS 1.3 a
 * server rejects a client certificate only then, because the client finishes
 * the handshake first (RFC 8446, 4.4.2.4). */
static bool is_tls_failure(CURLcode code, const char *message)
{
	return (code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR) &&
	       strstr(message, "SSL routines") && !was_dropped(message);
}

/* Returns true if the missing client certificate explains the failure. With TLS
 * 1.3 the server reports this after the handshake, but often closes the
 * connection before the report is read; then only its earlier request for a
 * certificate shows the reason. */
static bool is_missing_certificate(const struct failure *f)
{
	return f->certificate_wanted &&
	       (f->code == CURLE_RECV_ERROR || f->code == CURLE_SEND_ERROR ||
		f->code == CURLE_SSL_CONNECT_ERROR ||
		f->code == CURLE_GOT_NOTHING);
}

/* Rewords failed handshakes that OpenSSL describes badly. "Wrong version
 * number" means that a server of plain HTTP (or of anything else) has sent its
 * text where a TLS record was expected. */
static const char *explain_tls_error(enum err err, const char *message)
{
	if (err != ERR_TLS)
		return message;
	if (strstr(message, "wrong version number"))
		return "the server does not speak TLS on this port (is it "
		       "http://?)";
	if (strstr(message, "SSL_ERROR_SYSCALL"))
		return "the server closed the connection during the TLS "
		       "handshake";
	return message;
}

/* Sets the error for a failed connection. Shortens libcurl's "Failed to connect
 * to HOST port N after 0 ms: Couldn't connect to server": leaves out the time,
 * which is in the record and differs every time, and gives the system's reason
 * in place of the repetition. */
static void fail_to_connect(struct job *job, const char *message,
			    long os_errno)
{
	const char *after = strstr(message, " after ");

	if (after && os_errno)
		job_fail(job, ERR_CONNECT, "%.*s: %s", (int)(after - message),
			 message, strerror((int)os_errno));
	else
		job_fail(job, ERR_CONNECT, "%s", message);
}

/* Sets the error for a result code without a row. */
static void fail_without_row(struct job *job, const struct failure *f,
			     const char *message)
{
	if (f->code == CURLE_BAD_FUNCTION_ARGUMENT && f->connected)
		job_fail(job, ERR_HTTP, "the reply has a malformed header line "
			 "(a bare CR, a NUL, or a first line that is "
			 "continued on the next)");
	else if (f->connected)
		job_fail(job, ERR_HTTP, "the reply was not understood: %s "
			 "(libcurl error %d)", message, (int)f->code);
	else
		job_fail(job, ERR_INTERNAL, "libcurl: %s (%d)", message,
			 (int)f->code);
}

static void fail_with_code(struct job *job, const struct failure *f,
			   const char *message)
{
	const struct row *row = find_row(f->code);
	enum err err;

	if (!row) {
		fail_without_row(job, f, message);
		return;
	}
	err = is_tls_failure(f->code, message) ? ERR_TLS : row->err;
	job->temporary = row->temporary && err == row->err;
	if (f->code == CURLE_RECV_ERROR || f->code == CURLE_SSL_CONNECT_ERROR)
		job->temporary = was_dropped(message);
	if (is_missing_certificate(f)) {
		job_fail(job, ERR_TLS, "the server wants a client certificate "
			 "(--cert%s)", f->certificate_withheld
			 ? " is only sent to the first origin" : "");
		return;
	}
	if (f->code == CURLE_COULDNT_CONNECT) {
		fail_to_connect(job, message, f->os_errno);
		return;
	}
	job_fail(job, err, "%s",
		 row->text ? row->text : explain_tls_error(err, message));
}

void failure_set(struct job *job, const struct failure *f)
{
	const char *message = f->message;
	struct buf shown = {0};

	if (job->err)
		return;
	if (!*message)
		message = curl_easy_strerror(f->code);
	/* Secrets are hidden, because libcurl quotes a proxy URL that it cannot
	 * use, with its password. */
	secrets_hide(&shown, message, strlen(message));
	fail_with_code(job, f, buf_cstr(&shown));
	buf_release(&shown);
}
