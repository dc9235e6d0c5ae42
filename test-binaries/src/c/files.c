/* Files and folders, in the folder given as argument. */
#include "ctest.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#ifndef SYS_open_tree
#define SYS_open_tree 428
#endif

static void report(const char *what, long result) {
    if (result < 0)
        printf("%s: %s\n", what,
               errno == ENOENT      ? "ENOENT"
               : errno == EEXIST    ? "EEXIST"
               : errno == ENOTEMPTY ? "ENOTEMPTY"
               : errno == EISDIR    ? "EISDIR"
               : errno == ENOTDIR   ? "ENOTDIR"
               : errno == EBADF     ? "EBADF"
               : errno == EINVAL    ? "EINVAL"
               : errno == ELOOP     ? "ELOOP"
                                    : "another error");
    else
        printf("%s: %ld\n", what, result);
}

static int all_names(const struct dirent *entry) {
    (void)entry;
    return 1;
}

static void list(const char *folder) {
    struct dirent **entries;
    int n = scandir(folder, &entries, all_names, alphasort);
    for (int i = 0; i < n; i++) {
        int type = entries[i]->d_type;
        printf("  %s%s\n", entries[i]->d_name, type == DT_DIR ? "/" : type == DT_LNK ? "@" : "");
        free(entries[i]);
    }
    free(entries);
}

/* Containers may forbid it. */
static void open_tree_of_folder(void) {
    struct stat one, other;
    int tree = syscall(SYS_open_tree, AT_FDCWD, ".", 0x80000 /* OPEN_TREE_CLOEXEC */);
    int forbidden = tree < 0 && (errno == EPERM || errno == ENOSYS);
    int same = tree >= 0 && fstat(tree, &one) == 0 && stat(".", &other) == 0 && one.st_ino == other.st_ino;
    printf("open_tree: %s\n", forbidden || same ? "the folder" : "something else");
    close(tree);
}

int test_files(int argc, char **argv) {
    if (argc < 2 || chdir(argv[1]) != 0) return 2;
    umask(022);
    open_tree_of_folder();
    int file = open("a", O_RDWR | O_CREAT | O_EXCL, 0666);
    report("create again", open("a", O_RDWR | O_CREAT | O_EXCL, 0666));
    report("write", write(file, "0123456789", 10));
    report("lseek", lseek(file, 3, SEEK_SET));
    char buffer[64] = {0};
    report("read", read(file, buffer, 4));
    puts(buffer);
    report("pread", pread(file, buffer, 3, 7));
    puts(buffer);
    report("pwrite", pwrite(file, "ab", 2, 15));
    report("position", lseek(file, 0, SEEK_CUR));
    report("end", lseek(file, 0, SEEK_END));
    report("before start", lseek(file, -100, SEEK_SET));
    struct iovec vectors[2] = {{"xy", 2}, {"z", 1}};
    report("writev", writev(file, vectors, 2));
    struct stat status;
    report("fstat", fstat(file, &status));
    printf("size %lld mode %o links %lu\n", (long long)status.st_size, status.st_mode, (unsigned long)status.st_nlink);
    report("ftruncate", ftruncate(file, 5));
    report("chmod", fchmod(file, 0640));
    report("stat", stat("a", &status));
    printf("size %lld mode %o\n", (long long)status.st_size, status.st_mode);

    int copy = dup(file), other = fcntl(file, F_DUPFD_CLOEXEC, 20);
    printf("dup shares the position %d, F_DUPFD %d cloexec %d\n", lseek(copy, 2, SEEK_SET) == lseek(file, 0, SEEK_CUR),
           other >= 20, fcntl(other, F_GETFD));
    printf("access mode %d, append %d\n", fcntl(file, F_GETFL) & O_ACCMODE, (fcntl(file, F_GETFL) & O_APPEND) != 0);
    char *mapped = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    memcpy(mapped, "MAP", 3);
    munmap(mapped, 4096);
    pread(file, buffer, 5, 0);
    printf("through the mapping: %.5s\n", buffer);
    close(copy);
    close(other);
    close(file);
    report("closed", read(file, buffer, 1));

    report("mkdir", mkdir("d", 0755));
    report("mkdir again", mkdir("d", 0755));
    report("link", link("a", "d/b"));
    report("symlink", symlink("d/b", "s"));
    memset(buffer, 0, sizeof buffer);
    report("readlink", readlink("s", buffer, sizeof buffer));
    puts(buffer);
    report("lstat", lstat("s", &status));
    printf("is link %d\n", S_ISLNK(status.st_mode));
    report("stat through it", stat("s", &status));
    printf("links %lu\n", (unsigned long)status.st_nlink);
    report("O_NOFOLLOW", open("s", O_RDONLY | O_NOFOLLOW));
    report("access", access("s", R_OK));
    report("rename", rename("a", "d/c"));
    report("open old name", open("a", O_RDONLY));
    report("rmdir full", rmdir("d"));
    report("open folder to write", open("d", O_WRONLY));
    report("file as folder", open("s/x", O_RDONLY));
    list(".");
    list("d");
    int folder = open("d", O_RDONLY | O_DIRECTORY);
    report("openat", openat(folder, "b", O_RDONLY) >= 0);
    report("unlinkat", unlinkat(folder, "b", 0));
    report("dangling", open("s", O_RDONLY));

    /* Many entries, so that getdents is called more than once. */
    char name[64];
    for (int i = 0; i < 600; i++) {
        snprintf(name, sizeof name, "d/a-rather-long-file-name-%04d", i);
        close(open(name, O_CREAT | O_WRONLY, 0600));
    }
    DIR *stream = opendir("d");
    int count = 0;
    uint64_t sum = 0;
    for (struct dirent *entry; (entry = readdir(stream)) != NULL; count++)
        for (char *c = entry->d_name; *c; c++) sum += (unsigned char)*c;
    rewinddir(stream);
    int again = 0;
    while (readdir(stream) != NULL) again++;
    closedir(stream);
    printf("entries %d sum %llu again %d\n", count, (unsigned long long)sum, again);
    for (int i = 0; i < 600; i++) {
        snprintf(name, sizeof name, "d/a-rather-long-file-name-%04d", i);
        unlink(name);
    }
    unlink("d/c");
    report("rmdir", rmdir("d"));
    unlink("s");
    list(".");
    return 0;
}
