/* A header with code, which is another file of the line table. */
static inline int square(int side) {
    return side * side;
}
