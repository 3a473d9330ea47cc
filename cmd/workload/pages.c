/*
 * Writes a page part by part until it has its size. Words, lengths and classes
 * are drawn from a random number generator that is seeded with the page's
 * number. The generator is part of this file, because the numbers of libc's
 * generators differ between systems.
 */
#include "cmd/workload/pages.h"

#include <stdint.h>
#include <string.h>

enum {
	SMALL_PAGES = 100,
	HEAVY_PAGES = 32,
	LISTS = 40,
};

struct draft {
	struct buf *out;	/* borrowed */
	uint64_t state;		/* state of the random number generator */
	unsigned page;		/* number of the page */
	unsigned parts;		/* number of parts written so far */
	const char *name;	/* name drawn by the last $A, and written by
				 * $a */
	unsigned id;		/* id drawn by the last $A, and written by $i */
};

static const char *const words[] = {
	"after", "answer", "bay", "before", "bridge", "budget", "channel",
	"child", "city", "clear", "coast", "council", "court", "default",
	"descriptor", "each", "field", "file", "flag", "forest", "given",
	"group", "harbour", "header", "house", "index", "island", "known",
	"later", "library", "light", "line", "market", "matter", "memory",
	"minister", "mountain", "network", "never", "night", "number", "option",
	"order", "page", "people", "pointer", "process", "public", "railway",
	"reader", "report", "result", "river", "school", "season", "signal",
	"string", "table", "thread", "value", "vote", "water", "winter",
	"world",
};

enum { WORDS = sizeof(words) / sizeof(*words) };

/* Returns 64 random bits: splitmix64, by Sebastiano Vigna (public domain). */
static uint64_t draw_bits(struct draft *d)
{
	uint64_t z = d->state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static unsigned draw_between(struct draft *d, unsigned least, unsigned most)
{
	return least + (unsigned)(draw_bits(d) % (most - least + 1));
}

static const char *draw_word(struct draft *d)
{
	return words[draw_bits(d) % WORDS];
}

static void add_words(struct draft *d, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		if (i)
			buf_addch(d->out, ' ');
		buf_addstr(d->out, draw_word(d));
	}
}

static void fill_placeholder(struct draft *d, char placeholder)
{
	switch (placeholder) {
	case 'w':
		buf_addstr(d->out, draw_word(d));
		break;
	case 's':
		add_words(d, draw_between(d, 4, 9));
		break;
	case 'd':
		buf_addf(d->out, "%u", draw_between(d, 1, 9));
		break;
	case 'n':
		buf_addf(d->out, "%u", draw_between(d, 100, 999));
		break;
	case 'A':
		d->name = draw_word(d);
		d->id = draw_between(d, 100000, 999999);
		/* fall through */
	case 'a':
		buf_addstr(d->out, d->name);
		break;
	case 'i':
		buf_addf(d->out, "%u", d->id);
		break;
	case 'p':
		buf_addf(d->out, "%u", d->parts);
		break;
	case 'P':
		buf_addf(d->out, "%u", d->page);
		break;
	}
}

/*
 * Appends text with placeholders: $w a word, $s some words, $d a digit, $n a
 * number, $A a new name (and a new id), $a the last name, $i the last id, $p
 * the part's number, $P the page's number. printf() is not used, because its
 * arguments would be drawn in the order in which they are evaluated, and
 * compilers differ in that.
 */
static void add(struct draft *d, const char *text)
{
	const char *at;

	for (; (at = strchr(text, '$')); text = at + 2) {
		buf_add(d->out, text, (size_t)(at - text));
		fill_placeholder(d, at[1]);
	}
	buf_addstr(d->out, text);
}

static void add_times(struct draft *d, unsigned times, const char *text)
{
	while (times--)
		add(d, text);
}

/* --- Manual pages --------------------------------------------------------- */

static void begin_manual(struct draft *d)
{
	add(d, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	       "<meta charset=\"utf-8\">\n<title>$w($d): $w $w</title>\n"
	       "<link rel=\"stylesheet\" href=\"/man.css\">\n"
	       "<link rel=\"up\" href=\"/man/\">\n</head>\n<body>\n"
	       "<nav class=\"toc\"><ul>\n");
	add_times(d, 24, "<li class=\"toc-$d\"><a href=\"#s$d\">$w $w</a>"
			 "</li>\n");
	add(d, "</ul></nav>\n<main>\n<h1>$s</h1>\n");
}

