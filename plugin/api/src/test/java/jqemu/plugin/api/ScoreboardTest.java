package jqemu.plugin.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreboardTest {
    @Test
    void cellsAreIndependent() {
        Scoreboard board = new Scoreboard(3);
        for (int vcpu = 0; vcpu < Scoreboard.INITIAL_VCPUS; vcpu++) {
            for (int cell = 0; cell < 3; cell++) {
                assertEquals(0, board.cell(cell).get(vcpu));
                board.cell(cell).set(vcpu, 100 * vcpu + cell);
            }
        }
        for (int vcpu = 0; vcpu < Scoreboard.INITIAL_VCPUS; vcpu++) {
            for (int cell = 0; cell < 3; cell++) {
                assertEquals(100 * vcpu + cell, board.cell(cell).get(vcpu));
            }
        }
        assertEquals(100 * 120 + 16, board.cell(1).sum());
    }

    @Test
    void additionAndSumWrapAround() {
        ScoreboardU64 cell = new Scoreboard(1).cell(0);
        cell.set(0, -1);
        cell.add(0, 3);
        assertEquals(2, cell.get(0));
        cell.set(0, -1);
        cell.set(1, 3);
        assertEquals(2, cell.sum());
    }

    @Test
    void growthKeepsValuesAndHandles() {
        Scoreboard board = new Scoreboard(2);
        ScoreboardU64 first = board.cell(0);
        ScoreboardU64 second = board.cell(1);
        first.set(15, 7);
        second.set(0, 9);
        long[] before = board.cells();
        assertFalse(board.ensureCapacity(16));
        assertThrows(IndexOutOfBoundsException.class, () -> first.add(16, 1));
        assertTrue(board.ensureCapacity(17));
        assertNotSame(before, board.cells());
        assertEquals(32, board.capacity());
        assertTrue(board.ensureCapacity(100));
        assertEquals(128, board.capacity());
        first.add(127, 1);
        assertEquals(7, first.get(15));
        assertEquals(9, second.get(0));
        assertEquals(0, second.get(16));
        assertEquals(8, first.sum());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 16, 17, 100})
    void differentVcpusDoNotShareACacheLine(int cells) {
        Scoreboard board = new Scoreboard(cells);
        int last = board.cell(cells - 1).position(0);
        assertTrue(board.cell(0).position(1) - last >= 8, "stride " + board.stride());
        assertTrue(board.cell(0).position(0) >= 8);
        assertEquals(0, board.stride() % 8);
    }

    @Test
    void generatedCodeFindsTheCellAtTheDocumentedPlace() {
        Scoreboard board = new Scoreboard(4);
        ScoreboardU64 cell = board.cell(2);
        cell.add(5, 42);
        assertEquals(42, board.cells()[5 * board.stride() + cell.offset()]);
        assertEquals(5 * board.stride() + cell.offset(), cell.position(5));
    }

    @Test
    void badIndexesAreRefused() {
        Scoreboard board = new Scoreboard(2);
        assertThrows(IndexOutOfBoundsException.class, () -> board.cell(2));
        assertThrows(IndexOutOfBoundsException.class, () -> board.cell(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> board.cell(1).get(-1));
        assertThrows(IllegalArgumentException.class, () -> new Scoreboard(0));
    }

    @Test
    void threadsCountWithoutALock() throws InterruptedException {
        ScoreboardU64 cell = new Scoreboard(1).cell(0);
        List<Thread> threads = new ArrayList<>();
        for (int vcpu = 0; vcpu < 4; vcpu++) {
            int self = vcpu;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 100_000; i++) {
                    cell.add(self, 1);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(400_000, cell.sum());
    }
}
