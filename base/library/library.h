/*
 * Libraries that are loaded when one of their functions is first called. Most
 * runs need none of them, and loading them all takes longer than a short run.
 *
 * For each such library there is a header here, which is included instead of
 * the library's own header (base/library/sqlite.h, for example). The header
 * lists the functions, declares a struct with a pointer to each function, and
 * defines a macro with the name of each function, which calls through the
 * pointer; so callers are written as if the program were linked with the
 * library. A new function needs an entry in the list and a macro.
 *
 * A process that gives up the right to open files has to load the libraries
 * before (parse_global_load()).
 */
#ifndef BASE_LIBRARY_LIBRARY_H
#define BASE_LIBRARY_LIBRARY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct buf;

/* LIBRARY_MEMBER() declares the pointer to a function in the library's struct;
 * LIBRARY_NAME() is the name for dlsym(). Variables of the library can be
 * listed as well. */
#define LIBRARY_MEMBER(name) __typeof__(name) *name##_;
#define LIBRARY_NAME(name) #name,

struct library {
	const char *file;		/* name of the library's file, such as
					 * "libsqlite3.so.0" */
	const char *package;		/* Debian package that has the file */
	const char *const *names;	/* names of the functions; NULL ends the
					 * list */
	void *functions;		/* struct with a pointer for each of
					 * names, in the same order */
	/* Prepares the library for its first use. May call functions only
	 * through the struct. NULL: nothing is to be done. */
	void (*on_load)(void);
	atomic_bool is_loaded;
};

/* Loads the library. Any thread may call. Returns 0; or -1, with the reason
 * appended to why. */
int library_load(struct library *library, struct buf *why);

/* Like library_load(), without the reason. Returns false on failure. */
bool library_try(struct library *library);

/* Loads the library, or ends the program with a message. */
void library_load_or_exit(struct library *library);

/* Sets a function that library_load_or_exit() calls before it ends the program,
 * in the thread that needs the library; several threads may call it at once.
 * NULL: no function. */
void library_set_on_missing(void (*on_missing)(void));

static inline bool library_is_loaded(const struct library *library)
{
	return atomic_load_explicit(&library->is_loaded, memory_order_acquire);
}

/* Loads the library unless it is loaded. After that the pointers can be
 * used. */
static inline void library_need(struct library *library)
{
	if (!library_is_loaded(library))
		library_load_or_exit(library);
}

#endif
