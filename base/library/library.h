/*
 * Libraries that are loaded when one of their functions is first called. Most
 * runs need none of them, and loading them all takes longer than a short run.
 *
 * Such a library has a header of its own, which is included in place of the
 * library's (base/library/sqlite.h, for example). The header lists the
 * functions, declares a struct with a pointer to each of them, and makes the
 * names of the functions macros that call through these pointers; so callers
 * are written as if the program were linked with the library. A new function
 * is added to both lists.
 *
 * A process that gives up the right to open files has to load what it needs
 * before (parse_global_load()).
 */
#ifndef BASE_LIBRARY_LIBRARY_H
#define BASE_LIBRARY_LIBRARY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Member of the struct of a library's functions, and the name for dlsym(). A
 * variable of the library can be listed as well. */
#define LIBRARY_MEMBER(name) __typeof__(name) *name##_;
#define LIBRARY_NAME(name) #name,

struct library {
	const char *file;		/* name of the library's file, such as
					 * "libsqlite3.so.0" */
	const char *package;		/* Debian package that has the file */
	const char *const *names;	/* functions; NULL ends the list */
	void *functions;		/* struct with a pointer for each name,
					 * in this order */
	/* Prepares the library for its first use. May call functions only
	 * through the struct. NULL: nothing is to be done. */
	void (*on_load)(void);
	atomic_bool is_loaded;
};

/* Loads the library. Any thread may call. Returns 0; or -1, with the reason
 * appended to why. */
int library_load(struct library *library, struct buf *why);

/* Loads the library, or ends the program with a message. */
void library_load_or_exit(struct library *library);

static inline bool library_is_loaded(const struct library *library)
{
	return atomic_load_explicit(&library->is_loaded, memory_order_acquire);
}

/* Loads the library unless it is loaded. The pointers can be used then. */
static inline void library_need(struct library *library)
{
	if (!library_is_loaded(library))
		library_load_or_exit(library);
}

#endif
