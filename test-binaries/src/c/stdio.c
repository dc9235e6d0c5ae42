/* Standard input line by line, and buffered files. The argument is a folder. */
#include "ctest.h"
#include <ctype.h>
#include <string.h>
#include <unistd.h>

int test_stdio(int argc, char **argv) {
    if (argc < 2 || chdir(argv[1]) != 0) return 2;
    char line[256];
    int lines = 0;
    while (fgets(line, sizeof line, stdin) != NULL) {
        for (char *c = line; *c; c++) *c = (char)toupper((unsigned char)*c);
        printf("%2d %s", ++lines, line);
    }
    printf("end of file %d, error %d\n", feof(stdin) != 0, ferror(stdin));
    FILE *file = fopen("numbers", "w+");
    for (int i = 0; i < 3000; i++) fprintf(file, "%d %d\n", i, i * i);
    printf("position %ld\n", ftell(file));
    rewind(file);
    long sum = 0;
    int a, b, pairs = 0;
    while (fscanf(file, "%d %d", &a, &b) == 2) {
        sum += b - a;
        pairs++;
    }
    printf("pairs %d sum %ld\n", pairs, sum);
    fseek(file, -8, SEEK_END);
    printf("read %zu\n", fread(line, 1, sizeof line, file));
    fclose(file);
    file = fopen("numbers", "a");
    fputs("end", file);
    fclose(file);
    file = fopen("numbers", "r");
    fseek(file, -3, SEEK_END);
    int first = getc(file);
    ungetc('E', file);
    printf("%c", first);
    while ((a = getc(file)) != EOF) putchar(a);
    puts("");
    fclose(file);
    remove("numbers");
    printf("gone %d\n", fopen("numbers", "r") == NULL);
    char *memory = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&memory, &size);
    fprintf(stream, "in memory %d", 5);
    fclose(stream);
    printf("%s %zu\n", memory, size);
    return 0;
}
