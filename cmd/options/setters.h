/* Setters of the rows in the option table (cmd/options/table.h). A setter
 * checks the value of its option and stores it in the member that use->to
 * points to. The comment after each one gives the type of that member and, if
 * the setter uses them, the meaning of the row's min and max. */
#ifndef CMD_OPTIONS_SETTERS_H
#define CMD_OPTIONS_SETTERS_H

struct buf;
struct option_use;

/* setter	member		min, max				*/
int opt_nothing(const struct option_use *use);	/* stores nothing: accepts an
						 * option of curl whose effect
						 * is the default here */
int opt_flag(const struct option_use *use);	/* bool */
int opt_choice(const struct option_use *use);	/* enum; stores the row's min */
int opt_number(const struct option_use *use);	/* unsigned	from, to */
int opt_redirects(const struct option_use *use);/* unsigned; -1 stands for "no
						 * limit" */
int opt_size(const struct option_use *use);	/* uint64_t; 0 stands for "no
						 * limit" */
int opt_seconds(const struct option_use *use);	/* msec; if min is 0, a value of
						 * 0 means "no limit" */
int opt_rate(const struct option_use *use);	/* msec, the interval between
						 * two starts */
int opt_robots_agent(const struct option_use *use);	/* char * */
int opt_host_rate(const struct option_use *use);	/* struct
							 * schedule_config */
int opt_string(const struct option_use *use);	/* char *	min 1: not "" */
int opt_shard(const struct option_use *use);	/* struct shard */
int opt_list(const struct option_use *use);	/* strings	min 1: not "" */
int opt_method(const struct option_use *use);	/* char * */
int opt_referer(const struct option_use *use);	/* char *; "" becomes NULL */
int opt_cookie(const struct option_use *use);
int opt_file_out(const struct option_use *use);	/* char *; "-" is refused */
int opt_output(const struct option_use *use);	/* char *; "-" becomes NULL */
int opt_scheme(const struct option_use *use);	/* char *, http or https */
int opt_mode(const struct option_use *use);	/* struct mode * */
int opt_input_format(const struct option_use *use);
int opt_format(const struct option_use *use);	/* struct format * */
int opt_audit_format(const struct option_use *use);	/* enum audit_format;
							 * min: the last one */
int opt_warc_digests(const struct option_use *use);	/* enum
							 * warc_digest_name */
int opt_warc_header(const struct option_use *use);	/* strings, lines */
int opt_fail_over(const struct option_use *use);
int opt_on_or_off(const struct option_use *use);	/* enum choice */
int opt_color(const struct option_use *use);	/* enum choice */
int opt_log_format(const struct option_use *use);	/* bool: JSON */
int opt_url(const struct option_use *use);	/* adds a source */
int opt_config(const struct option_use *use);	/* reads a -K file */

/* cmd/options/extraction.c: min of opt_field is an enum field_kind. */
int opt_field(const struct option_use *use);
int opt_each(const struct option_use *use);
int opt_items(const struct option_use *use);
int opt_extract(const struct option_use *use);
int opt_type(const struct option_use *use);	/* enum media */
int opt_markdown(const struct option_use *use);	/* enum markdown_part */
int opt_charset(const struct option_use *use);	/* char[PARSE_CHARSET_MAX] */
int opt_base_url(const struct option_use *use);	/* char * */

int opt_help(const struct option_use *use);
int opt_version(const struct option_use *use);

int opt_spec(const struct option_use *use);	/* char *, a file or - */
int opt_var(const struct option_use *use);	/* strings, NAME=VALUE */

/* cmd/options/body.c: min of opt_data is an enum data_how. */
enum data_how { DATA_TEXT, DATA_RAW, DATA_BINARY, DATA_AS_JSON, DATA_ENCODED };
int opt_data(const struct option_use *use);
int opt_url_query(const struct option_use *use);
int opt_header(const struct option_use *use);

/* in cmd/options/file_values.c: */
int opt_variable(const struct option_use *use);	/* struct variables */

/* cmd/options/form.c: min 1: the value is text, @ and < are not special. */
int opt_form(const struct option_use *use);

/* cmd/options/resume.c */
int opt_resume(const struct option_use *use);	/* enum resume_by */
int opt_retry_failed(const struct option_use *use); /* struct retry_kinds */

/* Appends the contents of the file that a value names as "@FILE" ("@-":
 * standard input). Returns 0, or -1 after adding to use->why. */
int option_read_file(struct buf *to, const struct option_use *use);

/* in cmd/options/file_values.c; both values may be @FILE, a file of one
 * line: */
int opt_login(const struct option_use *use);	/* char *, user:password */
int opt_bearer(const struct option_use *use);	/* char * */
int opt_refresh_token(const struct option_use *use);	/* struct
							 * oauth2_client */

#endif
