/* What the kernel puts on the stack: arguments and the auxiliary vector, its fixed parts as values. */
#include "ctest.h"
#include <elf.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

int test_args(int argc, char **argv) {
    printf("argc %d\n", argc);
    for (int i = 0; i < argc; i++) printf("argv[%d] = \"%s\" (%zu)\n", i, argv[i], strlen(argv[i]));
    printf("end %s\n", argv[argc] == NULL ? "null" : "not null");
    printf("AT_PAGESZ %lu, sysconf %ld\n", getauxval(AT_PAGESZ), sysconf(_SC_PAGESIZE));
    printf("AT_PHENT %lu\n", getauxval(AT_PHENT));
    printf("AT_CLKTCK %lu\n", getauxval(AT_CLKTCK));
    printf("AT_SECURE %lu\n", getauxval(AT_SECURE));
    printf("AT_FLAGS %lu\n", getauxval(AT_FLAGS));
    printf("AT_HWCAP fp %lu asimd %lu\n", getauxval(AT_HWCAP) & 1, getauxval(AT_HWCAP) >> 1 & 1);
    printf("AT_PLATFORM %s\n", (const char *)getauxval(AT_PLATFORM));
    const char *name = strrchr((const char *)getauxval(AT_EXECFN), '/');
    printf("AT_EXECFN %.6s\n", name == NULL ? "?" : name);
    const unsigned char *random = (const unsigned char *)getauxval(AT_RANDOM);
    int sum = 0;
    for (int i = 0; i < 16; i++) sum |= random[i];
    printf("AT_RANDOM %s\n", sum ? "there" : "zero");
    const Elf64_Phdr *headers = (const Elf64_Phdr *)getauxval(AT_PHDR);
    uintptr_t base = 0;
    int entry_found = 0;
    for (unsigned long i = 0; i < getauxval(AT_PHNUM); i++)
        if (headers[i].p_type == PT_LOAD && headers[i].p_offset == 0)
            base = (uintptr_t)headers - 64 - headers[i].p_vaddr;
    for (unsigned long i = 0; i < getauxval(AT_PHNUM); i++)
        if (headers[i].p_type == PT_LOAD && (headers[i].p_flags & PF_X) &&
            getauxval(AT_ENTRY) - base - headers[i].p_vaddr < headers[i].p_memsz)
            entry_found = 1;
    printf("AT_ENTRY in code %d\n", entry_found);
    printf("uid %d\n", getauxval(AT_UID) == getuid() && getauxval(AT_EUID) == geteuid());
    return 0;
}
