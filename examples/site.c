/*
 * demo-site: a small bookshop on this machine, to try scrape on.
 *
 *	demo-site [PORT]	(0, the default: any free one)
 *
 * Prints its address and serves examples/site/ until a signal ends it. Its
 * answers are the same every time. Pages that are not files are rows of a table
 * here: a slow page, a redirect, orders in pages. libmicrohttpd does the HTTP;
 * no file is written.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	ORDERS = 23,
	ORDERS_PER_PAGE = 5,
	CUSTOMERS = 4,
	MAX_ORDER = 4096,	/* bytes */
	MAX_DELAY = 10000	/* milliseconds */
};

struct site {
	struct MHD_Daemon *daemon;
	int root;		/* descriptor of the folder examples/site */
};

/* A response while it is being made. */
struct page {
	struct MHD_Connection *connection;
	struct MHD_Response *response;
	unsigned status;
	const char *body;	/* body of the request; for an order, JSON */
	unsigned long number;	/* number in the path at the place of the
				 * route's "#" */
};

/* The body of a request, as far as it has been received. */
struct upload {
	size_t len;
	char text[MAX_ORDER + 1];
};

static void set_text(struct page *page, unsigned status, const char *type,
		     const char *text)
{
	page->status = status;
	page->response = MHD_create_response_from_buffer(
		strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_MUST_COPY);
	MHD_add_response_header(page->response, "Content-Type", type);
}

/* Returns a number of the query ("?page=2"), or the default. */
static unsigned long number_argument(const struct page *page, const char *name,
				     unsigned long default_number)
{
	const char *text = MHD_lookup_connection_value(
		page->connection, MHD_GET_ARGUMENT_KIND, name);
	char *end;
	unsigned long n;

	if (!text || *text < '0' || *text > '9')
		return default_number;
	n = strtoul(text, &end, 10);
	return *end ? default_number : n;
}

/* --- Pages that are not files --------------------------------------------- */

static unsigned long customer_of(unsigned long id)
{
	return id * 3 % CUSTOMERS + 1;
}

static void add_order(FILE *out, unsigned long id, bool first)
{
	static const char *const states[] = {"paid", "sent", "delivered"};

	fprintf(out,
		"%s\n  {\"id\": %lu, \"customer\": %lu, \"product\": %lu, "
		"\"copies\": %lu, \"total\": %lu.%02lu, \"state\": \"%s\"}",
		first ? "" : ",", 1000 + id, customer_of(id), id * 5 % 8 + 1,
		id % 3 + 1, id * 7 % 40 + 5, id * 25 % 100, states[id % 3]);
}

/* Answers with a page of orders. The Link header has the address of the next
 * page, as in many APIs. */
static void show_orders(struct page *page)
{
	const unsigned long pages = (ORDERS - 1) / ORDERS_PER_PAGE + 1;
	const unsigned long number = number_argument(page, "page", 1);
	char link[64];
	char *text = NULL;
	size_t len;
	FILE *out;

	if (number < 1 || number > pages) {
		set_text(page, 404, "application/json",
			 "{\"error\": \"there is no such page\"}\n");
		return;
	}
	out = open_memstream(&text, &len);
	if (!out)
		return;
	fprintf(out, "{\"page\": %lu, \"pages\": %lu, \"items\": [", number,
		pages);
	for (unsigned long i = (number - 1) * ORDERS_PER_PAGE + 1;
	     i <= number * ORDERS_PER_PAGE && i <= ORDERS; i++)
		add_order(out, i, i % ORDERS_PER_PAGE == 1);
	fprintf(out, "\n]}\n");
	fclose(out);
	set_text(page, 200, "application/json", text);
	free(text);
	if (number < pages) {
		snprintf(link, sizeof(link),
			 "</api/orders?page=%lu>; rel=\"next\"", number + 1);
		MHD_add_response_header(page->response, "Link", link);
	}
}

static void show_orders_of_customer(struct page *page)
{
	char *text = NULL;
	size_t len;
	FILE *out;
	bool first = true;

	if (page->number < 1 || page->number > CUSTOMERS) {
		set_text(page, 404, "application/json",
			 "{\"error\": \"there is no such customer\"}\n");
		return;
	}
	out = open_memstream(&text, &len);
	if (!out)
		return;
	fprintf(out, "[");
	for (unsigned long i = 1; i <= ORDERS; i++) {
		if (customer_of(i) != page->number)
			continue;
		add_order(out, i, first);
		first = false;
	}
	fprintf(out, "\n]\n");
	fclose(out);
	set_text(page, 200, "application/json", text);
	free(text);
}

