// A shell over Debian's static SQLite: sqlite DATABASE <STATEMENTS
//
// Prints rows as SQLite's own shell does, with | between the columns, and errors among them.

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static int print_row(void *unused, int columns, char **values, char **names) {
    (void)unused;
    (void)names;
    for (int i = 0; i < columns; i++) {
        printf("%s%s", i == 0 ? "" : "|", values[i] ? values[i] : "");
    }
    putchar('\n');
    return 0;
}

int main(int argc, char **argv) {
    sqlite3 *database;
    if (argc != 2 || sqlite3_open(argv[1], &database) != SQLITE_OK) {
        fprintf(stderr, "usage: sqlite DATABASE <STATEMENTS\n");
        return 2;
    }
    char *statement = NULL;
    size_t used = 0, size = 0;
    int errors = 0;
    // A statement is complete when SQLite says so: it may take several lines
    for (int c = getchar(); c != EOF; c = getchar()) {
        if (used + 2 > size) {
            statement = realloc(statement, size = 2 * size + 1024);
        }
        statement[used++] = (char)c;
        statement[used] = 0;
        if (c != '\n' || !sqlite3_complete(statement)) {
            continue;
        }
        char *message = NULL;
        if (sqlite3_exec(database, statement, print_row, NULL, &message) != SQLITE_OK) {
            printf("Error: %s\n", message);
            sqlite3_free(message);
            errors++;
        }
        used = 0;
    }
    free(statement);
    return sqlite3_close(database) != SQLITE_OK || errors != 0;
}
