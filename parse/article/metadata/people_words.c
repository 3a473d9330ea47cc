#include "parse/article/metadata/people_words.h"

#include <stddef.h>
#include <stdint.h>

#include "base/ascii.h"

/* Words before a name, by their first letter, the longer ones first.
 * people_by() knows the second letters. */
static const char *const by_a[] = {
	"about the author", "authored by", "author name", "article by",
	"a cura di", "authors", "autoren", "autorin", "auteurs", "autrice",
	"auteure", "autores", "autorzy", "author", "auteur", "autora",
	"autore", "autor", "av", NULL,
};
static const char *const by_b[] = {
	"blog by", "by", NULL,
};
static const char *const by_c[] = {
	"contributed by", "contributors", "contributor", "created by", NULL,
};
static const char *const by_d[] = {
	"door", "di", NULL,
};
static const char *const by_e[] = {
	"ein beitrag von", "escrito por", NULL,
};
static const char *const by_f[] = {
	"författare", NULL,
};
static const char *const by_g[] = {
	"gepubliceerd door", "geschrieben von", "geschreven door",
	"geplaatst door", NULL,
};
static const char *const by_n[] = {
	"napisane przez", NULL,
};
static const char *const by_o[] = {
	"opublikowane przez", NULL,
};
static const char *const by_p[] = {
	"publicado por", "pubblicato da", "publicerad av", "published by",
	"proposé par", "post author", "publié par", "postado por",
	"posted by", "post by", "przez", "par", "por", NULL,
};
static const char *const by_r[] = {
	"redactado por", "rédigé par", "reported by", NULL,
};
static const char *const by_s[] = {
	"submitted by", "started by", "scritto da", "skriven av", "story by",
	NULL,
};
static const char *const by_t[] = {
	"text by", "text av", NULL,
};
static const char *const by_v[] = {
	"veröffentlicht von", "verfasst von", "von", NULL,
};
static const char *const by_w[] = {
	"written and edited by", "written by", "words by", NULL,
};
static const char *const by_other[] = {
	"автор статьи", "авторы", "écrit par", "автор", NULL,
};

static const char *const by_none[] = {NULL};

/* A set of second bytes, of which the lower five bits count. */
#define SECOND(c) (UINT32_C(1) << ((c) & 31))

const char *const *people_by(struct slice text)
{
	static const struct {
		const char *const *words;
		uint32_t second;
	} lists[26] = {
		['a' - 'a'] = {by_a, SECOND(' ') | SECOND('b') | SECOND('r') |
				     SECOND('u') | SECOND('v')},
		['b' - 'a'] = {by_b, SECOND('l') | SECOND('y')},
		['c' - 'a'] = {by_c, SECOND('o') | SECOND('r')},
		['d' - 'a'] = {by_d, SECOND('o') | SECOND('i')},
		['e' - 'a'] = {by_e, SECOND('i') | SECOND('s')},
		['f' - 'a'] = {by_f, SECOND('\xc3')},
		['g' - 'a'] = {by_g, SECOND('e')},
		['n' - 'a'] = {by_n, SECOND('a')},
		['o' - 'a'] = {by_o, SECOND('p')},
		['p' - 'a'] = {by_p, SECOND('u') | SECOND('r') | SECOND('o') |
				     SECOND('a')},
		['r' - 'a'] = {by_r, SECOND('e') | SECOND('\xc3')},
		['s' - 'a'] = {by_s, SECOND('u') | SECOND('t') | SECOND('c') |
				     SECOND('k')},
		['t' - 'a'] = {by_t, SECOND('e')},
		['v' - 'a'] = {by_v, SECOND('e') | SECOND('o')},
		['w' - 'a'] = {by_w, SECOND('r') | SECOND('o')},
	};
	size_t i;

	if (*text.p & 0x80)
		return by_other;
	if (!ascii_is_letter(*text.p) || text.len < 2)
		return by_none;
	i = (size_t)(ascii_lower(*text.p) - 'a');
	return lists[i].second & SECOND(text.p[1]) ? lists[i].words : by_none;
}

const char *const people_and[] = {
	"and", "und", "et", "y", "e", "ed", "en", "i", "oraz", "и", "och",
	"with", NULL,
};

const char *const people_nobody[] = {
	"admin", "administrator", "webmaster", "root", "user", "guest",
	"anonymous", "unknown", "author", "authors", "author name", "null",
	"undefined", "none", "n/a", "na", "editor", "contact", "website",
	"site admin", "siteadmin", "wpadmin", "wp admin", "wordpress",
	"super user", "superuser", "super admin", "superadmin", "moderator",
	"more", "about", "share", "posts", "view all posts", "bio",
	"about the author", "facebook", "twitter", "linkedin", "instagram",
	"follow", "subscribe", "read more", "x", "by", "updated", "published",
	"posted", "guide", "review", "news", "blog", "home", "article",
	"articles", "date", "share this", "profile", "all posts", "username",
	"user name", "login", "log in", "sign in", "sign up", "register", NULL,
};

const char *const people_text_credits[] = {
	"words", "text", "story", "author", "authors", "writer", "writers",
	"reporting", "interview", "article", "texte", "texto", "testo",
	"tekst", NULL,
};

const char *const people_roles[] = {
	"editor", "writer", "reporter", "contributor", "correspondent",
	"journalist", "author", "founder", "co-founder", "cofounder", "ceo",
	"cto", "cmo", "coo", "cfo", "director", "manager", "president",
	"md", "phd", "ph", "mph", "rn", "rd", "rdn", "ldn", "cpa", "cfp",
	"cfa", "mba", "jd", "esq", "msc", "ms", "ma", "mfa", "bsc", "ba", "dds", "dmd",
	"np", "pa", "pharmd", "psyd", "lcsw", "lmft", "cscs", "cpt",
	"pt", "dpt", "ms", "bs", "edd", "jr", "sr", "staff", "specialist",
	"analyst", "consultant", "professor", "redakteur", "redakteurin",
	"redacteur", "rédacteur", "redactor", "redattore", "redaktor",
	"contributing", "senior", "guest", "freelance", "assistant",
	"associate", "managing", "executive", "medical", "content",
	"inc", "llc", "ltd", "gmbh", "head", "lead", "chief", NULL,
};
