/* Loads libraries with dlopen(). A library that is loaded stays loaded, because
 * other threads may be calling it until the program ends. */
#include "base/library/library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/exit_code.h"
#include "base/log.h"

/* Protects the loading of all libraries. */
static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

/* Finds all functions. Returns NULL, or the name that the library lacks. */
static const char *find_functions(const struct library *library, void *handle)
{
	char *to = library->functions;

	for (const char *const *name = library->names; *name; name++) {
		void *found = dlsym(handle, *name);

		if (!found)
			return *name;
		/* Copies the pointer as POSIX recommends: ISO C cannot cast a
		 * void * to a function pointer. */
		memcpy(to, &found, sizeof(found));
		to += sizeof(found);
	}
	return NULL;
}

static int load_locked(struct library *library, struct buf *why)
{
	void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
	const char *missing;

	if (!handle) {
		buf_addf(why, "the library %s cannot be loaded (%s); in Debian "
			 "it is in the package %s", library->file, dlerror(),
			 library->package);
		return -1;
	}
	missing = find_functions(library, handle);
	if (missing) {
		buf_addf(why, "the library %s has no function %s, so its "
			 "version is another one than scrape needs",
			 library->file, missing);
		dlclose(handle);
		return -1;
	}
	if (library->on_load)
		library->on_load();
	atomic_store_explicit(&library->is_loaded, true, memory_order_release);
	return 0;
}

int library_load(struct library *library, struct buf *why)
{
	int err = 0;

	pthread_mutex_lock(&loading);
	if (!atomic_load_explicit(&library->is_loaded, memory_order_relaxed))
		err = load_locked(library, why);
	pthread_mutex_unlock(&loading);
	return err;
}

bool library_try(struct library *library)
{
	struct buf why = {0};
	const bool loaded = !library_load(library, &why);

	buf_release(&why);
	return loaded;
}

static _Atomic(void (*)(void)) on_missing;

void library_set_on_missing(void (*function)(void))
{
	atomic_store(&on_missing, function);
}

void library_load_or_exit(struct library *library)
{
	static atomic_flag is_reported = ATOMIC_FLAG_INIT;
	struct buf why = {0};
	void (*before_exit)(void);

	if (!library_load(library, &why))
		return;
	if (!atomic_flag_test_and_set(&is_reported))
		log_fatal("%s", buf_cstr(&why));
	before_exit = atomic_load(&on_missing);
	if (before_exit)
		before_exit();
	/* Do not call exit(), because other threads are running. */
	_exit(EXIT_NOT_COMPLETED);
}
