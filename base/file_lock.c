/* Uses open file description locks (fcntl(2), Linux 3.15), which are released
 * when a process is killed. flock() is not used, because in "flock FILE scrape
 * -o FILE" the flock command holds that lock already. */
#include "base/file_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_lock(int fd)
{
	struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	return !fcntl(fd, F_OFD_SETLK, &all) ||
	       (errno != EAGAIN && errno != EACCES);
}

bool file_lock_is_taken(int fd)
{
	struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	return !fcntl(fd, F_OFD_GETLK, &all) && all.l_type != F_UNLCK;
}

int file_lock_by_name(int fd, const char *path)
{
	struct stat mine, named;

	if (!file_lock(fd))
		return EBUSY;
	if (fstat(fd, &mine))
		return errno;
	if (stat(path, &named) || mine.st_dev != named.st_dev ||
	    mine.st_ino != named.st_ino)
		return ESTALE;
	return 0;
}
