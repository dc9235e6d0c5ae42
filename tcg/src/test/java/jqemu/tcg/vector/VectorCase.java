package jqemu.tcg.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jqemu.tcg.cpu.Slot;

/// A few instructions and the state that they start with.
///
/// @param pattern the line of the decode tables that it is for
/// @param words the instructions, at most [Arena#MAX_WORDS]
/// @param seed the seed of the state, and of the data behind the instructions
/// @param inputs registers that differ from what the seed gives: pointers into the window
record VectorCase(String pattern, List<Integer> words, long seed, SortedMap<Integer, Long> inputs) {

    VectorCase(String pattern, List<Integer> words, long seed) {
        this(pattern, words, seed, new TreeMap<>());
    }

    /// The state before.
    MachineState start() {
        MachineState state = new MachineState(seed);
        inputs.forEach(state::set);
        return state;
    }

    /// The same case with one more input.
    VectorCase with(int slot, long value) {
        SortedMap<Integer, Long> more = new TreeMap<>(inputs);
        more.put(slot, value);
        return new VectorCase(pattern, words, seed, more);
    }

    /// What is placed at `address`: the words, a branch to the exit, and data.
    int[] body(long address) {
        int[] body = new int[Arena.BODY_WORDS];
        SplittableRandom random = new SplittableRandom(~seed);
        for (int i = 0; i < body.length; i++) {
            body[i] = random.nextInt();
        }
        for (int i = 0; i < words.size(); i++) {
            body[i] = words.get(i);
        }
        body[words.size()] = A64.b(Arena.EXIT - (address + 4L * words.size()));
        return body;
    }

    // ---- as text

    /// `pattern word[+word...] seed [register=value...]`
    String format() {
        String code = words.stream().map(Integer::toHexString).collect(Collectors.joining("+"));
        StringBuilder text = new StringBuilder(pattern + " " + code + " " + seed);
        inputs.forEach((slot, value) ->
                text.append(' ').append(Slot.name(slot)).append('=').append(Long.toHexString(value)));
        return text.toString();
    }

    /// The case that [#format] made `text` of.
    static VectorCase parse(String text) {
        String[] columns = text.split(" ", -1);
        List<Integer> words = new ArrayList<>();
        for (String word : columns[1].split("\\+", -1)) {
            words.add(Integer.parseUnsignedInt(word, 16));
        }
        SortedMap<Integer, Long> inputs = new TreeMap<>();
        for (int i = 3; i < columns.length; i++) {
            String[] input = columns[i].split("=", -1);
            inputs.put(Slot.parse(input[0]), Long.parseUnsignedLong(input[1], 16));
        }
        return new VectorCase(columns[0], words, Long.parseLong(columns[2]), inputs);
    }
}
