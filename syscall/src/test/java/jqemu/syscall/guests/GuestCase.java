package jqemu.syscall.guests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// One case of `test-binaries/cases`, for one C library; `test-binaries/README.md` explains the format.
///
/// @param name the case's name, which is also that of the file with the expected output
/// @param libc the variant that stands for `@LIBC@`, or empty where the case has none
/// @param steps the command lines, each a list of words
record GuestCase(String name, String libc, List<List<String>> steps) {
    private static final List<String> VARIANTS = List.of("glibc", "glibc-pie", "musl", "musl-pie");

    /// All cases, in the order of the file.
    static List<GuestCase> readAll() throws IOException {
        List<GuestCase> cases = new ArrayList<>();
        String name = "";
        List<List<String>> steps = new ArrayList<>();
        for (String line : Files.readAllLines(PackagedProgram.TEST_BINARIES.resolve("cases"))) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> words = List.of(line.strip().split("\\s+"));
            if (!words.getFirst().equals("+")) {
                addVariants(cases, name, steps);
                name = words.getFirst();
                steps = new ArrayList<>();
            }
            steps.add(words.subList(1, words.size()));
        }
        addVariants(cases, name, steps);
        return cases;
    }

    private static void addVariants(List<GuestCase> cases, String name, List<List<String>> steps) {
        if (steps.isEmpty()) {
            return;
        }
        boolean perLibc = steps.toString().contains("@LIBC@");
        for (String libc : perLibc ? VARIANTS : List.of("")) {
            List<List<String>> replaced = steps.stream()
                    .map(words -> words.stream()
                            .map(word -> word.replace("@LIBC@", libc))
                            .toList())
                    .toList();
            cases.add(new GuestCase(name, libc, replaced));
        }
    }

    /// The case's name, with the C library where there is a choice.
    String title() {
        return libc.isEmpty() ? name : name + " (" + libc + ")";
    }

    /// The guest program of the first step.
    Path program() {
        return PackagedProgram.TEST_BINARIES.resolve(steps.getFirst().getFirst());
    }

    /// What was recorded under QEMU.
    String expected() throws IOException {
        return Files.readString(PackagedProgram.TEST_BINARIES.resolve("expected/" + name + ".out"), ISO_8859_1);
    }

    /// Runs all steps; returns what they print, with the exit statuses, in the form of the expected output.
    String run(PackagedProgram program) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("jqemu-case");
        try {
            Path temporary = Files.createDirectory(folder.resolve("t"));
            Path output = Files.createFile(folder.resolve("output"));
            int status = 0;
            for (List<String> step : steps) {
                if (status != 0) {
                    append(output, "[exit status " + status + "]\n");
                }
                status = runStep(program, step, temporary, output);
            }
            append(output, "[exit status " + status + "]\n");
            return Files.readString(output, ISO_8859_1);
        } finally {
            PackagedProgram.deleteTree(folder);
        }
    }

    private static int runStep(PackagedProgram program, List<String> step, Path temporary, Path output)
            throws IOException, InterruptedException {
        Path input = Path.of("/dev/null");
        Redirect to = Redirect.appendTo(output.toFile());
        List<String> guest = new ArrayList<>();
        for (String word : step) {
            String replaced = word.replace("@TMP@", temporary.toString());
            if (replaced.startsWith("<")) {
                input = PackagedProgram.TEST_BINARIES.resolve(replaced.substring(1));
            } else if (replaced.startsWith(">")) {
                to = Redirect.to(PackagedProgram.TEST_BINARIES
                        .resolve(replaced.substring(1))
                        .toFile());
            } else {
                guest.add(replaced);
            }
        }
        return program.run(guest, Redirect.from(input.toFile()), to, Redirect.DISCARD);
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, ISO_8859_1, StandardOpenOption.APPEND);
    }
}
