package jqemu.tcg.instrument;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import jqemu.plugin.api.Plugin;
import jqemu.plugin.api.PluginApi;
import jqemu.plugin.api.PluginArguments;
import jqemu.plugin.api.PluginContext;
import jqemu.plugin.api.PluginException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The plugins are made here, class file and all: javac would refuse the broken ones.
class PluginLoaderTest {
    private static final ClassDesc PLUGIN = Plugin.class.describeConstable().orElseThrow();
    private static final String SERVICE = "META-INF/services/jqemu.plugin.api.Plugin";

    @TempDir
    private Path directory;

    private Path shipped;
    private PluginLoader loader;

    @BeforeEach
    void makeLoader() throws IOException {
        shipped = Files.createDirectory(directory.resolve("shipped"));
        loader = new PluginLoader(shipped);
    }

    /// A plugin class; `version` null leaves the method out.
    private static byte[] plugin(String name, @Nullable Integer version, ClassDesc... interfaces) {
        return ClassFile.of().build(ClassDesc.of(name), type -> {
            type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL).withInterfaceSymbols(interfaces);
            type.withMethodBody(
                    INIT_NAME,
                    MTD_void,
                    ClassFile.ACC_PUBLIC,
                    code -> code.aload(0)
                            .invokespecial(CD_Object, INIT_NAME, MTD_void)
                            .return_());
            MethodTypeDesc install = MethodTypeDesc.of(
                    CD_void,
                    PluginContext.class.describeConstable().orElseThrow(),
                    PluginArguments.class.describeConstable().orElseThrow());
            type.withMethodBody("install", install, ClassFile.ACC_PUBLIC, code -> code.return_());
            if (version != null) {
                type.withMethodBody(
                        "apiVersion",
                        MethodTypeDesc.of(CD_int),
                        ClassFile.ACC_PUBLIC,
                        code -> code.loadConstant((int) version).ireturn());
            }
        });
    }

    private static Path jar(Path file, @Nullable String services, String className, byte[] bytes) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            if (services != null) {
                jar.putNextEntry(new JarEntry(SERVICE));
                jar.write(services.getBytes(StandardCharsets.UTF_8));
            }
            jar.putNextEntry(new JarEntry(className.replace('.', '/') + ".class"));
            jar.write(bytes);
        }
        return file;
    }

    private Path jar(String file, @Nullable Integer version) throws IOException {
        return jar(directory.resolve(file), "p.Made\n", "p.Made", plugin("p.Made", version, PLUGIN));
    }

    private PluginLoader.LoadedPlugin load(Object path, String... arguments) {
        return loader.load(new PluginOption(path.toString(), List.of(arguments)));
    }

    private String refusal(Object path) {
        String message = String.valueOf(
                assertThrows(PluginException.class, () -> load(path)).getMessage());
        assertTrue(message.startsWith("could not load plugin " + path + ": "), message);
        assertTrue(message.indexOf('\n') < 0, message);
        return message;
    }

    @Test
    void loadsAJarWithItsArguments() throws IOException {
        Path file = jar("a b+%41.jar", PluginApi.VERSION);
        PluginLoader.LoadedPlugin loaded = load(file, "inline=on", "match=x");
        assertEquals("p.Made", loaded.plugin().getClass().getName());
        assertTrue(loaded.arguments().flag("inline", false));
        assertEquals("x", loaded.arguments().string("match"));
    }

    @Test
    void eachPluginHasItsOwnClassLoader() throws Exception {
        Class<?> first = load(jar("a.jar", PluginApi.VERSION)).plugin().getClass();
        Class<?> second = load(jar("b.jar", PluginApi.VERSION)).plugin().getClass();
        assertNotSame(first, second);
        ClassLoader seen = first.getClassLoader();
        assertEquals(Plugin.class, seen.loadClass("jqemu.plugin.api.Plugin"));
        assertThrows(ClassNotFoundException.class, () -> seen.loadClass("jqemu.tcg.instrument.PluginLoader"));
        assertThrows(ClassNotFoundException.class, () -> seen.loadClass("org.junit.jupiter.api.Test"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"count", "count.jar"})
    void plainNamesFindShippedPlugins(String name) throws IOException {
        jar("shipped/count.jar", PluginApi.VERSION);
        assertEquals(name, load(name).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"./count", "x/count", "other"})
    void otherNamesDoNot(String name) throws IOException {
        jar("shipped/count.jar", PluginApi.VERSION);
        assertTrue(refusal(name).contains("no such file"));
    }

    @Test
    void aPluginWithoutVersionIsRefused() throws IOException {
        assertTrue(refusal(jar("old.jar", null)).contains("states no API version"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, PluginApi.VERSION + 1, Integer.MAX_VALUE})
    void aVersionOutOfRangeIsRefused(int version) throws IOException {
        assertTrue(refusal(jar("v.jar", version))
                .endsWith("it needs API version " + version + ", supported are " + PluginApi.MIN_VERSION + " to "
                        + PluginApi.VERSION));
    }

    @Test
    void exactlyOneProviderIsNeeded() throws IOException {
        byte[] bytes = plugin("p.Made", PluginApi.VERSION, PLUGIN);
        assertTrue(refusal(jar(directory.resolve("none.jar"), null, "p.Made", bytes))
                .contains("not a plugin"));
        assertTrue(refusal(jar(directory.resolve("empty.jar"), "# p.Made\n", "p.Made", bytes))
                .endsWith("it names 0"));
        assertTrue(refusal(jar(directory.resolve("two.jar"), "p.Made\np.Other\n", "p.Made", bytes))
                .endsWith("it names 2"));
        load(jar(directory.resolve("comment.jar"), "\n# the plugin\np.Made # here\n", "p.Made", bytes));
    }

    @Test
    void brokenJarsAreRefused() throws IOException {
        Path text = Files.writeString(directory.resolve("text.jar"), "no jar\n");
        assertTrue(refusal(text).contains("not a readable jar"));
        assertTrue(refusal(directory).contains("not a readable jar"));
        assertTrue(refusal(jar(directory.resolve("lost.jar"), "p.Lost", "p.Made", new byte[0]))
                .contains("p.Lost cannot be loaded"));
        assertTrue(refusal(jar(directory.resolve("bytes.jar"), "p.Made", "p.Made", new byte[] {1, 2, 3, 4}))
                .contains("p.Made cannot be loaded"));
        assertTrue(refusal(jar(directory.resolve("plain.jar"), "p.Made", "p.Made", plugin("p.Made", 1)))
                .contains("does not implement"));
    }

    @Test
    void aConstructorMustBePublicAndSucceed() throws IOException {
        assertTrue(refusal(madeBy("private.jar", 0, code -> code.return_())).contains("no public constructor"));
        assertTrue(refusal(madeBy(
                        "failing.jar",
                        ClassFile.ACC_PUBLIC,
                        code -> code.aconst_null().athrow()))
                .contains("its constructor failed"));
    }

    private Path madeBy(String file, int access, Consumer<CodeBuilder> end) throws IOException {
        byte[] bytes = ClassFile.of()
                .build(
                        ClassDesc.of("p.Made"),
                        type -> type.withFlags(ClassFile.ACC_PUBLIC)
                                .withInterfaceSymbols(PLUGIN)
                                .withMethodBody(INIT_NAME, MTD_void, access, code -> {
                                    code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void);
                                    end.accept(code);
                                }));
        return jar(directory.resolve(file), "p.Made", "p.Made", bytes);
    }
}
