/* The table of options of other programs, with what to write instead. */
#include "cmd/options/hints/hint_rows.h"

#include <stddef.h>

#define PARAMETERS "--url-query NAME=TEXT adds to the query of each URL; " \
		   "\"params\" in a line of JSON, to one"
#define WAITING "--retry-max-time SECONDS limits retries; their pauses grow " \
		"from 0.5 s, or are as long as the server asks"
#define FOLLOW "links are not followed; \"scrape --links URL | jq -r " \
	       "'.links[]?' | scrape -\" requests them"
#define SAVING "the bodies are put into the records by --body, and the " \
	       "records into one file by -o FILE"
#define LOGIN "only -u USER:PASSWORD (Basic), --oauth2-bearer TOKEN and " \
	      "--netrc are supported"
#define NO_SCRIPTS "pages are read without running scripts; look for the " \
		   "JSON that the page requests, and request that"
#define PIPE_JQ "records are lines of JSON; pipe them to jq"
#define TO_FILE "--log FILE writes messages to FILE; -v logs each request"
#define NO_STAMPS "there are no conditional requests; -H \"If-None-Match: " \
		  "...\" makes one"
#define TLS_VERSIONS "--tlsv1.2 and --tlsv1.3 set the oldest version of TLS; " \
		     "ciphers cannot be chosen"

