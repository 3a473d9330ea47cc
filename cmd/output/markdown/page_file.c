/* Writes the file of a page under the usual name of the page. If another page
 * has this name, adds 16 digits of the URL's hash (page_name_add()). */
#include "cmd/output/markdown/page_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/new_file.h"
#include "cmd/output/markdown/page_name.h"

/* Creates the folders of a path that ends before `end`. */
static int make_folders(char *path, char *end)
{
	const char before = *end;
	int error = 0;

	*end = '\0';
	for (char *p = path + 1; p <= end && !error; p++) {
		const char c = *p;

		if (c != '/' && c != '\0')
			continue;
		*p = '\0';
		error = mkdir(path, 0777) && errno != EEXIST ? errno : 0;
		*p = c;
	}
	*end = before;
	return error;
}

int page_file_make_folder(const char *path)
{
	struct buf copy = {0};
	int error;

	buf_addstr(&copy, path);
	(void)buf_cstr(&copy);
	error = make_folders(copy.data, copy.data + copy.len);
	buf_release(&copy);
	return error;
}

/* Returns true if the text begins with a front matter that has the line. */
static bool has_line(const struct buf *text, struct slice line)
{
	static const char mark[] = "---\n";
	const char *p = text->data, *end = bytes_end(text->data, text->len);

	if (text->len < 4 || memcmp(p, mark, 4) != 0)
		return false;
	for (p += 4; p < end;) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));

		if (!stop || (end - p >= 4 && !memcmp(p, mark, 4)))
			return false;
		if ((size_t)(stop + 1 - p) == line.len &&
		    !memcmp(p, line.p, line.len))
			return true;
		p = stop + 1;
	}
	return false;
}

/* Returns true if the name is free, or belongs to a file of the same page; also
 * if that cannot be found out, because writing the file then gives the
 * error. */
static bool may_take(const char *path, const struct page_file *page)
{
	struct buf text = {0}, why = {0};
	struct stat st;
	bool may;

	if (lstat(path, &st))
		return true;
	may = S_ISREG(st.st_mode) && !file_read(&text, path, &why) &&
	      has_line(&text, page->url_line);
	buf_release(&text);
	buf_release(&why);
	return may;
}

static int open_file(struct new_file *f, struct buf *path)
{
	char *s = (char *)buf_cstr(path);
	int error = new_file_open(f, s);

	if (error != ENOENT)
		return error;
	error = make_folders(s, strrchr(s, '/'));
	return error ? error : new_file_open(f, s);
}

static int write_bytes(int fd, const struct buf *bytes)
{
	for (size_t done = 0; done < bytes->len;) {
		const ssize_t n = write(fd, bytes->data + done,
					bytes->len - done);

		if (n < 0 && errno != EINTR)
			return errno;
		done += n > 0 ? (size_t)n : 0;
	}
	return 0;
}

static int write_file(struct buf *path, const struct buf *bytes)
{
	struct new_file f;
	int error = open_file(&f, path);

	if (error)
		return error;
	error = write_bytes(f.fd, bytes);
	if (!error)
		return new_file_commit(&f, NULL);
	new_file_discard(&f);
	return error;
}

static void set_path(struct buf *path, const struct page_file *page,
		     struct buf *name, bool is_taken)
{
	buf_clear(name);
	page_name_add(name, page->url, is_taken);
	buf_clear(path);
	buf_addf(path, "%s/", page->folder);
	buf_add(path, name->data, name->len);
}

int page_file_write(const struct page_file *page, struct buf *name)
{
	struct buf path = {0};
	int error = EEXIST;

	for (int try = 0; try < 2 && error == EEXIST; try++) {
		set_path(&path, page, name, try > 0);
		if (may_take(buf_cstr(&path), page))
			error = write_file(&path, page->bytes);
	}
	buf_release(&path);
	return error;
}
