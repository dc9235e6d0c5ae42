package jqemu.syscall.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import jqemu.loader.host.Host;
import jqemu.loader.host.HostConstants;
import jqemu.loader.host.HostSyscall;
import jqemu.loader.host.NativeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbiTest {
    @Test
    void errorNumbersAreThoseOfTheHost() throws ReflectiveOperationException {
        Map<String, Integer> host = new HashMap<>();
        for (Object constant : Class.forName("jnr.constants.platform.Errno").getEnumConstants()) {
            boolean defined = (boolean) constant.getClass().getMethod("defined").invoke(constant);
            if (defined) {
                host.put(((Enum<?>) constant).name(), (int)
                        constant.getClass().getMethod("intValue").invoke(constant));
            }
        }
        int compared = 0;
        for (Field field : Errno.class.getFields()) {
            if (host.containsKey(field.getName())) {
                assertEquals(host.get(field.getName()), field.getInt(null), field.getName());
                compared++;
            }
        }
        assertTrue(compared > 70, "only " + compared + " compared");
    }

    @Test
    void openFlagsGoThereAndBack() {
        assertEquals(HostConstants.O_DIRECTORY, OpenFlags.toHost(OpenFlags.O_DIRECTORY));
        assertEquals(HostConstants.O_NOFOLLOW, OpenFlags.toHost(OpenFlags.O_NOFOLLOW));
        assertEquals(HostConstants.O_DIRECT, OpenFlags.toHost(OpenFlags.O_DIRECT));
        for (int bit = 0; bit < 32; bit++) {
            assertEquals(1 << bit, OpenFlags.toGuest(OpenFlags.toHost(1 << bit)), "bit " + bit);
        }
    }

    @Test
    void statIsMadeFromStatx(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("file"), new byte[12345]);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_234_567_890_123L));
        NativeBuffer buffer = new NativeBuffer();
        long path = buffer.string(file.toString().getBytes(StandardCharsets.UTF_8));
        long statx = buffer.allocate(StatLayout.STATX_SIZE);
        long result = Host.open().syscall(HostSyscall.STATX, -100, path, 0, StatLayout.STATX_BASIC_STATS, statx, 0);
        assertEquals(0, result);
        ByteBuffer stat = ByteBuffer.wrap(StatLayout.fromStatx(buffer, statx)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.free();
        Map<String, Object> expected = Files.readAttributes(file, "unix:*");
        assertEquals(expected.get("dev"), stat.getLong(0));
        assertEquals(expected.get("ino"), stat.getLong(8));
        assertEquals(expected.get("mode"), stat.getInt(16));
        assertEquals(expected.get("nlink"), stat.getInt(20));
        assertEquals(expected.get("uid"), stat.getInt(24));
        assertEquals(expected.get("gid"), stat.getInt(28));
        assertEquals(12345, stat.getLong(48));
        assertEquals(1_234_567_890L, stat.getLong(88));
        assertEquals(123_000_000L, stat.getLong(96));
    }

    @Test
    void largeDeviceNumbersAreSplitAsLinuxDoes() {
        assertEquals(0x801, StatLayout.device(8, 1));
        // the C library takes them apart like this
        long device = StatLayout.device(0xabcde123, 0x12345678);
        assertEquals(0x12345678, (int) ((device & 0xff) | (device >>> 12 & 0xffff_ff00L)));
        assertEquals(0xabcde123, (int) ((device >>> 8 & 0xfff) | (device >>> 32 & 0xffff_f000L)));
    }
}