/* Answers a POST with the order and its new number. */
static void accept_order(struct page *page)
{
	char *text = NULL;

	if (asprintf(&text, "{\"id\": %d, \"state\": \"received\", "
		     "\"order\": %s}\n", 1001 + ORDERS,
		     *page->body ? page->body : "null") < 0)
		return;
	set_text(page, 201, "application/json", text);
	free(text);
}

static void show_redirect(struct page *page)
{
	set_text(page, 301, "text/plain", "The shop has moved.\n");
	MHD_add_response_header(page->response, "Location", "/");
}

static void show_slow(struct page *page)
{
	set_text(page, 200, "text/html; charset=utf-8",
		 "<!doctype html>\n<title>Worth the wait</title>\n"
		 "<p>Back to <a href=\"/\">the shop</a>.</p>\n");
}

/* Answers that are not files. A path may contain one "#", which stands for a
 * number. */
static const struct route {
	const char *method, *path;
	void (*show)(struct page *page);
} routes[] = {
	{"GET", "/api/orders", show_orders},
	{"POST", "/api/orders", accept_order},
	{"GET", "/api/customers/#/orders", show_orders_of_customer},
	{"GET", "/old", show_redirect},
	{"GET", "/slow", show_slow},
};

/* --- Files ---------------------------------------------------------------- */

static const char *type_of(const char *path)
{
	const char *dot = strrchr(path, '.');

	if (dot && strcmp(dot, ".html") == 0)
		return "text/html; charset=utf-8";
	if (dot && strcmp(dot, ".json") == 0)
		return "application/json";
	return "text/plain; charset=utf-8";
}

static bool set_file(struct page *page, const struct site *site,
		     const char *path, unsigned status)
{
	const int fd = openat(site->root, path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return false;
	}
	page->status = status;
	page->response =
		MHD_create_response_from_fd((uint64_t)st.st_size, fd);
	MHD_add_response_header(page->response, "Content-Type", type_of(path));
	return true;
}

/* Answers with a file: api/products.json for "/api/products", index.html for
 * "/". */
static void show_file(struct page *page, const struct site *site,
		      const char *url)
{
	static const char *const endings[] = {"", ".html", ".json",
					      "index.html"};
	char path[256];

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		const int len = snprintf(path, sizeof(path), "%s%s", url + 1,
					 endings[i]);

		if (len > 0 && (size_t)len < sizeof(path) &&
		    set_file(page, site, path, 200))
			return;
	}
	if (!set_file(page, site, "404.html", 404))
		set_text(page, 404, "text/plain", "Not found.\n");
}

/* --- A request ------------------------------------------------------------ */

static bool matches_route(const char *path, const char *url,
			  unsigned long *number)
{
	const size_t before = strcspn(path, "#");
	char *end;

	if (!path[before])
		return strcmp(path, url) == 0;
	if (strncmp(path, url, before) != 0 || url[before] < '0' ||
	    url[before] > '9')
		return false;
	*number = strtoul(url + before, &end, 10);
	return strcmp(end, path + before + 1) == 0;
}

static void make_page(struct page *page, const struct site *site,
		      const char *method, const char *url)
{
	const bool reads = !strcmp(method, "GET") || !strcmp(method, "HEAD");

	for (size_t i = 0; i < sizeof(routes) / sizeof(*routes); i++)
		if (matches_route(routes[i].path, url, &page->number) &&
		    strcmp(routes[i].method, reads ? "GET" : method) == 0)
			routes[i].show(page);
	if (page->response)
		return;
	if (!reads) {
		set_text(page, 405, "text/plain", "Method not allowed.\n");
		MHD_add_response_header(page->response, "Allow", "GET, HEAD");
	} else if (*url != '/' || strstr(url, "..")) {
		set_text(page, 404, "text/plain", "Not found.\n");
	} else {
		show_file(page, site, url);
	}
}

/* Delays the answer if the address has "?ms=300", by 300 ms. Other answers are
 * not held up, because each connection has a thread
 * (MHD_USE_THREAD_PER_CONNECTION). */
