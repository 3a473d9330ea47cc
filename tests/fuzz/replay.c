/*
 * main() of the fuzz targets in builds without libFuzzer:
 *
 *	fuzz_NAME FOLDER...
 *
 * runs the target on an empty input, and then on each file of the folders, in
 * the order of their names. If a target finds a fault, it aborts; the last name
 * printed is that of the input. A missing folder counts as empty, because most
 * targets have no inputs that once failed.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fail(const char *path)
{
	perror(path);
	exit(1);
}

static void replay_bytes(const void *data, size_t size)
{
	/* A block of the exact size, so that a sanitizer finds reads beyond
	 * it. */
	uint8_t *copy = xmalloc(size ? size : 1);

	if (size)
		memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static void replay_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct buf b = {0};
	size_t n;

	if (!f)
		fail(path);
	while ((n = fread(buf_reserve(&b, 4096), 1, 4096, f)) > 0)
		b.len += n;
	if (ferror(f))
		fail(path);
	fclose(f);
	puts(path);
	fflush(stdout);
	replay_bytes(b.data, b.len);
	buf_release(&b);
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int replay_folder(const char *folder)
{
	struct dirent **entries;
	int len = scandir(folder, &entries, is_visible, alphasort);

	if (len < 0 && errno != ENOENT)
		fail(folder);
	for (int i = 0; i < len; i++) {
		char *path = xasprintf("%s/%s", folder, entries[i]->d_name);

		replay_file(path);
		free(path);
		free(entries[i]);
	}
	if (len >= 0)
		free(entries);
	return len > 0 ? len : 0;
}

int main(int argc, char **argv)
{
	int files = 0;

	replay_bytes(NULL, 0);
	for (int i = 1; i < argc; i++)
		files += replay_folder(argv[i]);
	if (!files) {
		fprintf(stderr, "%s: no inputs in its folders\n", argv[0]);
		return 1;
	}
	printf("%d inputs\n", files);
	return 0;
}