static void add_sentence(struct draft *d)
{
	static const char *const marked[] = {
		"$w $w <code class=\"literal\">$w</code> ",
		"$w <em class=\"replaceable\">$w</em> $w ",
		"$w $w <b>$w</b> $w $w ",
		"<span class=\"term\"><tt>$w()</tt></span> $w $w $w ",
		"<a class=\"xref\" href=\"/man/$w.$d.html#$w\">$w($d)</a> $w ",
	};

	for (unsigned i = draw_between(d, 4, 7); i; i--)
		add(d, marked[draw_between(d, 0, 4)]);
	add(d, "&mdash; $w $w.\n");
}

static void add_definitions(struct draft *d)
{
	add(d, "<dl class=\"variablelist\">\n");
	for (unsigned i = draw_between(d, 3, 8); i; i--) {
		add(d, "<dt id=\"$A-$i\"><code>--$a=<i>$w</i></code></dt>\n"
		       "<dd><p>");
		add_sentence(d);
		add(d, "</p></dd>\n");
	}
	add(d, "</dl>\n");
}

static void add_listing(struct draft *d)
{
	add(d, "<div class=\"highlight\"><pre>");
	add_times(d, draw_between(d, 4, 12),
		  "<span class=\"k\">if</span> <span class=\"p\">(</span>"
		  "<span class=\"n\">$w</span> <span class=\"o\">&lt;</span> "
		  "<span class=\"mi\">$n</span><span class=\"p\">)</span> "
		  "<span class=\"nf\">$w</span><span class=\"p\">();</span>\n");
	add(d, "</pre></div>\n");
}

static void add_table(struct draft *d)
{
	add(d, "<table class=\"docutils\"><thead><tr><th>Name</th>"
	       "<th>Value</th><th>Meaning</th></tr></thead>\n<tbody>\n");
	add_times(d, draw_between(d, 3, 10), "<tr><td><code>$w</code></td>"
		  "<td>$n</td><td>$s</td></tr>\n");
	add(d, "</tbody></table>\n");
}

static void add_section(struct draft *d)
{
	static void (*const ends[])(struct draft *) = {
		add_definitions, add_listing, add_table,
	};

	add(d, "<section id=\"s$p\">\n<h2>$w $w<a class=\"headerlink\" "
	       "href=\"#s$p\" title=\"Link to this heading\">&para;</a></h2>\n");
	for (unsigned i = draw_between(d, 1, 3); i; i--) {
		add(d, "<p>");
		add_sentence(d);
		add_sentence(d);
		add(d, "</p>\n");
	}
	ends[d->parts % 3](d);
	add(d, "</section>\n");
}

/* --- News ----------------------------------------------------------------- */

static void begin_news(struct draft *d)
{
	add(d, "<!DOCTYPE html>\n<html lang=\"en\" class=\"no-js\">\n<head>\n"
	       "<meta charset=\"utf-8\">\n<title>The $w $w, edition $P</title>\n"
	       "<meta name=\"viewport\" content=\"width=device-width\">\n"
	       "<meta property=\"og:type\" content=\"website\">\n"
	       "<meta property=\"og:title\" content=\"$s\">\n"
	       "<link rel=\"canonical\" href=\"/news/$P\">\n"
	       "<script type=\"application/ld+json\">{\"@type\":\"WebSite\","
	       "\"name\":\"$w $w\"}</script>\n<style>\n");
	add_times(d, 24, ".$w-$d>.$w{margin:$dpx;color:#$n}\n");
	add(d, "</style>\n</head>\n<body>\n<nav><ul class=\"menu\">\n");
	add_times(d, 30, "<li class=\"item\"><a href=\"/$w/\"><span>$w</span>"
			 "</a></li>\n");
	add(d, "</ul></nav>\n<main>\n");
}

