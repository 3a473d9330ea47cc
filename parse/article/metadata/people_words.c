#include "parse/article/metadata/people_words.h"

#include <stddef.h>

const char *const people_by[] = {
	/* English */
	"written by", "posted by", "published by", "created by", "authored by",
	"article by", "words by", "story by", "text by", "reported by",
	"started by", "submitted by", "contributed by", "blog by", "post by",
	"post author", "written and edited by", "about the author", "by",
	"author name", "authors", "author", "contributors", "contributor",
	/* German, Dutch */
	"geschrieben von", "verfasst von", "veröffentlicht von", "ein beitrag von",
	"von", "autoren", "autorin", "geschreven door", "geplaatst door",
	"gepubliceerd door", "door", "auteurs", "auteur",
	/* French */
	"écrit par", "publié par", "rédigé par", "proposé par", "par",
	"autrice", "auteure",
	/* Spanish, Portuguese */
	"escrito por", "publicado por", "redactado por", "postado por",
	"por", "autora", "autores",
	/* Italian */
	"scritto da", "pubblicato da", "a cura di", "di", "autore", "autrice",
	/* Polish, Russian, Swedish */
	"napisane przez", "opublikowane przez", "przez", "autorzy", "autor",
	"автор статьи", "авторы", "автор", "skriven av", "publicerad av",
	"text av", "av", "författare",
	NULL,
};

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
	"articles", "date", "share this", "profile", "all posts", NULL,
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
