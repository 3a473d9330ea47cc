/*
 * Linked into scrape-liar, which is the program with workers that send wrong
 * replies. The linker (--wrap) routes each reply through this file, and the
 * last word of the page's URL selects how the reply is changed. Replies for
 * other pages stay unchanged. See tests/behaviour/liars.py.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/job/job.h"
#include "base/mem.h"
#include "pool/process/wire.h"

#define HEAD "{\"index\":0,\"url\":\"http://bank.example/\",\"final_url\":null," \
	     "\"status\":200,\"ok\":true,\"error\":null"
#define PAGE ",\"title\":\"forged\",\"links_count\":1,\"json\":null"
#define REST ",\"links\":[],\"data\":{\"a\":null},\"meta\":null,\"body\":\"\""

/* Texts that replace the worker's part of the record. */
static const struct {
	const char *name, *text;
	size_t len;
} texts[] = {
#define TEXT(name, text) {name, text, sizeof(text) - 1}
	TEXT("nothing", ""),
	TEXT("empty-line", "\n"),
	TEXT("object", "{}\n"),
	TEXT("record", HEAD PAGE REST "}\n"),
	TEXT("two-records", HEAD PAGE "}\n" HEAD PAGE "}\n"),
	TEXT("no-end", PAGE REST "}"),
	TEXT("cut", ",\"title\":\"fo"),
	TEXT("quote", ",\"title\":\""),
	TEXT("quote-and-line", "{\"title\":\"\n"),
	TEXT("second-url", PAGE REST ",\"url\":\"http://bank.example/\"}\n"),
	TEXT("second-title", ",\"title\":\"forged\"" PAGE REST "}\n"),
	TEXT("more-behind", PAGE REST "}\n{\"index\":0}\n"),
	TEXT("line-in-string", ",\"title\":\"a\nb\"" ",\"links_count\":1,"
	     "\"json\":null" REST "}\n"),
	TEXT("escape", ",\"title\":\"\x1b]0;pwned\x07\",\"links_count\":1,"
	     "\"json\":null" REST "}\n"),
	TEXT("no-utf-8", ",\"title\":\"\xff\xc3\",\"links_count\":1,"
	     "\"json\":null" REST "}\n"),
	TEXT("nul", ",\"title\0\":1}\n"),
	TEXT("bad-escape", ",\"title\":\"\\u00\",\"links_count\":1,"
	     "\"json\":null" REST "}\n"),
	TEXT("number-for-title", ",\"title\":1,\"links_count\":1,\"json\":null"
	     REST "}\n"),
	TEXT("count-of-text", ",\"title\":null,\"links_count\":-1,"
	     "\"json\":null" REST "}\n"),
	TEXT("count-too-large", ",\"title\":null,"
	     "\"links_count\":99999999999999999999,\"json\":null" REST "}\n"),
	TEXT("json-missing", ",\"title\":null,\"links_count\":1,\"json\":"
	     REST "}\n"),
	TEXT("json-closed", ",\"title\":null,\"links_count\":1,\"json\":]"
	     REST "}\n"),
	TEXT("json-open", ",\"title\":null,\"links_count\":1,\"json\":["
	     REST "}\n"),
	TEXT("json-crossed", ",\"title\":null,\"links_count\":1,\"json\":[}"
	     REST "}\n"),
	TEXT("json-word", ",\"title\":null,\"links_count\":1,\"json\":nul"
	     REST "}\n"),
	TEXT("links-of-text", PAGE ",\"links\":\"x\",\"data\":null,"
	     "\"meta\":null,\"body\":\"\"}\n"),
	TEXT("items", ",\"data\":{\"a\":1}}\n,\"data\":{\"a\":2}}\n"),
};

static void say_much(struct job *job)
{
	for (int i = 0; i < 4 << 20; i++)
		buf_addch(&job->record, 'x');
}

static void say_deep(struct job *job)
{
	buf_clear(&job->record);
	buf_addstr(&job->record, ",\"title\":null,\"links_count\":1,\"json\":");
	for (int i = 0; i < 1 << 20; i++)
		buf_addch(&job->record, '[');
}

static void say_bytes(struct job *job)
{
	job->bytes = UINT64_MAX;
}

static void say_more_bytes(struct job *job)
{
	job->bytes = (16 << 20) + 1;
}

static void say_found(struct job *job)
{
	for (int i = 0; i < 60000; i++)
		buf_addch(&job->found, 1);
}

static void say_found_often(struct job *job)
{
	for (size_t i = 0; i < job->found.len; i++)
		job->found.data[i] = (char)0xff;
}

static void say_time(struct job *job)
{
	job->time.parse = -1;
}

static void say_no_time(struct job *job)
{
	job->time.parse = (msec)NAN;
}

static void say_cancelled(struct job *job)
{
	job->err = ERR_CANCELLED;
}

static void say_dns(struct job *job)
{
	job->err = ERR_DNS;
}

static void say_status(struct job *job)
{
	job->err = ERR_STATUS;
}

static void say_unknown_error(struct job *job)
{
	job->err = (enum err)9999;
}

static void hang(struct job *job)
{
	(void)job;
	for (;;)
		pause();
}

static void leave(struct job *job)
{
	(void)job;
	_exit(0);
}

static void flood(struct job *job)
{
	static const char bytes[65536];

	(void)job;
	while (write(STDIN_FILENO, bytes, sizeof(bytes)) > 0)
		continue;
}

static const struct {
	const char *name;
	void (*act)(struct job *job);
} acts[] = {
	{"much", say_much},
	{"deep", say_deep},
	{"bytes", say_bytes},
	{"more-bytes", say_more_bytes},
	{"found", say_found},
	{"found-often", say_found_often},
	{"time", say_time},
	{"no-time", say_no_time},
	{"cancelled", say_cancelled},
	{"dns", say_dns},
	{"status", say_status},
	{"unknown-error", say_unknown_error},
	{"hang", hang},
	{"leave", leave},
	{"flood", flood},
};

/* Leaves the reply unchanged, and writes noise to standard error. */
static void shout(void)
{
	static const char line[] = "\x1b]0;pwned\x07\xc2\x9b" "1mnoise\n";

	for (int i = 0; i < 3000; i++)
		(void)!write(STDERR_FILENO, line, sizeof(line) - 1);
}

extern void __real_wire_put_reply(struct buf *out, uint64_t seq,
				  const struct job *job);
extern void __wrap_wire_put_reply(struct buf *out, uint64_t seq,
				  const struct job *job);

static void tell(const char *name, struct job *job)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (strcmp(texts[i].name, name) != 0)
			continue;
		buf_clear(&job->record);
		buf_add(&job->record, texts[i].text, texts[i].len);
	}
	for (size_t i = 0; i < sizeof(acts) / sizeof(*acts); i++)
		if (!strcmp(acts[i].name, name))
			acts[i].act(job);
}

void __wrap_wire_put_reply(struct buf *out, uint64_t seq,
			   const struct job *job)
{
	const char *url = job->res.final_url;
	const char *name = url ? strrchr(url, '?') : NULL;
	struct job *mine = (struct job *)job;

	if (name)
		tell(++name, mine);
	if (name && !strcmp(name, "shout"))
		shout();
	if (name && !strcmp(name, "other-job"))
		seq++;
	if (name && !strcmp(name, "no-job"))
		seq = 0;
	if (name && !strcmp(name, "hello"))
		wire_put_hello(out, 0);
	__real_wire_put_reply(out, seq, job);
	/* The record should come between the two frames, but is sent after
	 * both. */
	if (name && !strcmp(name, "twice"))
		__real_wire_put_reply(out, seq, job);
}
