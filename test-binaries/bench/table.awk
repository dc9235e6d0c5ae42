# Reads words, counts them, formats, splits, matches and computes; n is the number of rounds over 5,000 lines.
BEGIN {
    sum = 0
    for (round = 0; round < n; round++) {
        lines = 0
        while (lines++ < 5000 && (getline line < file) > 0) {
            fields = split(line, word, / /)
            for (i = 1; i <= fields; i++) count[word[i]]++
            if (line ~ /[aeiou][xyz]+[aeiou]/) matched++
            gsub(/th/, "TH", line)
            sum = (sum * 31 + length(line) + index(line, "q")) % 1000003
            text = substr(line, 3, 10) sprintf("%05d", sum)
            if (text > last) last = text
        }
        close(file)
    }
    for (i = 1; i < 2000 * n; i++) x = (x * 1103 + i) % 65521
    for (name in count) { kinds++; total += count[name] }
    print sum, kinds, total, matched, last, x
}