/* words, letter, needs, advice */
const struct hint_row hint_rows[] = {
	/* Lists of URLs, and the order of requests */
	{"input-file input urls url-file list from-file url-list targets file",
	 'i', NULL, "give a list of URLs as FILE, without an option (and "
		    "--headers adds the response's headers)"},
	{"include show-headers response-headers", 0, "headers",
	 "--headers adds the response's headers to the record"},
	{"dump-header save-headers server-response", 'D', "headers",
	 "--headers adds the response's headers to the record"},
	{"next", ':', NULL, "give different requests as lines of JSON in a "
			    "FILE"},
	{"limit max count max-count head-lines sample", 0, NULL,
	 "there is no such limit; shorten the list: head -n 100 FILE | scrape"},
	{"shuffle random-order", 0, NULL,
	 "the list is requested as it is; shuffle it first: shuf FILE | "
	 "scrape"},
	{"dedup dedupe uniq distinct no-duplicates skip-duplicates", 0,
	 "unique", "--unique requests each URL only once"},
	{"dedup dedupe uniq distinct no-duplicates skip-duplicates unique", 0,
	 NULL, "remove duplicates from the list first: sort -u FILE | scrape"},
	{"input-csv csv-input from-csv", 0, "input-format",
	 "--input-format csv reads a list from a column of a table"},

	/* Crawling */
	{"recursive mirror depth level spider crawl follow-links max-depth "
	 "page-requisites span-hosts domains max-pages no-parent "
	 "convert-links include-directories exclude-directories", 0,
	 "scrape crawl",
	 "scrape crawl URL follows links; --level N, --scope NAME and "
	 "--max-pages N limit it"},
	{"recursive mirror depth level spider crawl follow-links max-depth "
	 "page-requisites span-hosts domains max-pages no-parent "
	 "convert-links include-directories exclude-directories", 0, NULL,
	 FOLLOW},
	{"follow-sitemaps sitemap sitemap-url use-sitemap", 0, "sitemaps",
	 "scrape crawl reads sitemaps; --sitemaps only, off or URL says how"},
	{"follow-sitemaps sitemap sitemap-url use-sitemap", 0,
	 "scrape crawl", "scrape crawl URL reads sitemaps; --sitemaps only "
	 "requests the pages in them"},
	{"exclude-regex exclude-url exclude-urls skip skip-regex ignore-regex",
	 0, "exclude", "--exclude REGEX leaves out URLs that match"},
	{"exclude-regex exclude-url exclude-urls exclude skip-regex "
	 "ignore-regex", 0, "reject-regex",
	 "--reject-regex REGEX follows no links to URLs that match"},
	{"include-regex include-url allow-regex", 0, "accept-regex",
	 "--accept-regex REGEX follows only links to URLs that match"},
	{"accept reject accept-regex reject-regex exclude exclude-url", 'R',
	 NULL, "select the URLs of the list first, with grep; --accept-regex "
	 "and --reject-regex select the links of scrape crawl"},
	{"robots obey-robots respect-robots robots-txt robotstxt-obey "
	 "ignore-robots no-robots", 0, "robots",
	 "--robots obeys robots.txt, --no-robots does not"},
	{"robots obey-robots respect-robots robots-txt robotstxt-obey "
	 "ignore-robots no-robots", 0, NULL,
	 "robots.txt is not read: only the list decides what to request"},

	/* Number and rate of requests */
	{"parallel parallel-immediate concurrency concurrent threads jobs "
	 "max-procs procs processes concurrent-requests max-concurrent "
	 "max-concurrency max-connections connections max-concurrent-downloads "
	 "max-threads parallelism pool-size batch", 'Z', "parallel-max",
	 "-P N sets the number of requests in flight"},
	{"", 'j', "parallel-max", "-P N sets the number of requests in "
				  "flight"},
	{"max-connection-per-server concurrent-requests-per-domain per-host "
	 "max-per-host host-concurrency split", 0, "parallel-max-host",
	 "--parallel-max-host N sets the number of requests in flight to a "
	 "host"},
	{"interval delay wait sleep repeat period poll frequency refresh "
	 "check-every watch-interval", 0, "every",
	 "--every INTERVAL says when each request of watch is repeated: 30s, "
	 "10m, 1d"},
	{"delay wait sleep pause interval download-delay throttle rps qps "
	 "rate-limit random-wait random-delay jitter autothrottle "
	 "autothrottle-enabled requests-per-second per-second rate-per-host "
	 "delay-between politeness", 0, "host-rate",
	 "--host-rate N/s sets how many requests a second go to a host, "
	 "evenly spaced"},
	{"no-rate-limit unlimited no-limit no-delay no-throttle no-host-rate",
	 0, "host-rate", "--host-rate none sends requests without a pause"},
	{"limit-rate max-download-limit max-overall-download-limit "
	 "speed-limit bandwidth bwlimit", 0, "host-rate",
	 "--rate and --host-rate limit requests; bytes per second cannot be "
	 "limited"},
	{"timeout max-wait request-timeout read-timeout download-timeout "
	 "response-timeout time-limit dns-timeout", 0, "max-time",
	 "-m SECONDS limits the time of a request, --connect-timeout SECONDS "
	 "that of connecting"},
	{"speed-time speed-limit lowest-speed-limit", 'y', "max-time",
	 "-m SECONDS limits the time of a request"},
	{"max-size max-download max-bytes maxsize download-maxsize "
	 "download-warnsize", 0, "max-filesize",
	 "--max-filesize BYTES limits the size of a body"},

	/* Retrying, and going on */
	{"retries tries max-retries max-tries retry-times retry-count attempts "
	 "max-attempts", 't', "retry",
	 "--retry N sets the number of further attempts"},
	{"no-retry no-retries", 0, "retry", "--retry 0 makes one attempt"},
	{"retry-delay retry-wait retry-on retry-on-http-error waitretry "
	 "backoff retry-http-codes", 0, "retry", WAITING},
	{"retry-all-errors retry-connrefused", 0, "retry",
	 "transient errors, refused connections among them, are retried "
	 "already if the method is idempotent"},
	{"continue restart continue-at resume-from restart-file", 'C',
	 "resume", "--resume continues the run that wrote -o FILE"},
	{"rerun-failed only-failed redo repeat-failed retry-errors", 0,
	 "retry-failed", "--retry-failed repeats the requests of -o FILE that "
			 "failed"},
	{"rerun-failed only-failed redo repeat-failed retry-errors "
	 "retry-failed", 0, "resume",
	 "remove the records that failed from FILE, then --resume requests "
	 "them again"},
	{"append", 'a', NULL,
	 "--resume continues -o FILE, and -o /dev/stdout >> FILE appends"},
	{"overwrite force no-clobber clobber backup", 0, NULL,
	 "a FILE of -o that is not empty is kept as FILE~"},
	{"fail-fast halt stop-on-error exit-on-error abort-on-error "
	 "max-errors closespider-errorcount", 0, NULL,
	 "a run goes on after failed requests; --fail and --fail-over N% make "
	 "the exit code 1 at its end"},
	{"fail-threshold failure-threshold allow-failures max-failures "
	 "fail-under error-rate max-error-rate", 0, "fail-over",
	 "--fail-over N% makes the exit code 1 if more than that fails"},
	{"keep-going ignore-errors no-fail continue-on-error", 0, NULL,
	 "a run goes on after failed requests already"},
	{"fail-with-body", 0, "fail",
	 "--fail --body does that: the body is in the record whatever the "
	 "status"},
	{"strict check check-status expect-status", 0, "fail",
	 "--fail makes a status >= 400 an error and the exit code 1"},

	/* Requests */
	{"params param query-string query-param qs", 0, "url-query",
	 PARAMETERS},
	{"multipart", 0, "form", "-F NAME=TEXT and -F NAME=@FILE send a form"},
	{"upload-file upload", 'T', "request",
	 "-X PUT --data-binary @FILE sends a file (and -m SECONDS limits the "
	 "time of a request)"},
	{"method http-method verb", 0, "request",
	 "-X METHOD sets the method"},
	{"post-data post body-data payload raw-data request-body", 0, "data",
	 "-d TEXT sends a form, --json TEXT JSON, --data-binary @FILE a file"},
	{"post-file body-file", 0, "data", "--data-binary @FILE sends a file"},
	{"head-only headers-only", 0, "head", "-I makes HEAD requests"},
	{"ua agent useragent browser-agent user-agent-random random-agent "
	 "user-agents", 0, "user-agent",
	 "-A TEXT sets the User-Agent of all requests; \"headers\" in a line "
	 "of JSON set that of one"},
	{"header-file headers-file", 0, "header",
	 "-H @FILE reads headers from a file"},
	{"cookies load-cookies cookie-file cookies-enabled", 0, "cookie",
	 "-b FILE or -b NAME=VALUE sends cookies"},
	{"save-cookies cookiejar keep-session-cookies session "
	 "session-read-only", 0, "cookie-jar",
	 "-c FILE keeps cookies and writes them to FILE; -b FILE reads them"},
	{"junk-session-cookies", 0, "cookie", "-b FILE reads cookies"},
	{"gzip gunzip compress compression encoding-gzip decompress "
	 "accept-encoding tr-encoding http-accept-gzip no-compression", 0,
	 NULL,
	 "gzip, deflate, br and zstd are always asked for and decoded; for a "
	 "compressed output pipe it to gzip"},
	{"follow follow-redirects follow-location", 0, "location",
	 "redirects are followed already, up to --max-redirs N"},
	{"no-redirect no-redirects no-follow no-follow-redirects "
	 "dont-redirect", 0, "location", "--no-location does not follow "
					 "redirects"},
	{"max-redirect max-redirects redirects redirect-max-times", 0,
	 "max-redirs", "--max-redirs N limits the redirects of a request"},
	{"post301 post302 post303", 0, "location",
	 "redirects change POST to GET, as in browsers"},
	{"", 'r', "scrape crawl",
	 "scrape crawl URL follows links, and -H \"Range: bytes=0-99\" "
	 "requests a part"},
	{"", 'r', NULL,
	 "links are not followed; -H \"Range: bytes=0-99\" requests a part"},
	{"range", 0, "header", "-H \"Range: bytes=0-99\" requests a part"},
	{"time-cond if-modified-since timestamping etag-save etag-compare "
	 "cache cache-dir no-cache httpcache httpcache-enabled", 'z', NULL,
	 NO_STAMPS},

	/* Logins and the network */
	{"auth login http-user username http-password basic httpauth", 0,
	 "user", "-u USER:PASSWORD logs in"},
	{"password http-passwd passwd ask-password", 0, "user",
	 "-u USER:PASSWORD logs in, and -u @FILE reads both from a file"},
	{"bearer token api-key apikey access-token auth-token jwt", 0,
	 "oauth2-bearer", "--oauth2-bearer TOKEN sends a bearer token, -H "
			  "\"X-Api-Key: ...\" any other key"},
	{"digest ntlm negotiate anyauth auth-type aws-sigv4 kerberos "
	 "auth-no-challenge delegation", 'M', "user", LOGIN},
	{"location-trusted", 0, "user",
	 "logins are sent to the first host alone"},
	{"proxy-user proxy-auth proxy-password", 'U', "proxy",
	 "-x http://USER:PASSWORD@HOST:PORT logs in to a proxy"},
	{"proxies http-proxy https-proxy all-proxy proxy-url proxy-list "
	 "rotate-proxies", 0, "proxy",
	 "-x URL sends all requests through one proxy"},
	{"socks4 socks4a socks5 socks5-hostname preproxy", 0, "proxy",
	 "-x socks5h://HOST:PORT uses a SOCKS proxy"},
	{"no-proxy", 0, "noproxy",
	 "-x \"\" uses no proxy, --noproxy HOSTS none for these hosts"},
	{"no-check-certificate no-verify verify verify-ssl ssl-verify "
	 "no-ssl-verify check-certificate ignore-https-errors ssl-no-verify "
	 "skip-verify", 0, "insecure", "-k does not verify the server"},
	{"ca ca-bundle capath ca-certificate ca-directory ca-file", 0,
	 "cacert", "--cacert FILE names the authorities to trust"},
	{"certificate client-cert cert-file private-key cert-key", 0, "cert",
	 "-E FILE is the client's certificate, --key FILE its key"},
	{"tlsv1 tlsv1.0 tlsv1.1 tls-max ciphers tls13-ciphers "
	 "ssl ssl-version secure-protocol sslv2 sslv3 curves pinnedpubkey", '1',
	 NULL, TLS_VERSIONS},
	{"", '2', NULL, TLS_VERSIONS},
	{"", '3', NULL, TLS_VERSIONS},
	{"certificate-info cert-info ssl-info certs show-cert", 0, "tls-info",
	 "--tls-info adds the certificate and the version of TLS to the "
	 "record"},
	{"http1 http1.0 http3 http3-only http2-prior-knowledge http0.9", '0',
	 "http2", "--http1.1 and --http2 choose the protocol; there are no "
		  "others"},
	{"dns nameserver nameservers doh-url dns-server resolver "
	 "async-dns-server", 0, "dns-servers",
	 "--dns-servers ADDRS, joined by commas, are asked instead of the "
	 "system's"},
	{"connect-to hosts-file host-resolver", 0, "resolve",
	 "--resolve HOST:PORT:ADDR uses that address"},
	{"interface bind-address local-port local-address source-ip "
	 "unix-socket abstract-unix-socket", 0, NULL,
	 "the local address cannot be chosen"},
	{"inet4-only prefer-family", 0, "ipv4",
	 "-4 uses IPv4 addresses only, -6 IPv6 addresses only"},
	{"inet6-only", 0, "ipv6", "-6 uses IPv6 addresses only"},
	{"tcp-nodelay keepalive no-keepalive keepalive-time", 0, NULL,
	 "connections are kept and used again; there is nothing to set"},

	/* Records */
	{"csv to-csv", 0, "format", "--format csv writes a table"},
	{"tsv tabs", 0, "format", "--format tsv writes a table with tabs"},
	{"jsonl ndjson jsonlines jl lines json-lines json-seq", 0, "format",
	 "lines of JSON are the default: --format jsonl"},
	{"json-output to-json array json-array", 0, "format",
	 "--format json writes one array"},
	{"sqlite sqlite3 db database sql", 0, "format",
	 "--format sqlite -o FILE writes a database"},
	{"xlsx excel xls", 0, "format",
	 "--format csv writes a table that spreadsheets open"},
	{"xml yaml html-output markdown parquet", 0, "format",
	 "there is no such format; --format jsonl, json or csv can be "
	 "converted"},
	{"postgres postgresql pg dsn connection connection-string pg-url", 0,
	 "format", "-o postgresql://USER@HOST/DB writes to PostgreSQL"},
	{"output-format out-format output-type fmt", 0, "format",
	 "--format NAME sets the format of the records"},
	{"out outfile output-file out-file save save-to dest destination "
	 "logfile-output output-document o", 0, "output",
	 "-o FILE writes the records to FILE"},
	{"remote-name remote-name-all remote-header-name content-disposition "
	 "download save-html dump directory-prefix output-dir create-dirs "
	 "dir prefix files-store", 'O', NULL, SAVING},
	{"", 'J', NULL, SAVING},
	{"write-out", 'w', NULL,
	 "every record has status, bytes and times; jq selects them (and "
	 "--host-rate N/s limits how often a host is asked)"},
	{"print print-headers download-only raw raw-output slurp "
	 "compact compact-output sort-keys indent pretty pprint "
	 "pretty-print prettyprint color colour no-color monochrome-output "
	 "style theme highlight", 0, NULL, PIPE_JQ},
	{"html body-only source text page-source content show-body", 0, NULL,
	 "--body adds the body to the record; scrape --body URL | jq -r .body "
	 "prints it"},
	{"max-warnings severity min-severity fail-level strict werror", 0,
	 "fail-on", "--fail-on warning makes the exit code 1 for warnings, too"},
	{"skip-kind ignore-kind exclude-kind suppress", 0, "fail-on",
	 "--ignore KINDS leaves findings out"},
	{"cols column fields-list field-order export-fields feed-export-fields "
	 "header-row columns-order only", 0, "columns",
	 "--columns NAME,NAME... chooses the columns of a table, in order"},
	{"cols column fields-list field-order export-fields feed-export-fields "
	 "header-row columns-order only", 0, NULL, PIPE_JQ},
	{"delimiter separator sep field-separator quotechar quoting "
	 "out-delimiter", 0, "format",
	 "--format csv writes commas, --format tsv tabs; there are no others"},
	{"no-header no-header-row no-headers skip-header noheader", 0,
	 "format", "a table always has a row of names; leave it out with "
		   "tail -n +2"},
	{"utf8-bom byte-order-mark utf-8-sig excel-bom", 0, "bom",
	 "--bom begins a table with a byte order mark"},
	{"table-name sqlite-table", 0, "table",
	 "--table NAME sets the table of a database"},
	{"pk primary-key replace insert-or-replace unique-key", 0, "upsert",
	 "--upsert keeps one row for each URL"},
	{"null print0 zero", 0, NULL,
	 "records are lines; jq -j '.url + \"\\u0000\"' writes NULs"},
	{"ip remote-ip timestamp timestamps fetched-at date http-version "
	 "redirect-chain history status time-total timings bytes", 0, NULL,
	 "every record has it already"},
	{"no-buffer line-buffered unbuffered flush", 'N', NULL,
	 "records are written as they arrive already"},
	{"sort order in-order keep-order preserve-order sorted", 0, "ordered",
	 "--ordered writes records in the order of the list"},
	{"statistics stats metrics report-file stats-file dump-stats", 0,
	 "summary", "--summary FILE writes the counts and times of a run, "
		    "--report FILE a page with diagrams"},

	/* Fields */
	{"css selector css-select query field fields extract-css", 0, "select",
	 "--select NAME=CSS makes a field; --xpath NAME=XPATH and --jq "
	 "NAME=FILTER do, too"},
	{"filter jq-filter", 0, "jq",
	 "--jq NAME=FILTER makes a field of JSON"},
	{"xpath-expr", 0, "xpath", "--xpath NAME=XPATH makes a field"},
	{"attr attribute href", 0, "select",
	 "an attribute is --select NAME='a::attr(href)'"},
	{"regex regexp pattern match grep find", 0, "extract",
	 "a pattern is \"regex\" of a field in the file of --extract"},
	{"rows items-selector row each-css item loop foreach", 0, "each",
	 "--each CSS makes an object for each match"},
	{"metadata opengraph json-ld jsonld microdata schema-org", 0, "meta",
	 "--meta adds the metadata of a page"},
	{"readability main-text main-content extract-text text-content "
	 "trafilatura boilerplate", 0, "article",
	 "--article adds the main text of a page, with title, authors and "
	 "date"},
	{"md to-markdown as-markdown gfm html2text", 0, "markdown",
	 "--markdown adds the page as Markdown; --format md writes files"},
	{"base base-href baseurl", 0, "base-url",
	 "--base-url URL resolves the links of a file"},
	{"base base-href baseurl", 0, NULL,
	 "links are resolved against the URL of the page"},
	{"encoding input-encoding output-encoding remote-encoding "
	 "feed-export-encoding", 0, "charset",
	 "records are in UTF-8; --charset NAME is the encoding of bodies that "
	 "declare a wrong one"},
	{"content-type mime mime-type input-type parser", 0, "type",
	 "--type NAME sets the type of bodies"},
	{"javascript js render headless browser chrome chromium firefox "
	 "screenshot wait-for wait-until user-data-dir playwright selenium "
	 "splash execute", 0, NULL, NO_SCRIPTS},
	{"arg argjson args rawfile slurpfile from-jq-file", 0, NULL,
	 "filters have no arguments; write the value into the filter"},

	/* Messages, help and set-up */
	{"quiet no-verbose no-messages", 0, "silent",
	 "-s shows only messages that end the run"},
	{"debug trace trace-ascii trace-time log-level loglevel very-verbose",
	 0, "verbose", TO_FILE},
	{"log-file logfile append-output stderr error-log", 0, "log", TO_FILE},
	{"json-log log-json structured-logs", 0, "log-format",
	 "--log-format json writes each message as an object"},
	{"progress progress-bar bar show-progress", '#', "progress-meter",
	 "--progress-meter shows the progress"},
	{"no-progress no-progress-bar", 0, "progress-meter",
	 "--no-progress-meter hides the progress"},
	{"config-file conf settings rcfile curlrc", 0, "config",
	 "-K FILE reads options from a file"},
	{"set env setting define", 0, "var",
	 "--var NAME=VALUE sets a variable of the spec"},
	{"set env setting define", 0, NULL, "there are no settings but the "
					    "options; -K FILE reads them "
					    "from a file"},
	{"help-all usage man manual examples", '?', NULL,
	 "scrape --help lists the options, and man scrape explains them"},
	{"daemon background fork detach", 0, NULL,
	 "run it in the background with & or nohup"},
	{"simulate dry noop no-act plan", 0, "dry-run",
	 "--dry-run shows what would be requested, and requests nothing"},
	{"dry-run simulate dry noop no-act plan", 0, NULL,
	 "only a list can be tried without requests: scrape --dry-run FILE"},
	{"paginate pages all-pages next-page pagination", 0, "spec",
	 "\"paginate\" of an endpoint in the --spec follows pages"},
	{"paginate pages all-pages next-page pagination", 0, NULL,
	 "scrape gather --spec FILE follows pages of an API"},
	{"runs iterations rounds times", 0, "repeat",
	 "--repeat N runs each mode N times"},
	{"", 'n', "repeat", "--repeat N runs each mode N times"},

	/* Letters that have another meaning in other programs */
	{"", 'p', NULL, "-P N sets the number of requests in flight, and -x "
			"URL a proxy"},
	{"", 'l', NULL, FOLLOW},
	{"", 'B', NULL, "--data-binary @FILE sends a file as it is; --base-url "
			"URL is for scrape extract"},
	{"", 'W', NULL, "-s shows only messages that end the run"},

	{.words = NULL},
};