static void delay_answer(const struct page *page)
{
	const unsigned long ms = number_argument(page, "ms", 0);

	usleep((useconds_t)(ms < MAX_DELAY ? ms : MAX_DELAY) * 1000);
}

/* Appends to the body; the part beyond MAX_ORDER is dropped. */
static void add_upload(struct upload *upload, const char *data, size_t len)
{
	const size_t room = MAX_ORDER - upload->len;

	if (len > room)
		len = room;
	memcpy(upload->text + upload->len, data, len);
	upload->len += len;
}

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection,
				  const char *url, const char *method,
				  const char *version, const char *data,
				  size_t *data_len, void **own)
{
	struct upload *upload = *own;
	struct page page = {.connection = connection};
	enum MHD_Result result;

	(void)version;
	if (!upload) {
		/* The first call is for the head; the body follows in later
		 * calls. */
		*own = calloc(1, sizeof(*upload));
		return *own ? MHD_YES : MHD_NO;
	}
	if (*data_len) {
		add_upload(upload, data, *data_len);
		*data_len = 0;
		return MHD_YES;
	}
	page.body = upload->text;
	make_page(&page, ctx, method, url);
	delay_answer(&page);
	if (!page.response)
		return MHD_NO;
	result = MHD_queue_response(connection, page.status, page.response);
	MHD_destroy_response(page.response);
	return result;
}

static void on_end(void *ctx, struct MHD_Connection *connection, void **own,
		   enum MHD_RequestTerminationCode code)
{
	(void)ctx;
	(void)connection;
	(void)code;
	free(*own);
	*own = NULL;
}

/* Starts the server and prints its address. */
static bool start_server(struct site *site, uint16_t port)
{
	struct sockaddr_in addr = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	const union MHD_DaemonInfo *info;

	errno = 0;
	site->daemon = MHD_start_daemon(
		MHD_USE_INTERNAL_POLLING_THREAD |
			MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL,
		port, NULL, NULL, on_request, site, MHD_OPTION_SOCK_ADDR,
		(struct sockaddr *)&addr, MHD_OPTION_CONNECTION_TIMEOUT, 60U,
		MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_END);
	if (!site->daemon)
		return false;
	info = MHD_get_daemon_info(site->daemon, MHD_DAEMON_INFO_BIND_PORT);
	printf("http://127.0.0.1:%u\n", info->port);
	fflush(stdout);
	return true;
}

/* Reads the port from the arguments; 0, a free one, if there is none. Returns
 * -1 if they are something else. */
static int read_port(int argc, char **argv)
{
	char *end;
	unsigned long port;

	if (argc < 2)
		return 0;
	port = strtoul(argv[1], &end, 10);
	return argc > 2 || *end || end == argv[1] || *argv[1] == '-' ||
	       port > UINT16_MAX ? -1 : (int)port;
}

int main(int argc, char **argv)
{
	const int given = read_port(argc, argv);
	const uint16_t port = (uint16_t)given;
	struct site site = {0};
	sigset_t end_signals;
	int signal_number;

	if (given < 0) {
		fprintf(stderr, "Usage: demo-site [PORT]\nServes a small "
			"bookshop on PORT of 127.0.0.1 (default: a free one), "
			"and prints its URL.\n");
		return 2;
	}
	/* Block the signals before the server starts its threads, which inherit
	 * the mask, so that only sigwait() gets them. */
	sigemptyset(&end_signals);
	sigaddset(&end_signals, SIGINT);
	sigaddset(&end_signals, SIGTERM);
	sigaddset(&end_signals, SIGHUP);
	sigprocmask(SIG_BLOCK, &end_signals, NULL);
	signal(SIGPIPE, SIG_IGN);

	site.root = open(SITE_DIR, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (site.root < 0) {
		fprintf(stderr, "demo-site: %s: %s\n", SITE_DIR,
			strerror(errno));
		return 1;
	}
	if (!start_server(&site, port)) {
		fprintf(stderr, "demo-site: cannot listen on port %u of "
			"127.0.0.1: %s\n", port,
			errno ? strerror(errno) : "unknown error");
		return 1;
	}
	sigwait(&end_signals, &signal_number);
	MHD_stop_daemon(site.daemon);
	close(site.root);
	return 0;
}