static void add_card(struct draft *d)
{
	add(d, "<article class=\"card card-$d\" data-topic=\"$A\" id=\"a$i\">\n"
	       "<a class=\"card-image\" href=\"/$a/$i.html?from=front&amp;"
	       "place=$p\"><figure><img src=\"/img/$i.jpg\" width=\"320\" "
	       "height=\"180\" alt=\"$w $w\" loading=\"lazy\"></figure></a>\n"
	       "<div class=\"card-body\"><span class=\"tag tag-$a\">$a</span>"
	       "<h3><a href=\"/$a/$i.html\">$s</a></h3>\n"
	       "<p class=\"teaser\">$s, $s: $s.</p>\n<div class=\"meta\">"
	       "<span class=\"author\"><a href=\"/by/$w\">$w $w</a></span> "
	       "<time datetime=\"2024-0$d-1$dT1$d:15:00Z\">$d h</time> "
	       "<span class=\"comments\"><i class=\"icon\"></i>$n</span></div>\n"
	       "<ul class=\"related\">");
	add_times(d, draw_between(d, 1, 3),
		  "<li><a href=\"../$w/$n\">$w $w</a></li>");
	add(d, "</ul></div>\n</article>\n");
}

static void add_row(struct draft *d)
{
	add(d, "<section class=\"row row-$d\"><header><h2><a href=\"/$w\">"
	       "$w $w</a></h2></header>\n"
	       "<div class=\"grid\"><div class=\"col\">\n");
	for (unsigned i = draw_between(d, 2, 5); i; i--)
		add_card(d);
	add(d, "</div></div>\n");
	if (d->parts % 4 == 3)
		add(d, "<script>window.slots=window.slots||[];"
		       "slots.push({id:$p,size:[300,250],name:\"$w\"});"
		       "</script>\n<!-- slot $p -->\n");
	add(d, "</section>\n");
}

/* --- Kinds of answers ----------------------------------------------------- */

size_t workload_page_size(unsigned n)
{
	static const size_t sizes[] = {30, 40, 50, 60, 80, 100, 140, 200};

	return sizes[n / 2 % (sizeof(sizes) / sizeof(*sizes))] * 1000;
}

static void write_heavy(struct buf *out, unsigned n)
{
	struct draft d = {.out = out, .state = n, .page = n};
	const size_t end = out->len + workload_page_size(n);

	(n % 2 ? begin_manual : begin_news)(&d);
	for (; out->len < end; d.parts++)
		(n % 2 ? add_section : add_row)(&d);
	add(&d, "</main>\n<footer><p>$s</p></footer>\n</body>\n</html>\n");
}

static void write_small(struct buf *out, unsigned n)
{
	struct draft d = {.out = out, .state = n, .page = n};

	add(&d, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
		"<meta charset=\"utf-8\">\n<title>Page $P</title>\n</head>\n"
		"<body>\n<h1>$w $w</h1>\n");
	add_times(&d, 4, "<p>$s, $s; $s: <a href=\"/$w/$n\">$w</a>, $s.</p>\n");
	add(&d, "</body>\n</html>\n");
}

static void write_list(struct buf *out, unsigned n)
{
	struct draft d = {.out = out, .state = n, .page = n};

	add(&d, "{\"list\": $P, \"items\": [");
	for (unsigned i = draw_between(&d, 12, 120); i; i--) {
		add(&d, "\n  {\"name\": \"$A $w\", \"id\": $i, \"price\": $n.$d, "
			"\"stock\": $n, \"open\": true, \"tags\": [\"$a\", "
			"\"$w\"], \"parent\": null}");
		add(&d, i > 1 ? "," : "\n]}\n");
	}
}

const struct workload_kind workload_kinds[] = {
	{"small", "text/html; charset=utf-8", SMALL_PAGES, write_small},
	{"page", "text/html; charset=utf-8", HEAVY_PAGES, write_heavy},
	{"json", "application/json", LISTS, write_list},
	{0},
};

const struct workload_kind *workload_kind_find(const char *name)
{
	for (const struct workload_kind *k = workload_kinds; k->name; k++)
		if (!strcmp(k->name, name))
			return k;
	return NULL;
}
