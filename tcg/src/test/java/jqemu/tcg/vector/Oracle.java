package jqemu.tcg.vector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Has qemu-aarch64 execute cases, by the guest program `vecrun`.
///
/// @param qemu the command
/// @param recorder the file of the guest program
record Oracle(String qemu, Path recorder) {
    /// What is not announced here is off where QEMU has a switch for it.
    private static final String CPU = "max,sve=off,sme=off";

    private static final int RECORD_BYTES = 1120;

    /// What `--version` says.
    String version() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(qemu, "--version").start();
        String first = process.inputReader().readLine();
        process.waitFor();
        return first == null ? "an unknown QEMU" : first;
    }

    /// What changed in each case and how it ended; case n is in slot n modulo [Arena#SLOTS].
    List<String> outcomes(List<VectorCase> cases) throws IOException, InterruptedException {
        ByteBuffer records = execute(cases);
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            records.position(i * RECORD_BYTES + 4 * Arena.BODY_WORDS);
            int signal = records.getInt();
            long offset = records.getLong();
            MachineState after = new MachineState();
            after.read(records);
            outcomes.add(cases.get(i).start().changes(after) + Stop.text(signal, offset));
        }
        return outcomes;
    }

    private ByteBuffer execute(List<VectorCase> cases) throws IOException, InterruptedException {
        ByteBuffer records = ByteBuffer.allocate(cases.size() * RECORD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < cases.size(); i++) {
            for (int word : cases.get(i).body(Arena.entry(i % Arena.SLOTS))) {
                records.putInt(word);
            }
            records.putInt(0).putLong(0);
            cases.get(i).start().write(records);
        }
        Path input = Files.createTempFile("vectors", ".in");
        Path output = Files.createTempFile("vectors", ".out");
        try {
            Files.write(input, records.array());
            Process process = new ProcessBuilder(qemu, "-cpu", CPU, recorder.toString())
                    .redirectInput(input.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            int status = process.waitFor();
            byte[] results = Files.readAllBytes(output);
            if (status != 0 || results.length != records.capacity()) {
                throw new IOException("vecrun ended with status " + status + " after " + results.length / RECORD_BYTES
                        + " of " + cases.size() + " records");
            }
            return ByteBuffer.wrap(results).order(ByteOrder.LITTLE_ENDIAN);
        } finally {
            Files.delete(input);
            Files.delete(output);
        }
    }
}
